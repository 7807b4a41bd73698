"""The marks a page's text may carry beyond plain Markdown.

``[[clam]]`` or ``[[clam|the clam]]``  a link to a page by its file name
``[@weppler2010]``                     a citation of a source
``{{ video figure-four-stretch }}``    a block made from data, on a line of its own;
                                       among other words it is a stray
``[words](../muscles/piriformis.md)``  an ordinary Markdown link
``<a href="../muscles/piriformis.md">``  the same in HTML

One scan serves both the checks (is there such a page?) and the rendering
(what stands there instead?), so the two cannot disagree. Code is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Literal

from kinopress.content.code_spans import CODE
from kinopress.content.html_tags import ADDRESSES, LOADED, Tag, read_tags
from kinopress.content.signs import plain_spaces, without_unseen

MarkKind = Literal["page", "citation", "block", "stray", "link", "html", "words"]

_MARK = re.compile(
    rf"(?P<code>{CODE}"
    r"|<!--(?:(?!<!--).)*?-->)"
    r"|\[\[(?P<page>[^\[\]|\n]*)(?:\|(?P<words>[^\[\]\n]*))?\]\]"
    r"|\[(?P<cite>@[^\[\]\n]*)\](?!\()"
    r"|^[ \t]*\{\{(?P<block>[^{}\n]*)\}\}[ \t]*$"
    r"|(?P<stray>\{\{[^{}\n]*\}\})"
    r"|\]\((?P<link><[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?P<title>[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?\)"
    r"|^[ ]{0,3}\[(?P<label>[^\[\]\n^@][^\[\]\n]*)\]:[ \t]*(?P<target>\S+)",
    re.MULTILINE | re.DOTALL,
)
_CANDIDATE = re.compile(r"(?P<address>[^\s,]+)[^,]*")
_ANY = re.compile(r"\[\[|\[@|\{\{|\]\(|\]:|<[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: where it stands in the text and what it says (``words``: plain text, made by a renderer).

    ``target`` is the page, the reference keys (``a; b``), the block's words or the
    link's address; ``words`` the text the writer wants to be shown, if any. ``loads`` says that
    the page itself fetches what stands at the address (a picture), not the reader.
    """

    kind: MarkKind
    start: int
    end: int
    line: int
    target: str
    words: str | None
    loads: bool = False


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
            mark: tuple[MarkKind, str, str | None] = (
                "page",
                without_unseen(match["page"]).strip(),
                match["words"],
            )
        elif match["cite"] is not None:
            mark = ("citation", without_unseen(match["cite"]), None)
        elif match["block"] is not None:
            mark = ("block", plain_spaces(match["block"]).strip(), None)
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
        loads = mark[0] == "link" and _is_picture(text, start)
        marks.append(Mark(mark[0], start, end, line, mark[1], words, loads))
    return _with_html(text, first_line, marks) if "<" in text else marks


def _with_html(text: str, first_line: int, marks: list[Mark]) -> list[Mark]:
    """The addresses in HTML as well, in place of whatever looks like a mark inside a tag."""
    tags = read_tags(text, first_line)
    found = [mark for mark in marks if not any(tag.start < mark.start < tag.end for tag in tags)]
    for tag in tags:
        if tag.wrong is None:
            found += _addresses(text, tag)
    return sorted(found, key=lambda mark: mark.start)


def _addresses(text: str, tag: Tag) -> Iterator[Mark]:
    for attribute in tag.attributes:
        loads = attribute.name in LOADED
        if attribute.name == "srcset":
            for one in _CANDIDATE.finditer(text, attribute.start, attribute.end):
                address = unescape(one["address"])
                yield Mark("html", *one.span("address"), tag.line, address, None, loads)
        elif attribute.name in ADDRESSES:
            span = attribute.start, attribute.end
            yield Mark("html", *span, tag.line, attribute.value.strip(), None, loads)


def _is_picture(text: str, start: int) -> bool:
    """Whether the link whose address begins at ``start`` is a picture: ``![words](…``."""
    depth = 1
    for at in range(start - 3, -1, -1):
        depth += {"]": 1, "[": -1}.get(text[at], 0)
        if depth == 0:
            return at > 0 and text[at - 1] == "!"
        if text[at] == "\n" and text[at - 1] == "\n":
            return False
    return False


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


def plain_address(target: str) -> str:
    """The address a link was meant to have: without < and >, and without signs nobody sees."""
    return without_unseen(target.strip("<>")).strip()


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
