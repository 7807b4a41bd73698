"""What a symptom asks to be heeded while an exercise is done, and whom words mean that were written of one side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from kinopress.content.model.dosage import Dosage
from kinopress.pages.parts.follow.told import DONE, NAMED_SIDE
from kinopress.pages.parts.wording import dosage_sentence
from kinopress.pages.place import Place


@dataclass(frozen=True)
class Limits:
    """What a symptom asks to be heeded while an exercise is done.

    Attributes:
        words: What it asks of the movement: read beside every phase in which something is done, and said before the
            first. For whom it is and how often is on the page, above the button.
        with_both_legs: Whether both legs do at once what steps and drawings tell of one.
        is_most: Whether the dose is the most of it.
    """

    words: str
    with_both_legs: bool = False
    is_most: bool = False


def dose_of(place: Place, dosage: Dosage, limits: Limits | None) -> str:
    """A dose in words; with what limits it, as the most of it."""
    said = dosage_sentence(dosage, place.words)
    if not (said and limits and limits.is_most):
        return said
    most = place.phrase("at most {dose}", dose=said)
    return most[:1].upper() + most[1:]


def limit(moment: dict[str, Any], limits: Limits) -> None:
    """Put the limits into a moment: first of what is read beside its words, which are the movement's."""
    kind, words, notes = moment["kind"], limits.words, moment["notes"]
    if not words or kind not in ("ready", *DONE):
        return
    moment["notes"] = [words, *notes]
    if kind == "ready":
        # Who only listens hears it before the steps, which tell the usual form.
        head, *more = moment["speak"]
        moment["speak"] = [head, words, *more]


def turn_over(moment: dict[str, Any]) -> None:
    """Put into the words of the second side whom they mean there: the sore side is now this one, the good the other."""
    moment["words"] = of_second_side(moment["words"])
    for told in ("notes", "speak"):
        moment[told] = [of_second_side(line) for line in moment[told]]


def of_second_side(words: str) -> str:
    """A sentence that was written of the first side, as it is true on the second."""
    return NAMED_SIDE.sub(_by_place, words)


def _by_place(found: re.Match[str]) -> str:
    feels = found["feels"] or found["part_feels"]
    other = feels.casefold() == "good"
    if found["of_side"]:
        said = f"the {found['of_side']} on {'the other' if other else 'this'} side"
    else:
        said = f"{'the other' if other else 'this'} {found['part'] or 'side'}"
    return said.capitalize() if found[0][0].isupper() else said
