"""The telephone numbers a country's help is known by, as links that ring, in whatever text of a page they stand.

A reader who is told to call 999 in the middle of a sentence is to touch it, wherever the sentence came from:
a coach's own words, a plan, a box made here.
"""

from __future__ import annotations

import re

from kinopress.content.data.help import number_links

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
    if not any(number in html for number in numbers):
        return html
    made: list[str] = []
    inside: list[str] = []
    end = 0
    for found in _PIECE.finditer(html):
        made += [_linked(html[end : found.start()], numbers, is_free=not inside), found[0]]
        end = found.end()
        name = (found[2] or "").lower()
        if name not in _LEFT_ALONE or found[0].endswith("/>"):
            continue
        if not found[1]:
            inside.append(name)
        elif name in inside:
            # What was left open inside it ends with it, as in a browser.
            del inside[len(inside) - 1 - inside[::-1].index(name) :]
    return "".join([*made, _linked(html[end:], numbers, is_free=not inside)])


def _linked(text: str, numbers: tuple[str, ...], *, is_free: bool) -> str:
    if not is_free or not any(number in text for number in numbers):
        return text
    # Not inside a longer figure: "1,999", "20-111", "111.5".
    any_ = "|".join(map(re.escape, numbers))
    pattern = re.compile(rf"(?<![\w&#.,:/+-])(?:{any_})(?![\w%])(?![.,:/-]\d)")
    return pattern.sub(lambda one: number_links(one[0], (one[0],)), text)
