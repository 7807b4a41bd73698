"""Captions of films that have a page: read beside the film and corrected; drafts are accepted."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from kinopress.content.captions.check import read_captions
from kinopress.content.captions.webvtt import moved, write_webvtt
from kinopress.content.model.language.languages import LANGUAGES
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Video
from kinopress.content.source.document import decode
from kinopress.content.source.writer import token
from kinopress.media.trim import WHOLE, Trim
from kinopress.problems import Refusal
from kinopress.project.change.drafted import Draft, accept_draft, accepted, correct_draft, drafts
from kinopress.project.films.early import made_early, playable
from kinopress.project.films.made.list import read_records
from kinopress.project.films.tracks import words_beyond
from kinopress.studio.requests import Form, with_form
from kinopress.studio.screens.check import draft_address, of_its_line
from kinopress.studio.studio import Studio, studio_of
from kinopress.studio.times import clock_of


def _there(request: Request, path: str) -> tuple[Library, Draft, bytes]:
    """The draft that an address names, and what is in it.

    Raises:
        HTTPException: there is none (404).
    """
    studio = studio_of(request)
    library = studio.now().library
    found = [] if library is None else [*drafts(studio.project, library), *accepted(library)]
    draft = next((one for one in found if one.path == path), None)
    if library is None or draft is None:
        raise HTTPException(404)
    try:
        return library, draft, (studio.project / draft.path).read_bytes()
    except OSError:
        raise HTTPException(404) from None


def _draft(request: Request) -> Response:
    _, draft, data = _there(request, request.query_params.get("path", ""))
    text, problems = decode(data, draft.path)
    return _show(request, draft, text or "", token(data), [of_its_line(p) for p in problems], 200)


def _show(
    request: Request, draft: Draft, text: str, opened: str, problems: list[str], status: int
) -> Response:
    studio = studio_of(request)
    library, _, _ = _there(request, draft.path)
    film, trim = _film(studio, library, draft)
    cues, _ = read_captions(draft.path, text)
    camera = library.films[draft.slug]
    film_s = studio.film_s(camera.file) if camera.original else None
    if film_s is not None and not problems:
        problems = [of_its_line(one) for one in words_beyond(draft.path, cues, film_s)]
    page = studio.page(
        "drafts.html",
        request,
        title="Captions" if draft.is_accepted else "Captions to correct",
        draft=draft,
        film=_page_title(library, draft.slug),
        playable=film is not None,
        asked=urlencode({"path": draft.path}),
        language=LANGUAGES[draft.language],
        text=text,
        token=opened,
        cues=[
            (clock_of(cue.begins_s), max(0.0, cue.begins_s - trim.from_s), cue.words)
            for cue in cues
        ],
        problems=problems,
    )
    return HTMLResponse(page, status_code=status)


def _page_title(library: Library, slug: str) -> str:
    page = _page_of(library, slug)
    return slug if page is None else page.title


def _page_of(library: Library, slug: str) -> Video | None:
    page = library.pages.get(("video", slug)) or library.held.get(("video", slug))
    return page if isinstance(page, Video) else None


def _film(studio: Studio, library: Library, draft: Draft) -> tuple[Path | None, Trim]:
    """What every browser can play of the film, and which part of the camera film it is."""
    record = read_records(studio.project).get(draft.slug)
    page = _page_of(library, draft.slug)
    if record is not None:
        folder = studio.project / record.folder
        try:
            return playable(folder, made_early(folder)), (page and page.trim) or WHOLE
        except (OSError, ValueError):
            pass  # removed since: the camera film is tried
    film = library.films[draft.slug]
    return film.file if film.original else None, WHOLE


def _save(request: Request, form: Form) -> Response:
    studio = studio_of(request)
    library, draft, _ = _there(request, form.text("path"))
    text, opened = form.block("text"), form.text("token")
    is_accepted = form.text("action") == "accept" and not draft.is_accepted
    try:
        if is_accepted:
            accept_draft(studio.project, library, draft, opened, text)
        else:
            correct_draft(studio.project, draft, opened, text)
    except Refusal as refusal:
        said = [of_its_line(problem) for problem in refusal.problems]
        return _show(request, draft, text, opened, said, 422)
    if is_accepted:
        return RedirectResponse("/?said=accepted", status_code=303)
    return RedirectResponse(f"{draft_address(draft.path)}&said=captions", status_code=303)


def _player(request: Request) -> Response:
    library, draft, _ = _there(request, request.query_params.get("path", ""))
    film, _ = _film(studio_of(request), library, draft)
    if film is None or not film.is_file():
        raise HTTPException(404)
    return FileResponse(film, media_type="video/mp4")


def _track(request: Request) -> Response:
    """The draft for the player, whose film may be a part of the camera film."""
    library, draft, data = _there(request, request.query_params.get("path", ""))
    _, trim = _film(studio_of(request), library, draft)
    text, _ = decode(data, draft.path)
    cues, _ = read_captions(draft.path, text or "")
    return Response(write_webvtt(moved(cues, trim.from_s, trim.to_s)), media_type="text/vtt")


routes = [
    Route("/drafts", _draft),
    Route("/drafts", with_form(_save), methods=["POST"]),
    Route("/drafts/film.mp4", _player),
    Route("/drafts/captions.vtt", _track),
]
