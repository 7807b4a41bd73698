"""What is said in many places of a pose file: numbers, and places of the body."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kinopress.codes import Code
from kinopress.content.forms import scalars as f
from kinopress.content.forms.form import Desk, said
from kinopress.content.model.names import either, nearest
from kinopress.content.model.nodes import Items, Node, Text
from kinopress.figures import joints
from kinopress.figures import places as body_places
from kinopress.patterns import lazily

_NUMBER = lazily(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
"""As people write a number; `float` would also take 1_0, 1e9 and what is not a number."""
_WITH_A_UNIT = lazily(r"([-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+))\s*(?:°|deg(?:rees?)?|s|secs?|seconds?)")
"""A number with the unit that it has in a pose file anyway; others would have to be converted."""


def number(low: float, high: float) -> Callable[[Node, Desk], float | None]:
    """A number between two others."""

    def read(node: Node, desk: Desk) -> float | None:
        if isinstance(node, Text) and _NUMBER.fullmatch(node.text.strip()):
            value = float(node.text)
            if low <= value <= high:
                return value
        found = _WITH_A_UNIT.fullmatch(node.text.strip()) if isinstance(node, Text) else None
        alone = (
            found[1] if found is not None and low <= float(found[1]) <= high else "such a number"
        )
        desk.report(
            node.line,
            f"{said(node)} is not a number from {low:g} to {high:g}",
            f"write {alone}, without a unit",
            Code.POSE_NUMBER,
        )
        return None

    return read


def guess(word: str, names: Iterable[str], otherwise: str) -> str:
    """A hint that names what was probably meant, or else says something."""
    close = nearest(word, names)
    return f"did you mean “{close[0]}”?" if close else otherwise


def read_place(node: Node, desk: Desk, known: Iterable[str] = body_places.PLACES) -> str | None:
    """The name of a place, or `None` with a problem; letters large or small."""
    word = " ".join(node.text.split()) if isinstance(node, Text) else ""
    names = {name.casefold(): name for name in known}
    if word.casefold() in names:
        return names[word.casefold()]
    sides = [f"{side} {word}" for side in joints.SIDES]
    rest, _, last = word.rpartition(" ")
    turned = names.get(f"{last} {rest}".casefold())
    if turned is not None:
        hint = f"the side comes first: {turned}"
    elif sides[0] in body_places.PLACES:
        hint = f"say on which side: {either(sides)}"
    else:
        hint = guess(word, names.values(), "write a place like R heel, L palm or sacrum")
    desk.report(node.line, f"{said(node)} is not a place on the body", hint, Code.POSE_PLACE)
    return None


def read_place_or_group(node: Node, desk: Desk) -> str | None:
    """The name of a place, or of several together, such as `back`."""
    return read_place(node, desk, (*body_places.PLACES, *body_places.GROUPS))


def read_numbers(
    node: Node, desk: Desk, least: int, most: int, low: float = -5, high: float = 5
) -> tuple[float, ...] | None:
    """So many numbers between two others in a list."""
    parts = node.items if isinstance(node, Items) else [node]
    out: list[float] = []
    for part in parts:
        value = number(low, high)(part, desk)
        if value is None:
            return None
        out.append(value)
    if not least <= len(out) <= most:
        many = f"{least}" if least == most else f"{least} to {most}"
        desk.report(
            node.line,
            "there is 1 number here" if len(out) == 1 else f"there are {len(out)} numbers here",
            f"write {many}: [0.4, 0, 0.2]",
            Code.POSE_NUMBER,
        )
        return None
    return tuple(out)


read_places = f.list_of(read_place_or_group)
