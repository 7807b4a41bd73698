"""Markdown as writers write it, made into Markdown that every engine reads alike (pure).

Engines differ where writers are at ease: a list straight after words, a list inside another two
spaces in, ``1)`` for ``1.``, a box to tick, a backslash at the end of a line, Markdown in
``<details>``. Here such a text becomes one that leaves no room for two opinions. Words keep their
meaning: where a line inside a paragraph may be a list or may be its next words, it stays words and
the writer is told (:class:`~kinopress.content.markdown.writers.doubts.Doubt`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from kinopress.content.markdown.typed_lists import (
    BULLETS,
    agree,
    counted_lines,
    figure_behind,
    glued_entry,
)
from kinopress.content.markdown.writers.around import (
    agrees_below,
    figures_begin,
    follows,
    join_words_below,
    table_begins,
)
from kinopress.content.markdown.writers.blocks import fenced, noted, quoted_lines
from kinopress.content.markdown.writers.doubts import Doubt
from kinopress.content.markdown.writers.html import settle_html
from kinopress.content.markdown.writers.lines import (
    BEGINS_ANEW,
    COLON_AT_END,
    DASHES,
    EMPTY_SIGN,
    ENDS_SENTENCE,
    FENCE,
    HEADING,
    HTML_LINE,
    ITEM,
    NOTE,
    PARTS,
    RULE,
    TASK,
    UNDERLINE,
    YEARS_FROM,
    as_heading,
    column_of,
    plain_blanks,
)


@dataclass(slots=True)
class Settled:
    """A text that every engine reads alike, and what could not be decided."""

    text: str
    doubts: list[Doubt] = field(default_factory=list)


def settle(text: str, omitted: Collection[int] = ()) -> Settled:
    """Make one reading of a text.

    Args:
        text: The Markdown of a page, without comments.
        omitted: Indices of lines that held nothing but a comment: they are left out, so that a
            comment parts neither a list nor a table.
    """
    html = settle_html(text)
    inside = {number for first, last in html.typed.items() for number in range(first, last + 1)}
    lines = [
        (number, line if number in inside else plain_blanks(line))
        for number, line in enumerate(html.text.split("\n"), start=1)
        if number - 1 not in omitted
    ]
    settler = _Settler(lines, html.typed, html.holding)
    return Settled("\n".join(settler.settle()), settler.doubts)


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
        if number in self.typed and (not self.levels or column_of(line) <= self.levels[0].column):
            return self.as_typed(at)
        if EMPTY_SIGN.match(line) and join_words_below(self.lines, at):
            return at + 1  # its words are on the next line
        if EMPTY_SIGN.match(line) and self.before == "words" and not self.levels:
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
        announced = self.announced() and ITEM.match(words) is not None
        if column > 3 and not self.levels and self.before in ("gap", "code") and not announced:
            self.out.append(line)
            self.before = "code"
            return at + 1
        if fence := FENCE.match(words):
            return self.fence(at, column, fence)
        if words.startswith(">") and column < 4:
            return self.quote(at)
        if NOTE.match(words) and column < 4:
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
        return (bool(self.levels) or above.startswith(">")) and PARTS.match(words) is not None

    # Lists

    def close_levels(self, column: int, words: str) -> None:
        """Leave the lists a line does not belong to."""
        if not self.levels:
            return
        if self.before == "gap":
            is_item = ITEM.match(words) is not None and not RULE.match(words)
            while self.levels and column < self.levels[-1].column + (0 if is_item else 2):
                self.levels.pop()
        elif BEGINS_ANEW.match(words) and column <= self.levels[0].column:
            self.levels.clear()
            self.gap()
            self.before = "gap"

    def spaced(self, at: int) -> str:
        """The line at an index; where it surely is an entry whose character lacks its space, with that space."""
        number, line = self.lines[at]
        entry = glued_entry(line)
        if entry is None:
            sign = figure_behind(line.strip())
            if sign and figures_begin(self.lines, at, sign):
                self.doubts.append(Doubt(number, sign, lacks_space=True))
            return line
        mark, rest = entry
        column = column_of(line)
        top = self.levels[-1] if self.levels else None
        above = f"{top.number}{mark[-1]}" if top and top.ordered else top.sign if top else ""
        if (above and agree(above, mark)) or self.announced() or agrees_below(self.lines, at, mark):
            self.lines[at] = (number, f"{' ' * column}{mark} {rest}")
            for below in range(at + 1, len(self.lines)):  # those of its paragraph go with it
                other = glued_entry(self.lines[below][1])
                if not self.lines[below][1].strip():
                    break
                if other and (other[0] == mark or mark[0].isdigit() == other[0][0].isdigit()):
                    indent = " " * column_of(self.lines[below][1])
                    self.lines[below] = (self.lines[below][0], f"{indent}{other[0]} {other[1]}")
        return self.lines[at][1]

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
        match = ITEM.match(words)
        if match is None or RULE.match(words):
            return 0
        sign = match["mark"][-1] if match["number"] else match["mark"]
        value = int(match["number"]) if match["number"] else 0
        if sign in DASHES and not (self.same_sign(sign) or follows(self.lines, at, match)):
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
        rest = TASK.sub(lambda box: "☐ " if box[1] == " " else "☑ ", match["rest"], count=1)
        indent = "    " * (len(levels) - 1)
        if fence := FENCE.match(rest):
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
        match = ITEM.match(line.strip())
        if match is None or RULE.match(line.strip()) or self.before != "words":
            return False
        announced = self.announced()
        goes_on = follows(self.lines, at, match)
        if match["number"]:
            value = int(match["number"])
            if value == 1:
                sure = announced or goes_on
            else:
                sure = goes_on and (announced or value < YEARS_FROM)
                if not sure:
                    return False  # "in chapter / 2. The hip", "born in / 1990. Then": words
        else:
            sure = announced or goes_on or match["mark"] in BULLETS
            if match["mark"] in DASHES and not goes_on:
                return False  # a dash between words
        if not sure:
            self.doubts.append(Doubt(number, match["mark"]))
        return sure

    def announced(self) -> bool:
        """Whether the words above end with a colon: what comes is what they announce."""
        last = next((line for line in reversed(self.out) if line.strip()), "")
        return COLON_AT_END.search(last) is not None

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
        if table_begins(self.lines, at):
            self.in_table = True
            if self.before == "words":
                self.gap()
        heading = HEADING.match(words) if column < 4 else None
        if heading is not None:
            words = as_heading(words, heading)
            self.out.append(words)
            self.before = "whole"
            return
        if column < 4 and words.startswith("#") and words[1:2].strip("#"):
            words = f"\\{words}"  # "#1 of all": no heading without a space
        if UNDERLINE.match(words) and self.before == "words" and ENDS_SENTENCE.search(self.out[-1]):
            self.gap()  # a line below a sentence parts what follows; only words are underlined
        kept = self.lines[at][1] if column > 3 or words == self.lines[at][1].lstrip() else words
        self.out.append(self.line_end(at, kept))
        block = (
            words.startswith("{{")
            or RULE.match(words) is not None
            or HTML_LINE.match(words) is not None
        )
        self.before = "whole" if block else "words"

    def line_end(self, at: int, words: str) -> str:
        """A backslash at the end of a line breaks it, and so does what counts by itself below, if words follow."""
        stripped = words.rstrip(" \t")
        slashes = len(stripped) - len(stripped.rstrip("\\"))
        if at + 1 >= len(self.lines) or not self.lines[at + 1][1].strip():
            return words
        if slashes % 2 == 1:
            return f"{stripped[:-1].rstrip()}  "
        breaks = at + 1 in self.counted and not ITEM.match(self.lines[at + 1][1].strip())
        return f"{stripped}  " if breaks else words

    def gap(self) -> None:
        if self.out and self.out[-1].strip():
            self.out.append("")

    # Blocks of several lines

    def fence(self, at: int, column: int, fence: re.Match[str]) -> int:
        """A fenced block; inside a list it becomes an indented one, which every engine knows there."""
        language, block, end = fenced(self.lines, at, column, fence)
        if (self.levels and column <= self.levels[-1].column and self.before == "gap") or (
            self.levels and column <= self.levels[0].column
        ):
            # In a quotation or a box code is told by its indent, which behind a list means the list.
            del self.levels[1 if self.quoted else 0 :]
        self.gap()
        if self.levels or self.quoted:
            indent = " " * (4 * len(self.levels) + 4)
            self.out += [f"{indent}{line}" if line.strip() else "" for line in block]
            self.out.append("")
            self.before = "gap"
        else:
            self.out += [fence["mark"] + language, *block]
            self.out.append(
                fence["mark"]
            )  # also where the coach left it open: nothing of ours is code
            self.before = "whole"
        return end

    def note(self, at: int) -> int:
        """A box (``!!! note``): what is in it, four spaces in, is settled by itself."""
        inner, end = noted(self.lines, at)
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
        inner, end = quoted_lines(self.lines, at)
        settler = _Settler(inner, {}, quoted=True)
        quoted = [
            f"> {line}".rstrip(" ") if not line.endswith("  ") else f"> {line}"
            for line in settler.settle()
        ]
        self.doubts += settler.doubts
        if self.levels and column_of(self.lines[at][1]) > self.levels[-1].column:
            indent = "    " * len(self.levels)
        else:
            self.levels.clear()
            indent = ""
        self.gap()
        self.out += [f"{indent}{line}" for line in quoted]
        self.before = "inner" if self.levels else "words"
        below = self.lines[end][1].strip() if end < len(self.lines) else ""
        entry = ITEM.match(below)
        if entry is not None and entry["mark"] not in DASHES and not RULE.match(below):
            self.gap()  # an entry ends a quotation, for whoever reads it
            self.before = "gap"
        return end
