"""How long an exercise and a session take, so that a plan can say its minutes: the sum of their phases.

More sets, repetitions, holding or resting never take less time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from kinopress.content.model.dosage import Dosage
from kinopress.content.relations.phases import phases


def exercise_s(dosage: Dosage) -> float:
    """The seconds one exercise takes, getting ready included."""
    return sum(phase.seconds for phase in phases(dosage))


def session_minutes(dosages: Iterable[Dosage]) -> int:
    """The minutes of a session, rounded up; 0 for none."""
    return math.ceil(sum(map(exercise_s, dosages)) / 60)
