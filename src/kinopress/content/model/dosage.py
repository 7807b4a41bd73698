"""How much of an exercise: amounts, doses, steps."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or a range of numbers, both ends included. The field says the unit."""

    low: float
    high: float

    def __str__(self) -> str:
        low, high = _plain(self.low), _plain(self.high)
        return low if low == high else f"{low}–{high}"

    @property
    def minutes(self) -> Amount:
        """An amount of seconds in minutes."""
        return Amount(self.low / 60, self.high / 60)


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else f"{number:g}"


@dataclass(frozen=True, slots=True)
class Dosage:
    """How much and how often. Times in seconds, effort in percent of full strength."""

    sets: Amount | None = None
    reps: Amount | None = None
    hold: Amount | None = None
    stretch: Amount | None = None
    relax: Amount | None = None
    rest: Amount | None = None
    effort: Amount | None = None
    reserve: Amount | None = None
    tempo: str | None = None
    per_side: bool = False
    sessions_per_day: Amount | None = None
    days_per_week: Amount | None = None
    weeks: Amount | None = None


NO_DOSAGE = Dosage()
"""Nothing is said of how much."""


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an exercise, with its kind (one of ``STEP_KINDS``).

    ``frame`` is the drawing of the exercise's figure that belongs to it, counted from 1.
    """

    kind: str
    text: str
    line: int
    frame: int | None = None
