"""What is packed inside a file that is handed over, so that it asks for nothing (web/src/handed/packed.ts).

The file says that it is windows-1252, in which every byte is a letter, so what is packed is in it byte by byte; all
else of it is ASCII. Only the four bytes that HTML does not leave alone are moved behind an equals sign, after all bytes
were shifted so that those four are rare: never more than two in a hundred, where base64 would take a third.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kinopress.content.text.sums import sum_of

_ESCAPE = b"="
_MOVED = 64
_NOT_LEFT_ALONE = (0x00, 0x0D, ord("<"))
"""The end of a text, a line end that is changed to another, and what may begin a tag; our own sign comes first."""


@dataclass(frozen=True, slots=True)
class Letters:
    """Bytes as they lie inside the page, and by how much each was shifted before."""

    data: bytes
    shift: int


@dataclass(frozen=True, slots=True)
class FilmInside:
    """A film that lies inside the page.

    Attributes:
        data: The bytes of its file.
        captions: What is said in it, by language: from which second, to which, and the words.
    """

    data: bytes
    captions: Mapping[str, Sequence[tuple[float, float, str]]] = field(default_factory=dict)


def as_letters(data: bytes) -> Letters:
    """Bytes as they lie inside the page."""
    often = Counter(data)
    moved = (*_NOT_LEFT_ALONE, ord("="))
    # On average over all shifts the four are four of 256: the best is no worse.
    shift = min(range(256), key=lambda by: sum(often[(byte - by) & 0xFF] for byte in moved))
    found = data.translate(bytes((byte + shift) & 0xFF for byte in range(256)))
    found = found.replace(_ESCAPE, _moved(ord("=")))
    for byte in _NOT_LEFT_ALONE:
        found = found.replace(bytes((byte,)), _moved(byte))
    return Letters(found, shift)


def _moved(byte: int) -> bytes:
    return _ESCAPE + bytes(((byte + _MOVED) & 0xFF,))


def bundle(value: Mapping[str, Any]) -> tuple[Letters, int, str]:
    """Drawings, scripts and what leads through exercises in one piece, with its size and its sum before it was packed.

    Deflate without a head: the page brings what unpacks it (web/src/handed/unpacked.ts).
    """
    plain = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    return as_letters(packer.compress(plain) + packer.flush()), len(plain), sum_of(plain)


def as_address(drawing: str) -> str:
    """A drawing as the address of a picture inside an attribute, with as few escapes as a browser needs."""
    plain = slim(drawing).replace("%", "%25").replace("#", "%23").replace("\n", " ")
    return "data:image/svg+xml," + plain.replace("&", "&amp;").replace('"', "'")


_WORDS = re.compile(r"<(title|desc)>.*?</\1>", re.DOTALL)
_RULE = re.compile(r"(@media[^{]*\{)?((?:[^{}]+))\{([^{}]*)\}(\})?")
_NAMES = re.compile(r'class="([^"]*)"')


def slim(drawing: str) -> str:
    """A still without the words that are beside it anyway, and without styles of what it does not show."""
    drawing = _WORDS.sub("", drawing, count=2)
    names = {name for found in _NAMES.findall(drawing) for name in found.split()}
    head, begin, rest = drawing.partition("<style>")
    style, end, body = rest.partition("</style>")
    tags = set(re.findall(r"<(\w+)", body))

    def is_shown(selector: str) -> bool:
        return set(re.findall(r"\.(\w+)", selector)) <= names and set(
            re.findall(r"(?<![.\w])([a-z]\w*)", selector)
        ) <= tags | {"svg"}

    def kept(found: re.Match[str]) -> str:
        media, selectors, declarations, close = found.groups()
        if media:
            return found[0]
        left = ",".join(s for s in selectors.split(",") if is_shown(s))
        return f"{left}{{{declarations}}}{close or ''}" if left else close or ""

    style = _RULE.sub(kept, style)
    asked = set(re.findall(r"var\((--\w+)\)", style + body))
    style = re.sub(r"(--\w+):[^;}]*(?:;|(?=}))", lambda m: m[0] if m[1] in asked else "", style)
    return head + begin + style + end + body
