"""How hard a step says to push is left out where the dose asks for another effort."""

from __future__ import annotations

import pytest

from kinopress.content.model.dosage import Amount, Dosage
from kinopress.content.relations.efforts import without_other_effort

USUAL = Dosage(effort=Amount(25, 25))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "Heel down. Push for seven seconds with a quarter of your strength.",
            "Heel down. Push for seven seconds.",
        ),
        (
            "Press down to the floor with half your strength.",
            "Press down to the floor.",
        ),
        (
            "Lift for 7 s. Use a fifth of your strength, and let nothing move.",
            "Lift for 7 s. Let nothing move.",
        ),
        ("Push. Use a fifth of your strength, about 20%. Your hand wins.", "Push. Your hand wins."),
        ("Hold, using about 25% of your front-thigh strength. Wait.", "Hold. Wait."),
        ("Hold seven seconds, at 20% effort.", "Hold seven seconds."),
        ("That should take about 20% of your effort.", ""),
        ("This builds strength slowly.", "This builds strength slowly."),
        ("Do not push with full strength.", "Do not push with full strength."),
        (
            "Push with all your strength only once the pain is gone.",
            "Push with all your strength only once the pain is gone.",
        ),
    ],
)
def test_another_effort_takes_the_place_of_the_step_s(text: str, left: str) -> None:
    assert without_other_effort(text, Dosage(effort=Amount(10, 10)), USUAL) == left
    assert without_other_effort(text, USUAL, USUAL) == text
    assert without_other_effort(text, Dosage(), USUAL) == text
