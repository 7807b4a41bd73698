"""What a build made, file by file: the record that is in every folder we fill.

A folder is filled aside and swapped in whole, and what stood there before goes. Nothing may go
that was not made by a build; so each release carries a list of its own files, with their digests, and only
what is on that list and is still as it was made is ever deleted.

The record is in the folder it describes, under a name that begins with a dot. So one rename
moves both, a copied site is still known as ours, and emptying ``.kinopress/`` forgets nothing.
It names only what readers may see anyway.
"""

from __future__ import annotations

import functools
import hashlib
import os
import stat
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kinopress.system.kept import take_kept, write_kept

RECORD = ".kinopress-release.json"

_VERSION = 1
BY_STAMP_BYTES = 4_000_000
"""A larger file, a film usually, is taken for unchanged by its size and time:
reading gigabytes again on every build would cost more than the build. Smaller ones are read."""

_CHUNK_BYTES = 1 << 20

_KNOWN = 6
"""Records that are remembered: of the site, of those kept, and of one that is being made."""


@dataclass(frozen=True, slots=True)
class Made:
    """One file as it was made: its size, its time of change and its SHA-256 in hexadecimal."""

    size_bytes: int
    changed_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Displaced:
    """A folder that was swapped out for this release and is not yet cleared.

    Attributes:
        token: What its name beside the release ends in.
        adopted: It had no record although we made it: what differs is moved aside, not left in place.
    """

    token: str
    adopted: bool


@dataclass(frozen=True, slots=True)
class Release:
    """What is in a folder that we filled.

    Attributes:
        made_for: Whose it is: the same for every release of one project in one place.
        files: By path below the folder, with ``/``.
        whole: False while it is being made.
        displaced: What it took the place of, until that is cleared.
        made_s: When it was made, in seconds since 1970; 0 in records that did not tell.
        replaced_s: When another one took its place; 0 while it is there.
    """

    made_for: str
    files: Mapping[str, Made] = field(default_factory=dict)
    whole: bool = True
    displaced: Displaced | None = None
    made_s: float = 0.0
    replaced_s: float = 0.0
    _digest: list[str] = field(default_factory=list, init=False, compare=False, repr=False)

    @property
    def digest(self) -> str:
        """What tells one release from another: the SHA-256 of its files' names and digests."""
        if not self._digest:
            self._digest.append(self._found_digest())
        return self._digest[0]

    def _found_digest(self) -> str:
        every = hashlib.sha256()
        for path, made in sorted(self.files.items()):
            every.update(f"{path}\0{made.sha256}\n".encode("utf-8", "surrogateescape"))
        return every.hexdigest()

    def settled(self) -> Release:
        """The same release once what stood there before is cleared."""
        return replace(self, displaced=None)


def read_release(folder: Path) -> Release | None:
    """The record of a folder; ``None`` when there is none that can be trusted."""
    file = folder / RECORD
    try:
        if not stat.S_ISREG(file.lstat().st_mode):
            return None
    except OSError:
        return None
    try:
        data = file.read_bytes()
    except OSError:
        return None
    return _release_of(data)


@functools.lru_cache(maxsize=_KNOWN)
def _release_of(data: bytes) -> Release | None:
    """What a record says. A build asks for one again and again, and thousands of files are long to read."""
    try:
        return take_kept(data.decode("utf-8"), _release, unchecked=True)
    except ValueError:
        return None


def _release(value: Any) -> Release | None:
    if value["version"] != _VERSION:
        return None
    displaced = value["displaced"]
    return Release(
        str(value["made_for"]),
        {
            str(path): Made(int(size), int(changed_ns), str(sha256))
            for path, (size, changed_ns, sha256) in value["files"].items()
        },
        value["whole"] is True,
        Displaced(str(displaced["token"]), displaced["adopted"] is True) if displaced else None,
        float(value.get("made_s", 0.0)),
        float(value.get("replaced_s", 0.0)),
    )


def write_release(folder: Path, release: Release) -> None:
    """Put a record into its folder, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    value = {
        "version": _VERSION,
        "about": "What kinopress made here. The next build deletes only this, and needs this list.",
        "made_for": release.made_for,
        "made_s": release.made_s,
        "replaced_s": release.replaced_s,
        "whole": release.whole,
        "displaced": release.displaced
        and {"token": release.displaced.token, "adopted": release.displaced.adopted},
        "files": {
            path: [made.size_bytes, made.changed_ns, made.sha256]
            for path, made in sorted(release.files.items())
        },
    }
    write_kept(folder / RECORD, value)


def list_files(folder: Path, known: Mapping[str, str]) -> dict[str, Made]:
    """Every file of a finished folder, as its record describes it.

    Args:
        folder: A folder we have just filled.
        known: SHA-256 by path, where it need not be computed again (films).

    Raises:
        OSError: a file cannot be read.
    """
    found = {}
    for path, entry in _files_below(folder):
        at = entry.stat(follow_symlinks=False)
        sha256 = known.get(path) or sha256_of(entry.path)
        found[path] = Made(at.st_size, at.st_mtime_ns, sha256)
    return found


def _files_below(folder: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    waiting, top = [""], str(folder)
    while waiting:
        below = waiting.pop()
        with os.scandir(f"{top}/{below}") as entries:
            for entry in entries:
                path = below + entry.name
                if is_real_folder(entry):
                    waiting.append(f"{path}/")
                elif path != RECORD:
                    yield path, entry


def is_real_folder(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a folder of its own: no link, and no junction to another place (Windows)."""
    try:
        if not entry.is_dir(follow_symlinks=False):
            return False
        if sys.platform != "win32":
            return True
        return not getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0)
    except OSError:
        return False


def is_same(one: os.stat_result, other: os.stat_result) -> bool:
    """Whether two looks at a name saw the same file, unchanged."""
    return all(
        getattr(one, name) == getattr(other, name)
        for name in ("st_dev", "st_ino", "st_mode", "st_size", "st_mtime_ns")
    )


def is_as_made(path: str, at: os.stat_result, made: Made) -> bool:
    """Whether a file is still, byte for byte, what a build made."""
    if not stat.S_ISREG(at.st_mode) or at.st_size != made.size_bytes:
        return False
    if at.st_size > BY_STAMP_BYTES and at.st_mtime_ns == made.changed_ns:
        return True
    try:
        return sha256_of(path) == made.sha256
    except OSError:
        return False


def why_unread(path: str) -> str | None:
    """Why a file cannot be read, so that nobody can tell whether it is as it was made; ``None`` where it can."""
    try:
        if stat.S_ISREG(os.lstat(path).st_mode):
            with open(path, "rb") as file:  # noqa: PTH123 - by the same door as sha256_of
                file.read(1)
    except OSError as error:
        return (error.strerror or str(error)).lower()
    return None


def is_whole(folder: Path, release: Release) -> bool:
    """Whether every file of a release is still as it was made.

    Only those are read whose size or time differs, or that were touched after the record was written, which on Windows
    nothing tells.
    """
    written_ns = record_written_ns(folder)
    if written_ns is None:
        return False
    for path, made in release.files.items():
        file = f"{folder}/{path}"
        try:
            at = os.lstat(file)
        except OSError:
            return False
        is_untouched = _is_as_noted(at, made) and at.st_ctime_ns <= written_ns
        if not is_untouched and not is_as_made(file, at, made):
            return False
    return True


def record_written_ns(folder: Path) -> int | None:
    """When the record of a folder was written; ``None`` where there is none."""
    try:
        return (folder / RECORD).stat().st_mtime_ns
    except OSError:
        return None


def is_untouched(at: os.stat_result, made: Made, written_ns: int | None) -> bool:
    """Whether nobody has touched a file since the record that names it was written, told without reading the file.

    The system says when a file was touched last and lets nobody set that back; Windows does not say it.
    """
    if sys.platform == "win32" or written_ns is None:
        return False
    return _is_as_noted(at, made) and at.st_ctime_ns < written_ns


def _is_as_noted(at: os.stat_result, made: Made) -> bool:
    as_noted = (at.st_size, at.st_mtime_ns) == (made.size_bytes, made.changed_ns)
    return as_noted and stat.S_ISREG(at.st_mode)


def sha256_of(path: str) -> str:
    """The SHA-256 of a file in hexadecimal.

    Raises:
        OSError: it cannot be read.
    """
    digest = hashlib.sha256()
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - a thousand of them: Path costs more
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
