"""The sessions of a plan: its blocks joined with the exercises they name."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from itertools import pairwise

from kinopress.content.model.dosage import Dosage
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Exercise, Pages, Plan, Technique
from kinopress.content.model.plans import PlanDay, Portion
from kinopress.content.relations.phases import pace_of
from kinopress.content.relations.session_time import exercise_s, session_minutes

STRENGTH_APART_H = 48
"""Muscles are given two days between strength sessions: ordinary practice in training."""


def dosage_of(portion: Portion, exercise: Exercise) -> Dosage:
    """How much of an exercise a plan asks for: what its page says, changed where the plan says so."""
    return dataclasses.replace(exercise.dosage, **portion.changes)


def too_close(days: Iterable[int]) -> list[tuple[int, int]]:
    """Strength days that follow another within ``STRENGTH_APART_H`` (sessions at the same hour of the day)."""
    return [
        (before, day)
        for before, day in pairwise(sorted(set(days)))
        if (day - before) * 24 < STRENGTH_APART_H
    ]


def is_strength(library: Library, exercise: Exercise) -> bool:
    """Whether one of an exercise's techniques is strength work."""
    found = (library.vocabulary.resolve(tag.text) for tag in exercise.tags)
    return any(isinstance(term, Technique) and term.family == "strength" for term in found)


GREENS_BEFORE_MORE = 2
"""So many green sessions of one kind come before a harder one: the plans' own pain rule."""


def sessions_before(plan: Plan, day: PlanDay) -> list[int]:
    """The last days before a day that do the same blocks, at most as many as have to be green for more."""
    same = [mention.text for mention in day.do]
    earlier = [
        other.number
        for other in plan.days
        if other.number < day.number and [mention.text for mention in other.do] == same
    ]
    return earlier[-GREENS_BEFORE_MORE:]


class Sessions:
    """A plan's blocks with the exercises they name, as far as there are such; kept-back ones count."""

    def __init__(self, library: Library, pages: Pages, plan: Plan) -> None:
        self.blocks = {block.name: block for block in plan.blocks}
        self.exercises: dict[str, list[tuple[Portion, Exercise]]] = {}
        for block in plan.blocks:
            found = self.exercises.setdefault(block.name, [])
            for portion in block.portions:
                page = pages.get(("exercise", portion.exercise.text))
                if isinstance(page, Exercise):
                    found.append((portion, page))
        self.strength = {
            name
            for name, found in self.exercises.items()
            if any(is_strength(library, exercise) for _, exercise in found)
        }

    def of_day(self, names: Iterable[str]) -> list[tuple[Portion, Exercise]]:
        """The exercises of a session made of these blocks."""
        return [pair for name in names for pair in self.exercises.get(name, ())]

    def ways(self, day: PlanDay) -> list[list[str]]:
        """The blocks of a day as planned, and as swapped."""
        planned = [mention.text for mention in day.do]
        swapped = [] if day.swap_if_amber is None else [[day.swap_if_amber.text]]
        return [planned, *swapped]

    def is_strength(self, day: PlanDay) -> bool:
        """Whether a day has a strength session, as planned or as swapped."""
        return any(name in self.strength for way in self.ways(day) for name in way)

    def whole(self, names: Iterable[str]) -> bool:
        """Whether every exercise of these blocks was read and is there."""
        return all(
            name in self.blocks
            and self.blocks[name].whole
            and len(self.blocks[name].portions) == len(self.exercises[name])
            for name in names
        )

    def minutes(self, names: Iterable[str]) -> int:
        """How long a session made of these blocks takes, rounded up to a whole minute."""
        return session_minutes(
            exercise_s(dosage_of(portion, page), pace_of(page))
            for portion, page in self.of_day(names)
        )


def sessions_with_drafts(library: Library, plan: Plan) -> Sessions:
    """The sessions of a plan, drafts among its exercises included: their time counts, their link is left out."""
    return Sessions(library, {**library.held, **library.pages}, plan)


def minutes_of(plan: Plan, sessions: Sessions) -> tuple[int, int]:
    """The shortest and the longest session, in minutes; pages and search say the same."""
    found = [sessions.minutes([m.text for m in day.do]) for day in plan.days if day.do] or [0]
    return min(found), max(found)
