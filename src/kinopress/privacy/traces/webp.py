"""WebP (RFC 9649): which chunks a published picture may have."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from kinopress.privacy.traces.trace import Trace

_ALLOWED = (b"VP8 ", b"VP8L", b"VP8X", b"ALPH")
_TOLD = {
    b"EXIF": "camera data (EXIF)",
    b"XMP ": "camera data (XMP)",
    b"ICCP": "a device's colour profile",
}
_FEATURES = 0x10  # of VP8X: transparency; colour profile, EXIF, XMP and movement are none of ours


def walk(data: bytes) -> Iterator[Trace]:
    """Everything in a WebP that a published picture does not need."""
    (told,) = struct.unpack_from("<I", data, 4) if len(data) >= 12 else (0,)
    if told + 8 > len(data):
        yield Trace("", "a picture that is cut off")
    elif told + 8 + told % 2 < len(data):
        yield Trace("", "something after the end of the picture")
    at = 12
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<4sI", data, at)
        if kind not in _ALLOWED:
            name = kind.decode("latin-1").strip()
            yield Trace(name, _TOLD.get(kind, "a note a program wrote"))
        elif at + 8 + size > len(data):
            yield Trace("", "a picture that is cut off")
        elif kind == b"VP8X" and (size != 10 or data[at + 8] & ~_FEATURES or any(data[at + 9 : at + 12])):  # fmt: skip
            yield Trace("VP8X", "a colour profile, camera data or movement")
        at += 8 + size
        if size % 2:
            if at < len(data) and data[at]:
                yield Trace("", "left-over bytes in a gap")
            at += 1
    if at < len(data):
        yield Trace("", "something after the end of the picture")
