"""Typing mistakes that the browser forgives by itself (web/src/finder/spelling.ts does the same).

tests/golden/finder/slips.txt holds both sides to each other.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from string import ascii_lowercase

from kinopress.finder.stems import stem

SHORTEST = 4
"""Shorter words are too many words' neighbours."""

_SHORT = 4
"""In words as short only the likeliest slips count."""

TWO_SLIPS = 8
"""Stems as long as this may hold two slips."""

_ENDING = 5
"""So many letters from the end a slip may change what the ending is, and so the stem: "hamstrigns"."""

_SOUND_SHARE, _SOUND_APART, _SOUND_LEAST = 3, 3, 3
"""Words that sound alike may differ in one of so many letters, in three at most, and have so much to tell them by."""

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")

_BEGINNINGS = ("ckq", "cszp", "fp", "nkgp", "rw", "gj", "aeiouy")
"""Letters that a sound may be written with at the beginning of a word."""

_SOUNDS = tuple(
    (re.compile(pattern), letter)
    for pattern, letter in (
        (r"^(kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"ph", "f"),
        (r"gh", ""),
        (r"[st]ion|shun", "sn"),
        (r"sc(?=[eiy])|c(?=[eiy])|z", "s"),
        (r"sch|ch|ck|cq|c|q", "k"),
        (r"x", "ks"),
        (r"dg|j", "g"),
        (r"wh", "w"),
        (r"(?<=.)h", ""),
        (r"[aeiouyw]+", "a"),
        (r"(.)\1+", r"\1"),
        (r"(?<=.)a$", ""),
    )
)


def forgiven(typed: str, meant: str) -> bool:
    """Whether a word typed so, in lower-case letters, may be meant for a stem."""
    return forgiven_as_any(typed, (meant,))


def forgiven_as_any(typed: str, meant: Collection[str]) -> bool:
    """Whether a word typed so may be meant for any of some stems: its possible endings are gone through once."""
    own = stem(typed)
    if own in meant:
        return True
    if len(typed) < SHORTEST or not re.fullmatch("[a-z]+", typed):
        return False
    return any(_is_slip(typed, own, one) for one in meant) or any(
        stem(one) in meant for one in _endings_like(typed)
    )


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


def sound_of(word: str) -> str:
    """How a stem sounds, roughly: all vowels are one, letters that sound alike are, and pairs are single."""
    for pattern, letter in _SOUNDS:
        word = pattern.sub(letter, word)
    return word


def _is_slip(typed: str, own: str, meant: str) -> bool:
    if min(len(own), len(meant)) < SHORTEST or abs(len(own) - len(meant)) > _SOUND_APART:
        return False
    slips = distance(own, meant)
    if slips <= (2 if len(own) >= TWO_SLIPS else 1):
        return len(typed) > _SHORT or (own[0] == meant[0] and _is_likely(own, meant))
    return (
        len(typed) > _SHORT
        and slips <= min(_SOUND_APART, max(len(own), len(meant)) / _SOUND_SHARE)
        and len(sound_of(own)) >= _SOUND_LEAST
        and _begins_alike(own, meant)
        and sound_of(own) == sound_of(meant)
    )


def _begins_alike(a: str, b: str) -> bool:
    return a[0] == b[0] or any(a[0] in letters and b[0] in letters for letters in _BEGINNINGS)


def _endings_like(typed: str) -> Iterator[str]:
    """Words with one slip near the end of a word put right, as if it had been any letter."""
    for at in range(max(1, len(typed) - _ENDING), len(typed) + 1):
        before, letter, rest = typed[:at], typed[at : at + 1], typed[at + 1 :]
        others = [before + one + letter + rest for one in ascii_lowercase]
        if letter:
            others += [before + one + rest for one in ascii_lowercase]
            others.append(before + rest)
        if rest:
            others.append(before + rest[0] + letter + rest[1:])
        yield from (one for one in others if len(typed) > _SHORT or _is_likely(typed, one))


def _is_likely(typed: str, word: str) -> bool:
    """Whether two words differ by a slip that hands make by themselves.

    That is: letters swapped, one of a pair too few or too many, a vowel left out, the key beside.
    """
    if len(typed) == len(word):
        wrong = [at for at, letter in enumerate(typed) if letter != word[at]]
        if len(wrong) == 1:
            pair = {typed[wrong[0]], word[wrong[0]]}
            return any(
                pair <= set(row) and abs(row.index(min(pair)) - row.index(max(pair))) == 1
                for row in _KEYS
            )
        return (
            len(wrong) == 2
            and wrong[1] == wrong[0] + 1
            and typed[wrong[0]] == word[wrong[1]]
            and typed[wrong[1]] == word[wrong[0]]
        )
    short, long = sorted((typed, word), key=len)
    at = next((n for n, letter in enumerate(short) if letter != long[n]), len(short))
    letter = long[at]
    pair_of = (long[at - 1] if at else "", long[at + 1 : at + 2])
    return letter in pair_of or (long == word and letter in "aeiou")
