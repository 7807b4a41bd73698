"""Who has checked which page, when, and when it is due again: the list and its sums."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from kinopress.content.model.kinds import KINDS
from kinopress.content.model.language.words import Words
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Page
from kinopress.content.model.settings import Reviewer
from kinopress.content.relations.reaching import leads_on
from kinopress.pages.parts import parts
from kinopress.pages.parts.html import element, escape
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
            name = place.phrase(row.in_full or row.labels)
            lists.append(
                parts.section(f"{name} ({len(found)})", _list(place, found), anchor=f"of-{kind}")
            )
    return parts.block(sums(place)) + "".join(lists)


def sums_with_link(place: Place) -> str:
    """The sums, and the way to the whole list."""
    link = element("a", place.in_html("The state of every page"), href=place.url(PATH))
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
        (place.phrase("Pages"), str(len(pages))),
        (place.phrase("By a clinician"), _some(place, clinicians)),
        *(
            (place.phrase("By {name}", name=who.name), _some(place, number))
            for who, number in people
        ),
        (place.phrase("By nobody yet"), _some(place, by[None])),
        (place.phrase("Overdue"), _some(place, overdue)),
    ]
    coming = [date for date in due if date >= library.today]
    if coming:
        rows.append((place.phrase("Next one due"), place.words.day(coming[0])))
    return element(
        "dl",
        "".join(f"<div><dt>{escape(a)}</dt><dd>{escape(b)}</dd></div>" for a, b in rows),
        class_="kp-facts kp-facts--wide",
    )


def reviewer_of(library: Library, page: Page) -> Reviewer | None:
    """Who went through a page last; ``None`` where nobody has."""
    return library.settings.reviewers.get(page.reviewed.by.text) if page.reviewed else None


def _some(place: Place, number: int) -> str:
    return str(number) if number else place.phrase("none")


def _list(place: Place, pages: Sequence[Page]) -> str:
    items = "".join(
        f"<li>{(place.link(page) if leads_on(place.library, page) else escape(page.title))} {element('span', escape(state(place.library, page)), class_='kp-list__kind')}</li>"
        for page in pages
    )
    return element("ul", items, class_="kp-list kp-list--one", role="list")


def state(library: Library, page: Page) -> str:
    """One page's state in a line."""
    words = library.shared.words
    who = reviewer_of(library, page)
    if who is None or page.reviewed is None:
        return words.phrase("nobody has checked it yet")
    clinician = words.phrase(", clinician") if who.clinician else ""
    due = _due(words, page.reviewed.next, library.today)
    return f"{who.name}{clinician}, {words.day(page.reviewed.on)}; {due}"


def _due(words: Words, date: dt.date, today: dt.date) -> str:
    if date < today:
        return words.phrase("overdue since {day}", day=words.day(date))
    return words.phrase("due again {day}", day=words.day(date))
