"""Captions of a film that is on its way: read beside the film, and corrected."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from kinopress.content.captions.check import read_captions
from kinopress.content.captions.webvtt import write_webvtt
from kinopress.content.model.language.languages import LANGUAGES
from kinopress.content.source.document import decode
from kinopress.project.films.tracks import words_beyond
from kinopress.studio.arrivals import Arrival
from kinopress.studio.requests import Form, body_of, with_form
from kinopress.studio.screens.check import of_its_line
from kinopress.studio.screens.film import arrival_of, length_of, spoken_language
from kinopress.studio.screens.uploads import address_of
from kinopress.studio.studio import Studio, studio_of
from kinopress.studio.times import clock_of

_BYTES_MAX = 2_000_000
_NAME = "captions.vtt"
_EXAMPLE = "What is said first."
_EMPTY = f"WEBVTT\n\n0:00:01.000 --> 0:00:04.000\n{_EXAMPLE}\n"


def _captions(request: Request) -> Response:
    studio, arrival = studio_of(request), arrival_of(request)
    return _show(
        request,
        _text(studio, arrival) or _EMPTY,
        arrival.captions or spoken_language(studio),
        [],
        200,
    )


def _text(studio: Studio, arrival: Arrival) -> str:
    if not arrival.captions:
        return ""
    try:
        return studio.arrivals.beside(arrival, _NAME).read_text("utf-8")
    except OSError:
        return ""


def _show(request: Request, text: str, lang: str, problems: list[str], status: int) -> Response:
    arrival = arrival_of(request)
    cues, _ = read_captions(_NAME, text)
    film_s = length_of(studio_of(request), arrival)
    late = [] if film_s is None or problems else words_beyond(_NAME, cues, film_s)
    page = studio_of(request).page(
        "captions.html",
        request,
        title="Captions",
        film={
            "address": address_of(arrival),
            "name": arrival.title or arrival.name,
            "id": arrival.id,
        },
        playable=bool(arrival.made),
        captions=arrival.captions,
        text=text,
        lang=lang,
        languages=LANGUAGES,
        cues=[(clock_of(cue.begins_s), cue.begins_s, cue.words) for cue in cues],
        problems=problems,
        doubts=[of_its_line(problem) for problem in late],
    )
    return HTMLResponse(page, status_code=status)


def _save(request: Request, form: Form) -> Response:
    studio, arrival = studio_of(request), arrival_of(request)
    text, lang = form.block("text"), form.text("lang")
    if form.text("action") == "remove":
        studio.arrivals.change(arrival.id, captions="")
        return RedirectResponse(f"{address_of(arrival)}?said=no-captions", status_code=303)
    if lang not in LANGUAGES:
        return _show(request, text, spoken_language(studio), ["Choose one of the languages."], 422)
    problems = _wrong(text)
    if problems:
        return _show(request, text, lang, problems, 422)
    studio.arrivals.put(arrival, _NAME, text.encode("utf-8"))
    studio.arrivals.change(arrival.id, captions=lang)
    return RedirectResponse(f"{address_of(arrival)}/captions?said=captions", status_code=303)


def _wrong(text: str) -> list[str]:
    cues, problems = read_captions(_NAME, text)
    said = [of_its_line(problem) for problem in problems]
    if any(cue.words == _EXAMPLE for cue in cues):
        said.append(
            f"“{_EXAMPLE}” is only there to show how it is written. Type what is said in the film instead."
        )
    return said


async def _file(request: Request) -> Response:
    """A file of captions, WebVTT or SubRip, sent as it is."""
    studio, arrival = studio_of(request), arrival_of(request)
    data = await body_of(request, _BYTES_MAX)
    text, problems = decode(data, _NAME)
    if text is None:
        return Response(of_its_line(problems[0]), status_code=422, media_type="text/plain")
    name = _NAME if text.lstrip().startswith("WEBVTT") else "captions.srt"
    cues, problems = read_captions(name, text)
    if not cues:
        why = of_its_line(problems[0]) if problems else "There is nothing said in this file."
        return Response(why, status_code=422, media_type="text/plain")
    studio.arrivals.put(arrival, _NAME, write_webvtt(cues).encode("utf-8"))
    studio.arrivals.change(arrival.id, captions=arrival.captions or spoken_language(studio))
    return Response(status_code=204)


def _track(request: Request) -> Response:
    """The captions for the player."""
    studio, arrival = studio_of(request), arrival_of(request)
    if not arrival.captions:
        raise HTTPException(404)
    return FileResponse(studio.arrivals.beside(arrival, _NAME), media_type="text/vtt")


routes = [
    Route("/films/{id}/captions", _captions),
    Route("/films/{id}/captions", with_form(_save), methods=["POST"]),
    Route("/films/{id}/captions", _file, methods=["PUT"]),
    Route("/films/{id}/captions.vtt", _track),
]
