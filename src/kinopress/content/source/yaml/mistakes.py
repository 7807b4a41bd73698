"""What is wrong with a piece of YAML, in a coach's words, on the line where it can be fixed.

A parser notices a mistake later than it was made: a colon without its space shows up at the
next colon. So the lines around the place it names are looked at as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kinopress.codes import Code
from kinopress.patterns import lazily


class Mistake(Exception):  # noqa: N818 - it becomes a Problem where the file is known
    """One mistake: its line from 1, what to say, and the field it is in."""

    def __init__(
        self, line: int, message: str, hint: str, code: Code, name: str | None = None
    ) -> None:
        self.line, self.message, self.hint, self.code, self.name = line, message, hint, code, name


@dataclass(frozen=True, slots=True)
class Noticed:
    """What the parser said, and where.

    Attributes:
        said: Its words.
        start: The index of the line where it began to read.
        stop: The index of the line where it stopped.
        column: The index of the character in that line at which it stopped.
    """

    said: str
    start: int
    stop: int
    column: int


_KEY = lazily(r"^(?P<indent>\s*)(?:- +)?(?P<name>[A-Za-z_][\w-]{0,40})[ ]*:(?=\s|$)")
_IN_QUOTES = "put the whole text in quotes"


def key_of(line: str) -> str | None:
    """The name before the colon of a line."""
    match = _KEY.match(line)
    return match["name"] if match else None


def invisible(line: int) -> Mistake:
    """A character that no page may hold."""
    return Mistake(
        line,
        "there is an invisible character on this line",
        "delete the line and type it again",
        Code.FRONT_MATTER_CHARACTER,
    )


def special_sign(line: int, name: str | None = None) -> Mistake:
    """An anchor or an alias where words were meant, or one that leads nowhere."""
    return Mistake(
        line,
        "a * or & at the beginning has a special meaning",
        _IN_QUOTES,
        Code.FRONT_MATTER_QUOTES,
        name,
    )


def explain(noticed: Noticed, lines: list[str]) -> Mistake:
    """The mistake behind what the parser said."""
    stop = min(noticed.stop, len(lines) - 1)
    start = min(noticed.start, stop)
    for at in range(stop + 1):
        if re.match(r" *\t\s*[^\s#]", lines[at]):
            return Mistake(
                at + 1,
                "this line is indented with a tab",
                "use spaces at the beginning of the line",
                Code.FRONT_MATTER_TAB,
            )
    said = noticed.said
    if (open_ := _quote_left_open(lines, stop)) is not None:
        return _not_closed(lines, open_)
    if "alias" in said or "anchor" in said:
        return special_sign(stop + 1, key_of(lines[stop]))
    if "escape" in said or "hexdecimal" in said or "Unicode character code" in said:
        return Mistake(
            stop + 1,
            "a backslash \\ inside quotation marks has a special meaning",
            r"write two of them, \\, or put the text in single quotes",
            Code.FRONT_MATTER_QUOTES,
            key_of(lines[stop]),
        )
    if "quoted scalar" in said:
        return _not_closed(lines, start)
    if "flow" in said or "',' or" in said:
        return Mistake(
            start + 1,
            "a bracket [ or { is opened and not closed, or there is a comma too few or too many",
            "close it, and put one comma between entries",
            Code.FRONT_MATTER_BRACKET,
            key_of(lines[start]),
        )
    if "expected ':'" in said:
        return _of_line(lines, start) or _not_a_field(lines, start)
    above = next((at for at in range(stop - 1, 0, -1) if lines[at].strip()), stop)
    if "mapping values" in said:
        return (
            _of_line(lines, stop, with_key=False)
            or (_colon(lines, stop) if _in_value(lines[stop], noticed.column) else None)
            or _of_line(lines, above, with_key=False)
            or _indented(lines, stop, above)
            or _colon(lines, stop)
        )
    return (
        _of_line(lines, stop)
        or _of_line(lines, above)
        or (_indented(lines, stop, above) if key_of(lines[stop]) else None)
        or _between(lines, stop)
        or _not_a_field(lines, stop)
    )


_OPENS = lazily(r"(?:\"(?:[^\"\\]|\\.)*|'(?:[^']|'')*)$")
"""A value that begins with a quotation mark and has no other on its line."""


def _quote_left_open(lines: list[str], stop: int) -> int | None:
    """The first line whose quotation mark is still open where the next field begins, before where reading stopped.

    The next text in quotes, however far below, seems to close it: there a parser stumbles.
    """
    for at in range(min(stop, len(lines) - 2) + 1):
        key, below = _KEY.match(lines[at]), _KEY.match(lines[at + 1])
        if key is None or below is None or len(below["indent"]) > len(key["indent"]):
            continue
        if _OPENS.match(lines[at][key.end() :].strip()):
            return at
    return None


def _not_closed(lines: list[str], at: int) -> Mistake:
    return Mistake(
        at + 1,
        "a quotation mark is opened and not closed",
        "close it at the end of the text",
        Code.FRONT_MATTER_QUOTES,
        key_of(lines[at]),
    )


_HALF_A_LINE = (
    (
        r"\s*-[A-Za-z]",
        "a space is missing after the dash",
        "write it like - step: Lift your hips.",
        Code.FRONT_MATTER_SPACE,
    ),
    (
        r"\s*(?:- +)?[A-Za-z_][\w-]*:[^\s:/]",
        "a space is missing after the colon",
        "write it like title: Clam",
        Code.FRONT_MATTER_SPACE,
    ),
    (
        r"\s*[A-Za-z_][\w-]*[ ]+[^\s:][^:]*$",
        "the colon after the name is missing",
        "write it like title: Clam",
        Code.FRONT_MATTER_LINE,
    ),
)
"""Lines without a name and a colon that were meant to have them."""

_VALUES = (
    (
        r"[@`%>|]",
        "this character at the beginning has a special meaning",
        _IN_QUOTES,
        Code.FRONT_MATTER_QUOTES,
    ),
    (
        r"\"[^\"]*\"\s*[^\s#]|'[^']*'\s*[^\s#']",
        "there is more text after the closing quotation mark",
        "put the whole text in one pair of quotes; inside it, use the other kind",
        Code.FRONT_MATTER_QUOTES,
    ),
    (
        r"[\[{][^\[\]{}]*[\]}]\s*[^\s#]",
        "there is more on the line after its closing bracket",
        "put all entries in one pair of brackets, with commas between them",
        Code.FRONT_MATTER_BRACKET,
    ),
)
"""Values that end or begin where they should not."""


def _of_line(lines: list[str], at: int, *, with_key: bool = True) -> Mistake | None:
    """A mistake that a line shows by itself."""
    line = lines[at]
    key = _KEY.match(line)
    if key is None:
        for form, message, hint, code in _HALF_A_LINE:
            if re.match(form, line):
                return Mistake(at + 1, message, hint, code)
    elif with_key:
        value = line[key.end() :].strip()
        for form, message, hint, code in _VALUES:
            if re.match(form, value):
                return Mistake(at + 1, message, hint, code, key["name"])
    return None


def _indented(lines: list[str], stop: int, above: int) -> Mistake | None:
    """A line that begins further right or left than its neighbours."""
    here, there = _KEY.match(lines[stop]), _KEY.match(lines[above])
    if here is None or there is None or len(here["indent"]) == len(there["indent"]):
        return None
    return _misplaced(stop, here["name"])


def _between(lines: list[str], at: int) -> Mistake | None:
    """A line that begins where none of those above it that it could belong with begins."""
    here, least = _indent(lines[at]), len(lines[at])
    for line in reversed(lines[:at]):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        least = min(least, _indent(line))
        if _indent(line) <= here:
            break
    else:
        return None
    if least == here:
        return None
    return _misplaced(at, key_of(lines[at]))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _misplaced(at: int, name: str | None) -> Mistake:
    return Mistake(
        at + 1,
        "this line is indented differently from those it belongs with",
        "give all of them the same number of spaces at the beginning",
        Code.FRONT_MATTER_INDENT,
        name,
    )


def _in_value(line: str, column: int) -> bool:
    """Whether a character of a line comes after its name and colon."""
    key = _KEY.match(line)
    return key is not None and column >= key.end()


def _colon(lines: list[str], at: int) -> Mistake:
    return Mistake(
        at + 1,
        "there is a colon inside the text",
        f'{_IN_QUOTES}, like title: "Hips: a start"',
        Code.FRONT_MATTER_COLON,
        key_of(lines[at]),
    )


def _not_a_field(lines: list[str], at: int) -> Mistake:
    return Mistake(
        at + 1,
        "this line cannot be read as a field",
        "write it as name: value; put the value in quotes if it contains special characters",
        Code.FRONT_MATTER_LINE,
        key_of(lines[at]),
    )
