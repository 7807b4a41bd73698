"""A plan's days, blocks and rules, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kinopress.content.model.names import Mention

PLAN_DAYS = 14
"""How long a plan is."""


TEST_DAYS = (0, 7, 14)
"""The days of a plan on which its reader measures; 0 is before the first session."""


@dataclass(frozen=True, slots=True)
class Portion:
    """One exercise of a plan's block, and what the plan changes of its dosage (by field of ``Dosage``).

    A plan for one client may say that only one ``side`` does it, and have ``words`` for that client.
    """

    exercise: Mention
    changes: Mapping[str, Any] = field(default_factory=dict)
    side: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Exercises a plan does together, by a name of its own; not ``whole`` when some could not be read."""

    name: str
    line: int
    portions: tuple[Portion, ...]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class PlanDay:
    """What a plan does on one of its days, counted from 1.

    ``do`` and ``swap_if_amber`` name blocks: the second is done instead when the last
    strength day was amber. ``also`` and ``progress`` are words for the reader;
    ``progress`` says what to add when the two sessions before of the same blocks were green.
    """

    number: int
    line: int
    do: tuple[Mention, ...] = ()
    swap_if_amber: Mention | None = None
    also: str | None = None
    progress: str | None = None


@dataclass(frozen=True, slots=True)
class PlanTest:
    """What a plan measures, on which of ``TEST_DAYS``, and what counts as a change where the test does not say it."""

    test: Mention
    when: tuple[int, ...] = TEST_DAYS
    real_change: str | None = None


@dataclass(frozen=True, slots=True)
class PainRule:
    """The traffic light: scores up to ``green_max`` are green, up to ``amber_max`` amber, above red (0 to 10).

    ``twice`` is what to do after red twice in a row; where it is empty, what the whole site says of it
    (``red_twice`` in ``docs/data/help.yml``).
    """

    green_max: int
    amber_max: int
    green: str
    amber: str
    red: str
    twice: str = ""
    stop_now: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Swap:
    """An exercise to do in place of another, and when."""

    exercise: Mention
    use: Mention
    when: str
