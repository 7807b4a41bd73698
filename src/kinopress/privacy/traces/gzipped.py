"""Packed texts (gzip, RFC 1952), such as the packed site map."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from kinopress.privacy.traces.kinds import kind_of
from kinopress.privacy.traces.trace import Trace

_TEXT_BYTES_MAX = 64_000_000
_NAME_ONLY = 0x08  # the name that the packed file had
_HEADER_BYTES = 10


def walk(data: bytes) -> Iterator[Trace]:
    """Everything in a packed file but one text and its name."""
    if len(data) < _HEADER_BYTES or data[3] & ~_NAME_ONLY:
        yield Trace("", "notes in a packed file")
        return
    unpacker = zlib.decompressobj(wbits=31)
    try:
        inside = unpacker.decompress(bytes(data), _TEXT_BYTES_MAX)
    except zlib.error:
        yield Trace("", "a packed file that is damaged")
        return
    if not unpacker.eof:
        yield Trace("", "a packed file that is cut off, or larger than anything here")
    elif unpacker.unused_data:
        yield Trace("", "something after the end of the packed file")
    else:
        kind = kind_of(inside[:4096])
        if inside and (kind is None or kind.name != "text"):
            yield Trace("", f"{kind.words if kind else 'something unknown'}, packed")
