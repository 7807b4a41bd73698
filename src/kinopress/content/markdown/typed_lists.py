"""Lists as people type them where no Markdown is known (pure).

``-like this``, ``1.like this``, ``a) this``, ``(1) this``, ``Step 1: this``, ``→ this``. Where two
lines or more agree, they are surely entries: those with a character or a number of Markdown lack only
a space, the others are shown line by line as they were typed. One alone may be anything.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from kinopress.patterns import lazily

BULLETS = "•◦‣▪●○■□▸►➤∙⁃◆◇\uf0b7\uf0a7\uf0d8"
"""As a class of characters: characters that nobody types but for an item of a list. The last three are
what Word's bullets become where its font is missing."""

_SIGNS = "-*+–—0123456789"
_GLUED = lazily(
    r"(?P<mark>[-*+–—]|(?P<number>[0-9]{1,9})[.)])"
    r"(?P<rest>(?=[^\W\d_]|[\"'“”‘’(\[`_*])(?!\*\*?(?:\s|$)|['’]s\b).*)$"
)
_FIGURE_BEHIND = lazily(r"[-+–—][0-9]")
_ENDS = lazily(r"[ ]{0,3}(?:`{3,}|~{3,}|#{1,6}[ \t]|>|\|)")

_COUNTED = lazily(
    r"(?P<before>(?:[^\W\d_]{3,12}[ ])?[(\[]?)(?P<token>[0-9]{1,3}|[A-Za-z]|[ivx]{2,5}|[IVX]{2,5})"
    r"(?P<behind>[.)\]:]|[ ]?[-–—]|[ ][.)])[ \t]+\S"
)
_MAY_COUNT = lazily(
    r"[A-Za-z]{1,5}[ ]?[.)\]:–—-]|[^\W\d_]{3,12}[ ][(\[]?(?:[0-9]|[A-Za-z]{1,5}[ ]?[.)\]:–—-])"
)
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def glued_entry(line: str) -> tuple[str, str] | None:
    """The character and the words of a line whose character lacks its space (``-like this``); else ``None``."""
    words = line.lstrip(" ")
    if words[:1] not in _SIGNS or not words:
        return None  # most lines
    match = _GLUED.match(words)
    if match is None or (match["mark"] == "*" and "*" in match["rest"]):
        return None  # *words* are emphasised
    if match["mark"] == "-" and match["rest"].startswith("-"):
        return None
    return match["mark"], match["rest"]


def figure_behind(line: str) -> str:
    """The character of a line like ``-5 degrees``, which may be an entry or a figure; else nothing."""
    return line[0] if line[:1] in _SIGNS and _FIGURE_BEHIND.match(line) else ""


def agree(one: str, next_one: str) -> bool:
    """Whether two characters are those of an entry and of the next: the same one, or the next number."""
    if one[0].isdigit() and next_one[0].isdigit():
        return one[-1] == next_one[-1] and int(next_one[:-1]) == int(one[:-1]) + 1
    return one == next_one


def counted_lines(lines: Sequence[str]) -> set[int]:
    """The indices of lines that count, or begin with the same sort of character, as their neighbours in a paragraph do.

    Markdown knows no list of them, and would join them to one line.
    """
    found: set[int] = set()
    last: tuple[int, str, re.Match[str] | None] | None = None
    for at, line in enumerate(lines):
        words = line.strip()
        if not words or _ENDS.match(line):
            last = None
            continue
        if words[0].isalpha() and not _MAY_COUNT.match(words):
            continue  # most lines
        counted = _COUNTED.match(words)
        sort = _sort_of(words, counted)
        if not sort:
            continue  # the words of the entry above go on
        if last is not None and last[1] == sort and (not counted or _is_next(last[2], counted)):
            found |= {last[0], at}
        last = at, sort, counted
    return found


def _sort_of(words: str, counted: re.Match[str] | None) -> str:
    """What lines of one list have in common; nothing when a line begins with words alone."""
    if counted is not None:
        token = counted["token"]
        kind = "1" if token.isdigit() else "A" if token.isupper() else "a"
        return f"{counted['before']}{kind}{counted['behind']}"
    sign, _, rest = words.partition(" ")
    picture = sign.rstrip("\ufe0f")
    if rest and len(picture) == 1 and unicodedata.category(picture) in ("So", "Sm"):
        return "sign" if picture not in "+<>|~=^" else ""
    return ""


def _is_next(one: re.Match[str] | None, other: re.Match[str]) -> bool:
    if one is None:
        return False
    before, token = one["token"].lower(), other["token"].lower()
    if token.isdigit() and before.isdigit():
        return int(token) == int(before) + 1
    if len(token) == 1 == len(before) and ord(token) == ord(before) + 1:
        return True
    return before in _ROMAN and token in _ROMAN and _ROMAN.index(token) == _ROMAN.index(before) + 1
