"""Short queries as they are mistyped: each with one slip of one kind, the same in every run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from kinopress.finder.stems import STOP, words

LEAST_LETTERS = 5
KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SOUNDS = (
    *(("ph", "f"), ("ch", "k"), ("sc", "s"), ("y", "i"), ("ae", "e"), ("ea", "ee"), ("ie", "ei")),
    *(("qu", "kw"), ("us", "as"), ("kn", "n"), ("x", "cks"), ("c", "k"), ("a", "e"), ("i", "e")),
)
"""Letters, and others that sound like them."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What was meant, what was typed, and which kind of slip it is."""

    name: str
    typed: str
    kind: str


def _swapped(word: str) -> Iterator[str]:
    for at in range(1, len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _half_of_a_pair(word: str) -> Iterator[str]:
    for at in range(1, len(word)):
        if word[at] == word[at - 1]:
            yield word[:at] + word[at + 1 :]


def _dropped(word: str) -> Iterator[str]:
    for at in range(1, len(word)):
        if word[at] != word[at - 1]:
            yield word[:at] + word[at + 1 :]


def _doubled(word: str) -> Iterator[str]:
    for at in range(1, len(word)):
        yield word[:at] + word[at] + word[at:]


def _key_beside(word: str) -> Iterator[str]:
    for at in range(1, len(word)):
        for row in KEYS:
            place = row.find(word[at])
            for beside in (place - 1, place + 1):
                if place >= 0 and 0 <= beside < len(row):
                    yield word[:at] + row[beside] + word[at + 1 :]


def _as_it_sounds(word: str) -> Iterator[str]:
    for letters, others in SOUNDS:
        if letters in word[1:] or (len(letters) > 1 and word.startswith(letters)):
            head = "" if len(letters) > 1 else word[0]
            yield head + word[len(head) :].replace(letters, others, 1)


KINDS: Mapping[str, Callable[[str], Iterator[str]]] = {
    "swapped": _swapped,
    "half of a pair": _half_of_a_pair,
    "dropped": _dropped,
    "as it sounds": _as_it_sounds,
    "doubled": _doubled,
    "key beside": _key_beside,
}


def slips(names: Sequence[str], each: int) -> list[Slip]:
    """Queries with a slip in one longer word: ``each`` of every kind, where there are names enough."""
    found: list[Slip] = []
    count: Counter[str] = Counter()
    for name in sorted(set(names), key=_chance):
        said = words(name)
        longer = [word for word in said if len(word) >= LEAST_LETTERS and word not in STOP]
        if not longer:
            continue
        word = longer[_chance(name) % len(longer)]
        for kind in sorted(KINDS, key=lambda one: count[one]):
            ways = [typed for typed in KINDS[kind](word) if typed != word]
            if count[kind] < each and ways:
                typed = ways[_chance(f"{name} {kind}") % len(ways)]
                query = " ".join(typed if one == word else one for one in said)
                found.append(Slip(name, query, kind))
                count[kind] += 1
                break
    return found


def _chance(text: str) -> int:
    return crc32(text.encode())
