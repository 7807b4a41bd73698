"""A dosage becomes what is done one after the other: the phases of a MET, of holds, of repetitions."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinopress.content.model.dosage import Amount, Dosage, Phase, Step
from kinopress.content.model.pages import Exercise
from kinopress.content.relations.phases import Pace, phases, side_s
from kinopress.content.relations.session_time import exercise_s


def _is(number: float) -> Amount:
    return Amount(number, number)


def _said(dosage: Dosage) -> list[str]:
    """Phases as one reads them: what, how long, and where among sets, rounds and sides."""
    return [
        f"{p.kind} {p.seconds:g}"
        + (f" (into it {p.lead_s:g})" if p.lead_s else "")
        + (f" {p.reps} of {'-'.join(f'{b:g}' for b in p.beat)}" if p.reps else "")
        + f" · {p.set_} {p.round_} {p.side}"
        for p in phases(dosage)
    ]


MET = Dosage(
    reps=_is(2), hold=_is(7), relax=Amount(3, 5), stretch=_is(20), effort=_is(20), per_side=True
)
RECIPROCAL = Dosage(reps=_is(2), hold=_is(5), effort=_is(25), per_side=True)


@pytest.mark.parametrize(
    ("dosage", "expected"),
    [
        pytest.param(
            MET,
            [
                "ready 30 · 1 1 1",
                "push 7 · 1 1 1",
                "relax 4 · 1 1 1",
                "stretch 22 (into it 2) · 1 1 1",
                "push 7 · 1 2 1",
                "relax 4 · 1 2 1",
                "stretch 22 (into it 2) · 1 2 1",
                "side 10 · 1 1 2",
                "push 7 · 1 1 2",
                "relax 4 · 1 1 2",
                "stretch 22 (into it 2) · 1 1 2",
                "push 7 · 1 2 2",
                "relax 4 · 1 2 2",
                "stretch 22 (into it 2) · 1 2 2",
            ],
            id="a MET: push, let go, ease in, in rounds, then the other side",
        ),
        pytest.param(
            RECIPROCAL,
            [
                "ready 30 · 1 1 1",
                "hold 7 (into it 2) · 1 1 1",
                "relax 3 · 1 1 1",
                "hold 7 (into it 2) · 1 2 1",
                "side 10 · 1 1 2",
                "hold 7 (into it 2) · 1 1 2",
                "relax 3 · 1 1 2",
                "hold 7 (into it 2) · 1 2 2",
            ],
            id="a push without a stretch is a hold, and lets go before the next",
        ),
        pytest.param(
            Dosage(sets=_is(2), hold=_is(30), per_side=True),
            [
                "ready 30 · 1 1 1",
                "hold 32 (into it 2) · 1 1 1",
                "side 10 · 1 1 2",
                "hold 32 (into it 2) · 1 1 2",
                "rest 30 · 1 1 1",
                "hold 32 (into it 2) · 2 1 1",
                "side 10 · 2 1 2",
                "hold 32 (into it 2) · 2 1 2",
            ],
            id="holds on each side take turns",
        ),
        pytest.param(
            Dosage(sets=_is(2), hold=_is(30), rest=_is(15), per_side=True, one_side_first=True),
            [
                "ready 30 · 1 1 1",
                "hold 32 (into it 2) · 1 1 1",
                "rest 15 · 1 1 1",
                "hold 32 (into it 2) · 2 1 1",
                "side 10 · 1 1 2",
                "hold 32 (into it 2) · 1 1 2",
                "rest 15 · 1 1 2",
                "hold 32 (into it 2) · 2 1 2",
            ],
            id="all of one side first",
        ),
        pytest.param(
            Dosage(sets=_is(2), reps=Amount(8, 11), rest=_is(60)),
            [
                "ready 30 · 1 1 1",
                "reps 40 10 of 4 · 1 1 1",
                "rest 60 · 1 1 1",
                "reps 40 10 of 4 · 2 1 1",
            ],
            id="repetitions without a tempo",
        ),
        pytest.param(
            Dosage(reps=_is(12), tempo="3-2-3"),
            ["ready 30 · 1 1 1", "reps 96 12 of 3-2-3 · 1 1 1"],
            id="repetitions with a tempo",
        ),
        pytest.param(
            Dosage(reps=_is(5), tempo="3-0-1"),
            ["ready 30 · 1 1 1", "reps 20 5 of 3-1 · 1 1 1"],
            id="a pause of no length is no part of the beat",
        ),
        pytest.param(
            Dosage(reps=_is(5), tempo="slow and steady"),
            ["ready 30 · 1 1 1", "reps 20 5 of 4 · 1 1 1"],
            id="a tempo in words",
        ),
        pytest.param(
            Dosage(hold=_is(120)),
            ["ready 30 · 1 1 1", "hold 122 (into it 2) · 1 1 1"],
            id="minutes are seconds",
        ),
        pytest.param(
            Dosage(sets=_is(2), rest=_is(20)),
            ["ready 30 · 1 1 1", "work 60 · 1 1 1", "rest 20 · 1 1 1", "work 60 · 2 1 1"],
            id="sets of which nothing else is told",
        ),
    ],
)
def test_the_phases_of(dosage: Dosage, expected: list[str]) -> None:
    assert _said(dosage) == expected


def _amounts(low: int, high: int) -> st.SearchStrategy[Amount | None]:
    pair = st.tuples(st.integers(low, high), st.integers(low, high))
    return st.none() | pair.map(lambda found: Amount(min(found), max(found)))


DOSAGES = st.builds(
    Dosage,
    sets=_amounts(1, 6),
    reps=_amounts(1, 12),
    hold=_amounts(0, 90),
    stretch=_amounts(0, 60),
    relax=_amounts(0, 10),
    rest=_amounts(0, 120),
    tempo=st.none() | st.sampled_from(["3-2-3", "0-0-0", "3-0-3", "slow"]),
    per_side=st.booleans(),
    one_side_first=st.booleans(),
)
"""Few enough phases to look at each."""


def _reckoned(d: Dosage) -> float:
    """The seconds of an exercise as COACH.md says them, without any phases."""

    def middle(amount: Amount | None, otherwise: float) -> float:
        return otherwise if amount is None else (amount.low + amount.high) / 2

    def whole(amount: Amount | None) -> int:
        return 1 if amount is None else int(-(-(amount.low + amount.high) // 2))

    hold, stretch = middle(d.hold, 0), middle(d.stretch, 0)
    if hold or stretch:
        one_set = whole(d.reps) * (hold + middle(d.relax, 3) + stretch + 2)
        if not stretch and d.relax is None:
            one_set -= 3  # between holds only
    elif d.reps is None:
        one_set = 60
    else:
        one_set = whole(d.reps) * {"3-2-3": 8, "3-0-3": 6}.get(d.tempo or "", 4)
    sets, sides, rest = whole(d.sets), 2 if d.per_side else 1, middle(d.rest, 30)
    if d.one_side_first:
        return 30 + sides * (sets * one_set + (sets - 1) * rest) + (sides - 1) * 10
    return 30 + sides * sets * one_set + (sides - 1) * sets * 10 + (sets - 1) * rest


@given(dosage=DOSAGES)
def test_the_phases_take_as_long_as_the_plan_says(dosage: Dosage) -> None:
    assert exercise_s(dosage) == sum(p.seconds for p in phases(dosage)) == _reckoned(dosage)


@given(dosage=DOSAGES)
def test_two_holds_of_a_set_always_have_a_letting_go_between_them(dosage: Dosage) -> None:
    kinds = [(p.kind, p.set_, p.side) for p in phases(dosage) if p.seconds > p.lead_s]
    if dosage.relax is None or dosage.relax.high > 0:
        assert all(one != other for one, other in itertools.pairwise(kinds))


def _exercise(position: str = "", equipment: tuple[str, ...] = (), lines: int = 1) -> Exercise:
    steps = tuple(Step("prepare", "Lie down.", 1) for _ in range(lines))
    return Exercise(
        kind="exercise",
        path="exercises/x.md",
        slug="x",
        title="X",
        position=position,
        equipment=equipment,
        steps=steps,
    )


@pytest.mark.parametrize(
    ("exercise", "seconds"),
    [
        (_exercise(), 10),
        (_exercise(lines=2), 30),
        (_exercise(equipment=("sofa",)), 30),
        (_exercise(equipment=("loop band optional",)), 10),
        (_exercise("standing", ("wall",)), 10),
    ],
)
def test_changing_sides_takes_longer_where_something_is_set_up_again(
    exercise: Exercise, seconds: float
) -> None:
    assert side_s(exercise) == seconds
    sides = [p for p in phases(RECIPROCAL, Pace(side_s(exercise))) if p.kind == "side"]
    assert [p.seconds for p in sides] == [seconds]


@given(dosage=DOSAGES)
def test_no_phase_is_empty_and_each_set_has_both_its_sides(dosage: Dosage) -> None:
    found = phases(dosage)
    assert found[0] == Phase("ready", 30)
    assert all(p.seconds > p.lead_s >= 0 for p in found)
    assert found[-1].kind not in ("ready", "side", "rest")
    assert sum(p.kind == "side" for p in found) in (
        {0} if not dosage.per_side else {1, max(p.set_ for p in found)}
    )
    done = {
        (p.set_, p.side) for p in found if p.kind in ("push", "hold", "stretch", "reps", "work")
    }
    sides = (1, 2) if dosage.per_side else (1,)
    assert done == {(s, side) for s in range(1, max(p.set_ for p in found) + 1) for side in sides}
