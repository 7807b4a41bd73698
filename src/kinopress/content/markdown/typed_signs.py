r"""Signs that writers type and engines take for something else, or do not know (pure).

``<tel:+44123>``, words in braces behind a heading, ``\"``, the long dashes that a word processor makes
of those below the head of a table, its bullet ``o``, a year at the beginning of a paragraph.
Each is changed into what every engine shows as it was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kinopress.content.markdown.code_spans import blanked_code
from kinopress.patterns import lazily

Change = tuple[int, int, str]
"""From where to where, and what replaces it."""

_AUTOLINK = lazily(r"<(?P<scheme>[A-Za-z][A-Za-z0-9+.-]{1,20}):(?P<rest>[^\s<>][^<>\n]*)>")
_RUNG = ("tel", "sms", "callto", "facetime")
_KNOWN = ("http", "https", "ftp", "mailto")
"""Schemes of which every engine makes a link."""

_BRACES = lazily(r"(?<![{\\])\{(?!\{)(?P<inner>[^{}\n]*)\}(?!\})")
_NAME = r"[A-Za-z_][\w:-]*"
_ATTRIBUTE = lazily(
    rf"(?:[#.]{_NAME}|(?P<name>{_NAME})=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'=]+))(?=\s|$)"
)
_HARMLESS = frozenset(
    [
        "id",
        "class",
        "title",
        "lang",
        "dir",
        "target",
        "rel",
        "width",
        "height",
        "align",
        "alt",
        "loading",
        "start",
        "type",
        "colspan",
        "rowspan",
        "scope",
        "download",
        "markdown",
        "hreflang",
        "reversed",
        "value",
        "decoding",
    ]
)
_ESCAPE = lazily(r"(?<!\\)(?P<before>(?:\\\\)*)\\(?P<sign>[\"'$%,/:;=?@^&])")
_WORDS_BULLET = lazily(r"^(?P<indent>[ \t]*)o\t[ \t]*(?=\S)", re.MULTILINE)
_LONG_RULE = lazily(
    r"(?<=\|)(?P<above>[ \t]*\n)(?P<rule>[ ]{0,3}\|?(?:[ \t]*:?[-–—−]+:?[ \t]*\|)+[ \t]*(?::?[-–—−]+:?[ \t]*)?)$",
    re.MULTILINE,
)
_YEAR = lazily(
    r"(?:\A|\n[ \t]*\n)[ ]{0,3}(?P<year>[0-9]{3,9})\.[ \t]+\S[^\n]*+(?!\n[ ]{0,3}[0-9]+[.)][ \t])"
)
_MAY = lazily(
    r"<[A-Za-z][\w+.-]*:|\{|\\[^\w\s]|^[ \t]*o\t|\|[ \t]*\n.*[–—−]|^[ ]{0,3}[0-9]+[.)][ \t]", re.M
)


def attributes_in(inner: str) -> list[str] | None:
    """The names of attributes between braces, or ``None`` where they contain words."""
    names: list[str] = []
    rest = inner.strip().removeprefix(":").strip()
    at = 0
    while at < len(rest):
        match = _ATTRIBUTE.match(rest, at)
        if match is None:
            return None
        names.append((match["name"] or ("id" if match[0][0] == "#" else "class")).lower())
        at = match.end() + len(rest[match.end() :]) - len(rest[match.end() :].lstrip())
    return names or None


def place_in(inner: str) -> str | None:
    """The name that attributes between braces give a place (``#name``), if they do."""
    place = re.search(r"(?:^|\s|:)#(?P<name>\S+)", inner)
    return place["name"] if place else None


def is_harmless(name: str) -> bool:
    """Whether an attribute between braces is one that a page of words may need."""
    return name in _HARMLESS or name.startswith(("data-", "aria-"))


def braces_in(plain: str) -> Iterator[re.Match[str]]:
    """Every pair of single braces in a text without code."""
    return _BRACES.finditer(plain)


def meant_signs(text: str, typed: list[tuple[int, int]]) -> list[Change]:
    """What must be changed in a text so that its signs are shown as they were meant.

    Args:
        text: The Markdown of a page, without comments.
        typed: Where HTML stands that is handed on as it was typed, and every tag.
    """
    if not _MAY.search(text):
        return []
    plain = blanked_code(text)
    changes = [*_autolinks(plain), *_signs(plain)]
    if not changes:
        return []
    spared = [*typed, *(found.span() for found in _ADDRESS.finditer(plain))]
    return [
        change
        for change in changes
        if not any(start < change[1] and change[0] < end for start, end in spared)
    ]


_ADDRESS = lazily(
    r"\]\([^()\n]*\)|\[\[[^\]\n]*\]\]|!\[[^\]\n]*\]|\{\{[^{}\n]*\}\}|^[ ]{0,3}\[[^\]\n]+\]:.*$",
    re.MULTILINE,
)
"""Where signs stand that no reader sees as they are: in addresses, our own marks, the words for a picture."""


def _autolinks(plain: str) -> Iterator[Change]:
    for found in _AUTOLINK.finditer(plain) if "<" in plain else ():
        scheme, rest = found["scheme"].lower(), found["rest"].strip()
        if scheme in _RUNG:
            number = re.sub(r"[\s()]+", "", rest)
            yield *found.span(), f"[{rest}]({scheme}:{number})"
        elif scheme not in _KNOWN and "@" not in rest:
            yield found.start(), found.start() + 1, "&lt;"


def _signs(plain: str) -> Iterator[Change]:
    for found in _BRACES.finditer(plain) if "{" in plain else ():
        names = attributes_in(found["inner"])
        if names is None or not all(map(is_harmless, names)):
            yield found.start(), found.start(), "\\"
    for found in _ESCAPE.finditer(plain) if "\\" in plain else ():
        sign = "&amp;" if found["sign"] == "&" else found["sign"]
        yield found.end() - 2, found.end(), sign
    for found in _WORDS_BULLET.finditer(plain) if "o\t" in plain else ():
        yield found.end("indent"), found.end(), "- "
    for found in _LONG_RULE.finditer(plain) if "|" in plain and not plain.isascii() else ():
        rule = found["rule"]
        if not rule.isascii():
            yield *found.span("rule"), re.sub("[-–—−]+", "---", rule)
    for found in _YEAR.finditer(plain):
        yield found.end("year"), found.end("year"), "\\"
    yield from _counted_down(plain)


_NUMBERED = lazily(r"^[ ]{0,3}(?P<number>[0-9]{1,3})(?P<sign>[.)])[ \t]+\S.*$", re.MULTILINE)


def _counted_down(plain: str) -> Iterator[Change]:
    """``10. 9. 8.`` line by line, as engines count up whatever is written: they are shown as they were typed."""
    entries = list(_NUMBERED.finditer(plain))
    down = [
        int(b["number"]) == int(a["number"]) - 1 and b.start() == a.end() + 1
        for a, b in pairwise(entries)
    ]
    for at, found in enumerate(entries):
        goes_on = at < len(down) and down[at]
        if goes_on or (at and down[at - 1]):
            yield found.start("sign"), found.start("sign"), "\\"
            if goes_on:
                yield found.end(), found.end(), "  "
