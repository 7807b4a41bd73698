"""Lists, quotations, boxes and HTML inside each other, deeper than any engine reads (pure).

An engine works its way in by calling itself, and gives up on the whole site some hundreds of
levels down. Nobody writes so many on purpose; text that was copied from elsewhere can have them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kinopress.content.markdown.html_tags import Tag, read_tags
from kinopress.content.markdown.mark_slips import Slip
from kinopress.patterns import lazily

DEEPEST = 40
"""Levels that are read: far more than readers could tell apart, far fewer than stop an engine."""

_SIGN = lazily(r"(?:[-*+>]|[0-9]{1,9}[.)])(?:[ \t]+|(?=>))")
_BOX = lazily(r"!!![ ]?[\w-]")
_FENCE = lazily(r"[ \t>]*(?:```|~~~)")
_FAR_IN = (" " * DEEPEST * 2, "\t" * (DEEPEST // 2))
_IN_A_ROW = ("- - - -", "* * * *", "+ + + +", "> - > -", "> > > >", ">>>>", ". 1. 1. ", ") 1) 1) ")
"""What a text holds, with the signs of many levels in one line or the spaces before a line far in."""


def too_deep(text: str, first_line: int, tags: Sequence[Tag]) -> Iterator[Slip]:
    """Where a text has more levels than an engine reads, at most once for signs and once for HTML.

    Args:
        text: The text of a page.
        first_line: The line of the file on which it begins.
        tags: All its tags.
    """
    if any(sign in text for sign in (*_FAR_IN, *_IN_A_ROW)):
        yield from _signs(text, first_line)
    if len(tags) > DEEPEST:
        yield from _elements(tags)


def is_too_deep(text: str) -> bool:
    """Whether a text has more levels than an engine reads."""
    return any(too_deep(text, 1, read_tags(text)))


def _signs(text: str, first_line: int) -> Iterator[Slip]:
    open_: list[int] = []  # the columns of the lists, quotations and boxes in which a line is
    in_code = False
    for number, line in enumerate(text.split("\n"), start=first_line):
        if _FENCE.match(line):
            in_code = not in_code
        if in_code:
            continue
        wide = line.expandtabs(4)
        at = len(wide) - len(wide.lstrip(" "))
        if at == len(wide):
            continue
        while open_ and at < open_[-1] + 2:
            open_.pop()
        if at <= 3 or open_:
            before = len(open_)
            while sign := _SIGN.match(wide, at):
                open_.append(at)
                at = sign.end()
            if not re.search(r"\w", wide[at:]):  # a line across the page
                del open_[before:]
            elif _BOX.match(wide, at):
                open_.append(at)
        if len(open_) > DEEPEST:
            message = f"more than {DEEPEST} lists or quotations are inside one another here, too many to build a page of"
            yield Slip(number, message, "begin this one further to the left, or with fewer signs")
            return


def _elements(tags: Sequence[Tag]) -> Iterator[Slip]:
    depth = 0
    for tag in tags:
        if tag.partner is not None and tag.wrong is None:
            depth += 1 if tag.kind == "open" else -1
        if depth > DEEPEST:
            message = f"this <{tag.name}> is inside more than {DEEPEST} HTML elements, too many to build a page of"
            yield Slip(tag.line, message, "close the ones around it where they end, or remove them")
            return
