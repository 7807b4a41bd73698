"""How long an exercise and a session take, so that a plan can say its minutes: the sum of their phases.

More sets, repetitions, holding or resting never take less time.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable

from kinopress.content.model.dosage import Dosage
from kinopress.content.relations.phases import USUAL, Pace, phases


@functools.lru_cache(maxsize=1024)
def exercise_s(dosage: Dosage, pace: Pace = USUAL) -> float:
    """The seconds one exercise takes, getting ready included, at the pace that its steps describe."""
    return sum(phase.seconds for phase in phases(dosage, pace))


def session_minutes(seconds: Iterable[float]) -> int:
    """The minutes of a session whose exercises take so many seconds, rounded up; 0 for none."""
    return math.ceil(sum(seconds) / 60)
