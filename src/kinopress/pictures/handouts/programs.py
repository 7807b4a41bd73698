"""Comments in the programs of a PDF (ISO 32000-1, 7.2.3): pages, forms, glyphs, maps of characters.

Layout programs write who made a page and from which file behind a ``%``, which no reader shows.
Pure: bytes in, bytes out.
"""

from __future__ import annotations

import re

_NEXT = re.compile(rb"[%(]|(?<![^\s<>\[\]{}()/%])ID(?=\s)")
_IN_STRING = re.compile(rb"\\.|[()]", re.DOTALL)
_END_OF_PICTURE = re.compile(rb"\sEI(?=[\s\0]|$)")
_LINE_END = re.compile(rb"[\r\n]|$")
_PLAIN = re.compile(rb"[\t\n\r -~]*")
_LOOKED_AT_BYTES = 12
"""Pixels of a picture within a page can look like its end; after the true one are plain words."""


def without_comments(program: bytes) -> bytes:
    """A program without its comments; strings and pictures within it stay, whatever they hold."""
    kept: list[bytes] = []
    at = 0
    while (found := _NEXT.search(program, at)) is not None:
        if found[0] == b"%":
            kept.append(program[at : found.start()])
            end = _LINE_END.search(program, found.end())
            at = end.start() if end else len(program)
            continue
        end_at = (
            string_end(program, found.end())
            if found[0] == b"("
            else _picture_end(program, found.end())
        )
        kept.append(program[at:end_at])
        at = end_at
    return b"".join([*kept, program[at:]])


def string_end(program: bytes, at: int) -> int:
    """Where a string ends whose first character is at an index: after its last bracket."""
    depth = 1
    while depth and (found := _IN_STRING.search(program, at)) is not None:
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        at = found.end()
    return at if not depth else len(program)


def _picture_end(program: bytes, at: int) -> int:
    """Where a picture within a page ends; a word that merely looks like its beginning ends at once."""
    begun = program.rfind(b"BI", 0, at)
    if begun < 0 or _END_OF_PICTURE.search(program, begun, at):
        return at
    for found in _END_OF_PICTURE.finditer(program, at):
        if _PLAIN.fullmatch(
            program, found.end(), min(len(program), found.end() + _LOOKED_AT_BYTES)
        ):
            return found.end()
    return len(program)
