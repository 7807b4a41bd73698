"""What else a page's reader may want: pure, by shared tags."""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar, cast

from kinopress.content.model.library import Library
from kinopress.content.model.pages import (
    FAMILIES,
    Article,
    Exercise,
    Muscle,
    Page,
    Plan,
    Symptom,
    Technique,
    Term,
    Video,
)

P = TypeVar("P", bound=Page)

CARDS_MAX = 6
"""More related cards than this are not read on a phone."""


class _Carriers:
    """Which pages of a kind carry which term, each term's as the bits of one number: bit n is the nth page by title.

    Two such numbers are compared at once, where a look at each page would make a site of twice the pages
    take four times as long.
    """

    def __init__(self, pages: Sequence[Page], library: Library) -> None:
        self.pages = pages
        self._at = {(page.kind, page.slug): at for at, page in enumerate(pages)}
        self._of: dict[str, int] = {}
        self._tagged = library.tagged

    def of(self, term: Term) -> int:
        """The pages that carry a term or one below it."""
        if term.slug not in self._of:
            self._of[term.slug] = self._bits(self._tagged.get(term.slug, ()))
        return self._of[term.slug]

    def others(self, page: Page) -> int:
        """All pages without one."""
        return (1 << len(self.pages)) - 1 & ~self._bits([page])

    def _bits(self, pages: Iterable[Page]) -> int:
        bits = bytearray(len(self.pages) // 8 + 1)
        for page in pages:
            at = self._at.get((page.kind, page.slug))
            if at is not None:  # one that is held back is not among them
                bits[at // 8] |= 1 << at % 8
        return int.from_bytes(bits, "little")


def _carriers(library: Library) -> dict[type[Page], _Carriers]:
    """Those of each kind, as far as somebody has asked."""
    return {}


def nearest(library: Library, page: Page, kind: type[P]) -> Iterator[P]:
    """The pages of a kind that share tags with ``page``: most first, muscles and symptoms before techniques.

    A tag that few pages carry says more than one that many carry: each counts one over the
    number of its pages. Of two that share as much, the one whose title comes first.
    """
    by_title = library.titled(kind)  # asked for each time: whoever is watched depends on it
    carriers = library.once(_carriers)
    if kind not in carriers:
        carriers[kind] = _Carriers(by_title, library)
    of_kind = carriers[kind]
    others = of_kind.others(page)
    terms = library.terms(page.about)
    left = 0
    for term in terms:
        left |= of_kind.of(term) & others
    alike = [(0.0, left)] if left else []
    for term in terms:
        carry = of_kind.of(term)
        number = len(library.tagged.get(term.slug, ()))
        weight = (0.25 if isinstance(term, Technique) else 1.0) / max(1, number)
        parted = []
        for score, pages in alike:
            if inside := pages & carry:
                parted.append((score + weight, inside))
            if outside := pages ^ inside:
                parted.append((score, outside))
        alike = parted
    scores: defaultdict[float, int] = defaultdict(int)
    for score, pages in alike:
        scores[score] |= pages
    for score in sorted(scores, reverse=True):
        left = scores[score]
        while left:
            first = left & -left
            yield cast("P", of_kind.pages[first.bit_length() - 1])
            left ^= first


def related(library: Library, page: Page, kind: type[P], count: int = CARDS_MAX) -> list[P]:
    """The first of those that :func:`nearest` finds."""
    return list(itertools.islice(nearest(library, page, kind), count))


def exercises_for(library: Library, term: Term) -> list[Exercise]:
    """Every exercise that carries a term or one below it, easy ones first."""
    order = {"easy": 0, "medium": 1, "hard": 2}
    found = [p for p in library.tagged.get(term.slug, ()) if isinstance(p, Exercise)]
    return sorted(found, key=lambda e: (order[e.level], e.title.casefold()))


def by_family(library: Library, exercises: list[Exercise]) -> list[tuple[str, list[Exercise]]]:
    """Exercises grouped MET, stretch, strength, mobility …, by the family of their first technique."""
    groups: dict[str, list[Exercise]] = {family: [] for family in FAMILIES}
    for exercise in exercises:
        technique = next(
            (t for t in library.terms(exercise.tags) if isinstance(t, Technique)), None
        )
        groups[technique.family if technique else "mobility"].append(exercise)
    return [(family, found) for family, found in groups.items() if found]


def plans_for(library: Library, term: Term) -> list[Plan]:
    """Every plan for a symptom, or that works on a muscle."""
    found = [p for p in library.tagged.get(term.slug, ()) if isinstance(p, Plan)]
    return sorted(found, key=lambda p: p.title.casefold())


def _newest(library: Library, term: Term, kind: type[P]) -> list[P]:
    found = [p for p in library.tagged.get(term.slug, ()) if isinstance(p, kind)]
    found.sort(key=lambda p: (p.title.casefold(), p.slug))
    return heapq.nlargest(CARDS_MAX, found, key=lambda p: p.date or dt.date.min)


def videos_for(library: Library, term: Term) -> list[Video]:
    """The newest films of a term."""
    return _newest(library, term, Video)


def articles_for(library: Library, term: Term) -> list[Article]:
    """The newest articles of a term."""
    return _newest(library, term, Article)


def suspected_in(library: Library, muscle: Muscle) -> list[Symptom]:
    """The symptoms in which a structure is a suspect, and those its page carries as tags."""
    found: dict[str, Symptom] = {}
    for term in library.terms(muscle.tags):
        if isinstance(term, Symptom):
            found[term.slug] = term
    for symptom in library.symptoms:
        if any(t.slug == muscle.slug for t in library.terms(symptom.suspects)):
            found[symptom.slug] = symptom
    return list(found.values())


def film_of(library: Library, page: Page) -> Video | None:
    """The film a page is about: its own, or the first that shows its exercise."""
    if isinstance(page, Video):
        return page
    return (
        next(iter(videos_of_exercise(library, page)), None) if isinstance(page, Exercise) else None
    )


def videos_of_exercise(library: Library, exercise: Exercise) -> list[Video]:
    """The film an exercise names, then films that show it."""
    found: dict[str, Video] = {}
    named = library.get(Video, exercise.video)
    if named is not None:
        found[named.slug] = named
    found |= {video.slug: video for video in library.once(_showing).get(exercise.slug, ())}
    return list(found.values())


def _showing(library: Library) -> dict[str, list[Video]]:
    """Slug of an exercise → the films that show it."""
    found: dict[str, list[Video]] = {}
    for video in library.videos:
        for slug in dict.fromkeys(mention.text for mention in video.exercises):
            found.setdefault(slug, []).append(video)
    return found
