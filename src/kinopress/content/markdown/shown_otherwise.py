"""Where readers would see something else than the writer typed: no link, code, another number, nothing (pure).

What can be shown as it was meant is changed (:mod:`kinopress.content.markdown.typed_signs`); the
rest is named here, each on its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kinopress.content.markdown.code_spans import blanked_code
from kinopress.content.markdown.mark_slips import Slip
from kinopress.content.markdown.typed_signs import attributes_in, braces_in, is_harmless, place_in
from kinopress.content.model.characters import SPACES
from kinopress.patterns import lazily
from kinopress.problems import quoted

_DEEPEST = 40
"""So many signs in a row open as many elements inside each other, which no engine reads to the end."""

_TITLE = lazily(rf"^[ ]{{0,3}}#(?!#)[ \t{SPACES}]+(?P<words>\S.*?)[ \t#]*$", re.MULTILINE)
# A paragraph of one line, without a sentence's end or a further tag of a network: "#Warm up".
_GLUED_TITLE = lazily(
    r"(?:\A|\n[ \t]*\n)[ ]{0,3}(?=#)(?P<sign>#)(?P<words>[^\W\d_][^#\n]*(?<![\s.!?,;]))[ \t]*#*[ \t]*(?=\n[ \t]*\n|\n?[ \t]*\Z)"
)
_NO_HEADING = lazily(r"^[ ]{0,3}(?P<sign>#{1,6})[ \t]*#*[ \t]*$", re.MULTILINE)
_UNDERLINED = lazily(r"(?<=\n)(?<!\n\n)[ ]{0,3}=+[ \t]*$", re.MULTILINE)
_NO_ENTRY = lazily(r"^(?P<indent>[ ]{0,3})(?P<sign>[-*+]|[0-9]{1,9}[.)])[ \t]*$", re.MULTILINE)
_NO_WORDS = lazily(r"(?<!!)\[[ \t]*\]\((?P<to>[^()\s]+)\)")
_BY_LABEL = lazily(
    r"(?<![\]!\\\[])\[(?P<words>[^\[\]\n^@]+)\][ ]?\[(?P<label>[^\[\]\n]*)\](?![\[(:\]])"
)
_LABEL = lazily(r"^[ ]{0,3}\[(?P<label>[^\[\]\n]+)\]:[ \t]*\S", re.MULTILINE)
_BROKEN_OFF = lazily(r"(?<![!\]])\[(?P<words>[^\[\]\n]+)\]\n[ ]{0,3}\((?P<to>[^()\s]+)\)")
_TWICE_A_LINK = lazily(r"\[\[(?P<words>[^\[\]\n|]+)(?:\|[^\[\]\n]*)?\]\]\((?P<to>[^()\s]+)\)")
_ODD_INDENT = lazily(rf"^[ {SPACES}]{{4,}}(?=\S)", re.MULTILINE)
_ROW = lazily(r"[ ]{0,3}\|.*\|[ \t]*$")
_RULE = lazily(r"[ ]{0,3}\|?[ \t]*:?[-–—−]+:?[ \t]*(?:\|[ \t]*:?[-–—−]+:?[ \t]*)*\|?[ \t]*$")
_NUMBERED = lazily(r"(?P<indent>[ ]{0,3})(?P<number>[0-9]{1,9})[.)][ \t]+\S")


def shown_otherwise(text: str, first_line: int) -> Iterator[Slip]:
    """What is shown otherwise than it was typed.

    Args:
        text: The text of a page without comments.
        first_line: The line of the file on which it begins.
    """
    if not _may(text):
        return
    plain = blanked_code(text)
    found = (*_headings(plain), *_links(plain), *_braces(plain), *_deep(plain), *_times(plain))
    for at, message, hint in found:
        yield Slip(first_line + plain.count("\n", 0, at), message, hint)
    lines = plain.split("\n")
    typed = text
    if not text.isascii():  # spaces that a Mac types far in are such to the page, too
        typed = _ODD_INDENT.sub(lambda m: " " * len(m[0]), text)
    far_in = lines if typed == text else blanked_code(typed).split("\n")
    for number, message, hint in (
        *_code(typed.split("\n"), far_in),
        *_rows(lines),
        *_numbers(lines),
    ):
        yield Slip(first_line + number, message, hint)


_TIMES = lazily(r"(?<![\w*])(?P<times>[0-9]+\*[0-9]+(?:\*[0-9]+)+)(?![\w*])")
"""Two stars between figures are taken for slanted words: ``3*8*2`` is shown as 382."""

_LITERALS = (
    "[](",
    "[ ](",
    "][",
    "] [",
    "]\n(",
    "]](",
    *(sign * _DEEPEST for sign in "*_>"),
    "> > > >",
)
_LISTS = frozenset("-*+")


def _may(text: str) -> bool:
    """Whether anything may be found: a look at signs and at how lines begin, for nearly all pages hold nothing."""
    for sign in _LITERALS:
        if sign in text:
            return True
    if text.count("{") > 2 * text.count("{{") or _TIMES.search(text) is not None:
        return True
    number, gap = 0, True
    for line in text.split("\n"):
        if line[:1].isalpha():
            gap = False
            continue  # most lines
        words = line.lstrip()
        first = words[:1]
        if not first:
            gap = True
            continue
        if gap and line[:1].isspace() and (line[:4].isspace() or "\t" in line[:4]):
            return True
        gap = False
        if first in "=|" or (first == "#" and (words[1:2] != "#" or not words.strip("# \t"))):
            return True
        if first in _LISTS and not words[1:].strip():
            return True
        if first.isdecimal():
            figures = words[:9].partition("." if "." in words[:9] else ")")[0]
            if figures.isdecimal():
                if int(figures) not in (1, number + 1) or not words[len(figures) + 1 :].strip():
                    return True
                number = int(figures)
    return False


_Found = tuple[int, str, str]
"""Where (a place in the text, or an index of a line), what is wrong, what to do."""


def _headings(plain: str) -> Iterator[_Found]:
    for match in _TITLE.finditer(plain):
        message = f"{quoted(match['words'])} is shown as large as the title of the page"
        yield match.start(), message, f"write ## {match['words']}"
    for match in _GLUED_TITLE.finditer(plain):
        message = f"readers see {quoted('#' + match['words'])} as words, not as a heading"
        hint = f"write ## {match['words']}, or \\#{match['words']} if the # is meant"
        yield match.start("sign"), message, hint
    for match in _NO_HEADING.finditer(plain):
        message = f"no words stand behind {match['sign']}, so readers see an empty heading"
        yield match.start(), message, "write them there, or remove the line"
    for match in _UNDERLINED.finditer(plain):
        above = plain[: match.start() - 1].rpartition("\n")[2].strip()
        if above and not above.startswith(("#", ">", "|", "-")):
            message = f"the = below it makes a title of {quoted(above)}"
            hint = f"write ## {above} for a heading; for a line across the page, leave an empty line and write ---"
            yield match.start(), message, hint
    for match in _NO_ENTRY.finditer(plain):
        below = plain[match.end() + 1 :].partition("\n")[0]
        if not (below.strip() and len(below) - len(below.lstrip()) >= len(match["indent"]) + 2):
            message = f"no words stand behind {match['sign']}, so readers see an empty entry"
            yield match.start(), message, "write them there, or remove the line"


def _links(plain: str) -> Iterator[_Found]:
    for match in _NO_WORDS.finditer(plain):
        message = f"the link to {quoted(match['to'])} has no words, so nobody can see it"
        yield match.start(), message, "write them between the square brackets"
    labels = {" ".join(m["label"].casefold().split()) for m in _LABEL.finditer(plain)}
    for match in _BY_LABEL.finditer(plain):
        label = match["label"].strip() or match["words"]
        if " ".join(label.casefold().split()) not in labels:
            message = f"readers see the brackets of {quoted(match[0])}: no line says where it leads"
            yield match.start(), message, f"write [{match['words']}](address)"
    for match in _BROKEN_OFF.finditer(plain):
        message = f"the address of {quoted('[' + match['words'] + ']')} is on the next line"
        yield match.start(), message, f"write [{match['words']}]({match['to']}) on one line"
    for match in _TWICE_A_LINK.finditer(plain):
        name = match["words"].strip()
        message = f"{quoted(match[0])} is a link twice over, so readers see brackets"
        yield match.start(), message, f"write [[{name}]] or [{name}]({match['to']})"


def _braces(plain: str) -> Iterator[_Found]:
    places: set[str] = set()
    for match in braces_in(plain):
        names = attributes_in(match["inner"]) or []
        for name in names:
            if not is_harmless(name):
                message = f"readers see {quoted(match[0])}: {name}= does nothing on this site"
                yield match.start(), message, "remove it"
                break
        else:
            place = place_in(match["inner"]) if names else None
            if place is None:
                continue
            if place in places:
                message = (
                    f"two places on this page are called #{place}, and links lead to the first"
                )
                yield match.start(), message, "give this one another name"
            places.add(place)


def _deep(plain: str) -> Iterator[_Found]:
    for match in re.finditer(rf"(?:[*_]{{{_DEEPEST},}}|(?:>[ ]?){{{_DEEPEST},}})", plain):
        line = plain[plain.rfind("\n", 0, match.start()) + 1 :].partition("\n")[0]
        if line.strip().strip("*_ "):  # else a line across the page
            message = "so many signs in a row open more than any program can show"
            yield match.start(), message, "write one or two of them"


def _times(plain: str) -> Iterator[_Found]:
    for match in _TIMES.finditer(plain):
        message = f"readers do not see the stars of {quoted(match['times'])}, but slanted figures"
        yield match.start(), message, f"write {match['times'].replace('*', ' × ')}"


def _code(written: list[str], lines: list[str]) -> Iterator[_Found]:
    """Lines that are code only because they are far in: the first of each paragraph."""
    inside = False
    for at, (typed, line) in enumerate(zip(written, lines, strict=True)):
        is_code = (
            bool(typed.strip())
            and not line.strip()
            and typed.expandtabs(4).startswith("    ")
            and len(typed) == len(line)
        )
        if is_code and not inside and re.search(r"[^\W\d_]{2}", typed) and "`" not in typed:
            fenced = any(re.match(r"[ \t>]*(?:```|~~~)", other) for other in written[:at])
            # Who knows fences may mean code by this; nobody means it by a picture or a link.
            if not fenced or re.search(r"\]\(|\[\[", typed):
                message = "this line begins far in, so readers see it as code"
                hint = "remove the spaces at its beginning; for code, put a line ``` above and below it"
                yield at, message, hint
        inside = is_code or (inside and not typed.strip())


def _rows(lines: list[str]) -> Iterator[_Found]:
    """Rows that belong to no table, because the line below the first one is missing or there is a gap."""
    in_table = False
    told = False
    after_table = False
    for at, line in enumerate(lines):
        below = lines[at + 1] if at + 1 < len(lines) else ""
        if not line.strip():
            after_table = after_table or in_table
            in_table = False
            continue
        if "|" in line and "|" in below and _RULE.match(below) and not _RULE.match(line):
            in_table, told = True, False
        is_row = _ROW.match(line) is not None and line.count("|") > 2
        if not is_row:
            after_table = told = False
        elif not in_table and not told and after_table:
            told = True
            yield at, "an empty line parts this row from its table", "remove the empty line"
        elif not in_table and not told and _ROW.match(below):
            told = True
            cells = line.count("|") - 1
            message = (
                "a table lacks the line of hyphens below its first row, so readers see the | signs"
            )
            yield at, message, f"write {'|---' * cells}| below this line"


def _numbers(lines: list[str]) -> Iterator[_Found]:
    """Entries that get another number than the one written: engines only read the first."""
    last = shown = None
    indent = 0
    for at, line in enumerate(lines):
        match = _NUMBERED.match(line)
        if match is not None and last is not None and len(match["indent"]) > indent + 1:
            continue  # in an entry
        if match is None or (len(match["number"]) > 2 and int(match["number"]) != (last or 0) + 1):
            if line.strip() and not line.startswith(" "):
                last = shown = None  # the list has ended, its entry's words go on, or it is a year
            continue
        number = int(match["number"])
        if last is None or shown is None:
            last, shown, indent = number, number, len(match["indent"])
            continue
        expected = shown + 1
        down = number == last - 1 and lines[at - 1].strip()
        if number in (expected, last) or down or number == 1:
            shown = number if number == 1 != last else expected
        else:
            message = f"readers see the number {expected} here, not {number}: a list counts on from its first number"
            hint = f"write {expected}, or put a paragraph between the two lists"
            yield at, message, hint
            shown = expected
        last = number
