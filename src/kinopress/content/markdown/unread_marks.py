"""Marks of other dialects of Markdown, which this site does not read: readers see their characters (pure).

And cells of a table beyond its last column, which readers do not see at all, and what is left of letters that were lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kinopress.content.markdown.code_spans import blanked_code
from kinopress.content.markdown.mark_slips import Slip
from kinopress.patterns import lazily
from kinopress.problems import quoted

_Hint = Callable[[re.Match[str]], str]


def _as(element: str) -> _Hint:
    return lambda m: f"write <{element}>{m['words']}</{element}>"


def _note(match: re.Match[str]) -> str:
    return f"write !!! {match['words'].lower()} on a line of its own, and the words below it, four spaces in"


_FORMULA = "this site shows no formulas: write it in words, with × and ÷ or with <sup>2</sup>"
_COMMENT = "write <!-- and --> around words that readers are not to see, or remove them"
_FOLD = "write <details> and <summary> for a fold, or a heading"
_UNREAD: tuple[tuple[str, re.Pattern[str], _Hint], ...] = (
    ("==", lazily(r"(?<![=\w])==(?=\S)(?P<words>[^=\n]+)(?<=\S)==(?![=\w])"), _as("mark")),
    ("++", lazily(r"(?<![+\w])\+\+(?=\S)(?P<words>[^+\n]+)(?<=\S)\+\+(?![+\w])"), _as("ins")),
    ("^", lazily(r"(?<=\w)\^(?P<words>[\w+-]{1,12})\^"), _as("sup")),
    ("~", lazily(r"(?<=[A-Za-z])(?<!~)~(?P<words>[\w+-]{1,12})~(?!~)"), _as("sub")),
    (
        ":",
        lazily(r"(?<![^\s(]):(?P<words>[a-z]+(?:[_-][a-z0-9]+)*):(?![\w:])"),
        lambda _: "type the character itself, or remove it",
    ),
    ("[!", lazily(r"^[ ]{0,3}>[ >]*\[!(?P<words>[A-Za-z]+)\][+-]?", re.MULTILINE), _note),
    (
        " {",
        lazily(
            r"^(?![ ]{0,3}(?:#|:::))[^\n]*[^\s>|][ \t]+(?P<words>\{:?[ ]*[.#][\w-]+[^{}\n]*\})[ \t]*$",
            re.MULTILINE,
        ),
        lambda m: f"write {m['words']} on a line of its own below these words, or remove it",
    ),
    (
        "*[",
        lazily(r"^\*\[(?P<words>[^\]\n]+)\]:.*", re.MULTILINE),
        lambda m: f"write what {m['words']} means where it first appears, and remove this line",
    ),
    (
        "$$",
        lazily(r"(?<!\$)\$\$(?=[^$]*[\\^_=+<>×·])(?P<words>[^$]+)\$\$(?!\$)"),
        lambda _: _FORMULA,
    ),
    # A price has neither a closing $ right after a character nor a sign of a formula between two.
    (
        "$",
        lazily(
            r"(?<![\w$\\])\$(?![\s$])(?:[A-Za-z]|(?=[^$\n]*[\\^_=+<>×·])[^$\n]{1,120}?(?<![\s\\]))\$(?![\w$])"
        ),
        lambda _: _FORMULA,
    ),
    (
        "\\",
        lazily(
            r"\\\((?=[^()\n]*(?:\\\w|[\^_=]))[^\n]+?\\\)|\\\[(?=[^\]]*(?:\\\w|[\^_=]))[^\]]+?\\\]"
        ),
        lambda _: _FORMULA,
    ),
    ("\\begin{", lazily(r"\\begin\{(?P<words>[\w*]+)\}"), lambda _: _FORMULA),
    ("%%", lazily(r"(?<![\w%])%%(?P<words>[^%]+?)%%(?![\w%])"), lambda _: _COMMENT),
    ("{#", lazily(r"\{#(?=\s)(?P<words>[^{}]*)#\}"), lambda _: _COMMENT),
    ("{>>", lazily(r"\{>>(?P<words>[^{}]*)<<\}"), lambda _: _COMMENT),
    ("{%", lazily(r"\{%(?P<words>[^{}\n]*)%\}"), lambda _: "remove it: nothing here reads it"),
    (":::", lazily(r"^[ ]{0,3}:{3,}[ ]?\{?\.?(?P<words>[A-Za-z][\w-]*)\}?.*", re.MULTILINE), _note),
    (
        "^[",
        lazily(r"(?<=[\w.,;:!?)])\^\[(?P<words>[^\[\]\n]+)\]"),
        lambda m: f"write [^1] here, and [^1]: {m['words']} on a line of its own",
    ),
    (
        "[",
        lazily(
            r"^[ ]{0,3}(?:[*_]{2})?(?P<words>\[_?toc_?\]|@\[toc\])(?:[*_]{2})?[ \t]*$",
            re.MULTILINE | re.IGNORECASE,
        ),
        lambda _: "remove it: nothing here reads it",
    ),
    (
        "[",
        lazily(
            r"^[ >]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+(?P<words>\[(?:|[ ]{2,}|[ ]*[xX][ ]+|[ ]+[xX]|[-/✓✔✗✘vV?!>])\])(?![(\[:])",
            re.MULTILINE,
        ),
        lambda _: "write [ ] for a box to tick, with one space, and [x] for one that is ticked",
    ),
    (
        "[",
        lazily(r"^[ ]{0,3}(?P<words>\[(?:|[ ]|[xX])\])(?=[ \t]+\S)", re.MULTILINE),
        lambda _: "write - [ ] for a box to tick",
    ),
    ("??? ", lazily(r"^\?\?\?[ ].*", re.MULTILINE), lambda _: _FOLD),
    ("???+", lazily(r"^\?\?\?\+[ ].*", re.MULTILINE), lambda _: _FOLD),
    ('=== "', lazily(r"^===[ ]\".*\"", re.MULTILINE), lambda _: _FOLD),
)
"""What must be in a text, the mark, and what to write instead."""
_ANY_SIGN = lazily(
    "[" + re.escape("".join(sorted({sign.strip()[0] for sign, _, _ in _UNREAD}))) + "]"
)

_TABLE_RULE = lazily(r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_RULE_BELOW = lazily(r"\n[ >]*\|?[ \t]*:?-+:?[ \t]*\|")

_LOST = lazily(
    r"\S*(?:\ufffd|\u00e2\u20ac[^\s\w]|\u00c3[\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]|\u00c2[\u0080-\u00bf]|\u00f0\u0178)\S*"
)
"""A sign for a letter that could not be read, and letters in UTF-8 that a program took for Western European ones:
``itâ€™s``, ``cafÃ©``, ``Â£5``."""


def unread_marks(text: str, first_line: int) -> Iterator[Slip]:
    """What readers would see as characters, or not at all.

    Args:
        text: The text of a page without comments.
        first_line: The line of the file on which it begins.
    """
    if not text.isascii():
        yield from _lost_letters(text, first_line)
    found = (
        [
            (form, hint)
            for sign, form, hint in _UNREAD
            if sign in text and form.search(text) is not None
        ]
        if _ANY_SIGN.search(text) is not None
        else []
    )
    has_table = "|" in text and "\n" in text and _RULE_BELOW.search(text) is not None
    if not found and not has_table:
        return
    plain = blanked_code(text)
    words = re.sub(r"\]\([^()\n]*\)|<[^<>\n]*>|https?://\S+", lambda m: " " * len(m[0]), plain)
    for form, hint in found:
        for match in form.finditer(words):
            seen = match.groupdict().get("words") or ""
            if seen.startswith("{"):
                if not plain[match.start("words") - 1].isspace():
                    continue  # right behind a link, which takes them
            else:
                seen = " ".join(match[0].lstrip(" >").split())
            line = first_line + words.count("\n", 0, match.start())
            yield Slip(line, f"readers see the markup of {quoted(seen)}", hint(match))
    if has_table:
        yield from _cells([line.lstrip(" >") for line in plain.split("\n")], first_line)


def _lost_letters(text: str, first_line: int) -> Iterator[Slip]:
    """The first such word of each line."""
    for number, line in enumerate(text.split("\n"), start=first_line):
        if not line.isascii() and (lost := _LOST.search(line)) is not None:
            yield Slip(
                number,
                f"a letter or character was lost when {quoted(lost[0])} was copied or saved",
                "type the word again",
            )


def _cells(lines: list[str], first_line: int) -> Iterator[Slip]:
    columns = 0
    for at, line in enumerate(lines):
        begins = "|" in line and at + 1 < len(lines) and _TABLE_RULE.match(lines[at + 1])
        if begins and "|" in lines[at + 1] and not columns:
            columns = _count(lines[at + 1])
        elif not line.strip():
            columns = 0
        if columns and (cells := _count(line)) > columns:
            many = f"{columns} column{'' if columns == 1 else 's'}"
            message = f"this row has {cells} cells and the table {many}, so readers miss the rest"
            hint = "give the table another column, or write \\| for a | in words"
            if begins:
                message = f"the line of hyphens below makes {many}, and this row has {cells} cells"
                hint = f"write {' | '.join(['---'] * cells)} in the line of hyphens, or \\| for a | in words"
                columns = cells  # what the rows below have too is said once
            yield Slip(first_line + at, message, hint)


def _count(row: str) -> int:
    inside = re.sub(r"^\||(?<!\\)\|$", "", row.strip())
    return len(re.split(r"(?<!\\)\|", inside))
