"""The gate to the rules for warning signs: whatever meets a rule passes, and as little else as may be."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from kinopress.finder.signs.covers import LONG, Cover, near_any

WORDS = "abcdef"
_phrases = st.lists(
    st.frozensets(st.sampled_from(WORDS), min_size=1, max_size=2), min_size=1, max_size=3
)


@given(
    st.lists(_phrases, min_size=1, max_size=5),
    st.data(),
)
def test_whatever_meets_a_rule_holds_a_word_of_its_cover(
    sets: list[list[frozenset[str | int]]], data: st.DataObject
) -> None:
    # The last set is made of the one before it as well.
    if len(sets) > 1:
        sets[-1].append(frozenset([len(sets) - 2]))
    places = st.integers(0, len(sets) - 1)
    rules = {
        tuple(sorted(rule))
        for rule in data.draw(
            st.lists(st.lists(places, min_size=1, max_size=3), min_size=1, max_size=4)
        )
    }
    order = data.draw(st.permutations(WORDS))
    made = Cover(sets, rules)
    cover = made.least([word for word in order if word in made.words], rules)
    for rule in rules:
        for said in product(*(_said(sets, one) for one in rule)):
            assert not cover.isdisjoint(frozenset().union(*said))
    # Without any one of them something that meets a rule would hold none.
    for word in cover:
        assert any(
            (cover - {word}).isdisjoint(frozenset().union(*said))
            for rule in rules
            for said in product(*(_said(sets, one) for one in rule))
        )


def _said(sets: list[list[frozenset[str | int]]], at: int) -> list[frozenset[str]]:
    """The words of each way to say a set."""
    found: list[frozenset[str]] = []
    for phrase in sets[at]:
        inner = [_said(sets, part) for part in phrase if isinstance(part, int)]
        own = frozenset(part for part in phrase if isinstance(part, str))
        found += [own.union(*ways) for ways in product(*inner)]
    return found


def test_a_long_word_is_safe_where_no_other_may_be_meant_by_a_slip_of_it() -> None:
    own = ["adductor", "iliotibial", "short", "piriformis"]
    # Two slips from "abductor", one of which leads half the way to "adductor".
    assert list(near_any(own, ["abductor", "stroke"])) == ["adductor"]
    assert list(near_any(own, ["strok", "embolus"])) == []
    assert all(len(word) >= LONG for word in own if word != "short")
