"""What is wrong with a client's plan, in the words of its screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kinopress.codes import Code
from kinopress.content.model.clients import PrivatePlan
from kinopress.problems import Problem, quoted
from kinopress.project.clients.editing.draft import Draft
from kinopress.studio.screens.check import sentence

_ON_THE_SCREEN = {
    "consent": ("They agreed on", "consent"),
    "delete_on": ("To be deleted on", "delete_on"),
    "minutes_per_day": ("Minutes a day", "minutes_per_day"),
    "after": ("After day 14", "after"),
    "title": ("Heading", "title"),
    "own_words": ("What hurts, in their own words", "own_words"),
    "shown_name": ("Name on the plan", "shown_name"),
    "for": ("For", "for"),
    "tests": ("Checks", "tests"),
    "blocks": ("Exercises", "exercises"),
    "days": ("Exercises", "exercises"),
    "swaps": ("Swaps", "swaps"),
    "measured": ("Measured on day 0", "measured"),
}
"""Fields of the file: what they are called on this screen, and where they are."""


@dataclass(frozen=True, slots=True)
class ToPutRight:
    """A problem of a plan in the words of the screen: where, with its place, and what to do."""

    severity: str
    where: str
    place: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class WrongDose:
    """A number of an exercise that cannot be read: what is said of it, whose it is, and its field on the screen."""

    problem: Problem
    exercise: str
    place: str


def wrong_doses(report: Iterable[Problem], draft: Draft) -> dict[int, WrongDose]:
    """The problems, by their identity, that are of one field of one exercise.

    A problem names the block, the field and what is there; where two exercises of a block have the same, the
    first problem is of the first, as both are in the order of the file.
    """
    found: dict[int, WrongDose] = {}
    for problem in report:
        of, _, key = (problem.field or "").removeprefix("blocks.").rpartition(".")
        for at, block in enumerate(draft.blocks):
            for number, portion in enumerate(block.portions):
                place, value = f"b{at}.{number}.{key}", portion.said.get(key)
                is_free = place not in {dose.place for dose in found.values()}
                if block.name == of and value and quoted(value) in problem.message and is_free:
                    found.setdefault(id(problem), WrongDose(problem, portion.exercise, place))
    return found


def to_put_right(
    problem: Problem, private: PrivatePlan, titles: Mapping[str, str], dose: WrongDose | None
) -> ToPutRight:
    """A problem of a plan's file as its screen tells it; ``dose`` where it is of one field of an exercise."""
    field, message, hint = problem.field or "", problem.message, problem.hint
    if problem.code == Code.CLIENT_CONSENT:
        field = "consent"
        hint = "Ask them, then choose the day under They agreed on: without it no file is made."
    where, place = _ON_THE_SCREEN.get(field.partition(".")[0], (field, ""))
    if problem.code == Code.CLIENT_EARLIER:
        # It is in another file than what this screen shows.
        where, place = ("Forget", "gone") if field else (problem.path, "")
        hint = "It can go alone: this plan stays." if field else hint
    for block in private.plan.blocks:
        for portion in block.portions:
            slug = portion.exercise.text
            if portion.exercise.line == problem.line and portion.exercise.field == field:
                where = titles.get(slug, slug)
    for slug, title in titles.items():  # a file's name says less than what the page is called
        message = message.replace(f"exercises/{slug}.md", title)
    if field.startswith("days.") and field.split(".")[1].isdigit():
        where = f"Day {field.split('.')[1]}"
    if dose is not None:
        where, place = titles.get(dose.exercise, dose.exercise), dose.place
    # After its place a message goes on in lower-case letters; it ends before what to do begins.
    said = message[:1] + sentence(message)[1:] if where else sentence(message)
    return ToPutRight(problem.severity, where, place, said, sentence(hint))
