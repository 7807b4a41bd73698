"""The form of a step of a figure's film: where it goes, how long, what works, which force."""

from __future__ import annotations

from kinopress.codes import Code
from kinopress.content.forms import scalars as f
from kinopress.content.forms.form import Desk, Field, Form, said
from kinopress.content.forms.poses.words import guess, number, read_place
from kinopress.content.model.names import either
from kinopress.content.model.nodes import Items, Node, Text
from kinopress.figures import joints
from kinopress.figures.anatomy import muscles
from kinopress.figures.pose import Force, Step
from kinopress.problems import quoted


def _muscle(node: Node, desk: Desk) -> tuple[str, str] | None:
    word = node.text.strip() if isinstance(node, Text) else ""
    side, _, name = word.partition(" ")
    if side not in joints.SIDES:
        side, name = "", word
    if name in muscles.NAMES:
        return side, name
    hint = guess(
        name,
        muscles.NAMES,
        "nothing of the neck, shoulder or arm can be drawn yet: leave work out there; what can be shown is "
        + ", ".join(muscles.NAMES),
    )
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
        hint = guess(
            " ".join(words),
            known,
            "write it like R hip abduct, or R hip abduct - for the other way",
        )
    desk.report(node.line, f"{said(node)} is not a movement", hint, Code.POSE_JOINT)
    return None


PUSH = Form(
    Field("at", read_place, "Where it pushes.", "R knee outside", required=True),
    Field("into", _movement, "Where it would go.", "R hip abduct", required=True),
    what="a push",
)


def _push(node: Node, desk: Desk) -> Force | None:
    values = PUSH.read(node, desk) or {}
    if "at" not in values or "into" not in values:
        return None
    movement, sign = values["into"]
    return Force(values["at"], movement, sign)


def _pushes(node: Node, desk: Desk) -> tuple[Force, ...] | None:
    """One force, or a list of them: a squeeze comes from both sides."""
    if isinstance(node, Items):
        return f.list_of(_push)(node, desk)
    force = _push(node, desk)
    return None if force is None else (force,)


STEP = Form(
    Field("pose", f.one_name, "The pose it goes into.", "ready", required=True),
    Field("move", number(0.2, 10), "Seconds of the way there.", "1.5"),
    Field("hold", number(0, 10), "Seconds it stays.", "2"),
    Field("say", f.text, "Words below the picture.", "Open the top knee"),
    Field("count", number(1, 300), "Seconds of the exercise that go by.", "30"),
    Field("work", f.list_of(_muscle), "Muscles that work.", "[gluteus-medius]"),
    Field("stretch", f.list_of(_muscle), "Muscles that are stretched.", "[L psoas-major]"),
    Field(
        "push",
        _pushes,
        "An arrow of force, or a list of arrows.",
        "{at: R heel, into: R hip flex -}",
    ),
    Field("key", f.flag, "Is it shown as a still?", "false"),
    what="a step of the film",
    has_tenths=True,
)


def read_step(node: Node, desk: Desk, known: list[str], side: str) -> Step | None:
    """A step of the film, or `None` with problems.

    Args:
        node: What is written.
        desk: Where problems go.
        known: The names of the poses.
        side: Of the muscles that name none.
    """
    values = STEP.read(node, desk)
    if values is None or "pose" not in values:
        return None
    if values["pose"] not in known:
        hint = guess(
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
        pushes=values.get("push", ()),
        key=values.get("key", True),
        line=node.line,
    )
