"""A first look at a film's file, without anything that can decode it: is it whole, and a film at all?

A check looks at every film in this way, 0.1 ms each; opening one as :mod:`kinopress.video.source.probe` does
loads FFmpeg's libraries and takes as long as checking a small site. So what is said here is what is
sure from the first bytes and the table of an MP4 or MOV: whether there is one, and pictures too small
to be a film. Whatever else may be wrong is found when the film is encoded.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from kinopress.problems import Problem
from kinopress.video.source.containers.mp4 import boxes_below, boxes_in, read_part
from kinopress.video.source.limits import check_sides
from kinopress.video.source.sniff import (
    MP4_FIRST_BOXES,
    OTHER_FILMS,
    check_file,
    explain_unopenable,
)

_HEAD_BYTES = 4096

_NO_FILMS = (
    b"%PDF-",
    b"PK\x03\x04",  # ZIP, and what office programs make of it
    b"\xd0\xcf\x11\xe0",  # what they made before
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"GIF8",
    b"ID3",
    b"fLaC",
    *(begins for begins, _ in OTHER_FILMS),
)
"""How files begin that are often taken for a film or renamed to one."""


_ENTRY_MAX_BYTES = 1024
"""So long the description of a track's pictures is looked through."""
_UPRIGHT = struct.pack(">9i", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
_SQUARE = struct.pack(">I4sII", 16, b"pasp", 1, 1)
_ANY_SIZE = (1 << 10, 1 << 10)


def first_look(path: Path, display_path: str) -> Problem | None:
    """What is surely wrong with a film, in the words in which encoding it would say it.

    Args:
        path: The film.
        display_path: What the coach calls it.
    """
    if problem := check_file(path, display_path):
        return problem
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
            if head[4:8] in MP4_FIRST_BOXES:
                sound = _has_table(file)
                sizes = list(_sizes(file)) if sound else []
                if len(sizes) == 1 and (problem := check_sides(*sizes[0], display_path)):
                    return problem
            else:
                sound = not head.startswith(_NO_FILMS) and not _is_plain_text(head)
    except (OSError, struct.error):
        return None  # encoding it says what happened
    return None if sound else explain_unopenable(path, display_path)


def _has_table(file: BinaryIO) -> bool:
    """Whether an MP4 says where its pictures are (ISO/IEC 14496-12, 8.2.1); the doubtful count as if."""
    at, end = 0, file.seek(0, os.SEEK_END)
    while at + 8 <= end:
        file.seek(at)
        size, name = struct.unpack(">I4s", file.read(8))
        if name == b"moov":
            return True
        if size == 1:
            size = struct.unpack(">Q", file.read(8))[0]
        elif size == 0:
            return False  # it reaches to the end
        if size < 8:
            return True
        at += size
    return False


def _sizes(file: BinaryIO) -> Iterator[tuple[int, int]]:
    """The size of the pictures of each track of an MP4 that has any, where they are surely shown as they are stored.

    That is: upright, nothing cropped, and with pixels that are said to be square.
    """
    whole = 0, file.seek(0, os.SEEK_END)
    for moov in boxes_in(file, whole, b"moov"):
        for track in boxes_in(file, moov, b"trak"):
            for begins, ends in boxes_below(file, track, b"mdia", b"minf", b"stbl", b"stsd"):
                # Behind the version and the number of entries: the first one, with its own size and name.
                entry = read_part(file, begins + 8, min(ends, begins + 8 + _ENTRY_MAX_BYTES))
                if not any(True for _ in boxes_below(file, track, b"mdia", b"minf", b"vmhd")):
                    continue  # its entries have no size
                matrix = b"".join(
                    read_part(file, end - 44, end - 8) for _, end in boxes_in(file, track, b"tkhd")
                )
                plain = matrix == _UPRIGHT and _SQUARE in entry and b"clap" not in entry
                yield struct.unpack_from(">HH", entry, 32) if plain else _ANY_SIZE


def _is_plain_text(head: bytes) -> bool:
    """Letters alone: every film has other characters among its first bytes."""
    try:
        head.decode("ascii")
    except UnicodeDecodeError:
        return False
    return not any(sign < 9 or 13 < sign < 32 for sign in head)
