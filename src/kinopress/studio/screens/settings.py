"""*Phone and folder*: the other ways in for a film."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from kinopress.studio.arrivals import NotTaken
from kinopress.studio.folder import Offered
from kinopress.studio.phone import Phone
from kinopress.studio.requests import Form, with_form
from kinopress.studio.screens.uploads import address_of
from kinopress.studio.studio import studio_of
from kinopress.studio.work import begin_film


def _phone(request: Request) -> Phone:
    found: Phone = request.app.state.phone
    return found


def _settings(request: Request) -> Response:
    return _show(request, {}, 200)


def _show(
    request: Request, wrong: dict[str, str], status: int, typed: str | None = None
) -> Response:
    studio, phone = studio_of(request), _phone(request)
    page = studio.page(
        "settings.html",
        request,
        title="Phone and folder",
        folder=studio.folder.folder if typed is None else typed,
        offered=studio.folder.offered(),
        link=phone.link,
        used=phone.is_used,
        minutes=phone.minutes_left,
        phone_films=[film for film in studio.arrivals.all() if film.way == "phone"],
        address_of=address_of,
        wrong=wrong,
    )
    return HTMLResponse(page, status_code=status)


def _watch(request: Request, form: Form) -> Response:
    studio = studio_of(request)
    typed = form.text("folder")
    wrong = studio.folder.watch(typed, studio.project)
    if wrong:
        return _show(request, {"folder": wrong}, 422, typed)
    return RedirectResponse("/settings?said=folder", status_code=303)


def _offered(request: Request, form: Form) -> Offered:
    found = studio_of(request).folder.find(form.text("key"))
    if found is None:
        raise HTTPException(404, "This film is no longer in the folder.")
    return found


def _take(request: Request, form: Form) -> Response:
    """Copy a film from the drop folder; the one there stays."""
    studio = studio_of(request)
    offered = _offered(request, form)
    try:
        arrival = studio.arrivals.bring_in(offered.file, "folder")
    except NotTaken as refused:
        return _show(request, {"folder": refused.why}, refused.status)
    except OSError:
        return _show(
            request, {"folder": "The film cannot be copied; is there room on the disk?"}, 507
        )
    studio.folder.done(offered)
    begin_film(studio, arrival)
    return RedirectResponse(address_of(arrival), status_code=303)


def _leave(request: Request, form: Form) -> Response:
    studio_of(request).folder.done(_offered(request, form))
    return RedirectResponse("/settings", status_code=303)


def _open(request: Request, form: Form) -> Response:
    del form
    wrong = _phone(request).open()
    if wrong:
        return _show(request, {"phone": wrong}, 409)
    return RedirectResponse("/settings", status_code=303)


def _close(request: Request, form: Form) -> Response:
    del form
    _phone(request).close()
    return RedirectResponse("/settings", status_code=303)


def _code(request: Request) -> Response:
    drawn = _phone(request).code()
    if drawn is None:
        raise HTTPException(404)
    return Response(drawn, media_type="image/svg+xml")


routes = [
    Route("/settings", _settings),
    Route("/settings/folder", with_form(_watch), methods=["POST"]),
    Route("/settings/take", with_form(_take), methods=["POST"]),
    Route("/settings/leave", with_form(_leave), methods=["POST"]),
    Route("/settings/phone", with_form(_open), methods=["POST"]),
    Route("/settings/phone/close", with_form(_close), methods=["POST"]),
    Route("/settings/phone.svg", _code),
]
