"""What a symptom asks to be heeded while an exercise is done, and whom words mean that were written of one side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kinopress.content.model.dosage import Dosage
from kinopress.pages.parts.follow.told import DONE, SORE
from kinopress.pages.parts.wording import dosage_sentence
from kinopress.pages.place import Place


@dataclass(frozen=True)
class Limits:
    """What a symptom asks to be heeded while an exercise is done.

    Attributes:
        words: All of it: read beside every phase in which something is done, and said before the first.
        form: The sentences of it that ask for another form than the usual one: they are what is read first.
        others: The sentences that do not.
        with_both_legs: Whether both legs do at once what steps and drawings tell of one.
        is_most: Whether the dose is the most of it.
    """

    words: str
    form: str = ""
    others: str = ""
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
    """Put the limits into a moment: another form in place of its words, which follow; all else beside them."""
    kind, words, notes = moment["kind"], limits.words, moment["notes"]
    if kind in ("side", "rest"):
        return
    if limits.form and kind in ("ready", *DONE) and kind != "stretch":
        moment["notes"] = [line for line in (limits.others, moment["words"], *notes) if line]
        moment["words"] = limits.form
    else:
        moment["notes"] = [words, *notes]
    if kind == "ready":
        # Who only listens hears it before the steps, which tell the usual form.
        head, *more = moment["speak"]
        moment["speak"] = [head, words, *more]


def turn_over(place: Place, moment: dict[str, Any]) -> None:
    """Say on the second side whom the words mean that were written of the first: the sore side is now the other."""
    words, notes, speak = moment["words"], moment["notes"], moment["speak"]
    said = " ".join((words, *notes, *speak))
    found = SORE.findall(said)
    if not found:
        return
    if any(name.casefold().startswith("good") for name in found):
        now = place.phrase(
            "The same the other way round: “sore” now means this side, “good” the other."
        )
    else:
        now = place.phrase("The same the other way round: “sore” now means this side.")
    moment["notes"] = [now, *notes]
    if SORE.search(" ".join(speak)):
        head, *more = speak
        moment["speak"] = [head, now, *more]
