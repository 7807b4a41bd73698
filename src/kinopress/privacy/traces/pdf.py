"""PDF (ISO 32000): only as we write them, in one piece, with no part for notes.

Each part's entries are in clear words in a PDF of ours; what streams hold (pages, fonts,
pictures) was copied by :mod:`kinopress.pictures.handouts.clean` entry by entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kinopress.privacy.traces.trace import Trace

_NOTES = re.compile(
    rb"/(Metadata|Author|Creator|CreationDate|ModDate|LastModified|PieceInfo|EmbeddedFiles?|Filespec"
    rb"|JavaScript|JS|OpenAction|AA|AF|Launch|Keywords|Subject|AcroForm|ObjStm|XRef|Encrypt|Collection)\b"
)


def walk(data: bytes) -> Iterator[Trace]:
    """Everything in a PDF that a published one does not need."""
    whole = bytes(data)
    if whole.count(b"startxref") != 1 or not whole.rstrip().endswith(b"%%EOF"):
        yield Trace("", "earlier versions, or something after its end")
    words = _without_streams(whole)
    for name in dict.fromkeys(_NOTES.findall(words)):
        yield Trace(name.decode(), "notes of who made it, and when")


def _without_streams(data: bytes) -> bytes:
    """The entries of all parts, without the bytes of streams."""
    kept, at = [], 0
    while (begin := data.find(b"stream\n", at)) >= 0:
        kept.append(data[at:begin])
        length = re.search(rb"/Length (\d+)", data[max(at, data.rfind(b" obj", at, begin)) : begin])
        end = data.find(b"endstream", begin + 7 + (int(length[1]) if length else 0))
        if end < 0:
            break
        at = end + len(b"endstream")
    return b"".join([*kept, data[at:]])
