"""Times of a film as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinopress.studio.times import clock_of, seconds_of


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        *(("12", 12.0), ("12.5", 12.5), ("12,5 s", 12.5), ("1:05", 65.0), (" 1:05.25 ", 65.25)),
        *(("1:00:05", 3605.0), ("0:00", 0.0), ("75", 75.0), ("90:00", 5400.0)),
        *(("", None), ("early", None), ("1:75", None), ("-3", None), ("1:", None), ("١:٠٥", None)),
    ],
)
def test_a_time_is_read_as_a_player_shows_it(typed: str, seconds: float | None) -> None:
    assert seconds_of(typed) == seconds


@given(st.integers(0, 600_000))
def test_what_is_shown_is_read_again(tenths: int) -> None:
    assert seconds_of(clock_of(tenths / 10)) == pytest.approx(tenths / 10)
