"""*New film*: drop it, and say what its page needs while it is encoded."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import asdict, dataclass
from itertools import zip_longest
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from kinopress.content.forms.form import Desk
from kinopress.content.forms.scalars import date as read_date
from kinopress.content.model.language.languages import LANGUAGES
from kinopress.content.model.library import Library
from kinopress.content.model.nodes import Text
from kinopress.content.model.pages import Chapter
from kinopress.media.trim import Trim
from kinopress.problems import Problem, Refusal
from kinopress.project.films.add import (
    NewFilm,
    add_film,
    plain_alt,
    plain_description,
    split_tags,
    title_from,
)
from kinopress.project.films.early import made_early, picture_at, playable, poster_wrong
from kinopress.project.folder import cannot_write
from kinopress.project.live.places import where
from kinopress.project.telling.week import this_week
from kinopress.studio.arrivals import Arrival
from kinopress.studio.requests import Form, body_of, with_form
from kinopress.studio.screens.check import in_sentences, sentence
from kinopress.studio.screens.jobs import shown_job
from kinopress.studio.screens.uploads import address_of, facts_words
from kinopress.studio.studio import Studio, studio_of
from kinopress.studio.times import clock_of, seconds_of
from kinopress.studio.work import (
    begin_build,
    begin_encoding_again,
    begin_publishing,
    encoding,
    looking,
    stop_film,
)

_ROUNDED_S = 0.1
"""A player shows times to a tenth of a second, so its end may be named a little late."""
_POSTER_BYTES_MAX = 60_000_000
_CHAPTERS_MAX = 40
_LOOK = frozenset({"from", "to", "poster", "still", "chapter_at"})
_PLACED = ("from", "to", "poster", "chapters")
"""What is beside the player, and is not there before the film can be played."""
_POSTERS = {
    b"\xff\xd8\xff": ".jpg",
    b"\x89PNG": ".png",
    b"RIFF": ".webp",
}
"""What a picture is by its first bytes; HEIC and AVIF have theirs behind a length."""


def _new(request: Request) -> Response:
    studio = studio_of(request)
    waiting = [_row(studio, arrival) for arrival in studio.arrivals.all()]
    return HTMLResponse(
        studio.page(
            "new.html", request, title="New film", waiting=waiting, offered=studio.folder.offered()
        )
    )


def _row(studio: Studio, arrival: Arrival) -> dict[str, Any]:
    there = studio.arrivals.received(arrival)
    return {
        "address": address_of(arrival),
        "name": arrival.title or arrival.name,
        "size": arrival.size,
        "percent": round(100 * there / max(1, arrival.size)),
        "whole": arrival.is_whole,
    }


def arrival_of(request: Request) -> Arrival:
    """The film that an address names.

    Raises:
        HTTPException: there is none, or it is no longer waiting (404).
    """
    arrival = studio_of(request).arrivals.get(request.path_params["id"])
    if arrival is None:
        raise HTTPException(404, _GONE)
    return arrival


_GONE = (
    "No such film waits for its page: it has one by now, perhaps written in another window, or it was removed."
    " If you came here by pressing Publish, nothing was written; what you typed is still in the page before this one."
)
"""Whoever goes back after publishing, or has two windows open, comes here."""


def _film(request: Request) -> Response:
    return _show(request, arrival_of(request), {}, 200)


def _show(
    request: Request,
    arrival: Arrival,
    wrong: dict[str, str],
    status: int,
    typed: Form | None = None,
) -> Response:
    studio = studio_of(request)
    today = _today(studio)
    length = (arrival.facts or {}).get("duration_s")
    values = {
        "title": arrival.title or title_from(arrival.name) or "",
        "tags": ", ".join(arrival.tags),
        "exercises": ", ".join(arrival.exercises),
        "date": max(arrival.date, today.isoformat()),  # a day that was kept may have passed
        "description": arrival.description,
        "alt": arrival.alt,
        "from": clock_of(arrival.from_s) if arrival.from_s else "",
        "to": clock_of(arrival.to_s),
        "poster": clock_of(arrival.poster_at_s),
    }
    if typed is not None:
        values.update({name: typed.text(name) for name in values})
    chapters = [(clock_of(at), title) for at, title in arrival.chapters]
    if typed is not None:
        chapters = typed_chapters(typed)
    jobs = [
        job for key in (looking(arrival.id), encoding(arrival.id)) if (job := studio.jobs.of(key))
    ]
    page = studio.page(
        "film.html",
        request,
        title=arrival.title or arrival.name,
        film=asdict(arrival) | {"address": address_of(arrival)},
        facts="" if arrival.problem else facts_words(arrival),
        received=studio.arrivals.received(arrival),
        values=values,
        wrong=wrong,
        chapters=[*chapters, ("", "")],
        stills=[(at, clock_of(at)) for at in arrival.stills],
        jobs=[shown_job(job) for job in jobs],
        length=length,
        today=today,
        place=typed.text("place") if typed else "",
        places=_places(studio),
        more=_more_waits(studio),
    )
    return HTMLResponse(page, status_code=status)


def _today(studio: Studio) -> dt.date:
    now = studio.now()
    return now.library.today if now.library else now.at.date()


def spoken_language(studio: Studio) -> str:
    """The language of the site, in which its films speak as a rule."""
    library = studio.now().library
    named = "" if library is None else library.settings.language
    return named if named in LANGUAGES else "en"


def _places(studio: Studio) -> list[tuple[str, str]]:
    """Where a film can be published: the names in the settings, and what each is."""
    library = studio.now().library
    found = {} if library is None else library.settings.publish
    return [(name, where(place)) for name, place in found.items()]


def _more_waits(studio: Studio) -> bool:
    """Whether something else has been written since the site was built last, and goes out with a film."""
    now = studio.now()
    if now.library is None:
        return False
    site = this_week(studio.project, now.library, now.report).site
    return site is not None and not site.is_current


def _save(request: Request, form: Form) -> Response:
    """Keep what was typed, or write the page and give it to readers."""
    studio, arrival = studio_of(request), arrival_of(request)
    film_s = length_of(studio, arrival)
    wanted, wrong = _read(form, arrival, film_s, _today(studio))
    if wrong:
        return _show(request, arrival, wrong, 422, form)
    before = (arrival.from_s, arrival.to_s, arrival.poster_at_s, arrival.poster)
    arrival = studio.arrivals.change(arrival.id, **wanted)
    action = form.text("action")
    if action != "publish":
        after = (arrival.from_s, arrival.to_s, arrival.poster_at_s, arrival.poster)
        if arrival.is_whole and before != after:
            begin_encoding_again(studio, arrival)
        if (
            action == "captions"
        ):  # they are on a screen of their own, and what was typed here is kept
            return RedirectResponse(f"{address_of(arrival)}/captions?said=film", status_code=303)
        return RedirectResponse(f"{address_of(arrival)}?said=kept", status_code=303)
    library = studio.now().library
    if library is None:
        return _show(
            request,
            arrival,
            {"all": "The settings in mkdocs.yml cannot be read; see Check."},
            422,
            form,
        )
    if not arrival.is_whole:
        return _show(
            request,
            arrival,
            {"all": "The film is still on its way; publish it when it is here."},
            409,
            form,
        )
    wrong = _missing(arrival, film_s)
    slug = "" if wrong else _add(studio, library, arrival, wrong)
    if wrong:
        return _show(request, arrival, wrong, 422, form)
    # In all sizes at once: published in one size first, the way back would lead to the film it should remove.
    names = list(library.settings.publish)
    place = form.text("place")
    if names:
        begin_publishing(studio, place if place in names else names[0])
    else:
        begin_build(studio)
    return RedirectResponse(f"/publish?{urlencode({'film': slug})}", status_code=303)


@dataclass(frozen=True, slots=True)
class Look:
    """What is chosen on a film itself, in seconds of the camera film.

    Attributes:
        from_s: Where it begins.
        to_s: Where it ends; ``None``: at its end.
        poster_at_s: The moment of its still picture; ``None``: the program chooses.
        chapters: Named moments, in their order.
    """

    from_s: float
    to_s: float | None
    poster_at_s: float | None
    chapters: tuple[tuple[float, str], ...]


def length_of(studio: Studio, arrival: Arrival) -> float | None:
    """How long a film that was sent lasts, in seconds; ``None`` while nobody can know."""
    if arrival.facts:
        noted: float | None = arrival.facts.get("duration_s")
        return noted
    return studio.film_s(studio.arrivals.film(arrival)) if arrival.is_whole else None


def beyond(look: Look, film_s: float | None) -> dict[str, str]:
    """By field, what was chosen after the end of a film that lasts ``film_s`` seconds."""
    if film_s is None:
        return {}
    wrong: dict[str, str] = {}
    ends = f"The film ends at {clock_of(film_s)}"
    if look.from_s > 0 and look.from_s > film_s - _ROUNDED_S:
        wrong["from"] = f"{ends}; the part to show must begin before that."
    if look.to_s is not None and look.to_s > film_s + _ROUNDED_S:
        wrong["to"] = f"{ends}; choose a time up to then, or leave this empty for the end."
    if look.poster_at_s is not None and look.poster_at_s > film_s + _ROUNDED_S:
        wrong["poster"] = f"{ends}; choose a moment before that."
    if any(at_s > film_s for at_s, _ in look.chapters):
        wrong["chapters"] = f"{ends}; each chapter must begin before that."
    return wrong


def read_look(form: Form, film_s: float | None) -> tuple[Look, dict[str, str]]:
    """What a form chooses on a film that lasts ``film_s`` seconds, and by field what is wrong with it."""
    wrong: dict[str, str] = {}
    times: dict[str, float | None] = {}
    for name in ("from", "to", "poster"):
        words = form.text(name)
        times[name] = seconds_of(words) if words else None
        if words and times[name] is None:
            wrong[name] = "Write a time as the player shows it, like 1:05."
    begins, ends = times["from"] or 0.0, times["to"]
    if ends is not None and ends <= begins:
        wrong["to"] = "The end must come after the beginning."
    chapters = []
    for at, title in typed_chapters(form):
        moment = seconds_of(at)
        if moment is None or not title:
            wrong["chapters"] = "Each chapter needs a time like 1:05 and a title."
        else:
            chapters.append((moment, title))
    poster = times["poster"]
    if poster is None and form.text("still"):
        poster = seconds_of(form.text("still"))
    look = Look(begins, ends, poster, tuple(sorted(chapters)))
    return look, beyond(look, film_s) | wrong


def _read(
    form: Form, arrival: Arrival, film_s: float | None, today: dt.date
) -> tuple[dict[str, Any], dict[str, str]]:
    """What a form says of a film, and by field what is wrong with it."""
    look, wrong = read_look(form, film_s)
    day = form.text("date")
    problems: list[Problem] = []
    if day:
        read = read_date(Text(1, day, "text"), Desk("", problems))
        if read is None:
            wrong["date"] = in_sentences(problems[0])
        elif read < today:
            wrong["date"] = "That day is past: choose today or a day to come."
    said: dict[str, Any] = {
        "title": form.text("title")[:200],
        "tags": split_tags(form.text("tags")),
        "exercises": split_tags(form.text("exercises")),
        # Kept for later, "today" means the day on which it is published.
        "date": "" if day == today.isoformat() else day,
        "description": form.text("description"),
        "alt": form.text("alt"),
    }
    if _LOOK & form.values.keys():  # the page had the player: what is empty there was emptied
        said |= asdict(look) | {"poster": "" if look.poster_at_s is not None else arrival.poster}
    if not arrival.made and (hidden := [wrong[name] for name in _PLACED if name in wrong]):
        wrong["all"] = " ".join(hidden)
    return said, wrong


def typed_chapters(form: Form) -> list[tuple[str, str]]:
    """The chapters of a form as they were typed, moments and titles, without empty rows."""
    times, titles = form.values.get("chapter_at", []), form.values.get("chapter_title", [])
    rows = [
        (at.strip(), " ".join(title.split()))
        for at, title in zip_longest(times, titles, fillvalue="")
    ]
    return [row for row in rows if any(row)][:_CHAPTERS_MAX]


def _missing(arrival: Arrival, film_s: float | None) -> dict[str, str]:
    # What was kept before the film was here could not be held against its length.
    kept = Look(arrival.from_s, arrival.to_s, arrival.poster_at_s, arrival.chapters)
    wrong = beyond(kept, film_s)
    if wrong and not arrival.made:
        wrong["all"] = " ".join(wrong.values())
    if not arrival.title:
        wrong["title"] = "The page needs a title."
    if not arrival.tags:
        wrong["tags"] = "At least one tag is needed."
    if arrival.problem:
        wrong["all"] = sentence(arrival.problem)
    return wrong


def _add(studio: Studio, library: Library, arrival: Arrival, wrong: dict[str, str]) -> str:
    """Put the film and its page into the project, and give its name there.

    Args:
        studio: The run.
        library: What there is.
        arrival: The film.
        wrong: Gets what is wrong, by field.
    """
    shown_s = Trim(arrival.from_s, arrival.to_s).length_s(length_of(studio, arrival))
    new = NewFilm(
        arrival.title,
        arrival.tags,
        arrival.description or plain_description(arrival.title, shown_s, library.settings.language),
        arrival.alt or plain_alt(library, arrival.title, arrival.exercises),
        max(dt.date.fromisoformat(arrival.date), library.today) if arrival.date else library.today,
        arrival.exercises,
        None if arrival.poster else arrival.poster_at_s,
        Trim(arrival.from_s, arrival.to_s),
        tuple(Chapter(at, title) for at, title in arrival.chapters),
    )
    beside = {}
    if arrival.poster:
        poster = studio.arrivals.beside(arrival, f"poster{arrival.poster}")
        beside[f".poster{arrival.poster}"] = poster.read_bytes()
    if arrival.captions:
        captions = studio.arrivals.beside(arrival, "captions.vtt")
        beside[f".{arrival.captions}.vtt"] = captions.read_bytes()
    stop_film(studio, arrival)
    try:
        added = add_film(
            studio.project, library, studio.arrivals.film(arrival), new, beside=beside, ours=True
        )
    except Refusal as refusal:
        wrong.update(_by_field(refusal.problems))
        return ""
    except OSError as error:
        path = studio.project / str(error.filename or "videos")
        wrong.update(_by_field(cannot_write(path, error).problems))
        return ""
    studio.arrivals.remove(arrival)
    return added.slug


def _by_field(problems: list[Problem]) -> dict[str, str]:
    wrong: dict[str, str] = {}
    for problem in problems:
        words = in_sentences(problem)
        name = problem.field if problem.field in ("title", "tags", "exercises") else "title"
        wrong[name] = f"{wrong[name]} {words}" if name in wrong else words
    return wrong


def _remove(request: Request, form: Form) -> Response:
    del form
    studio, arrival = studio_of(request), arrival_of(request)
    stop_film(studio, arrival)
    studio.arrivals.remove(arrival)
    return RedirectResponse("/films/new?said=removed", status_code=303)


async def _own_poster(request: Request) -> Response:
    """A picture of the coach's own, sent as it is."""
    studio, arrival = studio_of(request), arrival_of(request)
    data, ending, why = await picture_of(request)
    if why:
        return Response(why, status_code=422, media_type="text/plain")
    studio.arrivals.put(arrival, f"poster{ending}", data)
    studio.arrivals.change(arrival.id, poster=ending, poster_at_s=None)
    return Response(status_code=204)


async def picture_of(request: Request) -> tuple[bytes, str, str]:
    """A picture that was sent, the ending that its file gets, and why it cannot be used, if it cannot."""
    data = await body_of(request, _POSTER_BYTES_MAX)
    ending = _picture_ending(data)
    if ending is None:
        why = "This is not a picture that Kinopress knows: send a JPEG, PNG, WebP, AVIF or HEIC."
        return data, "", why
    wrong = await run_in_threadpool(studio_of(request).apart, poster_wrong, data)
    return data, ending, wrong or ""


def _picture_ending(data: bytes) -> str | None:
    if data[4:8] == b"ftyp":
        return ".avif" if data[8:12] in (b"avif", b"avis") else ".heic"
    return next((ending for begins, ending in _POSTERS.items() if data.startswith(begins)), None)


def _player(request: Request) -> Response:
    """What every browser can play of the film."""
    return FileResponse(_shown(request), media_type="video/mp4")


def _shown(request: Request) -> Any:
    studio, arrival = studio_of(request), arrival_of(request)
    if not arrival.made:
        raise HTTPException(404)
    folder = studio.project / arrival.made
    try:
        return playable(folder, made_early(folder))
    except (OSError, ValueError):
        raise HTTPException(404) from None


def _still(request: Request) -> Response:
    """A picture of the film: one of those to choose from, or the one at a second."""
    studio, arrival = studio_of(request), arrival_of(request)
    number = request.query_params.get("number", "")
    if re.fullmatch(r"\d", number) and int(number) < len(arrival.stills):
        file = studio.arrivals.beside(arrival, f"still-{number}.jpg")
        return FileResponse(file, media_type="image/jpeg")
    at_s = seconds_of(request.query_params.get("at", ""))
    picture = None if at_s is None else studio.apart(picture_at, _shown(request), at_s)
    if picture is None:
        raise HTTPException(404)
    return Response(picture, media_type="image/jpeg")


routes = [
    Route("/films/new", _new),
    Route("/films/{id}", _film),
    Route("/films/{id}", with_form(_save), methods=["POST"]),
    Route("/films/{id}/remove", with_form(_remove), methods=["POST"]),
    Route("/films/{id}/poster", _own_poster, methods=["PUT"]),
    Route("/films/{id}/film.mp4", _player),
    Route("/films/{id}/still", _still),
]
