"""Markdown as writers write it, made into Markdown that every engine reads alike (pure).

Engines differ where writers are at ease: a list straight after words, a list inside another two
spaces in, ``1)`` for ``1.``, a box to tick, a backslash at the end of a line, Markdown in
``<details>``. Here such a text becomes one that leaves no room for two opinions. Words keep their
meaning: where a line inside a paragraph may be a list or may be its next words, it stays words and
the writer is told (:class:`Doubt`).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from kinopress.content.code_spans import blanked_code
from kinopress.content.html_tags import BLOCKS, HOLDS_MARKDOWN, Tag, read_tags
from kinopress.content.signs import SPACES, UNSEEN

_ITEM = re.compile(
    r"(?P<mark>[-*+•◦‣▪·–—]|(?P<number>[0-9]{1,9})[.)])(?P<gap>[ \t]+)(?P<rest>\S.*)$"
)
_RULE = re.compile(r"([-_*])[ \t]*(?:\1[ \t]*){2,}$")
_FENCE = re.compile(
    r"(?P<mark>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?P<language>[\w#.+-]*)[ \t]*(?P<more>.*)"
)
_HEADING = re.compile(r"(#{2,6})(?=[^\s#])|#{1,6}(?:[ \t]|$)")
_TABLE_RULE = re.compile(
    r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$|[ ]{0,3}\|[ \t]*:?-+:?[ \t]*\|[ \t]*$"
)
_BEGINS_ANEW = re.compile(r"#{1,6}[ \t]|>|<[A-Za-z/]|\{\{|\||(`{3,}|~{3,})|\[\^[^\]]+\]:")
_ODD_BLANKS = re.compile(
    rf"^([ \t{SPACES}{UNSEEN}]*(?:(?:[-*+•◦‣▪·–—]|[0-9]{{1,9}}[.)]|#{{1,6}}|>)[ \t{SPACES}{UNSEEN}]+)?)"
)
_TYPED_BULLETS = "•◦‣▪"
_DASHES = "–—·"
_COLON_AT_END = re.compile(r"[:：][\s*_`\"”’)]*$")
_TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
_HTML_LINE = re.compile(rf"</?(?:{'|'.join(sorted(BLOCKS))})\b.*>[ \t]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line that may be meant as an entry of a list and is shown as words."""

    line: int
    sign: str


@dataclass(slots=True)
class Settled:
    """A text that every engine reads alike, and what could not be decided."""

    text: str
    doubts: list[Doubt] = field(default_factory=list)


def may_doubt(text: str) -> bool:
    """Whether :func:`settle` could find a doubt in a text without remarks: a cheap look that is sometimes wrong to say yes."""
    if _UNSEEN.search(text):
        return True
    for item in _ITEM_LINE.finditer(text):
        above = text[text.rfind("\n", 0, item.start()) + 1 : item.start()]
        if above.strip() and not (_BULLET.match(above) and _BULLET.match(text, item.start() + 1)):
            return True
    return False


_UNSEEN = re.compile(f"[{UNSEEN}]")
_ITEM_LINE = re.compile(r"\n(?:[^\S\n]|>)*(?:[-*+•◦‣▪·–—]|[0-9]{1,9}[.)])[^\S\n]+\S")
_BULLET = re.compile(r"[ ]{0,3}[-*+][^\S\n]+\S")
"""Where one such line follows another, both are entries of a list or neither is the first in doubt."""


def settle(text: str, omitted: Collection[int] = ()) -> Settled:
    """Make one reading of a text.

    Args:
        text: The Markdown of a page, without remarks.
        omitted: Indices of lines that held nothing but a remark: they are left out, so that a
            remark parts neither a list nor a table.
    """
    text = _html_settled(text)
    lines = [
        (number, _plain_blanks(line))
        for number, line in enumerate(text.split("\n"), start=1)
        if number - 1 not in omitted
    ]
    settler = _Settler(lines)
    return Settled("\n".join(settler.settle()), settler.doubts)


def _plain_blanks(line: str) -> str:
    """Spaces that are none to an engine, where an engine looks for spaces: at the beginning and behind a sign."""
    if line.isascii():
        return line
    if not re.sub(f"[{SPACES}{UNSEEN}]", "", line).strip():
        return ""
    return _ODD_BLANKS.sub(
        lambda m: re.sub(f"[{UNSEEN}]", "", re.sub(f"[{SPACES}]", " ", m[0])), line, count=1
    )


def _html_settled(text: str) -> str:
    """HTML that cannot leak: a tag that is wrong is shown as it was typed; Markdown in an element is read."""
    changes: list[tuple[int, int, str]] = []
    if "\\<" in text:  # an escape that not every engine knows
        escaped = re.finditer(r"\\<", blanked_code(text))
        changes += [(match.start(), match.end(), "&lt;") for match in escaped]
    read_until = 0  # where the outermost element ends in which Markdown is read
    for tag in read_tags(text):
        if tag.wrong is not None:
            changes.append((tag.start, tag.start + 1, "&lt;"))
        elif tag.kind == "open" and (reads := _reads_markdown(text, tag)):
            if reads == "span" and tag.start >= read_until:
                continue  # nobody would take the attribute away again
            if reads == "1" and tag.partner is not None:
                read_until = max(read_until, tag.partner.end)
            at = tag.start + len(tag.name) + 1
            changes.append((at, at, f' markdown="{reads}"'))
    for start, end, instead in sorted(changes, reverse=True):
        text = text[:start] + instead + text[end:]
    return text


def _reads_markdown(text: str, tag: Tag) -> str:
    """How Markdown is read in an element: as blocks (``1``), as words in a line (``span``) or not at all."""
    if tag.partner is None or any(one.name == "markdown" for one in tag.attributes):
        return ""
    if tag.name == "summary":
        return "span"
    at_start = not text[text.rfind("\n", 0, tag.start) + 1 : tag.start].strip(" ")
    several_lines = "\n" in text[tag.end : tag.partner.start]
    return "1" if tag.name in HOLDS_MARKDOWN and at_start and several_lines else ""


@dataclass(slots=True)
class _Level:
    """An open list: the column of its signs, its kind and its last number."""

    column: int
    ordered: bool
    number: int
    sign: str


class _Settler:
    def __init__(self, lines: list[tuple[int, str]]) -> None:
        self.lines = lines
        self.out: list[str] = []
        self.doubts: list[Doubt] = []
        self.levels: list[_Level] = []
        self.before = "gap"
        """What stands above: ``gap``, ``words``, ``entry``, ``inner`` (a further paragraph of an
        entry), ``code`` or ``whole`` (done in one line)."""

    def settle(self) -> list[str]:
        at = 0
        while at < len(self.lines):
            at = self.line(at)
        return self.out

    def line(self, at: int) -> int:
        """Take the line at an index; gives the index of the next."""
        _, line = self.lines[at]
        if not line.strip():
            self.out.append("")
            self.before = "gap"
            return at + 1
        wide = line.expandtabs(4)
        column = len(wide) - len(wide.lstrip(" "))
        words = wide.lstrip(" ")
        announced = self.announced() and _ITEM.match(words) is not None
        if column > 3 and not self.levels and self.before in ("gap", "code") and not announced:
            self.out.append(line)
            self.before = "code"
            return at + 1
        if fence := _FENCE.match(words):
            return self.fence(at, column, fence)
        if words.startswith(">") and column < 4:
            return self.quote(at)
        self.close_levels(column, words)
        if self.before == "gap" or self.levels or self.before == "whole" or self.may_be_list(at):
            item = self.item(at, column, words)
            if item:
                return at + 1
        self.other(at, column, words)
        return at + 1

    # Lists

    def close_levels(self, column: int, words: str) -> None:
        """Leave the lists a line does not belong to."""
        if not self.levels:
            return
        if self.before == "gap":
            is_item = _ITEM.match(words) is not None and not _RULE.match(words)
            while self.levels and column < self.levels[-1].column + (0 if is_item else 2):
                self.levels.pop()
        elif _BEGINS_ANEW.match(words) and column <= self.levels[0].column:
            self.levels.clear()
            self.gap()
            self.before = "gap"

    def item(self, at: int, column: int, words: str) -> bool:
        """Write a line as an entry of a list, if it is one."""
        match = _ITEM.match(words)
        if match is None or _RULE.match(words):
            return False
        sign = match["mark"][-1] if match["number"] else match["mark"]
        value = int(match["number"]) if match["number"] else 0
        if sign in _DASHES and not (self.same_sign(sign) or self.follows(at, match)):
            return False
        levels = list(self.levels)
        while levels and column < levels[-1].column - 1:
            levels.pop()
        inside = bool(levels) and column >= levels[-1].column + 2
        beside = bool(levels) and not inside
        if match["number"] and self.before in ("words", "entry", "inner") and levels:
            last = levels[-1].number if beside and levels[-1].ordered else 0
            if value not in (1, last, last + 1):
                return False
        if not levels and column > 3 and not self.announced():
            return False
        gap_wanted = self.before == "inner" or (self.before == "words" and not levels)
        if beside:
            top = levels[-1]
            if top.ordered != bool(match["number"]):
                gap_wanted = gap_wanted or self.before != "gap"
            levels.pop()
        levels.append(_Level(column, bool(match["number"]), value, sign))
        self.levels = levels
        if gap_wanted:
            self.gap()
        mark = f"{value}." if match["number"] else match["mark"] if sign in "-*+" else "-"
        rest = _TASK.sub(lambda box: "☐ " if box[1] == " " else "☑ ", match["rest"], count=1)
        self.out.append(f"{'    ' * (len(levels) - 1)}{mark} {self.line_end(at, rest)}")
        self.before = "entry"
        return True

    def may_be_list(self, at: int) -> bool:
        """Whether a line inside a paragraph surely begins a list; where that is open, a doubt is noted."""
        number, line = self.lines[at]
        match = _ITEM.match(line.strip())
        if match is None or _RULE.match(line.strip()) or self.before != "words":
            return False
        announced = self.announced()
        goes_on = self.follows(at, match)
        if match["number"]:
            value = int(match["number"])
            if value == 1:
                sure = announced or goes_on
            else:
                sure = announced and goes_on
                if not sure:
                    return False  # "in chapter / 2. The hip", "born in / 1990. Then": words
        else:
            sure = announced or goes_on or match["mark"] in _TYPED_BULLETS
            if match["mark"] in _DASHES and not goes_on:
                return False  # a dash between words
        if not sure:
            self.doubts.append(Doubt(number, match["mark"]))
        return sure

    def announced(self) -> bool:
        """Whether the words above end with a colon: what comes is what they announce."""
        last = next((line for line in reversed(self.out) if line.strip()), "")
        return _COLON_AT_END.search(last) is not None

    def follows(self, at: int, match: re.Match[str]) -> bool:
        """Whether another entry like this one stands further down in the same paragraph."""
        column = _column(self.lines[at][1])
        for _, line in self.lines[at + 1 :]:
            if not line.strip():
                return False
            other = _ITEM.match(line.strip())
            if other is None or abs(_column(line) - column) > 1:
                continue
            if match["number"] and other["number"]:
                return int(other["number"]) in (int(match["number"]) + 1, 1)
            if not match["number"]:
                return other["mark"] == match["mark"]
        return False

    def same_sign(self, sign: str) -> bool:
        return bool(self.levels) and self.levels[-1].sign == sign

    # Other lines

    def other(self, at: int, column: int, words: str) -> None:
        if self.levels:
            depth = len(self.levels)
            if self.before == "gap":
                # A paragraph of an entry; what stands much further in is code there.
                inner = column - self.levels[-1].column - 2
                indent = 4 * depth + (inner if inner >= 4 else 0)
                self.before = "inner"
            else:
                indent = 4 * (depth if self.before == "inner" else depth - 1)
            self.out.append(" " * indent + self.line_end(at, words))
            return
        if self.before == "words" and self.table_begins(at):
            self.gap()
        heading = _HEADING.match(words) if column < 4 else None
        if heading is not None:
            if heading[1]:
                words = f"{heading[1]} {words[len(heading[1]) :]}"
            self.out.append(words)
            self.before = "whole"
            return
        if column < 4 and words.startswith("#") and words[1:2].strip("#"):
            words = f"\\{words}"  # "#1 of all": no heading without a space
        kept = self.lines[at][1] if column > 3 or words == self.lines[at][1].lstrip() else words
        self.out.append(self.line_end(at, kept))
        block = (
            words.startswith("{{")
            or _RULE.match(words) is not None
            or _HTML_LINE.match(words) is not None
        )
        self.before = "whole" if block else "words"

    def table_begins(self, at: int) -> bool:
        below = self.lines[at + 1][1] if at + 1 < len(self.lines) else ""
        return "|" in self.lines[at][1] and _TABLE_RULE.match(below) is not None

    def line_end(self, at: int, words: str) -> str:
        """A backslash at the end of a line breaks it, if more words follow."""
        stripped = words.rstrip(" \t")
        slashes = len(stripped) - len(stripped.rstrip("\\"))
        more = at + 1 < len(self.lines) and self.lines[at + 1][1].strip()
        return f"{stripped[:-1].rstrip()}  " if slashes % 2 == 1 and more else words

    def gap(self) -> None:
        if self.out and self.out[-1].strip():
            self.out.append("")

    # Blocks of several lines

    def fence(self, at: int, column: int, fence: re.Match[str]) -> int:
        """A fenced block; inside a list it becomes an indented one, which every engine knows there."""
        mark, end = fence["mark"], at + 1
        language = "" if fence["more"] else fence["language"]
        while end < len(self.lines) and not re.fullmatch(
            rf"{mark[0]}{{{len(mark)},}}[ \t]*", self.lines[end][1].strip(" ")
        ):
            end += 1
        block = [line for _, line in self.lines[at + 1 : end]]
        if fence["more"]:  # no engine shows what stands behind the language
            block.insert(0, f"{' ' * column}{fence['language']} {fence['more']}".rstrip())
        if (self.levels and column <= self.levels[-1].column and self.before == "gap") or (
            self.levels and column <= self.levels[0].column
        ):
            self.levels.clear()
        self.gap()
        if self.levels:
            indent = " " * (4 * len(self.levels) + 4)
            self.out += [
                f"{indent}{_dedent(line, column)}" if line.strip() else "" for line in block
            ]
            self.out.append("")
            self.before = "gap"
        else:
            self.out += [mark + language, *(_dedent(line, column) for line in block)]
            self.out.append(mark)  # also where the coach left it open: nothing of ours is code
            self.before = "whole"
        return end + 1

    def quote(self, at: int) -> int:
        """A quotation: what is quoted is settled by itself."""
        end = at
        while end < len(self.lines) and self.lines[end][1].lstrip().startswith(">"):
            end += 1
        inner = [(number, re.sub(r"^[ \t]*>[ ]?", "", line)) for number, line in self.lines[at:end]]
        settler = _Settler(inner)
        quoted = [
            f"> {line}".rstrip(" ") if not line.endswith("  ") else f"> {line}"
            for line in settler.settle()
        ]
        self.doubts += settler.doubts
        if self.levels and _column(self.lines[at][1]) > self.levels[-1].column:
            indent = "    " * len(self.levels)
        else:
            self.levels.clear()
            indent = ""
        self.gap()
        self.out += [f"{indent}{line}" for line in quoted]
        self.before = "words"
        return end


def _column(line: str) -> int:
    wide = line.expandtabs(4)
    return len(wide) - len(wide.lstrip(" "))


def _dedent(line: str, column: int) -> str:
    return line[min(column, _column(line)) :]
