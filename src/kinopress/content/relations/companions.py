"""Which exercises go with a page: of the same place of the body, and none that its symptoms ask to leave out. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from kinopress.content.model.library import Library
from kinopress.content.model.pages import Exercise, Page, Symptom, Technique, Term
from kinopress.content.relations.ladders import ladders_of
from kinopress.content.relations.related import CARDS_MAX, nearest
from kinopress.content.relations.starts import Avoided, is_avoided

_PUSHES = "met"
"""The family of techniques in which one pushes, with the muscle or against it: two of them are a choice."""


def companions(library: Library, exercise: Exercise) -> list[Exercise]:
    """The exercises that go well with one on the same day, the nearest first. Whatever goes with another, that goes with it.

    Both have a muscle or a symptom in common; a technique alone is no reason, and two of one family need a muscle:
    rolling the thigh does not go with rolling the buttock, though both are for sore muscles. Left out are

    - what a symptom of either asks to leave out;
    - what replaces it: an easier or a harder form, however many rungs away, which the page names apart; and another
      push for the same muscle, since one pushes with it and one with its opposite.
    """
    ladders = ladders_of(library)
    places, families = _places(library, exercise), _families(library, exercise)
    leave_out: dict[str, bool] = {}

    def ask_to_leave_it_out(symptoms: list[Symptom]) -> bool:
        for symptom in symptoms:
            if symptom.slug not in leave_out:
                leave_out[symptom.slug] = is_avoided(library, symptom, exercise)
        return any(leave_out[symptom.slug] for symptom in symptoms)

    found = (
        other
        for other in _to_try(library, exercise)
        if _is_near(library, places, families, other)
        and not ask_to_leave_it_out(_symptoms(library, other))
        and not ladders.is_harder(other.slug, exercise.slug)
        and not ladders.is_harder(exercise.slug, other.slug)
        and not _are_a_choice(library, exercise, other)
    )
    return list(itertools.islice(found, CARDS_MAX))


def exercises_to_try(library: Library, page: Page) -> list[Exercise]:
    """The exercises that share most with a page one reads, without what its symptoms ask to leave out."""
    return list(itertools.islice(_to_try(library, page), CARDS_MAX))


def _to_try(library: Library, page: Page) -> Iterator[Exercise]:
    """Every exercise that shares a tag with a page, the nearest first, without what its symptoms ask to leave out."""
    avoided = [Avoided(library, symptom) for symptom in _symptoms(library, page)]
    for other in nearest(library, page, Exercise):
        if not any(other in those for those in avoided):
            yield other


def _symptoms(library: Library, page: Page) -> list[Symptom]:
    return [term for term in library.terms(page.about) if isinstance(term, Symptom)]


def _places(library: Library, page: Page) -> dict[str, Term]:
    """The muscles and symptoms of a page, with the groups that they belong to."""
    family = library.vocabulary.family
    terms = (term for term in library.terms(page.about) if not isinstance(term, Technique))
    return {other.slug: other for term in terms for other in (term, *family(term))}


def _is_near(
    library: Library, places: dict[str, Term], families: set[str], other: Exercise
) -> bool:
    """Whether another is about a place of these: of one family a muscle, of two a muscle or a symptom."""
    shared = [places[slug] for slug in places.keys() & _places(library, other).keys()]
    if families & _families(library, other):
        return any(not isinstance(term, Symptom) for term in shared)
    return bool(shared)


def _families(library: Library, exercise: Exercise) -> set[str]:
    return {t.family for t in library.terms(exercise.tags) if isinstance(t, Technique)}


def _are_a_choice(library: Library, one: Exercise, other: Exercise) -> bool:
    """Whether both push for the muscle that each is about before all others."""
    pushes = all(_PUSHES in _families(library, exercise) for exercise in (one, other))
    return pushes and _main_muscle(library, one) == _main_muscle(library, other)


def _main_muscle(library: Library, exercise: Exercise) -> str | None:
    kinds = (Technique, Symptom)
    return next((t.slug for t in library.terms(exercise.tags) if not isinstance(t, kinds)), None)
