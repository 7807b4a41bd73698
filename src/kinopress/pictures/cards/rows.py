"""A JPEG that differs from another one in some rows: only those are encoded, the others are taken as they are.

Cards without a picture are the same but for their title, and to encode one whole took a third of drawing it. With a mark at the end
of each row of blocks ("restart", ITU-T T.81, section B.2.1) no row needs what was before it, so rows of two files can stand in one.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from PIL import Image

ROW = 16
"""Pixels from one mark to the next: a block of colour covers two of light, each of eight pixels."""

_MARK = re.compile(rb"\xff[\xd0-\xd7]")
"""The mark after a row; a byte of data that looks like its first one is always followed by a zero."""
_SCAN, _END = b"\xff\xda", b"\xff\xd9"


@dataclass(frozen=True, slots=True)
class Rows:
    """A JPEG by its rows of blocks.

    Attributes:
        head: All that is before the first row.
        rows: The rows, without the marks between them.
    """

    head: bytes
    rows: tuple[bytes, ...]

    def with_rows(self, first: int, others: Rows) -> Rows:
        """With rows of another picture that is as wide and of the same quality, from its first one on."""
        end = first + len(others.rows)
        return Rows(self.head, (*self.rows[:first], *others.rows, *self.rows[end:]))

    def written(self) -> bytes:
        """The file."""
        parts = [self.head]
        for at, row in enumerate(self.rows):
            parts += (row, bytes((0xFF, 0xD0 + at % 8)))
        return b"".join([*parts[:-1], _END])


def encoded(page: Image.Image, quality: int) -> Rows:
    """A picture as a JPEG with a mark after each row."""
    written = io.BytesIO()
    page.save(written, "JPEG", quality=quality, restart_marker_rows=1)
    data = written.getvalue()
    at = 2  # after the mark that says that it is a JPEG
    while (mark := data[at : at + 2]) != _SCAN:
        if mark[0] != 0xFF:
            raise AssertionError(f"no mark at {at}")
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return Rows(data[:at], tuple(_MARK.split(data[at : -len(_END)])))
