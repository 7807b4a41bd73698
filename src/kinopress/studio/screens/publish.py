"""*Publish*: what would change, the build and how far it is, and the way back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from kinopress.content.forms.output_folder import site_place
from kinopress.problems import Refusal
from kinopress.project.earlier import earlier_sites, put_back
from kinopress.project.telling.week import this_week
from kinopress.studio.look import when_words
from kinopress.studio.requests import Form, with_form
from kinopress.studio.screens.check import sentence, shown_problem
from kinopress.studio.screens.jobs import shown_job
from kinopress.studio.studio import Studio, studio_of
from kinopress.studio.work import CHANGES, SITE, SITE_WHOLE, begin_build, begin_looking


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
    failed = built if built and built.state == "failed" else None
    earlier = [
        {
            "digest": kept.release.digest,
            "made": when_words(kept.release.made_s, now.at) if kept.release.made_s else "",
            "pages": sum(path.endswith("index.html") for path in kept.release.files),
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
        site_dir=now.library.settings.site_dir if now.library else "",
    )
    return HTMLResponse(page, status_code=status)


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
    Route("/publish/back", with_form(_back), methods=["POST"]),
]
