"""What must at least be said before a warning sign can be meant: the rules, weakened, for the index.

The rules (:mod:`kinopress.finder.signs.rules`) are large and most searches need none of them. The gate is
made of the very text that the browser would read, so that whatever meets a rule passes the gate. It is two gates, and
a text has to pass both: each is wrong about ordinary texts in its own way, and none keeps a rule out.

The first is a formula:

* the order of words, gaps, denials and what rules a sign out are dropped; what is left asks only
  which words are there;
* a phrase with a word that the index does not know is dropped: in a query such a word is one that
  the index does not know either, and these pass by their first letter and length;
* a word that readers hardly ever say passes alone, and every phrase that holds it is dropped. Where such words
  alone are enough to see a rule, the rule is dropped, and of these words only those are kept that some rule needs;
* of a phrase the two words that readers say least are kept, of a rule the three parts that they say least;
* a rule that another one implies is dropped.

The second is a cover (:mod:`kinopress.finder.signs.covers`): the words, as few and as seldom said as may be, of which
every rule needs one.

Each of these lets more through, never less. ``web/src/finder/asking.ts`` reads the gate.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from math import prod

from kinopress.finder.packing import numbers, rising
from kinopress.finder.signs.covers import Cover, near_any
from kinopress.finder.stems import IRREGULAR, STOP, stem

NUMBER = "#"
"""Stands for any number."""

Part = str | int
"""A stem, ``#`` or the number of a group."""

Set = frozenset[Part]
Any = frozenset[Set]
"""Alternatives: all parts of one of them must be there."""

PRICE_MOST = 0.0007
"""How dear a word may be that passes alone, by how often the rules hold it.

Measured on this project's site: fewer pass at a smaller price, and the gate weighs more; FIGURES.md has the table."""

_PRICE_OF_REST = 0.0006
"""The same, by how often those rules hold it that the formula is left with."""

_SHARE_MOST = 0.03
"""A word that so many of what readers say hold never passes alone: "knee" is in most of what this site is for."""

COVERS = 2
"""With a third fewer than one ordinary text in a hundred more is stopped."""

_OF_ALL = 0.05
"""What a word counts in a cover beside how often it alone lets a text through: one that is common may be in others."""

STOP_STEMS = frozenset(map(stem, STOP))
_STOPS = {word: at for at, word in enumerate([*sorted(STOP_STEMS), NUMBER])}
"""Words that say nothing of a page and any number: the program knows them too, so only their places travel."""

_PHRASE_MOST = 2
"""As it travels: alone, or both of a pair."""

_PARTS_LEAST, _PARTS_MOST = 2, 3
"""Of a rule two parts, and a third where the two are often said together: any knee that hurts when running."""

_SELDOM = 0.05
"""As a share of what readers say, if either were said without regard to the other."""

_READ_AS = {"wee": "little", "faint": "little"}
"""Words that the rules read as others beside some words."""


@dataclass(frozen=True, slots=True)
class Gate:
    """The weakened rules.

    Attributes:
        alone: Stems that pass the formula alone.
        groups: By number, each of smaller ones.
        rules: Alternatives that must all be there.
        lengths: By first letter, how long the shortest and the longest word of the rules is: what an unknown word may
            have been meant for.
        covers: Stems of which whatever meets a rule holds one, or a word that the index does not know.
        wary: Long words of the index that an unknown word of the rules is near.
    """

    alone: frozenset[str]
    groups: Mapping[int, Any]
    rules: Sequence[frozenset[Any]]
    lengths: Mapping[str, tuple[int, int]]
    covers: Sequence[Collection[str]]
    wary: frozenset[str]


def make_gate(
    said_groups: Sequence[str],
    said_rules: Sequence[Sequence[str]],
    misheard: Mapping[str, str],
    vocabulary: Collection[str],
    often: Mapping[str, float],
    phrases: Iterable[Collection[str]],
) -> Gate:
    """The gate before a site's rules.

    Args:
        said_groups: Groups as :func:`kinopress.finder.signs.rules.sign_file` gives them.
        said_rules: Rules, the same.
        misheard: Words as they are mistyped, and what they are read as.
        vocabulary: Stems that the index knows.
        often: The share of readers' phrases that hold a stem.
        phrases: What readers say, as stems.
    """
    known = {*vocabulary, *STOP_STEMS, NUMBER}
    groups, rules, near, spoken = _read(said_groups, said_rules)
    misheard = {**misheard, **_READ_AS}

    def price(word: str) -> float:
        # Nobody has counted the small words and numbers of readers' phrases; these are taken to be common.
        return often.get(word, 0.0) + 0.1 * (word in STOP_STEMS) + 0.02 * (word == NUMBER)

    def cheap(held: Counter[Part], least: float) -> set[str]:
        return {
            word
            for word, count in held.items()
            if isinstance(word, str) and price(word) <= min(_SHARE_MOST, least * (count + 1))
        }

    made, asked = _weakened(groups, rules, known, price)
    asked_alone = [frozenset([frozenset([frozenset([at])])]) for at in near if made[at]]
    alone0 = cheap(_held(made, [*asked, *asked_alone]), PRICE_MOST)
    covered = _Covered(groups, rules, near, known)
    told = covered.rules_with(alone0)
    alone = covered.least(told, {word: (word in alone0, -price(word)) for word in covered.words})
    rest = [rule for rule, at in zip(asked, covered.rows, strict=True) if at not in told]
    rest += [
        rule for rule, at in zip(asked_alone, near_rows(near, made), strict=True) if at not in told
    ]
    formula, left = _without(alone, made, rest)
    alone |= cheap(_held(formula, left), _PRICE_OF_REST)
    # A word misheard for another, which the index knows as one of its own, may be any.
    alone |= {stem(word) for word, meant in misheard.items() if stem(meant) in spoken} & known
    made, kept = _without(alone, made, rest)
    forms = {form for form, of in IRREGULAR.items() if of in spoken}
    slips = {stem(word) for word, meant in misheard.items() if stem(meant) in spoken}
    return Gate(
        frozenset(alone),
        made,
        _needed_rules(kept, made),
        _lengths(spoken | forms | slips),
        _covers(covered, price, phrases, known, misheard),
        frozenset(near_any(vocabulary, (spoken | forms | slips) - known)),
    )


def _lengths(words: Iterable[str]) -> dict[str, tuple[int, int]]:
    of = defaultdict[str, list[int]](list)
    for word in words:
        of[word[0]].append(len(word))
    return {letter: (min(all_), max(all_)) for letter, all_ in of.items()}


def _covers(
    covered: _Covered,
    price: Callable[[str], float],
    phrases: Iterable[Collection[str]],
    known: set[str],
    misheard: Mapping[str, str],
) -> list[set[str]]:
    """Covers of all rules, each made for what those before let through."""
    said = [{NUMBER if word.isdigit() else word for word in phrase} for phrase in phrases]
    said = [phrase for phrase in said if phrase <= known]
    many = max(1, len(said))
    of_all = Counter(chain.from_iterable(said))
    covers: list[set[str]] = []
    for _ in range(COVERS):
        passing = Counter(chain.from_iterable(said))
        share = {
            word: (passing[word] + _OF_ALL * of_all[word]) / many + _OF_ALL * price(word)
            for word in covered.words
        }
        cover = covered.least(covered.all, {word: (False, -of) for word, of in share.items()})
        cover |= known & {stem(word) for word, meant in misheard.items() if stem(meant) in cover}
        covers.append(cover)
        said = [phrase for phrase in said if not cover.isdisjoint(phrase)]
    return covers


def near_rows(near: Sequence[int], made: Mapping[int, Any]) -> list[tuple[int, ...]]:
    """The groups that ask by themselves, as rows of a cover."""
    return [(at,) for at in near if made[at]]


def _weakened(
    groups: Sequence[Iterable[Set]],
    rules: Iterable[Iterable[Iterable[Set]]],
    known: Collection[str],
    price: Callable[[str], float],
) -> tuple[dict[int, Any], list[frozenset[Any]]]:
    """Groups and rules of which only the rarest words and parts are left, all known."""

    def weaker(said: Iterable[Set], there: Mapping[int, Any]) -> Any:
        kept: set[Set] = set()
        for phrase in said:
            stems_ = sorted((p for p in phrase if isinstance(p, str)), key=lambda p: (price(p), p))
            inner = sorted(p for p in phrase if isinstance(p, int))
            if all(word in known for word in stems_) and all(there[at] for at in inner):
                parts: list[Part] = [*inner, *stems_]
                kept.add(frozenset(parts[:_PHRASE_MOST]))
        return _without_longer(kept)

    made: dict[int, Any] = {}
    for at, said in enumerate(groups):
        made[at] = weaker(said, made)

    @cache
    def said_by(said: Any) -> float:
        """How often readers say one of them, roughly."""
        return sum(
            min((price(p) if isinstance(p, str) else said_by(made[p]) for p in phrase), default=1.0)
            for phrase in said
        )

    def rarest(parts: Iterable[Any]) -> frozenset[Any]:
        kept: list[Any] = []
        by_share = sorted(set(parts), key=lambda p: (said_by(p), sorted(map(sorted_parts, p))))
        for part in by_share[:_PARTS_MOST]:
            if len(kept) < _PARTS_LEAST or prod(map(said_by, kept)) > _SELDOM:
                kept.append(part)
        return frozenset(kept)

    return made, [rarest(weaker(slot, made) for slot in rule) for rule in rules]


def _held(groups: Mapping[int, Any], rules: Iterable[frozenset[Any]]) -> Counter[Part]:
    """How many phrases hold a word."""
    return Counter(
        part
        for said in [*groups.values(), *(s for rule in set(rules) for s in rule)]
        for phrase in said
        for part in phrase
    )


class _Covered:
    """Rules, and groups that ask by themselves, as what a cover is made for."""

    def __init__(
        self,
        groups: Sequence[Iterable[Set]],
        rules: Iterable[Iterable[Sequence[Set]]],
        near: Iterable[int],
        known: Collection[str],
    ) -> None:
        def phrases(said: Iterable[Set]) -> list[Set]:
            return [
                phrase
                for phrase in dict.fromkeys(said)
                if all(isinstance(part, int) or part in known for part in phrase)
            ]

        self._sets = [phrases(said) for said in groups]
        place: dict[frozenset[Set], int] = {}
        self.rows = []
        for rule in rules:
            row = []
            for slot in rule:
                said = frozenset(slot)
                only = next(iter(slot[0])) if len(said) == 1 and len(slot[0]) == 1 else ""
                if isinstance(only, int):
                    row.append(only)
                    continue
                if said not in place:
                    place[said] = len(self._sets)
                    self._sets.append(phrases(slot))
                row.append(place[said])
            self.rows.append(tuple(sorted(row)))
        self.all = dict.fromkeys([*self.rows, *((at,) for at in near)])
        self._cover = Cover(self._sets, self.all)
        self.words = self._cover.words

    def rules_with(self, alone: Collection[str]) -> set[tuple[int, ...]]:
        """Rules that are covered by some words, and words that the index does not know."""
        holds: set[int] = set()
        for at, said in enumerate(self._sets):
            if all(
                any(p in holds if isinstance(p, int) else p in alone for p in phrase)
                for phrase in said
            ):
                holds.add(at)
        return {row for row in self.all if not holds.isdisjoint(row)}

    def least(
        self, rules: Collection[tuple[int, ...]], worth: Mapping[str, tuple[bool, float]]
    ) -> set[str]:
        """A cover of some rules; what is worth least is left out before others."""
        order = sorted(self.words, key=lambda word: (worth[word], word))
        return self._cover.least(order, rules)


def gate_text(gate: Gate, number_of: Mapping[str, int]) -> list[str]:
    """The gate as it travels, four texts by :mod:`kinopress.finder.packing`.

    Words by what they do, a bit each for passing the formula alone, for each cover and for being in the formula, a point
    between: of the index by number, a comma, small words by their place; the formula's groups and its rules; the least
    and the greatest length of words, by first letter; the numbers of words to be wary of.

    Groups and rules are between commas, the parts of a rule between ``+``. Words and groups are
    numbered in one row, words first as they come; alternatives of one part come first as steps, then after a point
    those of two words that must both be there: each as the step from the first of the pair before, and
    the step from its first to its second.
    """
    used = _used(gate)
    stems_ = {
        part
        for said in [*(gate.groups[at] for at in used), *(s for rule in gate.rules for s in rule)]
        for phrase in said
        for part in phrase
        if isinstance(part, str)
    }

    def rows(of: Iterable[str]) -> tuple[list[int], list[int]]:
        said = set(of)
        return (
            sorted(number_of[word] for word in said if word in number_of),
            sorted(_STOPS[word] for word in said if word not in number_of),
        )

    does = Counter[str]()
    for at, words in enumerate([gate.alone, *gate.covers, stems_]):
        for word in words:
            does[word] += 1 << at
    table = [
        rows(word for word, of in does.items() if of == all_) for all_ in range(1, 4 << COVERS)
    ]
    name, small = list(number_of), list(_STOPS)
    row = [
        *(
            word
            for of_index, of_stops in table
            for word in (*(name[at] for at in of_index), *(small[at] for at in of_stops))
            if word in stems_
        ),
        *used,
    ]
    place = {part: at for at, part in enumerate(row)}

    def said_text(said: Any) -> str:
        ones = sorted(place[part] for phrase in said if len(phrase) == 1 for part in phrase)
        both = sorted(sorted(place[p] for p in phrase) for phrase in said if len(phrase) != 1)
        before = (0, *(first for first, _ in both))
        steps = [(a - was, b - a) for (a, b), was in zip(both, before, strict=False)]
        return ".".join([rising(ones), *([numbers(chain.from_iterable(steps))] if both else [])])

    return [
        ".".join(",".join(map(rising, one)) for one in table),
        ",".join(said_text(gate.groups[at]) for at in used)
        + "|"
        + ",".join(sorted("+".join(sorted(map(said_text, rule))) for rule in gate.rules)),
        numbers(
            chain.from_iterable(gate.lengths.get(of, (0, 0)) for of in "abcdefghijklmnopqrstuvwxyz")
        ),
        rising(sorted(number_of[word] for word in gate.wary)),
    ]


def _read(
    said_groups: Sequence[str], said_rules: Sequence[Sequence[str]]
) -> tuple[list[list[Set]], list[list[list[Set]]], list[int], set[str]]:
    """Groups and rules as sets of parts, the groups that ask by themselves, and every word."""
    spoken: set[str] = set()

    def said(text: str) -> list[Set]:
        phrases: list[Set] = []
        for phrase in text.split("/"):
            parts: set[Part] = set()
            for one in phrase.split():
                if re.fullmatch(r"#\d+", one):
                    parts.add(int(one[1:]))
                elif re.fullmatch(r"\d+(-\d+)?", one):
                    parts.add(NUMBER)
                elif one not in ("..", "."):
                    # What travels is stems already: "wors" must not become "wor".
                    word = stem(one[1:]) if one.startswith("=") else one
                    parts.add(word)
                    spoken.add(word)
            phrases.append(frozenset(parts))
        return phrases

    # The first group is what only sounds like a sign: it never makes one.
    groups: list[list[Set]] = [[]]
    near = []
    for at, group in enumerate(said_groups):
        marks, _, text = group.partition(":")
        if at:
            groups.append(said(text))
            near += [at] if "n" in marks else []
    rules = [
        [said(slot[1:]) for slot in re.findall(r"[+&!][^+&!]+", rule) if slot[0] != "!"]
        for of_sign in said_rules
        for rule in of_sign
    ]
    return groups, rules, near, spoken


def _without_longer(said: Iterable[Set]) -> Any:
    """Alternatives without those that hold another one in full."""
    all_ = set(said)
    return frozenset(phrase for phrase in all_ if not any(other < phrase for other in all_))


def _without(
    alone: set[str], groups: Mapping[int, Any], rules: Iterable[frozenset[Any]]
) -> tuple[dict[int, Any], set[frozenset[Any]]]:
    """Groups and rules without every phrase that a word which passes alone is in."""
    left: dict[int, Any] = {}
    same: dict[int, Part] = {}
    first_of: dict[Any, int] = {}

    def rest(said: Any) -> Any:
        return _without_longer(
            frozenset(same.get(p, p) if isinstance(p, int) else p for p in phrase)
            for phrase in said
            if not phrase & alone and all(left[p] for p in phrase if isinstance(p, int))
        )

    for at, said in groups.items():
        left[at] = rest(said)
        only = next(iter(left[at]), frozenset[Part]())
        # A group of one word is the word; two of the same alternatives are one.
        same[at] = (
            next(iter(only))
            if len(left[at]) == 1 and len(only) == 1
            else first_of.setdefault(left[at], at)
        )
    kept = {frozenset(map(rest, rule)) for rule in rules}
    return left, {rule for rule in kept if all(rule)}


def _needed_rules(
    rules: Iterable[frozenset[Any]], groups: Mapping[int, Any]
) -> list[frozenset[Any]]:
    """Rules that no other one is part of."""
    spelled: dict[Any, Any] = {}

    def spell(said: Any) -> Any:
        """Alternatives with groups of single words written out."""
        if said not in spelled:
            out: set[Set] = set()
            for phrase in said:
                inner = [p for p in phrase if isinstance(p, int)]
                if len(phrase) == 1 and inner:
                    out |= spell(groups[inner[0]])
                else:
                    out.add(phrase)
            spelled[said] = _without_longer(out)
        return spelled[said]

    def implies(said: Any, other: Any) -> bool:
        return said == other or all(any(b <= a for b in other) for a in said)

    def key(rule: frozenset[Any]) -> tuple[int, int, list[str]]:
        text = sorted(repr(sorted(map(sorted_parts, said))) for said in rule)
        return len(rule), sum(map(len, rule)), text

    kept: list[tuple[frozenset[Any], list[Any]]] = []
    for rule in sorted(rules, key=key):
        full = list(map(spell, rule))
        if not any(all(any(implies(a, b) for a in full) for b in weak) for _, weak in kept):
            kept.append((rule, full))
    return _merged([rule for rule, _ in kept])


def _merged(rules: Sequence[frozenset[Any]]) -> list[frozenset[Any]]:
    """Rules that are alike but for one part as one rule, in which any of those parts will do: the same in fewer letters."""
    kept = list(rules)
    while True:
        alike: defaultdict[frozenset[Any], set[frozenset[Any]]] = defaultdict(set)
        for rule in kept:
            for part in rule:
                if len(rule) > 1:
                    alike[rule - {part}].add(rule)
        shared = max(alike, key=lambda one: (len(alike[one]), _in_order(one)), default=frozenset())
        if len(alike[shared]) < 2:
            return kept
        any_ = {phrase for rule in alike[shared] for said in rule - shared for phrase in said}
        kept = [rule for rule in kept if rule not in alike[shared]]
        kept.append(shared | {_without_longer(any_)})


def _in_order(rule: frozenset[Any]) -> list[list[list[str]]]:
    """A rule as lists, the same in every run."""
    return sorted(sorted(map(sorted_parts, said)) for said in rule)


def sorted_parts(phrase: Set) -> list[str]:
    """The parts of a phrase in an order of their own."""
    return sorted(map(str, phrase))


def _used(gate: Gate) -> list[int]:
    """Groups that some rule needs, each after those it is made of."""
    waiting = [p for rule in gate.rules for said in rule for phrase in said for p in phrase]
    found: set[int] = set()
    while waiting:
        at = waiting.pop()
        if isinstance(at, int) and at not in found:
            found.add(at)
            waiting += [p for phrase in gate.groups[at] for p in phrase]
    return sorted(found)
