"""What somebody who thinks of coming would look for on the site, and not find."""

from __future__ import annotations

from kinopress.content.markdown.marks import scan
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Page
from kinopress.content.relations.reaching import ASSESSMENT, CONTACT
from kinopress.content.text.blocks import split_block


def not_found_by_clients(library: Library) -> list[str]:
    """What is not there, each with where to write it, in the order in which somebody would look for it."""
    coach, offer = library.settings.coach, library.settings.assessment
    settings = (
        (coach.name, "who you are", "coach.name"),
        (coach.photo, "your picture", "coach.photo"),
        (coach.qualifications, "your qualifications", "coach.qualifications"),
        (offer.measures, "what you measure", "assessment.measures"),
        (offer.length, "how long it takes", "assessment.length"),
        (offer.price, "what it costs", "assessment.price"),
        (offer.place or coach.place, "where it is", "assessment.place"),
        (offer.remote is not None, "whether it is possible online", "assessment.remote"),
        (offer.cancellation, "what happens if somebody cannot come", "assessment.cancellation"),
        (
            coach.can_be_asked,
            "how to reach you",
            "coach.email, coach.phone, coach.booking_url or coach.form_url",
        ),
    )
    missing = [f"{what} ({where} in mkdocs.yml)" for there, what, where in settings if not there]
    pages = (
        (ASSESSMENT, "assessment", "the page about what you offer"),
        (CONTACT, "contact", "the page on how to reach you"),
    )
    for slug, block, what in pages:
        page = library.pages.get(("page", slug))
        if page is None:
            missing.append(f"{what} (docs/{slug}.md)")
        elif not _has_block(page, block):
            missing.append(f"on {what}, the settings (write {{{{ {block} }}}} in docs/{slug}.md)")
    return missing


def _has_block(page: Page, name: str) -> bool:
    return any(
        mark.kind == "block" and split_block(mark.target)[0] == name for mark in scan(page.body)
    )
