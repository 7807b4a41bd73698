"""What else a page's reader may want: pure, by shared tags."""

from __future__ import annotations

import datetime as dt
import heapq
from collections import defaultdict
from typing import TypeVar

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


def related(library: Library, page: Page, kind: type[Page], count: int = CARDS_MAX) -> list[Page]:
    """The pages of a kind that share most tags with ``page``, muscles and symptoms before techniques.

    A tag that few pages carry says more than one that many carry: each counts one over the
    number of its pages.
    """
    scores: defaultdict[tuple[str, str], float] = defaultdict(float)
    found: dict[tuple[str, str], Page] = {}
    for term in library.terms(page.about):
        carriers = library.tagged.get(term.slug, ())
        weight = (0.25 if isinstance(term, Technique) else 1.0) / max(1, len(carriers))
        for other in carriers:
            if isinstance(other, kind) and (other.kind, other.slug) != (page.kind, page.slug):
                scores[other.kind, other.slug] += weight
                found[other.kind, other.slug] = other
    ranked = heapq.nsmallest(
        count, found, key=lambda key: (-scores[key], found[key].title.casefold())
    )
    return [found[key] for key in ranked]


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
    for video in library.videos:
        if any(m.text == exercise.slug for m in video.exercises):
            found[video.slug] = video
    return list(found.values())
