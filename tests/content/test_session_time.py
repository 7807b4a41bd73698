"""How long an exercise and a session take, reckoned from their doses."""

from __future__ import annotations

import pytest

from kinopress.content.model.dosage import Amount, Dosage
from kinopress.content.relations.session_time import exercise_s, session_minutes


def _is(number: float) -> Amount:
    return Amount(number, number)


@pytest.mark.parametrize(
    ("dosage", "seconds"),
    [
        (Dosage(sets=_is(2), reps=_is(12)), 30 + 2 * 48 + 30),
        (Dosage(sets=_is(2), reps=Amount(8, 12)), 30 + 2 * 40 + 30),
        (Dosage(sets=_is(3), reps=_is(12), tempo="3-2-3"), 30 + 3 * 96 + 2 * 30),
        (Dosage(sets=_is(2), reps=_is(10), per_side=True, rest=_is(60)), 30 + 4 * 40 + 2 * 10 + 60),
        (Dosage(reps=_is(3), hold=_is(20), rest=_is(30)), 30 + 3 * 22 + 2 * 3),
        (Dosage(reps=_is(3), hold=_is(7), stretch=_is(15)), 30 + 3 * (7 + 3 + 15 + 2)),
        (Dosage(sets=_is(2), hold=_is(30), per_side=True), 30 + 4 * 32 + 2 * 10 + 30),
        (Dosage(), 30 + 60),
    ],
    ids=str,
)
def test_the_minutes_are_those_the_guide_describes(dosage: Dosage, seconds: float) -> None:
    assert exercise_s(dosage) == seconds


def test_a_session_is_rounded_up_to_whole_minutes() -> None:
    assert session_minutes([]) == 0
    assert session_minutes([90]) == 2
    assert session_minutes([90, 90]) == 3
