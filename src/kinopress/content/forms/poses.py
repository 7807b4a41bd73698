"""The form of a pose file: from what a coach wrote to a motion, or problems with their lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from kinopress.codes import Code
from kinopress.content.forms import scalars as f
from kinopress.content.forms.form import Desk, Field, Form, said
from kinopress.content.model.names import either, nearest
from kinopress.content.model.nodes import Fields, Items, Node, Text
from kinopress.figures import joints, muscles, places
from kinopress.figures.pose import BUILDS, HANDS, SKINS, STARTS, Force, Motion, Pose, Prop, Step
from kinopress.patterns import lazily
from kinopress.problems import quoted

_NUMBER = lazily(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
"""As people write a number; `float` would also take 1_0, 1e9 and what is not a number."""


def number(low: float, high: float) -> Callable[[Node, Desk], float | None]:
    """A number between two others."""

    def read(node: Node, desk: Desk) -> float | None:
        if isinstance(node, Text) and _NUMBER.fullmatch(node.text.strip()):
            value = float(node.text)
            if low <= value <= high:
                return value
        desk.report(
            node.line,
            f"{said(node)} is not a number from {low:g} to {high:g}",
            "write such a number, without a unit",
            Code.POSE_NUMBER,
        )
        return None

    return read


def _guess(word: str, names: Iterable[str], otherwise: str) -> str:
    close = nearest(word, names)
    return f"did you mean “{close[0]}”?" if close else otherwise


def _place(node: Node, desk: Desk, known: Iterable[str] = places.PLACES) -> str | None:
    word = " ".join(node.text.split()) if isinstance(node, Text) else ""
    names = {name.casefold(): name for name in known}
    if word.casefold() in names:
        return names[word.casefold()]
    sides = [f"{side} {word}" for side in joints.SIDES]
    if sides[0] in places.PLACES:
        hint = f"say on which side: {either(sides)}"
    else:
        hint = _guess(word, names.values(), "write a place like R heel, L palm or sacrum")
    desk.report(node.line, f"{said(node)} is not a place on the body", hint, Code.POSE_PLACE)
    return None


def _place_or_group(node: Node, desk: Desk) -> str | None:
    return _place(node, desk, (*places.PLACES, *places.GROUPS))


def _numbers(
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
    values = _numbers(filled, desk, 3, 3)
    if values is None:
        return None
    return tuple(None if free else v for v, free in zip(values, is_free, strict=True))


def _way(node: Node, desk: Desk) -> tuple[float, ...] | None:
    """A direction: ahead, up, right."""
    values = _numbers(node, desk, 3, 3)
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
    place = _place(node, desk)
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
            hint = _guess(part, joints.LIMB_PARTS, f"choose from {names}")
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
            hint = _guess(movement, known, f"choose from {', '.join(known)}")
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


_places = f.list_of(_place_or_group)
_CONTACTS = (
    Field("floor", _places, "What is on the floor.", "[R foot, L knee]"),
    Field("keep", _places, "What stays where it was in the first pose.", "[R foot]"),
    Field("touch", _pairs(_place, _place_or_group), "What meets what.", "{R palm: R knee}"),
    Field("wall", _places, "What is at the wall.", "[R palm]"),
    Field("on", _pairs(number(0, 2), _place_or_group), "What rests so many metres above the floor.", "{R heel: 0.45}"),
    Field("at", _pairs(_point, _place), "What is at a point: ahead, up, right in metres, or free.", "{R heel: [0.6, 0.4, free]}"),
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


def _pose(name: str, line: int, node: Node, desk: Desk, known: list[str]) -> Pose:
    values = POSE.read(node, desk) or {}
    start = values.pop("as", None)
    if start is not None and start not in known:
        hint = _guess(
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


def _muscle(node: Node, desk: Desk) -> tuple[str, str] | None:
    word = node.text.strip() if isinstance(node, Text) else ""
    side, _, name = word.partition(" ")
    if side not in joints.SIDES:
        side, name = "", word
    if name in muscles.NAMES:
        return side, name
    hint = _guess(name, muscles.NAMES, "write the file name of its page, like gluteus-medius")
    desk.report(
        node.line, f"{said(node)} is not a muscle that can be shown", hint, Code.POSE_MUSCLE
    )
    return None


def _movement(node: Node, desk: Desk) -> tuple[str, int] | None:
    """A movement in words: `R hip abduct`, `L knee flex -`, or `up` for the whole body."""
    words = node.text.split() if isinstance(node, Text) else []
    sign = -1 if words[-1:] == ["-"] else 1
    words = [w for w in words if w not in {"-", "+"}]
    if words in (["up"], ["down"]):
        return "root.y", 1 if words == ["up"] else -1
    name = ".".join(words)
    if name in joints.LIMITS:
        return name, sign
    known = [n.replace(".", " ") for n in joints.LIMITS]
    part = words[-2] if len(words) > 1 else ""
    if part in {*joints.LIMB_PARTS, *joints.TRUNK_PARTS}:
        hint = f"{part} can {either(list(joints.movements_of(part)))}"
    else:
        hint = _guess(
            " ".join(words),
            known,
            "write it like R hip abduct, or R hip abduct - for the other way",
        )
    desk.report(node.line, f"{said(node)} is not a movement", hint, Code.POSE_JOINT)
    return None


PUSH = Form(
    Field("at", _place, "Where it pushes.", "R knee outside", required=True),
    Field("into", _movement, "Where it would go.", "R hip abduct", required=True),
    what="a push",
)


def _push(node: Node, desk: Desk) -> Force | None:
    values = PUSH.read(node, desk) or {}
    if "at" not in values or "into" not in values:
        return None
    movement, sign = values["into"]
    return Force(values["at"], movement, sign)


STEP = Form(
    Field("pose", f.one_name, "The pose it goes into.", "ready", required=True),
    Field("move", number(0.2, 10), "Seconds of the way there.", "1.5"),
    Field("hold", number(0, 10), "Seconds it stays.", "2"),
    Field("say", f.text, "Words below the picture.", "Open the top knee"),
    Field("count", number(1, 300), "Seconds of the exercise that go by.", "30"),
    Field("work", f.list_of(_muscle), "Muscles that work.", "[gluteus-medius]"),
    Field("stretch", f.list_of(_muscle), "Muscles that are stretched.", "[L psoas-major]"),
    Field("push", _push, "An arrow of force.", "{at: R heel, into: R hip flex -}"),
    Field("key", f.flag, "Is it shown as a still?", "false"),
    what="a step of the film",
)


def _step(node: Node, desk: Desk, known: list[str], side: str) -> Step | None:
    values = STEP.read(node, desk)
    if values is None or "pose" not in values:
        return None
    if values["pose"] not in known:
        hint = _guess(
            values["pose"],
            known,
            f"choose from {', '.join(known)}" if known else "write the pose under poses: first",
        )
        desk.at("pose").report(
            node.line, f"there is no pose {quoted(values['pose'])}", hint, Code.POSE_NAME
        )
        return None

    def sided(found: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        return tuple((s or side, name) for s, name in found)

    return Step(
        pose=values["pose"],
        move_s=values.get("move", 1.5),
        hold_s=values.get("hold", 0.0),
        say=values.get("say", ""),
        count_s=values.get("count"),
        work=sided(values.get("work", ())),
        stretch=sided(values.get("stretch", ())),
        push=values.get("push"),
        key=values.get("key", True),
        line=node.line,
    )


_HOW_THINGS = {
    "wall": "{wall: 0.6}",
    "box": "{box: [0.5, 0.2, 0.6], at: [0.4, 0]}",
    "strap": "{strap: [R palm, R ball]}",
    "band": "{band: [R knee, L knee]}",
    "ball": "{ball: [R knee inside, L knee inside], size: [0.1]}",
    "roller": "{roller: [R thigh front], size: [0.07, 0.5]}",
    "cushion": "{cushion: [R knee], size: [0.16, 0.05]}",
}
"""Each thing as it is written."""


def _thing(node: Node, desk: Desk) -> Prop | None:
    kinds = [k for k in node.entries if k in _HOW_THINGS] if isinstance(node, Fields) else []
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
        every = ", ".join(_HOW_THINGS)
        hint = _guess(
            strange[0] if strange else "",
            _HOW_THINGS,
            f"write one of {every}, like {_HOW_THINGS['box']}",
        )
        desk.report(node.line, message, hint, Code.POSE_THING)
        return None
    kind = kinds[0]
    value = node.entries[kind]
    here = desk.at(kind)
    size = _optional(node, "size", desk, 1, 3, *_SIZES_M)
    at = _optional(node, "at", desk, 2, 3)
    if kind == "wall":
        ahead = _numbers(value, here, 1, 2)
        return None if ahead is None else Prop("wall", at=ahead)
    if kind == "box":
        sides = _numbers(value, here, 3, 3, *_SIZES_M)
        return None if sides is None else Prop("box", at=at or (0.0, 0.0), size=sides)
    if _lies_still(kind, value):
        where_m = _numbers(value, here, 2, 2)
        return None if where_m is None else Prop(kind, at=where_m, size=size)
    where = _places(value, here)
    if not where:
        return None
    if kind in {"strap", "band"} and len(where) < (1 if at else 2):
        here.report(
            value.line,
            "there is only one place here",
            f"write it like {_HOW_THINGS[kind]}",
            Code.POSE_THING,
        )
        return None
    return Prop(kind, places.spread(where), at, size)


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
    return _numbers(node.entries[name], desk.at(name), least, most, *limits) or ()


SEEN = Form(
    Field("from", number(-180, 180), "Degrees round the body: 0 from ahead, 90 from its right.", "80", required=True),
    Field("high", number(-10, 80), "Degrees above the floor.", "12"),
    what="the view",
)  # fmt: skip

POSES_MAX, STEPS_MAX = 16, 32
"""Each takes seconds to solve or to draw; the longest film of this site has five steps."""

FILE = Form(
    Field("start", f.choice(*STARTS), "How the body lies or stands.", "lie back", required=True),
    Field("side", f.choice("R", "L"), "The side of the muscles that name none.", "R"),
    Field("body", f.choice(*BUILDS), "Who does it.", "woman"),
    Field("skin", f.choice(*SKINS), "Whose skin.", "middle"),
    Field("hands", f.choice(*HANDS), "Hands that touch nothing.", "soft"),
    Field("seen", SEEN.read, "From where it is seen.", "{from: 80, high: 12}"),
    Field("things", f.list_of(_thing), "What is in the room or is held.", "[{wall: 0.6}]"),
    Field("poses", lambda node, desk: node, "The poses by name.", "{ready: {floor: [back]}}", required=True),
    Field("film", lambda node, desk: node, "The steps of the film.", "[{pose: ready, hold: 1}]", required=True),
    Field("path", _place, "A place whose way is dotted.", "R knee"),
    Field("back", number(0.2, 10), "Seconds from the last pose to the first.", "1.6"),
    what="a pose file",
)  # fmt: skip


def read_motion(top: Fields, path: str, title: str) -> tuple[Motion | None, list[Any]]:
    """A motion, or `None` with problems.

    Args:
        top: What is in the file.
        path: The file, for the problems.
        title: The exercise's.
    """
    desk = Desk(path, [])
    values = FILE.read(top, desk)
    if values is None or "poses" not in values or "film" not in values:
        return None, desk.problems
    side = values.get("side", "R")
    poses: list[Pose] = []
    written = values["poses"]
    if isinstance(written, Fields):
        for name, node in written.entries.items():
            known = [p.name for p in poses]
            poses.append(
                _pose(name, written.key_lines[name], node, desk.at(f"poses.{name}"), known)
            )
    names = [p.name for p in poses]
    steps_node = values["film"]
    items = steps_node.items if isinstance(steps_node, Items) else []
    steps = [s for n in items if (s := _step(n, desk.at("film"), names, side)) is not None]
    for what, number, most in (("poses", len(poses), POSES_MAX), ("film", len(items), STEPS_MAX)):
        if number > most:
            desk.at(what).report(
                top.key_lines[what],
                f"there are {number} of them, and a figure of one exercise has {most} at most",
                "keep those in which something new begins, since the way between two is drawn by itself",
                Code.FIGURE_LONG,
            )
    if not poses or not items:
        what = "film" if poses else "poses"
        desk.at(what).report(
            top.key_lines[what],
            "there is nothing here that can be drawn",
            f"write it like {FILE.fields[what].example}",
            Code.FIELDS_WANTED,
        )
    walls = any(thing.kind == "wall" for thing in values.get("things", ()))
    for pose in poses:
        if pose.wall and not walls:
            desk.at(f"poses.{pose.name}.wall").report(
                pose.line,
                "there is no wall in the picture",
                f"add a line like things: [{_HOW_THINGS['wall']}]",
                Code.POSE_THING,
            )
    if any(p.severity == "error" for p in desk.problems):
        return None, desk.problems
    seen = values.get("seen") or {}
    motion = Motion(
        title=title,
        start=values.get("start", "stand"),
        poses=tuple(poses),
        film=tuple(steps),
        side=side,
        build=values.get("body", "woman"),
        skin=values.get("skin", "light"),
        hands=values.get("hands", "soft"),
        seen_from=seen.get("from", 80.0),
        seen_high=seen.get("high", 12.0),
        path=values.get("path"),
        back_s=values.get("back", 1.6),
        props=values.get("things", ()),
    )
    return motion, desk.problems
