"""Who has checked which page, when, and when it is due again: the list and its sums."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from kinopress.content.model.kinds import KINDS
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Page
from kinopress.content.model.settings import Reviewer
from kinopress.pages.parts import parts
from kinopress.pages.parts.html import element, escape
from kinopress.pages.parts.wording import day
from kinopress.pages.place import Place

PATH = "reviews.md"


def render_reviews(place: Place) -> str:
    """The sums, then every page with its state, by kind."""
    pages = list(place.library.pages.values())
    lists = []
    for kind, row in KINDS.items():
        found = sorted(
            (p for p in pages if p.kind == kind), key=lambda p: (p.title.casefold(), p.slug)
        )
        if found:
            name = row.in_full or row.labels
            lists.append(
                parts.section(f"{name} ({len(found)})", _list(place, found), anchor=f"of-{kind}")
            )
    return parts.block(sums(place)) + "".join(lists)


def sums_with_link(place: Place) -> str:
    """The sums, and the way to the whole list."""
    link = element("a", "The state of every page", href=place.url(PATH))
    return sums(place) + element("p", link)


def sums(place: Place) -> str:
    """How many pages a clinician, somebody else or nobody has checked, and what is due when."""
    library = place.library
    pages = list(library.pages.values())
    by = Counter(reviewer_of(library, page) for page in pages)
    people = sorted(
        ((who, number) for who, number in by.items() if who is not None),
        key=lambda row: (not row[0].clinician, -row[1], row[0].name),
    )
    clinicians = sum(number for who, number in people if who.clinician)
    due = sorted(p.reviewed.next for p in pages if p.reviewed is not None)
    overdue = sum(date < library.today for date in due)
    rows = [
        ("Pages", str(len(pages))),
        ("By a clinician", _some(clinicians)),
        *((f"By {who.name}", _some(number)) for who, number in people),
        ("By nobody yet", _some(by[None])),
        ("Overdue", _some(overdue)),
    ]
    coming = [date for date in due if date >= library.today]
    if coming:
        rows.append(("Next one due", day(coming[0])))
    return element(
        "dl",
        "".join(f"<div><dt>{escape(a)}</dt><dd>{escape(b)}</dd></div>" for a, b in rows),
        class_="kp-facts kp-facts--wide",
    )


def reviewer_of(library: Library, page: Page) -> Reviewer | None:
    """Who went through a page last; ``None`` where nobody has."""
    return library.settings.reviewers.get(page.reviewed.by.text) if page.reviewed else None


def _some(number: int) -> str:
    return str(number) if number else "none"


def _list(place: Place, pages: Sequence[Page]) -> str:
    items = "".join(
        f"<li>{place.link(page)} {element('span', escape(state(place.library, page)), class_='kp-list__kind')}</li>"
        for page in pages
    )
    return element("ul", items, class_="kp-list kp-list--one", role="list")


def state(library: Library, page: Page) -> str:
    """One page's state in a line."""
    who = reviewer_of(library, page)
    if who is None or page.reviewed is None:
        return "nobody has checked it yet"
    clinician = ", clinician" if who.clinician else ""
    return (
        f"{who.name}{clinician}, {day(page.reviewed.on)}; {_due(page.reviewed.next, library.today)}"
    )


def _due(date: dt.date, today: dt.date) -> str:
    return f"overdue since {day(date)}" if date < today else f"due again {day(date)}"
