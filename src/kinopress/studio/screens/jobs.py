"""What the jobs do, as plain values: a page asks each second while it is looked at."""

from __future__ import annotations

import datetime as dt

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kinopress.content.model.pages import Exercise
from kinopress.project.telling.timed import about
from kinopress.studio.jobs import Job
from kinopress.studio.studio import studio_of

_LEFT_FROM_S = 5


def shown_job(job: Job) -> dict[str, object]:
    """A job as its page shows it."""
    left = job.left_s
    ended = (
        f" at {dt.datetime.fromtimestamp(job.ended_s).astimezone():%H:%M}" if job.ended_s else ""
    )
    return {
        "key": job.key,
        "subject": job.subject,
        "state": job.state,
        "over": job.is_over,
        "words": job.step
        + (ended if job.state == "done" else "")
        + (f" {job.percent} %" if job.percent is not None and not job.is_over else "")
        + (f", about {about(left)} left" if left is not None and left >= _LEFT_FROM_S else ""),
        "percent": job.percent,
        "change": job.change,
    }


def _jobs(request: Request) -> Response:
    since = request.query_params.get("since", "")
    after = int(since) if since.isdigit() and len(since) < 12 else 0
    return JSONResponse([shown_job(job) for job in studio_of(request).jobs.since(after)])


def _words(request: Request) -> Response:
    """Every name of the vocabulary with the tag it means, and every exercise: what the fields offer to pick."""
    library = studio_of(request).now().library
    if library is None:
        return JSONResponse({"tags": [], "exercises": []})
    tags = [
        {
            "value": term.title,
            "names": [*term.aliases, *term.lay, *term.misspellings],
            "what": term.kind,
        }
        for term in library.vocabulary.terms.values()
    ]
    pages = {**library.pages, **library.held}
    exercises = [
        {"value": page.slug, "names": [page.title, *page.also_called], "what": page.title}
        for page in pages.values()
        if isinstance(page, Exercise)
    ]
    return JSONResponse({"tags": tags, "exercises": exercises})


routes = [Route("/jobs", _jobs), Route("/words", _words)]
