"""Exercises to put into a plan, by a muscle, a symptom, a technique or a part of their name."""

from __future__ import annotations

from kinopress.content.model.library import Library
from kinopress.content.model.pages import Exercise

SHOWN_MAX = 12


def found_exercises(library: Library, words: str) -> list[Exercise]:
    """The exercises that somebody means who types these words, those that carry the tag first; by title."""
    asked = words.casefold().split()
    if not asked:
        return []
    pages = {**library.held, **library.pages}
    exercises = sorted(
        (page for page in pages.values() if isinstance(page, Exercise)), key=lambda e: e.title
    )
    term = library.vocabulary.resolve(words)
    tagged = set() if term is None else {page.slug for page in library.tagged.get(term.slug, ())}

    def said(exercise: Exercise) -> str:
        terms = (library.vocabulary.resolve(tag.text) for tag in exercise.tags)
        names = [n for t in terms if t is not None for n in (t.title, *t.aliases, *t.lay)]
        return " ".join((exercise.title, exercise.slug, *exercise.also_called, *names)).casefold()

    found = [e for e in exercises if e.slug in tagged]
    found += [
        e for e in exercises if e.slug not in tagged and all(word in said(e) for word in asked)
    ]
    return found[:SHOWN_MAX]
