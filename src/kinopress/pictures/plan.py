"""In which sizes is a picture made?

A phone's photo is four times as wide as the column it is shown in. Four widths are enough for a
plain phone, a plain large screen, a phone with three pixels for one, and a large screen with two;
never more than the source has. Pure.
"""

from __future__ import annotations

WIDTHS_PX = (480, 760, 1080, 1440)
"""The column of words is at most 700 px wide; 1440 is that on a screen with two pixels for one."""

HEIGHT_MAX_PX = 12_000
"""WebP ends at 16,383; a longer picture is a page of text."""

_NEAR = 1.2
"""A width within a fifth of the next smaller one is not worth a file."""


def sizes(width: int, height: int) -> tuple[tuple[int, int], ...]:
    """Widths and heights to make, smallest first, for a picture of this size.

    Args:
        width: Pixels across, upright.
        height: Pixels down, upright.
    """
    widest = max(1, min(width, WIDTHS_PX[-1], width * HEIGHT_MAX_PX // height))
    smaller = [at for at in WIDTHS_PX if at * _NEAR < widest]
    return tuple((at, max(1, round(height * at / width))) for at in (*smaller, widest))
