"""*Clients*: a plan for one person, by what ``kinopress plan`` does: begun, changed, made, read back, deleted.

Addresses and titles name a plan by its number alone: a browser keeps both, and others may look at them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from kinopress.codes import Code
from kinopress.content.forms.private.plan import PORTION
from kinopress.content.forms.scalars import day_of
from kinopress.content.model.clients import PrivatePlan
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Exercise
from kinopress.problems import Problem, Refusal, quoted
from kinopress.project.clients.doses import doses_of
from kinopress.project.clients.editing.draft import Draft, with_exercise
from kinopress.project.clients.editing.edit import draft_of, lost_with, save_draft
from kinopress.project.clients.export import (
    Export,
    checks_of,
    export_in,
    in_sum,
    keep_export,
    last_export,
    plan_of,
    rows_of,
)
from kinopress.project.clients.films import films_of
from kinopress.project.clients.find import found_exercises
from kinopress.project.clients.folder import (
    FILE,
    clients_of,
    earlier_of,
    folder_of,
    listed_clients,
    plans_of,
    read_client,
)
from kinopress.project.clients.forget import NOT_RECALLED, Forgettable, forget
from kinopress.project.clients.handed import Handed
from kinopress.project.clients.new import About, begin_plan, consent_words
from kinopress.project.clients.overdue import unread_in_words
from kinopress.project.clients.share import (
    CANNOT_RECALL,
    Shared,
    pages_in_words,
    pages_of,
    unshare,
)
from kinopress.project.clients.since import changed_since
from kinopress.project.live.encrypted import about_pages
from kinopress.studio.apart import doing
from kinopress.studio.requests import Form, with_form
from kinopress.studio.screens.check import in_sentences, sentence
from kinopress.studio.screens.client_form import DOSES, RARER, YES_OR_NO, typed_draft
from kinopress.studio.studio import Studio, studio_of
from kinopress.studio.writing.controls import YES_NO


def _library(studio: Studio) -> Library:
    library = studio.now().library
    if library is None:
        raise HTTPException(409, "The settings have a mistake, which Check shows.")
    return library


def _address(identity: str, said: str = "") -> str:
    more = {"said": said} if said else {}
    return f"/clients/plan?{urlencode({'plan': identity, **more})}"


def _named(studio: Studio, library: Library, identity: str) -> PrivatePlan:
    """The plan that runs of a number.

    Raises:
        HTTPException: there is none (404).
    """
    for one in listed_clients(studio.project, library):
        if one.private is not None and one.private.about.identity == identity:
            return one.private
    raise HTTPException(404)


def _clients(request: Request) -> Response:
    return _list(request, {}, 200, Form())


def _list(request: Request, wrong: dict[str, str], status: int, form: Form) -> Response:
    studio = studio_of(request)
    library = _library(studio)
    page = studio.page(
        "clients.html",
        request,
        title="Clients",
        folder=library.settings.clients,
        clients=[
            (one, list(unread_in_words(studio.project, one)))
            for one in listed_clients(studio.project, library)
        ],
        address_of=_address,
        left=about_pages(studio.project, library.settings, library.today),
        plans=[(plan.slug, plan.title) for plan in library.plans],
        typed={name: form.text(name) for name in ("name", "from", "own_words", "shown_name")},
        agreed=form.text("agreed"),
        consent_words=consent_words(studio.project, library),
        wrong=wrong,
        not_recalled=NOT_RECALLED,
    )
    return HTMLResponse(page, status_code=status)


def _begin(request: Request, form: Form) -> Response:
    studio = studio_of(request)
    library = _library(studio)
    name, today = form.text("name"), library.today
    if not name:
        return _list(request, {"name": "Type initials and a number, like sk-1."}, 422, form)
    about = About(
        today,
        today if form.text("agreed") else None,
        form.text("shown_name") or None,
        form.text("own_words") or None,
    )
    try:
        begin_plan(studio.project, library, name, about, begin_with=form.text("from") or None)
        private, _ = read_client(studio.project, library, name)
    except Refusal as refusal:
        return _list(request, {"name": in_sentences(refusal.problems[0])}, 422, form)
    if private is None:
        raise HTTPException(404)
    return RedirectResponse(_address(private.about.identity), status_code=303)


def _plan(request: Request) -> Response:
    return _show(request, request.query_params.get("plan", ""))


def _show(
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
    studio = studio_of(request)
    library = _library(studio)
    private = _named(studio, library, identity)
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
    doses = _wrong_doses(report, draft)
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
        pages_token=_pages_token(studio, library, name),
        shared=shared,
        titles=titles,
        exercises=sorted(titles.items(), key=lambda one: one[1].casefold()),
        busy={day for block in draft.blocks for day in block.days},
        in_plan=list(dict.fromkeys(p.exercise for block in draft.blocks for p in block.portions)),
        checks=_checks(library, private, draft),
        problems=[_said(problem, private, titles, doses.get(id(problem))) for problem in report],
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


_ON_THE_SCREEN = {
    "consent": ("They agreed on", "consent"),
    "delete_on": ("To be deleted on", "delete_on"),
    "minutes_per_day": ("Minutes a day", "minutes_per_day"),
    "after": ("After day 14", "after"),
    "title": ("Heading", "title"),
    "own_words": ("What hurts, in their own words", "own_words"),
    "shown_name": ("Name on the plan", "shown_name"),
    "for": ("For", "for"),
    "tests": ("Checks", "tests"),
    "blocks": ("Exercises", "exercises"),
    "days": ("Exercises", "exercises"),
    "swaps": ("Swaps", "swaps"),
    "measured": ("Measured on day 0", "measured"),
}
"""Fields of the file: what they are called on this screen, and where they are."""


@dataclass(frozen=True, slots=True)
class _ToPutRight:
    """A problem of a plan in the words of the screen: where, with its place, and what to do."""

    severity: str
    where: str
    place: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class _WrongDose:
    """A number of an exercise that cannot be read: what is said of it, whose it is, and its field on the screen."""

    problem: Problem
    exercise: str
    place: str


def _wrong_doses(report: Iterable[Problem], draft: Draft) -> dict[int, _WrongDose]:
    """The problems, by their identity, that are of one field of one exercise.

    A problem names the block, the field and what is there; where two exercises of a block have the same, the
    first problem is of the first, as both are in the order of the file.
    """
    found: dict[int, _WrongDose] = {}
    for problem in report:
        of, _, key = (problem.field or "").removeprefix("blocks.").rpartition(".")
        for at, block in enumerate(draft.blocks):
            for number, portion in enumerate(block.portions):
                place, value = f"b{at}.{number}.{key}", portion.said.get(key)
                is_free = place not in {dose.place for dose in found.values()}
                if block.name == of and value and quoted(value) in problem.message and is_free:
                    found.setdefault(id(problem), _WrongDose(problem, portion.exercise, place))
    return found


def _said(
    problem: Problem, private: PrivatePlan, titles: Mapping[str, str], dose: _WrongDose | None
) -> _ToPutRight:
    field, message, hint = problem.field or "", problem.message, problem.hint
    if problem.code == Code.CLIENT_CONSENT:
        field = "consent"
        hint = "Ask them, then choose the day under They agreed on: without it no file is made."
    where, place = _ON_THE_SCREEN.get(field.partition(".")[0], (field, ""))
    if problem.code == Code.CLIENT_EARLIER:
        # It is in another file than what this screen shows.
        where, place = ("Forget", "gone") if field else (problem.path, "")
        hint = "It can go alone: this plan stays." if field else hint
    for block in private.plan.blocks:
        for portion in block.portions:
            slug = portion.exercise.text
            if portion.exercise.line == problem.line and portion.exercise.field == field:
                where = titles.get(slug, slug)
    for slug, title in titles.items():  # a file's name says less than what the page is called
        message = message.replace(f"exercises/{slug}.md", title)
    if field.startswith("days.") and field.split(".")[1].isdigit():
        where = f"Day {field.split('.')[1]}"
    if dose is not None:
        where, place = titles.get(dose.exercise, dose.exercise), dose.place
    # After its place a message goes on in lower-case letters; it ends before what to do begins.
    said = message[:1] + sentence(message)[1:] if where else sentence(message)
    return _ToPutRight(problem.severity, where, place, said, sentence(hint))


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


def _save(request: Request, form: Form) -> Response:
    """Save what was typed; then, where a button said so, put in an exercise, look for one, or make the file."""
    saved = _saved(request, form)
    # The site as it was before is let go here: what is shown now is read again.
    return _show_saved(request, form, saved) if isinstance(saved, _Saved) else saved


@dataclass(frozen=True, slots=True)
class _Saved:
    """What became of saving: whose plan it is, the block that the next exercise goes into, what went with it."""

    client: str
    into: str
    lost: Sequence[str]


def _saved(request: Request, form: Form) -> _Saved | Response:
    studio = studio_of(request)
    library = _library(studio)
    identity, action = form.text("plan"), form.text("action")
    private = _named(studio, library, identity)
    draft = draft_of(studio.project, library, private.client)
    typed = typed_draft(form, draft)
    for day in ("consent", "delete_on"):
        if typed.lines[day] and day_of(typed.lines[day]) is None:
            return _show(
                request, identity, wrong={"all": "Write a day like 2026-11-30."}, draft=typed
            )
    if any("" in (one.exercise, one.use, one.when) for one in typed.swaps or ()):
        words = "A swap needs the exercise to leave, the one to do instead, and when."
        return _show(request, identity, wrong={"all": words}, draft=typed)
    into = form.text("to")
    if action.startswith("add:"):
        typed = with_exercise(typed, into, action.removeprefix("add:"))
        if into not in {block.name for block in typed.blocks}:
            into = typed.blocks[
                -1
            ].name  # the next one goes there too, and not into one more new block
    try:
        lost = lost_with(studio.project, library, private.client, typed)
        save_draft(studio.project, library, private.client, typed)
    except Refusal as refusal:
        return _show(
            request, identity, wrong={"all": in_sentences(refusal.problems[0])}, draft=typed
        )
    return _Saved(private.client, into, lost)


def _show_saved(request: Request, form: Form, saved: _Saved) -> Response:
    studio, into, lost = studio_of(request), saved.into, saved.lost
    identity, action, find = form.text("plan"), form.text("action"), form.text("find")
    if action == "make":
        try:
            made = studio.apart(
                doing.hand_over, studio.project, saved.client, bool(form.text("films"))
            )
        except Refusal as refusal:  # what was typed is in the file now
            wrong = {"all": in_sentences(refusal.problems[0])}
            return _show(request, identity, find=find, into=into, wrong=wrong, lost=lost)
        return _show(request, identity, find=find, into=into, made=made, lost=lost)
    # Whoever looks for exercises puts in several, one after the other; Enter in the field of the search looks, too.
    if action == "find" or (find and action.startswith("add:")) or find != form.text("found"):
        # Not by an address: a browser would keep what hurts beside the number of the plan.
        return _show(request, identity, find=find, into=into, lost=lost)
    if lost:
        return _show(request, identity, lost=lost)
    return RedirectResponse(_address(identity, "plan"), status_code=303)


def _file(request: Request) -> Response:
    """The file to hand over, to be saved under its neutral name."""
    studio = studio_of(request)
    library = _library(studio)
    private = _named(studio, library, request.query_params.get("plan", ""))
    file = folder_of(studio.project, library, private.client) / FILE
    if not file.is_file():
        raise HTTPException(404)
    # It is saved and not shown: inside the studio it would be a page of the studio.
    return FileResponse(file, media_type="application/octet-stream", filename=FILE)


def _came(request: Request, form: Form) -> Response:
    studio = studio_of(request)
    library = _library(studio)
    identity = form.text("plan")
    try:
        export = export_in(form.block("went"))
        of = plan_of(studio.project, library, export)
        keep_export(studio.project, library, of, form.block("went"))
    except Refusal as refusal:
        return _show(request, identity, wrong={"went": in_sentences(refusal.problems[0])})
    there = {one.name: one.private for one in listed_clients(studio.project, library)}
    runs = there[of.client]
    if runs is None:
        words = f"It is kept, but the plan of {of.client} that runs cannot be read."
        return _show(request, identity, wrong={"went": words})
    if of.about.identity != runs.about.identity:
        return _show(request, runs.about.identity, came=(of, export))
    return RedirectResponse(f"{_address(of.about.identity)}#came", status_code=303)


def _pages_token(studio: Studio, library: Library, name: str) -> str:
    """What tells a form with a client's pages of now from one that was shown before another page was encrypted."""
    numbers = sorted(page.number for page in pages_of(studio.project, library, name))
    return hashlib.sha256(" ".join(numbers).encode()).hexdigest()[:16]


def _share(request: Request, form: Form) -> Response:
    """Encrypt the plan for the next publication, or withdraw what was encrypted."""
    studio = studio_of(request)
    library = _library(studio)
    identity = form.text("plan")
    private = _named(studio, library, identity)
    until = day_of(form.text("until")) if form.text("until") else None
    if until is None and form.text("until") and form.text("action") != "unshare":
        # Without a day the page would stay until the plan goes, and the coach had meant another.
        words = f"{quoted(form.text('until'))} is not a day; write one like 2026-12-20."
        return _show(request, identity, wrong={"until": words})
    try:
        # Loaded again, a browser sends a form once more: that would withdraw the page of which the words were just sent.
        is_used = form.text("there") != _pages_token(studio, library, private.client)
        if is_used and form.text("action") != "unshare":
            words = (
                "Nothing was encrypted now: since this form was shown, a page of this client was encrypted or withdrawn."
                " What opens a page is shown once; if you have lost it, encrypt the plan again below, and the page of before goes."
            )
            return _show(request, identity, wrong={"share": words})
        if form.text("action") == "unshare":
            unshare(studio.project, library, private.client)
            return RedirectResponse(f"{_address(identity, 'unshared')}#page", status_code=303)
        shared = studio.apart(
            doing.share,
            studio.project,
            private.client,
            bool(form.text("films")),
            form.text("opens") == "link",
            until,
        )
    except Refusal as refusal:
        return _show(request, identity, wrong={"share": in_sentences(refusal.problems[0])})
    if shared.page is None:
        words = "Nothing was made: put right what is named above first."
        return _show(request, identity, wrong={"share": words})
    # Never by an address, and never again: what opens it is kept nowhere.
    return _show(request, identity, shared=shared)


def _forget(request: Request, form: Form) -> Response:
    """Forget a client, or earlier plans whose day has come; of a plan that cannot be read by its folder's name."""
    studio = studio_of(request)
    library = _library(studio)
    identity, name = form.text("plan"), form.text("client")
    if identity:
        name = _named(studio, library, identity).client
    earlier = bool(form.text("earlier"))

    def refused(words: str) -> Response:
        if identity:
            return _show(request, identity, wrong={"earlier" if earlier else "forget": words})
        return _list(request, {"forget": words, "client": name}, 422, Form())

    if not form.text("sure"):
        return refused("Tick the box: what is deleted cannot be put back.")
    try:
        done = forget(studio.project, library, name, earlier_alone=earlier)
    except Refusal as refusal:
        return refused(in_sentences(refusal.problems[0]))
    if not done.is_all:
        return _list(request, {"all": _left(studio, library, done)}, 200, Form())
    if earlier:
        return RedirectResponse(_address(identity, "forgotten"), status_code=303)
    return RedirectResponse("/clients?said=forgotten", status_code=303)


def _left(studio: Studio, library: Library, done: Forgettable) -> str:
    """What was not deleted, or could not be looked at, in words."""
    said = ["Deleted."]
    if done.elsewhere:
        said.append(f"Also there, and yours to delete: {', '.join(done.elsewhere)}.")
    if done.not_looked_into:
        closed = ", ".join(done.not_looked_into)
        said.append(f"Could not be looked into, so see yourself whether it is of them: {closed}.")
    folder = clients_of(studio.project, library).name
    if done.in_git:
        said.append(f"Git has kept some of {folder} as well.")
    elif done.in_git is None:
        said.append(f"Git does not say what it has kept of {folder}.")
    if done.pages:
        said.append(CANNOT_RECALL)
    return " ".join(said)


routes = [
    Route("/clients", _clients),
    Route("/clients", with_form(_begin), methods=["POST"]),
    Route("/clients/plan", _plan),
    Route("/clients/plan", with_form(_save), methods=["POST"]),
    Route("/clients/file", _file),
    Route("/clients/came", with_form(_came), methods=["POST"]),
    Route("/clients/share", with_form(_share), methods=["POST"]),
    Route("/clients/forget", with_form(_forget), methods=["POST"]),
]
