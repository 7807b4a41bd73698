"""Readers for fields that hold several values: a dosage, steps, chapters, a review."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kinopress.codes import Code
from kinopress.content.forms import amounts
from kinopress.content.forms import scalars as f
from kinopress.content.forms.form import Desk, Field, Form, said
from kinopress.content.model.characters import plain_hyphens
from kinopress.content.model.dosage import Amount, Dosage, Step
from kinopress.content.model.names import Mention, nearest
from kinopress.content.model.nodes import Fields, Items, Node, Text
from kinopress.content.model.pages import START_MAX, STEP_KINDS, Chapter, Review, Start
from kinopress.media.trim import Trim
from kinopress.problems import quoted


def mentions(node: Node, desk: Desk) -> tuple[Mention, ...] | None:
    """A list of names; the same name twice is reported."""
    found = f.list_of(f.mention)(node, desk)
    if found is None:
        return None
    seen: dict[str, Mention] = {}
    for m in found:
        key = " ".join(m.text.casefold().replace("-", " ").split())
        if key in seen:
            desk.report(
                m.line,
                f"{quoted(m.text)} appears here twice",
                "keep one of the two",
                Code.LIST_TWICE,
                "warning",
            )
        else:
            seen[key] = m
    return tuple(seen.values())


def names(node: Node, desk: Desk) -> tuple[str, ...] | None:
    """A list of words that are shown as they are."""
    return f.list_of(f.any_text)(node, desk)


_REVIEW = Form(
    Field("by", f.mention, "Who: a key of `reviewers` in mkdocs.yml.", "kinopress", required=True),
    Field("on", f.date, "The day of the last review.", "2026-11-22", required=True),
    Field(
        "next", f.date, "The day by which it should be reviewed again.", "2027-11-22", required=True
    ),
    what="a review",
)


def review(node: Node, desk: Desk) -> Review | None:
    """A whole review: by, on and next."""
    values = _REVIEW.read(node, desk)
    if values is None or len(values) < len(_REVIEW.fields):
        return None
    review = Review(**values)
    if review.next <= review.on:
        desk.report(
            node.line,
            "the next review is not after the last one",
            "give next a later date",
            Code.REVIEW_ORDER,
        )
        return None
    return review


DOSAGE = Form(
    Field("sets", amounts.count(1, 20), "How many rounds.", "3"),
    Field("reps", amounts.count(1, 100), "Repetitions in a round.", "8–12"),
    Field("hold", amounts.duration, "How long to hold or push.", "7 s"),
    Field(
        "stretch",
        amounts.duration,
        "How long to ease into the new range after the push (MET).",
        "15 s",
    ),
    Field("relax", amounts.duration, "How long to let go between push and stretch (MET).", "3 s"),
    Field("rest", amounts.duration, "Pause between sets.", "1 min 30 s"),
    Field("effort", amounts.percent, "How hard, out of full strength.", "20%"),
    Field(
        "reserve",
        amounts.count(0, 10),
        "How many more you could have done when you stop.",
        "2 reps",
    ),
    Field("tempo", f.any_text, "Seconds down, hold and up, or words.", "3-2-3"),
    Field("per_side", f.flag, "Whether all of it is done on each side.", "true"),
    Field(
        "one_side_first",
        f.flag,
        "Whether all sets of one side come before the other; otherwise the sides take turns, set by set.",
        "true",
    ),
    Field("sessions_per_day", amounts.count(1, 6), "How many times a day.", "2"),
    Field("days_per_week", amounts.count(1, 7), "On how many days a week.", "5"),
    Field("weeks", amounts.count(1, 52), "For how many weeks before you judge it.", "12"),
    what="a dosage",
)


_LONGEST_LIKELY_S = {"hold": 180, "stretch": 180, "relax": 60, "rest": 900}
"""Longer ones are nearly always minutes written for seconds: the longest hold of the exercises here is
60 s, long passive stretches go to 3 min, and rests between heavy sets to 5 min."""


def dosage(node: Node, desk: Desk) -> Dosage | None:
    """How much and how often."""
    values = DOSAGE.read(node, desk)
    if values is None:
        return None
    unlikely_times(values, node, desk)
    return Dosage(**values)


def _are_whole_minutes(amount: Amount) -> bool:
    """Whether a time may be a number of seconds that was written with ``min``."""
    return amount.low % 60 == 0 and amount.high % 60 == 0


def unlikely_times(values: Mapping[str, object], node: Node, desk: Desk) -> None:
    """A word about times that can hardly be meant; they are taken as they are."""
    for name, longest_s in _LONGEST_LIKELY_S.items():
        amount = values.get(name)
        if isinstance(amount, Amount) and amount.high > longest_s:
            line = node.key_lines[name] if isinstance(node, Fields) else node.line
            whole = _are_whole_minutes(amount)
            desk.at(name).report(
                line,
                f"{amount.minutes} min is a long time for this"
                if whole
                else f"{amount} s is a long time for this",
                f"if seconds were meant, write {amount.minutes} s; otherwise there is nothing to do"
                if whole
                else "check the number; if it is right, there is nothing to do",
                Code.DOSAGE_LONG,
                "warning",
            )


def steps(node: Node, desk: Desk) -> tuple[Step, ...] | None:
    """The steps of an exercise: one kind and one text each, and the drawing beside it; a bare text is a step."""
    if not isinstance(node, Items):
        desk.report(
            node.line,
            "the steps must be a list",
            "write one per line, like - step: Lift your hips.",
            Code.STEPS_FORM,
        )
        return None
    read = (
        _bare_step(item, desk) if isinstance(item, Text) else _step_of_a_kind(item, desk)
        for item in node.items
    )
    return tuple(step for step in read if step is not None)


def _bare_step(node: Text, desk: Desk) -> Step | None:
    text = f.text(node, desk)
    return Step("step", text, node.line) if text is not None else None


_FRAME, _SETS = "frame", "sets"
_BESIDE = (_FRAME, _SETS)


def _step_of_a_kind(node: Items | Fields, desk: Desk) -> Step | None:
    """A step with its kind: ``step: Lift your hips.``, and below it what is beside a step.

    That is ``frame: 2`` if it has a drawing, and ``sets: 2-3`` if it is not done in all of them.
    """
    kinds = (
        [name for name in node.entries if name not in _BESIDE] if isinstance(node, Fields) else []
    )
    if isinstance(node, Fields) and len(kinds) == 2:
        free = [name for name in _BESIDE if name not in node.entries]
        strange = [name for name in kinds if name not in STEP_KINDS and nearest(name, free)]
        if strange:
            meant = nearest(strange[0], free)[0]
            desk.at(strange[0]).report(
                node.key_lines[strange[0]],
                f"a step has no field {quoted(strange[0])}",
                f"did you mean {meant}?",
                Code.STEPS_FORM,
            )
            return None
    if not isinstance(node, Fields) or len(kinds) != 1:
        desk.report(
            node.line,
            "a step has one kind and one text",
            "write it like - cue: Keep your back flat. (put a text with a comma or colon in quotes)",
            Code.STEPS_FORM,
        )
        return None
    (kind,) = kinds
    if kind not in STEP_KINDS:
        close = nearest(kind, STEP_KINDS)
        guess = f"did you mean {close[0]}? " if close else ""
        desk.report(
            node.line,
            f"{quoted(kind)} is not a kind of step",
            f"{guess}choose from {', '.join(STEP_KINDS)}",
            Code.STEPS_KIND,
        )
        return None
    text = f.text(node.entries[kind], desk.at(kind))
    frame = node.entries.get(_FRAME)
    number = _drawing(frame, desk.at(_FRAME)) if frame is not None else None
    sets = node.entries.get(_SETS)
    done_in = _done_in(sets, desk.at(_SETS)) if sets is not None else None
    return Step(kind, text, node.line, number, done_in) if text is not None else None


def _done_in(node: Node, desk: Desk) -> tuple[int, int] | None:
    """The sets in which a step is done: one, or from the first to the last."""
    written = plain_hyphens(node.text) if isinstance(node, Text) else ""
    found = re.fullmatch(r"\s*([1-9][0-9]?)\s*(?:(?:[-–—]|to)\s*([1-9][0-9]?))?\s*", written)
    if found:
        first, last = int(found[1]), int(found[2] or found[1])
        if first <= last:
            return first, last
    desk.report(
        node.line,
        f"{said(node)} does not say in which sets a step is done",
        "write one set or the first and the last, such as 3 or 1-2; without it the step is done in every set",
        Code.STEPS_SETS,
    )
    return None


def _drawing(node: Node, desk: Desk) -> int | None:
    """The number of a drawing; how many there are is known where the pose file has been read."""
    if isinstance(node, Text) and re.fullmatch("[1-9]", node.text.strip()):
        return int(node.text)
    desk.report(
        node.line,
        f"{said(node)} is not the number of a drawing",
        "write one number, such as 1 for the first drawing of the figure",
        Code.STEPS_FRAME,
    )
    return None


_CHAPTER = Form(
    Field("at", amounts.moment, "When it begins.", "12 s", required=True),
    Field("title", f.title, "Its name.", "Cross the ankle", required=True),
    what="a chapter",
)
_TRIM = Form(
    Field("from", amounts.moment, "Where the part to show begins.", "3 s"),
    Field("to", amounts.seconds, "Where it ends.", "1 min 20 s"),
    what="a trim",
)


def chapters(node: Node, desk: Desk) -> tuple[Chapter, ...] | None:
    """Named moments of a film, in order of time."""
    if not isinstance(node, Items):
        desk.report(
            node.line,
            "the chapters must be a list",
            "write one per line, like - {at: 12 s, title: Cross the ankle}",
            Code.CHAPTERS_FORM,
        )
        return None
    chapters: list[Chapter] = []
    for item in node.items:
        values = _CHAPTER.read(item, desk)
        if values is None or len(values) < 2:
            continue
        if chapters and values["at"] <= chapters[-1].at_s:
            desk.at("at").report(
                item.line,
                "this chapter does not begin after the one before it",
                "put the chapters in order of time",
                Code.CHAPTERS_ORDER,
            )
            continue
        chapters.append(Chapter(values["at"], values["title"]))
    return tuple(chapters)


def trim(node: Node, desk: Desk) -> Trim | None:
    """The part of a film to show."""
    values = _TRIM.read(node, desk)
    if values is None:
        return None
    trim = Trim(values.get("from", 0.0), values.get("to"))
    if trim.to_s is not None and trim.to_s <= trim.from_s:
        desk.report(
            node.line,
            "the film would end before it begins",
            "give to a later time than from",
            Code.TRIM_ORDER,
        )
        return None
    return trim


def uberon(node: Node, desk: Desk) -> str | None:
    """A number of the UBERON anatomy list (https://obofoundry.org/ontology/uberon)."""
    value = f.any_text(node, desk)
    if value is not None and not (
        value.startswith("UBERON:") and value[7:].isdigit() and len(value) == 14
    ):
        desk.report(
            node.line,
            f"{quoted(value)} is not a UBERON number",
            "write it like UBERON:0008529, or remove the line",
            Code.UBERON_FORM,
        )
        return None
    return value


START = Form(
    Field("exercise", f.slug, "The exercise, by its file name.", "glute-bridge", required=True),
    Field(
        "when",
        f.text,
        "For whom, from when or how often; shown with the exercise.",
        "Only if walking does not hurt.",
    ),
    Field(
        "how",
        f.text,
        "What is different about the movement; shown with the exercise, and again while it is done.",
        "On two legs.",
    ),
    Field(
        "dosage",
        dosage,
        "How much of it with this symptom, instead of the exercise's own dose.",
        "{sets: 2, reps: 8}",
    ),
    Field("later", f.flag, "Whether it is not for the first day.", "true"),
    what="an exercise to start with",
)


def starts(node: Node, desk: Desk) -> tuple[Start, ...] | None:
    """The exercises to start with: by file name alone, or with the words for whom it is."""
    found = f.list_of(_start)(node, desk)
    if found is None:
        return None
    seen: dict[str, Start] = {}
    for start in found:
        if start.exercise.text in seen:
            desk.report(
                start.exercise.line,
                f"{quoted(start.exercise.text)} appears here twice",
                "keep one of the two",
                Code.LIST_TWICE,
                "warning",
            )
        seen.setdefault(start.exercise.text, start)
    distinct = tuple(seen.values())
    if len(distinct) > START_MAX:
        desk.report(
            distinct[START_MAX].exercise.line,
            f"these are {len(distinct)} exercises, too many to start with",
            f"keep the {START_MAX} that matter most: the page lists the others further down",
            Code.START_MANY,
        )
    return distinct


def _start(node: Node, desk: Desk) -> Start | None:
    if isinstance(node, Text):
        exercise = f.slug(node, desk)
        return None if exercise is None else Start(exercise)
    values = START.read(node, desk)
    if values is None or "exercise" not in values:
        return None
    if isinstance(node, Fields) and not {"when", "how"} & node.entries.keys():
        field = START.fields["when"]
        desk.at(field.name).report(
            node.line,
            f"{START.what} needs this field, or how",
            f"add a line like {field.name}: {field.example}",
            Code.FIELD_MISSING,
        )
    return Start(
        values["exercise"],
        values.get("when", ""),
        values.get("dosage"),
        later=bool(values.get("later", False)),
        how=values.get("how", ""),
    )
