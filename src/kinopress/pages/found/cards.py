"""What is on the picture of each page where it is shared (pure); it is drawn before the pages are rendered."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kinopress.content.model.kinds import KINDS
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Page, Technique
from kinopress.content.relations.related import film_of
from kinopress.media.clip import Clip
from kinopress.media.figure import Figure, still_name
from kinopress.media.plate import Plate
from kinopress.pages.found.following import COVER, feeds_of, followed
from kinopress.pages.found.following import FILMS as FILM_FEED
from kinopress.pages.links import page_path
from kinopress.pages.lists.lists import index_pages
from kinopress.pages.parts.film import share_poster
from kinopress.pictures.cards.card import Card

COLOUR = "#1b5b57"
"""The theme's own, where the site has chosen none."""

_Shown = tuple[str, Path]


def cards_of(
    library: Library,
    clips: Mapping[str, Clip],
    figures: Mapping[str, Figure],
    plates: Mapping[str, Plate],
    colour: str = COLOUR,
) -> dict[str, Card]:
    """The card of each page by its place in the plain tree; none while the site's address is not known."""
    settings = library.settings
    if not settings.site_url:
        return {}
    name = settings.coach.name or ""

    def card(title: str, label: str, shown: _Shown | None = None) -> Card:
        digest, file = shown or ("", None)
        return Card(title, label, name, settings.site_name, colour, digest, file=file)

    found = {
        page_path(page): card(
            page.title, _label(page), _shown(library, clips, figures, plates, page)
        )
        for page in library.pages.values()
    }
    found |= {index.path: card(index.title, "") for index in index_pages(library)}
    if FILM_FEED in feeds_of(followed(library, clips, {})):
        found[COVER] = Card(
            settings.site_name, "Films", name, settings.site_name, colour, square=True
        )
    return found


def _label(page: Page) -> str:
    """What kind of page it is; an ordinary page says it by its title."""
    row = KINDS[page.kind]
    return row.label if row.site else ""


def _shown(
    library: Library,
    clips: Mapping[str, Clip],
    figures: Mapping[str, Figure],
    plates: Mapping[str, Plate],
    page: Page,
) -> _Shown | None:
    """The drawing or photograph of a page, with its digest."""
    video = film_of(library, page)
    clip = clips.get(video.slug) if video else None
    poster = share_poster(clip) if clip and not clip.elsewhere else None
    if clip is not None and poster is not None:
        return poster.sha256, clip.folder / poster.path
    plate = plates.get(page.slug) if page.kind == "muscle" else None
    if plate is not None:
        return plate.digest, plate.file
    slug: str | None = page.slug if page.kind == "exercise" else None
    if isinstance(page, Technique) and page.shown_by is not None:
        slug = page.shown_by.text
    figure = figures.get(slug) if slug else None
    if figure is None or not figure.says:
        return None
    last = still_name(len(figure.says))
    return f"{figure.digest} {last}", figure.folder / last
