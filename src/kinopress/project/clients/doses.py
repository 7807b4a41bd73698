"""The dose of an exercise in a client's plan: what its page says, and what the client will read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kinopress.content.model.dosage import Amount, Dosage
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Exercise, Plan
from kinopress.content.model.plans import Portion
from kinopress.content.relations.sessions import dosage_of
from kinopress.pages.parts.wording import dosage_sentence

_SECONDS = ("hold", "stretch", "relax", "rest")
_OF_A_MET = {"reps": "rounds", "hold": "push", "stretch": "ease in", "relax": "let go"}
"""What the fields are called where one pushes and then eases into a stretch."""


@dataclass(frozen=True, slots=True)
class Dose:
    """One exercise of a plan.

    Attributes:
        on_page: What its page says, by field, as it would be typed.
        names: What some fields are called in this exercise, by field.
        of_page: All of what its page says, in a line.
        read: What the client will read of it, in a line.
    """

    on_page: Mapping[str, str]
    names: Mapping[str, str]
    of_page: str
    read: str


def doses_of(library: Library, plan: Plan) -> Mapping[tuple[str, int], Dose]:
    """The dose of each exercise of a plan, by its block and its place in it."""
    pages = {**library.held, **library.pages}
    found = {}
    for block in plan.blocks:
        for number, portion in enumerate(block.portions):
            page = pages.get(("exercise", portion.exercise.text))
            if isinstance(page, Exercise):
                found[block.name, number] = _dose(library, portion, page)
    return found


def _dose(library: Library, portion: Portion, page: Exercise) -> Dose:
    words = library.shared.words
    pushes = page.dosage.stretch is not None
    said = dosage_sentence(dosage_of(portion, page), words)
    sides = {"left": words.phrase("left side only"), "right": words.phrase("right side only")}
    side = sides.get(portion.side or "", "")
    read = " · ".join(one for one in (said, side, portion.words or "") if one)
    return Dose(
        _typed(page.dosage), _OF_A_MET if pushes else {}, _in_a_line(page.dosage, pushes), read
    )


def _typed(dosage: Dosage) -> dict[str, str]:
    """Each part of a dose as it is typed into a plan."""
    found = {}
    for name in Dosage.__dataclass_fields__:
        value = getattr(dosage, name)
        if isinstance(value, Amount):
            unit = " s" if name in _SECONDS else "%" if name == "effort" else ""
            found[name] = f"{value}{unit}"
        elif isinstance(value, bool):
            found[name] = "yes" if value else "no"
        elif value is not None:
            found[name] = str(value)
    return found


def _in_a_line(dosage: Dosage, pushes: bool) -> str:
    """All of a dose; of one in which one pushes and eases in, in rounds: ``3 rounds of 7 s push, then 15 s ease in``."""
    if not pushes or not dosage.hold:
        return dosage_sentence(dosage)
    often = dosage.reps or dosage.sets or Amount(1, 1)
    rounds = f"{often} round{'' if often.high == 1 else 's'} of {dosage.hold} s push"
    parts = [f"{rounds}, then {dosage.stretch} s ease in"]
    if dosage.reps and dosage.sets:
        parts.append(f"{dosage.sets} sets of these")
    if dosage.effort:
        parts.append(f"{dosage.effort}% effort")
    if dosage.per_side:
        parts.append("each side")
    if dosage.rest:
        parts.append(f"rest {dosage.rest} s")
    return " · ".join(parts)
