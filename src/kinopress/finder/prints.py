"""Fingerprints of names and phrases: a few bits that say what may have been typed, where the text itself would cost too much.

The browser makes the same of what is in the field (web/src/finder/prints.ts); the golden files of
tests/golden/finder hold both sides together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kinopress.finder.packing import ALPHABET
from kinopress.finder.stems import content_stems, words

_BITS_A_NAME = 3
"""A query in four that is not a name seems to be one, and costs its reader a file that was not needed."""

_BITS_A_LETTER = 6
_LETTERS_A_PHRASE = 2
"""4096 prints: a page holds some twenty phrases, and must hold every word of the query besides."""


def print_of(text: str) -> int:
    """A number of 32 bits for a text in letters of ASCII (FNV-1a)."""
    value = 0x811C9DC5
    for letter in text.encode("ascii"):
        value = (value ^ letter) * 0x01000193 & 0xFFFFFFFF
    return value


def name_bits(names: Iterable[str]) -> str:
    """Which names there may be: a bit for each, at its print's place in a row; six bits a letter, the lowest first."""
    squashed = sorted({"".join(words(name)) for name in names} - {""})
    letters = [0] * -(-len(squashed) * _BITS_A_NAME // _BITS_A_LETTER)
    for name in squashed:
        at = print_of(name) % (len(letters) * _BITS_A_LETTER)
        letters[at // _BITS_A_LETTER] |= 1 << at % _BITS_A_LETTER
    return "".join(ALPHABET[letter] for letter in letters)


def phrase_prints(phrases: Sequence[str]) -> str:
    """Two letters for each phrase, made of the stems that say something, in any order."""
    return "".join(map(_phrase_print, phrases))


def _phrase_print(phrase: str) -> str:
    value = print_of(" ".join(sorted(content_stems(phrase))))
    letters = (value >> _BITS_A_LETTER * at & 63 for at in range(_LETTERS_A_PHRASE))
    return "".join(ALPHABET[letter] for letter in letters)
