"""Lists, quotations, boxes and HTML inside each other, deeper than any engine reads (pure).

An engine works its way in by calling itself, and gives up on the whole site some hundreds of
levels down. Nobody writes so many on purpose; text that was copied from elsewhere can have them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kinopress.content.markdown.code_spans import blanked_code
from kinopress.content.markdown.html.tags import Tag, read_tags
from kinopress.content.markdown.mark_slips import Slip
from kinopress.patterns import lazily

DEEPEST = 40
"""Levels that are read: far more than readers could tell apart, far fewer than stop an engine."""

OPEN_MOST = 100
"""Brackets left open in one paragraph that are read: some thousands would take an engine hours."""

_BRACKET = lazily(r"(?<!\\)(?:\]\(|[\[\])])|\n[ \t>]*(?=\n)")
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
    yield from brackets_left_open(text, first_line)


def brackets_left_open(text: str, first_line: int) -> Iterator[Slip]:
    """The first of more open brackets in one paragraph than are read: an engine looks for the end of each to the end.

    Args:
        text: Some Markdown.
        first_line: The line of the file on which it begins.
    """
    if text.count("[") <= OPEN_MOST:
        return
    open_: list[int] = []  # where each bracket is that is not closed yet
    addresses: list[int] = []  # the same of the round ones behind links
    for sign in _BRACKET.finditer(blanked_code(text)):
        if sign[0].startswith("\n"):
            open_.clear()
            addresses.clear()
        elif sign[0] == "[":
            open_.append(sign.start())
        elif sign[0] == ")":
            del addresses[-1:]
        else:
            del open_[-1:]
            if sign[0] == "](":
                addresses.append(sign.start())
        for places in (open_, addresses):
            if len(places) > OPEN_MOST:
                line = first_line + text.count("\n", 0, places[0])
                message = f"more than {OPEN_MOST} brackets are opened in this paragraph and not closed, too many to build a page of"
                yield Slip(
                    line, message, "close or remove them; write \\[ for one that readers should see"
                )
                return


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
