"""The library as a plain tree of Markdown pages and files. Pure: nothing is read or written here."""

from __future__ import annotations

import dataclasses
import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType

from kinopress.content.model.kinds import KINDS, LISTED
from kinopress.content.model.library import Library
from kinopress.content.model.names import Mention
from kinopress.content.model.noticing.watched import Watched
from kinopress.content.model.pages import Page
from kinopress.content.relations.related import film_of
from kinopress.media.clip import Clip, caption_path, chapters_path
from kinopress.media.figure import Figure
from kinopress.media.plate import Plate
from kinopress.pages.again import Renderings, Words, ordered_and_told
from kinopress.pages.found.feeds import feed_files
from kinopress.pages.found.following import Feed, feeds_of, followed
from kinopress.pages.found.linked_data import linked_data
from kinopress.pages.found.links import follow
from kinopress.pages.found.search_engines import search_files
from kinopress.pages.found.security import security_files
from kinopress.pages.kinds.renderers import renderer_of
from kinopress.pages.links import page_at, page_path
from kinopress.pages.lists.lists import IndexPage, index_pages
from kinopress.pages.moved import moved
from kinopress.pages.parts import parts
from kinopress.pages.parts.film import film_facts
from kinopress.pages.parts.html import plain_text
from kinopress.pages.parts.plan_figures import continue_plan
from kinopress.pages.place import Place
from kinopress.pages.published import NOTHING, Published
from kinopress.pages.search_again import SearchFile, remember, search_files_kept, search_steps
from kinopress.pages.site import Crumb, Picture, Site, SitePage, made_when_asked
from kinopress.pictures.cards.card import Ready
from kinopress.problems import Problem

_HOME = "index.md"
"""The first page; where the preview shows what is wrong with files that give no page, and who has begun a
plan continues with it."""

_Noted = tuple[Words, tuple[int | str, ...], str]
"""What a page says, what of the library it was made from, and a digest of that."""
Step = Callable[[], _Noted | SearchFile]
DoAll = Callable[[Sequence[Step], Sequence[int]], list[_Noted | SearchFile]]

_PACKS_FROM = 2000
"""Of so many pages the texts are held packed: of 5000 they are 100 MB."""

_SEARCH_PART = 20
"""A file of the search is as much to do as this part of all pages, about."""

_BACK_TO = {**{row.site: row.labels for row in LISTED}, "body": "Body map"}
"""The list a page leads back to, by the folder it is in."""


def one_by_one(steps: Sequence[Step], weights: Sequence[int]) -> list[_Noted | SearchFile]:
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
    renderings: Renderings | None = None,
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
        renderings: What was rendered the last time; it gets what is rendered now.
    """
    news = followed(library, clips, cards)
    feeds = feeds_of(news)
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.path, []).append(problem)
    watched = library.once(Watched)
    renderings = renderings or Renderings()
    seen = watched.library
    lists = index_pages(seen)
    drawn = {slug for slug, figure in figures.items() if figure.says}
    renderings.begin(
        watched,
        [
            *(base, clips, published.addresses, published.made, plates, feeds),
            *(library.films, library.assets, sorted(drawn)),
            [(index.path, index.title, index.description) for index in lists],
        ],
    )
    noted = watched.beside("figures", figures)
    around = Place(seen, clips, "", base, published, noted, plates)
    drafts: list[_Draft] = []
    for page in seen.pages.values():
        path = page_path(page)
        place = dataclasses.replace(around, path=path, lang=page.lang)
        wrong = tuple(by_file.pop(page.path, ()))
        drafts.append(
            _Draft(
                path,
                partial(_body_of_the_coach, place, page, feeds),
                partial(_of_the_coach, place, page, wrong),
            )
        )
    for index in lists:
        place = dataclasses.replace(around, path=index.path)
        drafts.append(
            _Draft(index.path, partial(_body_of, place, index, feeds), partial(_list, place, index))
        )
    films = {slug: film_facts(clip) for slug, clip in clips.items()}
    search = search_files_kept(watched, renderings)
    searching = {
        path: step
        for path, step in search_steps(watched, films, drawn).items()
        if path not in search
    }
    known = {draft.path: renderings.kept(draft.path, watched) for draft in drafts}
    new = [draft for draft in drafts if known[draft.path] is None]
    packs = len(drafts) >= _PACKS_FROM
    steps: list[Step] = [partial(_noting, watched, draft.body, packs=packs) for draft in new]
    weights = [1] * len(new) + [max(1, len(drafts) // _SEARCH_PART)] * len(searching)
    rendered = do_all([*steps, *searching.values()], weights)
    for path, came in zip([*(draft.path for draft in new), *searching], rendered, strict=True):
        if isinstance(came, SearchFile):
            search[path] = came.data
            remember(path, came, watched, renderings)
        else:
            known[path] = came[0]
            renderings.put(path, *came)
    renderings.end(watched)
    rest = tuple(problem for of_file in by_file.values() for problem in of_file)
    written = {page_path(page): page for page in library.pages.values()}
    pages = []
    for draft in drafts:
        words = known[draft.path]
        if words is None:
            raise AssertionError(draft.path)
        page_ = draft.page(words, cards.get(draft.path))
        if page_.path == _HOME:
            page_ = _with_problems(page_, rest)
        said = linked_data(library, clips, page_, written.get(page_.path))
        body = made_when_asked(draft.body if words.text is None else words.text)
        pages.append(dataclasses.replace(page_, linked_data=said, body=body))
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
            **search,
            **moved(library),
            **feed_files(news),
            **search_files(library, clips, (page.path for page in pages if not page.is_empty)),
            **security_files(library),
        },
        feeds=feeds,
        digests={card.path: card.sha256 for card in cards.values() if card.sha256},
        logo=_address(library.settings.logo, published),
        favicon=_address(library.settings.favicon, published),
    )


def _address(picture: Mention | None, published: Published) -> str:
    """Where a picture that the settings name is on the site."""
    path = "" if picture is None else f"docs/{posixpath.normpath(picture.text)}"
    return published.addresses.get(path, "")


@dataclass(frozen=True, slots=True)
class _Draft:
    """A page before it is made: its place in the tree, what makes its body, and the rest of it once that is known."""

    path: str
    body: Callable[[], str]
    page: Callable[[Words, Ready | None], SitePage]


def _noting(watched: Watched, make: Callable[[], str], *, packs: bool) -> _Noted:
    """The body of a page, and what of the library it was made from."""
    body, seen = watched.during(make)
    return Words.of(body, packs=packs), *ordered_and_told(seen, watched)


def _body_of_the_coach(place: Place, page: Page, feeds: tuple[Feed, ...]) -> str:
    """What a page says that the coach wrote."""
    body = renderer_of(page.kind)(place, page)
    going_on = parts.block(continue_plan(place)) if place.path == _HOME else ""
    return _in_its_language(place, body + going_on + follow(place, feeds))


def _of_the_coach(
    place: Place, page: Page, problems: tuple[Problem, ...], words: Words, card: Ready | None
) -> SitePage:
    """A page the coach wrote."""
    video = film_of(place.library, page)
    clip = place.clips.get(video.slug) if video else None
    is_held = (page.kind, page.slug) in place.library.held
    around = dataclasses.replace(place, lang=None)
    return SitePage(
        path=place.path,
        title=page.title,
        description=page.description,
        body="",
        sha256=words.sha256,
        source=page.path,
        shared_as=KINDS[page.kind].shared_as,
        date=page.date,
        film=film_facts(clip) if clip else None,
        picture=_picture(page.title, card),
        crumbs=_crumbs(around),
        back=around.phrase("Back to where you were"),
        lang=place.language if place.site_lang else "",
        is_home=place.path == _HOME,
        has_search=words.has_search,
        has_form=words.has_form,
        held=parts.held_reason(page) if is_held else "",
        problems=problems,
    )


def _in_its_language(place: Place, body: str) -> str:
    """A page whose words are in another language than the site says so, for whoever has it read out (WCAG 3.1.2)."""
    if place.site_lang is None:
        return body
    return f'<div class="kp-lang" lang="{place.language}" markdown="1">\n\n{body}\n\n</div>\n'


def _picture(title: str, card: Ready | None) -> Picture | None:
    """The picture that stands for a page where it is shared."""
    return None if card is None else Picture(card.path, plain_text(title), card.width, card.height)


def _list(place: Place, index: IndexPage, words: Words, card: Ready | None) -> SitePage:
    """A page that lists others."""
    return SitePage(
        path=index.path,
        title=index.title,
        description=index.description,
        body="",
        sha256=words.sha256,
        picture=_picture(index.title, card),
        crumbs=_crumbs(place),
        back=place.phrase("Back to where you were"),
        has_search=words.has_search,
        is_empty=index.is_empty,
    )


def _body_of(place: Place, index: IndexPage, feeds: tuple[Feed, ...] = ()) -> str:
    top = follow(place, feeds)
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
