"""HTML whose content every engine hands on as it was typed, Markdown and all (pure).

An element that begins a line and is among paragraphs is such a one, unless it is told to
read Markdown. Readers see the characters there: ``<p>**now**</p>`` shows two stars on each side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from kinopress.content.markdown.html.elements import BLOCKS, HOLDS_MARKDOWN
from kinopress.content.markdown.html.tags import Tag, begins_entry
from kinopress.patterns import lazily

READS_NOTHING = BLOCKS - {"picture", "hr", "video", "audio"}
"""Elements that begin with a line and in which no engine reads Markdown unless it is told to."""

_COLUMN_MAX = 3
"""What is further in belongs to an item of a list, where words around an element are read."""

_CODE = ("pre", "code", "kbd", "samp")

_SIGN = lazily(
    r"(?P<picture>!\[(?P<alt>[^\[\]\n]*)\]\((?P<from>[^()\s]+)\))"
    r"|\[(?P<link>[^\[\]\n]+)\]\((?P<to>[^()\s]+)\)"
    r"|(?P<strong>\*\*|__)(?=\S)(?P<loud>[^*_\n]+?)(?<=\S)(?P=strong)"
    r"|(?<![\w*_])(?P<em>[*_])(?=\S)(?P<soft>[^*_\n]+?)(?<=\S)(?P=em)(?![\w*_])"
    r"|(?<!`)`(?P<code>[^`\n]+)`(?!`)"
    r"|^[ \t]*(?P<entry>[-*+]|[0-9]{1,3}[.)])[ \t]+\S.*"
    r"|^[ \t]*(?P<heading>#{1,6})[ \t]+\S.*",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class ShownSign:
    """Markdown that readers see as it was typed: its line, what it is, in which element, and what to do."""

    line: int
    words: str
    element: str
    hint: str


def reads_markdown(text: str, tag: Tag) -> str:
    """How Markdown is to be read in an element: as blocks (``1``), as words in a line (``span``) or not at all."""
    if tag.partner is None or _is_told_to_read(tag):
        return ""
    if tag.name == "summary":
        return "span"
    several_lines = "\n" in text[tag.end : tag.partner.start]
    at_start = _column(text, tag) is not None or begins_entry(text, tag)
    return "1" if tag.name in HOLDS_MARKDOWN and at_start and several_lines else ""


def as_typed(text: str, tags: Sequence[Tag]) -> Iterator[Tag]:
    """The outermost elements of a text that are handed on as they were typed.

    Args:
        text: The text of a page.
        tags: All its tags.
    """
    done = read = (
        0  # where the element ends that was found last, and the one in which Markdown is read
    )
    for tag in tags:
        column = _column(text, tag)
        if tag.kind != "open" or tag.partner is None or tag.start < done:
            continue
        if reads_markdown(text, tag) == "1" or _is_told_to_read(tag):
            read = max(read, tag.partner.end)
        elif tag.name == "summary" and tag.start < read:
            done = tag.partner.end  # its words are read
        elif tag.name in READS_NOTHING and column is not None and column <= _COLUMN_MAX:
            done = tag.partner.end
            yield tag


def shown_signs(text: str, tags: Sequence[Tag]) -> Iterator[ShownSign]:
    """Markdown in a text that readers see as it was typed, at most once a line.

    Args:
        text: The text of a page; the lines of its ``tags`` are those of the file.
        tags: All its tags.
    """
    for tag in as_typed(text, tags):
        if tag.name in _CODE or tag.partner is None:
            continue
        inside = text[tag.end : tag.partner.start]
        for other in reversed(tags):
            if (
                other.partner
                and other.kind == "open"
                and other.name in _CODE
                and tag.start < other.start < tag.partner.start
            ):
                inside = _blanked(inside, other.end - tag.end, other.partner.start - tag.end)
            elif tag.end <= other.start < tag.partner.start:
                inside = _blanked(inside, other.start - tag.end, other.end - tag.end)
        told: set[int] = set()
        for match in _SIGN.finditer(inside):
            begins = match.start() + len(match[0]) - len(match[0].lstrip())
            line = tag.line + text.count("\n", tag.start, tag.end + begins)
            if match["picture"] is None and line not in told:  # pictures become HTML anywhere
                told.add(line)
                yield ShownSign(line, match[0].strip(), tag.name, _hint(text, tag, match))


def _hint(text: str, tag: Tag, match: re.Match[str]) -> str:
    one_line = tag.partner is not None and "\n" not in text[tag.end : tag.partner.start]
    if tag.name in HOLDS_MARKDOWN and one_line:
        return f"put <{tag.name}> and </{tag.name}> on lines of their own"
    if match["loud"]:
        return f"write <strong>{match['loud']}</strong>"
    if match["soft"]:
        return f"write <em>{match['soft']}</em>"
    if match["code"]:
        return f"write <code>{escape(match['code'], quote=False)}</code>"
    if match["link"]:
        return f'write <a href="{match["to"]}">{match["link"]}</a>'
    return f"write it without <{tag.name}> around it"


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]


def _column(text: str, tag: Tag) -> int | None:
    """How far in a tag is that begins its line; ``None`` for one among words."""
    before = text[text.rfind("\n", 0, tag.start) + 1 : tag.start]
    return None if before.strip(" ") else len(before)


def is_told_blocks(tag: Tag) -> bool:
    """Whether the writer has asked for Markdown in an element, as in ``<details markdown="1">``."""
    return any(
        one.name == "markdown" and one.value in (None, "", "1", "block") for one in tag.attributes
    )


def _is_told_to_read(tag: Tag) -> bool:
    return any(one.name == "markdown" and one.value != "0" for one in tag.attributes)
