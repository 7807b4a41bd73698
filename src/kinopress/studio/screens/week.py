"""*This week*: what is due, what waits, what is wrong, and which site is in place."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from kinopress.codes import Code
from kinopress.content.model.library import Library
from kinopress.project.change.drafted import drafts
from kinopress.project.telling.unchecked import unchecked
from kinopress.project.telling.week import this_week
from kinopress.studio.look import when_words
from kinopress.studio.screens.check import draft_address, sentence, shown_problem
from kinopress.studio.screens.uploads import address_of
from kinopress.studio.studio import studio_of

_PROBLEMS_SHOWN = 5


def _week(request: Request) -> Response:
    studio = studio_of(request)
    now = studio.now()
    week = None if now.library is None else this_week(studio.project, now.library, now.report)
    # That a page waits for its day is no fault; below is which, and for which.
    warnings = [p for p in now.report.warnings if p.code != Code.DATE_FUTURE]
    shown = [*now.report.errors, *warnings][:_PROBLEMS_SHOWN]
    site = week.site if week else None
    return HTMLResponse(
        studio.page(
            "week.html",
            request,
            title="This week",
            now=now,
            week=week,
            unchecked=[] if now.library is None else _worth_a_look(now.library),
            coming=studio.arrivals.all(),
            unusable=sum(bool(film.problem) for film in studio.arrivals.all()),
            offered=len(studio.folder.offered()),
            address_of=address_of,
            heard=[] if now.library is None else drafts(studio.project, now.library),
            draft_address=draft_address,
            warnings=len(warnings),
            problems=[shown_problem(problem) for problem in shown],
            made=when_words(site.made_s, now.at) if site and site.made_s else "",
        )
    )


def _worth_a_look(library: Library) -> list[tuple[str, str, str]]:
    """What nobody has compared with a source, as sentences, with its file and where that is shown."""
    return [
        (
            f"{sentence(one.message)} {sentence(one.hint)}",
            one.path,
            f"/source?{urlencode({'path': one.path})}",
        )
        for one in unchecked(library)
    ]


routes = [Route("/", _week)]
