"""Warning signs for the search index: the site's groups of words and rules, as the browser reads them.

A group is ``marks:phrase/phrase``. Marks are ``p`` for a part of the body, ``e`` for what
counts however long ago, ``n`` for what makes the search ask, ``c`` for names of conditions. A phrase is stems with a space between;
``#7`` is a group, ``..`` room for a few words, ``.`` the end of what is said, ``60-99`` any number of a range, ``=legs`` this very word. A rule is one
text, ``+#7&#9/word!#3``. ``misheard`` and ``dialect`` are words
and what they are read as, in turn.
``web/src/finder/signs.ts`` reads them and says what they do.

They travel in a file of their own, because most searches need none of them: the index holds what must
at least be said (:mod:`kinopress.finder.signs.gate`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kinopress.content.data.sign_words import named_groups
from kinopress.content.model.shared import Phrase, RedFlag, Rule, WordGroup
from kinopress.finder.stems import STOP, stem, stems

SMALL = frozenset(
    """
    a an the my your his her our their its is are was were be been am im ive of really very so to
    """.split()  # noqa: SIM905 - reads better
)
"""Words that the browser passes over inside a phrase and that say nothing there: they need not travel.

"I" and "it" stand for somebody and something, so they are part of a phrase: "want it to end" is not
"want to end my run".
"""

DENYING = frozenset(
    {"no", "not", "never", "dont", "doesnt", "didnt", "isnt", "wasnt", "havent", "hasnt"}
)
"""Words by which a phrase denies something itself."""

MISHEARD = {
    "bak": "back",
    "bakc": "back",
    "bleu": "blue",
    "brest": "breast",
    "bte": "bite",
    "cals": "calf",
    "feal": "feel",
    "freezin": "freeze",
    "hart": "heart",
    "hpi": "hip",
    "lge": "leg",
    "nee": "knee",
    "nite": "night",
    "nites": "night",
    "num": "numb",
    "pail": "pale",
    "pane": "pain",
    "pian": "pain",
    "rite": "right",
    "stif": "stiff",
    "tite": "tight",
    "weekness": "weakness",
    "wite": "white",
    "wieght": "weight",
    "painfull": "painful",
    "todler": "toddler",
    "fase": "face",
    "faec": "face",
    "lite": "light",
    "nek": "neck",
    "gron": "groin",
    "foor": "foot",
    "brething": "breathing",
    "breething": "breathing",
    "payne": "pain",
    "cafl": "calf",
    "claf": "calf",
    "blod": "blood",
    "brused": "bruised",
    "cest": "chest",
    "chets": "chest",
    "lumb": "lump",
    "trobs": "throbs",
    "stomache": "stomach",
    "puls": "pulse",
    "fely": "felt",
}
"""Short words as they are misheard by dictation or mistyped, too short for slips to be counted."""

_STOP_STEMS = frozenset(map(stem, STOP))

HARMLESS = "harmless"
"""The group of what sounds like a sign and is not one; its phrases are compared word for word."""


@dataclass(frozen=True, slots=True)
class SignFile:
    """Groups that some rule needs, and the rules of each sign in order, each as text."""

    groups: tuple[str, ...]
    rules: tuple[tuple[str, ...], ...]


def sign_file(words: Mapping[str, WordGroup], flags: Sequence[RedFlag]) -> SignFile:
    """A site's groups and rules as the browser reads them, before they are packed.

    Remembered, because two files of a site need them, and a preview after each change.
    """
    return _sign_file(tuple(words.items()), tuple(tuple(flag.say) for flag in flags))


@functools.lru_cache(maxsize=2)
def _sign_file(
    known: tuple[tuple[str, WordGroup], ...], signs: tuple[tuple[Rule, ...], ...]
) -> SignFile:
    words = dict(known)
    needed = _needed(words, signs)
    groups = [
        WordGroup(HARMLESS, words[HARMLESS].said, 0)
        if HARMLESS in words
        else WordGroup(HARMLESS, (("-",),), 0),
        *(words[key] for key in words if key in needed and key != HARMLESS),
    ]
    number_of = {group.key: at for at, group in enumerate(groups)}
    # What is harmless reaches as far as it can: "a stroke and a TIA" is not only "a stroke".
    whole = {HARMLESS, *(key for phrase in groups[0].said for key in named_groups(phrase))}
    return SignFile(
        tuple(
            _group(group, number_of, is_whole=group.condition or group.key in whole)
            for group in groups
        ),
        tuple(tuple("".join(_slots(rule, number_of)) for rule in rules) for rules in signs),
    )


def _needed(words: Mapping[str, WordGroup], signs: Iterable[Iterable[Rule]]) -> set[str]:
    """Groups that a rule or what is harmless names, those that they name, and those that count by themselves."""
    said = [slot.said for rules in signs for rule in rules for slot in rule]
    said += [words[HARMLESS].said] if HARMLESS in words else []
    waiting = [key for phrases in said for phrase in phrases for key in named_groups(phrase)]
    waiting += [key for key, group in words.items() if group.near or group.place or group.condition]
    found: set[str] = set()
    while waiting:
        key = waiting.pop()
        if key not in found and key in words:
            found.add(key)
            waiting += [k for phrase in words[key].said for k in named_groups(phrase)]
    return found


def _group(group: WordGroup, number_of: Mapping[str, int], *, is_whole: bool) -> str:
    is_harmless = group.key == HARMLESS
    marks = "p" * group.place + "e" * group.ever + "n" * group.near + "c" * group.condition
    said = _said(group.said, number_of, is_literal=is_harmless, is_whole=is_whole)
    return f"{marks}:{said}"


def _slots(rule: Rule, number_of: Mapping[str, int]) -> Iterable[str]:
    return (slot.how + _said(slot.said, number_of) for slot in rule)


def _said(
    said: Iterable[Phrase],
    number_of: Mapping[str, int],
    *,
    is_literal: bool = False,
    is_whole: bool = False,
) -> str:
    """Alternatives without doubles, and unless ``is_whole`` without those that hold a shorter one in full."""
    coded = dict.fromkeys(
        one for phrase in said if (one := _coded(phrase, number_of, is_literal=is_literal))
    )
    # "Don't see the point" stays beside "the point": it brings its own denial.
    return "/".join(
        " ".join(one)
        for one in coded
        if is_whole or one[0] in DENYING or not _holds_shorter(one, coded)
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
        if word in ("..", ".") or re.fullmatch(r"\d+-\d+", word):
            parts.append(word)
        elif (key := next(named_groups((word,)), None)) is not None:
            parts += [f"#{number_of[key]}"] if key in number_of else []
        elif word.startswith("="):
            parts.append(word)
        else:
            parts += stems(word)
    if is_literal:
        return tuple(parts)
    # A small word at the end says what follows: "no reason to be" is not "no reason".
    end = len(parts) - 1
    kept = tuple(part for at, part in enumerate(parts) if at == end or part not in SMALL)
    # One word would say more than the phrase did, and so would words that say nothing: "end it" is
    # not "end", "when I was" not "when I".
    says = any(part not in _STOP_STEMS for part in kept)
    return kept if len(kept) > 1 and says else tuple(parts)
