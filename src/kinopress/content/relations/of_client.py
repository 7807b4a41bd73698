"""What a client's plan shows: its exercises, and the films of these."""

from __future__ import annotations

import dataclasses

from kinopress.content.model.clients import PrivatePlan
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Exercise
from kinopress.content.relations.related import videos_of_exercise
from kinopress.content.relations.sessions import sessions_with_drafts


def with_drafts(library: Library, private: PrivatePlan) -> Library:
    """A library in which what the plan names is shown, drafts included: for one client they are no drafts."""
    plan = private.plan
    exercises = (
        *(portion.exercise for block in plan.blocks for portion in block.portions),
        *(mention for swap in plan.swaps for mention in (swap.exercise, swap.use)),
    )
    named = {("exercise", mention.text) for mention in exercises}
    for mention in (*plan.symptoms, *plan.not_for):
        if (term := library.vocabulary.resolve(mention.text)) is not None:
            named.add((term.kind, term.slug))
    waiting = {key: page for key, page in library.held.items() if key in named}
    return dataclasses.replace(library, pages={**waiting, **library.pages})


def exercises_in(library: Library, private: PrivatePlan) -> tuple[list[Exercise], list[Exercise]]:
    """The exercises of a plan, those to swap to included; and those that are easier or harder, for when it asks for one."""
    pages = {**library.held, **library.pages}
    sessions = sessions_with_drafts(library, private.plan)
    found = {
        page.slug: page
        for block in private.plan.blocks
        for _, page in sessions.of_day([block.name])
    }
    own = list(found.values())
    for swap in private.plan.swaps:
        page = pages.get(("exercise", swap.use.text))
        if isinstance(page, Exercise):
            found.setdefault(page.slug, page)
    others = {}
    for exercise in own:
        for mention in (exercise.easier, exercise.harder):
            other = library.get(Exercise, mention)
            if other is not None and other.slug not in found:
                others[other.slug] = other
    return list(found.values()), list(others.values())


def films_in(library: Library, private: PrivatePlan) -> list[str]:
    """The films that show the exercises of a plan, by the names of their pages, each once."""
    found = {}
    for exercise in exercises_in(library, private)[0]:
        for video in videos_of_exercise(library, exercise)[:1]:
            found[video.slug] = video
    return list(found)
