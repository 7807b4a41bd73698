"""What to do of an exercise after a red score, in words: for paper, for a file and for a message there is no other page."""

from __future__ import annotations

import re

from kinopress.content.model.pages import Exercise, Plan
from kinopress.pages.place import Place

TOO_HARD = re.compile(r"^## +(.*\btoo hard\b.*?)[ #]*$", re.IGNORECASE | re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\[])")
_HARDER = re.compile(
    r"\b(?:more:|harder|stronger|progress|too easy|are easy|step it up|next rung)", re.IGNORECASE
)
_SHORT = 20


def in_place_of(place: Place, page: Plan, exercise: Exercise) -> list[tuple[str, Exercise]]:
    """What the plan itself has for an exercise: when, and what to do then."""
    found = []
    for swap in page.swaps:
        use = place.library.get(Exercise, swap.use)
        if swap.exercise.text == exercise.slug and use is not None:
            found.append((swap.when, use))
    return found


def made_easier(exercise: Exercise) -> str:
    """How the page of an exercise says that it is made easier, as Markdown; empty where it does not say so first.

    The first sentence of its section on what is too hard, with the next one after a mere question or a word. Where that
    speaks of more as well it is left out: after a red score nothing harder is said.
    """
    heading = TOO_HARD.search(exercise.body)
    if heading is None:
        return ""
    section = re.split(r"^#", exercise.body[heading.end() :], maxsplit=1, flags=re.MULTILINE)[0]
    paragraph = " ".join(section.strip().split("\n\n", maxsplit=1)[0].split())
    said = ""
    for sentence in _SENTENCE.split(paragraph):
        said = f"{said} {sentence}".strip()
        if not sentence.endswith("?") and len(said) >= _SHORT:
            break
    is_plain = said and said[0] not in "-*<!|>{" and not said.endswith("?")
    return said if is_plain and not _HARDER.search(said) else ""
