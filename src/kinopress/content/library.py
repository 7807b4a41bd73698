"""Everything the coach wrote, read, joined and cross-checked: the Library."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast
from zoneinfo import ZoneInfo

from kinopress.content import captions, checks
from kinopress.content.document import read_document
from kinopress.content.fields import Mention
from kinopress.content.film_names import Film
from kinopress.content.forms import read_page
from kinopress.content.kinds import (
    Article,
    Exercise,
    Kind,
    Muscle,
    Page,
    PlainPage,
    Plan,
    Symptom,
    Technique,
    Term,
    Video,
)
from kinopress.content.lookups import line_of
from kinopress.content.scan import Sources, scan_project
from kinopress.content.settings import Settings, read_settings
from kinopress.content.shared_data import SharedData, read_shared_data
from kinopress.content.vocabulary import Vocabulary, build_vocabulary
from kinopress.problems import Problem, Report

P = TypeVar("P", bound=Page)

FOLDER_OF: Mapping[Kind, str] = {
    "exercise": "exercises",
    "symptom": "symptoms",
    "muscle": "muscles",
    "technique": "techniques",
    "plan": "plans",
    "article": "articles",
    "video": "videos",
    "page": "",
}
"""Where pages of a kind live on the site. Its order decides which page ``[[name]]`` means."""


@dataclass(frozen=True)
class Library:
    """All pages of a project that may be shown today, joined by one list of tags.

    Attributes:
        pages: Every page by (kind, slug).
        held: Pages kept back: drafts, and those whose date has not come.
        films: Film files beside video pages, by slug.
        assets: Other files below docs/, relative to the project.
    """

    settings: Settings
    shared: SharedData
    vocabulary: Vocabulary
    pages: Mapping[tuple[Kind, str], Page]
    held: Mapping[tuple[Kind, str], Page]
    films: Mapping[str, Film]
    assets: tuple[str, ...]
    today: dt.date

    def of_kind(self, kind: type[P]) -> list[P]:
        """All shown pages of a kind, by title (articles and videos: newest first)."""
        return cast("list[P]", self._by_class.get(kind, []))

    @functools.cached_property
    def _by_class(self) -> dict[type[Page], list[Page]]:
        found: dict[type[Page], list[Page]] = {}
        for page in self.pages.values():
            found.setdefault(type(page), []).append(page)
        for cls, pages in found.items():
            pages.sort(key=lambda p: (p.title.casefold(), p.slug))
            if cls in (Article, Video):
                pages.sort(key=lambda p: p.date or dt.date.min, reverse=True)
        return found

    @property
    def articles(self) -> list[Article]:
        """Articles, newest first."""
        return self.of_kind(Article)

    @property
    def exercises(self) -> list[Exercise]:
        """Exercises by title."""
        return self.of_kind(Exercise)

    @property
    def plans(self) -> list[Plan]:
        """Plans by title."""
        return self.of_kind(Plan)

    @property
    def videos(self) -> list[Video]:
        """Videos, newest first."""
        return self.of_kind(Video)

    @property
    def muscles(self) -> list[Muscle]:
        """Muscles and other structures by title."""
        return self.of_kind(Muscle)

    @property
    def symptoms(self) -> list[Symptom]:
        """Symptoms by title."""
        return self.of_kind(Symptom)

    @property
    def techniques(self) -> list[Technique]:
        """Techniques by title."""
        return self.of_kind(Technique)

    @property
    def plain_pages(self) -> list[PlainPage]:
        """Ordinary pages."""
        return self.of_kind(PlainPage)

    def find(self, name: str) -> Page | None:
        """The shown page ``[[name]]`` means: ``kind/slug`` or a slug, looked for in the order of ``FOLDER_OF``."""
        return find_page(self.pages, name)

    def get(self, kind: type[P], mention: Mention | None) -> P | None:
        """The shown page of one kind that a front-matter field names, or ``None``."""
        if mention is None:
            return None
        for key, folder_class in _CLASS_OF.items():
            if folder_class is kind:
                page = self.pages.get((key, mention.text))
                return page if isinstance(page, kind) else None
        return None

    def term(self, mention: Mention) -> Term | None:
        """The shown term a tag means."""
        term = self.vocabulary.resolve(mention.text)
        return term if term is not None and (term.kind, term.slug) in self.pages else None

    def terms(self, mentions: tuple[Mention, ...]) -> list[Term]:
        """The shown terms a list of tags means, without doubles, in order."""
        found = {t.slug: t for m in mentions if (t := self.term(m)) is not None}
        return list(found.values())

    @functools.cached_property
    def tagged(self) -> Mapping[str, tuple[Page, ...]]:
        """Slug of a term → the pages that carry it as a tag, terms below it included."""
        found: dict[str, dict[tuple[Kind, str], Page]] = {}
        for key, page in self.pages.items():
            for term in self.terms(page.about):
                for at in (term, *self.vocabulary.ancestors(term)):
                    found.setdefault(at.slug, {})[key] = page
        return {slug: tuple(pages.values()) for slug, pages in found.items()}


_CLASS_OF: Mapping[Kind, type[Page]] = {
    "exercise": Exercise,
    "symptom": Symptom,
    "muscle": Muscle,
    "technique": Technique,
    "plan": Plan,
    "article": Article,
    "video": Video,
    "page": PlainPage,
}


def find_page(pages: Mapping[tuple[Kind, str], Page], name: str) -> Page | None:
    """The page that ``name`` (a slug, or folder/slug) means among ``pages``."""
    folder, _, slug = name.rpartition("/")
    for kind, its_folder in FOLDER_OF.items():
        if kind == "page":
            page = pages.get((kind, name))
        elif folder in ("", its_folder):
            page = pages.get((kind, slug))
        else:
            continue
        if page is not None:
            return page
    return None


def read_library(
    project: Path,
    *,
    today: dt.date | None = None,
    show_held: bool = False,
    kept: Mapping[str, str] | None = None,
) -> tuple[Library, Report]:
    """Read, join and check a whole project.

    Args:
        project: The folder with ``mkdocs.yml``.
        today: Pages dated later are held back; by default the day it is in the settings' time zone.
        show_held: Show drafts and future pages too (the preview while writing).
        kept: Films that were encoded, by slug with their path: one that is not there is not missed.

    Returns:
        The library, and every problem of every file.

    Raises:
        Refusal: when the settings cannot be used (exit code 2).
    """
    settings = read_settings(project)
    today = today or dt.datetime.now(ZoneInfo(settings.timezone)).date()
    report = Report()
    report.extend(settings.warnings)
    shared, problems = read_shared_data(project)
    report.extend(problems)
    sources = scan_project(project, kept)
    report.extend(sources.problems)
    pages = dict(_read_pages(sources, report))
    terms = [p for p in pages.values() if isinstance(p, Term)]
    vocabulary, problems = build_vocabulary(terms, _unread_names(project, terms))
    report.extend(problems)
    held = {
        key: p for key, p in pages.items() if p.draft or (p.date is not None and p.date > today)
    }
    shown = pages if show_held else {key: p for key, p in pages.items() if key not in held}
    library = Library(
        settings, shared, vocabulary, shown, held, sources.films, sources.assets, today
    )
    report.extend(checks.check_library(library, pages))
    report.extend(captions.check_captions(project, sources.films))
    return library, report


def _read_pages(sources: Sources, report: Report) -> Iterator[tuple[tuple[Kind, str], Page]]:
    for source in sources.pages:
        document, problems = read_document(source.file, source.path)
        report.extend(problems)
        page, problems = read_page(source.kind, source.slug, document)
        report.extend(problems)
        yield (source.kind, source.slug), page


def _unread_names(project: Path, terms: list[Term]) -> Iterator[str]:
    """The texts of vocabulary pages whose names could not be read: tags may stand there."""
    for term in terms:
        if not term.readable or "title" not in term.front.entries:
            with contextlib.suppress(OSError):
                data = (project / term.path).read_bytes()
                yield data.decode(
                    "utf-16" if data[:2] in (BOM_UTF16_LE, BOM_UTF16_BE) else "utf-8", "replace"
                )


def count(library: Library) -> dict[str, int]:
    """How many pages of each kind are shown, and how many are held back."""
    counts = {f"{kind}s": 0 for kind in FOLDER_OF}
    for kind, _ in library.pages:
        counts[f"{kind}s"] += 1
    return {**counts, "held": len(library.held)}


def held_reasons(library: Library) -> list[Problem]:
    """A note for each page that is kept back because of its date."""
    return [
        Problem(
            p.path,
            line_of(p, "date"),
            "date",
            f"this page waits until {p.date.day} {p.date:%B %Y}",
            "it appears with the first build on or after that day; nothing to do",
            "date-future",
            "warning",
        )
        for p in library.held.values()
        if not p.draft and p.date is not None
    ]
