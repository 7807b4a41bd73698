"""One client's plan on its screen: what is in it, what is wrong, what came back, and who has it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kinopress.content.forms.private.plan import PORTION
from kinopress.content.model.clients import PrivatePlan
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Exercise
from kinopress.problems import Refusal
from kinopress.project.clients.doses import doses_of
from kinopress.project.clients.editing.draft import Draft
from kinopress.project.clients.editing.edit import draft_of
from kinopress.project.clients.export import (
    Export,
    checks_of,
    in_sum,
    last_export,
    rows_of,
)
from kinopress.project.clients.films import films_of
from kinopress.project.clients.find import found_exercises
from kinopress.project.clients.folder import (
    FILE,
    earlier_of,
    folder_of,
    plans_of,
    read_client,
)
from kinopress.project.clients.forget import NOT_RECALLED
from kinopress.project.clients.handed import Handed
from kinopress.project.clients.share import (
    CANNOT_RECALL,
    Shared,
    pages_in_words,
    pages_of,
)
from kinopress.project.clients.since import changed_since
from kinopress.studio.screens.check import in_sentences
from kinopress.studio.screens.clients.form import DOSES, RARER, YES_OR_NO
from kinopress.studio.screens.clients.named import library_of, named
from kinopress.studio.screens.clients.problems import to_put_right, wrong_doses
from kinopress.studio.studio import Studio, studio_of
from kinopress.studio.writing.controls import YES_NO


def plan(request: Request) -> Response:
    """The screen of the plan that the address names."""
    return show(request, request.query_params.get("plan", ""))


def show(
    request: Request,
    identity: str,
    *,
    find: str = "",
    into: str = "",
    wrong: dict[str, str] | None = None,
    made: Handed | None = None,
    draft: Draft | None = None,
    came: tuple[PrivatePlan, Export] | None = None,
    lost: Sequence[str] = (),
    shared: Shared | None = None,
) -> Response:
    """The screen of a plan.

    Args:
        request: What asks for it.
        identity: The plan's number.
        find: What exercises are looked for by.
        into: The block that the next exercise goes into.
        wrong: What could not be done, by its place on the screen.
        made: The file that has just been made.
        draft: What was typed and could not be saved; ``None``: what the file holds.
        came: What has just come back, and of which plan; ``None``: what came last.
        lost: What went with what was saved.
        shared: The page that has just been encrypted: what opens it is shown this once.
    """
    studio = studio_of(request)
    library = library_of(studio)
    private = named(studio, library, identity)
    name = private.client
    _, report = read_client(studio.project, library, name)
    pages = {**library.held, **library.pages}
    titles = {page.slug: page.title for page in pages.values() if isinstance(page, Exercise)}
    if came is None and (export := last_export(studio.project, library, private)) is not None:
        came = private, export
    of, export = came or (private, None)
    rows = rows_of(library, of.plan, export) if export else []
    own = folder_of(studio.project, library, name)
    is_unsaved = draft is not None
    draft = draft or draft_of(studio.project, library, name)
    doses = wrong_doses(report, draft)
    shown = studio.page(
        "client.html",
        request,
        title="A client’s plan",
        private=private,
        identity=identity,
        draft=draft,
        is_unsaved=is_unsaved,
        doses=DOSES,
        of_dose=doses_of(library, private.plan),
        rarer=[(name, PORTION.fields[name]) for name in RARER],
        yes_or_no=[(name, PORTION.fields[name]) for name in YES_OR_NO],
        yes_no=YES_NO,
        films_there=_films(studio, library, private),
        pages=pages_in_words(studio.project, library, name),
        pages_token=pages_token(studio, library, name),
        shared=shared,
        titles=titles,
        exercises=sorted(titles.items(), key=lambda one: one[1].casefold()),
        busy={day for block in draft.blocks for day in block.days},
        in_plan=list(dict.fromkeys(p.exercise for block in draft.blocks for p in block.portions)),
        checks=_checks(library, private, draft),
        problems=[
            to_put_right(problem, private, titles, doses.get(id(problem))) for problem in report
        ],
        wrong_doses={dose.place: in_sentences(dose.problem) for dose in doses.values()},
        errors=len(report.errors),
        changes=changed_since(studio.project, library, name),
        earlier_due=[
            one for one in earlier_of(studio.project, own, name) if one.is_due(library.today)
        ],
        lost=lost,
        find=find,
        into=into,
        found=found_exercises(library, find),
        made=made,
        is_made=(own / FILE).is_file(),
        rows=rows,
        in_sum=in_sum(rows) if export else "",
        came=checks_of(library, of, export) if export else [],
        of_earlier=None if of.about.identity == identity else _round(studio, library, of),
        sent=export.sent if export else None,
        wrong=wrong or {},
        not_recalled=NOT_RECALLED,
        page_not_recalled=CANNOT_RECALL,
    )
    return HTMLResponse(shown, status_code=422 if wrong else 200)


def _films(studio: Studio, library: Library, private: PrivatePlan) -> tuple[int, int]:
    """How many films could go with a plan, and how large they are: said before anything is made."""
    if private.about.consent is None:
        return 0, 0
    try:
        films, size = films_of(studio.project, library, private.client)
    except Refusal:
        return 0, 0
    return len(films), size


def _round(studio: Studio, library: Library, of: PrivatePlan) -> str:
    """Which of a client's plans one is, in words."""
    own = folder_of(studio.project, library, of.client)
    every = [one.about.identity for one in plans_of(studio.project, own, of.client)]
    number = len(every) - every.index(of.about.identity)
    return f"plan {number} of {len(every)}, assessed {of.about.assessed}"


def _checks(library: Library, private: PrivatePlan, draft: Draft) -> list[tuple[str, str]]:
    """The values of day 0 that can be typed: their names in the file, and their words.

    One that is in the file without a check of the plan is shown as it is: what nobody sees nobody puts right.
    """
    found = []
    for test in private.plan.tests:
        check = library.shared.checks.get(test.test.text)
        if check is None:
            continue
        for side in ("left", "right") if check.sides else ("",):
            name = f"{check.key}:{side}" if side else check.key
            where = f", {side}" if side else ""
            found.append((name, f"{check.title}{where} ({check.unit})"))
    known = {name for name, _ in found}
    return [
        *found,
        *((name, f"{name}, as in the file") for name in draft.measured if name not in known),
    ]


def pages_token(studio: Studio, library: Library, name: str) -> str:
    """What tells a form with a client's pages of now from one that was shown before another page was encrypted."""
    numbers = sorted(page.number for page in pages_of(studio.project, library, name))
    return hashlib.sha256(" ".join(numbers).encode()).hexdigest()[:16]
