"""How long an exercise takes: an estimate from its dosage, so that a plan can say its minutes.

Nobody has timed the exercises of this site; the figures below are the pace its steps describe.
A range counts by its middle. More sets, repetitions, holding or resting never take less time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from kinopress.content.model.dosage import Amount, Dosage
from kinopress.patterns import lazily

REP_S = 4.0
"""A repetition: two seconds there, two seconds back ("close slowly over two or three seconds")."""
MOVE_S = 2.0
"""Into a hold and out of it."""
RELAX_S = 3.0
"""Letting go between push and stretch where a MET does not say it."""
SET_S = 60.0
"""A set of which neither repetitions nor a hold are told."""
REST_S = 30.0
"""Between sets where no rest is told."""
SIDE_S = 10.0
"""Turning over to the other side."""
SET_UP_S = 30.0
"""Lying down, fetching the band."""

_TEMPO = lazily(r"[0-9]{1,2}(?:-[0-9]{1,2}){1,3}")


def exercise_s(dosage: Dosage) -> float:
    """The seconds one exercise takes, getting ready included."""
    sets = _middle(dosage.sets, 1.0)
    sides = 2 if dosage.per_side else 1
    rest = _middle(dosage.rest, REST_S)
    work = sides * sets * _set_s(dosage) + (sides - 1) * sets * SIDE_S
    return SET_UP_S + work + max(0.0, sets - 1) * rest


def _set_s(dosage: Dosage) -> float:
    """One set on one side."""
    hold = _middle(dosage.hold, 0.0)
    if dosage.reps is None:
        return hold + MOVE_S if hold else SET_S
    if not (hold or dosage.stretch):
        return _middle(dosage.reps, 0.0) * _tempo_s(dosage.tempo)
    relax = _middle(dosage.relax, RELAX_S if dosage.stretch else 0.0)
    repetition = hold + relax + _middle(dosage.stretch, 0.0) + MOVE_S
    return _middle(dosage.reps, 0.0) * repetition


def _tempo_s(tempo: str | None) -> float:
    """Seconds of a repetition told as ``3-2-3``; other words say nothing of time."""
    if tempo is None or not _TEMPO.fullmatch(tempo):
        return REP_S
    return float(sum(int(part) for part in tempo.split("-"))) or REP_S


def _middle(amount: Amount | None, otherwise: float) -> float:
    return otherwise if amount is None else (amount.low + amount.high) / 2


def session_minutes(dosages: Iterable[Dosage]) -> int:
    """The minutes of a session, rounded up; 0 for none."""
    return math.ceil(sum(map(exercise_s, dosages)) / 60)
