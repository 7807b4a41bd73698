"""What the second listener has learnt, as short text: weights of words and of pairs of words, by number.

Its parts, by :mod:`kinopress.finder.packing`:

``more``    words (stems) that no rule holds, front-coded
``used``    which words it knows: numbers of the rules' parts and, behind these, of ``more``; in classes with a point
            between, those that most pairs hold first. A word's place in this row is its number from here on
``danger``  a group for each weight with a comma between: the letter of the weight, the words of that weight as
            rising numbers, and after a point the pairs: each as the step from the first word of the pair before,
            and the number of the second
``base``    the weight before any word is said
``signs``   by sign, in the order of the signs, with a comma between: the letter of its weight before any word is
            said, its words as rising numbers, and after a point the letters of theirs; empty where nothing was learnt

A letter is a weight plus 31. ``0`` stands for any number. ``web/src/finder/listener.ts`` reads it and says what the weights
decide.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain, pairwise

from kinopress.content.data.sign_weights import WEIGHT_MOST
from kinopress.content.model.shared import SignWeights
from kinopress.finder.packing import ALPHABET, front_coded, numbers, rising

_COMMON = (12, 4, 2, 0)
"""Words that so many pairs hold get smaller numbers than rarer ones."""


def packed_listener(
    weights: SignWeights, parts: Sequence[str], signs: Sequence[str]
) -> Mapping[str, str | int]:
    """The weights of a site.

    Args:
        weights: As they were read.
        parts: What the phrases of the rules are made of, in the order of their numbers.
        signs: The keys of the site's signs, in order; weights of others are left out.
    """
    own = {key: weights.signs[key] for key in signs if key in weights.signs}
    pairs = Counter(word for said in weights.danger if " " in said for word in said.split())
    words = {word for said in weights.danger for word in said.split()}
    words.update(chain.from_iterable(of for _, of in own.values()))
    place = {part: at for at, part in enumerate(parts)}
    more = sorted(words - place.keys())
    place.update({word: len(parts) + at for at, word in enumerate(more)})
    classes: list[list[str]] = [[] for _ in _COMMON]
    for word in sorted(words, key=place.__getitem__):
        classes[next(at for at, n in enumerate(_COMMON) if pairs[word] >= n)].append(word)
    number_of = {word: at for at, word in enumerate(chain.from_iterable(classes))}

    alike: defaultdict[int, list[tuple[int, ...]]] = defaultdict(list)
    for said, weight in weights.danger.items():
        alike[weight].append(tuple(number_of[word] for word in said.split()))

    def group(weight: int, said: Sequence[tuple[int, ...]]) -> str:
        both = sorted(one for one in said if len(one) == 2)
        steps = [(b[0] - a[0], b[1]) for a, b in pairwise([(0, 0), *both])]
        ones = rising(sorted(one[0] for one in said if len(one) == 1))
        return f"{_letter(weight)}{ones}" + (f".{numbers(chain(*steps))}" if both else "")

    def of_sign(key: str) -> str:
        if key not in own:
            return ""
        base, said = own[key]
        of = sorted((number_of[word], weight) for word, weight in said.items())
        letters = "".join(_letter(weight) for _, weight in of)
        return f"{_letter(base)}{rising([at for at, _ in of])}.{letters}"

    return {
        "more": front_coded(more),
        "used": ".".join(rising([place[word] for word in of]) for of in classes),
        "danger": ",".join(group(weight, alike[weight]) for weight in sorted(alike)),
        "base": weights.base,
        "signs": ",".join(map(of_sign, signs)),
    }


def _letter(weight: int) -> str:
    return ALPHABET[weight + WEIGHT_MOST]
