"""Films as action cameras, phones and drones write them: with tracks and notes that FFmpeg cannot write.

A track is put behind a finished MP4, box by box (ISO/IEC 14496-12), so that places and names lie where the cameras
have them: in samples of their own beside picture and sound, and in boxes of the film.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

PLACE = b"Llangollen 52.9690"
"""In each track and note, in clear."""

GPS = struct.pack(">5i", 529_690_123, -31_702_456, 98_123, 1_234, 1_266)
"""A place as GoPro writes it: degrees times ten million."""

DEGREES = struct.pack("<2d", 52.969012345, -3.170245612)
"""A place as phones write it."""


def box(kind: bytes, *content: bytes) -> bytes:
    """A box of ISO base media."""
    whole = b"".join(content)
    return struct.pack(">I4s", 8 + len(whole), kind) + whole


def _klv(key: bytes, form: bytes, size: int, *values: bytes) -> bytes:
    """A value of GoPro's GPMF: key, type, size and number, filled up to four bytes."""
    whole = b"".join(values)
    count = len(whole) // size
    return key + form + struct.pack(">BH", size, count) + whole + bytes(-len(whole) % 4)


def gpmf() -> bytes:
    """One second of what a GoPro knows: its name and where it is."""
    scale = _klv(b"SCAL", b"l", 4, struct.pack(">5i", 10_000_000, 10_000_000, 1000, 1000, 100))
    stream = _klv(b"STNM", b"c", 1, PLACE) + scale + _klv(b"GPS5", b"l", 20, GPS)
    inside = _klv(b"DVNM", b"c", 1, b"HERO12 Black") + _klv(b"STRM", b"\0", 1, stream)
    return _klv(b"DEVC", b"\0", 1, inside)


def _words(handler: bytes, kind: bytes, sample: bytes, *more: bytes) -> tuple[bytes, bytes, bytes]:
    return handler, box(kind, bytes(6), b"\0\1", *more), sample


_KEYS = box(b"keys", box(b"\0\0\0\1", box(b"keyd", b"mdtacom.apple.quicktime.location " + PLACE)))
TRACKS: dict[str, tuple[bytes, bytes, bytes]] = {
    "gpmd": _words(b"meta", b"gpmd", gpmf()),
    "camm": _words(b"camm", b"camm", b"\0\0\5\0" + DEGREES + PLACE),
    "mebx": _words(b"meta", b"mebx", PLACE + DEGREES, _KEYS),
    "djmd": _words(b"meta", b"djmd", b"\x0a\x12" + PLACE + DEGREES),
    "dbgi": _words(b"meta", b"dbgi", b"\x0a\x12" + PLACE),
    "rtmd": _words(b"meta", b"rtmd", b"\0\x1c\1\0" + PLACE),
    "mett": _words(b"meta", b"mett", PLACE, b"\0application/gpx\0"),
    "urim": _words(b"meta", b"urim", PLACE),
    "text": _words(b"text", b"text", struct.pack(">H", len(PLACE)) + PLACE, bytes(51)),
    "tx3g": _words(b"sbtl", b"tx3g", struct.pack(">H", len(PLACE)) + PLACE, bytes(30)),
    "wvtt": _words(b"text", b"wvtt", box(b"vttc", box(b"payl", PLACE)), box(b"vttC", b"WEBVTT")),
    "tmcd": _words(b"tmcd", b"tmcd", b"\0\1\xe2\x40", bytes(18), box(b"name", PLACE)),
}
"""Tracks beside picture and sound, by the name of their kind: handler, description, a sample."""

_MAC_WORDS = struct.pack(">HH", len(PLACE), 0) + PLACE
_ITEM = box(b"\0\0\0\1", box(b"data", struct.pack(">II", 1, 0), PLACE))
_HANDLER = bytes(8) + b"mdta" + bytes(13)
NOTES: dict[str, bytes] = {
    "udta/©xyz": box(b"udta", box(b"\xa9xyz", _MAC_WORDS)),
    "udta/loci": box(b"udta", box(b"loci", bytes(6), PLACE, b"\0\0", bytes(12), b"earth\0\0")),
    "udta/GPMF": box(b"udta", box(b"GPMF", gpmf())),
    "udta/XMP_": box(b"udta", box(b"XMP_", b"<x:xmpmeta>", PLACE)),
    "udta/Xtra": box(b"udta", box(b"Xtra", PLACE)),
    "udta/meta/ilst": box(
        b"udta", box(b"meta", bytes(4), box(b"ilst", box(b"\xa9nam", box(b"data", bytes(8), PLACE))))
    ),
    "meta": box(b"meta", box(b"hdlr", _HANDLER), box(b"ilst", _ITEM)),
    "uuid": box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), PLACE),
    "free": box(b"free", PLACE),
}  # fmt: skip
"""Boxes of the film as a whole, below ``moov``."""

BEHIND: dict[str, bytes] = {
    "uuid": NOTES["uuid"],
    "content credentials": box(b"uuid", bytes.fromhex("d8fec3d61b0e483c92975828877ec481"), PLACE),
    "free": NOTES["free"],
    "words": PLACE,
    "an ID3 tag": b"TAG" + PLACE.ljust(125, b"\0"),
}
"""Bytes behind the film."""


def with_tracks(film: bytes, *names: str, notes: tuple[bytes, ...] = ()) -> bytes:
    """An MP4 with further tracks, each with one sample that lasts a second.

    Args:
        film: An MP4 whose ``moov`` comes last, as FFmpeg writes it.
        names: Tracks of :data:`TRACKS`.
        notes: Boxes to put into ``moov``.
    """
    *before, (kind, moov) = _boxes(film)
    assert kind == b"moov"
    begins = sum(8 + len(content) for _, content in before)
    samples = [TRACKS[name][2] for name in names]
    inside = b"".join([moov, *notes])
    length = 8 + len(inside) + sum(len(_track(name, 0, 0)) for name in names)
    at = begins + length + 8
    for number, (name, sample) in enumerate(zip(names, samples, strict=True), 10):
        inside += _track(name, number, at)
        at += len(sample)
    return film[:begins] + box(b"moov", inside) + box(b"mdat", *samples)


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        yield kind, data[at + 8 : at + size]
        at += size


def _track(name: str, number: int, at: int) -> bytes:
    handler, description, sample = TRACKS[name]
    one = struct.pack(">II", 0, 1)
    tables = (
        box(b"stsd", one, description),
        box(b"stts", one, struct.pack(">II", 1, 1000)),
        box(b"stsc", one, struct.pack(">III", 1, 1, 1)),
        box(b"stsz", struct.pack(">III", 0, 0, 1), struct.pack(">I", len(sample))),
        box(b"stco", one, struct.pack(">I", at)),
    )
    where = box(b"dinf", box(b"dref", one, box(b"url ", b"\0\0\0\1")))
    media = box(
        b"mdia",
        box(b"mdhd", struct.pack(">IIIIIHH", 0, 0, 0, 1000, 1000, 0x55C4, 0)),
        box(b"hdlr", bytes(8), handler, bytes(12), b"\tGoPro MET"),
        box(b"minf", box(b"nmhd", bytes(4)), where, box(b"stbl", *tables)),
    )
    header = struct.pack(">IIIIII", 7, 0, 0, number, 0, 1000) + bytes(60)
    return box(b"trak", box(b"tkhd", header), media)
