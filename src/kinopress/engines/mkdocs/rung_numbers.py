"""The telephone numbers a country's help is known by, as links that ring, in whatever text of a page they stand.

A reader who is told to call 999 in the middle of a sentence is to touch it, wherever the sentence came from:
a coach's own words, a plan, a box made here.
"""

from __future__ import annotations

import re

from kinopress.content.data.help import number_links, number_pattern

_PIECE = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][\w-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)

_LEFT_ALONE = frozenset(
    [
        "a",
        "area",
        "button",
        "code",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "kbd",
        "label",
        "object",
        "option",
        "pre",
        "samp",
        "script",
        "select",
        "style",
        "summary",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    ]
)
"""What is a link or a control already, is no sentence, or gives its words to an address or a list of contents."""


def rung(html: str, numbers: tuple[str, ...]) -> str:
    """The HTML of a page's body with each of these numbers as a link, but for those that stand where none may be."""
    spots = _spots(html, numbers)
    made: list[str] = []
    inside: list[str] = []
    at = end = 0

    def link_until(place: int, *, is_free: bool) -> None:
        nonlocal at, end
        while at < len(spots) and spots[at][0] < place:
            begin, after = spots[at]
            if is_free:
                number = html[begin:after]
                made.extend((html[end:begin], number_links(number, (number,))))
                end = after
            at += 1

    for found in _PIECE.finditer(html):
        if at == len(spots):
            break
        begin, after = found.span()
        if spots[at][0] < after:
            link_until(begin, is_free=not inside)
            link_until(after, is_free=False)  # what stands in the tag itself
        name = (found[2] or "").lower()
        if name not in _LEFT_ALONE or html[after - 2] == "/":
            continue
        if not found[1]:
            inside.append(name)
        elif name in inside:
            # What was left open inside it ends with it, as in a browser.
            del inside[len(inside) - 1 - inside[::-1].index(name) :]
    link_until(len(html), is_free=not inside)
    return "".join([*made, html[end:]])


def _spots(html: str, numbers: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where the numbers are, from the first on; letters are looked at by the pattern only where one may begin."""
    begins = set()
    for number in numbers:
        at = html.find(number)
        while at >= 0:
            begins.add(at)
            at = html.find(number, at + 1)
    spots: list[tuple[int, int]] = []
    for at in sorted(begins):
        if not spots or at >= spots[-1][1]:
            found = number_pattern(numbers).match(html, at)
            if found is not None:
                spots.append(found.span())
    return spots
