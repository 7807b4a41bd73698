"""The kinds of page, as values.

One file gives one page. What a page *names* (tags, suspects, an easier exercise)
stays a :class:`~kinopress.content.forms.scalars.Mention` until the whole library is
known; :mod:`kinopress.content.rules.check` looks them up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from kinopress.content.model.dosage import NO_DOSAGE, Amount, Dosage, Step
from kinopress.content.model.names import Mention
from kinopress.content.model.nodes import Fields, Items, Text
from kinopress.content.model.noticing.noticed import notice
from kinopress.content.model.plans import Block, PainRule, PlanDay, PlanTest, Swap
from kinopress.media.trim import Trim

Kind = str
"""The name of a kind of page; ``content.model.kinds`` has them all."""


FAMILIES = ("met", "stretch", "strength", "mobility", "self-care", "movement")
LEVELS = ("easy", "medium", "hard")
STEP_KINDS = ("prepare", "step", "cue", "breathe", "caution")
STRUCTURES = ("muscle", "group", "tendon", "fascia", "nerve", "joint")


@dataclass(frozen=True, slots=True)
class Review:
    """Who last went through a page, when, and when it is due again."""

    by: Mention
    on: dt.date
    next: dt.date


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named moment of a film."""

    at_s: float
    title: str


@dataclass(frozen=True, kw_only=True)
class Page:
    """What every kind of page has.

    ``front`` is what was written, so that a check can name its line; ``readable`` is False
    when there was front matter and it could not be read. ``written`` are the fields that were written. ``body`` is the text without comments,
    line by line as it was written; ``remark_lines`` are the indices of lines that held nothing else.
    ``lang`` is the language that it says it is written in, where it says one: two letters.
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
    lang: str | None = None
    body: str = field(default="", repr=False)
    body_line: int = 1
    remark_lines: frozenset[int] = frozenset()
    written: tuple[str, ...] = ()
    front: Fields = field(default_factory=lambda: Fields(1), repr=False, compare=False)
    readable: bool = True

    @property
    def about(self) -> tuple[Mention, ...]:
        """The terms it belongs to: its tags."""
        return self.tags


NOTICED = (
    *("body", "body_line", "remark_lines", "front"),
    *("title", "description", "sources", "reviewed"),
)
"""What is noted when it is read of a page that is watched."""

notice(Page, NOTICED)


@dataclass(frozen=True, kw_only=True)
class NoTag(Page):
    """A page that is not a tag. ``also_called`` are other names of what it is about, for the search."""

    also_called: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Article(NoTag):
    """Something to read; newest first in its index. ``first_person``: in the coach's own voice, under her name."""

    first_person: bool = False


@dataclass(frozen=True, kw_only=True)
class PlainPage(NoTag):
    """Home, about, contact …: ordinary Markdown. ``slug`` is its path below docs/ without ``.md``."""


@dataclass(frozen=True, kw_only=True)
class Exercise(NoTag):
    """One exercise, with its dosage as data and its steps."""

    level: str = "easy"
    position: str = ""
    equipment: tuple[str, ...] = ()
    dosage: Dosage = NO_DOSAGE
    steps: tuple[Step, ...] = ()
    easier: Mention | None = None
    harder: Mention | None = None
    video: Mention | None = None


@dataclass(frozen=True, kw_only=True)
class Video(NoTag):
    """The page of a film; the film itself is beside it."""

    exercises: tuple[Mention, ...] = ()
    alt: str = ""
    chapters: tuple[Chapter, ...] = ()
    trim: Trim | None = None
    poster_at_s: float | None = None


@dataclass(frozen=True, kw_only=True)
class Plan(NoTag):
    """Two weeks, day by day. ``session_s`` is how long a session may take, in seconds: ``minutes_per_day`` in the file."""

    symptoms: tuple[Mention, ...] = ()
    not_for: tuple[Mention, ...] = ()
    session_s: Amount | None = None
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


START_MAX = 3
"""More exercises than this are no longer a start."""


@dataclass(frozen=True, slots=True)
class Start:
    """An exercise to begin with.

    Attributes:
        exercise: Its file name.
        when: For whom, from when or how often; empty where it is for everybody.
        how: What is done differently with this symptom; read while it is done, so it must be clear by itself.
        dosage: How much of it with this symptom; ``None`` where the symptom has no dose of its own.
        later: Whether it is not for the first day.
    """

    exercise: Mention
    when: str = ""
    dosage: Dosage | None = None
    later: bool = False
    how: str = ""

    @property
    def words(self) -> str:
        """Both, as they are shown with the exercise."""
        return " ".join(filter(None, (self.when, self.how)))


@dataclass(frozen=True, kw_only=True)
class Symptom(Term):
    """What a reader feels. ``suspects`` are in order, likeliest first.

    ``start_with`` are the exercises to begin with: ``None`` where the coach leaves the choice to
    :mod:`kinopress.content.relations.starts`, and empty where there should be none.
    """

    regions: tuple[Mention, ...] = ()
    suspects: tuple[Mention, ...] = ()
    techniques: tuple[Mention, ...] = ()
    avoid: tuple[Mention, ...] = ()
    tests: tuple[Mention, ...] = ()
    red_flags: tuple[Mention, ...] = ()
    start_with: tuple[Start, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Technique(Term):
    """A way of working on a muscle. ``shown_by`` is the exercise whose figure shows its typical movement."""

    family: str = "met"
    dosage: Dosage = NO_DOSAGE
    shown_by: Mention | None = None
    evidence: str = ""
    caution: str | None = None


Pages = Mapping[tuple[Kind, str], Page]
"""Pages by kind and slug."""


def line_of(page: Page, name: str, entry: str | None = None) -> int | None:
    """The line of a field of the front matter (``reviewed.on``), or of one entry of its list."""
    line: int | None = None
    at = page.front
    for part in name.split("."):
        line = at.key_lines.get(part, line)
        node = at.entries.get(part)
        if isinstance(node, Fields):
            at = node
        elif isinstance(node, Items) and entry is not None:
            for item in node.items:
                if isinstance(item, Text) and " ".join(item.text.split()) == entry:
                    return item.line
    return line
