"""Are the exercises a symptom starts with there, and do they agree with the rest of its page?"""

from __future__ import annotations

from collections.abc import Iterator

from kinopress.codes import Code
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Exercise, Pages, Symptom
from kinopress.content.relations.starts import first_exercises, is_avoided
from kinopress.content.rules.names import page_named
from kinopress.problems import Problem


def start_problems(library: Library, pages: Pages, page: Symptom) -> Iterator[Problem]:
    """Exercises that are not there, or made only of what the page asks to leave out; doses that forget the sides."""
    for first in first_exercises(library, page) if page.start_with else ():
        if first.is_without_sides:
            named = next(
                s.exercise for s in page.start_with or () if s.exercise.text == first.exercise.slug
            )
            yield Problem(
                page.path,
                f"the dose of {first.exercise.slug} names no side, and the exercise is done on each side",
                "add per_side: true to the dosage, or say under how which leg it is for",
                Code.START_SIDES,
                severity="warning",
                line=named.line,
                field=named.field,
            )
    for start in page.start_with or ():
        yield from page_named(pages, page, start.exercise, "exercise")
        exercise = pages.get(("exercise", start.exercise.text))
        if isinstance(exercise, Exercise) and is_avoided(library, page, exercise):
            yield Problem(
                page.path,
                f"this page asks to leave out {exercise.slug}, by name or with every technique it uses",
                "name a different exercise, or change avoid",
                Code.START_AVOIDED,
                line=start.exercise.line,
                field=start.exercise.field,
            )
