"""Fonts inside a PDF without what they tell of who made them, and when.

TrueType and OpenType (ISO/IEC 14496-22): the tables that draw, nothing else; no dates. CFF (Adobe
technical note 5176) and Type 1: names, notices and comments become spaces, so that every offset
stays right. Pure: bytes in, bytes out.
"""

from __future__ import annotations

import itertools
import re
import struct
from collections.abc import Iterator

from kinopress.pictures.handouts.programs import string_end

TABLES = frozenset(
    (
        *(b"cmap", b"cvt ", b"fpgm", b"gasp", b"GDEF", b"glyf", b"GPOS", b"GSUB", b"head", b"hhea"),
        *(b"hmtx", b"kern", b"loca", b"maxp", b"OS/2", b"post", b"prep", b"vhea", b"vmtx"),
        *(b"CFF ", b"VORG"),
    )
)
"""The tables of a font that draw letters or place them."""

_HEAD_DATES = slice(20, 36)
_SFNT = (b"\0\1\0\0", b"true", b"OTTO")

_STANDARD_STRINGS = 391
_TELLING = (0, 1, 2, 3, 1200, 1221, 1222)
"""Operators of a CFF for its version, notice, full name, family, copyright, and two for names of other programs."""

_COMMENT = re.compile(rb"(?<=%)[^\r\n]*")
_TOLD = re.compile(rb"/(?:version|Notice|FullName|FamilyName|Copyright)\s*\(")
_FIRST_LINE = re.compile(rb"%!(?:PS-AdobeFont|FontType1)-[\d.]+")


def without_notes(font: bytes) -> bytes:
    """A font of any kind that PDFs hold, without its notes; it draws as before.

    Raises:
        ValueError: it is not a font, or damaged.
    """
    try:
        if font[:4] in _SFNT:
            return _sfnt(font)
        if font[:1] == b"\1" and len(font) > 4:
            return _cff(font)
        if font[:2] == b"%!" or font[:2] == b"\x80\x01":
            return _type1(font)
    except (struct.error, IndexError) as error:
        raise ValueError("a damaged font") from error
    raise ValueError("no font")


def _sfnt(font: bytes) -> bytes:
    (count,) = struct.unpack_from(">H", font, 4)
    tables: dict[bytes, bytes] = {}
    for number in range(count):
        name, _, at, size = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if name in TABLES:
            tables[name] = font[at : at + size]
    if b"head" in tables and len(tables[b"head"]) >= _HEAD_DATES.stop:
        head = bytearray(tables[b"head"])
        head[_HEAD_DATES] = bytes(16)
        tables[b"head"] = bytes(head)
    if b"CFF " in tables:
        tables[b"CFF "] = _cff(tables[b"CFF "])
    power = max(0, len(tables).bit_length() - 1)
    directory = font[:4] + struct.pack(
        ">4H", len(tables), 16 << power, power, 16 * len(tables) - (16 << power)
    )
    body = b""
    at = 12 + 16 * len(tables)
    for name, table in sorted(tables.items()):
        padded = table + bytes(-len(table) % 4)
        words = struct.unpack(f">{len(padded) // 4}I", padded)
        directory += struct.pack(
            ">4sIII", name, sum(words) & 0xFFFFFFFF, at + len(body), len(table)
        )
        body += padded
    return directory + body


def _cff(font: bytes) -> bytes:
    cleaned = bytearray(font)
    at = font[2]
    _, at = _index(font, at)
    dictionaries, at = _index(font, at)
    strings, _ = _index(font, at)
    for begin, end in dictionaries:
        for operator, operand in _operators(font[begin:end]):
            number = operand - _STANDARD_STRINGS
            if operator in _TELLING and 0 <= number < len(strings):
                first, last = strings[number]
                cleaned[first:last] = b" " * (last - first)
    return bytes(cleaned)


def _index(font: bytes, at: int) -> tuple[list[tuple[int, int]], int]:
    """The places of an INDEX's entries, and where it ends."""
    (count,) = struct.unpack_from(">H", font, at)
    if count == 0:
        return [], at + 2
    wide = font[at + 2]
    if not 1 <= wide <= 4:
        raise ValueError("a damaged font")
    offsets = [
        int.from_bytes(font[at + 3 + wide * n : at + 3 + wide * (n + 1)], "big")
        for n in range(count + 1)
    ]
    base = at + 2 + wide * (count + 1)
    if base + offsets[-1] > len(font) or offsets != sorted(offsets):
        raise ValueError("a damaged font")
    places = [(base + one, base + other) for one, other in itertools.pairwise(offsets)]
    return places, base + offsets[-1]


def _operators(dictionary: bytes) -> Iterator[tuple[int, int]]:
    """Each operator of a DICT with its last whole number (-1: none); two-byte operators as 1200 and more."""
    at, last = 0, -1
    while at < len(dictionary):
        first = dictionary[at]
        if first <= 21:
            operator = 1200 + dictionary[at + 1] if first == 12 else first
            yield operator, last
            at, last = at + (2 if first == 12 else 1), -1
        elif first == 28:
            (last,) = struct.unpack_from(">h", dictionary, at + 1)
            at += 3
        elif first == 29:
            (last,) = struct.unpack_from(">i", dictionary, at + 1)
            at += 5
        elif first == 30:
            at += 1
            while dictionary[at] & 0x0F != 0x0F and dictionary[at] >> 4 != 0x0F:
                at += 1
            at += 1
        elif first <= 246:
            last, at = first - 139, at + 1
        else:
            sign = 1 if first <= 250 else -1
            last = sign * ((first - (247 if sign > 0 else 251)) * 256 + dictionary[at + 1] + 108)
            at += 2


def _type1(font: bytes) -> bytes:
    """The words in clear before the encrypted part."""
    end = font.find(b"eexec")
    clear = font[: end if end >= 0 else len(font)]
    first = _FIRST_LINE.search(clear)
    keep = first.end() if first else 0
    words = _COMMENT.sub(lambda m: b" " * len(m[0]), clear[keep:])
    if first:  # the rest of the first line is a comment, too
        line = re.match(rb"[^\r\n]*", words)
        words = b" " * len(line[0]) + words[len(line[0]) :] if line else words
    for found in _TOLD.finditer(words):
        end = string_end(words, found.end()) - 1
        words = words[: found.end()] + b" " * (end - found.end()) + words[end:]
    return clear[:keep] + words + font[len(clear) :]
