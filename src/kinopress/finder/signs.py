"""Warning signs for the search index: the site's groups of words and rules, as the browser reads them.

A group travels as ``marks:phrase/phrase``. Marks are ``p`` for a part of the body, ``e`` for what
counts however long ago, ``n`` for what makes the search ask. A phrase is stems with a space between;
``#7`` is a group, ``..`` room for a few words, ``60-99`` any number of a range, ``=legs`` this very word. A rule travels as one
text, ``+#7&#9/word!#3``. ``web/src/finder/signs.ts`` reads both and says what they do.

They travel in a file of their own, because most searches need none of them: :func:`asking_words` gives
the words without one of which no rule can be met. Only a query that holds one of those, or a word that
the index does not know, makes the browser fetch the rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from kinopress.content.shared_data import RedFlag
from kinopress.content.sign_words import Phrase, Rule, WordGroup, named_groups
from kinopress.finder.normal import STOP, stem, stems

SMALL = frozenset(
    """
    a an the my your his her our their its it is are was were be been am im ive i of really very so
    to
    """.split()  # noqa: SIM905 - reads better
)
"""Words that the browser passes over inside a phrase and that say nothing there: they need not travel."""

STOP_STEMS = frozenset(map(stem, STOP))

HARMLESS = "harmless"
"""The group of what sounds like a sign and is none; its phrases are compared word for word."""


def sign_file(
    words: Mapping[str, WordGroup], flags: Sequence[RedFlag]
) -> dict[str, list[str] | list[list[str]]]:
    """Groups that some rule needs, and the rules of each sign in order."""
    needed = _needed(words, flags)
    groups = [
        WordGroup(HARMLESS, words[HARMLESS].said, 0)
        if HARMLESS in words
        else WordGroup(HARMLESS, (("-",),), 0),
        *(words[key] for key in words if key in needed and key != HARMLESS),
    ]
    number_of = {group.key: at for at, group in enumerate(groups)}
    return {
        "groups": [_group(group, number_of) for group in groups],
        "rules": [["".join(_slots(rule, number_of)) for rule in flag.say] for flag in flags],
    }


def asking_words(
    words: Mapping[str, WordGroup], flags: Sequence[RedFlag], often: Mapping[str, int]
) -> set[str]:
    """Stems without one of which no rule of these signs can be met; ``#`` stands for any number.

    Each rule needs all its parts, so the words of one part are enough; each phrase all its words, so
    one word is enough. The rarest are taken.

    Args:
        words: The groups.
        flags: The signs with their rules.
        often: How many pages hold a stem: readers' ordinary words.
    """
    of_group: dict[str, frozenset[str]] = {}

    def cost(stems_: Iterable[str]) -> float:
        return sum(1 + 900 * (stem_ in STOP_STEMS) + often.get(stem_, 0) ** 2 for stem_ in stems_)

    def of_phrase(phrase: Phrase) -> frozenset[str]:
        choices: list[frozenset[str]] = []
        for word in phrase:
            key = next(named_groups((word,)), None)
            if word == "..":
                continue
            if re.fullmatch(r"\d+-\d+", word):
                choices.append(frozenset({"#"}))
            elif key is not None:
                choices.append(of_group.get(key, frozenset()))
            else:
                choices += [frozenset({"#" if stem_.isdigit() else stem_}) for stem_ in stems(word)]
        return min(choices, key=cost, default=frozenset())

    for key, group in words.items():
        of_group[key] = frozenset().union(*map(of_phrase, group.said))
    found: set[str] = set()
    for flag in flags:
        for rule in flag.say:
            needed = [slot for slot in rule if slot.how != "!"]
            choices = [frozenset().union(*map(of_phrase, slot.said)) for slot in needed]
            # A rule that another one's words already ask for costs nothing more.
            found |= min(choices, key=lambda choice: cost(choice - found))
    return found.union(*(of_group[key] for key, group in words.items() if group.near))


def _needed(words: Mapping[str, WordGroup], flags: Sequence[RedFlag]) -> set[str]:
    """Groups that a rule names, those that they name, and those that make the search ask."""
    waiting = [
        key
        for flag in flags
        for rule in flag.say
        for slot in rule
        for phrase in slot.said
        for key in named_groups(phrase)
    ] + [key for key, group in words.items() if group.near or group.place]
    found: set[str] = set()
    while waiting:
        key = waiting.pop()
        if key not in found and key in words:
            found.add(key)
            waiting += [k for phrase in words[key].said for k in named_groups(phrase)]
    return found


def _group(group: WordGroup, number_of: Mapping[str, int]) -> str:
    is_harmless = group.key == HARMLESS
    marks = "p" * group.place + "e" * group.ever + "n" * group.near
    return f"{marks}:{_said(group.said, number_of, is_literal=is_harmless)}"


def _slots(rule: Rule, number_of: Mapping[str, int]) -> Iterable[str]:
    return (slot.how + _said(slot.said, number_of, is_literal=False) for slot in rule)


def _said(said: Iterable[Phrase], number_of: Mapping[str, int], *, is_literal: bool) -> str:
    """Alternatives without doubles, and without those that hold a shorter one in full."""
    coded = [_coded(phrase, number_of, is_literal=is_literal) for phrase in said]
    shortest = [
        one
        for one in dict.fromkeys(coded)
        if one and not any(_holds(one, other) for other in coded)
    ]
    return "/".join(" ".join(one) for one in shortest)


def _holds(longer: tuple[str, ...], shorter: tuple[str, ...]) -> bool:
    if len(shorter) >= len(longer) or not shorter:
        return False
    spans = range(len(longer) - len(shorter) + 1)
    return any(longer[at : at + len(shorter)] == shorter for at in spans)


def _coded(phrase: Phrase, number_of: Mapping[str, int], *, is_literal: bool) -> tuple[str, ...]:
    parts: list[str] = []
    for word in phrase:
        if word == ".." or re.fullmatch(r"\d+-\d+", word):
            parts.append(word)
        elif (key := next(named_groups((word,)), None)) is not None:
            parts += [f"#{number_of[key]}"] if key in number_of else []
        elif word.startswith("="):
            parts.append(word)
        else:
            parts += stems(word)
    if is_literal:
        return tuple(parts)
    kept = tuple(part for part in parts if part not in SMALL)
    # One word would say more than the phrase did: "end it" is not "end".
    return kept if len(kept) > 1 else tuple(parts)
