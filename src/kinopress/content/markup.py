"""The marks a page's text may carry beyond plain Markdown.

``[[clam]]`` or ``[[clam|the clam]]``  a link to a page by its file name
``[@weppler2010]``                     a citation of a source
``{{ video figure-four-stretch }}``    a block made from data, on a line of its own
``[words](../muscles/piriformis.md)``  an ordinary Markdown link

One scan serves both the checks (is there such a page?) and the rendering
(what stands there instead?), so the two cannot disagree. Code is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

MarkKind = Literal["page", "citation", "block", "link"]

_MARK = re.compile(
    r"(?P<code>^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^(?P=fence)[ \t]*$|\Z)|(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)|<!--.*?-->)"
    r"|\[\[(?P<page>[^\[\]|\n]*)(?:\|(?P<words>[^\[\]\n]*))?\]\]"
    r"|\[(?P<cite>@[^\[\]\n]*)\](?!\()"
    r"|^[ \t]*\{\{(?P<block>[^{}\n]*)\}\}[ \t]*$"
    r"|\]\((?P<link><[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?P<title>[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?\)"
    r"|^[ ]{0,3}\[(?P<label>[^\[\]\n^@][^\[\]\n]*)\]:[ \t]*(?P<target>\S+)",
    re.MULTILINE | re.DOTALL,
)
_ANY = re.compile(r"\[\[|\[@|\{\{|\]\(|\]:")


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: where it stands in the text and what it says.

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
        group = match.lastgroup
        if match["code"] is not None:
            continue
        start, end = match.span()
        if match["page"] is not None:
            mark: tuple[MarkKind, str, str | None] = ("page", match["page"].strip(), match["words"])
        elif match["cite"] is not None:
            mark = ("citation", match["cite"], None)
        elif match["block"] is not None:
            mark = ("block", match["block"].strip(), None)
        elif match["link"] is not None:
            start, end = match.span("link")
            mark = ("link", match["link"], None)
        else:
            start, end = match.span("target")
            mark = ("link", match["target"], None)
        line += text.count("\n", counted, match.start())
        counted = match.start()
        extra = len(match.group()) - len(match.group().lstrip("\n")) if group else 0
        marks.append(
            Mark(mark[0], start, end, line + extra, mark[1], mark[2].strip() if mark[2] else None)
        )
    return marks


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
