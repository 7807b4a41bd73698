"""The telephone numbers a country's help is known by, as links that ring, in whatever text of a page they stand.

A reader who is told to call 999 in the middle of a sentence is to touch it, wherever the sentence came from:
a coach's own words, a plan, a box made here.
"""

from __future__ import annotations

import re

from kinopress.content.data.phones import linked, number_spots

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
_CITES = re.compile(r"\sclass=\"(?:[^\"]* )?kp-(?:sources|flag__basis)[ \"]")
"""What names sources: its figures are volumes, pages and counts."""
_MAY_CITE = re.compile(r"kp-(?:sources|flag__basis)")
"""What is in such a tag: most pages have two or three of them among hundreds of others."""


def rung(html: str, numbers: tuple[str, ...]) -> str:
    """The HTML of a page's body with each of these numbers as a link, but for those that stand where none may be."""
    spots = list(number_spots(html, numbers))
    if not spots:
        return html
    cites = [found.start() for found in _MAY_CITE.finditer(html)]
    made: list[str] = []
    inside: list[str] = []
    at = end = cited = 0

    def link_until(place: int, *, is_free: bool) -> None:
        nonlocal at, end
        while at < len(spots) and spots[at][0] < place:
            begin, after = spots[at]
            if is_free:
                made.extend((html[end:begin], linked(html[begin:after])))
                end = after
            at += 1

    for found in _PIECE.finditer(html):
        if at == len(spots):
            break
        begin, after = found.span()
        if spots[at][0] < after:
            link_until(begin, is_free=not inside)
            link_until(after, is_free=False)  # what is in the tag itself
        name = (found[2] or "").lower()
        is_left_alone = name in _LEFT_ALONE or name in inside
        if cited < len(cites) and cites[cited] < after:
            is_left_alone = is_left_alone or _CITES.search(found[0]) is not None
            while cited < len(cites) and cites[cited] < after:
                cited += 1
        if not is_left_alone or html[after - 2] == "/":
            continue
        if not found[1]:
            inside.append(name)
        elif name in inside:
            # What was left open inside it ends with it, as in a browser.
            del inside[len(inside) - 1 - inside[::-1].index(name) :]
    link_until(len(html), is_free=not inside)
    return "".join([*made, html[end:]])
