"""A film that has its page: its part, still picture and chapters, chosen on the camera film itself."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from kinopress.content.model.films import Film
from kinopress.content.model.language.languages import LANGUAGES
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Chapter, Video
from kinopress.content.source.writer import token
from kinopress.media.trim import WHOLE, Trim
from kinopress.problems import Refusal
from kinopress.project.change.drafted import accepted, drafts, put_draft
from kinopress.project.change.look import change_look
from kinopress.project.films.early import made_early, picture_at, playable
from kinopress.studio.requests import Form, body_of, with_form
from kinopress.studio.screens.check import draft_address, footage_address, in_sentences
from kinopress.studio.screens.film import (
    Look,
    picture_of,
    read_look,
    spoken_language,
    typed_chapters,
)
from kinopress.studio.screens.jobs import shown_job
from kinopress.studio.studio import Studio, studio_of
from kinopress.studio.times import clock_of, seconds_of
from kinopress.studio.work import begin_showing, showing
from kinopress.system.atomic import write_new

_CAPTIONS_BYTES_MAX = 2_000_000


def _there(request: Request) -> tuple[Film, Video]:
    """The film that an address names, and its page.

    Raises:
        HTTPException: there is none (404).
    """
    library = studio_of(request).now().library
    slug = request.path_params["slug"]
    if library is None or slug not in library.films:
        raise HTTPException(404)
    page = _page_of(library, slug)
    if page is None:
        raise HTTPException(404)
    return library.films[slug], page


def _page_of(library: Library, slug: str) -> Video | None:
    page = library.pages.get(("video", slug)) or library.held.get(("video", slug))
    return page if isinstance(page, Video) else None


def _shown(page: Video) -> Look:
    trim = page.trim or WHOLE
    chapters = tuple((chapter.at_s, chapter.title) for chapter in page.chapters)
    return Look(trim.from_s, trim.to_s, page.poster_at_s, chapters)


def _in_words(look: Look) -> dict[str, str]:
    return {
        "from": clock_of(look.from_s) if look.from_s else "",
        "to": clock_of(look.to_s),
        "poster": clock_of(look.poster_at_s),
    }


def _footage(request: Request) -> Response:
    library, slug = studio_of(request).now().library, request.path_params["slug"]
    if library and slug in library.films and _page_of(library, slug) is None:
        return RedirectResponse("/#alone", status_code=303)  # which says what it lacks
    return _show(request, {}, 200)


def _show(
    request: Request, wrong: dict[str, str], status: int, typed: Form | None = None
) -> Response:
    studio = studio_of(request)
    film, page = _there(request)
    look, job = _shown(page), studio.jobs.of(showing(film.slug))
    values = _in_words(look)
    chapters = [(clock_of(at), title) for at, title in look.chapters]
    if typed is not None:
        values = {name: typed.text(name) for name in values}
        chapters = typed_chapters(typed)
    made = _made(studio, film)
    stills = job.result.get("stills", []) if job and made else []
    library = studio.now().library
    heard = [] if library is None else drafts(studio.project, library)
    readers = [] if library is None else accepted(library)
    return HTMLResponse(
        studio.page(
            "footage.html",
            request,
            title=page.title,
            film={
                "address": footage_address(film.slug),
                "made": made is not None,
                "poster": film.poster or "",
                "poster_at_s": look.poster_at_s,
            },
            path=film.path,
            page=page.path,
            original=film.original,
            token=typed.text("token")
            if typed
            else token((studio.project / page.path).read_bytes()),
            values=values,
            wrong=wrong,
            chapters=[*chapters, ("", "")],
            stills=[(at, clock_of(at)) for at in stills],
            jobs=[shown_job(job)] if job else [],
            busy=job is not None and not job.is_over,
            captions=[(d.path, draft_address(d.path)) for d in readers if d.slug == film.slug],
            subrip=sorted(film.subrip.values()),
            language=LANGUAGES[spoken_language(studio)],
            drafts=[(d.path, draft_address(d.path)) for d in heard if d.slug == film.slug],
        ),
        status_code=status,
    )


def _made(studio: Studio, film: Film) -> Path | None:
    """What every browser can play of the whole camera film, as far as it was made here."""
    job = studio.jobs.of(showing(film.slug))
    folder = job.result.get("folder") if job else None
    if not folder:
        return None
    try:
        return playable(studio.project / folder, made_early(studio.project / folder))
    except (OSError, ValueError):
        return None  # removed since, to make room


def _begin(request: Request, form: Form) -> Response:
    del form
    film, _ = _there(request)
    if film.original:
        begin_showing(studio_of(request), film)
    return RedirectResponse(footage_address(film.slug), status_code=303)


def _save(request: Request, form: Form) -> Response:
    studio = studio_of(request)
    film, page = _there(request)
    typed, wrong = read_look(form, studio.film_s(film.file) if film.original else None)
    if len({at for at, _ in typed.chapters}) < len(typed.chapters):
        wrong["chapters"] = "Two chapters begin at the same moment."
    if wrong:
        return _show(request, wrong, 422, form)
    wanted = _as_it_was(typed, _shown(page))
    try:
        change_look(
            studio.project,
            page,
            form.text("token"),
            Trim(wanted.from_s, wanted.to_s),
            wanted.poster_at_s,
            tuple(Chapter(at, title) for at, title in wanted.chapters),
        )
    except Refusal as refusal:
        problem = refusal.problems[0]
        said = in_sentences(problem)
        return _show(request, {"all": said}, 422, form)
    said = urlencode({"said": "look"})
    return RedirectResponse(f"{footage_address(film.slug)}?{said}", status_code=303)


def _as_it_was(typed: Look, was: Look) -> Look:
    """What was typed, but where it says the moment that was shown: that was rounded to be shown."""
    moments = {clock_of(at): at for at, _ in was.chapters}

    def same(new: float | None, old: float | None) -> float | None:
        return old if clock_of(new) == clock_of(old) else new

    chapters = tuple((moments.get(clock_of(at), at), title) for at, title in typed.chapters)
    return Look(
        same(typed.from_s, was.from_s) or 0.0,
        same(typed.to_s, was.to_s),
        same(typed.poster_at_s, was.poster_at_s),
        chapters,
    )


async def _captions(request: Request) -> Response:
    """A file of captions that the coach has, put beside the film as a draft to be read."""
    film, _ = _there(request)
    studio = studio_of(request)
    data = await body_of(request, _CAPTIONS_BYTES_MAX)
    try:
        put_draft(studio.project, film.slug, spoken_language(studio), data)
    except Refusal as refusal:
        problem = refusal.problems[0]
        why = in_sentences(problem)
        return Response(why, status_code=422, media_type="text/plain")
    return Response(status_code=204)


async def _own_poster(request: Request) -> Response:
    """A picture of the coach's own, put beside the film; never over one that is there."""
    film, _ = _there(request)
    data, ending, why = await picture_of(request)
    if not why and film.poster:
        why = f"{film.poster} is the film's picture already; rename or remove that file first."
    if why:
        return Response(why, status_code=422, media_type="text/plain")
    name = f"videos/{film.slug}.poster{ending}"
    try:
        write_new(studio_of(request).project / name, data)
    except OSError as error:
        why = f"{name} cannot be written ({error.strerror or 'no reason was given'})."
        return Response(why, status_code=422, media_type="text/plain")
    return Response(status_code=204)


def _playable(request: Request) -> Path:
    made = _made(studio_of(request), _there(request)[0])
    if made is None:
        raise HTTPException(404)
    return made


def _player(request: Request) -> Response:
    return FileResponse(_playable(request), media_type="video/mp4")


def _still(request: Request) -> Response:
    """The picture at a second, or one of those to choose from."""
    made = _playable(request)
    studio, (film, _) = studio_of(request), _there(request)
    job = studio.jobs.of(showing(film.slug))
    stills = job.result.get("stills", []) if job else []
    number = request.query_params.get("number", "")
    at_s = seconds_of(request.query_params.get("at", ""))
    if number.isdecimal() and len(number) == 1 and int(number) < len(stills):
        at_s = stills[int(number)]
    picture = None if at_s is None else studio.apart(picture_at, made, at_s)
    if picture is None:
        raise HTTPException(404)
    return Response(picture, media_type="image/jpeg")


routes = [
    Route("/footage/{slug}", _footage),
    Route("/footage/{slug}", with_form(_save), methods=["POST"]),
    Route("/footage/{slug}/show", with_form(_begin), methods=["POST"]),
    Route("/footage/{slug}/poster", _own_poster, methods=["PUT"]),
    Route("/footage/{slug}/captions", _captions, methods=["PUT"]),
    Route("/footage/{slug}/film.mp4", _player),
    Route("/footage/{slug}/still", _still),
]
