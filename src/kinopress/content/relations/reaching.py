"""Whether readers can reach the coach, and so which pages are worth leading them to."""

from __future__ import annotations

from kinopress.content.model.library import Library
from kinopress.content.model.pages import Page

ASSESSMENT, CONTACT = "assessment", "contact"
"""The coach's pages about what she offers and how she is reached, where she has written them."""


def leads_on(library: Library, page: Page) -> bool:
    """Whether a page has what a link to it promises: that on how to reach the coach has nothing until a way is set."""
    return (page.kind, page.slug) != ("page", CONTACT) or library.settings.coach.can_be_asked


def page_to_ask(library: Library) -> Page | None:
    """Where readers are led who would like to see the coach; ``None`` while there is no way to ask her."""
    if not library.settings.coach.can_be_asked:
        return None
    return library.pages.get(("page", ASSESSMENT)) or library.pages.get(("page", CONTACT))
