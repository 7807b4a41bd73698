"""The form of each kind of page: its fields, what each is for, and an example of it.

These are what ``check`` reads with and what the coach's guide documents.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kinopress.codes import Code
from kinopress.content.forms import amounts, groups
from kinopress.content.forms import plans as plan_fields
from kinopress.content.forms import scalars as f
from kinopress.content.forms.form import Desk, Field, Form
from kinopress.content.forms.placeholders import left_in_text, take_out
from kinopress.content.markdown.code_spans import without_remarks
from kinopress.content.model.kinds import KINDS, KindOfPage
from kinopress.content.model.language.words import LANGUAGES_WITH_WORDS
from kinopress.content.model.nodes import Fields
from kinopress.content.model.pages import FAMILIES, LEVELS, STRUCTURES, Exercise, Kind, Page
from kinopress.content.source.document import Document
from kinopress.problems import Problem

_COMMON = (
    Field(
        "title",
        f.title,
        "The heading of the page, and the name of the tag on a term page.",
        "Clam",
        required=True,
    ),
    Field(
        "description",
        f.plain,
        "One sentence for lists and search engines.",
        "A side-lying lift for the side of the hip.",
        required=True,
    ),
    Field(
        "tags",
        groups.mentions,
        "Techniques, muscles and symptoms the page belongs to, by any of their names.",
        "[MET, piriformis, tight hamstrings]",
    ),
    Field(
        "sources",
        groups.mentions,
        "Keys of docs/data/references.yml; `practice` where no trial supports it.",
        "[weppler2010]",
    ),
    Field(
        "reviewed",
        groups.review,
        "Who went through it, when, and when it is due again.",
        "{by: kinopress, on: 2026-11-22, next: 2027-11-22}",
    ),
    Field("draft", f.flag, "true keeps the page back.", "true"),
    Field(
        "date",
        f.date,
        "The day it appears. A day in the future keeps it back until then.",
        "2026-11-22",
    ),
    Field(
        "lang",
        f.choice(*LANGUAGES_WITH_WORDS),
        "The language it is written in, where that is not the site's: `en` or `cy`.",
        "en",
    ),
)
_ALSO_CALLED = Field(
    "also_called",
    groups.names,
    "Other names people search for it by; not shown, not a tag.",
    "[hip opener, one-leg bridge]",
)
_NAMES = (
    Field("aliases", groups.names, "Other correct names; each can be used as a tag.", "[TFL]"),
    Field(
        "lay",
        groups.names,
        "What people call it; shown and searched, not a tag.",
        "[front pocket muscle]",
    ),
    Field(
        "misspellings",
        groups.names,
        "How it is often mistyped; works as a tag, never shown.",
        "[periformis]",
    ),
    Field(
        "people_say",
        groups.names,
        "How people describe it in their own words.",
        "[bum hurts when I sit]",
    ),
)
_PARENT = Field("parent", f.mention, "A wider tag it belongs to.", "glutes")
_REGIONS = Field(
    "regions",
    groups.mentions,
    "Where on the body: keys of docs/data/regions.yml.",
    "[buttock]",
    required=True,
)


def _common(**required: bool) -> tuple[Field, ...]:
    return tuple(
        Field(c.name, c.read, c.doc, c.example, required=required.get(c.name, c.required))
        for c in _COMMON
    )


_OF_THEIR_OWN: dict[Kind, Form] = {
    "article": Form(
        *_common(date=True, tags=True),
        _ALSO_CALLED,
        Field(
            "first_person",
            f.flag,
            "true where you speak as yourself: your name and picture are at the top.",
            "true",
        ),
        what=KINDS["article"].one,
    ),
    "exercise": Form(
        *_common(tags=True),
        _ALSO_CALLED,
        Field("level", f.choice(*LEVELS), "easy, medium or hard.", "easy", required=True),
        Field("position", f.text, "How you lie, sit or stand.", "lying on back", required=True),
        Field("equipment", groups.names, "What you need.", "[loop band]"),
        Field(
            "dosage",
            groups.dosage,
            "How much and how often.",
            "{sets: 3, reps: 8–12, per_side: true, days_per_week: 3}",
            required=True,
        ),
        Field(
            "steps",
            groups.steps,
            "What to do, one line a step: prepare, step, cue, breathe or caution; below it frame, the number of the drawing that belongs to it, and sets where it is not done in all of them.",
            "[{step: Lift your hips.}]",
            required=True,
        ),
        Field("easier", f.slug, "An easier exercise, by its file name.", "glute-bridge"),
        Field("harder", f.slug, "A harder exercise, by its file name.", "single-leg-bridge"),
        Field("video", f.slug, "The film that shows it, by its file name.", "figure-four-stretch"),
        what=KINDS["exercise"].one,
    ),
    "video": Form(
        *_common(tags=True, date=True),
        _ALSO_CALLED,
        Field(
            "exercises",
            groups.mentions,
            "The exercises it shows, by file name.",
            "[figure-four-stretch]",
        ),
        Field(
            "alt",
            f.plain,
            "What is seen, in a sentence, for those who cannot see it.",
            "A person on their back draws one thigh in.",
            required=True,
        ),
        Field("chapters", groups.chapters, "Named moments.", "[{at: 0 s, title: Set up}]"),
        Field("trim", groups.trim, "The part of the film to show.", "{from: 2 s, to: 1 min 5 s}"),
        Field(
            "poster",
            amounts.moment,
            "The moment for the still picture.",
            "12.5 s",
            attribute="poster_at_s",
        ),
        what=KINDS["video"].one,
    ),
    "plan": Form(
        *_common(),
        _ALSO_CALLED,
        Field(
            "for",
            groups.mentions,
            "The symptoms it is for, by any of their names.",
            "[tight hamstrings]",
            required=True,
            attribute="symptoms",
        ),
        Field(
            "not_for",
            groups.mentions,
            "Who should not follow it: keys of docs/data/red_flags.yml, and symptoms by any of their names.",
            "[cauda-equina, sit bone pain]",
        ),
        Field(
            "minutes_per_day",
            amounts.duration,
            "How long a session may take, from and to.",
            "10–20 min",
            required=True,
            attribute="session_s",
        ),
        Field(
            "exercises_max", f.whole(1, 4), "The most exercises in a session; 4 if omitted.", "3"
        ),
        Field(
            "pain_rule",
            plan_fields.pain_rule,
            "The traffic light for scores from 0 to 10.",
            "{green: {max: 3, do: Carry on.}, amber: {max: 5, do: Wait a day.}, red: {do: Stop.}}",
            required=True,
        ),
        Field(
            "tests",
            plan_fields.tests,
            "What to measure before day 1, on day 7 and on day 14.",
            "[ake-9090, {test: toe-touch, when: [0, 14]}]",
            required=True,
        ),
        Field(
            "blocks",
            plan_fields.blocks,
            "Sets of exercises by name.",
            "{loosen-a: [sciatic-slider], strong-1: [{exercise: clam, sets: 1}]}",
            required=True,
        ),
        Field(
            "days",
            plan_fields.days,
            "What to do on each of the 14 days.",
            "{1: {do: [loosen-a]}, 2: {do: [strong-1]}, 3: {also: Rest.}}",
            required=True,
        ),
        Field(
            "swaps",
            plan_fields.swaps,
            "What to do instead, and when.",
            "[{exercise: clam, use: glute-bridge, when: Lying on your side hurts.}]",
        ),
        Field(
            "after",
            f.text,
            "What comes after day 14.",
            "Keep the strength days for 8 to 12 weeks.",
            required=True,
        ),
        what=KINDS["plan"].one,
        elsewhere=dict.fromkeys(plan_fields.PRIVATE, plan_fields.private),
    ),
    "muscle": Form(
        *_common(),
        *_NAMES,
        Field(
            "kind",
            f.choice(*STRUCTURES),
            "muscle, group, tendon, fascia, nerve or joint.",
            "muscle",
            required=True,
            attribute="structure",
        ),
        Field("parent", f.mention, "The group it belongs to.", "glutes"),
        _REGIONS,
        Field("latin", f.text, "Its Latin name.", "musculus piriformis"),
        Field("actions", groups.names, "What it does.", "[turns the thigh out]"),
        Field("antagonists", groups.mentions, "The muscles that do the opposite.", "[hamstrings]"),
        Field(
            "uberon",
            groups.uberon,
            "Its number in the UBERON anatomy list, where known.",
            "UBERON:0008529",
        ),
        what=KINDS["muscle"].one,
    ),
    "symptom": Form(
        *_common(),
        *_NAMES,
        Field("parent", f.mention, "A wider symptom it belongs to.", "hip-stiffness"),
        _REGIONS,
        Field(
            "suspects",
            groups.mentions,
            "What it can be, likeliest first: muscles, tendons, nerves, joints.",
            "[piriformis, sciatic-nerve]",
            required=True,
        ),
        Field("techniques", groups.mentions, "What can help.", "[met-pir, strength]"),
        Field(
            "avoid",
            groups.mentions,
            "Techniques to leave out for now, and exercises by their file names.",
            "[static-stretch]",
        ),
        Field("tests", groups.mentions, "Checks: keys of docs/data/tests.yml.", "[toe-touch]"),
        Field(
            "red_flags",
            groups.mentions,
            "Warning signs: keys of docs/data/red_flags.yml.",
            "[cauda-equina, not-settling]",
            required=True,
        ),
        Field(
            "start_with",
            groups.starts,
            "Up to three exercises to begin with today, by file name; `[]` for none. Chosen from the tagged ones if omitted.",
            "[glute-bridge, {exercise: clam, when: If that is easy.}]",
        ),
        what=KINDS["symptom"].one,
    ),
    "technique": Form(
        *_common(),
        *_NAMES,
        Field("parent", f.mention, "The technique it is a form of.", "met"),
        Field(
            "family",
            f.choice(*FAMILIES),
            "met, stretch, strength, mobility, self-care or movement.",
            "met",
            required=True,
        ),
        Field("dosage", groups.dosage, "The usual dose, as ranges.", "{reps: 3–5, hold: 5–10 s}"),
        Field(
            "shown_by",
            f.slug,
            "The exercise whose drawing shows its typical movement, by its file name.",
            "clam",
        ),
        Field("evidence", f.text, "What trials say, in a sentence or two.", "Trials are small."),
        Field("caution", f.text, "One sentence on when not to do it.", "Not over a fresh tear."),
        what=KINDS["technique"].one,
    ),
}


def _generic(row: KindOfPage) -> Form:
    """The form of a kind without fields of its own: what every page has, and the names of a tag."""
    names = (*_NAMES, _PARENT) if row.is_tag else (_ALSO_CALLED,)
    return Form(*_common(), *names, what=row.one)


FORMS: Mapping[Kind, Form] = {
    name: _OF_THEIR_OWN.get(name) or _generic(row) for name, row in KINDS.items()
}
"""The form of every kind of page."""


def read_page(kind: Kind, slug: str, document: Document) -> tuple[Page, list[Problem]]:
    """One checked page of its kind.

    A page always comes back, with what could be read; whether it may be published
    is for the problems to say. So ``serve`` can show a page beside its mistakes.
    """
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    if document.readable:
        front, unfilled, blanks = take_out(
            Fields(1, document.front.entries, document.front.key_lines)
        )
        values = FORMS[kind].read(front, Desk(document.path, problems), unfilled) or {}
        blanks += left_in_text(document.body, document.body_line)
        is_draft = values.get("draft", False)
        problems += [blank.as_problem(document.path, is_draft=is_draft) for blank in blanks]
    values = {FORMS[kind].fields[name].attribute or name: value for name, value in values.items()}
    values.setdefault("title", slug.rsplit("/", 1)[-1].replace("-", " ").capitalize())
    body, remark_lines = without_remarks(document.body)
    page = KINDS[kind].page(
        kind=kind,
        path=document.path,
        slug=slug,
        body=body,
        body_line=document.body_line,
        remark_lines=remark_lines,
        written=tuple(document.front.entries),
        front=document.front,
        readable=document.readable,
        **values,
    )
    if document.readable and not body.strip() and not (isinstance(page, Exercise) and page.steps):
        problems.append(
            Problem(
                document.path,
                "there is no text below the fields",
                "write a few sentences below the second ---",
                Code.BODY_EMPTY,
                severity="warning",
            )
        )
    return page, problems
