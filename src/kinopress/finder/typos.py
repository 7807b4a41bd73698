"""Typing mistakes that the browser forgives by itself (web/src/finder/near.ts does the same)."""

from __future__ import annotations

SHORTEST = 4
"""Shorter words are too many words' neighbours."""

TWO_SLIPS = 8
"""Words as long as this may hold two slips."""


def forgiven(typed: str, meant: str) -> bool:
    """Whether a stem typed so leads to the stem that was meant."""
    if typed == meant:
        return True
    if min(len(typed), len(meant)) < SHORTEST:
        return False
    most = 2 if len(typed) >= TWO_SLIPS else 1
    return abs(len(typed) - len(meant)) <= most and distance(typed, meant) <= most


def distance(a: str, b: str) -> int:
    """Letters changed, missing, added, or two swapped (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i in range(1, len(a) + 1):
        row = [i]
        for j in range(1, len(b) + 1):
            changed = int(a[i - 1] != b[j - 1])
            slips = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + changed)
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                slips = min(slips, before[j - 2] + 1)
            row.append(slips)
        before, last = last, row
    return last[-1]
