"""Numbers as short text, for an index that travels over a poor phone network.

Each number is written in groups of five bits, the lowest first, as one of 64 letters;
the upper 32 letters say that a group follows. web/src/finder/coding.ts reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

LINE = "\x7f"
"""Parts the lines of a column. Nobody can type it, and JSON writes it as one byte, where a line's end takes two: of the
index of this project's site that is a hundredth."""


def number(value: int) -> str:
    """One number from 0 up."""
    written = ""
    while value >= 32:
        written += ALPHABET[32 + value % 32]
        value //= 32
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
