"""What a feed says, whatever its format: the newest articles and films that the coach has dated (pure)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from kinopress.content.captions.webvtt import shown_chapters
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Article, Chapter, Video
from kinopress.media.clip import Clip, caption_path
from kinopress.pages.found.address import lasting_id, moment, root_of, whole
from kinopress.pages.links import page_path
from kinopress.pages.parts.film import download_of, languages, share_picture
from kinopress.pictures.cards.card import Ready

ITEMS_MAX = 50
"""More than a reader catches up with; a feed is fetched again and again, whole."""
_PODCASTS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Of what https://podcasting2.org/docs/podcast-namespace/tags/guid makes the id of a podcast."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of the site: its place in the plain tree, its media type, what it is called."""

    path: str
    mime: str
    name: str


RSS = Feed("feed.xml", "application/rss+xml", "RSS")
ATOM = Feed("atom.xml", "application/atom+xml", "Atom")
JSON = Feed("feed.json", "application/feed+json", "JSON Feed")
FILMS = Feed("films.xml", "application/rss+xml", "Films")
COVER = "films.xml"
"""Whose card is the square picture of the film feed."""


@dataclass(frozen=True, slots=True)
class FilmFile:
    """The file of a film that an app fetches.

    Attributes:
        address: Where it is: one file that plays everywhere.
        size_bytes: Its length.
        mime: Its media type.
        duration_s: How long it lasts.
        picture: The address of a still of it; empty where there is none.
        transcripts: What is said, in WebVTT: language → address.
        chapters: Its named moments.
        chapters_path: Where they are in the plain tree, as a podcast app reads them.
    """

    address: str
    size_bytes: int
    mime: str
    duration_s: float
    picture: str
    transcripts: Mapping[str, str]
    chapters: tuple[Chapter, ...]
    chapters_path: str


@dataclass(frozen=True, slots=True)
class Item:
    """One article or film.

    Attributes:
        id: What it is known by; it outlives a new title and a new address.
        address: Its page.
        title: In plain words.
        summary: What it is about, in a sentence or two.
        published: When it appeared: the day that the coach gave it.
        tags: What it is about, by the names of terms.
        picture: The picture that stands for it, where there is one.
        film: Its film, where it has one.
    """

    id: str
    address: str
    title: str
    summary: str
    published: dt.datetime
    tags: tuple[str, ...]
    picture: str = ""
    film: FilmFile | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """All that the feeds say.

    Attributes:
        root: The address of the site.
        title: What the site is called.
        about: What it is about, in a sentence.
        author: Who speaks.
        language: Of the words, in two letters.
        copyright: Whose they are; empty where nothing is said.
        cover: The address of a square picture for the film feed; empty where there is none.
        films_id: What the film feed is known by.
        items: The newest first.
    """

    root: str
    title: str
    about: str
    author: str
    language: str
    copyright: str
    cover: str
    films_id: str
    items: tuple[Item, ...]

    @property
    def films(self) -> tuple[Item, ...]:
        """The films among them that can be fetched."""
        return tuple(item for item in self.items if item.film is not None)


def followed(
    library: Library, clips: Mapping[str, Clip], cards: Mapping[str, Ready]
) -> Followed | None:
    """What the feeds say; ``None`` while the site's address is not known, since a feed needs whole ones.

    A page that is held back is in none, not even in a preview.
    """
    root = root_of(library)
    if not root:
        return None
    pages: list[Article | Video] = [*library.articles, *library.videos]
    pages = [p for p in pages if p.date is not None and (p.kind, p.slug) not in library.held]
    pages.sort(key=lambda page: (page.date or dt.date.min, page.slug), reverse=True)
    settings, cover = library.settings, cards.get(COVER)
    home = library.pages.get(("page", "index"))
    return Followed(
        root,
        settings.site_name,
        settings.site_description or (home.description if home else "") or settings.site_name,
        settings.coach.name or settings.site_name,
        settings.language,
        settings.copyright or "",
        whole(root, cover.path) if cover else "",
        str(uuid.uuid5(_PODCASTS, f"{root}{FILMS.path}".partition("://")[2])),
        tuple(_item(library, clips, cards, page) for page in pages),
    )


def feeds_of(found: Followed | None) -> tuple[Feed, ...]:
    """The feeds that there are: none without an address or a dated page, none of films without a film."""
    if found is None or not found.items:
        return ()
    return (RSS, ATOM, JSON, *((FILMS,) if found.films else ()))


def _item(
    library: Library,
    clips: Mapping[str, Clip],
    cards: Mapping[str, Ready],
    page: Article | Video,
) -> Item:
    root, path = root_of(library), page_path(page)
    assert page.date is not None  # noqa: S101 - only dated pages come here
    clip = clips.get(page.slug) if isinstance(page, Video) else None
    card = cards.get(path)
    return Item(
        lasting_id(library, page),
        whole(root, path),
        page.title,
        page.description,
        moment(library, page.date),
        tuple(term.title for term in library.terms(page.tags)),
        whole(root, card.path) if card else "",
        film_file(root, page, clip) if isinstance(page, Video) and clip else None,
    )


def film_file(root: str, page: Video, clip: Clip) -> FilmFile:
    """The film of a page, for whoever fetches it from elsewhere."""
    output, poster = download_of(clip), share_picture(clip)
    length = output.duration_s or clip.manifest.duration_s
    return FilmFile(
        whole(root, clip.site_path(output)),
        output.bytes,
        output.mime,
        length,
        whole(root, poster) if poster else "",
        {lang: whole(root, caption_path(page.slug, lang)) for lang in languages(clip.captions)},
        tuple(shown_chapters(page.chapters, page.trim, clip.manifest.duration_s)),
        f"videos/{page.slug}.chapters.json",
    )
