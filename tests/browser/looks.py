"""How a page looks, coarsely enough that other fonts look alike: its first screen as a few grey blocks."""

from __future__ import annotations

import io

from PIL import Image
from playwright.sync_api import Page

COLUMNS = 12
"""Blocks side by side. A line of words is a fraction of one, so its font and where it wraps weigh little."""
LEVELS = 16
"""Greys that are told apart; one of them is a letter in the baseline."""
_LETTERS = "0123456789abcdef"


def look_of(page: Page) -> str:
    """The first screen as rows of hexadecimal digits, from ``0``, black, to ``f``, white."""
    # What JPEG loses is nothing beside a block, and to pack a PNG takes Chromium twice as long.
    shot = page.screenshot(animations="disabled", type="jpeg", quality=90)
    picture = Image.open(io.BytesIO(shot)).convert("L")
    rows = round(COLUMNS * picture.height / picture.width)
    small = picture.resize((COLUMNS, rows), Image.Resampling.BOX)
    greys = [_LETTERS[value * LEVELS // 256] for value in small.tobytes()]
    return "\n".join("".join(greys[at : at + COLUMNS]) for at in range(0, len(greys), COLUMNS))


def unlike(one: str, other: str) -> float:
    """How different two looks are, 0 to 1: the mean difference of their blocks, each beside the nearest of its neighbours.

    A paragraph that is a line longer moves what is below it by less than a block; the neighbour above or below
    is then the one to compare with.
    """
    before, after = one.splitlines(), other.splitlines()
    if [len(row) for row in before] != [len(row) for row in after]:
        return 1.0
    return max(_one_way(before, after), _one_way(after, before))


def _one_way(before: list[str], after: list[str]) -> float:
    total = 0
    for y, row in enumerate(before):
        for x, letter in enumerate(row):
            beside = after[max(y - 1, 0) : y + 2]
            greys = [int(line[x], LEVELS) for line in beside]
            grey = int(letter, LEVELS)
            # Between two neighbours lies every grey of an edge that has moved by part of a block.
            total += max(min(greys) - grey, grey - max(greys), 0)
    return total / (len(before) * len(before[0]) * (LEVELS - 1))
