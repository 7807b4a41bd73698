"""The kinds of page, as values, and the forms they are read from.

One file gives one page. What a page *names* (tags, suspects, an easier exercise)
stays a :class:`~kinopress.content.fields.Mention` until the whole library is
known; :mod:`kinopress.content.checks` looks them up.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Literal

from kinopress.content import fields as f
from kinopress.content.document import Document, Fields, Items, Node, Text
from kinopress.content.fields import Amount, Desk, Field, Form, Mention
from kinopress.problems import Problem

Kind = Literal["article", "exercise", "video", "muscle", "symptom", "technique", "page"]

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


@dataclass(frozen=True, kw_only=True)
class Page:
    """What every kind of page has."""

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


@dataclass(frozen=True, kw_only=True)
class Article(Page):
    """Something to read; newest first in its index."""


@dataclass(frozen=True, kw_only=True)
class PlainPage(Page):
    """Home, about, contact …: ordinary Markdown. ``slug`` is its path below docs/ without ``.md``."""


@dataclass(frozen=True, kw_only=True)
class Exercise(Page):
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
class Video(Page):
    """The page of a film; the film itself lies beside it."""

    exercises: tuple[Mention, ...] = ()
    alt: str = ""
    chapters: tuple[Chapter, ...] = ()
    trim: Trim | None = None
    poster_at_s: float | None = None


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


def _mentions(node: Node, desk: Desk) -> tuple[Mention, ...] | None:
    """A list of names; the same name twice is said."""
    found = f.list_of(f.mention)(node, desk)
    if found is None:
        return None
    seen: dict[str, Mention] = {}
    for m in found:
        key = " ".join(m.text.casefold().replace("-", " ").split())
        if key in seen:
            desk.report(m.line, f"“{m.text}” stands here twice", "keep one of the two", "list-twice", "warning")
        else:
            seen[key] = m
    return tuple(seen.values())


def _names(node: Node, desk: Desk) -> tuple[str, ...] | None:
    return f.list_of(f.any_text)(node, desk)


_REVIEW = Form(
    Field("by", f.mention, "Who: a key of `reviewers` in mkdocs.yml.", "kinopress", required=True),
    Field("on", f.date, "The day of the last review.", "2026-11-22", required=True),
    Field("next", f.date, "The day by which it should be reviewed again.", "2027-11-22", required=True),
    what="a review",
)


def _review(node: Node, desk: Desk) -> Review | None:
    values = _REVIEW.read(node, desk)
    if values is None or len(values) < len(_REVIEW.fields):
        return None
    review = Review(**values)
    if review.next <= review.on:
        desk.report(node.line, "the next review is not after the last one", "give next a later date", "review-order")
    return review


DOSAGE = Form(
    Field("sets", f.count(1, 20), "How many rounds.", "3"),
    Field("reps", f.count(1, 100), "Repetitions in a round.", "8–12"),
    Field("hold", f.duration, "How long to hold or push.", "7 s"),
    Field("stretch", f.duration, "How long to ease into the new range after the push (MET).", "15 s"),
    Field("relax", f.duration, "How long to let go between push and stretch (MET).", "3 s"),
    Field("rest", f.duration, "Pause between sets.", "1 min 30 s"),
    Field("effort", f.percent, "How hard, out of full strength.", "20 %"),
    Field("reserve", f.count(0, 10), "How many more you could have done when you stop.", "2 reps"),
    Field("tempo", f.any_text, "Seconds down, hold and up, or words.", "3-2-3"),
    Field("per_side", f.flag, "Whether all of it is done on each side.", "true"),
    Field("sessions_per_day", f.count(1, 6), "How often a day.", "2"),
    Field("days_per_week", f.count(1, 7), "On how many days a week.", "5"),
    Field("weeks", f.count(1, 52), "For how many weeks before you judge it.", "12"),
    what="a dosage",
)


def _dosage(node: Node, desk: Desk) -> Dosage | None:
    values = DOSAGE.read(node, desk)
    return None if values is None else Dosage(**values)


def _steps(node: Node, desk: Desk) -> tuple[Step, ...] | None:
    if not isinstance(node, Items):
        desk.report(node.line, "the steps are a list", "write one a line, like - step: Lift your hips.", "steps-form")
        return None
    steps = []
    for item in node.items:
        if isinstance(item, Text):
            if item.type == "text" and item.text.strip():
                steps.append(Step("step", " ".join(item.text.split()), item.line))
            else:
                f.text(item, desk)
            continue
        if isinstance(item, Items) or len(item.entries) != 1:
            desk.report(item.line, "one step has one kind and one text", "write it like - cue: Keep your back flat. (quotes around a text with a comma or colon help)", "steps-form")
            continue
        ((kind, value),) = item.entries.items()
        if kind not in STEP_KINDS:
            close = f.nearest(kind, STEP_KINDS)
            guess = f"did you mean {close[0]}? " if close else ""
            desk.report(item.line, f"“{kind}” is not a kind of step", f"{guess}choose from {', '.join(STEP_KINDS)}", "steps-kind")
            continue
        said = f.text(value, desk.at(kind))
        if said is not None:
            steps.append(Step(kind, said, item.line))
    return tuple(steps)


_CHAPTER = Form(
    Field("at", f.moment, "When it begins.", "12 s", required=True),
    Field("title", f.title, "Its name.", "Cross the ankle", required=True),
    what="a chapter",
)
_TRIM = Form(
    Field("from", f.moment, "Where the part to show begins.", "3 s"),
    Field("to", f.seconds, "Where it ends.", "1 min 20 s"),
    what="a trim",
)


def _chapters(node: Node, desk: Desk) -> tuple[Chapter, ...] | None:
    if not isinstance(node, Items):
        desk.report(node.line, "the chapters are a list", "write one a line, like - {at: 12 s, title: Cross the ankle}", "chapters-form")
        return None
    chapters: list[Chapter] = []
    for item in node.items:
        values = _CHAPTER.read(item, desk)
        if values is None or len(values) < 2:
            continue
        if chapters and values["at"] <= chapters[-1].at_s:
            desk.at("at").report(item.line, "this chapter does not begin after the one before it", "put the chapters in order of time", "chapters-order")
            continue
        chapters.append(Chapter(values["at"], values["title"]))
    return tuple(chapters)


def _trim(node: Node, desk: Desk) -> Trim | None:
    values = _TRIM.read(node, desk)
    if values is None:
        return None
    trim = Trim(values.get("from", 0.0), values.get("to"))
    if trim.to_s is not None and trim.to_s <= trim.from_s:
        desk.report(node.line, "the film would end before it begins", "give to a later time than from", "trim-order")
        return None
    return trim


def _uberon(node: Node, desk: Desk) -> str | None:
    value = f.any_text(node, desk)
    if value is not None and not (value.startswith("UBERON:") and value[7:].isdigit() and len(value) == 14):
        desk.report(node.line, f"“{value}” is not an UBERON number", "write it like UBERON:0008529, or remove the line", "uberon-form")
        return None
    return value


_COMMON = (
    Field("title", f.title, "The heading of the page, and the name of the tag on a term page.", "Clam", required=True),
    Field("description", f.text, "One sentence for lists and search engines.", "A side-lying lift for the side of the hip.", required=True),
    Field("tags", _mentions, "Techniques, muscles and symptoms the page belongs to, in any of their names.", "[MET, piriformis, tight hamstrings]"),
    Field("sources", _mentions, "Keys of docs/data/references.yml; `practice` where no trial stands behind it.", "[weppler2010]"),
    Field("reviewed", _review, "Who went through it, when, and when it is due again.", "{by: kinopress, on: 2026-11-22, next: 2027-11-22}"),
    Field("draft", f.flag, "true keeps the page back.", "true"),
    Field("date", f.date, "The day it appears. A day in the future keeps it back until then.", "2026-11-22"),
)
_NAMES = (
    Field("aliases", _names, "Other right names; each can be used as a tag.", "[TFL]"),
    Field("lay", _names, "What people call it; shown and searched, not a tag.", "[front pocket muscle]"),
    Field("misspellings", _names, "How it is often mistyped; works as a tag, never shown.", "[periformis]"),
    Field("people_say", _names, "How people describe it in their own words.", "[bum hurts when I sit]"),
)
_REGIONS = Field("regions", _mentions, "Where on the body: keys of docs/data/regions.yml.", "[buttock]", required=True)


def _common(**required: bool) -> tuple[Field, ...]:
    return tuple(
        Field(c.name, c.read, c.doc, c.example, required=required.get(c.name, c.required)) for c in _COMMON
    )


FORMS: dict[Kind, Form] = {
    "article": Form(*_common(date=True, tags=True), what="an article"),
    "page": Form(*_common(), what="a page"),
    "exercise": Form(
        *_common(tags=True),
        Field("level", f.choice(*LEVELS), "easy, medium or hard.", "easy", required=True),
        Field("position", f.text, "How you lie, sit or stand.", "lying on back", required=True),
        Field("equipment", _names, "What you need.", "[loop band]"),
        Field("dosage", _dosage, "How much and how often.", "{sets: 3, reps: 8–12, per_side: true, days_per_week: 3}", required=True),
        Field("steps", _steps, "What to do, one line a step: prepare, step, cue, breathe or caution.", "[{step: Lift your hips.}]", required=True),
        Field("easier", f.slug, "An easier exercise, by its file name.", "glute-bridge"),
        Field("harder", f.slug, "A harder exercise, by its file name.", "single-leg-bridge"),
        Field("video", f.slug, "The film that shows it, by its file name.", "figure-four-stretch"),
        what="an exercise",
    ),
    "video": Form(
        *_common(tags=True, date=True),
        Field("exercises", _mentions, "The exercises it shows, by file name.", "[figure-four-stretch]"),
        Field("alt", f.text, "What is seen, in a sentence, for those who cannot see it.", "A person on their back draws one thigh in.", required=True),
        Field("chapters", _chapters, "Named moments.", "[{at: 0 s, title: Set up}]"),
        Field("trim", _trim, "The part of the film to show.", "{from: 2 s, to: 1 min 5 s}"),
        Field("poster", f.moment, "The moment for the still picture.", "12.5 s"),
        what="a video",
    ),
    "muscle": Form(
        *_common(),
        *_NAMES,
        Field("kind", f.choice(*STRUCTURES), "muscle, group, tendon, fascia, nerve or joint.", "muscle", required=True),
        Field("parent", f.mention, "The group it belongs to.", "glutes"),
        _REGIONS,
        Field("latin", f.text, "Its Latin name.", "musculus piriformis"),
        Field("actions", _names, "What it does.", "[turns the thigh out]"),
        Field("antagonists", _mentions, "The muscles that do the opposite.", "[hamstrings]"),
        Field("uberon", _uberon, "Its number in the UBERON anatomy list, where known.", "UBERON:0008529"),
        what="a muscle",
    ),
    "symptom": Form(
        *_common(),
        *_NAMES,
        Field("parent", f.mention, "A wider symptom it belongs to.", "hip-stiffness"),
        _REGIONS,
        Field("suspects", _mentions, "What it can be, likeliest first: muscles, tendons, nerves, joints.", "[piriformis, sciatic-nerve]", required=True),
        Field("techniques", _mentions, "What can help.", "[met-pir, strength]"),
        Field("avoid", _mentions, "Techniques to leave out for now.", "[static-stretch]"),
        Field("tests", _mentions, "Checks: keys of docs/data/tests.yml.", "[toe-touch]"),
        Field("red_flags", _mentions, "Warning signs: keys of docs/data/red_flags.yml.", "[cauda-equina, not-settling]", required=True),
        what="a symptom",
    ),
    "technique": Form(
        *_common(),
        *_NAMES,
        Field("parent", f.mention, "The technique it is a form of.", "met"),
        Field("family", f.choice(*FAMILIES), "met, stretch, strength, mobility, self-care or movement.", "met", required=True),
        Field("dosage", _dosage, "The usual dose, as ranges.", "{reps: 3–5, hold: 5–10 s}"),
        Field("evidence", f.text, "What trials say, in a sentence or two.", "Trials are small."),
        Field("caution", f.text, "One sentence on when to leave it.", "Not over a fresh tear."),
        what="a technique",
    ),
}

_CLASSES: dict[Kind, type[Page]] = {
    "article": Article,
    "page": PlainPage,
    "exercise": Exercise,
    "video": Video,
    "muscle": Muscle,
    "symptom": Symptom,
    "technique": Technique,
}
_RENAMED = {"muscle": {"kind": "structure"}, "video": {"poster": "poster_at_s"}}


def read_page(kind: Kind, slug: str, document: Document) -> tuple[Page, list[Problem]]:
    """One checked page of its kind.

    A page always comes back, with what could be read; whether it may be published
    is for the problems to say. So ``serve`` can show a page beside its mistakes.
    """
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    if document.readable:
        read = FORMS[kind].read(Fields(1, document.front.entries, document.front.key_lines), Desk(document.path, problems))
        values = read or {}
    for name, attribute in _RENAMED.get(kind, {}).items():
        if name in values:
            values[attribute] = values.pop(name)
    values.setdefault("title", slug.rsplit("/", 1)[-1].replace("-", " ").capitalize())
    page = _CLASSES[kind](
        kind=kind, path=document.path, slug=slug, body=document.body, body_line=document.body_line, **values
    )
    if document.readable and not document.body.strip() and not (isinstance(page, Exercise) and page.steps):
        problems.append(
            Problem(document.path, None, None, "there is no text below the front matter", "write a few sentences below the second ---", "body-empty", "warning")
        )
    return page, problems
