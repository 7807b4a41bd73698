"""Which pages wait, and until when."""

from __future__ import annotations

import datetime as dt

from kinopress.codes import Code
from kinopress.content.model.kinds import KINDS
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Page, line_of
from kinopress.problems import Problem


def count(library: Library) -> dict[str, int]:
    """How many pages of each kind are shown, and how many are held back."""
    counts = {f"{kind}s": 0 for kind in KINDS}
    for kind, _ in library.pages:
        counts[f"{kind}s"] += 1
    return {**counts, "held": len(library.held)}


def coming(library: Library) -> dict[dt.date, list[Page]]:
    """Which pages appear on which day, the nearest day first; those of one day by title."""
    days: dict[dt.date, list[Page]] = {}
    for page in sorted(library.held.values(), key=lambda page: page.title.casefold()):
        if not page.draft and page.date is not None:
            days.setdefault(page.date, []).append(page)
    return dict(sorted(days.items()))


def held_reasons(library: Library) -> list[Problem]:
    """A note for each page that is kept back because of its date."""
    return [
        Problem(
            p.path,
            f"this page waits until {p.date.day} {p.date:%B %Y}",
            "build and publish the site on that day or later, and it appears",
            Code.DATE_FUTURE,
            line=line_of(p, "date"),
            field="date",
            severity="warning",
        )
        for p in library.held.values()
        if not p.draft and p.date is not None
    ]
