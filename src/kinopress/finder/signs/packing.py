"""Groups and rules of warning signs as short text: each word once, everything else as numbers.

``words`` are stems, front-coded, those that appear often first; ``symbols`` is what else a phrase may
hold (``#7``, ``..``, ``=legs``, ``60-99``), a space between. They are numbered in one row, symbols first.

A set of phrases is its phrases of one part, as rising numbers; after them the longer ones in order,
each after a point, or after a comma where it begins as the one before and its first part is left out.
``groups`` holds marks, a colon and a set, a space between groups; ``rules`` one line per sign, a space
between its rules, each part its ``+``, ``&`` or ``!`` and a set.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from kinopress.finder.packing import front_coded, numbers, rising

_COMMON = (60, 20, 1)
"""Words that appear so often get smaller numbers than rarer ones."""


def packed(groups: Sequence[str], rules: Sequence[Sequence[str]]) -> Mapping[str, str]:
    """Groups and rules as :func:`kinopress.finder.signs.rules.sign_file` gives them, packed."""
    told = [group.partition(":") for group in groups]
    parts = [[[_slot(one) for one in _slots(rule)] for rule in of_sign] for of_sign in rules]
    symbols, words = parts_of(groups, rules)
    number_of = {part: at for at, part in enumerate([*symbols, *words])}

    def coded(said: str) -> str:
        phrases = sorted(
            {tuple(number_of[part] for part in one.split()) for one in said.split("/")}
        )
        text = rising([one[0] for one in phrases if len(one) == 1])
        first = None
        for phrase in phrases:
            if len(phrase) > 1:
                text += "," + numbers(phrase[1:]) if phrase[0] == first else "." + numbers(phrase)
                first = phrase[0]
        return text

    return {
        "words": front_coded(words),
        "symbols": " ".join(symbols),
        "groups": " ".join(f"{marks}:{coded(said)}" for marks, _, said in told),
        "rules": "\n".join(
            " ".join("".join(how + coded(said) for how, said in rule) for rule in of_sign)
            for of_sign in parts
        ),
    }


def parts_of(groups: Sequence[str], rules: Sequence[Sequence[str]]) -> tuple[list[str], list[str]]:
    """Symbols and words of all phrases, each kind in the order of their numbers."""
    sets = [group.partition(":")[2] for group in groups]
    sets += [_slot(one)[1] for of_sign in rules for rule in of_sign for one in _slots(rule)]
    count = Counter(part for said in sets for phrase in said.split("/") for part in phrase.split())
    words = [part for part in count if re.fullmatch("[a-z][a-z0-9]*", part)]
    symbols = sorted(count.keys() - set(words), key=lambda part: (-count[part], part))
    words.sort(
        key=lambda word: (next(at for at, n in enumerate(_COMMON) if count[word] >= n), word)
    )
    return symbols, words


def _slots(rule: str) -> list[str]:
    return re.findall(r"[+&!][^+&!]+", rule)


def _slot(text: str) -> tuple[str, str]:
    return text[0], text[1:]
