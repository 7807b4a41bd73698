"""How much of an exercise: amounts, doses, steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


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
    one_side_first: bool = False
    sessions_per_day: Amount | None = None
    days_per_week: Amount | None = None
    weeks: Amount | None = None


NO_DOSAGE = Dosage()
"""Nothing is said of how much."""


PhaseKind = Literal["ready", "push", "hold", "relax", "stretch", "reps", "work", "side", "rest"]
"""What is done in a phase: getting ready, a push that a stretch follows, a hold, letting go, easing in, repetitions,
a set of which nothing else is told, changing sides, resting."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One stretch of an exercise, as somebody does it who is led through it.

    Attributes:
        kind: What is done.
        seconds: How long it takes, ``lead_s`` included.
        lead_s: Seconds of these, at its beginning, for getting into the position; they are not counted aloud.
        beat: Seconds of each part of one repetition: ``(3, 2, 3)``, or ``(4,)`` where no tempo is told.
        reps: Repetitions, 0 where there are none.
        set_: Which set it belongs to, from 1; a rest belongs to the set before it.
        round_: Which push or hold of a set, from 1.
        side: 1 or 2; 1 where both sides work at once.
        goes_back: Of a rest, whether the first side is next again after the second.
    """

    kind: PhaseKind
    seconds: float
    lead_s: float = 0.0
    beat: tuple[float, ...] = ()
    reps: int = 0
    set_: int = 1
    round_: int = 1
    side: int = 1
    goes_back: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an exercise, with its kind (one of ``STEP_KINDS``).

    ``frame`` is the drawing of the exercise's figure that belongs to it, counted from 1; ``sets`` are the first and the
    last set in which it is done, where it is not done in all.
    """

    kind: str
    text: str
    line: int
    frame: int | None = None
    sets: tuple[int, int] | None = None

    def is_in(self, number: int) -> bool:
        """Whether it is done in a set, counted from 1."""
        return self.sets is None or self.sets[0] <= number <= self.sets[1]
