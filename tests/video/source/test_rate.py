"""The rate of a film's movement, from the times of its pictures."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kinopress.video.recipe.ladder import choose_fps
from kinopress.video.source.timing.rate import movement_rate


@pytest.mark.parametrize(
    ("times_s", "rate"),
    [
        ([number / 30 for number in range(90)], 30.0),
        ([round(number / 60, 3) for number in range(600)], 60.0),  # Matroska's milliseconds
        ([number * 1001 / 30000 for number in range(300)], 29.97),
        ([number / 30 for number in range(300) if number % 7], 30.0),  # some left out
        ([number / 30 + 0.008 * (number % 2) for number in range(60)], 30.0),  # jitter
        ([*(number / 30 for number in range(90)), 9.0], 30.0),  # a still end
        (
            [*range(100), *(100 + number / 30 for number in range(20))],
            30.0,
        ),  # slides, then movement
        ([number / 30 for number in range(60) if number < 30 or number % 3 == 0], 30.0),
        ([2.0 * number for number in range(30)], 0.5),
    ],
)
def test_what_moves_keeps_its_pictures(times_s: list[float], rate: float) -> None:
    assert movement_rate(times_s) == pytest.approx(rate, rel=0.01)


@pytest.mark.parametrize("times_s", [[], [0.0], [0.0, 7200.0], [1.0, 1.0, 1.0]])
def test_too_few_pictures_tell_no_rate(times_s: list[float]) -> None:
    assert movement_rate(times_s) is None


@pytest.mark.parametrize(
    ("source", "constant"),
    [
        (Fraction(1, 7200), Fraction(1)),
        (Fraction(1, 2), Fraction(1)),
        (Fraction(2, 5), Fraction(6, 5)),
        (Fraction(240), Fraction(60)),
        (Fraction(62), Fraction(60)),
        (Fraction(6041, 100), Fraction(60)),
        (Fraction(100), Fraction(50)),
    ],
)
def test_no_rate_is_below_one_and_a_little_above_the_limit_is_the_limit(
    source: Fraction, constant: Fraction
) -> None:
    assert choose_fps(source, 60) == constant
