"""Web fonts (WOFF and WOFF2, W3C): their extra blocks are for notes, and stay empty."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from kinopress.privacy.traces.trace import Trace


def walk_woff(data: bytes) -> Iterator[Trace]:
    """Notes in a WOFF font, and what is after it."""
    yield from _walk(data, 24, 44)


def walk_woff2(data: bytes) -> Iterator[Trace]:
    """Notes in a WOFF2 font, and what is after it."""
    yield from _walk(data, 28, 48)


def _walk(data: bytes, at: int, header_bytes: int) -> Iterator[Trace]:
    if len(data) < header_bytes:
        yield Trace("", "a font that is cut off")
        return
    (length,) = struct.unpack_from(">I", data, 8)
    notes = struct.unpack_from(">5I", data, at)
    if length != len(data):
        yield Trace("", "something after the end of the font, or a font that is cut off")
    if any(notes):
        yield Trace("metadata", "notes of who made the font")
