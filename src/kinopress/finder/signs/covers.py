"""Covers of the rules for warning signs: words of which whatever meets any rule holds one.

Of every rule one part is covered, with a word of each phrase that will do there. Phrases with a word that the index does
not know are left out: such words pass by themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import chain

from kinopress.finder.typos import distance

Part = str | int
"""A stem or ``#``, or the number of a set."""

Phrases = Collection[frozenset[Part]]
"""Phrases of which any will do: all parts of one of them must be there."""

LONG = 8
"""Letters from which on a slip tells by itself which of the index's words was meant."""

_REACH = 3
"""Slips between a word of the index and one of the rules that a word mistyped may be near at once: one and two."""


class Cover:
    """Sets of phrases and rules, and what of their words must be counted.

    A set counts where each of its phrases holds a word that counts or a set that does; a rule must have one that does.
    """

    def __init__(self, sets: Sequence[Phrases], rules: Collection[tuple[int, ...]]) -> None:
        self._rules_of: defaultdict[int, list[tuple[int, ...]]] = defaultdict(list)
        for rule in rules:
            for one in rule:
                self._rules_of[one].append(rule)
        self._phrases_of: defaultdict[Part, list[tuple[int, frozenset[Part]]]] = defaultdict(list)
        self._needed = _needed(sets, rules)
        for one in self._needed:
            for phrase in sets[one]:
                for part in phrase:
                    self._phrases_of[part].append((one, phrase))
        self.words = [part for part in self._phrases_of if isinstance(part, str)]

    def least(self, order: Sequence[str], rules: Collection[tuple[int, ...]]) -> set[str]:
        """A cover of some rules from which no word can be left out, those first in the order left out before others."""
        words = set(self.words)
        holds = set(self._needed)
        for word in order:
            words.discard(word)
            lost = self._lost(word, words, holds, rules)
            if lost is None:
                words.add(word)
            else:
                holds -= lost
        return words

    def _lost(
        self,
        word: str,
        words: set[str],
        holds: set[int],
        rules: Collection[tuple[int, ...]],
    ) -> set[int] | None:
        """Sets that no longer count without a word; None where a rule would have none left."""
        lost: set[int] = set()
        waiting: list[int] = []

        def without(gone: Part) -> None:
            for one, phrase in self._phrases_of[gone]:
                if (
                    one in holds
                    and one not in lost
                    and not any(
                        (p in holds and p not in lost) if isinstance(p, int) else p in words
                        for p in phrase
                    )
                ):
                    lost.add(one)
                    waiting.append(one)

        without(word)
        while waiting:
            one = waiting.pop()
            for rule in self._rules_of[one]:
                if rule in rules and lost.issuperset(o for o in rule if o in holds):
                    return None
            without(one)
        return lost


def _needed(sets: Sequence[Phrases], rules: Iterable[Iterable[int]]) -> list[int]:
    """Sets that some rule needs, each after those it is made of."""
    waiting = [*chain.from_iterable(rules)]
    found: set[int] = set()
    while waiting:
        at = waiting.pop()
        if at not in found:
            found.add(at)
            waiting += [part for phrase in sets[at] for part in phrase if isinstance(part, int)]
    return sorted(found)


def near_any(vocabulary: Iterable[str], strange: Iterable[str]) -> Iterable[str]:
    """Long words that one of some strange ones is near: what is mistyped for one of them may be meant for the other."""
    by_letter: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for word in strange:
        if len(word) >= LONG - _REACH:
            by_letter[word[0]].append((word, _letters_of(word)))
    for word in vocabulary:
        letters = _letters_of(word) if len(word) >= LONG else 0
        if letters and any(
            (letters & ~of).bit_count() <= _REACH
            and (of & ~letters).bit_count() <= _REACH
            and distance(word, other) <= _REACH
            for other, of in by_letter[word[0]]
        ):
            yield word


def _letters_of(word: str) -> int:
    """Which letters a word has and how many times, a bit each: a slip takes one of them away, or adds one."""
    bits = 0
    for letter in word:
        bit = 1 << (ord(letter) & 31)
        while bits & bit:
            bit <<= 32
        bits |= bit
    return bits
