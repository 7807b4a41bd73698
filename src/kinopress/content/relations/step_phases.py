"""Which steps of an exercise belong to which of its phases, so that whoever is led through it hears them all.

What is done comes first: the steps up to the last one that has a drawing or says how long to stay. A step that
names its seconds is the last of its phase. What follows, such as how to come out, is for when the muscle lets go.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

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


def without_amounts(text: str) -> str:
    """Words of a step without how many and how often: with another dose than the usual one they are not true.

    Of a sentence that ends with it ("Swing the leg, ten times.") the beginning stays.
    """
    return _without(_AMOUNT, text)


def without_what_follows(text: str) -> str:
    """Words of a step without going again and changing sides: what is left at the end is how to come out."""
    return _without(_AGAIN, text)


def _without(unwanted: re.Pattern[str], text: str) -> str:
    return " ".join(filter(None, (_cut(unwanted, said) for said in _SENTENCES.split(text))))


def _cut(unwanted: re.Pattern[str], sentence: str) -> str:
    if not unwanted.search(sentence):
        return sentence
    clauses = sentence.split(", ")
    kept = list(takewhile(lambda clause: not unwanted.search(clause), clauses))
    if len(kept) == len(clauses):
        return ""  # it is only the whole sentence that says it
    return f"{', '.join(kept)}." if kept else ""


_SENTENCES = lazily(r"(?<=[.!?]) +")
_NUMBER = r"(?:[0-9]+(?:[–-][0-9]+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)"
_AMOUNT = lazily(
    rf"\b{_NUMBER}(?: (?:or|to) {_NUMBER})? (?:(?:more|slow|easy|full|gentle|short) )*"
    r"(?:times|rounds?|holds?|sets?|reps?|repetitions?|days a week)\b"
    r"|\b(?:once|times) (?:a|each|every|on each) |\btwice\b|\bevery (?:other |second )?day\b"
    r"|\b(?:most|alternate) days\b|\ba week\b"
    r"|\bsecond set\b|\b(?:whole|full) dose\b|\bone day\b.*\bthe next\b|^that (?:is|makes) (?:one|two)\b"
    rf"|^(?:do|aim for|up to) {_NUMBER}\b|^{_NUMBER}(?:,|[.]?$| (?:on|a side|each|slow|easy)\b)",
    re.IGNORECASE,
)
_AGAIN = lazily(
    r"\b(?:again|repeat|swap|change (?:sides|legs|over)|(?:other|second|each) (?:side|leg|foot|hip|way))\b",
    re.IGNORECASE,
)
