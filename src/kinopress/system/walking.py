"""The files below a folder, by path: as text, since thousands of paths as objects take longer than what is done with them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


def paths_below(folder: Path) -> Iterator[str]:
    """Every file below a folder, by its path from there with ``/``; folder by folder, each in order.

    Links to other folders are left out.
    """
    top = str(folder)
    waiting = [""]
    while waiting:
        below = waiting.pop()
        names, folders = [], []
        # `os.walk` asks the system once more for each folder whether it is a link: half of its time.
        with contextlib.suppress(OSError), os.scandir(f"{top}/{below}") as entries:
            for entry in entries:
                if not _is_folder(entry):
                    names.append(below + entry.name)
                elif not entry.is_symlink():
                    folders.append(entry.name)
        yield from sorted(names)
        waiting += [f"{below}{name}/" for name in sorted(folders, reverse=True)]


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder or leads to one; a link that leads round leads to none, and hides nothing that is beside it."""
    try:
        return entry.is_dir()
    except OSError:
        return False
