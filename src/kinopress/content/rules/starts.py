"""Are the exercises a symptom starts with there, and do they agree with the rest of its page?"""

from __future__ import annotations

from collections.abc import Iterator

from kinopress.codes import Code
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Exercise, Pages, Symptom
from kinopress.content.relations.starts import is_avoided
from kinopress.content.rules.names import page_named
from kinopress.problems import Problem


def start_problems(library: Library, pages: Pages, page: Symptom) -> Iterator[Problem]:
    """Exercises that are not there, and those made only of what the page asks to leave out."""
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
