"""The coach's week: what is due, what waits, what is wrong, and which site is in place."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from kinopress.content.forms.settings.output_folder import site_place
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Page
from kinopress.content.rules.held import coming
from kinopress.problems import Report
from kinopress.project.made_from import is_built_from
from kinopress.publish.record import is_page
from kinopress.system.release_record import read_release

DUE_DAYS = 14
"""As far ahead as a week's plan looks, and one more week."""


@dataclass(frozen=True, slots=True)
class InPlace:
    """The site that was built last.

    Attributes:
        digest: What it is called.
        made_s: When it was made, in seconds since 1970; 0 if nobody knows.
        pages: How many pages are in it.
        is_current: Whether it was made from the sources as they are now.
    """

    digest: str
    made_s: float
    pages: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class Week:
    """What a coach wants to know on a Monday.

    Attributes:
        today: The day, in her time zone.
        due: Pages that appear by themselves within :data:`DUE_DAYS`, the next first.
        later: Pages that appear after that.
        drafts: Pages that wait for their draft line to go.
        films_alone: Films beside which there is no page, as paths.
        pages_alone: Film pages beside which there is no film.
        problems: Everything that was found.
        site: What is in place; ``None``: nothing was built yet.
    """

    today: dt.date
    due: tuple[Page, ...]
    later: tuple[Page, ...]
    drafts: tuple[Page, ...]
    films_alone: tuple[str, ...]
    pages_alone: tuple[Page, ...]
    problems: Report
    site: InPlace | None


def this_week(project: Path, library: Library, report: Report) -> Week:
    """The week as it is now; nothing is made to find out.

    Args:
        project: The project's folder.
        library: What readers may see today, with what is held.
        report: Every problem.
    """
    held = sorted(library.held.values(), key=lambda page: (page.date or dt.date.max, page.title))
    dated = [(day, page) for day, pages in coming(library).items() for page in pages]
    ends = library.today + dt.timedelta(days=DUE_DAYS)
    pages = {
        page.slug: page
        for (kind, _), page in {**library.pages, **library.held}.items()
        if kind == "video"
    }
    return Week(
        library.today,
        tuple(page for day, page in dated if day <= ends),
        tuple(page for day, page in dated if day > ends),
        tuple(page for page in held if page.draft),
        tuple(sorted(film.path for slug, film in library.films.items() if slug not in pages)),
        tuple(pages[slug] for slug in sorted(set(pages) - set(library.films))),
        report,
        _in_place(project, library),
    )


def _in_place(project: Path, library: Library) -> InPlace | None:
    release = read_release(site_place(project, library.settings.site_dir).folder)
    if release is None:
        return None
    pages = sum(is_page(path) for path in release.files)
    is_current = is_built_from(project, release.digest)
    return InPlace(release.digest, release.made_s, pages, is_current)
