"""Looks for copies of a client's plan in the rest of a project, by its number: in every file, in packed ones too."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kinopress.content.source.document import read_file
from kinopress.project.clients.folder import shown_path
from kinopress.project.clients.shared_pages import SHARED

_Stream = IO[bytes] | gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile
_LOOKED_AT_BYTES = 200_000_000
_LEFT_OUT = frozenset({".git", ".venv", "node_modules"})
_FILMS = frozenset({".mp4", ".mov", ".m4v", ".webm", ".mkv", ".avi"})
"""Nothing writes a plan into a film."""
_STREAMS: Mapping[bytes, Callable[[io.BytesIO], _Stream]] = {
    b"\x1f\x8b": lambda data: gzip.GzipFile(fileobj=data),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\0": lzma.LZMAFile,
}
"""How packed files begin, and what opens them."""
_ZIP = b"PK\x03\x04"
_CLOSED = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x28\xb5\x2f\xfd")
"""How packed files begin that nothing here opens."""


@dataclass(frozen=True, slots=True)
class Copies:
    """What was found of a client outside their folder.

    Attributes:
        found: Files in which a plan of theirs is, or a copy of what was handed over.
        not_looked_into: What may hold one, for all that could be seen: too large, unreadable or packed in an unknown way.
    """

    found: tuple[str, ...]
    not_looked_into: tuple[str, ...]


UNKNOWN = Copies(
    (), ("any file, since no plan of theirs here has the number by which a copy is known",)
)
"""What is said where there is nothing to look for."""


def copies_of(project: Path, own: Path, marks: Collection[bytes]) -> Copies:
    """Look for the numbers of a client's plans in all files of a project outside the client's folder."""
    if not marks:
        return Copies((), ())
    found: list[str] = []
    closed: list[str] = []

    def cannot_be_opened(error: OSError) -> None:
        closed.append(f"{shown_path(project, Path(os.fsdecode(error.filename)))}/")

    for path, folders, files in os.walk(project, onerror=cannot_be_opened):
        folders[:] = sorted(
            f
            for f in folders
            if f not in _LEFT_OUT and Path(path, f) not in (own, project / SHARED)
        )
        for name in sorted(files):
            file = Path(path, name)
            # A link holds nothing itself, and neither does anything that is not a file.
            if file.suffix.casefold() in _FILMS or file.is_symlink() or not _may_hold(file):
                continue
            has_one = _has_any(file, marks)
            if has_one is None:
                closed.append(shown_path(project, file))
            elif has_one:
                found.append(shown_path(project, file))
    return Copies(tuple(found), tuple(closed))


def _may_hold(file: Path) -> bool:
    """Whether it is a file, as far as anybody can tell."""
    try:
        return file.is_file() or (os.path.lexists(file) and not file.exists())
    except OSError:
        return True


def _has_any(file: Path, marks: Collection[bytes]) -> bool | None:
    """Whether one of the numbers is in a file; ``None`` where it cannot be looked into."""
    try:
        if file.stat().st_size > _LOOKED_AT_BYTES:
            return None
    except OSError:
        return None
    data, _ = read_file(file, "")
    if data is None or data.startswith(_CLOSED):
        return None
    if any(mark in data for mark in marks):
        return True
    try:
        return any(mark in part for part in _unpacked(data) for mark in marks)
    except (OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zlib.error, lzma.LZMAError, zipfile.BadZipFile):  # fmt: skip
        return None


def _unpacked(data: bytes) -> Iterator[bytes]:
    """What is in a packed file, part by part; nothing of one that is not packed.

    Raises:
        ValueError: unpacked it would be too large, or as what opens it says.
    """
    for begins, opened in _STREAMS.items():
        if data.startswith(begins):
            with opened(io.BytesIO(data)) as stream:
                yield _read(stream, _LOOKED_AT_BYTES)
    if data.startswith(_ZIP):
        left = _LOOKED_AT_BYTES
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for one in packed.infolist():
                if Path(one.filename).suffix.casefold() in _FILMS:
                    continue
                with packed.open(name=one, mode="r") as stream:
                    part = _read(stream, left)
                left -= len(part)
                yield part


def _read(stream: _Stream, most: int) -> bytes:
    data = stream.read(most + 1)
    if len(data) > most:
        raise ValueError("too large to be looked into")
    return data
