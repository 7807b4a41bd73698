"""Numbers as short text, for an index that travels over a poor phone network.

Each number is written in letters, the lowest first. One of the first 61 letters is the last of a number; one of the other
20 says that another follows, of which one more is worth 20. So numbers up to 60 take one letter and up to 1280 two, which
nearly all are: with as many letters of either sort, 32, the rules for warning signs were a hundredth larger.
web/src/finder/coding.ts reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" + "#$%'()*<?@[]^`{}~"
"""Letters that JSON writes as one byte and that part nothing in the files of the search."""

_LAST = 61
"""So many letters are the last of a number."""

LINE = "\x7f"
"""Parts the lines of a column. Nobody can type it, and JSON writes it as one byte, where a line's end takes two: of the
index of this project's site that is a hundredth."""


def number(value: int) -> str:
    """One number from 0 up."""
    more = len(ALPHABET) - _LAST
    written = ""
    while value >= _LAST:
        value, letter = divmod(value - _LAST, more)
        written += ALPHABET[_LAST + letter]
    return written + ALPHABET[value]


def numbers(values: Iterable[int]) -> str:
    """Numbers in a row, without anything between them."""
    return "".join(map(number, values))


def rising(values: Sequence[int]) -> str:
    """Rising numbers, as the steps between them, the first from 0."""
    return numbers(value - before for before, value in pairwise((0, *values)))


def front_coded(words: Sequence[str]) -> str:
    """Sorted words: each as the length of what it shares with the one before (a letter), and the rest.

    Shared lengths are capital letters (A none, B one …), words are lower-case letters and digits,
    so the parts can be told apart without a separator.
    """
    written, before = [], ""
    for word in words:
        shared = 0
        while shared < min(len(word), len(before), 25) and word[shared] == before[shared]:
            shared += 1
        written.append(chr(ord("A") + shared) + word[shared:])
        before = word
    return "".join(written)
