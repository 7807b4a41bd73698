"""Markdown as writers write it, made into Markdown that every engine reads alike (pure).

Engines differ where writers are at ease: a list straight after words, a list inside another two
spaces in, ``1)`` for ``1.``, a box to tick, a backslash at the end of a line, Markdown in
``<details>``. Here such a text becomes one that leaves no room for two opinions. Words keep their
meaning: where a line inside a paragraph may be a list or may be its next words, it stays words and
the writer is told (:class:`Doubt`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from kinopress.content.markdown.code_spans import blanked_code
from kinopress.content.markdown.html.elements import BLOCKS
from kinopress.content.markdown.html.tags import begins_entry, read_tags
from kinopress.content.markdown.html.typed import as_typed, is_told_blocks, reads_markdown
from kinopress.content.markdown.typed_lists import (
    BULLETS,
    agree,
    counted_lines,
    figure_behind,
    glued_entry,
)
from kinopress.content.markdown.typed_signs import meant_signs
from kinopress.content.model.characters import SPACES, UNSEEN, UNSEEN_SIGNS
from kinopress.patterns import lazily

_ITEM = lazily(
    rf"(?P<mark>[-*+·–—{BULLETS}]|(?P<number>[0-9]{{1,9}})[.)])(?:[ \t]+|(?<=[{BULLETS}]))(?P<rest>\S.*)$"
)
_RULE = lazily(r"([-_*])[ \t]*(?:\1[ \t]*){2,}$")
_FENCE = lazily(r"(?P<mark>`{3,}(?=[^`]*$)|~{3,})[ \t]*(?P<language>[\w#.+-]*)[ \t]*(?P<more>.*)")
_HEADING = lazily(r"(#{2,6})(?=[^\s#])|#{1,6}(?:[ \t]|$)")
_TABLE_RULE = lazily(
    r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$|[ ]{0,3}\|[ \t]*:?-+:?[ \t]*\|[ \t]*$"
)
_BEGINS_ANEW = lazily(r"#{1,6}[ \t]|>|<[A-Za-z/]|\{\{|\||(`{3,}|~{3,})|\[\^[^\]]+\]:")
_ODD_BLANKS = lazily(
    rf"^([ \t{SPACES}{UNSEEN}]*(?:(?:[-*+{BULLETS}·–—]|[0-9]{{1,9}}[.)]|#{{1,6}}|>)[ \t{SPACES}{UNSEEN}]+)?)"
)
_DASHES = "–—·"
_COLON_AT_END = lazily(r"[:：][\s*_`\"”’)]*$")
_EMPTY_SIGN = lazily(r" {0,12}(?:[-*+]|[0-9]{1,9}[.)])[ \t]*$")
_NOTE = lazily(r"!!![ ]?[\w-]+")
_NOTE_COLUMN = 4
_UNDERLINE = lazily(r"-{3,}[ \t]*$")
_PARTS = lazily(r"(?:([-_*])[ \t]*(?:\1[ \t]*){2,}|=+[ \t]*)$")
"""What parts from an entry or a quotation above it, and would make a heading of that."""
_HASHES_AT_END = lazily(r"(?<=[^\s#\\])#+(?=[ \t]*$)")
_ENDS_SENTENCE = lazily(r"[.!?…;,][\s*_`\"”’)\]]*$")
_YEARS_FROM = 100
_TASK = lazily(r"\[([ xX])\](?:[ \t]+(?=\S)|(?=[^\s(\[:]))")
_HTML_LINE = lazily(rf"</?(?:{'|'.join(sorted(BLOCKS))})\b.*>[ \t]*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A line that may be meant as an item of a list and is shown as words.

    Attributes:
        line: Its line of the text.
        sign: What it begins with.
        lacks_space: A space after the character would make an entry of it.
    """

    line: int
    sign: str
    lacks_space: bool = False


@dataclass(slots=True)
class Settled:
    """A text that every engine reads alike, and what could not be decided."""

    text: str
    doubts: list[Doubt] = field(default_factory=list)


def may_doubt(text: str) -> bool:
    """Whether :func:`settle` could find a doubt in a text without comments: a cheap look that is sometimes wrong to say yes."""
    if (not text.isascii() and any(sign in text for sign in UNSEEN_SIGNS)) or _FIGURE.search(text):
        return True
    for item in _ITEM_LINE.finditer(text):
        above = text[text.rfind("\n", 0, item.start()) + 1 : item.start()]
        if above.startswith("#") and _HEADING.match(above):
            continue
        if above.strip() and not (_BULLET.match(above) and _BULLET.match(text, item.start() + 1)):
            return True
    return False


_ITEM_LINE = lazily(rf"\n(?:[^\S\n]|>)*(?:[-*+·–—{BULLETS}]|0{{0,8}}1[.)])")
"""How a line begins of which it may be in doubt whether it is an entry: of numbers that is only 1."""
_FIGURE = lazily(r"^(?:[^\S\n]|>)*[-+–—][0-9]", re.MULTILINE)
"""``-5 degrees``, which may be an entry."""
_BULLET = lazily(r"[ ]{0,3}[-*+][ \t]+\S")
"""Where one such line follows another, both are items of a list or neither is the first in doubt."""


def settle(text: str, omitted: Collection[int] = ()) -> Settled:
    """Make one reading of a text.

    Args:
        text: The Markdown of a page, without comments.
        omitted: Indices of lines that held nothing but a comment: they are left out, so that a
            comment parts neither a list nor a table.
    """
    text, typed, holding = _html_settled(text)
    inside = {number for first, last in typed.items() for number in range(first, last + 1)}
    lines = [
        (number, line if number in inside else _plain_blanks(line))
        for number, line in enumerate(text.split("\n"), start=1)
        if number - 1 not in omitted
    ]
    settler = _Settler(lines, typed, holding)
    return Settled("\n".join(settler.settle()), settler.doubts)


def _plain_blanks(line: str) -> str:
    """Spaces that are none to an engine, where an engine looks for spaces: at the beginning and after a character."""
    if line.isascii():
        return line
    if not re.sub(f"[{SPACES}{UNSEEN}]", "", line).strip():
        return ""
    return _ODD_BLANKS.sub(
        lambda m: re.sub(f"[{UNSEEN}]", "", re.sub(f"[{SPACES}]", " ", m[0])), line, count=1
    )


def _html_settled(text: str) -> tuple[str, dict[int, int], frozenset[int]]:
    """HTML that cannot leak: a tag that is wrong is shown as it was typed; Markdown in an element is read.

    Returns:
        The text, of the elements in which no Markdown is read their first and last lines, and the lines of
        entries that begin with an element in which it is read.
    """
    changes: list[tuple[int, int, str]] = []
    if "\\<" in text:  # an escape that not every engine knows
        escaped = re.finditer(r"\\<", blanked_code(text))
        changes += [(match.start(), match.end(), "&lt;") for match in escaped]
    read_until = 0  # where the outermost element ends in which Markdown is read
    tags = read_tags(text)
    whole = [tag for tag in as_typed(text, tags) if tag.partner]
    typed = {tag.line: tag.partner.line for tag in whole if tag.partner}
    spans = [(tag.start, tag.end) for tag in tags if tag.wrong is None]
    spans += [(tag.start, tag.partner.end) for tag in whole if tag.partner]
    holding = frozenset(
        tag.line for tag in tags if reads_markdown(text, tag) == "1" and begins_entry(text, tag)
    )
    meant = meant_signs(text, spans)
    links = {start for start, _, _ in meant}
    changes += meant
    for tag in tags:
        if tag.wrong is not None:
            if tag.start in links:
                continue
            changes.append((tag.start, tag.start + 1, "&lt;"))
        elif tag.kind == "open" and tag.partner is not None and is_told_blocks(tag):
            read_until = max(read_until, tag.partner.end)
        elif tag.kind == "open" and (reads := reads_markdown(text, tag)):
            if (reads == "span" and tag.start >= read_until) or tag.line in holding:
                continue  # nobody would take the attribute away again
            if reads == "1" and tag.partner is not None:
                read_until = max(read_until, tag.partner.end)
            at = tag.start + len(tag.name) + 1
            changes.append((at, at, f' markdown="{reads}"'))
    for start, end, instead in sorted(changes, reverse=True):
        text = text[:start] + instead + text[end:]
    return text, typed, holding


@dataclass(slots=True)
class _Level:
    """An open list: the column of its characters, its kind and its last number."""

    column: int
    ordered: bool
    number: int
    sign: str


class _Settler:
    def __init__(
        self,
        lines: list[tuple[int, str]],
        typed: Mapping[int, int],
        holding: Collection[int] = (),
        *,
        quoted: bool = False,
    ) -> None:
        self.lines = lines
        self.holding = holding
        """Lines of entries that begin with an element in which Markdown is read."""
        self.typed = typed
        """First and last lines of HTML that is handed on as it was typed."""
        self.quoted = quoted
        """Whether the text is a quotation, in which engines know no fences."""
        self.counted = counted_lines([line for _, line in lines])
        self.out: list[str] = []
        self.doubts: list[Doubt] = []
        self.levels: list[_Level] = []
        self.before = "gap"
        """What is above: ``gap``, ``words``, ``entry``, ``inner`` (a further paragraph of an
        entry), ``code`` or ``whole`` (done in one line)."""
        self.in_table = False

    def settle(self) -> list[str]:
        at = 0
        while at < len(self.lines):
            at = self.line(at)
        return self.out

    def line(self, at: int) -> int:
        """Take the line at an index; gives the index of the next."""
        number, line = self.lines[at]
        if number in self.typed and (not self.levels or _column(line) <= self.levels[0].column):
            return self.as_typed(at)
        if _EMPTY_SIGN.match(line) and self.words_inside(at):
            return at + 1  # its words are on the next line
        if _EMPTY_SIGN.match(line) and self.before == "words" and not self.levels:
            self.gap()  # right below words a - alone would make a heading of them
            self.before = "gap"
        line = self.spaced(at)
        if not line.strip():
            self.out.append("")
            self.before, self.in_table = "gap", False
            return at + 1
        wide = line.expandtabs(4)
        column = len(wide) - len(wide.lstrip(" "))
        words = wide.lstrip(" ")
        if self.ended_by(words):
            self.levels.clear()
            self.gap()
            self.before, self.in_table = "gap", False
        announced = self.announced() and _ITEM.match(words) is not None
        if column > 3 and not self.levels and self.before in ("gap", "code") and not announced:
            self.out.append(line)
            self.before = "code"
            return at + 1
        if fence := _FENCE.match(words):
            return self.fence(at, column, fence)
        if words.startswith(">") and column < 4:
            return self.quote(at)
        if _NOTE.match(words) and column < 4:
            return self.note(at)
        self.close_levels(column, words)
        may_begin = self.before in ("gap", "whole") or self.levels or self.may_be_list(at)
        if may_begin and (after := self.item(at, column, words)):
            return after
        self.other(at, column, words)
        return at + 1

    def ended_by(self, words: str) -> bool:
        """Whether a line is no part of the entry, quotation or table right above it, of which engines would make one."""
        if self.before == "gap":
            return False
        if self.in_table:
            return "|" not in words
        above = self.out[-1] if self.out else ""
        return (bool(self.levels) or above.startswith(">")) and _PARTS.match(words) is not None

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

    def words_inside(self, at: int) -> bool:
        """Whether the words of an entry begin on the line below its character; they are then put after it."""
        _, line = self.lines[at]
        below = self.lines[at + 1][1] if at + 1 < len(self.lines) else ""
        if _column(below) < _column(line) + 2 or not below.strip():
            return False
        self.lines[at + 1] = (self.lines[at + 1][0], f"{line.rstrip()} {below.strip()}")
        return True

    def spaced(self, at: int) -> str:
        """The line at an index; where it surely is an entry whose character lacks its space, with that space."""
        number, line = self.lines[at]
        entry = glued_entry(line)
        if entry is None:
            if sign := figure_behind(line.strip()):
                self.doubt_figures(at, sign)
            return line
        mark, rest = entry
        column = _column(line)
        top = self.levels[-1] if self.levels else None
        above = f"{top.number}{mark[-1]}" if top and top.ordered else top.sign if top else ""
        if (above and agree(above, mark)) or self.announced() or self.agrees_below(at, mark):
            self.lines[at] = (number, f"{' ' * column}{mark} {rest}")
            for below in range(at + 1, len(self.lines)):  # those of its paragraph go with it
                other = glued_entry(self.lines[below][1])
                if not self.lines[below][1].strip():
                    break
                if other and (other[0] == mark or mark[0].isdigit() == other[0][0].isdigit()):
                    indent = " " * _column(self.lines[below][1])
                    self.lines[below] = (self.lines[below][0], f"{indent}{other[0]} {other[1]}")
        return self.lines[at][1]

    def agrees_below(self, at: int, mark: str) -> bool:
        """Whether the next entry is below: in this paragraph, or as the first line of the next one."""
        gap = False
        for _, line in self.lines[at + 1 :]:
            if not line.strip():
                gap = True
                continue
            item = _ITEM.match(line.strip())
            other = glued_entry(line) or ((item["mark"], "") if item else None)
            if other is not None and agree(mark, other[0]):
                return True
            if gap:
                return False
        return False

    def doubt_figures(self, at: int, sign: str) -> None:
        """``-5 degrees`` above ``-6 degrees`` may be a list or figures; the first of them is named."""
        lines = [
            self.lines[n][1].strip() if 0 <= n < len(self.lines) else "" for n in (at - 1, at + 1)
        ]
        before, after = map(figure_behind, lines)
        if after == sign and before != sign:
            self.doubts.append(Doubt(self.lines[at][0], sign, lacks_space=True))

    def as_typed(self, at: int) -> int:
        """HTML in which no Markdown is read stays as it is, line by line."""
        last = self.typed[self.lines[at][0]]
        self.levels.clear()
        if self.before != "gap":
            self.gap()
        while at < len(self.lines) and self.lines[at][0] <= last:
            self.out.append(self.lines[at][1])
            at += 1
        self.before = "whole"
        return at

    def item(self, at: int, column: int, words: str) -> int:
        """Write a line as an item of a list, if it is one.

        Returns:
            The index of the line after it; 0 when it is not an entry.
        """
        match = _ITEM.match(words)
        if match is None or _RULE.match(words):
            return 0
        sign = match["mark"][-1] if match["number"] else match["mark"]
        value = int(match["number"]) if match["number"] else 0
        if sign in _DASHES and not (self.same_sign(sign) or self.follows(at, match)):
            return 0
        levels = list(self.levels)
        while levels and column < levels[-1].column - 1:
            levels.pop()
        inside = bool(levels) and column >= levels[-1].column + 2
        beside = bool(levels) and not inside
        if match["number"] and self.before in ("words", "entry", "inner") and levels:
            last = levels[-1].number if beside and levels[-1].ordered else 0
            if value not in (1, last, last + 1):
                return 0
        if not levels and column > 3 and not self.announced():
            return 0
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
        indent = "    " * (len(levels) - 1)
        if fence := _FENCE.match(rest):
            # An entry that is code: its first line is empty, as every engine takes it, and would
            # make a heading of a line of words right above it.
            self.gap()
            self.out.append(f"{indent}{mark} ")
            self.before = "entry"
            return self.fence(at, column + len(words) - len(match["rest"]), fence)
        if self.lines[at][0] in self.holding:
            # An element is one where it has a line of its own; like code, it then begins below the first.
            self.gap()
            self.out += [f"{indent}{mark} ", "", f"{indent}    {rest}"]
            self.before = "inner"
            return at + 1
        self.out.append(f"{indent}{mark} {self.line_end(at, rest)}")
        self.before = "entry"
        return at + 1

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
                sure = goes_on and (announced or value < _YEARS_FROM)
                if not sure:
                    return False  # "in chapter / 2. The hip", "born in / 1990. Then": words
        else:
            sure = announced or goes_on or match["mark"] in BULLETS
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
        """Whether another entry like this one is further down in the same paragraph."""
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
                # A paragraph of an entry; what is much further in is code there.
                inner = column - self.levels[-1].column - 2
                indent = 4 * depth + (inner if inner >= 4 else 0)
                self.before = "inner"
            else:
                indent = 4 * (depth if self.before == "inner" else depth - 1)
            self.out.append(" " * indent + self.line_end(at, words))
            return
        if self.table_begins(at):
            self.in_table = True
            if self.before == "words":
                self.gap()
        heading = _HEADING.match(words) if column < 4 else None
        if heading is not None:
            if heading[1]:
                words = f"{heading[1]} {words[len(heading[1]) :]}"
            hashes = _HASHES_AT_END.search(words)
            if hashes and not words.startswith(
                f"{hashes[0]} "
            ):  # "C#", which engines would cut to "C"
                words = words[: hashes.start()] + words[hashes.start() :].replace("#", "\\#")
            self.out.append(words)
            self.before = "whole"
            return
        if column < 4 and words.startswith("#") and words[1:2].strip("#"):
            words = f"\\{words}"  # "#1 of all": no heading without a space
        if (
            _UNDERLINE.match(words)
            and self.before == "words"
            and _ENDS_SENTENCE.search(self.out[-1])
        ):
            self.gap()  # a line below a sentence parts what follows; only words are underlined
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
        """A backslash at the end of a line breaks it, and so does what counts by itself below, if words follow."""
        stripped = words.rstrip(" \t")
        slashes = len(stripped) - len(stripped.rstrip("\\"))
        if at + 1 >= len(self.lines) or not self.lines[at + 1][1].strip():
            return words
        if slashes % 2 == 1:
            return f"{stripped[:-1].rstrip()}  "
        breaks = at + 1 in self.counted and not _ITEM.match(self.lines[at + 1][1].strip())
        return f"{stripped}  " if breaks else words

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
        if fence["more"]:  # no engine shows what follows the language
            block.insert(0, f"{' ' * column}{fence['language']} {fence['more']}".rstrip())
        if (self.levels and column <= self.levels[-1].column and self.before == "gap") or (
            self.levels and column <= self.levels[0].column
        ):
            # In a quotation or a box code is told by its indent, which behind a list means the list.
            del self.levels[1 if self.quoted else 0 :]
        self.gap()
        if self.levels or self.quoted:
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

    def note(self, at: int) -> int:
        """A box (``!!! note``): what is in it, four spaces in, is settled by itself."""
        end = at + 1
        while end < len(self.lines) and (
            not self.lines[end][1].strip() or _column(self.lines[end][1]) >= _NOTE_COLUMN
        ):
            end += 1
        while not self.lines[end - 1][1].strip():
            end -= 1
        inner = [(number, _dedent(line, _NOTE_COLUMN)) for number, line in self.lines[at + 1 : end]]
        settler = _Settler(inner, {}, quoted=True)
        self.levels.clear()
        self.gap()
        self.out.append(self.lines[at][1].strip())
        self.out += [f"    {line}" if line.strip() else "" for line in settler.settle()]
        self.doubts += settler.doubts
        self.gap()
        self.before = "gap"
        return end

    def quote(self, at: int) -> int:
        """A quotation: what is quoted is settled by itself."""
        end = at
        while end < len(self.lines) and self.lines[end][1].lstrip().startswith(">"):
            end += 1
        inner = [(number, re.sub(r"^[ \t]*>[ ]?", "", line)) for number, line in self.lines[at:end]]
        settler = _Settler(inner, {}, quoted=True)
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
        self.before = "inner" if self.levels else "words"
        below = self.lines[end][1].strip() if end < len(self.lines) else ""
        entry = _ITEM.match(below)
        if entry is not None and entry["mark"] not in _DASHES and not _RULE.match(below):
            self.gap()  # an entry ends a quotation, for whoever reads it
            self.before = "gap"
        return end


def _column(line: str) -> int:
    wide = line.expandtabs(4)
    return len(wide) - len(wide.lstrip(" "))


def _dedent(line: str, column: int) -> str:
    return line[min(column, _column(line)) :]
