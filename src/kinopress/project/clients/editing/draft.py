"""A client's plan as it is typed in the fields of a form, and how it is read from a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kinopress.content.model.nodes import Fields, Items, Node, Text
from kinopress.content.model.plans import PLAN_DAYS
from kinopress.content.source.document import Document
from kinopress.content.source.writer import token

REST = "Rest."

LINES = ("title", "minutes_per_day", "own_words", "shown_name", "consent", "delete_on", "after")
"""Fields on one line, as they are typed."""

OF_DAYS = ("swap_if_amber", "also", "progress")
"""What is said of a day beside its blocks."""

LISTS = ("for", "tests")
"""Fields that list names, with commas between them."""


@dataclass(frozen=True, slots=True)
class Portion:
    """An exercise of a block as it is typed: its name, and what is said of it by field (``sets``, ``side``, ``words``)."""

    exercise: str
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Block:
    """A block as it is typed, and the days on which it is done."""

    name: str
    days: tuple[int, ...]
    portions: tuple[Portion, ...]


@dataclass(frozen=True, slots=True)
class Swap:
    """What is done in the place of an exercise, and when, as it is typed."""

    exercise: str
    use: str
    when: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan as it is typed.

    Attributes:
        token: Tells the file from one that was changed meanwhile.
        lines: What is on one line, by field; empty where it is not there.
        lists: Names with commas between them, by field; a list with more in it is not among them.
        blocks: What is done, and when.
        measured: Values of day 0, by check and side (``ake-9090:left``).
        body: The coach's words.
        of_days: What else is said of a day, by its number and field (:data:`OF_DAYS`).
        swaps: What is done in the place of what; ``None`` where they cannot be typed as rows.
    """

    token: str
    lines: Mapping[str, str]
    lists: Mapping[str, str]
    blocks: tuple[Block, ...]
    measured: Mapping[str, str]
    body: str
    of_days: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    swaps: tuple[Swap, ...] | None = ()


def draft_in(document: Document, data: bytes) -> Draft:
    """A plan as it is typed, from its file."""
    front = document.front.entries
    days = entries(front.get("days"))
    blocks = tuple(
        Block(
            block,
            tuple(day for day in range(1, PLAN_DAYS + 1) if block in names(entries(days.get(str(day))).get("do"))),
            tuple(_portion(one) for one in items(portions)),
        )
        for block, portions in entries(front.get("blocks")).items()
    )  # fmt: skip
    first = entries(entries(front.get("measured")).get("0"))
    measured: dict[str, str] = {}
    for check, value in first.items():
        sides = entries(value)
        if sides:
            measured |= {f"{check}:{side}": text_of(one) for side, one in sides.items()}
        else:
            measured[check] = text_of(value)
    lists = {
        key: ", ".join(names(front.get(key)))
        for key in LISTS
        if all(isinstance(one, Text) for one in items(front.get(key)))
    }
    return Draft(
        token(data),
        {key: text_of(front.get(key)) for key in LINES},
        lists,
        blocks,
        measured,
        document.body.strip(),
        {day: _of_day(entries(days.get(str(day)))) for day in range(1, PLAN_DAYS + 1)},
        _swaps_in(front.get("swaps")),
    )


def _of_day(said: Mapping[str, Node]) -> Mapping[str, str]:
    return {key: words for key in OF_DAYS if (words := text_of(said.get(key)))}


def _swaps_in(node: Node | None) -> tuple[Swap, ...] | None:
    found = []
    for one in items(node):
        said = {key: text_of(value) for key, value in entries(one).items()}
        if said.keys() != {"exercise", "use", "when"} or not all(said.values()):
            return None
        found.append(Swap(**said))
    return tuple(found)


def _portion(node: Node) -> Portion:
    if not isinstance(node, Fields):
        return Portion(text_of(node))
    said = {key: text_of(one) for key, one in node.entries.items() if key != "exercise"}
    return Portion(text_of(node.entries.get("exercise")), said)


def with_exercise(draft: Draft, block: str, exercise: str) -> Draft:
    """A draft with one more exercise: in a block, or in a new one of its own that is done on no day yet."""
    if block in {one.name for one in draft.blocks}:
        blocks = tuple(
            replace(one, portions=(*one.portions, Portion(exercise))) if one.name == block else one
            for one in draft.blocks
        )
    else:
        number = 1
        while (name := f"{block or 'extra'}-{number}") in {one.name for one in draft.blocks}:
            number += 1
        blocks = (*draft.blocks, Block(name, (), (Portion(exercise),)))
    return replace(draft, blocks=blocks)


def done_on(draft: Draft, day: int) -> list[str]:
    """The blocks that are done on a day."""
    return [block.name for block in draft.blocks if day in block.days]


def settled(draft: Draft, day: int) -> dict[str, str]:
    """What is written of a day beside its blocks: what still means something there."""
    do, said = done_on(draft, day), dict(draft.of_days.get(day, {}))
    if not swap_stays(draft.blocks, said.get("swap_if_amber", ""), do):
        said.pop("swap_if_amber", None)
    if do and said.get("also") == REST:
        del said["also"]
    if not do:
        said.setdefault("also", REST)
    return said


def swap_stays(blocks: tuple[Block, ...], swap: str, do: list[str]) -> str:
    """What a day is swapped to after an amber one, where that still means something."""
    return swap if do and swap not in do and swap in {block.name for block in blocks} else ""


def entries(node: Node | None) -> Mapping[str, Node]:
    """What a value holds by name; empty for every other value."""
    return node.entries if isinstance(node, Fields) else {}


def items(node: Node | None) -> list[Node]:
    """What a list holds; empty for every other value."""
    return node.items if isinstance(node, Items) else []


def text_of(node: Node | None) -> str:
    """The words of a value on one line; empty where there are none."""
    return " ".join(node.text.split()) if isinstance(node, Text) and node.type != "nothing" else ""


def names(node: Node | None) -> list[str]:
    """The names that a list holds."""
    return [text_of(one) for one in items(node)]
