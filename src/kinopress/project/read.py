"""Reading a project with everything that can be reported before anything is made."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from kinopress.content.model.library import Library
from kinopress.content.read import read_library
from kinopress.pages.anchors import anchor_problems
from kinopress.problems import Report
from kinopress.project.films.kept import kept_films


def read_project(
    project: Path, *, show_held: bool = False, today: dt.date | None = None
) -> tuple[Library, Report]:
    """Everything the coach wrote, and every problem, those of linked files and of places on pages included.

    Raises:
        Refusal: when the settings cannot be used (exit code 2).
    """
    library, report = read_library(
        project, today=today, show_held=show_held, kept=kept_films(project)
    )
    if library.assets:
        # What opens pictures takes longer to load than a small site to check.
        from kinopress.project.publishing import check_linked_files  # noqa: PLC0415

        report.extend(check_linked_files(project, library))
    report.extend(anchor_problems(library))
    return library, report
