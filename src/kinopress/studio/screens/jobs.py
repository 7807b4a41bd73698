"""What the jobs do, as plain values: a page asks each second while it is looked at."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kinopress.content.model.kinds import KINDS
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
    """What fields offer to pick: tags by all their names, exercises, pages, and the keys of the shared lists."""
    library = studio_of(request).now().library
    if library is None:
        return JSONResponse({})
    tags = [
        {
            "value": term.title,
            "names": [*term.aliases, *term.lay, *term.misspellings, term.slug.replace("-", " ")],
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
    slugs = Counter(page.slug for page in pages.values())
    linked = [
        {
            "value": page.slug if slugs[page.slug] == 1 else f"{KINDS[page.kind].site}/{page.slug}",
            "names": [page.title],
            "what": page.kind,
        }
        for page in pages.values()
    ]
    shared = library.shared
    lists = {
        "sources": [(key, one.cite) for key, one in shared.references.items()],
        "regions": [(key, one.label) for key, one in shared.regions.items()],
        "red_flags": [(key, one.title) for key, one in shared.red_flags.items()],
        "tests": [(key, one.title) for key, one in shared.checks.items()],
    }
    keys = {
        name: [{"value": key, "names": [words], "what": words} for key, words in found]
        for name, found in lists.items()
    }
    return JSONResponse({"tags": tags, "exercises": exercises, "pages": linked, **keys})


routes = [Route("/jobs", _jobs), Route("/words", _words)]
