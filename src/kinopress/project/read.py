"""Reading a project with everything that can be reported before anything is made."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.data.redirects import REDIRECTS
from kinopress.content.model.kinds import LISTED
from kinopress.content.model.library import Library
from kinopress.content.read import read_library
from kinopress.content.relations.moved import address_of
from kinopress.content.source.kept_pages import KeptPages
from kinopress.pages.anchors import anchor_problems
from kinopress.problems import Problem, Report
from kinopress.project.films.made.kept import damaged_notes, kept_films
from kinopress.project.live.known import published_paths

_CLOCK_MIN = dt.date(2020, 1, 1)
"""Earlier than any page here: a computer whose battery is empty begins in 1970 or some years later."""


def _clock(today: dt.date) -> Iterator[Problem]:
    """A clock that is certainly wrong: every page would be held back, those that readers have included."""
    if today < _CLOCK_MIN:
        yield Problem(
            "this computer's clock",
            f"it says {today.day} {today:%B} {today.year}, so pages that readers already have would be"
            " taken from the site",
            "set the date and time of this computer, then run this again",
            Code.CLOCK_WRONG,
        )


def gone_pages(project: Path, library: Library) -> Iterator[Problem]:
    """Pages of the site as it is that no file makes any more, and from which nobody is led on.

    The site as it is: the one in its folder, and what was published from this computer last. Said before the build
    or the publication that takes them away; after it there is nothing to compare with.
    """
    known = {address_of(page) for page in [*library.pages.values(), *library.held.values()]}
    known |= {redirect.old for redirect in library.shared.redirects}
    site = project / library.settings.site_dir
    published = {
        path.removesuffix("/index.html")
        for path in published_paths(project)
        if path.endswith("/index.html")
    }
    for row in LISTED:
        of_row = {address for address in published if address.rpartition("/")[0] == row.site}
        for address in sorted((of_row - known) | _addresses(site, row.site, known)):
            yield Problem(
                f"{row.source}/{address.rpartition('/')[2]}.md",
                "this page was on the site and is gone, so its address will lead nowhere",
                f"add a line like {address}: {row.site} to {REDIRECTS}, with the address that"
                " readers should get instead, or gone; do nothing if nobody knows the old one",
                Code.PAGE_GONE,
                severity="warning",
            )


def _addresses(site: Path, folder: str, known: Collection[str]) -> set[str]:
    """Pages in a folder of a site whose addresses nobody knows: of thousands hardly one, so only of that one is asked whether it is a page."""
    try:
        with os.scandir(site / folder) as entries:
            unknown = [entry for entry in entries if f"{folder}/{entry.name}" not in known]
    except OSError:
        return set()
    return {
        f"{folder}/{entry.name}"
        for entry in unknown
        if os.path.isfile(f"{entry.path}/index.html")  # noqa: PTH113 - says no where a link leads round or nobody may look
    }


def read_project(
    project: Path,
    *,
    show_held: bool = False,
    today: dt.date | None = None,
    known: KeptPages | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> tuple[Library, Report]:
    """Everything the coach wrote, and every problem, those of linked files and of places on pages included.

    Args:
        project: The project's folder.
        show_held: Show drafts and pages of later days as well.
        today: The day it is; by default the one in the coach's time zone.
        known: Pages that were read before; it gets those that are read now.
        meanwhile: What whoever asked needs next; it is done while other processes read, if there are any.

    Raises:
        Refusal: when the settings cannot be used (exit code 2).
    """
    library, report = read_library(
        project,
        today=today,
        show_held=show_held,
        kept=kept_films(project),
        known=known,
        meanwhile=meanwhile,
    )
    report.extend(damaged_notes(project))
    if today is None:
        report.extend(_clock(library.today))
    if library.assets:
        # What opens pictures takes longer to load than a small site to check.
        from kinopress.project.publishing import check_linked_files  # noqa: PLC0415

        report.extend(check_linked_files(project, library))
    report.extend(anchor_problems(library))
    report.extend(gone_pages(project, library))
    return library, report
