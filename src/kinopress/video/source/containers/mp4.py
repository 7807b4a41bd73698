"""The boxes of an MP4 or MOV (ISO/IEC 14496-12, 4.2), found in the file one after the other; what they hold is not read."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

Part = tuple[int, int]
"""Where a part of a file begins and ends."""


def boxes_in(file: BinaryIO, inside: Part, wanted: bytes) -> Iterator[Part]:
    """The contents of the boxes of a name in a part of a file.

    Raises:
        struct.error: the file has become shorter meanwhile.
    """
    at, end = inside
    while at + 8 <= end:
        size, name = struct.unpack(">I4s", read_part(file, at, at + 8))
        head = 8
        if size == 1:
            head, size = 16, struct.unpack(">Q", read_part(file, at + 8, at + 16))[0]
        elif size == 0:  # it reaches to the end
            size = end - at
        if size < head:
            return
        if name == wanted:
            yield at + head, min(at + size, end)
        at += size


def boxes_below(file: BinaryIO, inside: Part, *path: bytes) -> Iterator[Part]:
    """The contents of the boxes at the end of a path of names."""
    if not path:
        yield inside
        return
    for found in boxes_in(file, inside, path[0]):
        yield from boxes_below(file, found, *path[1:])


def read_part(file: BinaryIO, begins: int, ends: int) -> bytes:
    """The bytes of a part; fewer where the file ends before."""
    file.seek(begins)
    return file.read(max(0, ends - begins))
