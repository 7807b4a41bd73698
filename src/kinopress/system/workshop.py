"""A folder in which something is made, with a mark that says which files a run makes there.

Other programs write into it (FFmpeg, for one), and a run that is killed tidies nothing up. The next
one deletes what the mark names, and nothing else: whatever somebody laid there stays, and so does a
folder without a mark, under whatever name.
"""

from __future__ import annotations

import contextlib
import fnmatch
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kinopress.system import disk
from kinopress.system.atomic import new_folder
from kinopress.system.kept import read_kept, write_kept

MARK = ".kinopress-work.json"


def begin(beside: Path, prefix: str, names: Iterable[str]) -> Path:
    """Make a workshop.

    Args:
        beside: The folder it is in.
        prefix: What its name begins with.
        names: What will be made: paths below it with ``/``, ``*`` for any signs.

    Raises:
        OSError: it cannot be made.
    """
    folder = new_folder(beside, prefix)
    about = "A run of kinopress makes these files here. The next run deletes what it left of them."
    write_kept(folder / MARK, {"about": about, "makes": sorted(names)})
    return folder


def remove_mark(folder: Path) -> None:
    """Take the mark from a workshop whose work is done, and has a list of its own.

    Raises:
        OSError: it cannot be removed.
    """
    disk.remove(folder / MARK)


def clear(folder: Path, more: Iterable[str] = ()) -> bool:
    """Delete what its mark names in a workshop, and the workshop when nothing else lies there.

    Args:
        folder: The workshop.
        more: Names known to be ours by another list in it.

    Returns:
        Whether it is gone.
    """
    names = [*_marked(folder), *more]
    remove_named(folder, names)
    with contextlib.suppress(OSError):
        there = {entry.name for entry in folder.iterdir()}
        if names and there <= {MARK}:
            if there:
                disk.flush(folder)  # the mark goes last: without it nobody knows what is ours
                disk.remove(folder / MARK)
            disk.remove_folder(folder)
        elif not there and not folder.is_symlink():
            disk.remove_folder(folder)  # a run died before it had written its mark
    return not os.path.lexists(folder)


def remove_named(folder: Path, names: Iterable[str]) -> None:
    """Delete files by name, where that is possible, and then what is empty below the folder.

    No link is followed; only regular files go.

    Args:
        folder: The folder, which stays.
        names: As in :func:`begin`.
    """
    wanted = list(names)
    for root, folders, files in os.walk(folder, topdown=False):
        for name in files:
            path = Path(root, name)
            below = path.relative_to(folder).as_posix()
            with contextlib.suppress(OSError):
                if _is_named(below, wanted) and stat.S_ISREG(path.lstat().st_mode):
                    disk.remove(path)
        for name in folders:
            path = Path(root, name)
            with contextlib.suppress(OSError):
                if wanted and not path.is_symlink():
                    disk.remove_folder(path)  # never more than an empty folder


def _is_named(below: str, wanted: list[str]) -> bool:
    return any(fnmatch.fnmatchcase(below, name) for name in wanted)


def _marked(folder: Path) -> list[str]:
    return read_kept(folder / MARK, _names, unchecked=True) or []


def _names(values: Any) -> list[str]:
    return [str(name) for name in values["makes"]]
