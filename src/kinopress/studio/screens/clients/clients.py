"""*Clients*: a plan for one person, by what ``kinopress plan`` does: begun, changed, made, read back, deleted.

Addresses and titles name a plan by its number alone: a browser keeps both, and others may look at them.
"""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from kinopress.content.model.library import Library
from kinopress.problems import Refusal
from kinopress.project.clients.folder import (
    clients_of,
    listed_clients,
    read_client,
)
from kinopress.project.clients.forget import NOT_RECALLED, Forgettable, forget
from kinopress.project.clients.new import About, begin_plan, consent_words
from kinopress.project.clients.overdue import unread_in_words
from kinopress.project.clients.share import (
    CANNOT_RECALL,
)
from kinopress.project.live.encrypted import about_pages
from kinopress.studio.requests import Form, with_form
from kinopress.studio.screens.check import in_sentences
from kinopress.studio.screens.clients.named import address_of, library_of, named
from kinopress.studio.screens.clients.plan import plan, show
from kinopress.studio.screens.clients.saving import save
from kinopress.studio.screens.clients.sending import came, file, share
from kinopress.studio.studio import Studio, studio_of


def _clients(request: Request) -> Response:
    return _list(request, {}, 200, Form())


def _list(request: Request, wrong: dict[str, str], status: int, form: Form) -> Response:
    studio = studio_of(request)
    library = library_of(studio)
    page = studio.page(
        "clients.html",
        request,
        title="Clients",
        folder=library.settings.clients,
        clients=[
            (one, list(unread_in_words(studio.project, one)))
            for one in listed_clients(studio.project, library)
        ],
        address_of=address_of,
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
    library = library_of(studio)
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
    return RedirectResponse(address_of(private.about.identity), status_code=303)


def _forget(request: Request, form: Form) -> Response:
    """Forget a client, or earlier plans whose day has come; of a plan that cannot be read by its folder's name."""
    studio = studio_of(request)
    library = library_of(studio)
    identity, name = form.text("plan"), form.text("client")
    if identity:
        name = named(studio, library, identity).client
    earlier = bool(form.text("earlier"))

    def refused(words: str) -> Response:
        if identity:
            return show(request, identity, wrong={"earlier" if earlier else "forget": words})
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
        return RedirectResponse(address_of(identity, "forgotten"), status_code=303)
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
    Route("/clients/plan", plan),
    Route("/clients/plan", with_form(save), methods=["POST"]),
    Route("/clients/file", file),
    Route("/clients/came", with_form(came), methods=["POST"]),
    Route("/clients/share", with_form(share), methods=["POST"]),
    Route("/clients/forget", with_form(_forget), methods=["POST"]),
]
