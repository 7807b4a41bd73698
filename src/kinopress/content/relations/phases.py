"""A dosage as what is done one after the other, with its seconds.

Whoever is led through an exercise gets these phases, and the minutes of a plan are their sum: so what a plan says of
its time is what its reader spends. Nobody has timed the exercises of this site; the figures below are the pace its
steps describe. A range counts by its middle, sets and repetitions by the next whole number.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from kinopress.content.model.dosage import Amount, Dosage, Phase, PhaseKind
from kinopress.content.model.pages import Exercise
from kinopress.content.relations.step_phases import alternates, rep_s, sets_of_their_own
from kinopress.patterns import lazily

REP_S = 4.0
"""A repetition: two seconds there, two seconds back, where its steps tell of no other time."""
MOVE_S = 2.0
"""Into a hold and out of it."""
RELAX_S = 3.0
"""Letting go between push and stretch, and between two holds of a set, where a dosage does not say it."""
SET_S = 60.0
"""A set of which neither repetitions nor a hold are told."""
REST_S = 30.0
"""Between sets where no rest is told."""
SIDE_S = 10.0
"""Turning over to the other side; where there is something to set up again, ``SET_UP_S``."""
SET_UP_S = 30.0
"""Lying down, fetching the band."""


_ON_ONE_SIDE = lazily(r"side[- ](?:lying|plank)\b|lying on (?:the|your|one) side\b")
_TEMPO = lazily(r"[0-9]{1,2}(?:-[0-9]{1,2}){1,3}")


@dataclass(frozen=True, slots=True)
class Pace:
    """What the words of an exercise say of its time beside the dosage.

    Attributes:
        change_s: Seconds to change sides.
        rep_s: Seconds of a repetition, where the dosage has no tempo.
        own_s: The same of each set from the first to the last one that has steps of its own.
        alternates: Whether the legs take turns repetition by repetition, and not set by set.
    """

    change_s: float = SIDE_S
    rep_s: float = REP_S
    alternates: bool = False
    own_s: tuple[float, ...] = ()

    def rep_s_in(self, set_: int) -> float:
        """Seconds of a repetition in one set, counted from 1."""
        return self.own_s[set_ - 1] if set_ <= len(self.own_s) else self.rep_s


USUAL = Pace()
"""The pace of an exercise of whose time no words say anything."""


def side_s(exercise: Exercise) -> float:
    """The seconds to change sides: longer where equipment, or more than one line of getting ready, has to be set up."""
    if on_feet(exercise):
        return SIDE_S
    needs = any(not thing.endswith(" optional") for thing in exercise.equipment)
    lines = sum(step.kind == "prepare" for step in exercise.steps)
    return SET_UP_S if needs or lines > 1 else SIDE_S


def on_feet(exercise: Exercise) -> bool:
    """Whether it is done standing: then the sides change with a step, and nothing is set up again."""
    return exercise.position.startswith("standing")


def turns_over(exercise: Exercise) -> bool:
    """Whether one lies or leans on one side of the body, so that the sides change by turning over."""
    return _ON_ONE_SIDE.match(exercise.position.casefold()) is not None


def pace_of(exercise: Exercise) -> Pace:
    """The pace that the steps of an exercise describe."""
    steps = exercise.steps
    sets = range(1, sets_of_their_own(steps) + 1)
    return Pace(
        side_s(exercise),
        rep_s(steps, REP_S),
        alternates(steps),
        tuple(rep_s(steps, REP_S, set_) for set_ in sets),
    )


def phases(dosage: Dosage, pace: Pace = USUAL) -> tuple[Phase, ...]:
    """An exercise from getting ready to the end of its last set.

    The sides take turns set by set; with ``one_side_first`` all sets of one side come first. Between two sets of a
    side is a rest, between two sides the time to turn over. Where legs take turns, a repetition is one of each and no
    side has sets of its own. There is no phase of 0 seconds.
    """
    return tuple(phase for phase in _all(dosage, pace) if phase.seconds > 0)


def takes_turns(dosage: Dosage, pace: Pace) -> bool:
    """Whether a repetition is one of each side."""
    return pace.alternates and dosage.per_side and not (dosage.hold or dosage.stretch)


def _all(dosage: Dosage, pace: Pace) -> Iterator[Phase]:
    # Each is made with all its values at once: changing one that is there takes five times as long, and of an exercise
    # there may be a hundred.
    yield Phase("ready", SET_UP_S)
    sets = math.ceil(_middle(dosage.sets, 1.0))
    sides = 2 if dosage.per_side and not takes_turns(dosage, pace) else 1
    rest_s = _middle(dosage.rest, REST_S)
    both = [(set_, side) for set_ in range(1, sets + 1) for side in range(1, sides + 1)]
    if dosage.one_side_first:
        both.sort(key=lambda at: (at[1], at[0]))
    before: tuple[int, int] | None = None
    for set_, side in both:
        if before is not None:
            # A side that was waiting has rested; what comes back to the first one rests first.
            if side > before[1]:
                yield Phase("side", pace.change_s, set_=set_, side=side)
            else:
                back = side < before[1]
                yield Phase("rest", rest_s, set_=before[0], side=side, goes_back=back)
        yield from _set(dosage, pace, set_, side)
        before = set_, side


def _set(dosage: Dosage, pace: Pace, set_: int, side: int) -> Iterator[Phase]:
    """One set on one side."""

    def phase(kind: PhaseKind, seconds: float, lead_s: float = 0.0) -> Phase:
        return Phase(kind, seconds, lead_s, set_=set_, round_=number, side=side)

    hold, stretch = _middle(dosage.hold, 0.0), _middle(dosage.stretch, 0.0)
    if not (hold or stretch):
        yield _counted(dosage, pace, set_, side)
        return
    relax = _middle(dosage.relax, RELAX_S)
    last = math.ceil(_middle(dosage.reps, 1.0))
    for number in range(1, last + 1):
        if stretch:
            yield phase("push", hold)
            yield phase("relax", relax)
            yield phase("stretch", MOVE_S + stretch, MOVE_S)
        else:
            yield phase("hold", MOVE_S + hold, MOVE_S)
            if dosage.relax is not None or number < last:
                yield phase("relax", relax)


def _counted(dosage: Dosage, pace: Pace, set_: int, side: int) -> Phase:
    """A set of repetitions, or one of which nothing is told."""
    if dosage.reps is None:
        return Phase("work", SET_S, set_=set_, side=side)
    reps, beat = math.ceil(_middle(dosage.reps, 0.0)), _beat(dosage.tempo, pace.rep_s_in(set_))
    if takes_turns(dosage, pace):
        beat = (sum(beat), sum(beat))
    return Phase("reps", reps * sum(beat), beat=beat, reps=reps, set_=set_, side=side)


def _beat(tempo: str | None, rep_s: float) -> tuple[float, ...]:
    """The parts of a repetition told as ``3-2-3``; other words say nothing of time."""
    if tempo is not None and _TEMPO.fullmatch(tempo):
        parts = tuple(float(part) for part in tempo.split("-") if int(part))
        if parts:
            return parts
    return (rep_s,)


def _middle(amount: Amount | None, otherwise: float) -> float:
    return otherwise if amount is None else (amount.low + amount.high) / 2
