"""A library that notes what is read of it, and whether that is still the same another time.

Two sorts of facts: a few fields, most of them words, are noted one by one (:data:`~kinopress.content.model.pages.NOTICED`),
so that a change of one touches only what has read it. All others are one digest, so that a change of any touches everything:
which pages there are, their tags, doses and neighbours, what they carry and what is below them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import fields
from typing import TypeVar

from kinopress.content.model.library import Library
from kinopress.content.model.noticing.noticed import (
    BESIDE,
    ORDER,
    STEP,
    TITLED,
    Asked,
    Seen,
    watched_copy,
)
from kinopress.content.model.pages import NOTICED, Kind, Page, Pages, Term
from kinopress.content.model.vocabulary import Vocabulary

T = TypeVar("T")

Told = Mapping[int | str, bytes]
"""What was read → a digest of what it is, and of which it is."""


class _Beside(Mapping[str, T]):
    """Values by the names of pages, of which is noted which were asked for; to list them all is to read all of them."""

    def __init__(self, of: Mapping[str, T], what: str, asked: Asked) -> None:
        self._of, self._what, self._asked = of, f"{BESIDE}{what} ", asked

    def __getitem__(self, name: str) -> T:
        self._asked.seen.add(self._what + name)
        return self._of[name]

    def __iter__(self) -> Iterator[str]:
        self._asked.seen.add(self._what)
        return iter(self._of)

    def __len__(self) -> int:
        self._asked.seen.add(self._what)
        return len(self._of)


class Watched:
    """A watched library.

    Args:
        library: What is watched.

    Attributes:
        library: The same, but that reading it is noted.
        common: A digest of all facts of pages that are not noted one by one.
    """

    def __init__(self, library: Library) -> None:
        self._asked = Asked()
        every = {**library.held, **library.pages}
        self._pages = list(every.values())
        copies = {
            id(page): watched_copy(page, self._asked, at) for at, page in enumerate(self._pages, 1)
        }
        self._told: dict[int | str, bytes] = {}
        self._beside: dict[str, Mapping[str, object]] = {}
        self._copies = copies
        self._plain = library
        self.library = _copy_of(library, copies, self._asked)
        self.library.__dict__["motions"] = self.beside("motions", library.motions)
        self.common = self._digest_of_facts(every)

    def all_of(self, pages: Pages) -> dict[tuple[Kind, str], Page]:
        """Pages of the library as they are watched."""
        return {key: self._copies.get(id(page), page) for key, page in pages.items()}

    def beside(self, what: str, of: Mapping[str, T]) -> Mapping[str, T]:
        """Values beside the library, each by the name of its page, as they are watched.

        Args:
            what: What they are, in one word.
            of: The values; what is printed of one is all that is to be noticed of it.
        """
        self._beside[what] = of
        begin = f"{BESIDE}{what} "
        for one in [x for x in self._told if isinstance(x, str) and x.startswith(begin)]:
            del self._told[one]  # of those that were there before
        return _Beside(of, what, self._asked)

    def during(self, make: Callable[[], T]) -> tuple[T, Seen]:
        """What comes of a step, and what of the library was read for it."""
        return self._asked.during(make)

    def now(self, seen: Iterable[int | str]) -> str:
        """A digest of what was read, as it is now."""
        known = self._told
        if isinstance(seen, Set):
            seen = in_order(seen)
        told = [known[one] if one in known else self._tell(one) for one in seen]
        return hashlib.sha256(b"".join(told)).hexdigest()[:32]

    def told(self, every: Iterable[Iterable[int | str]]) -> Told:
        """What is told now of all that was read for many pages, for :meth:`differing` the next time.

        Args:
            every: What was read, page by page.
        """
        known = self._told
        read: set[int | str] = set().union(*every)
        return {one: known[one] if one in known else self._tell(one) for one in read}

    def differing(self, told: Told) -> frozenset[int | str]:
        """What is no longer as it was told: whoever read nothing of it would read the same again.

        A change is of a few things and a page has read hundreds: to see that it has read none of these takes a tenth of telling all.
        The numbers mean the same only while :attr:`common` is the same.
        """
        known = self._told
        return frozenset(
            one
            for one, then in told.items()
            if (known[one] if one in known else self._tell(one)) != then
        )

    def _tell(self, one: int | str) -> bytes:
        """A digest of one thing that was read, and of which it is."""
        said = (
            hashlib.sha256(self._name(one)).digest() if isinstance(one, str) else self._field(one)
        )
        self._told[one] = said
        return said

    def _name(self, name: str) -> bytes:
        if name.startswith((ORDER, TITLED)):
            return self._order(name)
        if name.startswith(BESIDE):
            what, _, key = name.removeprefix(BESIDE).partition(" ")
            of = self._beside.get(what, {})
            value = of.get(key) if key else of
            return f"{name}={value!r}\n".encode("utf-8", "surrogatepass")
        term = self._plain.vocabulary.resolve(name)
        return f"{name}={'' if term is None else term.slug}\n".encode("utf-8", "surrogatepass")

    def _order(self, name: str) -> bytes:
        library = self._plain
        of = library.by_class if name.startswith(ORDER) else library.by_title
        cls = name.removeprefix(ORDER).removeprefix(TITLED)
        slugs = [page.slug for kind, pages in of.items() for page in pages if kind.__name__ == cls]
        return f"{name} {slugs!r}".encode("utf-8", "surrogatepass")

    def _field(self, one: int) -> bytes:
        at, number = divmod(one, STEP)
        if at == 0:
            return f"{one} {self._plain.today!r}\n".encode()
        return b"%d %b\n" % (one, field_told(self._pages[at - 1], NOTICED[number]))

    def _digest_of_facts(self, every: Pages) -> str:
        library = self._plain
        digest = hashlib.sha256()

        def add(it: object) -> None:
            digest.update(f"{it!r}\n".encode("utf-8", "surrogatepass"))

        for key, page in every.items():
            add((key, key in library.held, key in library.pages, facts_told(page)))
        add({slug: [(p.kind, p.slug) for p in pages] for slug, pages in library.tagged.items()})
        children = library.vocabulary.children
        add({slug: [term.slug for term in terms] for slug, terms in children.items()})
        add(list(library.pages))
        add([list(library.vocabulary.terms), library.vocabulary.unread])
        return digest.hexdigest()


def in_order(seen: Iterable[int | str]) -> tuple[int | str, ...]:
    """What was read, in the one order in which :meth:`Watched.now` tells it."""
    numbers = sorted(one for one in seen if isinstance(one, int))
    return (*numbers, *sorted(one for one in seen if isinstance(one, str)))


_TOLD = "_told"
"""Where a page keeps digests of its fields. They go with it wherever it is kept: a page that was not changed need not be told again."""


def field_told(page: Page, name: str) -> bytes:
    """A digest of a field of a page."""
    return _told(page, name, lambda: getattr(page, name))


def facts_told(page: Page) -> bytes:
    """A digest of all of a page that is not noted one by one."""
    return _told(page, "", lambda: facts_of(page))


def _told(page: Page, name: str, value: Callable[[], object]) -> bytes:
    known: dict[str, bytes] = page.__dict__.setdefault(_TOLD, {})
    found = known.get(name)
    if found is None:
        said = repr(value()).encode("utf-8", "surrogatepass")
        found = known[name] = hashlib.sha256(said).digest()[:_TOLD_BYTES]
    return found


_TOLD_BYTES = 16


def facts_of(page: Page) -> list[object]:
    """All of a page that is not noted one by one."""
    return [getattr(page, field.name) for field in fields(page) if field.name not in NOTICED]


def _copy_of(library: Library, copies: Mapping[int, Page], asked: Asked) -> Library:
    """A library over watched pages. What it has found once and for all is found beforehand: it would be noted for one page alone."""

    def of(pages: Iterable[Page]) -> tuple[Page, ...]:
        return tuple(copies.get(id(page), page) for page in pages)

    def all_of(pages: Pages) -> dict[tuple[Kind, str], Page]:
        return dict(zip(pages, of(pages.values()), strict=True))

    whole = library.vocabulary
    vocabulary: Vocabulary = watched_copy(whole, asked, 0)
    terms = {slug: _term(copies.get(id(term), term)) for slug, term in whole.terms.items()}
    children = {
        slug: tuple(terms[term.slug] for term in below) for slug, below in whole.children.items()
    }
    vocabulary.__dict__.update(terms=terms, children=children)
    copy = watched_copy(library, asked, 0)
    for found_before in ("_made", "_terms"):
        copy.__dict__.pop(found_before, None)
    copy.__dict__.update(
        vocabulary=vocabulary,
        pages=all_of(library.pages),
        held=all_of(library.held),
        by_title={cls: list(of(pages)) for cls, pages in library.by_title.items()},
        by_class={cls: list(of(pages)) for cls, pages in library.by_class.items()},
        tagged={slug: of(pages) for slug, pages in library.tagged.items()},
    )
    return copy


def _term(page: Page) -> Term:
    assert isinstance(page, Term)  # noqa: S101 - the copy of one
    return page
