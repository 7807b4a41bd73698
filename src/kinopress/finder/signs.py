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

DENYING = frozenset(
    {"no", "not", "never", "dont", "doesnt", "didnt", "isnt", "wasnt", "havent", "hasnt"}
)
"""Words by which a phrase denies something itself."""

EVERYWHERE = SMALL | {
    "on",
    "in",
    "it",
    "is",
    "do",
    "for",
    "with",
    "and",
    "or",
    "that",
    "be",
    "not",
    "no",
}
"""Words that stand in any sentence; none of them may ask for the rules, if that can be helped."""

STOP_STEMS = frozenset(map(stem, STOP))

_Asked = tuple[int, frozenset[str]]
"""What it costs when these words ask for the rules, and the words."""

_NOTHING_ASKED: _Asked = (10**9, frozenset())

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

    def price(stem_: str) -> int:
        # As a square, one word of every page ("hip") costs more than dozens that few pages hold.
        if stem_ in EVERYWHERE:
            return 1_000_000
        return 1 + 150 * (stem_ in STOP_STEMS) + often.get(stem_, 0) ** 2

    of_group: dict[str, _Asked] = {}

    def of_phrase(phrase: Phrase) -> _Asked:
        choices: list[_Asked] = []
        for word in phrase:
            key = next(named_groups((word,)), None)
            if key is not None:
                choices.append(of_group.get(key, _NOTHING_ASKED))
            elif re.fullmatch(r"\d+(-\d+)?", word):
                choices.append((price("#"), frozenset({"#"})))
            elif word != "..":
                choices += [(price(one), frozenset({one})) for one in stems(word.removeprefix("="))]
        return min(choices, key=lambda choice: choice[0], default=_NOTHING_ASKED)

    def of_all(said: Iterable[Phrase]) -> _Asked:
        asked = frozenset[str]().union(*(of_phrase(phrase)[1] for phrase in said))
        return sum(map(price, asked)), asked

    for key, group in words.items():
        of_group[key] = of_all(group.said)
    found: set[str] = set()
    for flag in flags:
        for rule in flag.say:
            slots = [of_all(slot.said) for slot in rule if slot.how != "!"]
            found |= min(slots, key=lambda choice: choice[0])[1]
    return found.union(*(of_group[key][1] for key, group in words.items() if group.near))


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
    coded = dict.fromkeys(
        one for phrase in said if (one := _coded(phrase, number_of, is_literal=is_literal))
    )
    # "Don't see the point" stays beside "the point": it brings its own denial.
    return "/".join(
        " ".join(one) for one in coded if one[0] in DENYING or not _holds_shorter(one, coded)
    )


def _holds_shorter(one: tuple[str, ...], all_: Mapping[tuple[str, ...], None]) -> bool:
    parts = range(len(one))
    return any(
        one[begin : end + 1] in all_
        for begin in parts
        for end in parts[begin:]
        if end - begin + 1 < len(one)
    )


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
