"""Is a word another one with a typing mistake? For "did you mean", which must not guess wildly."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

COMPARED_MAX = 80
"""No name of a field, page or term is longer; comparing takes time that grows with the square."""

_LETTERS_A_SLIP = 4
"""One slip in so many letters: two in eight, and none of them a guess."""

_ENDING_MAX = 2
"""So many letters more are an ending: ``does`` is do."""

_BEGINNING_MIN = 4
"""So many letters at the beginning are enough for a form of the same word: ``stretching`` and stretch."""


def nearest_words(word: str, known: Iterable[str], count: int) -> list[str]:
    """The words most like one, best first; all in the same case. Empty when none is like it."""
    word = word[:COMPARED_MAX]
    names = list(known)
    found = difflib.get_close_matches(word, names, n=3 * count, cutoff=0.6)
    near = [name for name in found if is_near(word, name)]
    if not near:  # a page that was renamed: side-lying-clam for clam
        parts = _parts(word)
        near = [name for name in names if parts and _is_part(parts, _parts(name))]
    return near[:count]


_OF_HOW_MANY = 3
"""One word of three may be what was meant; one of a whole sentence (bent like a banana) is in it by chance."""


def _is_part(some: frozenset[str], whole: frozenset[str]) -> bool:
    return some <= whole and len(whole) <= _OF_HOW_MANY * len(some)


def _parts(name: str) -> frozenset[str]:
    """The words of a name that say something."""
    return frozenset(part for part in re.split(r"[\s_-]+", name) if len(part) >= _BEGINNING_MIN)


def is_near(word: str, name: str) -> bool:
    """Whether one is the other but for slips, or a form of it that begins alike."""
    shorter, longer = sorted((word, name), key=len)
    if longer.startswith(shorter) and (
        len(shorter) >= _BEGINNING_MIN or len(longer) - len(shorter) <= _ENDING_MAX
    ):
        return True
    allowed = max(1, len(word) // _LETTERS_A_SLIP)
    return len(longer) - len(shorter) <= allowed and _slips(word, name) <= allowed


def _slips(one: str, other: str) -> int:
    """How many letters are missing, too many, wrong, or swapped with the next (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one):
        now = [i + 1]
        for j, theirs in enumerate(other):
            cost = min(last[j + 1] + 1, now[j] + 1, last[j] + (letter != theirs))
            if i and j and letter == other[j - 1] and one[i - 1] == theirs:
                cost = min(cost, before[j - 1] + 1)
            now.append(cost)
        before, last = last, now
    return last[-1]
