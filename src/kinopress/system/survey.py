"""Looking through a folder that is to go: what in it did we make, and what is somebody's?"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kinopress.system.atomic import identity, is_left_aside
from kinopress.system.release_record import (
    RECORD,
    Made,
    Release,
    is_as_made,
    is_real_folder,
    is_untouched,
    record_written_ns,
)

_TELLS_ALL = sys.platform != "win32"
"""Whether a list of a folder knows which file an entry is; Windows leaves that out."""


@dataclass(slots=True)
class Survey:
    """What is in a folder that is to go; paths are below it, with ``/``."""

    identity: tuple[int, int]
    ours: dict[str, os.stat_result] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    """Those looked into, outer ones first."""
    foreign: list[str] = field(default_factory=list)
    """Topmost entries that go back to their place."""
    aside: list[str] = field(default_factory=list)
    """Topmost entries whose place is taken, or that were made before there were records."""
    in_the_way: dict[str, bool] = field(default_factory=dict)
    folder_modes: set[int] = field(default_factory=set)
    """The kinds and rights of the folders looked into."""


def look_through(
    folder: Path,
    old: Release | None,
    new: Path | None,
    new_files: Mapping[str, Made],
    *,
    adopted: bool,
) -> Survey:
    """Tell ours from everything else, and find what has no room in the new folder.

    Args:
        folder: What is to go.
        old: Its record.
        new: What comes, as it is on the disk (which knows whether ``A`` and ``a`` are one name);
            ``None`` when nothing does.
        new_files: The record of what comes.
        adopted: There is no record, but it was made by us: what differs from the new is laid aside.
    """
    survey = Survey(identity(folder))
    files = old.files if old else {}
    ours_hold = _folders_of(files)
    written_ns = record_written_ns(folder)
    top, new_top = str(folder), str(new)
    survey.folder_modes.add(os.lstat(top).st_mode)
    waiting: list[tuple[str, bool, list[os.DirEntry[str]]]] = [("", False, _entries(top))]
    while waiting:
        below, blocked, entries = waiting.pop()
        survey.folders.append(below)
        for entry in entries:
            path = below + entry.name
            if path == RECORD and old is not None:
                continue
            here = entry.stat(follow_symlinks=False) if _TELLS_ALL else os.lstat(entry.path)
            is_folder = stat.S_ISDIR(here.st_mode) and is_real_folder(entry)
            is_ours = not is_folder and (
                (not adopted and path in files and is_untouched(here, files[path], written_ns))
                or _is_ours(path, entry.path, here, files, new_files if adopted else None)
            )
            if is_ours:
                survey.ours[path] = here
                continue
            theirs = None if new is None or blocked else lstat(f"{new_top}/{path}")
            if is_folder:
                room = theirs is not None and stat.S_ISDIR(theirs.st_mode)
                inside = _entries_if_any(entry.path) if room or path in ours_hold else None
                if inside is not None:
                    survey.folder_modes.add(here.st_mode)
                    is_blocked = blocked or (theirs is not None and not room)
                    waiting.append((f"{path}/", is_blocked, inside))
                    continue
            if adopted:
                survey.aside.append(path)
            elif blocked or theirs is not None:
                survey.in_the_way[path] = path in files
            else:
                survey.foreign.append(path)
    return survey


def _folders_of(files: Iterable[str]) -> set[str]:
    """Every folder in which one of these lies, at whatever depth."""
    found: set[str] = set()
    for path in files:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _is_ours(
    path: str,
    full: str,
    here: os.stat_result,
    files: Mapping[str, Made],
    new_files: Mapping[str, Made] | None,
) -> bool:
    if path == f"{RECORD}.new" or is_left_aside(
        path, RECORD
    ):  # of a run that died while it wrote the record
        return stat.S_ISREG(here.st_mode)
    made = files.get(path) if new_files is None else new_files.get(path)
    return made is not None and is_as_made(full, here, made)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """What is in a folder, by name."""
    with os.scandir(folder) as entries:
        return sorted(entries, key=_name)


def _entries_if_any(folder: str) -> list[os.DirEntry[str]] | None:
    """:func:`_entries`; ``None`` where it cannot be listed."""
    try:
        return _entries(folder)
    except OSError:
        return None


def lstat(path: Path | str) -> os.stat_result | None:
    """A look at a name; ``None`` when nothing has it."""
    try:
        return os.lstat(path)
    except OSError:
        return None
