"""A page goes, by what ``kinopress remove`` does: what goes with it, what its readers get instead, and the way back."""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from kinopress.content.model.kinds import KINDS
from kinopress.content.model.pages import Page
from kinopress.content.model.shared import GONE
from kinopress.problems import Refusal
from kinopress.project.change.put_back import put_back
from kinopress.project.change.remove import (
    Removable,
    look_at_removal,
    remove,
    removed_before,
)
from kinopress.studio.jobs import AFTER_LOST
from kinopress.studio.requests import Form, with_form
from kinopress.studio.screens.check import in_sentences, shown_problem
from kinopress.studio.screens.write import address_of
from kinopress.studio.studio import studio_of
from kinopress.system.processors.apart import Lost

_PROBLEMS_SHOWN = 8
_LOST = f"This stopped before it was done; {AFTER_LOST}."


def _after(path: str) -> str:
    """Where it is said what became of a page."""
    return f"/write/removed?{urlencode({'path': path})}"


def _page(request: Request, path: str) -> Page | None:
    """The page of a file, as far as it is there."""
    library = studio_of(request).now().library
    pages = () if library is None else (*library.pages.values(), *library.held.values())
    return next((page for page in pages if page.path == path), None)


def _ask(request: Request) -> Response:
    return _show(request, request.query_params.get("path", ""), {}, 200)


def _show(
    request: Request, path: str, wrong: Mapping[str, str], status: int, form: Form | None = None
) -> Response:
    studio = studio_of(request)
    page = _page(request, path)
    if page is None:
        if removed_before(studio.project, path) is None:
            raise HTTPException(404)
        return RedirectResponse(_after(path), status_code=303)
    found: Removable | None = None
    try:
        found = studio.apart(look_at_removal, studio.project, path)
    except Refusal as refusal:
        wrong, status = {"all": in_sentences(refusal.problems[0])}, 422
    except Lost:
        wrong, status = {"all": _LOST}, 503
    shown = studio.page(
        "remove.html",
        request,
        title=f"Remove “{page.title}”",
        path=path,
        back=address_of(path),
        kind=KINDS[page.kind].label,
        found=found,
        names=[] if found is None else [(one, address_of(one)) for one in found.named_on],
        instead=form.text("instead") if form else "",
        to=form.text("to") if form else "",
        wrong=wrong,
    )
    return HTMLResponse(shown, status_code=status)


def _remove(request: Request, form: Form) -> Response:
    studio = studio_of(request)
    path, to = form.text("path"), form.text("to")
    instead = form.text("instead") or ("page" if to else "")
    page = _page(request, path)
    if page is None:
        return _show(request, path, {}, 422, form)
    if instead == "page" and not to:
        return _show(request, path, {"to": "Type the name of the page."}, 422, form)
    leads = {"page": to, "gone": GONE}.get(instead)
    try:
        if leads is None and studio.apart(look_at_removal, studio.project, path).is_known:
            return _show(request, path, {"instead": "Choose one of the two."}, 422, form)
        studio.apart(remove, studio.project, path, leads)
    except Refusal as refusal:
        said = in_sentences(refusal.problems[0])
        return _show(request, path, {"to" if instead == "page" else "all": said}, 422, form)
    except Lost:  # a page that is away all the same is told as removed: its own file is moved last
        return _show(request, path, {"all": _LOST}, 503, form)
    return RedirectResponse(_after(path), status_code=303)


def _removed(request: Request) -> Response:
    return _show_removed(request, request.query_params.get("path", ""), "", 200)


def _show_removed(request: Request, path: str, wrong: str, status: int) -> Response:
    studio = studio_of(request)
    kept = removed_before(studio.project, path)
    now = studio.now()
    if kept is None or now.library is None:
        raise HTTPException(404)
    leads = {redirect.old: redirect.new for redirect in now.library.shared.redirects}
    page = studio.page(
        "removed.html",
        request,
        title="Removed",
        kept=kept,
        leads=leads.get(kept.address, ""),
        is_gone=leads.get(kept.address) == GONE,
        errors=[shown_problem(problem) for problem in now.report.errors[:_PROBLEMS_SHOWN]],
        number=len(now.report.errors),
        wrong=wrong,
    )
    return HTMLResponse(page, status_code=status)


def _undo(request: Request, form: Form) -> Response:
    path, studio = form.text("path"), studio_of(request)
    kept = removed_before(studio.project, path)
    try:
        path = studio.apart(put_back, studio.project, path).path
    except Refusal as refusal:
        return _show_removed(request, path, in_sentences(refusal.problems[0]), 422)
    except Lost:
        if kept is None or os.path.lexists(studio.project / kept.files[-1][0]):
            return _show_removed(request, path, _LOST, 503)
        path = kept.path
    return RedirectResponse(address_of(path, said="returned"), status_code=303)


routes = [
    Route("/write/remove", _ask),
    Route("/write/remove", with_form(_remove), methods=["POST"]),
    Route("/write/removed", _removed),
    Route("/write/removed", with_form(_undo), methods=["POST"]),
]
