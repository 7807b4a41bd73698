"""ISO base media (ISO/IEC 14496-12): which boxes a published film (MP4) or AVIF may have.

What a rendition or a picture is made of is listed below, box by box under the boxes above it;
any other is a trace. Tables are as long as what they count.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator

from kinopress.privacy.traces.trace import Trace

_CHILDREN: dict[str, frozenset[str]] = {
    above: frozenset(f"{above}/{kind}" for kind in kinds.split())
    for above, kinds in {
        "film": "ftyp moov mdat free skip sidx styp moof mfra",
        "film/moov": "mvhd trak udta mvex free",
        "film/moov/udta": "meta",
        "film/moov/udta/meta": "hdlr ilst",
        "film/moov/mvex": "mehd trex",
        "film/moov/trak": "tkhd edts mdia",
        "film/moov/trak/edts": "elst",
        "film/moov/trak/mdia": "mdhd hdlr minf",
        "film/moov/trak/mdia/minf": "vmhd smhd dinf stbl",
        "film/moov/trak/mdia/minf/dinf": "dref",
        "film/moov/trak/mdia/minf/stbl": "stsd stts ctts stss stsc stsz stco co64 sgpd sbgp",
        "film/moov/trak/mdia/minf/stbl/stsd": "avc1 av01 mp4a",
        "film/moov/trak/mdia/minf/stbl/stsd/avc1": "avcC colr pasp btrt fiel",
        "film/moov/trak/mdia/minf/stbl/stsd/av01": "av1C colr pasp btrt fiel",
        "film/moov/trak/mdia/minf/stbl/stsd/mp4a": "esds btrt",
        "film/moof": "mfhd traf",
        "film/moof/traf": "tfhd tfdt trun sgpd sbgp",
        "film/mfra": "tfra mfro",
        "picture": "ftyp meta mdat free",
        "picture/meta": "hdlr pitm iloc iinf iref iprp",
        "picture/meta/iinf": "infe",
        "picture/meta/iprp": "ipco ipma",
        "picture/meta/iprp/ipco": "ispe pixi av1C colr auxC pasp",
    }.items()
}
"""The boxes that may be in each box."""

_HEADS = {"meta": 4, "stsd": 8, "avc1": 78, "av01": 78, "mp4a": 28, "iinf": 6}
"""Bytes before the boxes inside."""

_BYTES = {"mvhd": 100, "tkhd": 84, "mdhd": 24, "vmhd": 12, "smhd": 8, "pitm": 6, "pasp": 8, "btrt": 12, "fiel": 2, "ispe": 12}  # fmt: skip
"""Lengths of what has one length (in version 1, which has longer times, 12 bytes more)."""

_ROWS = {"stts": 8, "ctts": 8, "stss": 4, "stsc": 12, "stco": 4, "co64": 8}
"""Bytes of a row in tables that count their rows."""

_STREAMS = {b"vide", b"soun", b"pict"}
# FFmpeg's own names; a phone writes "Core Media Video" or its own.
_HANDLER_NAMES = (b"", b"VideoHandler", b"SoundHandler", b"PictureHandler", b"libavif")
_ENCODER_ITEM = b"\xa9too"  # names the encoder, not the camera
_ENCODER = re.compile(rb"(?:Lav[cf][\d.]*(?: [\w-]+)?)?")
_ITEM_NAMES = (b"", b"Color", b"Alpha")
_ALPHA = b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha"
_BY_A_URL_HERE = bytes.fromhex("00000000 00000001 0000000c") + b"url \0\0\0\1"

_TOLD = {
    "\xa9xyz": "the place where it was filmed",
    "loci": "the place where it was filmed",
    "\xa9day": "the day on which it was filmed",
    "date": "the day on which it was filmed",
    "\xa9mak": "the make of the camera",
    "manu": "the make of the camera",
    "\xa9mod": "the model of the camera",
    "modl": "the model of the camera",
    "\xa9swr": "the software of the camera",
    "auth": "who filmed it",
    "\xa9nam": "a title",
    "name": "a name",
    "XMP_": "an XMP note",
    "keys": "notes the camera wrote",
    "uuid": "a private part of the camera's file",
}
_UNKNOWN = "a note the camera or a program wrote"


def walk_film(data: bytes) -> Iterator[Trace]:
    """Everything in an MP4 that a published film does not need."""
    yield from _boxes(memoryview(data), "film")


def walk_picture(data: bytes) -> Iterator[Trace]:
    """Everything in an AVIF that a published picture does not need."""
    whole = memoryview(data)
    yield from _boxes(whole, "picture")
    sizes = {kind: len(content) for kind, content in _each_box(whole) if kind is not None}
    meta = next((content for kind, content in _each_box(whole) if kind == b"meta"), None)
    places = [] if meta is None else [c for kind, c in _each_box(meta[4:]) if kind == b"iloc"]
    if len(places) != 1 or _picture_bytes(places[0]) != sizes.get(b"mdat"):
        yield Trace("mdat", "bytes beside the picture, or a picture that is cut off")


def _picture_bytes(places: memoryview) -> int | None:
    """How many bytes the items of a picture have together, in the only layout that we write."""
    if len(places) < 8 or bytes(places[:6]) != bytes.fromhex("00000000 4400"):
        return None
    (count,) = struct.unpack_from(">H", places, 6)
    if len(places) != 8 + 14 * count:
        return None
    items = [struct.unpack_from(">HHHII", places, 8 + 14 * n) for n in range(count)]
    return sum(item[4] for item in items) if all(item[2] == 1 for item in items) else None


def _each_box(data: memoryview) -> Iterator[tuple[bytes | None, memoryview]]:
    """Kind and content of each box, one after another; what cannot be a box has no kind and ends it."""
    at = 0
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at) if at + 8 <= len(data) else (-1, b"")
        head = 8
        if size == 1 and at + 16 <= len(data):
            (size,) = struct.unpack_from(">Q", data, at + 8)
            head = 16
        elif size == 0:
            size = len(data) - at
        if size < head or at + size > len(data):
            yield None, data[at:]
            return
        yield kind, data[at + head : at + size]
        at += size


def _boxes(data: memoryview, above: str) -> Iterator[Trace]:
    allowed = _CHILDREN[above]
    for kind, content in _each_box(data):
        if kind is None:
            yield Trace(_shown(above), "a part that is cut off, or bytes between the parts")
            return
        name = kind.decode("latin-1")
        path = f"{above}/{name}"
        if path not in allowed:
            yield Trace(_shown(path), _TOLD.get(name, _UNKNOWN))
            if name == "meta":  # its notes are named one by one
                yield from _notes(content, path)
            continue
        yield from _content(content, path, name)
        if path in _CHILDREN:
            yield from _boxes(content[_HEADS.get(name, 0) :], path)


def _shown(path: str) -> str:
    return path.partition("/")[2]


def _notes(content: memoryview, path: str) -> Iterator[Trace]:
    """The notes in a ``meta`` box, which is a full box in MP4 and a plain one in QuickTime."""
    full = len(content) >= 8 and bytes(content[4:8]) not in (b"hdlr", b"keys")
    for kind, _ in _each_box(content[4:] if full else content):
        if kind is not None and kind != b"hdlr":
            name = kind.decode("latin-1")
            yield Trace(_shown(f"{path}/{name}"), _TOLD.get(name, _UNKNOWN))


def _content(content: memoryview, path: str, name: str) -> Iterator[Trace]:
    """What an allowed box holds beside what it is for."""
    at = _shown(path)
    later = 12 if len(content) and content[0] == 1 and name in ("mvhd", "tkhd", "mdhd") else 0
    if (name in _BYTES and len(content) != _BYTES[name] + later) or (
        name in _ROWS and len(content) != 8 + _ROWS[name] * _number(content, 4)
    ):
        yield Trace(at, "more than belongs there")
    elif name == "stsz":
        rows = 0 if _number(content, 4) else _number(content, 8)
        if len(content) != 12 + 4 * rows:
            yield Trace(at, "more than belongs there")
    elif name in _CHECKS and not _CHECKS[name](bytes(content)):
        yield Trace(at, _WRONG.get(name, _UNKNOWN))
    if name in ("mvhd", "tkhd", "mdhd"):
        form = ">QQ" if later else ">II"
        if len(content) >= 4 + struct.calcsize(form) and any(struct.unpack_from(form, content, 4)):
            yield Trace(at, "the date on which it was made")
    elif name == "hdlr":
        kind = bytes(content[8:12])
        if "/mdia/" in at and kind not in _STREAMS:
            stream = kind.decode("latin-1")
            yield Trace(at, f"a stream that is neither picture nor sound ({stream})")
        if bytes(content[24:]).strip(b"\0") not in _HANDLER_NAMES:
            yield Trace(at, "a name the camera gave a stream")
    elif name == "ilst":
        for item, _ in _each_box(content):
            if item is not None and item != _ENCODER_ITEM:
                told = item.decode("latin-1")
                yield Trace(f"{at}/{told}", _TOLD.get(told, _UNKNOWN))


def _number(content: memoryview, at: int) -> int:
    return int.from_bytes(content[at : at + 4], "big")


def _is_item(content: bytes) -> bool:
    return content[:1] in (b"\2", b"\3") and content[8:12] == b"av01" and content[12:].rstrip(b"\0") in _ITEM_NAMES  # fmt: skip


_CHECKS: dict[str, Callable[[bytes], bool]] = {
    "free": lambda c: not any(c),
    "skip": lambda c: not any(c),
    "ftyp": lambda c: len(c) % 4 == 0 and len(c) <= 48,
    "avc1": lambda c: _ENCODER.fullmatch(c[43:74].rstrip(b"\0")) is not None,
    "av01": lambda c: _ENCODER.fullmatch(c[43:74].rstrip(b"\0")) is not None,
    "dref": lambda c: c == _BY_A_URL_HERE,
    "colr": lambda c: c[:4] == b"nclx" and len(c) == 11,
    "infe": _is_item,
    "auxC": lambda c: c[4:].rstrip(b"\0") == _ALPHA,
}
_WRONG = {
    "free": "left-over bytes in a gap",
    "skip": "left-over bytes in a gap",
    "colr": "a device's colour profile",
    "infe": "camera data (EXIF or XMP), or a second picture",
    "dref": "the place of another file",
}
