"""The form of what is in the room or is held: walls, doorways, boxes, straps, balls."""

from __future__ import annotations

from kinopress.codes import Code
from kinopress.content.forms.form import Desk
from kinopress.content.forms.poses.words import guess, read_numbers, read_places
from kinopress.content.model.nodes import Fields, Items, Node, Text
from kinopress.figures import places as body_places
from kinopress.figures.pose import Prop
from kinopress.problems import quoted

HOW_THINGS = {
    "wall": "{wall: 0.6}",
    "doorway": "{doorway: [0.4, -0.4], size: [0.8, 1.4]}",
    "box": "{box: [0.5, 0.2, 0.6], at: [0.4, 0]}",
    "strap": "{strap: [R palm, R ball]}",
    "band": "{band: [R knee, L knee]}",
    "ball": "{ball: [R knee inside, L knee inside], size: [0.1]}",
    "roller": "{roller: [R thigh front], size: [0.07, 0.5]}",
    "cushion": "{cushion: [R knee], size: [0.16, 0.05]}",
}
"""Each thing as it is written."""


POST_M = 0.12
"""How thick and how wide the posts of a doorway are."""
DOOR_M = (0.8, 1.4)
"""How wide a doorway is, and how much of its height is shown, where nothing is said."""


def stands(found: Prop) -> tuple[Prop, ...]:
    """What a thing is in the room: a doorway is its two posts, which hold and hide a body as boxes do."""
    if found.kind != "doorway":
        return (found,)
    ahead, right = found.at
    wide, high = (*found.size, *DOOR_M[len(found.size) :])
    away = (wide + POST_M) / 2
    size = (POST_M, high, POST_M)
    return tuple(Prop("box", at=(ahead, right + side * away), size=size) for side in (1, -1))


def thing(node: Node, desk: Desk) -> Prop | None:
    """A thing in the picture, or `None` with a problem."""
    kinds = [k for k in node.entries if k in HOW_THINGS] if isinstance(node, Fields) else []
    strange = (
        [k for k in node.entries if k not in {*kinds, "at", "size"}]
        if isinstance(node, Fields)
        else []
    )
    if not isinstance(node, Fields) or len(kinds) != 1 or strange:
        message = (
            f"{quoted(strange[0])} says nothing about a thing"
            if strange
            else "this should be a thing"
        )
        every = ", ".join(HOW_THINGS)
        hint = guess(
            strange[0] if strange else "",
            HOW_THINGS,
            f"write one of {every}, like {HOW_THINGS['box']}",
        )
        desk.report(node.line, message, hint, Code.POSE_THING)
        return None
    kind = kinds[0]
    value = node.entries[kind]
    here = desk.at(kind)
    size = _optional(node, "size", desk, 1, 3, *_SIZES_M)
    at = _optional(node, "at", desk, 2, 3)
    if kind == "wall":
        ahead = read_numbers(value, here, 1, 2)
        return None if ahead is None else Prop("wall", at=ahead)
    if kind == "doorway":
        middle = read_numbers(value, here, 2, 2)
        return None if middle is None else Prop("doorway", at=middle, size=size[:2])
    if kind == "box":
        sides = read_numbers(value, here, 3, 3, *_SIZES_M)
        return None if sides is None else Prop("box", at=at or (0.0, 0.0), size=sides)
    if _lies_still(kind, value):
        where_m = read_numbers(value, here, 2, 2)
        return None if where_m is None else Prop(kind, at=where_m, size=size)
    where = read_places(value, here)
    if not where:
        return None
    if kind in {"strap", "band"} and len(where) < (1 if at else 2):
        here.report(
            value.line,
            "there is only one place here",
            f"write it like {HOW_THINGS[kind]}",
            Code.POSE_THING,
        )
        return None
    return Prop(kind, body_places.spread(where), at, size)


_LIE_STILL = {"ball", "roller", "cushion"}
"""What may lie in the room instead of going with the body."""


_SIZES_M = (0.001, 5.0)
"""How small and how large a thing may be, in metres: nothing has no size, or less than none."""


def _lies_still(kind: str, node: Node) -> bool:
    """Whether a thing stays where it lies: two numbers, ahead and right, instead of places."""
    first = node.items[0] if isinstance(node, Items) and node.items else node
    is_number = isinstance(first, Text) and first.type in {"whole", "decimal"}
    return kind in _LIE_STILL and is_number


def _optional(
    node: Fields, name: str, desk: Desk, least: int, most: int, *limits: float
) -> tuple[float, ...]:
    if name not in node.entries:
        return ()
    return read_numbers(node.entries[name], desk.at(name), least, most, *limits) or ()
