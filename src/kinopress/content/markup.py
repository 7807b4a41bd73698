"""The marks a page's text may carry beyond plain Markdown.

``[[clam]]`` or ``[[clam|the clam]]``  a link to a page by its file name
``[[sign:clot|a hot calf]]``           a warning sign by its key, with how soon it is
``[@weppler2010]``                     a citation of a source
``{{ video figure-four-stretch }}``    a block made from data, on a line of its own;
                                       among other words it is a stray
``[words](../muscles/piriformis.md)``  an ordinary Markdown link

One scan serves both the checks (is there such a page?) and the rendering
(what stands there instead?), so the two cannot disagree. Code is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

MarkKind = Literal["page", "sign", "citation", "block", "stray", "link", "words"]

_MARK = re.compile(
    r"(?P<code>^[ \t]*(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)"
    r"|<!--(?:(?!<!--).)*?-->)"
    r"|\[\[(?P<page>[^\[\]|\n]*)(?:\|(?P<words>[^\[\]\n]*))?\]\]"
    r"|\[(?P<cite>@[^\[\]\n]*)\](?!\()"
    r"|^[ \t]*\{\{(?P<block>[^{}\n]*)\}\}[ \t]*$"
    r"|(?P<stray>\{\{[^{}\n]*\}\})"
    r"|\]\((?P<link><[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?P<title>[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?\)"
    r"|^[ ]{0,3}\[(?P<label>[^\[\]\n^@][^\[\]\n]*)\]:[ \t]*(?P<target>\S+)",
    re.MULTILINE | re.DOTALL,
)
_ANY = re.compile(r"\[\[|\[@|\{\{|\]\(|\]:")


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: where it stands in the text and what it says (``words``: plain text, made by a renderer).

    ``target`` is the page, the reference keys (``a; b``), the block's words or the
    link's address; ``words`` the text the writer wants to be shown, if any.
    """

    kind: MarkKind
    start: int
    end: int
    line: int
    target: str
    words: str | None


def scan(text: str, first_line: int = 1) -> list[Mark]:
    """All marks of a text, in order. ``first_line`` is the line of the file on which it begins."""
    if not _ANY.search(text):
        return []
    marks: list[Mark] = []
    line, counted = first_line, 0
    for match in _MARK.finditer(text):
        if match["code"] is not None:
            continue
        start, end = match.span()
        if match["page"] is not None:
            target = match["page"].strip()
            is_sign = target.startswith("sign:")
            mark: tuple[MarkKind, str, str | None] = (
                ("sign", target.removeprefix("sign:").strip(), match["words"])
                if is_sign
                else ("page", target, match["words"])
            )
        elif match["cite"] is not None:
            mark = ("citation", match["cite"], None)
        elif match["block"] is not None:
            mark = ("block", match["block"].strip(), None)
        elif match["stray"] is not None:
            mark = ("stray", match["stray"], None)
        elif match["link"] is not None:
            start, end = match.span("link")
            mark = ("link", match["link"], None)
        else:
            start, end = match.span("target")
            mark = ("link", match["target"], None)
        line += text.count("\n", counted, match.start())
        counted = match.start()
        words = mark[2].strip() if mark[2] else None
        marks.append(Mark(mark[0], start, end, line, mark[1], words))
    return marks


_REST_OF_LINK = re.compile(r">?(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?\)")


def whole_link(text: str, mark: Mark) -> tuple[int, int, str] | None:
    """Where the whole ``[words](address)`` around a link's address begins and ends, and its words."""
    rest = _REST_OF_LINK.match(text, mark.end)
    close = mark.start - 2
    if rest is None or text[close : mark.start] != "](":
        return None
    depth = 1
    for at in range(close - 1, -1, -1):
        depth += {"]": 1, "[": -1}.get(text[at], 0)
        if depth == 0:
            return at, rest.end(), text[at + 1 : close]
    return None


def citation_keys(target: str) -> list[str]:
    """The keys in ``@a; @b`` or ``@a, b``."""
    return [
        part.strip().lstrip("@").strip() for part in re.split(r"[;,]", target) if part.strip(" @")
    ]


def replace(text: str, marks: list[Mark], render: Callable[[Mark], str]) -> str:
    """The text with every mark replaced by what ``render`` gives for it."""
    parts: list[str] = []
    at = 0
    for mark in marks:
        parts += [text[at : mark.start], render(mark)]
        at = mark.end
    return "".join([*parts, text[at:]])
