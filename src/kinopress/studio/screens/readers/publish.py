"""*Publish*: what would change, the build and how far it is, the places of the settings, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from kinopress.codes import Code
from kinopress.content.forms.settings.output_folder import site_place
from kinopress.content.model.library import Library
from kinopress.content.model.settings import Settings
from kinopress.pages.links import page_path, url_of
from kinopress.problems import Problem, Refusal
from kinopress.project.earlier import earlier_sites, put_back
from kinopress.project.live.places import has_an_earlier_release, where
from kinopress.project.telling.week import this_week
from kinopress.publish.record import is_page
from kinopress.studio.jobs import Job
from kinopress.studio.look import when_words
from kinopress.studio.requests import Form, with_form
from kinopress.studio.screens.check import sentence, shown_problem
from kinopress.studio.screens.jobs import shown_job
from kinopress.studio.studio import Studio, studio_of
from kinopress.studio.work import (
    CHANGES,
    SITE,
    SITE_WHOLE,
    begin_build,
    begin_looking,
    begin_publishing,
    begin_rolling_back,
    comparing,
    publishing,
    rolling_back,
    trying,
)


def _publish(request: Request) -> Response:
    return _show(request, "", 200)


def _show(request: Request, wrong: str, status: int) -> Response:
    studio = studio_of(request)
    now = studio.now()
    week = None if now.library is None else this_week(studio.project, now.library, now.report)
    jobs = {key: studio.jobs.of(key) for key in (SITE, SITE_WHOLE, CHANGES)}
    shown = {key: shown_job(job) for key, job in jobs.items() if job}
    built, looked = jobs[SITE], jobs[CHANGES]
    changes: dict[str, Any] = {}
    if looked and looked.state == "done" and not (built and built.ended_s > looked.ended_s):
        changes = looked.result
    site = week.site if week else None
    makers = [job for key in (SITE, SITE_WHOLE) if (job := jobs[key])]
    if built and built.state == "done" and site and not _made_by(makers, site.made_s):
        del shown[SITE]  # "Done at …" would be said of another site than the one below it
    failed = built if built and built.state == "failed" else None
    earlier = [
        {
            "digest": kept.release.digest,
            "made": when_words(kept.release.made_s, now.at) if kept.release.made_s else "",
            "pages": sum(is_page(path) for path in kept.release.files),
        }
        for kept in earlier_sites(studio.project)
    ]
    page = studio.page(
        "publish.html",
        request,
        title="Publish",
        errors=[shown_problem(problem) for problem in now.report.errors],
        due=week.due if week else (),
        site=site,
        made=when_words(site.made_s, now.at) if site and site.made_s else "",
        jobs=shown,
        changes=changes,
        failed=failed,
        earlier=earlier,
        wrong=wrong,
        places=[] if now.library is None else _places(studio, now.library.settings),
        site_dir=now.library.settings.site_dir if now.library else "",
        film=_film(now.library, request.query_params.get("film", "")),
    )
    return HTMLResponse(page, status_code=status)


def _made_by(jobs: Sequence[Job], made_s: float) -> bool:
    """Whether one of these jobs has made a site: a publication may have built since, or an earlier site is back."""
    return not made_s or any(job.begun_s <= made_s <= job.ended_s for job in jobs)


def _film(library: Library | None, slug: str) -> dict[str, Any] | None:
    """The film whose page was written a moment ago and brought the coach here."""
    if library is None:
        return None
    key = ("video", slug)
    page = library.pages.get(key) or library.held.get(key)
    if page is None:
        return None
    return {
        "title": page.title,
        "path": page.path,
        "address": url_of(page_path(page)),
        "waits_for": page.date if key in library.held else None,
        "today": library.today,
    }


def _places(studio: Studio, settings: Settings) -> list[dict[str, Any]]:
    """Each place of the settings, with the last thing that was done there, and what came of it."""
    found = []
    for name, place in settings.publish.items():
        keys = (publishing(name), comparing(name), rolling_back(name), trying(name))
        jobs = [job for key in keys if (job := studio.jobs.of(key))]
        last = max(jobs, key=lambda job: job.begun_s, default=None)
        result = last.result if last and last.state == "done" else {}
        said = result.get("warnings", []) if result else last.problems if last else []
        found.append(
            {
                "name": name,
                "where": where(place),
                "busy": any(not job.is_over for job in jobs),
                "job": shown_job(last) if last else None,
                "result": result,
                "earlier": has_an_earlier_release(studio.project, place),
                "back": last is not None and last.key == rolling_back(name),
                "problems": [shown_problem(_problem(one)) for one in said],
            }
        )
    return found


def _problem(said: Mapping[str, Any]) -> Problem:
    """A problem of a job's, as it was before it was written down."""
    values = {name: said[name] for name in ("path", "message", "hint", "line", "field", "severity")}
    return Problem(**values, code=Code.named(said["code"]))


def _place_of(request: Request, form: Form) -> str:
    """The place that a form names.

    Raises:
        HTTPException: the settings have none of that name (404).
    """
    library = studio_of(request).now().library
    name = form.text("to")
    if library is None or name not in library.settings.publish:
        raise HTTPException(404)
    return name


def _to_readers(request: Request, form: Form) -> Response:
    begin_publishing(
        studio_of(request), _place_of(request, form), only_look=form.text("look") == "yes"
    )
    return RedirectResponse("/publish", status_code=303)


def _take_back(request: Request, form: Form) -> Response:
    begin_rolling_back(studio_of(request), _place_of(request, form))
    return RedirectResponse("/publish", status_code=303)


def _begin(request: Request, form: Form) -> Response:
    del form
    begin_build(studio_of(request))
    return RedirectResponse("/publish", status_code=303)


def _look(request: Request, form: Form) -> Response:
    begin_looking(studio_of(request), drafts=form.text("drafts") == "yes")
    return RedirectResponse("/publish", status_code=303)


def _back(request: Request, form: Form) -> Response:
    studio = studio_of(request)
    try:
        put_back(studio.project, form.text("digest") or None)
    except Refusal as refusal:
        return _show(request, sentence(str(refusal.problems[0].message)), 409)
    return RedirectResponse("/publish?said=back", status_code=303)


def site_folder(studio: Studio) -> Path | None:
    """The site that is in place."""
    library = studio.now().library
    return None if library is None else site_place(studio.project, library.settings.site_dir).folder


def next_folder(studio: Studio) -> Path | None:
    """The site as it would be, as it was looked at last."""
    job = studio.jobs.of(CHANGES)
    folder = job.result.get("folder") if job else None
    return studio.project / folder if folder else None


routes = [
    Route("/publish", _publish),
    Route("/publish", with_form(_begin), methods=["POST"]),
    Route("/publish/look", with_form(_look), methods=["POST"]),
    Route("/publish/readers", with_form(_to_readers), methods=["POST"]),
    Route("/publish/readers/back", with_form(_take_back), methods=["POST"]),
    Route("/publish/back", with_form(_back), methods=["POST"]),
]
