"""What a published file still tells about where it came from, proved on its bytes.

A camera writes place, date, device and owner into its files, and several tools copy them
on. Searching for text misses most of it (a place can be a fixed-point number), so each
format is walked by its own structure and everything that is not known to be harmless is
a trace. Formats: ISO base media (MP4, AVIF; ISO/IEC 14496-12), JPEG (ITU-T T.81), WebP
(RIFF), PNG. Pure: bytes in, traces out.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

DEPTH_MAX = 12
"""Deeper than any real file nests its boxes."""

_CONTAINERS = frozenset(
    (
        b"moov",
        b"trak",
        b"mdia",
        b"minf",
        b"stbl",
        b"edts",
        b"dinf",
        b"udta",
        b"moof",
        b"traf",
        b"mvex",
        b"iprp",
        b"ipco",
    )
)
_TOP_LEVEL = frozenset(
    (
        b"ftyp",
        b"moov",
        b"mdat",
        b"free",
        b"skip",
        b"sidx",
        b"styp",
        b"moof",
        b"mfra",
        b"meta",
        b"wide",
    )
)
_DATED = frozenset((b"mvhd", b"tkhd", b"mdhd"))
_STREAMS = {b"vide": "picture", b"soun": "sound", b"pict": "picture", b"auxv": "transparency"}
# FFmpeg's own names; a phone writes "Core Media Video" or its own.
_HANDLER_NAMES = (b"", b"VideoHandler", b"SoundHandler", b"PictureHandler", b"libavif")
_ENCODER_ITEM = b"\xa9too"  # names the encoder, not the camera


@dataclass(frozen=True, slots=True)
class Trace:
    """Something that came from the source.

    Attributes:
        at: Where in the file: the boxes or segments above it, ``moov/udta/©xyz``.
        what: What it tells, in plain words.
    """

    at: str
    what: str


def find_traces(data: bytes) -> list[Trace]:
    """All traces in a file's bytes; an unknown format has none that we can see."""
    if data[4:8] == b"ftyp":
        return list(_boxes(memoryview(data), "", 0))
    if data[:3] == b"\xff\xd8\xff":
        return list(_jpeg(data))
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return list(_webp(data))
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return list(_png(data))
    return []


def _name(kind: bytes) -> str:
    return kind.decode("latin-1")


def _each_box(data: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    """Kind and content of each box, one after another; stops at what cannot be a box."""
    at = 0
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == 1 and at + 16 <= len(data):
            (size,) = struct.unpack_from(">Q", data, at + 8)
            head = 16
        elif size == 0:
            size = len(data) - at
        if size < head or at + size > len(data):
            return
        yield kind, data[at + head : at + size]
        at += size


def _boxes(data: memoryview, above: str, depth: int) -> Iterator[Trace]:
    if depth > DEPTH_MAX:
        yield Trace(above, "boxes nested without end")
        return
    for kind, content in _each_box(data):
        at = f"{above}/{_name(kind)}" if above else _name(kind)
        if not above and kind not in _TOP_LEVEL:
            yield Trace(at, "a private part of the camera's file")
        elif kind in _DATED:
            yield from _dates(content, at)
        elif kind == b"hdlr":
            yield from _handler(content, at)
        elif kind == b"meta":
            yield from _meta(content, at, depth)
        elif kind in (b"free", b"skip"):
            if any(content):
                yield Trace(at, "left-over bytes in a gap")
        elif above.endswith("udta"):
            yield Trace(at, _USER_DATA.get(kind, "a note the camera wrote"))
        elif kind == b"uuid":
            yield Trace(at, "a private part of the camera's file")
        elif kind in _CONTAINERS:
            yield from _boxes(content, at, depth + 1)


_USER_DATA = {
    b"\xa9xyz": "the place where it was filmed",
    b"loci": "the place where it was filmed",
    b"\xa9day": "the day on which it was filmed",
    b"date": "the day on which it was filmed",
    b"\xa9mak": "the make of the camera",
    b"manu": "the make of the camera",
    b"\xa9mod": "the model of the camera",
    b"modl": "the model of the camera",
    b"\xa9swr": "the software of the camera",
    b"auth": "who filmed it",
    b"\xa9nam": "a title",
    b"name": "a name",
    b"XMP_": "an XMP note",
}


def _dates(content: memoryview, at: str) -> Iterator[Trace]:
    form = ">QQ" if content and content[0] == 1 else ">II"
    if len(content) >= 4 + struct.calcsize(form) and any(struct.unpack_from(form, content, 4)):
        yield Trace(at, "the date on which it was made")


def _handler(content: memoryview, at: str) -> Iterator[Trace]:
    kind = bytes(content[8:12])
    inside_track = "/mdia/" in at
    if inside_track and kind not in _STREAMS:
        yield Trace(at, f"a stream that is neither picture nor sound ({_name(kind)})")
    name = bytes(content[24:]).strip(b"\0")
    if name not in _HANDLER_NAMES:
        yield Trace(at, "a name the camera gave a stream")


def _meta(content: memoryview, at: str, depth: int) -> Iterator[Trace]:
    """A ``meta`` box: full box in MP4 and AVIF, plain in QuickTime."""
    full = len(content) >= 8 and bytes(content[4:8]) not in (b"hdlr", b"keys")
    for kind, inside in _each_box(content[4:] if full else content):
        where = f"{at}/{_name(kind)}"
        if kind == b"keys":
            yield Trace(where, "notes the camera wrote")
        elif kind == b"ilst":
            for item, _ in _each_box(inside):
                if item != _ENCODER_ITEM:
                    yield Trace(
                        f"{where}/{_name(item)}", _USER_DATA.get(item, "a note the camera wrote")
                    )
        elif kind == b"iinf":
            yield from _items(inside, where)
        elif kind in (b"xml ", b"bxml", b"uuid"):
            yield Trace(where, "a note the camera wrote")
        elif kind == b"hdlr":
            yield from _handler(inside, where)
        elif kind in _CONTAINERS:
            yield from _boxes(inside, where, depth + 1)


def _items(content: memoryview, at: str) -> Iterator[Trace]:
    """The items of a still picture: ``infe`` names the type of each (ISO/IEC 14496-12, 8.11.6)."""
    head = 6 if content and content[0] == 0 else 8
    for kind, inside in _each_box(content[head:]):
        if kind != b"infe" or not inside or inside[0] < 2:
            continue
        wide = 4 if inside[0] >= 3 else 2
        item = bytes(inside[4 + wide + 2 : 4 + wide + 6])
        if item in (b"Exif", b"mime", b"uri "):
            yield Trace(f"{at}/{_name(item)}", "camera data (EXIF or XMP)")


def _jpeg(data: bytes) -> Iterator[Trace]:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in (0xD8, 0x01) or 0xD0 <= marker <= 0xD7:
            at += 2
            continue
        if marker in (0xD9, 0xDA):
            return
        (size,) = struct.unpack_from(">H", data, at + 2)
        content = data[at + 4 : at + 2 + size]
        if marker == 0xE1:
            yield Trace("APP1", "camera data (EXIF or XMP)")
        elif marker == 0xED:
            yield Trace("APP13", "a caption or place (IPTC)")
        elif marker == 0xFE and not content.startswith(b"Lavc"):
            yield Trace("COM", "a comment")
        at += 2 + size


def _webp(data: bytes) -> Iterator[Trace]:
    at = 12
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<4sI", data, at)
        if kind in (b"EXIF", b"XMP "):
            yield Trace(_name(kind).strip(), "camera data (EXIF or XMP)")
        at += 8 + size + size % 2


def _png(data: bytes) -> Iterator[Trace]:
    at = 8
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        if kind == b"eXIf":
            yield Trace("eXIf", "camera data (EXIF)")
        elif kind in (b"tEXt", b"iTXt", b"zTXt") and data[at + 8 : at + 16 + 4].startswith(
            (b"XML:com.", b"Raw prof")
        ):
            yield Trace(_name(kind), "camera data (XMP)")
        elif kind == b"tIME":
            yield Trace("tIME", "the date on which it was changed")
        at += 12 + size
