"""The studio as one web application: its screens, and the guard before them."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from kinopress.engines.look import FAVICON, STYLESHEET, THEME
from kinopress.project.folder import cannot_use
from kinopress.studio.guard import AGAIN, START, Guard
from kinopress.studio.jobs import AFTER_LOST
from kinopress.studio.look import ASSETS, render
from kinopress.studio.phone import Phone
from kinopress.studio.screens import (
    captions,
    check,
    drafts,
    film,
    footage,
    jobs,
    remove,
    settings,
    source,
    uploads,
    week,
    write,
)
from kinopress.studio.screens.clients import clients
from kinopress.studio.screens.readers import place, publish
from kinopress.studio.studio import Studio, studio_of
from kinopress.system.processors.apart import Lost

SCREENS = (
    week,
    uploads,
    film,
    footage,
    captions,
    drafts,
    write,
    remove,
    check,
    source,
    publish,
    place,
    clients,
    settings,
    jobs,
)
"""Each has ``routes``; to add a screen, write its module and, if it is in the menu, its line in ``look.py``."""


def _of_the_site(path: str, kind: str) -> Callable[[Request], Response]:
    """A file of the site's own look, so that the studio looks like it."""

    def answer(request: Request) -> Response:
        del request
        return FileResponse(THEME / path, media_type=kind)

    return answer


LOOKS: list[BaseRoute] = [
    Route("/look/site.css", _of_the_site(STYLESHEET, "text/css")),
    Route("/look/icon.svg", _of_the_site(FAVICON, "image/svg+xml")),
    Mount("/look", StaticFiles(directory=ASSETS)),
]
"""Styles and scripts."""


_NOT_DONE = "Not done"


def make_app(studio: Studio, serve: Callable[[ASGIApp], uvicorn.Server]) -> ASGIApp:
    """The studio of one project, ready to be served.

    Args:
        studio: The run.
        serve: Makes a server of an application, for the phone's.
    """
    app = Starlette(
        routes=[
            Route(START, _start),
            *LOOKS,
            *(route for screen in SCREENS for route in screen.routes),
        ],
        exception_handlers={
            HTTPException: _not_answered,
            OSError: _not_allowed,
            Lost: _lost,
            Exception: _broken,
        },
    )
    app.state.studio = studio
    app.state.phone = Phone(studio, serve, LOOKS)
    return Guard(app, studio.session, preview=studio.preview.rstrip("/"))


def _start(request: Request) -> Response:
    """Open the studio: the token becomes a cookie and leaves the address bar."""
    session = studio_of(request).session
    cookie = session.open_with(request.query_params.get("token", ""))
    if cookie is None:
        why = "This link has been used already, or belongs to a studio that is no longer running."
        return HTMLResponse(render("refused.html", why=why, again=AGAIN), status_code=403)
    answer = RedirectResponse("/", status_code=303)
    answer.set_cookie(session.cookie_name, cookie, httponly=True, samesite="strict", path="/")
    return answer


async def _not_answered(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    why = error.detail if isinstance(error, HTTPException) else ""
    if status == 404 and why == HTTPStatus.NOT_FOUND.phrase:
        why = "There is nothing at this address."
    if "text/html" not in request.headers.get("accept", ""):
        return PlainTextResponse(why, status_code=status)
    page = studio_of(request).page("nothing.html", request, why=why)
    return HTMLResponse(page, status_code=status)


async def _not_allowed(request: Request, error: Exception) -> Response:
    """A file or a folder that cannot be used: said with its name, as in the terminal."""
    assert isinstance(error, OSError)  # noqa: S101 - what it is registered for
    if (unusable := cannot_use(error)) is None:
        raise error  # said as any defect
    (problem, *_) = unusable.problems
    why = f"{problem.path}: {problem.message}. What to do: {problem.hint}."
    if "text/html" not in request.headers.get("accept", ""):
        return PlainTextResponse(why, status_code=500)
    return HTMLResponse(
        studio_of(request).page("nothing.html", request, title=_NOT_DONE, why=why), status_code=500
    )


async def _lost(request: Request, error: Exception) -> Response:
    """A process of its own ended without an answer, most often because the computer had no memory left for it."""
    del error
    why = f"This stopped before it was done; {AFTER_LOST}."
    if "text/html" not in request.headers.get("accept", ""):
        return PlainTextResponse(why, status_code=503)
    if request.method != "GET":
        why += " What you typed is still in the page before this one: go back in the browser."
    page = studio_of(request).page("nothing.html", request, title=_NOT_DONE, why=why)
    return HTMLResponse(page, status_code=503)


async def _broken(request: Request, error: Exception) -> Response:
    """A defect of the program: said as one, with nothing that was typed lost in the browser."""
    del error
    why = (
        "Something went wrong inside Kinopress. What you typed is still in the page before this one: go back in"
        " the browser. The terminal has the details for whoever looks after the program."
    )
    if "text/html" not in request.headers.get("accept", ""):
        return PlainTextResponse(why, status_code=500)
    return HTMLResponse(
        studio_of(request).page("nothing.html", request, title=_NOT_DONE, why=why), status_code=500
    )
