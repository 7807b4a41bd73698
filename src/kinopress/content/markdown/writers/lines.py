"""What a line of Markdown is by itself: an entry, a rule, a fence, a heading (pure)."""

from __future__ import annotations

import re

from kinopress.content.markdown.html.elements import BLOCKS
from kinopress.content.markdown.typed_lists import BULLETS
from kinopress.content.model.characters import SPACES, UNSEEN
from kinopress.patterns import lazily

ITEM = lazily(
    rf"(?P<mark>[-*+·–—{BULLETS}]|(?P<number>[0-9]{{1,9}})[.)])(?:[ \t]+|(?<=[{BULLETS}]))(?P<rest>\S.*)$"
)
RULE = lazily(r"([-_*])[ \t]*(?:\1[ \t]*){2,}$")
FENCE = lazily(r"(?P<mark>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?P<language>[\w#.+-]*)[ \t]*(?P<more>.*)")
HEADING = lazily(r"(#{2,6})(?=[^\s#])|#{1,6}(?:[ \t]|$)")
TABLE_RULE = lazily(
    r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$|[ ]{0,3}\|[ \t]*:?-+:?[ \t]*\|[ \t]*$"
)
BEGINS_ANEW = lazily(r"#{1,6}[ \t]|>|<[A-Za-z/]|\{\{|\||(`{3,}|~{3,})|\[\^[^\]]+\]:")
DASHES = "–—·"
COLON_AT_END = lazily(r"[:：][\s*_`\"”’)]*$")
EMPTY_SIGN = lazily(r" {0,12}(?:[-*+]|[0-9]{1,9}[.)])[ \t]*$")
NOTE = lazily(r"!!![ ]?[\w-]+")
NOTE_COLUMN = 4
UNDERLINE = lazily(r"-{3,}[ \t]*$")
PARTS = lazily(r"(?:([-_*])[ \t]*(?:\1[ \t]*){2,}|=+[ \t]*)$")
"""What parts from an entry or a quotation above it, and would make a heading of that."""
HASHES_AT_END = lazily(r"(?<=[^\s#\\])#+(?=[ \t]*$)")
ENDS_SENTENCE = lazily(r"[.!?…;,][\s*_`\"”’)\]]*$")
YEARS_FROM = 100
TASK = lazily(r"\[([ xX])\](?:[ \t]+(?=\S)|(?=[^\s(\[:]))")
HTML_LINE = lazily(rf"</?(?:{'|'.join(sorted(BLOCKS))})\b.*>[ \t]*$", re.IGNORECASE)
_ODD_BLANKS = lazily(
    rf"^([ \t{SPACES}{UNSEEN}]*(?:(?:[-*+{BULLETS}·–—]|[0-9]{{1,9}}[.)]|#{{1,6}}|>)[ \t{SPACES}{UNSEEN}]+)?)"
)


def plain_blanks(line: str) -> str:
    """Spaces that are none to an engine, where an engine looks for spaces: at the beginning and after a character."""
    if line.isascii():
        return line
    if not re.sub(f"[{SPACES}{UNSEEN}]", "", line).strip():
        return ""
    return _ODD_BLANKS.sub(
        lambda m: re.sub(f"[{UNSEEN}]", "", re.sub(f"[{SPACES}]", " ", m[0])), line, count=1
    )


def column_of(line: str) -> int:
    """At which column the words of a line begin."""
    wide = line.expandtabs(4)
    return len(wide) - len(wide.lstrip(" "))


def dedent(line: str, column: int) -> str:
    """A line without its first columns, so far as they are empty."""
    return line[min(column, column_of(line)) :]


def as_heading(words: str, heading: re.Match[str]) -> str:
    """A heading with the space behind its signs, and with the signs at its end that are part of a word (``C#``)."""
    if heading[1]:
        words = f"{heading[1]} {words[len(heading[1]) :]}"
    hashes = HASHES_AT_END.search(words)
    if hashes and not words.startswith(f"{hashes[0]} "):
        return words[: hashes.start()] + words[hashes.start() :].replace("#", "\\#")
    return words
