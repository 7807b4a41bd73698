"""The one way to write a file, and the one way to replace a folder.

What a run that dies leaves, at whatever moment and whatever the disk had not taken in yet:

- *A file* is as it was or as it should be. It is written aside, flushed, renamed over the other and its
  folder flushed: without the first flush a disk may know the new name before the bytes, and the file
  is then empty.
- *A folder* is the one before or the new one. All that is in the new one is flushed, then the two
  change places. Linux (``renameat2``) and macOS (``renamex_np``) do that in one step, so there is
  never a moment without it. Windows, and disks that cannot (some network drives, FAT and exFAT
  among them), take two renames, with a moment between them in which nothing has that name; whoever
  fills the folder finds it at the next start (:meth:`kinopress.system.release.Place.recover`).

Nothing here goes over what it was not told to replace.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kinopress.system import disk

_GIVEN_UP_S = 86_400.0
"""A file aside that is older is of a run that died: writing takes no day."""


def write_bytes(file: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file whole or not at all; one that is there is replaced.

    Args:
        file: The file.
        data: All its bytes.
        private: Nobody else on this computer may read it, whoever could read the one that was there.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    with _folder_for(file):
        aside = file.with_name(_aside(file.name, os.getpid()))
        try:
            disk.write(aside, data, private=private)
            disk.flush(aside)
            disk.rename(aside, file)
        except BaseException:
            _try_to_remove(aside)
            raise
    disk.flush(file.parent)
    _forget_others(file)


def write_text(file: Path, text: str, *, private: bool = False) -> None:
    r"""Write a text as UTF-8, its lines ended by ``\n`` on any system; see :func:`write_bytes`.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    write_bytes(file, text.encode("utf-8"), private=private)


def write_json(file: Path, value: Any, *, indent: int | None = None, private: bool = False) -> None:
    """Write a value as JSON; see :func:`write_bytes`.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    separators = (",", ":") if indent is None else None
    write_text(file, json.dumps(value, indent=indent, separators=separators), private=private)


def write_new(file: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file that is not there yet, whole or not at all; never over another one.

    Args:
        file: The file.
        data: All its bytes.
        private: Nobody else on this computer may read it.

    Raises:
        OSError: something has that name (:class:`FileExistsError`), or it cannot be written.
    """
    if os.path.lexists(file):
        raise FileExistsError(errno.EEXIST, "there is something of that name", str(file))
    _put_new(file, lambda aside: disk.write(aside, data, private=private))


def copy_whole(source: Path, target: Path) -> None:
    """Copy a file to a name that is free, whole or not at all; never over another one.

    Raises:
        OSError: something has that name (:class:`FileExistsError`), or it cannot be written.
    """
    _put_new(target, lambda aside: disk.copy(source, aside))


def _put_new(file: Path, fill: Callable[[Path], None]) -> None:
    with _folder_for(file):
        aside = file.with_name(_aside(file.name, os.getpid()))
        try:
            fill(aside)
            disk.flush(aside)
            disk.move(aside, file)
        finally:
            _try_to_remove(aside)
    disk.flush(file.parent)
    _forget_others(file)


@contextlib.contextmanager
def _folder_for(file: Path) -> Iterator[None]:
    """Make the folder of a file that is about to be written; where it cannot be, no empty one is left behind."""
    new = [up for up in file.parents if not os.path.lexists(up)]
    try:
        make_folder(file.parent)
        yield
    except BaseException:
        for made in new:  # the innermost first; one in which somebody has put something stays
            with contextlib.suppress(OSError):
                disk.remove_folder(made)
        raise


def move_whole(one: Path, other: Path) -> None:
    """Move a file to a name that is free, in a folder that need not be there yet; never over another one.

    It is on the disk when this ends: moved after what was moved before, and a power cut takes neither name
    without the other.

    Raises:
        OSError: something has that name (:class:`FileExistsError`), or it cannot be done.
    """
    with _folder_for(other):
        disk.move(one, other)
    _flush_parents(one, other)


def make_folder(folder: Path) -> None:
    """Make a folder and any missing parents; after a power cut whatever is put there is still found.

    Raises:
        OSError: it cannot be made.
    """
    new = [up for up in (folder, *folder.parents) if not up.exists()]
    disk.make_folder(folder)
    for made in reversed(new):
        disk.flush(made.parent)


def make_private_folder(folder: Path) -> None:
    """Make a folder into which nobody else on this computer may look, where the system has such a thing.

    One that is there stays as open as it is: somebody may have shared it on purpose.

    Raises:
        OSError: it cannot be made.
    """
    make_folder(folder.parent)
    try:
        disk.make_new_folder(folder, 0o700)
    except FileExistsError:
        disk.make_folder(folder)  # says so where it is no folder
    else:
        disk.flush(folder.parent)


def is_left_aside(name: str, of: str) -> bool:
    """Whether a name is that of a file that is being written, before it gets its own name.

    Args:
        name: The name.
        of: The file's own name.
    """
    return re.fullmatch(_ASIDE_OF % re.escape(of.removeprefix(".")), name) is not None


_ASIDE_OF = r"\.%s\.[0-9a-f]+\.new"


def _aside(name: str, pid: int) -> str:
    """Each run has a name of its own, since two may write one file at the same moment."""
    return f".{name.removeprefix('.')}.{pid:x}.new"


def aside_of(file: Path) -> Path:
    """Under which name a file is written by this run, before it gets its own: for whoever flushes many files together."""
    return file.with_name(_aside(file.name, os.getpid()))


def written_for(aside: Path) -> Path:
    """The file that was to be replaced or made, of the name under which it is written aside; any other as it is."""
    found = re.fullmatch(_ASIDE_OF % "(.+)", aside.name)
    return aside if found is None else aside.with_name(found[1])


def _forget_others(file: Path) -> None:
    """Remove what runs that died left of this very file."""
    with contextlib.suppress(OSError), os.scandir(file.parent) as entries:
        left = [entry for entry in entries if is_left_aside(entry.name, file.name)]
        for entry in left:
            if time.time() - entry.stat(follow_symlinks=False).st_mtime > _GIVEN_UP_S:
                _try_to_remove(Path(entry.path))


def _try_to_remove(file: Path) -> None:
    if os.path.lexists(file):
        with contextlib.suppress(OSError):
            disk.remove(file)


# Folders


def new_folder(beside: Path, prefix: str) -> Path:
    """A new folder that nobody else has, which others may look into (web servers run as someone else).

    Raises:
        OSError: it cannot be made.
    """
    disk.make_folder(beside)
    folder = beside / f"{prefix}{os.urandom(4).hex()}"
    disk.make_new_folder(folder)
    return folder


def flush_tree(folder: Path) -> None:
    """Flush all that is in a folder, and the folder itself.

    Raises:
        OSError: a file cannot be written.
    """
    flush_trees([folder])


def flush_trees(trees: Sequence[Path]) -> None:
    """:func:`flush_tree` for many.

    Raises:
        OSError: a file cannot be written.
    """
    files: list[str] = []
    folders: list[str] = []
    waiting = list(map(str, trees))
    while waiting:
        folder = waiting.pop()
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            folders.append(folder)
            for entry in entries:
                if not entry.is_symlink():
                    (waiting if entry.is_dir() else files).append(entry.path)
    disk.flush_all(files, reversed(folders))


def replace_folder(
    made: Path, place: Path, spare: Path, *, expected: tuple[int, int] | None = None
) -> Path | None:
    """Put a whole, flushed folder in place of another one.

    Args:
        made: The new folder, on the same disk.
        place: Its name to be.
        spare: A free name on the same disk, for systems on which it takes two renames.
        expected: Device and inode of the folder that may be replaced; ``None``: whichever is there.

    Returns:
        Where the old folder is now; ``None`` when there was none.

    Raises:
        OSError: it cannot be done, or another folder stood there; the old one is in its place.
    """
    if not os.path.lexists(place):
        disk.move(made, place)
        _flush_parents(made, place)
        return None
    if disk.exchange(made, place):
        if expected is not None and identity(made) != expected:
            disk.exchange(made, place)
            raise _changed(place)
        _flush_parents(made, place)
        return made
    disk.rename(place, spare)
    # Were only the second rename on the disk after a power cut, the old folder would have no name.
    _flush_parents(place, spare)
    try:
        if expected is not None and identity(spare) != expected:
            raise _changed(place)
        disk.move(made, place)
    except OSError:
        if not os.path.lexists(place):
            disk.rename(spare, place)
        raise
    _flush_parents(made, place)
    return spare


def _flush_parents(one: Path, other: Path) -> None:
    for folder in dict.fromkeys((other.parent, one.parent)):
        disk.flush(folder)


def _changed(place: Path) -> OSError:
    return OSError(errno.EBUSY, "the folder was changed meanwhile", str(place))


def identity(folder: Path) -> tuple[int, int]:
    """Which folder it is, whatever its name.

    Raises:
        OSError: there is none.
    """
    at = folder.lstat()
    return at.st_dev, at.st_ino


def remove_empty(folder: Path) -> None:
    """Remove an empty folder of ours, and never more; also one that is in a read-only one.

    Raises:
        OSError: something is in it, or it may not be removed.
    """
    try:
        disk.remove_folder(folder)
    except PermissionError:
        with os.scandir(folder) as entries:
            if next(entries, None) is not None:
                raise
        _open_up(folder.parent)
        disk.remove_folder(folder)


def _open_up(folder: Path) -> None:
    """Let ourselves change a folder of ours that was made read-only: what is in it could not be removed."""
    with contextlib.suppress(OSError):
        mode = stat.S_IMODE(folder.lstat().st_mode)
        if not folder.is_symlink() and mode & stat.S_IRWXU != stat.S_IRWXU:
            disk.set_mode(folder, mode | stat.S_IRWXU)


def remove_tree(folder: Path, mark: str) -> None:
    """Remove a folder with all that is in it, as far as that is possible. Only for what is known to be ours.

    Args:
        folder: The folder.
        mark: The name of the file in it by which it is known; it goes last.
    """
    _open_up(folder)
    for root, folders, _ in os.walk(folder):
        for name in folders:
            _open_up(Path(root, name))  # before it is looked into
    for root, folders, names in os.walk(folder, topdown=False):
        for name in names:
            if (root, name) != (str(folder), mark):
                _try_to_remove(Path(root, name))
        for name in folders:
            if (below := Path(root, name)).is_symlink():
                _try_to_remove(below)
                continue
            with contextlib.suppress(OSError):
                disk.remove_folder(below)
    with contextlib.suppress(OSError):
        if {entry.name for entry in folder.iterdir()} == {mark}:
            disk.flush(folder)
            disk.remove(folder / mark)
        disk.remove_folder(folder)
