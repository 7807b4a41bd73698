"""A plan goes to its client, as a file or as an encrypted page, and what they entered comes back."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response

from kinopress.content.forms.scalars import day_of
from kinopress.problems import Refusal, quoted
from kinopress.project.clients.export import (
    export_in,
    keep_export,
    plan_of,
)
from kinopress.project.clients.folder import (
    FILE,
    folder_of,
    listed_clients,
)
from kinopress.project.clients.share import (
    unshare,
)
from kinopress.studio.apart import doing
from kinopress.studio.requests import Form
from kinopress.studio.screens.check import in_sentences
from kinopress.studio.screens.clients.named import address_of, library_of, named
from kinopress.studio.screens.clients.plan import pages_token, show
from kinopress.studio.studio import studio_of


def file(request: Request) -> Response:
    """The file to hand over, to be saved under its neutral name."""
    studio = studio_of(request)
    library = library_of(studio)
    private = named(studio, library, request.query_params.get("plan", ""))
    file = folder_of(studio.project, library, private.client) / FILE
    if not file.is_file():
        raise HTTPException(404)
    # It is saved and not shown: inside the studio it would be a page of the studio.
    return FileResponse(file, media_type="application/octet-stream", filename=FILE)


def came(request: Request, form: Form) -> Response:
    """Keep what a client has sent back, and show it."""
    studio = studio_of(request)
    library = library_of(studio)
    identity = form.text("plan")
    try:
        export = export_in(form.block("went"))
        of = plan_of(studio.project, library, export)
        keep_export(studio.project, library, of, form.block("went"))
    except Refusal as refusal:
        return show(request, identity, wrong={"went": in_sentences(refusal.problems[0])})
    there = {one.name: one.private for one in listed_clients(studio.project, library)}
    runs = there[of.client]
    if runs is None:
        words = f"It is kept, but the plan of {of.client} that runs cannot be read."
        return show(request, identity, wrong={"went": words})
    if of.about.identity != runs.about.identity:
        return show(request, runs.about.identity, came=(of, export))
    return RedirectResponse(f"{address_of(of.about.identity)}#came", status_code=303)


def share(request: Request, form: Form) -> Response:
    """Encrypt the plan for the next publication, or withdraw what was encrypted."""
    studio = studio_of(request)
    library = library_of(studio)
    identity = form.text("plan")
    private = named(studio, library, identity)
    until = day_of(form.text("until")) if form.text("until") else None
    if until is None and form.text("until") and form.text("action") != "unshare":
        # Without a day the page would stay until the plan goes, and the coach had meant another.
        words = f"{quoted(form.text('until'))} is not a day; write one like 2026-12-20."
        return show(request, identity, wrong={"until": words})
    try:
        # Loaded again, a browser sends a form once more: that would withdraw the page of which the words were just sent.
        is_used = form.text("there") != pages_token(studio, library, private.client)
        if is_used and form.text("action") != "unshare":
            words = (
                "Nothing was encrypted now: since this form was shown, a page of this client was encrypted or withdrawn."
                " What opens a page is shown once; if you have lost it, encrypt the plan again below, and the page of before goes."
            )
            return show(request, identity, wrong={"share": words})
        if form.text("action") == "unshare":
            unshare(studio.project, library, private.client)
            return RedirectResponse(f"{address_of(identity, 'unshared')}#page", status_code=303)
        shared = studio.apart(
            doing.share,
            studio.project,
            private.client,
            bool(form.text("films")),
            form.text("opens") == "link",
            until,
        )
    except Refusal as refusal:
        return show(request, identity, wrong={"share": in_sentences(refusal.problems[0])})
    if shared.page is None:
        words = "Nothing was made: put right what is named above first."
        return show(request, identity, wrong={"share": words})
    # Never by an address, and never again: what opens it is kept nowhere.
    return show(request, identity, shared=shared)
