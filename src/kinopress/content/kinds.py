"""The kinds of page, as values.

One file gives one page. What a page *names* (tags, suspects, an easier exercise)
stays a :class:`~kinopress.content.fields.Mention` until the whole library is
known; :mod:`kinopress.content.checks` looks them up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from kinopress.content.amounts import Amount
from kinopress.content.fields import Mention
from kinopress.content.nodes import Fields

Kind = Literal["article", "exercise", "video", "plan", "muscle", "symptom", "technique", "page"]


FAMILIES = ("met", "stretch", "strength", "mobility", "self-care", "movement")
LEVELS = ("easy", "medium", "hard")
STEP_KINDS = ("prepare", "step", "cue", "breathe", "caution")
PLAN_DAYS = 14
"""How long a plan is."""
TEST_DAYS = (0, 7, 14)
"""The days of a plan on which its reader measures; 0 is before the first session."""
STRUCTURES = ("muscle", "group", "tendon", "fascia", "nerve", "joint")


@dataclass(frozen=True, slots=True)
class Review:
    """Who last went through a page, when, and when it is due again."""

    by: Mention
    on: dt.date
    next: dt.date


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


@dataclass(frozen=True, slots=True)
class Step:
    """One line of an exercise, with its kind (one of ``STEP_KINDS``)."""

    kind: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named moment of a film."""

    at_s: float
    title: str


@dataclass(frozen=True, slots=True)
class Trim:
    """The part of the source film to show, in seconds of the source."""

    from_s: float
    to_s: float | None


@dataclass(frozen=True, slots=True)
class Portion:
    """One exercise of a plan's block, and what the plan changes of its dosage (by field of ``Dosage``)."""

    exercise: Mention
    changes: Mapping[str, Any] = field(default_factory=dict)


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

    ``twice`` is what to do after red twice in a row.
    """

    green_max: int
    amber_max: int
    green: str
    amber: str
    red: str
    twice: str = "Stop the plan and ask a physiotherapist or your GP."
    stop_now: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Swap:
    """An exercise to do in place of another, and when."""

    exercise: Mention
    use: Mention
    when: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """What every kind of page has.

    ``front`` is what was written, so that a check can name its line; ``readable`` is False
    when there was front matter and it could not be read. ``body`` is the text without remarks,
    line by line as it was written; ``remark_lines`` are the indices of lines that held nothing else.
    """

    kind: Kind
    path: str
    slug: str
    title: str
    description: str = ""
    tags: tuple[Mention, ...] = ()
    sources: tuple[Mention, ...] = ()
    reviewed: Review | None = None
    draft: bool = False
    date: dt.date | None = None
    body: str = field(default="", repr=False)
    body_line: int = 1
    remark_lines: frozenset[int] = frozenset()
    front: Fields = field(default_factory=lambda: Fields(1), repr=False, compare=False)
    readable: bool = True

    @property
    def about(self) -> tuple[Mention, ...]:
        """The terms it belongs to: its tags."""
        return self.tags


@dataclass(frozen=True, kw_only=True)
class NoTag(Page):
    """A page that is no tag. ``also_called`` are other names of what it is about, for the search."""

    also_called: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Article(NoTag):
    """Something to read; newest first in its index."""


@dataclass(frozen=True, kw_only=True)
class PlainPage(NoTag):
    """Home, about, contact …: ordinary Markdown. ``slug`` is its path below docs/ without ``.md``."""


@dataclass(frozen=True, kw_only=True)
class Exercise(NoTag):
    """One exercise, with its dosage as data and its steps."""

    level: str = "easy"
    position: str = ""
    equipment: tuple[str, ...] = ()
    dosage: Dosage = Dosage()
    steps: tuple[Step, ...] = ()
    easier: Mention | None = None
    harder: Mention | None = None
    video: Mention | None = None


@dataclass(frozen=True, kw_only=True)
class Video(NoTag):
    """The page of a film; the film itself lies beside it."""

    exercises: tuple[Mention, ...] = ()
    alt: str = ""
    chapters: tuple[Chapter, ...] = ()
    trim: Trim | None = None
    poster_at_s: float | None = None


@dataclass(frozen=True, kw_only=True)
class Plan(NoTag):
    """Two weeks, day by day. ``minutes_per_day`` is in seconds, like every amount of time."""

    symptoms: tuple[Mention, ...] = ()
    not_for: tuple[Mention, ...] = ()
    minutes_per_day: Amount | None = None
    exercises_max: int = 4
    pain_rule: PainRule | None = None
    tests: tuple[PlanTest, ...] = ()
    blocks: tuple[Block, ...] = ()
    days: tuple[PlanDay, ...] = ()
    swaps: tuple[Swap, ...] = ()
    after: str = ""

    @property
    def about(self) -> tuple[Mention, ...]:
        """The symptoms it is for, and its tags."""
        return (*self.symptoms, *self.tags)


@dataclass(frozen=True, kw_only=True)
class Term(Page):
    """A page that is also a tag."""

    aliases: tuple[str, ...] = ()
    lay: tuple[str, ...] = ()
    misspellings: tuple[str, ...] = ()
    people_say: tuple[str, ...] = ()
    parent: Mention | None = None


@dataclass(frozen=True, kw_only=True)
class Muscle(Term):
    """A muscle, muscle group, tendon, band, nerve or joint."""

    structure: str = "muscle"
    latin: str | None = None
    regions: tuple[Mention, ...] = ()
    actions: tuple[str, ...] = ()
    antagonists: tuple[Mention, ...] = ()
    uberon: str | None = None


@dataclass(frozen=True, kw_only=True)
class Symptom(Term):
    """What a reader feels. ``suspects`` stand in order, likeliest first."""

    regions: tuple[Mention, ...] = ()
    suspects: tuple[Mention, ...] = ()
    techniques: tuple[Mention, ...] = ()
    avoid: tuple[Mention, ...] = ()
    tests: tuple[Mention, ...] = ()
    red_flags: tuple[Mention, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Technique(Term):
    """A way of working on a muscle."""

    family: str = "met"
    dosage: Dosage = Dosage()
    evidence: str = ""
    caution: str | None = None
