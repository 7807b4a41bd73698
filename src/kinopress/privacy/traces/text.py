"""Texts: of the kinds that a site is made of, in UTF-8, with nothing packed inside that tells.

What a text says is the coach's own and meant to be read. Pictures can be written into it
(``data:`` addresses in pages, styles and drawings), and they are looked at like files.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from kinopress.privacy.traces.trace import Trace

ENDINGS = (".html", ".css", ".js", ".json", ".map", ".xml", ".svg", ".txt", ".csv", ".vtt", ".ics", ".webmanifest")  # fmt: skip
NAMES = ("CNAME", "_headers", "_redirects", ".nojekyll")
"""Files without an ending that web hosts ask for."""

_PACKED = re.compile(
    rb"data:[\w.+-]*/?[\w.+-]*(?:;[\w.+-]+=[^;,\"')\s]*)*;base64,([A-Za-z0-9+/=_%\s-]*)", re.IGNORECASE
)  # fmt: skip


def check_name(name: str) -> Iterator[Trace]:
    """A trace when no text of a site has such a name."""
    path = PurePosixPath(name)
    if path.suffix.casefold() not in ENDINGS and path.name not in NAMES:
        yield Trace("", "a text whose name says that it is something else")


def walk(data: bytes, look: Callable[[bytes], list[Trace]]) -> Iterator[Trace]:
    """What is not a text, and the traces of the pictures written into it.

    Args:
        data: The text as it is on the disk.
        look: Finds the traces of a file written into it.
    """
    whole = bytes(data)
    try:
        words = whole.decode("utf-8")
    except UnicodeDecodeError:
        yield Trace("", "bytes that are not text")
        return
    if "\0" in words:
        yield Trace("", "bytes that are not text")
    if "base64," not in words and "BASE64," not in words:
        return
    for found in _PACKED.finditer(whole):
        packed = re.sub(rb"%3D|%0A|%20|\s", b"", found[1], flags=re.IGNORECASE)
        try:
            inside = base64.b64decode(packed + b"=" * (-len(packed) % 4), validate=True)
        except binascii.Error:
            yield Trace("data:", "a packed file that is damaged")
            continue
        for trace in look(inside) if inside else ():
            yield Trace(f"data:/{trace.at}".rstrip("/"), trace.what)
