"""A plan for one client, as a value: a plan like the public ones, and what is known of the person it is for.

Nothing here ever becomes a page: no library holds it, no list of kinds names it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kinopress.content.model.pages import Plan
from kinopress.content.model.plans import PLAN_DAYS

Side = Literal["left", "right"]
SIDES: tuple[Side, ...] = ("left", "right")

CONSENT_FILE = "consent.txt"
"""The words with which the coach asks for consent: hers, beside the folders of clients."""
IGNORE_FILE = ".gitignore"
FOR_ALL_CLIENTS = (CONSENT_FILE, IGNORE_FILE)
"""Files beside the folders of clients that are about nobody: anyone may have them."""

KEPT_DAYS = 30
"""How long a private plan is kept after its last day, where nothing else is written."""


def day_to_delete(assessed: dt.date) -> dt.date:
    """The day on which a plan is deleted unless its file says another: so long after day 14."""
    return assessed + dt.timedelta(days=PLAN_DAYS + KEPT_DAYS)


@dataclass(frozen=True, slots=True)
class Measured:
    """One value of a check: on which day of the plan, of which check and side (``None`` where it has none)."""

    day: int
    check: str
    side: Side | None
    value: float
    line: int

    @property
    def name(self) -> str:
        """What a reader's device calls it: ``ake-9090:left``."""
        return self.check if self.side is None else f"{self.check}:{self.side}"


@dataclass(frozen=True, slots=True)
class ForClient:
    """What a private plan says of its client.

    Attributes:
        identity: Random: tells this plan from others in what comes back, and says nothing of anybody.
        assessed: The day of the assessment.
        measured: Values of checks, as they were measured.
        shown_name: The name that is on the plan; ``None`` where the coach has not said that one may be.
        own_words: What the client said hurts, in their own words.
        consent: The day on which the client agreed that this is kept; ``None`` where nothing is known of it.
        delete_on: The day on which it is deleted.
    """

    identity: str
    assessed: dt.date
    measured: tuple[Measured, ...] = ()
    shown_name: str | None = None
    own_words: str | None = None
    consent: dt.date | None = None
    delete_on: dt.date = field(default=dt.date.max)


@dataclass(frozen=True, slots=True)
class PrivatePlan:
    """A plan for one client. ``client`` is the name of their folder, ``plan`` what is done on which day."""

    client: str
    plan: Plan
    about: ForClient

    def values_on(self, day: int) -> Mapping[str, float]:
        """What was measured on a day, by check and side."""
        return {found.name: found.value for found in self.about.measured if found.day == day}
