"""The marks a page's text may carry beyond plain Markdown.

``[[clam]]`` or ``[[clam|the clam]]``  a link to a page by its file name
``[[sign:clot|a hot calf]]``           a warning sign by its key, with how soon it is
``[@weppler2010]``                     a citation of a source
``{{ video figure-four-stretch }}``    a block made from data, on a line of its own;
                                       among other words it is a stray
``[words](../muscles/piriformis.md)``  an ordinary Markdown link
``![what is seen](../pictures/hip.jpg)``  a picture, also by a label and as ``<img>``
``<a href="../muscles/piriformis.md">``  an address in HTML

One scan serves both the checks (is there such a page?) and the rendering
(what is there instead?), so the two cannot disagree. Code is left alone.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import Literal

from kinopress.content.markdown.code_spans import BEFORE_FENCE, CODE
from kinopress.content.markdown.html.elements import ADDRESSES, LOADED
from kinopress.content.markdown.html.tags import Tag, read_tags
from kinopress.content.model.characters import plain_spaces, without_unseen
from kinopress.patterns import lazily

MarkKind = Literal["page", "sign", "citation", "block", "stray", "link", "picture", "html", "words"]

MARK = lazily(
    rf"(?P<code>{CODE}"
    r"|<!--(?:(?!<!--).)*?-->)"
    r"|\[\[(?P<page>[^\[\]|\n]*)(?:\|(?P<words>[^\[\]\n]*))?\]\]"
    r"|\[(?P<cite>@[^\[\]\n]*)\](?!\()"
    r"|^[ \t]*\{\{(?P<block>[^{}\n]*)\}\}[ \t]*$"
    r"|(?P<stray>\{\{[^{}\n]*\}\})"
    r"|(?<!\\)\]\((?P<link><[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?P<title>[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?\)"
    r"|^[ ]{0,3}\[(?P<label>[^\[\]\n^@][^\[\]\n]*)\]:[ \t]*(?P<target>\S+)",
    re.MULTILINE | re.DOTALL,
)
_SIGN = lazily(r"[`~<\[{\]]")
"""With what a mark or code begins, whatever of ``_BEFORE`` is before it on its line."""
_BEFORE = lazily(BEFORE_FENCE)
_CANDIDATE = lazily(r"[\s,]*(?P<address>\S*[^\s,])(?:\s[^,]*|,+|$)")
_ANY = lazily(r"\[\[|\[@|\{\{|\]\(|\]:|<[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: where it is in the text and what it says (``words``: plain text, made by a renderer).

    ``target`` is the page, the reference keys (``a; b``), the block's words or the
    link's address; ``words`` the text the writer wants to be shown, if any. ``loads`` says that
    the page itself fetches what is at the address, not the reader. Of a picture the mark is
    all of ``![alt](address "title")``, or the whole ``<img>`` with a ``<picture>`` around it;
    ``words`` is the alternative text, ``None`` when an ``<img>`` has none, and ``rest`` what else was written.
    """

    kind: MarkKind
    start: int
    end: int
    line: int
    target: str
    words: str | None
    loads: bool = False
    rest: str = ""


def scan(text: str, first_line: int = 1) -> list[Mark]:
    """All marks of a text, in order. ``first_line`` is the line of the file on which it begins."""
    return list(_scanned(text, first_line)) if _ANY.search(text) else []


@functools.lru_cache(maxsize=8192)
def _scanned(text: str, first_line: int) -> tuple[Mark, ...]:
    """The same text is looked at by several checks and by the rendering."""
    marks: list[Mark] = []
    line, counted = first_line, 0
    for match in marks_and_code(text):
        if match["code"] is not None:
            continue
        start, end = match.span()
        if match["page"] is not None:
            target = without_unseen(match["page"]).strip()
            is_sign = target.startswith("sign:")
            mark: tuple[MarkKind, str, str | None] = (
                ("sign", target.removeprefix("sign:").strip(), match["words"])
                if is_sign
                else ("page", target, match["words"])
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
        marks.append(Mark(mark[0], start, end, line, mark[1], words))
    if "<" in text:
        marks = _with_html(text, first_line, marks)
    return tuple(_with_pictures(text, marks))


def marks_and_code(text: str) -> Iterator[re.Match[str]]:
    """What ``MARK.finditer`` gives, in a fraction of its time: it is tried only where a mark can begin."""
    at = 0
    for sign in _SIGN.finditer(text):
        place = sign.start()
        if place < at:
            continue
        line = text.rfind("\n", 0, place) + 1
        begun = at <= line < place and _BEFORE.fullmatch(text, line, place) is not None
        match = (MARK.match(text, line) if begun else None) or MARK.match(text, place)
        if match is not None:
            yield match
            at = match.end()


def attribute(tag: str, name: str) -> str | None:
    """The value of an attribute in an HTML tag, or ``None``."""
    found = re.search(
        rf"""\s{name}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", tag, re.IGNORECASE
    )
    return unescape(found[1] or found[2] or found[3] or "").strip() if found else None


def addresses_in(tag: Tag, name: str) -> list[str]:
    """The addresses in a list of pictures of several sizes (``srcset``)."""
    values = (one.value for one in tag.attributes if one.name == name)
    return [part["address"] for value in values for part in _CANDIDATE.finditer(value)]


_TITLE = lazily(r"[ \t]+[\"'](.*)[\"']\)", re.DOTALL)
_BY_LABEL = lazily(r"!\[(?P<alt>[^\[\]\n]*)\](?:[ ]?\[(?P<label>[^\[\]\n]*)\])?(?![\[(:])")
_ATTRIBUTES = lazily(r"\{:?[ \t]*[^{}\n]*\}")


def _with_pictures(text: str, marks: list[Mark]) -> list[Mark]:
    """The same marks; a link that is a picture is one, with all that belongs to it."""
    if "![" not in text:
        return marks
    found: list[Mark] = []
    labels = {}
    for mark in marks:
        whole = whole_link(text, mark) if mark.kind == "link" else None
        if mark.kind == "link" and whole is None:
            labels[_label_before(text, mark)] = mark.target
        if whole is None or not _is_picture(text, whole[0]):
            found.append(mark)
            continue
        title = _TITLE.fullmatch(text[mark.end : whole[1]].lstrip(">"))
        rest = f' title="{escape(title[1])}"' if title else ""
        attributes = _ATTRIBUTES.match(text, whole[1])
        end = attributes.end() if attributes else whole[1]
        rest += attributes[0] if attributes else ""
        start = whole[0] - 1
        line = mark.line - text.count("\n", start, mark.start)
        target = plain_address(mark.target)
        found = [m for m in found if m.end <= start]  # those in the alternative text are words
        found.append(Mark("picture", start, end, line, target, whole[2].strip(), True, rest))
    return _with_labelled(text, found, labels) if labels else found


def _with_labelled(text: str, marks: list[Mark], labels: Mapping[str, str]) -> list[Mark]:
    """The marks, and the pictures whose address is elsewhere under a label."""
    taken = [(m.start, m.end) for m in marks]
    code = [m.span() for m in marks_and_code(text) if m["code"] is not None]
    found = list(marks)
    first = marks[0]
    for match in _BY_LABEL.finditer(text):
        target = labels.get((match["label"] or match["alt"]).strip().casefold())
        start, end = match.span()
        if target is None or any(start < b and a < end for a, b in (*taken, *code)):
            continue
        if not _is_picture(text, start + 1):
            continue
        line = first.line + text.count("\n", 0, start) - text.count("\n", 0, first.start)
        found.append(Mark("picture", start, end, line, target, match["alt"].strip(), True))
    return sorted(found, key=lambda mark: mark.start)


def _label_before(text: str, mark: Mark) -> str:
    """The label whose address a mark is: ``[hip]: hip.jpg``."""
    line = text[text.rfind("\n", 0, mark.start) + 1 : mark.start]
    return line.partition("[")[2].rpartition("]:")[0].strip().casefold()


def _is_picture(text: str, bracket: int) -> bool:
    """Whether the character before an opening bracket makes a picture of it."""
    before = text[:bracket]
    if not before.endswith("!"):
        return False
    return (len(before) - 1 - len(before[:-1].rstrip("\\"))) % 2 == 0


def _with_html(text: str, first_line: int, marks: list[Mark]) -> list[Mark]:
    """The addresses in HTML as well, in place of whatever looks like a mark inside a tag."""
    tags = read_tags(text, first_line)
    found = _outside(marks, tags)
    around: Tag | None = None
    for tag in tags:
        if tag.name == "picture":
            around = tag if tag.kind == "open" and tag.partner else None
        elif tag.wrong is None:
            found += _addresses(text, tag, around)
    return sorted(found, key=lambda mark: mark.start)


def _outside(marks: list[Mark], tags: list[Tag]) -> list[Mark]:
    """The marks that are not inside a tag; both are in order."""
    found, at, reach = [], 0, 0
    for mark in marks:
        while at < len(tags) and tags[at].start < mark.start:
            reach = max(reach, tags[at].end)
            at += 1
        if reach <= mark.start:
            found.append(mark)
    return found


def _addresses(text: str, tag: Tag, around: Tag | None) -> Iterator[Mark]:
    """The addresses in a tag. ``around`` is the ``<picture>`` in which it is: its ``<img>`` means all of it."""
    written = text[tag.start : tag.end]
    if tag.name == "img":
        source = attribute(written, "src") or next(iter(addresses_in(tag, "srcset")), "")
        alt = attribute(written, "alt")
        first, last = (around, around.partner) if around and around.partner else (tag, tag)
        yield Mark("picture", first.start, last.end, tag.line, source, alt, True, written)
    if tag.name in ("img", "source"):
        return
    for one in tag.attributes:
        if one.name in ADDRESSES:
            loads = one.name in LOADED
            yield Mark("html", one.start, one.end, tag.line, one.value.strip(), None, loads)


_REST_OF_LINK = lazily(r">?(?:[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?\)")


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
    """The address a link was meant to have: without < and >, and without characters nobody sees."""
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
