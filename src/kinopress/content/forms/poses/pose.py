"""The form of one pose: angles of joints, and what touches what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kinopress.codes import Code
from kinopress.content.forms import scalars as f
from kinopress.content.forms.form import Desk, Field, Form, said
from kinopress.content.forms.poses.words import (
    guess,
    number,
    read_numbers,
    read_place,
    read_place_or_group,
    read_places,
)
from kinopress.content.model.nodes import Fields, Items, Node, Text
from kinopress.figures import joints
from kinopress.figures.pose import HANDS, Pose
from kinopress.problems import quoted


def _point(node: Node, desk: Desk) -> tuple[float | None, ...] | None:
    """A point of the room: ahead, up, right in metres; `free` leaves one of them open, not all."""
    parts = node.items if isinstance(node, Items) else [node]
    is_free = [isinstance(part, Text) and part.text.strip() == "free" for part in parts]
    if all(is_free):
        desk.report(
            node.line,
            "there is no number here, so it is at no point of the room",
            "write at least one: [0.6, 0.4, free]",
            Code.POSE_NUMBER,
        )
        return None
    zero = Text(node.line, "0", "whole")
    pairs = list(zip(parts, is_free, strict=True))
    filled = Items(node.line, [zero if free else part for part, free in pairs])
    values = read_numbers(filled, desk, 3, 3)
    if values is None:
        return None
    return tuple(None if free else v for v, free in zip(values, is_free, strict=True))


def _way(node: Node, desk: Desk) -> tuple[float, ...] | None:
    """A direction: ahead, up, right."""
    values = read_numbers(node, desk, 3, 3)
    if values is None or any(values):
        return values
    desk.report(
        node.line,
        "three times 0 points nowhere",
        "write one that is not 0: [1, 0, 0] is ahead",
        Code.POSE_NUMBER,
    )
    return None


def _palm(node: Node, desk: Desk) -> str | None:
    place = read_place(node, desk)
    if place is None or place.endswith("palm"):
        return place
    message = f"{said(node)} has no fingers that could point"
    desk.report(node.line, message, "write R palm or L palm", Code.POSE_PLACE)
    return None


def _angles(side: str, node: Node, desk: Desk) -> dict[str, float]:
    """The angles below `R`, `L` or `both`, by the names of `joints.MOVEMENTS`."""
    out: dict[str, float] = {}
    if not isinstance(node, Fields):
        desk.report(
            node.line,
            "this should be joints with their angles",
            "write them like {hip: {flex: 90}, knee: 80}",
            Code.POSE_JOINT,
        )
        return out
    for part, value in node.entries.items():
        here = desk.at(part)
        if part not in joints.LIMB_PARTS:
            names = ", ".join(joints.LIMB_PARTS)
            hint = guess(part, joints.LIMB_PARTS, f"choose from {names}")
            here.report(
                node.key_lines[part],
                f"there is no joint {quoted(part)} here",
                hint,
                Code.POSE_JOINT,
            )
            continue
        for movement, angle in _movements(part, value, here):
            for s in joints.SIDES if side == "both" else side:
                out[f"{s}.{part}.{movement}"] = angle
    return out


def _movements(part: str, node: Node, desk: Desk) -> list[tuple[str, float]]:
    out: list[tuple[str, float]] = []
    known = joints.movements_of(part)
    entries = node.entries if isinstance(node, Fields) else {known[0]: node}
    for movement, angle_node in entries.items():
        here = desk.at(movement) if isinstance(node, Fields) else desk
        if movement not in known:
            hint = guess(movement, known, f"choose from {', '.join(known)}")
            line = node.key_lines[movement] if isinstance(node, Fields) else node.line
            here.report(line, f"{part} cannot {quoted(movement)}", hint, Code.POSE_JOINT)
            continue
        angle = number(-180, 180)(angle_node, here)
        if angle is None:
            continue
        low, high = joints.LIMITS.get(f"{part}.{movement}") or joints.LIMITS[f"R.{part}.{movement}"]
        if not low <= angle <= high:
            here.report(
                angle_node.line,
                f"{angle:g}° is further than this joint goes",
                f"{part} {movement} goes from {low:g}° to {high:g}°",
                Code.POSE_RANGE,
            )
            continue
        out.append((movement, angle))
    return out


def _pairs(read: Callable[[Node, Desk], Any], key: Callable[[Node, Desk], str | None]) -> Any:
    """Places with something each: `{R palm: R knee}`."""

    def pairs(node: Node, desk: Desk) -> tuple[tuple[str, Any], ...] | None:
        if not isinstance(node, Fields):
            desk.report(
                node.line,
                "this should be a place with what belongs to it",
                "write it like {R palm: R knee}",
                Code.POSE_PLACE,
            )
            return None
        out = []
        for name, value_node in node.entries.items():
            place = key(Text(node.key_lines[name], name, "text"), desk)
            value = read(value_node, desk.at(name))
            if place is not None and value is not None:
                out.append((place, value))
        return tuple(out)

    return pairs


_CONTACTS = (
    Field("floor", read_places, "What is on the floor.", "[R foot, L knee]"),
    Field("keep", read_places, "What stays where it was in the first pose.", "[R foot]"),
    Field("touch", _pairs(read_place, read_place_or_group), "What meets what.", "{R palm: R knee}"),
    Field("wall", read_places, "What is at the wall.", "[R palm]"),
    Field("on", _pairs(number(0, 2), read_place_or_group), "What rests so many metres above the floor.", "{R heel: 0.45}"),
    Field("at", _pairs(_point, read_place), "What is at a point: ahead, up, right in metres, or free.", "{R heel: [0.6, 0.4, free]}"),
    Field("point", _pairs(_way, _palm), "Where fingers point: ahead, up, right.", "{R palm: [1, 0, 0]}"),
    Field("hands", f.choice(*HANDS), "Hands that touch nothing.", "soft"),
)  # fmt: skip


def _joints_of(name: str) -> Callable[[Node, Desk], dict[str, float]]:
    if name in joints.TRUNK_PARTS:
        return lambda node, desk: {f"{name}.{m}": a for m, a in _movements(name, node, desk)}
    return lambda node, desk: _angles(name, node, desk)


POSE = Form(
    Field("as", f.one_name, "The pose above from which it begins.", "ready"),
    Field("R", _joints_of("R"), "Angles of the right side.", "{hip: {flex: 90}, knee: 80}"),
    Field("L", _joints_of("L"), "Angles of the left side.", "{knee: 10}"),
    Field("both", _joints_of("both"), "Angles of both sides.", "{elbow: 90}"),
    Field("pelvis", _joints_of("pelvis"), "How the pelvis is turned in the room.", "{tilt: 20}"),
    Field("lumbar", _joints_of("lumbar"), "The back.", "{flex: 30}"),
    Field("neck", _joints_of("neck"), "The neck.", "{flex: 20}"),
    *_CONTACTS,
    what="a pose",
)  # fmt: skip
_ANGLES = ("R", "L", "both", "pelvis", "lumbar", "neck")


def read_pose(name: str, line: int, node: Node, desk: Desk, known: list[str]) -> Pose:
    """A pose, without what has a problem.

    Args:
        name: Its name.
        line: The line of the name.
        node: What is written below it.
        desk: Where problems go.
        known: The names of the poses above it.
    """
    values = POSE.read(node, desk) or {}
    start = values.pop("as", None)
    if start is not None and start not in known:
        hint = guess(
            start,
            known,
            f"choose from {', '.join(known)}"
            if known
            else "leave the line out: it is the first pose",
        )
        desk.at("as").report(
            line, f"no pose {quoted(start)} comes above this one", hint, Code.POSE_NAME
        )
        start = None
    angles: dict[str, float] = {}
    for part in ("both", *(a for a in _ANGLES if a != "both")):
        angles |= values.pop(part, {})
    return Pose(name=name, start=start, angles=angles, line=line, **values)
