"""Emptying a folder of a store: only what its own list names, and is still as it was made.

The stores of films and of pictures keep each result in a folder of its own, with a list of its
files and their digests. What else is there is somebody's, under whatever name: it stays and is
named. No link is followed, neither to a file nor to a folder.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kinopress.system import disk
from kinopress.system.atomic import is_left_aside, move_whole, replace_folder
from kinopress.system.release_record import is_real_folder, is_same, sha256_of


@dataclass(frozen=True, slots=True)
class Listed:
    """One file of a list.

    Attributes:
        size_bytes: Its size.
        sha256: Its SHA-256; nothing in lists that were written before lists had any.
    """

    size_bytes: int
    sha256: str


def folders_in(store: Path) -> Iterator[Path]:
    """The folders of a store, in order; a link to a folder is not one."""
    with os.scandir(store) as entries:
        names = sorted(entry.name for entry in entries if is_real_folder(entry))
    for name in names:
        yield store / name


@dataclass(frozen=True, slots=True)
class Found:
    """What is in a folder of a store.

    Attributes:
        folder: The folder.
        ours: What may be deleted, as it was looked at; the list is the last.
        left: What stays.
    """

    folder: Path
    ours: tuple[tuple[Path, os.stat_result], ...]
    left: tuple[Path, ...]

    @property
    def size_bytes(self) -> int:
        """How many bytes deleting frees."""
        return sum(at.st_size for _, at in self.ours)

    @property
    def is_ours(self) -> bool:
        """Whether there is something to delete, if only an empty folder."""
        return bool(self.ours) or not self.left


def look(
    folder: Path,
    list_name: str,
    listed: Mapping[str, Listed] | None,
    sha256: Callable[[Path], str] = lambda file: sha256_of(str(file)),
    *,
    unfinished: bool = False,
) -> Found:
    """Tell ours from everything else in a folder; nothing is changed.

    Args:
        folder: A folder of a store, itself no link.
        list_name: The name of the file that holds the list.
        listed: The list, by file name; ``None`` when it cannot be read: then nothing is ours.
        sha256: Reads a file's digest, perhaps from memory.
        unfinished: A run died while it filled the folder, so its last file may be cut off.

    Raises:
        OSError: the folder cannot be looked into.
    """
    left, ours, own_list = [], [], []
    for file in sorted(folder.iterdir()):
        at = file.lstat()
        if listed is None or not stat.S_ISREG(at.st_mode):
            left.append(file)
        elif file.name == list_name:
            own_list.append((file, at))
        elif is_left_aside(file.name, list_name) or (
            file.name in listed
            and _is_as_listed(file, listed[file.name], sha256, unfinished=unfinished)
        ):  # a run died while it wrote the list again
            ours.append((file, at))
        else:
            left.append(file)
    return Found(folder, (*ours, *own_list), tuple(left))


def delete(found: Found) -> None:
    """Delete what is ours, and the folder when nothing else is there.

    A file that was changed since it was looked at stays, and so does whatever came meanwhile.
    The list goes last: a folder that was emptied by half is still known as ours.

    Raises:
        OSError: a file cannot be deleted.
    """
    for number, (file, as_seen) in enumerate(found.ours, 1):
        if number == len(found.ours) > 1:
            disk.flush(found.folder)  # or a power cut may take the list and leave the others
        if is_same(file.lstat(), as_seen):
            disk.remove(file)
    with contextlib.suppress(OSError):
        disk.remove_folder(found.folder)  # never more than an empty folder


def put_in_place(made: Path, place: Path, ours: Container[str]) -> None:
    """Put a whole, flushed folder of a store in its place.

    Of a damaged result that lies there only regular files of our own names go; everything else is
    carried over, and what is no folder at all is laid beside.

    Args:
        made: The new folder, in the same store.
        place: Its name to be.
        ours: The names of our files.

    Raises:
        OSError: it cannot be done.
    """
    gone = replace_folder(made, place, made.with_name(f"{made.name}-old"))
    if gone is None:
        return
    if gone.is_symlink() or not gone.is_dir():
        return  # somebody's: it stays where it can be found
    for entry in list(gone.iterdir()):
        if entry.name in ours and stat.S_ISREG(entry.lstat().st_mode):
            disk.remove(entry)
        else:
            move_whole(entry, place / entry.name)
    disk.remove_folder(gone)


def _is_as_listed(
    file: Path, listed: Listed, sha256: Callable[[Path], str], *, unfinished: bool
) -> bool:
    size = file.lstat().st_size
    if size != listed.size_bytes:
        return unfinished and size < listed.size_bytes
    try:
        return not listed.sha256 or sha256(file) == listed.sha256
    except OSError:
        return False
