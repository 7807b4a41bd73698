"""The library as a plain tree of Markdown pages and files. Pure: nothing is read or written here."""

from __future__ import annotations

import dataclasses
import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType

from kinopress.content.model.kinds import KINDS, LISTED
from kinopress.content.model.library import Library
from kinopress.content.model.names import Mention
from kinopress.content.model.pages import Page
from kinopress.content.relations.related import film_of
from kinopress.finder.index import build_facets, build_index, build_more
from kinopress.finder.sign_index import build_signs
from kinopress.media.clip import Clip, caption_path, chapters_path
from kinopress.media.figure import Figure
from kinopress.media.plate import Plate
from kinopress.pages.coach.coach import has_form
from kinopress.pages.found.feeds import feed_files
from kinopress.pages.found.following import Feed, feeds_of, followed
from kinopress.pages.found.linked_data import linked_data
from kinopress.pages.found.links import follow
from kinopress.pages.found.search_engines import search_files
from kinopress.pages.found.security import security_files
from kinopress.pages.kinds.renderers import renderer_of
from kinopress.pages.links import page_at, page_path
from kinopress.pages.lists.find import has_search_form
from kinopress.pages.lists.lists import IndexPage, index_pages
from kinopress.pages.moved import moved
from kinopress.pages.parts import parts
from kinopress.pages.parts.film import film_facts
from kinopress.pages.parts.html import plain_text
from kinopress.pages.parts.plan_figures import continue_plan
from kinopress.pages.place import Place
from kinopress.pages.published import NOTHING, Published
from kinopress.pages.site import Crumb, Picture, Site, SitePage
from kinopress.pictures.cards.card import Ready
from kinopress.problems import Problem

_HOME = "index.md"
"""The first page; where the preview shows what is wrong with files that give no page, and who has begun a
plan continues with it."""

Step = Callable[[], SitePage | bytes]
DoAll = Callable[[Sequence[Step], Sequence[int]], list[SitePage | bytes]]

_SEARCH_PART = 20
"""A file of the search is as much to do as this part of all pages, about."""

_BACK_TO = {**{row.site: row.labels for row in LISTED}, "body": "Body map"}
"""The list a page leads back to, by the folder it is in."""


def one_by_one(steps: Sequence[Step], weights: Sequence[int]) -> list[SitePage | bytes]:
    """Do many steps one after the other."""
    return [step() for step in steps]


def render_site(
    library: Library,
    clips: Mapping[str, Clip],
    project: Path,
    problems: Iterable[Problem] = (),
    *,
    base: str | None = None,
    published: Published = NOTHING,
    figures: Mapping[str, Figure] = MappingProxyType({}),
    plates: Mapping[str, Plate] = MappingProxyType({}),
    do_all: DoAll = one_by_one,
    cards: Mapping[str, Ready] = MappingProxyType({}),
) -> Site:
    """Render every page.

    Args:
        library: What is shown.
        clips: Encoded films by slug.
        project: The project folder, for the files that are copied.
        problems: Problems to show on the pages they belong to (the preview while writing).
        base: Path of the site's root for addresses from the root; ``None`` for relative ones.
        published: The coach's own pictures and documents as readers get them.
        figures: Drawn figures by the slug of their exercise.
        plates: Drawings of muscles by the slug of their page.
        do_all: Does many steps of which none needs another, given how much there is to do for each.
        cards: The pictures that stand for pages where they are shared, by the page's place in the tree.
    """
    news = followed(library, clips, cards)
    feeds = feeds_of(news)
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.path, []).append(problem)
    steps: list[Step] = []
    for page in library.pages.values():
        place = Place(library, clips, page_path(page), base, published, figures, plates, page.lang)
        wrong = tuple(by_file.pop(page.path, ()))
        steps.append(partial(_of_the_coach, place, page, wrong, feeds))
    for index in index_pages(library):
        place = Place(library, clips, index.path, base, published, figures, plates)
        steps.append(partial(_list, place, index, feeds))
    search = _search(library, clips, figures)
    weights = [1] * len(steps) + [len(steps) // _SEARCH_PART] * len(search)
    rendered = do_all([*steps, *search.values()], weights)
    pages = [page for page in rendered if isinstance(page, SitePage)]
    made = [file for file in rendered if isinstance(file, bytes)]
    rest = tuple(problem for of_file in by_file.values() for problem in of_file)
    pages = [_with_problems(page, rest) if page.path == _HOME else page for page in pages]
    pages = [_shared(page, cards.get(page.path)) for page in pages]
    written = {page_path(page): page for page in library.pages.values()}
    pages = [
        dataclasses.replace(p, linked_data=linked_data(library, clips, p, written.get(p.path)))
        for p in pages
    ]
    files = _files(clips, project, published)
    for figure in figures.values():
        files |= figure.files
    files |= {plate.site_path: plate.file for plate in plates.values()}
    files |= {card.path: card.file for card in cards.values()}
    return Site(
        tuple(pages),
        files,
        {
            **published.written,
            **dict(zip(search, made, strict=True)),
            **moved(library),
            **feed_files(news),
            **search_files(library, clips, (page.path for page in pages if not page.is_empty)),
            **security_files(library),
        },
        feeds=feeds,
        logo=_address(library.settings.logo, published),
        favicon=_address(library.settings.favicon, published),
    )


def _address(picture: Mention | None, published: Published) -> str:
    """Where a picture that the settings name is on the site."""
    path = "" if picture is None else f"docs/{posixpath.normpath(picture.text)}"
    return published.addresses.get(path, "")


def _of_the_coach(
    place: Place, page: Page, problems: tuple[Problem, ...], feeds: tuple[Feed, ...]
) -> SitePage:
    """A page the coach wrote."""
    video = film_of(place.library, page)
    clip = place.clips.get(video.slug) if video else None
    is_held = (page.kind, page.slug) in place.library.held
    body = renderer_of(page.kind)(place, page)
    around = dataclasses.replace(place, lang=None)
    going_on = parts.block(continue_plan(place)) if place.path == _HOME else ""
    return SitePage(
        path=place.path,
        title=page.title,
        description=page.description,
        body=_in_its_language(place, body + going_on + follow(place, feeds)),
        source=page.path,
        shared_as=KINDS[page.kind].shared_as,
        date=page.date,
        film=film_facts(clip) if clip else None,
        crumbs=_crumbs(around),
        back=around.phrase("Back to where you were"),
        lang=place.language if place.site_lang else "",
        is_home=place.path == _HOME,
        has_search=has_search_form(body),
        has_form=has_form(body),
        held=parts.held_reason(page) if is_held else "",
        problems=problems,
    )


def _in_its_language(place: Place, body: str) -> str:
    """A page whose words are in another language than the site says so, for whoever has it read out (WCAG 3.1.2)."""
    if place.site_lang is None:
        return body
    return f'<div class="kp-lang" lang="{place.language}" markdown="1">\n\n{body}\n\n</div>\n'


def _shared(page: SitePage, card: Ready | None) -> SitePage:
    """A page with the picture that stands for it where it is shared."""
    if card is None:
        return page
    picture = Picture(card.path, plain_text(page.title), card.width, card.height)
    return dataclasses.replace(page, picture=picture)


def _list(place: Place, index: IndexPage, feeds: tuple[Feed, ...]) -> SitePage:
    """A page that lists others."""
    body = _body_of(place, index, follow(place, feeds))
    return SitePage(
        path=index.path,
        title=index.title,
        description=index.description,
        body=body,
        crumbs=_crumbs(place),
        back=place.phrase("Back to where you were"),
        has_search=has_search_form(body),
        is_empty=index.is_empty,
    )


def _body_of(place: Place, index: IndexPage, top: str = "") -> str:
    return parts.heading(index.title, index.description) + top + index.render(place)


def _with_problems(page: SitePage, more: tuple[Problem, ...]) -> SitePage:
    """A page with problems that belong to no page, before its own."""
    return dataclasses.replace(page, problems=(*more, *page.problems))


def body_at(library: Library, path: str) -> str | None:
    """What a page of the plain tree says, without films; ``None`` when there is none."""
    page = page_at(library, path)
    if page is not None:
        return renderer_of(page.kind)(Place(library, {}, path), page)
    for index in index_pages(library):
        if index.path == path:
            return _body_of(Place(library, {}, path), index)
    return None


def _search(
    library: Library, clips: Mapping[str, Clip], figures: Mapping[str, Figure]
) -> dict[str, Step]:
    """The files a reader's search needs, and how each is made."""
    films = {slug: film_facts(clip) for slug, clip in clips.items()}
    drawn = {slug for slug, figure in figures.items() if figure.says}
    return {
        "assets/finder/index.json": partial(build_index, library, films, drawn),
        "assets/finder/facets.json": partial(build_facets, library),
        "assets/finder/more.json": partial(build_more, library),
        "assets/finder/signs.json": partial(build_signs, library),
    }


def _crumbs(place: Place) -> tuple[Crumb, ...]:
    """The way back from a page to the list it is in."""
    folder, _, name = place.path.rpartition("/")
    if folder not in _BACK_TO or name == "index.md":
        return ()
    there = f"{folder}/index.md"
    return (Crumb(place.phrase(_BACK_TO[folder]), there, place.url(there)),)


def _files(clips: Mapping[str, Clip], project: Path, published: Published) -> dict[str, Path]:
    files = dict(published.files)
    for slug, clip in clips.items():
        for output in () if clip.elsewhere else clip.manifest.outputs:
            files[clip.site_path(output)] = clip.folder / output.path
        for language, source in clip.captions.items():
            files[caption_path(slug, language)] = project / source
        if clip.chapters is not None:
            files[chapters_path(slug)] = project / clip.chapters
    return files
