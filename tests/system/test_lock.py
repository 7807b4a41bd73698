"""Who waits for another run is told of it at each look, whatever that run says of itself, and may stop waiting."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import TypedDict

import pytest

from kinopress.problems import Refusal
from kinopress.project.events import Cancelled
from kinopress.system.lock import LOCK_NAME, Holder, hold


class _Options(TypedDict):
    path: str
    doing: str


def _a_second_each_time() -> Callable[[], float]:
    """A clock that is a second further each time somebody looks at it, however busy the machine is."""
    seconds = itertools.count()
    return lambda: float(next(seconds))


OPTIONS: _Options = {"path": "videos/hip.mov", "doing": "encoding videos/hip.mov"}


def test_a_run_that_is_told_nothing_new_stops_waiting(tmp_path: Path) -> None:
    told: list[int | None] = []
    with hold(tmp_path, wait_s=0, **OPTIONS) as other:

        def note(holder: Holder) -> None:
            told.append(holder.percent)
            if len(told) < 3:
                other.tell(len(told) / 10)

        with (
            pytest.raises(Refusal, match="media-busy"),
            hold(tmp_path, wait_s=3, on_wait=note, clock=_a_second_each_time(), **OPTIONS),
        ):
            pass
    # The last new thing was heard at 5 s: three seconds later there is an end.
    assert told == [None, 10, 20, 20, 20]


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (None, "Kinopress has been encoding videos/hip.mov since "),
        ("", "Kinopress is running in another window"),
        ("{", "Kinopress is running in another window"),
    ],
    ids=["says-who", "silent", "damaged"],
)
def test_waiting_ends_at_a_wish_though_the_other_run_says_nothing_new(
    tmp_path: Path, note: str | None, said: str
) -> None:
    told: list[str] = []

    def listen(holder: Holder) -> None:
        told.append(f"{holder.who} {holder.does}")
        if len(told) == 3:
            raise Cancelled

    with hold(tmp_path, wait_s=0, **OPTIONS):
        if note is not None:
            (tmp_path / LOCK_NAME).write_text(note, "utf-8")
        with (
            pytest.raises(Cancelled),
            hold(tmp_path, wait_s=50, on_wait=listen, clock=_a_second_each_time(), **OPTIONS),
        ):
            pass
    assert [words.startswith(said) for words in told] == [True] * 3
