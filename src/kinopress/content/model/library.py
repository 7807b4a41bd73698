"""Everything the coach wrote, joined: the Library."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar, cast

from kinopress.content.model.films import Film
from kinopress.content.model.kinds import KINDS, kind_of
from kinopress.content.model.names import Mention
from kinopress.content.model.noticing.noticed import ORDER, TITLED, Seen, notice, watcher
from kinopress.content.model.pages import (
    Article,
    Exercise,
    Kind,
    Muscle,
    Page,
    Pages,
    PlainPage,
    Plan,
    Symptom,
    Technique,
    Term,
    Video,
)
from kinopress.content.model.settings import Settings
from kinopress.content.model.shared import SharedData
from kinopress.content.model.vocabulary import Vocabulary

if TYPE_CHECKING:  # loaded only where an exercise has a pose file
    from kinopress.figures.pose import Motion

P = TypeVar("P", bound=Page)
T = TypeVar("T")


@dataclass(frozen=True)
class Library:
    """All pages of a project that may be shown today, joined by one list of tags.

    Attributes:
        pages: Every page by (kind, slug).
        held: Pages kept back: drafts, and those whose date has not come.
        films: Film files beside video pages, by slug.
        assets: Other files below docs/, relative to the project.
        motions: What the pose files beside exercises say, by slug.
    """

    settings: Settings
    shared: SharedData
    vocabulary: Vocabulary
    pages: Pages
    held: Pages
    films: Mapping[str, Film]
    assets: tuple[str, ...]
    today: dt.date
    motions: Mapping[str, Motion] = field(default_factory=dict)

    def of_kind(self, kind: type[P]) -> list[P]:
        """All shown pages of a kind in the order of their list: by title, or the newest first."""
        asked = watcher(self)
        if asked:
            asked.seen.add(f"{ORDER}{kind.__name__}")
        return cast("list[P]", self.by_class.get(kind, []))

    def titled(self, kind: type[P]) -> list[P]:
        """All shown pages of a kind by title."""
        asked = watcher(self)
        if asked:
            asked.seen.add(f"{TITLED}{kind.__name__}")
        return cast("list[P]", self.by_title.get(kind, []))

    @functools.cached_property
    def by_title(self) -> dict[type[Page], list[Page]]:
        """The shown pages of each kind by title."""
        found: dict[type[Page], list[Page]] = {}
        for page in self.pages.values():
            found.setdefault(type(page), []).append(page)
        for pages in found.values():
            pages.sort(key=lambda page: page.title.casefold())
        return found

    @functools.cached_property
    def by_class(self) -> dict[type[Page], list[Page]]:
        """The shown pages of each kind in the order of their list."""
        found: dict[type[Page], list[Page]] = {}
        for page in self.pages.values():
            found.setdefault(type(page), []).append(page)
        for cls, pages in found.items():
            pages.sort(key=lambda p: (p.title.casefold(), p.slug))
            if kind_of(cls).newest_first:
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
        """The shown page ``[[name]]`` means: ``kind/slug`` or a slug, looked for in the order of ``KINDS``."""
        return find_page(self.pages, name)

    def get(self, kind: type[P], mention: Mention | None) -> P | None:
        """The shown page of one kind that a front-matter field names, or ``None``."""
        if mention is None:
            return None
        page = self.pages.get((kind_of(kind).name, mention.text))
        return page if isinstance(page, kind) else None

    def term(self, mention: Mention) -> Term | None:
        """The shown term a tag means."""
        term = self.vocabulary.resolve(mention.text)
        return term if term is not None and (term.kind, term.slug) in self.pages else None

    def terms(self, mentions: tuple[Mention, ...]) -> list[Term]:
        """The shown terms a list of tags means, without doubles, in order."""
        # A page's own list is asked for again and again: by its cards, its neighbours, the search.
        known = self._terms.get(id(mentions))
        if known is None:
            found = {t.slug: t for m in mentions if (t := self.term(m)) is not None}
            # The list itself is kept as well: another one may get the place of one that is gone.
            names = frozenset(mention.text for mention in mentions)
            known = self._terms[id(mentions)] = (mentions, list(found.values()), names)
        elif asked := watcher(self):
            asked.seen |= known[2]
        return known[1].copy()

    @functools.cached_property
    def _terms(self) -> dict[int, tuple[tuple[Mention, ...], list[Term], frozenset[str]]]:
        return {}

    @functools.cached_property
    def tagged(self) -> Mapping[str, tuple[Page, ...]]:
        """Slug of a term → the pages that carry it as a tag, terms below it included."""
        found: dict[str, dict[tuple[Kind, str], Page]] = {}
        for key, page in self.pages.items():
            for term in self.terms(page.about):
                for at in (term, *self.vocabulary.ancestors(term)):
                    found.setdefault(at.slug, {})[key] = page
        return {slug: tuple(pages.values()) for slug, pages in found.items()}

    def once(self, make: Callable[[Library], T]) -> T:
        """What follows from the whole library, made when it is first asked for: every page asks for it.

        Args:
            make: Makes it; a function of a module, or a class.
        """
        asked = watcher(self)
        if make not in self._made:
            self._made[make] = asked.during(lambda: make(self)) if asked else (make(self), set())
        made, seen = self._made[make]
        if asked:
            asked.seen |= seen  # whoever is given it depends on what it was made from
        return cast("T", made)

    @functools.cached_property
    def _made(self) -> dict[Callable[[Library], object], tuple[Any, Seen]]:
        return {}


notice(Library, ("today",))


def find_page(pages: Pages, name: str) -> Page | None:
    """The page that ``name`` (a slug, or folder/slug) means among ``pages``."""
    folder, _, slug = name.rpartition("/")
    for kind, row in KINDS.items():
        if not row.site:
            page = pages.get((kind, name))
        elif folder in ("", row.site):
            page = pages.get((kind, slug))
        else:
            continue
        if page is not None:
            return page
    return None
