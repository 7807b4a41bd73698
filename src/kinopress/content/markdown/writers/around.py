"""What the lines around one say of it: do they make an entry, or a table, of it (pure)?"""

from __future__ import annotations

import re
from collections.abc import MutableSequence

from kinopress.content.markdown.typed_lists import agree, figure_behind, glued_entry
from kinopress.content.markdown.writers.lines import ITEM, TABLE_RULE, column_of

Numbered = MutableSequence[tuple[int, str]]
"""Lines of a text, each with its number there: of those left out the numbers are missing."""


def join_words_below(lines: Numbered, at: int) -> bool:
    """Put the words of an entry that begin on the line below its character after it; whether there are any."""
    _, line = lines[at]
    below = lines[at + 1][1] if at + 1 < len(lines) else ""
    if column_of(below) < column_of(line) + 2 or not below.strip():
        return False
    lines[at + 1] = (lines[at + 1][0], f"{line.rstrip()} {below.strip()}")
    return True


def agrees_below(lines: Numbered, at: int, mark: str) -> bool:
    """Whether the next entry is below: in this paragraph, or as the first line of the next one."""
    gap = False
    for _, line in lines[at + 1 :]:
        if not line.strip():
            gap = True
            continue
        item = ITEM.match(line.strip())
        other = glued_entry(line) or ((item["mark"], "") if item else None)
        if other is not None and agree(mark, other[0]):
            return True
        if gap:
            return False
    return False


def follows(lines: Numbered, at: int, match: re.Match[str]) -> bool:
    """Whether another entry like this one is further down in the same paragraph."""
    column = column_of(lines[at][1])
    for _, line in lines[at + 1 :]:
        if not line.strip():
            return False
        other = ITEM.match(line.strip())
        if other is None or abs(column_of(line) - column) > 1:
            continue
        if match["number"] and other["number"]:
            return int(other["number"]) in (int(match["number"]) + 1, 1)
        if not match["number"]:
            return other["mark"] == match["mark"]
    return False


def table_begins(lines: Numbered, at: int) -> bool:
    """Whether a line is the head of a table."""
    below = lines[at + 1][1] if at + 1 < len(lines) else ""
    return "|" in lines[at][1] and TABLE_RULE.match(below) is not None


def figures_begin(lines: Numbered, at: int, sign: str) -> bool:
    """Whether a line that begins with a figure is the first of several: ``-5 degrees`` above ``-6 degrees``."""
    before, after = (
        figure_behind(lines[n][1].strip() if 0 <= n < len(lines) else "") for n in (at - 1, at + 1)
    )
    return after == sign and before != sign
