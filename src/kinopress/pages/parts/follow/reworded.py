"""Which words of the steps are true with the dose that is asked for."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Iterable, Sequence

from kinopress.content.model.dosage import Dosage, Step
from kinopress.content.model.pages import Exercise
from kinopress.content.relations.efforts import without_other_effort
from kinopress.content.relations.step_phases import (
    StepPhases,
    amounts_in,
    without_amounts,
    without_one_leg,
    without_other_times,
)
from kinopress.pages.parts.follow.limits import Limits
from kinopress.pages.parts.html import spoken_text


def reworded(page: Exercise, words_of: Callable[[Step], str]) -> Exercise:
    """The page with what is left of the words of its steps; a step of which nothing is left is left out."""
    found = (dataclasses.replace(step, text=words_of(step)) for step in page.steps)
    # dataclasses.replace would read all of the page, and whoever shows its dose would depend on each word of it.
    reworded = copy.copy(page)
    reworded.__dict__["steps"] = tuple(step for step in found if step.text)
    return reworded


def told_by(words_of: Callable[[Step], str], steps: StepPhases) -> StepPhases:
    """The steps with what is left of their words; one of which nothing is left is left out."""

    def plain(group: Iterable[Step]) -> tuple[Step, ...]:
        found = (dataclasses.replace(step, text=words_of(step)) for step in group)
        return tuple(step for step in found if step.text)

    work = tuple(map(plain, steps.work))
    return StepPhases(work, plain(steps.relax), plain(steps.stretch), plain(steps.after))


def own_words(steps: Sequence[Step]) -> Callable[[Step], str]:
    """The words of a step with its own dose, without how many and how often: that is said once, while one gets ready.

    Where no step says anything besides they keep it: there would be no words to do it by.
    """
    doing = [step for step in steps if step.kind == "step"]
    is_told = any(without_amounts(step.text) for step in doing)

    def words(step: Step) -> str:
        return without_amounts(step.text) if is_told and step.kind == "step" else step.text

    return words


def amounts_of(step: Step) -> str:
    """What a step says of how many and how often, as a reader hears it."""
    return spoken_text(amounts_in(step.text)) if step.kind == "step" else ""


def words_for(dosage: Dosage, usual: Dosage, limits: Limits | None) -> Callable[[Step], str]:
    """What is true of a step with another dose than the usual one; when to stop always is."""

    def words(step: Step) -> str:
        if step.kind == "caution":
            return step.text
        text = without_other_effort(step.text, dosage, usual)
        if limits and limits.with_both_legs:
            text = without_one_leg(text)
        if step.kind == "prepare":
            return text
        return without_amounts(without_other_times(text, dosage, usual))

    return words
