"""The page of a kind that has no page of its own yet: everything a reader of any page expects, and no more."""

from __future__ import annotations

from kinopress.content.model.pages import Page, Term
from kinopress.pages.kinds.terms import foot, gathered
from kinopress.pages.parts import parts
from kinopress.pages.place import Place
from kinopress.pages.text import render_body


def render_any(place: Place, page: Page) -> str:
    """The coach's words, what they belong to, what they rest on; on the page of a tag, all that carries it."""
    top = parts.heading(page.title, page.description) + parts.block(render_body(place, page))
    if isinstance(page, Term):
        return top + gathered(place, page) + foot(place, page)
    return "".join(
        [
            top,
            parts.section(
                place.phrase("What it belongs to"),
                parts.chips(place, place.library.terms(page.tags)),
            ),
            parts.section(place.phrase("Sources"), parts.sources_list(place, page)),
            parts.block(parts.review_note(place, page)),
        ]
    )
