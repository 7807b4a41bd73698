"""Which steps of an exercise belong to which of its phases, so that whoever is led through it hears them all.

What is done comes first: the steps up to the last one that has a drawing or says how long to stay. A step that
names its seconds is the last of its phase. What follows, such as how to come out, is for when the muscle lets go.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kinopress.content.model.dosage import Amount, Dosage, Step
from kinopress.patterns import lazily

_STAYS = lazily(r"\b(?:hold|stay|roll)\b.*\bseconds\b", re.IGNORECASE)
_SECONDS = lazily(r"(\d+) seconds\b|\bseconds\b")


@dataclass(frozen=True, slots=True)
class StepPhases:
    """The steps of an exercise by what they are about; each step is in here once, in order.

    Attributes:
        work: What to do in a push, a hold or a set. Several take turns, set by set.
        stretch: How to ease in after a push.
        after: What to do when it is over: coming out, resting, changing sides.
    """

    work: tuple[tuple[Step, ...], ...]
    stretch: tuple[Step, ...] = ()
    after: tuple[Step, ...] = ()


def step_phases(steps: Sequence[Step], dosage: Dosage) -> StepPhases:
    """The steps of kind ``step``, by the phases of a dosage."""
    lines = [step for step in steps if step.kind == "step"]
    if not (dosage.hold or dosage.stretch):
        return StepPhases((tuple(lines),))
    stays = [n for n, step in enumerate(lines) if step.frame or _STAYS.search(step.text)]
    end = max(stays, default=len(lines) - 1) + 1
    doing, after = lines[:end], tuple(lines[end:])
    timed = [n for n, step in enumerate(doing) if _SECONDS.search(step.text)]
    if dosage.stretch:
        ease = timed[0] + 1 if timed else 1
        return StepPhases((tuple(doing[:ease]),), tuple(doing[ease:]), after)
    ends = [*(n + 1 for n in timed[:-1]), len(doing)]
    work = tuple(tuple(doing[first:last]) for first, last in zip([0, *ends], ends, strict=False))
    return StepPhases(work, (), after)


def share_one_hold(work: Sequence[Sequence[Step]], hold: Amount | None) -> bool:
    """Whether several steps share one hold: the seconds they name add up to it."""
    named = [
        sum(int(found[1] or 0) for step in group for found in _SECONDS.finditer(step.text))
        for group in work
    ]
    return hold is not None and len(named) > 1 and all(named) and sum(named) == hold.low
