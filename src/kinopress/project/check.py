"""Everything that can be said of a project before anything is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from kinopress.content.model.library import Library
from kinopress.content.source.kept_pages import KeptPages
from kinopress.problems import Problem, Refusal, Report
from kinopress.project.read import read_project


def check_project(
    project: Path,
    *,
    show_held: bool = False,
    today: dt.date | None = None,
    known: KeptPages | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> tuple[Library, Report]:
    """Everything the coach wrote, and every problem; those of films too, which a build finds as it makes them.

    Args:
        project: The project's folder.
        show_held: Show drafts and pages of later days as well.
        today: The day it is; by default the one in the coach's time zone.
        known: Pages that were read before; it gets those that are read now.
        meanwhile: What whoever asked needs next; it is done while other processes read, if there are any.

    Raises:
        Refusal: when the settings cannot be used (exit code 2).
    """
    library, report = read_project(
        project, show_held=show_held, today=today, known=known, meanwhile=meanwhile
    )
    look_on(project, library, report)
    return library, report


def look_on(project: Path, library: Library, report: Report) -> None:
    """Add what can be said of settings, films and posters without making anything.

    A build finds it as it makes them, and comes to none where the pages have a mistake; what is said already is not
    said again.

    Args:
        project: The project's folder.
        library: What was read.
        report: What was found; gets the rest.

    Raises:
        Refusal: when the settings cannot be used (exit code 2).
    """
    said = {(p.path, p.line, p.code) for p in report.problems}
    found = _found(project, library)
    report.extend(p for p in found if (p.path, p.line, p.code) not in said)
    if library.settings.has_more_for_mkdocs:
        # MkDocs takes longer to load than most sites to check, and has a say in what these settings name only.
        from kinopress.engines.mkdocs.build import look_at_settings  # noqa: PLC0415

        try:
            look_at_settings(project)
        except Refusal as refusal:
            # The pages were read without these settings, so what is wrong with them is said in the same run.
            others = [problem for problem in report.problems if problem.severity != "note"]
            raise Refusal([*refusal.problems, *others], refusal.exit_code) from None


def _found(project: Path, library: Library) -> Iterator[Problem]:
    if library.films:
        yield from _films(library)
    if any(film.poster for film in library.films.values()):
        # Loading what opens pictures takes a while.
        from kinopress.project.publishing import check_posters  # noqa: PLC0415

        yield from check_posters(project, library)
    timed = any(v.trim or v.poster_at_s is not None or v.chapters for v in library.videos)
    if timed or any(film.captions or film.subrip for film in library.films.values()):
        # What knows how long films are takes longer to load than a small site to check.
        from kinopress.project.films.times import (  # noqa: PLC0415
            captions_beyond,
            chapters_after_the_end,
            times_beyond,
        )

        yield from times_beyond(project, library)
        yield from captions_beyond(project, library)
        yield from chapters_after_the_end(project, library)


def _films(library: Library) -> Iterator[Problem]:
    """What is surely wrong with films; a build finds it when it comes to them.

    A film whose page is not there yet, or waits for its day, stops no build today: it is a warning.
    """
    # What knows how films begin takes a tenth as long to load as a small site to check.
    from kinopress.video.source.first_look import first_look  # noqa: PLC0415

    for film in library.films.values():
        if film.original and (problem := first_look(film.file, film.path)) is not None:
            shown = ("video", film.slug) in library.pages
            yield problem if shown else replace(problem, severity="warning")
