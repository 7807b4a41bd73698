"""JPEG (ITU-T T.81): which segments a published picture may have.

From start to end: fill bytes, segments between scans and whatever is after the end are
looked at like everything else. A table is as long as what it says it holds; in a longer one
something would fit that no decoder reads.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kinopress.privacy.traces.trace import Trace

_NEXT_MARKER = re.compile(rb"\xff(?![\x00\xd0-\xd7])")  # behind a scan: no stuffing, no restart
_ENCODER = re.compile(rb"Lavc\d+\.\d+\.\d+\0?")  # FFmpeg names itself, not the camera
_JFIF_BYTES = 14  # without a thumbnail
_ADOBE_BYTES = 12

_TOLD = {
    0xE0: "a small second picture",
    0xE1: "camera data (EXIF or XMP)",
    0xE2: "a device's colour profile, or further pictures after this one",
    0xEB: "content credentials (who made it, and with what)",
    0xED: "a caption or place (IPTC)",
    0xFE: "a comment",
}


def _quantisers(content: bytes) -> bool:
    at = 0
    while at < len(content):
        at += 1 + 64 * (1 + (content[at] >> 4))
    return at == len(content)


def _huffman(content: bytes) -> bool:
    at = 0
    while at + 17 <= len(content):
        at += 17 + sum(content[at + 1 : at + 17])
    return at == len(content)


_ALLOWED: dict[int, Callable[[bytes], bool]] = {
    0xC0: lambda c: len(c) >= 6 and len(c) == 6 + 3 * c[5],
    0xC1: lambda c: len(c) >= 6 and len(c) == 6 + 3 * c[5],
    0xC2: lambda c: len(c) >= 6 and len(c) == 6 + 3 * c[5],
    0xC4: _huffman,
    0xDA: lambda c: len(c) >= 1 and len(c) == 4 + 2 * c[0],
    0xDB: _quantisers,
    0xDD: lambda c: len(c) == 2,
    0xE0: lambda c: len(c) == _JFIF_BYTES and c[:5] == b"JFIF\0" and c[12:14] == b"\0\0",
    0xEE: lambda c: len(c) == _ADOBE_BYTES and c[:5] == b"Adobe",
    0xFE: lambda c: _ENCODER.fullmatch(c) is not None,
}


def walk(data: bytes) -> Iterator[Trace]:
    """Everything in a JPEG that a published picture does not need."""
    at = 2
    while at + 2 <= len(data):
        if data[at] != 0xFF:
            yield Trace("", "bytes between its parts")
            return
        marker = data[at + 1]
        if marker == 0xFF:  # one fill byte before a marker is as good as none
            at += 1
            continue
        if marker == 0xD9:
            if at + 2 != len(data):
                yield Trace("", "something after the end of the picture")
            return
        if at + 4 > len(data):
            break
        size = data[at + 2] << 8 | data[at + 3]
        content = bytes(data[at + 4 : at + 2 + size])
        name = f"APP{marker - 0xE0}" if 0xE0 <= marker <= 0xEF else _NAMES.get(marker, f"{marker:02X}")  # fmt: skip
        if size < 2 or len(content) != size - 2:
            yield Trace(name, "a part that is cut off")
            return
        allowed = _ALLOWED.get(marker)
        if allowed is None or not allowed(content):
            yield Trace(name, _TOLD.get(marker, "a note the camera or a program wrote"))
        at += 2 + size
        if marker == 0xDA:
            found = _NEXT_MARKER.search(data, at)
            if found is None:
                break
            at = found.start()
    yield Trace("", "a picture that is cut off")


_NAMES = {0xC4: "DHT", 0xDA: "SOS", 0xDB: "DQT", 0xDD: "DRI", 0xFE: "COM"}


def stripped(data: bytes) -> bytes:
    """A JPEG without everything that a published picture does not need; the picture stays as it is.

    What is cut off stays cut off.
    """
    kept = [data[:2]]
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            break
        size = data[at + 2] << 8 | data[at + 3]
        end = at + 2 + size
        allowed = _ALLOWED.get(marker)
        if allowed is not None and allowed(bytes(data[at + 4 : end])):
            kept.append(data[at:end])
        at = end
        if marker == 0xDA:
            found = _NEXT_MARKER.search(data, at)
            at = found.start() if found else len(data)
            kept.append(data[end:at])
    return b"".join([*kept, b"\xff\xd9"])
