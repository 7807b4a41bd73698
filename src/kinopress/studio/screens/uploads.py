"""Films as they come: each piece a request, resumed where a connection broke."""

from __future__ import annotations

import time

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kinopress.studio.arrivals import Arrival, NotTaken, Way
from kinopress.studio.requests import form_of
from kinopress.studio.screens.check import sentence
from kinopress.studio.studio import Studio, studio_of
from kinopress.studio.work import begin_film


def address_of(arrival: Arrival) -> str:
    """Where a film's own screen is."""
    return f"/films/{arrival.id}"


def facts_words(arrival: Arrival, *, phone: bool = False) -> str:
    """What arrived, in a line; empty while nobody knows.

    Args:
        arrival: The film.
        phone: Say as well what it means for a film that a phone has sent.
    """
    if arrival.problem:
        return sentence(arrival.problem)
    facts = arrival.facts
    if not facts:
        return ""
    codec = {"hevc": "HEVC", "h264": "H.264", "av1": "AV1"}.get(facts["codec"], facts["codec"])
    words = [f"{facts['width']} × {facts['height']}", codec, "HDR" if facts["hdr"] else "no HDR"]
    if not facts["has_audio"]:
        words.append("no sound")
    line = ", ".join(words)
    if not phone:
        return line
    if facts["codec"] == "h264":
        return (
            f"{line}. If the phone films in HEVC, it has converted this one; by cable, AirDrop or a folder of a"
            " cloud drive the original comes."
        )
    return f"{line}. This is the original."


async def begin(request: Request, studio: Studio, way: Way) -> Response:
    """A film is announced: how much of it is there, and where its pieces go."""
    form = await form_of(request)
    studio.arrivals.sweep(time.time())
    try:
        arrival = studio.arrivals.begin(
            form.text("name"),
            _number(form.text("size")),
            form.text("changed")[:40],
            way,
        )
    except NotTaken as refused:
        return JSONResponse({"why": refused.why}, status_code=refused.status)
    return _so_far(studio, arrival)


async def take(request: Request, studio: Studio) -> Response:
    """The next bytes of a film."""
    arrival = studio.arrivals.get(request.path_params["id"])
    if arrival is None:
        return JSONResponse({"why": "This film was removed; send it again."}, status_code=404)
    offset = _number(request.query_params.get("offset", ""))
    there = studio.arrivals.received(arrival)
    declared = _number(request.headers.get("content-length", ""))
    if offset == there and declared > arrival.size - there and not arrival.is_whole:
        why = "More is announced than the film is long."
        return JSONResponse({"why": why, "offset": there}, status_code=413)
    try:
        arrival = await studio.arrivals.take(arrival, offset, request.stream())
    except NotTaken as refused:
        values = {"why": refused.why, "offset": refused.offset}
        return JSONResponse(values, status_code=refused.status)
    except ClientDisconnect:
        return Response(status_code=400)  # nobody hears it; what came is kept
    if arrival.is_whole:
        begin_film(studio, arrival)
    return _so_far(studio, arrival)


def _number(words: str) -> int:
    """A count of bytes, as a browser says it; -1 for anything else."""
    return int(words) if words.isdecimal() and words.isascii() and len(words) < 16 else -1


def _so_far(studio: Studio, arrival: Arrival) -> Response:
    there = studio.arrivals.received(arrival)
    return JSONResponse(
        {
            "id": arrival.id,
            "offset": there,
            "whole": arrival.is_whole,
            "facts": facts_words(arrival),
            "address": address_of(arrival),
        },
        headers={"Upload-Offset": str(there)},
    )


async def _begin(request: Request) -> Response:
    return await begin(request, studio_of(request), "upload")


async def _piece(request: Request) -> Response:
    studio = studio_of(request)
    if request.method == "PUT":
        return await take(request, studio)
    arrival = studio.arrivals.get(request.path_params["id"])
    return Response(status_code=404) if arrival is None else _so_far(studio, arrival)


routes = [
    Route("/uploads", _begin, methods=["POST"]),
    Route("/uploads/{id}", _piece, methods=["GET", "HEAD", "PUT"]),
]
