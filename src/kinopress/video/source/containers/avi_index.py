"""Whether an AVI's pictures lie where its own index says they do.

The index is the last thing in the file (Microsoft's AVI RIFF reference: ``idx1``). Where it is there but the
pictures do not lie at its places, a piece of the file is gone or overwritten in the middle, and whatever is left
of the film can be shown. Where it is missing, the film was cut off, and nobody knows how much there was.
"""

from __future__ import annotations

import os
import re
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_HEAD_BYTES = 1 << 20
_TAIL_BYTES = 32 << 20
_ENTRY = struct.Struct("<4sIII")
_LOOKS_MAX = 4096
_MOVIE = re.compile(rb"LIST....movi", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Tear:
    """The first place at which a file is not as its index says.

    Attributes:
        before: How many pictures lie before it.
        pictures: How many there were in the whole film.
    """

    before: int
    pictures: int


def find_tear(path: Path, stream: int) -> Tear | None:
    """Where a piece of an AVI is gone; ``None`` when it is whole, or has no index.

    Args:
        path: The film.
        stream: Number of the stream of its pictures.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
            found = _MOVIE.search(head)
            movie = -1 if found is None else found.end() - 4
            index = _read_index(file)
            names = (b"%02ddc" % stream, b"%02ddb" % stream)
            pictures = [entry for entry in _ENTRY.iter_unpack(index) if entry[0] in names]
            known = next((entry for entry in pictures if entry[3]), None)
            if head[:4] != b"RIFF" or movie < 0 or known is None:
                return None
            # Counted from the word movi, or from the beginning of the file.
            base = movie if _is_at(file, movie, known) else 0
            step = max(1, len(pictures) // _LOOKS_MAX)
            looks = [*range(0, len(pictures), step), len(pictures) - 1]
            wrong = next((n for n in looks if not _is_at(file, base, pictures[n])), None)
            if wrong is None or (wrong == 0 and base == 0):
                return None
            between = range(max(0, wrong - step + 1), wrong + 1)
            first = next(n for n in between if not _is_at(file, base, pictures[n]))
            return Tear(first, len(pictures))
    except (OSError, struct.error):
        return None


def _read_index(file: BinaryIO) -> bytes:
    """The entries of the index, if it is the last part of the file."""
    end = file.seek(0, os.SEEK_END)
    begin = max(0, end - _TAIL_BYTES)
    file.seek(begin)
    tail = file.read()
    at = tail.rfind(b"idx1")
    if at < 0 or at + 8 > len(tail):
        return b""
    size = struct.unpack_from("<I", tail, at + 4)[0]
    entries = tail[at + 8 : at + 8 + size]
    return entries if size == len(entries) and size % _ENTRY.size == 0 else b""


def _is_at(file: BinaryIO, base: int, entry: tuple[bytes, int, int, int]) -> bool:
    name, _, offset, size = entry
    if size == 0:  # a picture that was left out need not be anywhere
        return True
    file.seek(base + offset)
    return file.read(4) == name
