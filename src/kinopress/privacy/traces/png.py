"""PNG (W3C, third edition): which chunks a published picture may have."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from kinopress.privacy.traces.trace import Trace

_SIGNATURE_BYTES = 8
_ALLOWED = {b"IHDR": 13, b"PLTE": 768, b"IDAT": 2**31, b"IEND": 0, b"tRNS": 256, b"sRGB": 1, b"gAMA": 4, b"sBIT": 4}  # fmt: skip
"""The chunks that make the picture, and the most bytes that each may hold."""

_TOLD = {
    b"eXIf": "camera data (EXIF)",
    b"tIME": "the date on which it was changed",
    b"tEXt": "a note (it may contain a place, a name or a date)",
    b"zTXt": "a note (it may contain a place, a name or a date)",
    b"iTXt": "a note (it may contain a place, a name or a date)",
    b"caBX": "content credentials (who made it, and with what)",
    b"iCCP": "a device's colour profile",
}


def walk(data: bytes) -> Iterator[Trace]:
    """Everything in a PNG that a published picture does not need."""
    at = _SIGNATURE_BYTES
    while at + 12 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if at + 12 + size > len(data):
            break
        if size > _ALLOWED.get(kind, -1):
            name = kind.decode("latin-1")
            yield Trace(name, _TOLD.get(kind, "a note a program wrote"))
        at += 12 + size
        if kind == b"IEND":
            if at != len(data):
                yield Trace("", "something after the end of the picture")
            return
    yield Trace("", "a picture that is cut off")
