"""What was typed in the form of a client's plan, over what its file has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kinopress.content.forms.private.plan import PORTION
from kinopress.content.model.plans import PLAN_DAYS
from kinopress.project.clients.editing.draft import (
    LINES,
    LISTS,
    OF_DAYS,
    Block,
    Draft,
    Portion,
    Swap,
)
from kinopress.studio.requests import Form

DOSES = ("sets", "reps", "hold", "rest")
"""What is typed of most doses."""
YES_OR_NO = ("per_side", "one_side_first")
RARER = tuple(
    name for name in PORTION.fields if name not in {"exercise", "side", "words", *DOSES, *YES_OR_NO}
)
"""What else a dose has, in a fold: whatever the form of a plan takes can be typed here."""
_TYPED = (*DOSES, *RARER, *YES_OR_NO, "side", "words")


def typed_draft(form: Form, before: Draft) -> Draft:
    """What was typed, over what the file has."""
    blocks = []
    for at, block in enumerate(before.blocks):
        portions = []
        for number in _in_order(form, at, len(block.portions)):
            portion, prefix = block.portions[number], f"b{at}.{number}"
            if form.text(f"{prefix}.out"):
                continue
            said = {key: value for key, value in portion.said.items() if key not in _TYPED}
            for key in _TYPED:
                if value := form.text(f"{prefix}.{key}"):
                    said[key] = value
            order = [key for key in portion.said if key in said]
            portions.append(
                Portion(
                    portion.exercise,
                    {key: said[key] for key in (*order, *(k for k in said if k not in order))},
                )
            )
        days = tuple(day for day in range(1, PLAN_DAYS + 1) if form.text(f"b{at}.day{day}"))
        if portions:
            blocks.append(Block(block.name, days, tuple(portions)))
    measured = dict(before.measured)
    for name in form.values:
        if name.startswith("m."):
            measured[name.removeprefix("m.")] = form.text(name)
    return replace(
        before,
        token=form.text("token"),
        lines={key: form.text(key) for key in LINES},
        lists={key: form.text(key) for key in LISTS if key in before.lists},
        blocks=tuple(blocks),
        measured={name: value for name, value in measured.items() if value},
        body=form.block("body").strip(),
        of_days={day: _typed_of_day(form, day, said) for day, said in before.of_days.items()},
        swaps=None if before.swaps is None else tuple(_typed_swaps(form, len(before.swaps))),
    )


def _in_order(form: Form, block: int, number: int) -> list[int]:
    """The exercises of a block in the order that was chosen: one that was moved goes past the one at its new place."""

    def place(was: int) -> float:
        typed = form.text(f"b{block}.{was}.place")
        now = int(typed) - 1 if typed.isascii() and typed.isdecimal() and len(typed) < 4 else was
        return now + (now > was) / 2 - (now < was) / 2

    return sorted(range(number), key=place)


def _typed_of_day(form: Form, day: int, said: Mapping[str, str]) -> dict[str, str]:
    names = {key: f"d{day}.{key}" for key in OF_DAYS}
    typed = {
        key: form.text(name) if name in form.values else said.get(key, "")
        for key, name in names.items()
    }
    return {key: words for key, words in typed.items() if words}


def _typed_swaps(form: Form, number: int) -> Iterator[Swap]:
    """The swaps that were there, and one more where something was typed of it."""
    for at in range(number + 1):
        one = Swap(*(form.text(f"s{at}.{key}") for key in ("exercise", "use", "when")))
        if not form.text(f"s{at}.out") and one != Swap("", "", ""):
            yield one
