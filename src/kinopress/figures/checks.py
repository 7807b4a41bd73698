"""Could a body do what was drawn? What is doubtful, in words, for each pose.

Floor, range and limbs through one another are faults of a drawing; a contact that was not quite met, or an
angle that had to give way to one, is only worth knowing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from kinopress.figures.body import SKIN, Array, Bent, Body
from kinopress.figures.joints import INDEX, LIMITS, MOVEMENTS, SIDES
from kinopress.figures.solve import Poses, Solved

Doubt = Literal[
    "range",
    "floor",
    "contact",
    "crossing",
    "balance",
    "muscle",
    "press",
    "order",
    "words",
    "hidden",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or doubtful.

    Attributes:
        kind: What it is about; `floor`, `range` and `crossing` are faults.
        pose: Name of the pose.
        line: Its line in the pose file.
        what: What happened, as a sentence without a full stop.
        hint: What to do.
    """

    kind: Doubt
    pose: str
    line: int
    what: str
    hint: str


THROUGH_M = 0.03
"""So deep may skin seem to go: that much a real buttock, thigh or ball of the thumb is pressed flat."""
MISSED_M = 0.025
FORCED_DEGREES = 12.0
OVER_DEGREES = 3.0
PRESSED_M = 0.05
"""Deeper than soft parts lie in one another when somebody is folded up: worth a look, no fault."""
SAME_PLACE_M = 0.09
"""So deep in one another, two thighs are in the same place."""
SUNK_M, SUNK_SHARE = 0.01, 0.25
"""A forearm, or an upper arm near its elbow, that is so deep in the trunk with so much of it goes through it."""
RESTS_M = 0.03
"""Skin so near to floor or seat rests on it."""
_HOLDS = {"wall", "on", "at"}
"""Contacts that hold a body up."""
SUPPORT_M = 0.03
"""Feet and knees hold a little beyond the points that are named on them."""


def check(poses: Poses) -> list[Finding]:
    """All findings of a motion's poses, in their order."""
    return [f for solved in poses.solved.values() for f in _of_pose(poses, solved)]


def _of_pose(poses: Poses, solved: Solved) -> list[Finding]:
    bent = poses.solver.bend(solved.q[None])
    found = [*_contacts(poses, solved, bent), *_angles(solved), *_crossings(poses, bent)]
    skin = poses.body.skinned(bent, solved.hands)
    found += _arms_in_trunk(poses.body, bent, skin)
    found += _room(poses, skin[:SKIN])
    found += _balance(poses, solved, bent)
    return [Finding(k, solved.pose.name, solved.pose.line, what, hint) for k, what, hint in found]


Found = list[tuple[Doubt, str, str]]


def _contacts(poses: Poses, solved: Solved, bent: Bent) -> Found:
    out: Found = []
    hint = "ask for other angles, or leave the contact out"
    for c in solved.contacts:
        at = poses.body.at(bent, c.place)[0]
        if c.kind == "point":
            continue
        if c.kind == "touch":
            gap = float(np.linalg.norm(at - poses.body.at(bent, c.other)[0]))
            words = f"“{c.place}” stays {gap * 100:.0f} cm away from “{c.other}”"
        else:
            goal = [(a, g) for a, g in zip(at, c.target, strict=True) if g is not None]
            gap = float(np.linalg.norm([a - g for a, g in goal]))
            where = {
                "floor": "from the floor",
                "wall": "from the wall",
                "keep": "from where it was",
            }.get(c.kind, "from its place")
            words = f"“{c.place}” is {gap * 100:.0f} cm {where}"
        if gap > MISSED_M:
            out.append(("contact", words, hint))
    return out


def spoken(movement: str) -> str:
    """A movement as a coach says it: `R.hip.flex` is “hip flex (R)”."""
    parts = movement.split(".")
    return f"{parts[1]} {parts[2]} ({parts[0]})" if len(parts) == 3 else " ".join(parts)


def _angles(solved: Solved) -> Found:
    out: Found = []
    for name, angle in zip(MOVEMENTS[3:], solved.q[3:], strict=True):
        low, high = LIMITS[name]
        if not low - OVER_DEGREES <= angle <= high + OVER_DEGREES:
            words = (
                f"{spoken(name)} would have to reach {angle:.0f}°, beyond its {low:g}° to {high:g}°"
            )
            out.append(("range", words, "ask for less there, or for contacts that are nearer"))
        elif name in solved.asked and abs(angle - solved.asked[name]) > FORCED_DEGREES:
            words = f"{spoken(name)} was to be {solved.asked[name]:g}°, but contacts make it {angle:.0f}°"
            out.append(("contact", words, "write what it comes to, or change the contacts"))
    return out


def _room(poses: Poses, skin: Array) -> Found:
    out: Found = []
    solver = poses.solver
    depths: list[tuple[str, Array]] = [("the floor", -skin[:, 1])]
    if solver.wall is not None:
        depths.append(("the wall", skin[:, 0] - solver.wall))
    for lowest, highest in solver.boxes:
        depths.append(("a box", np.minimum(skin - lowest, highest - skin).min(1)))
    for what, depth in depths:
        deepest = int(depth.argmax())
        if depth[deepest] > THROUGH_M:
            words = (
                f"{_limb(poses.body.own[deepest])} goes {depth[deepest] * 100:.1f} cm into {what}"
            )
            out.append(("floor", words, "name the places that rest there, or change the angles"))
    return out


_NAMES = {
    "thigh": "thigh",
    "shank": "lower leg",
    "foot": "foot",
    "toes": "toes",
    "clav": "shoulder",
    "uarm": "upper arm",
    "farm": "forearm",
    "hand": "hand",
    "leg": "lower leg",
    "sleeve": "upper arm",
    "thumb": "thumb",
}


def _limb(bone: str) -> str:
    if bone[0] in SIDES and bone[1:] in _NAMES:
        return f"the {'right' if bone[0] == 'R' else 'left'} {_NAMES[bone[1:]]}"
    return {
        "pelvis": "the pelvis",
        "shorts": "the pelvis",
        "head": "the head",
        "neck": "the neck",
    }.get(bone, "the trunk")


def part_name(part: str) -> str:
    """A part of the drawing as a coach says it: `Lfarm` is the left forearm, `shirt` the trunk."""
    return _limb(part)


def _crossings(poses: Poses, bent: Bent) -> Found:
    capsules: dict[str, tuple[Array, Array, float]] = {}
    for s in SIDES:
        for name, a, b, r in (
            ("thigh", "thigh", "shank", 0.065),
            ("shank", "shank", "foot", 0.045),
            ("uarm", "uarm", "farm", 0.040),
            ("farm", "farm", "hand", 0.032),
            ("foot", "foot", "toes", 0.030),
        ):
            capsules[s + name] = (bent[s + a][2][0], bent[s + b][2][0], r)
    neck, breast, loin = (bent[b][2][0] for b in ("neck", "spine3", "spine2"))
    capsules["chest"] = (loin, neck * 0.3 + breast * 0.7, 0.10)
    capsules["belly"] = (bent["pelvis"][2][0], loin, 0.09)
    skull = bent["head"][2][0]
    capsules["head"] = (skull, skull + bent["head"][0][0][:, 1] * 0.1, 0.075)
    names, share = list(capsules), np.linspace(0.12, 0.88, 9)[:, None]
    out: Found = []
    for i, one in enumerate(names):
        for two in names[i + 1 :]:
            if _joined(one, two):
                continue
            (p, q, r), (u, v, w) = capsules[one], capsules[two]
            lines = p + (q - p) * share, u + (v - u) * share
            gap = np.linalg.norm(lines[0][:, None] - lines[1][None], axis=-1).min() - (r + w) * 0.8
            if _may_meet(one, two) and gap > -SAME_PLACE_M:
                if gap < -PRESSED_M:
                    words = f"{_part(one)} is pressed {-gap * 100:.0f} cm into {_part(two)}"
                    out.append(("press", words, "bend a little less, unless it is meant so"))
            elif gap < -(0.03 if "foot" in one + two else 0.015):
                words = f"{_part(one)} goes {-gap * 100:.0f} cm into {_part(two)}"
                out.append(("crossing", words, "move one of them aside"))
    return out


def _part(name: str) -> str:
    return _limb(name) if name[0] in SIDES and name[1:] in _NAMES else f"the {name}"


_TRUNK_SKIN = ("pelvis", "spine1", "spine2", "spine3")
ELBOW_M = 0.13
"""So far from the elbow an upper arm is free of the trunk, on which it lies further up."""


def _arms_in_trunk(body: Body, bent: Bent, skin: Array) -> Found:
    """Arms whose elbow or forearm is below the skin of the trunk: the picture would show an empty sleeve.

    The lines of limbs in `_crossings` know a trunk of one width; a belly and a broad back are wider.
    """
    own = body.own[:SKIN]
    trunk = np.flatnonzero(np.isin(own, _TRUNK_SKIN))[::3]
    place, outwards = skin[trunk], body.normals(skin)[trunk]
    out: Found = []
    for s in SIDES:
        upper = own == f"{s}uarm"
        upper &= np.linalg.norm(skin[:SKIN] - bent[f"{s}farm"][2][0], axis=1) < ELBOW_M
        for part, chosen in ((f"{s}uarm", upper), (f"{s}farm", own == f"{s}farm")):
            points = skin[:SKIN][chosen][::4]
            nearest = np.linalg.norm(points[:, None] - place[None], axis=-1).argmin(1)
            deep = ((place[nearest] - points) * outwards[nearest]).sum(1)
            share = float((deep > SUNK_M).mean())
            if share > SUNK_SHARE:
                words = f"{share:.0%} of {_limb(part)} is inside the trunk"
                out.append(("crossing", words, "move the elbow out: more abduct, or a nearer hand"))
    return out


_JOINED = ({"thigh", "shank"}, {"shank", "foot"}, {"uarm", "farm"})


def _joined(one: str, two: str) -> bool:
    """Whether two parts share a joint."""
    same_limb = one[0] == two[0] and {one[1:], two[1:]} in _JOINED
    return same_limb or {one, two} <= {"chest", "belly", "head"}


def _may_meet(one: str, two: str) -> bool:
    """Thighs, belly and upper arms lie on one another in any deep bend."""
    both = one + two
    return (
        ("thigh" in both and "belly" in both)
        or ("thigh" in both and "chest" in both)
        or ("uarm" in both and "chest" in both)
        or {one, two} == {"Rthigh", "Lthigh"}
    )


_MASSES: tuple[tuple[str, str | None, float], ...] = (
    ("pelvis", "spine2", 0.142),
    ("spine2", "spine3", 0.139),
    ("spine3", "neck", 0.216),
    ("head", None, 0.081),
    *(
        (s + a, None if b is None else s + b, m)
        for s in SIDES
        for a, b, m in (
            ("uarm", "farm", 0.028),
            ("farm", "hand", 0.016),
            ("hand", None, 0.006),
            ("thigh", "shank", 0.1),
            ("shank", "foot", 0.0465),
            ("foot", "toes", 0.0145),
        )
    ),
)
"""Shares of the body's mass, after Winter's tables; the middle of each lies 43 % down its length."""


def _balance(poses: Poses, solved: Solved, bent: Bent) -> Found:
    """A body on its feet, its knees or its seat that nothing else holds can topple."""
    sits = poses.motion.start == "sit"
    seats = {"R sit bone", "L sit bone", "sacrum"}
    held = any(c.kind in _HOLDS and c.place not in seats for c in solved.contacts)
    if poses.motion.start not in {"stand", "kneel", "sit"} or held:
        return []

    def middle(a: str, b: str | None) -> Array:
        near: Array = bent[a][2][0]
        return near * 0.567 + (bent[b][2][0] if b else near) * 0.433

    total = sum(m for *_, m in _MASSES)
    weight = sum((m * middle(a, b) for a, b, m in _MASSES), np.zeros(3)) / total
    skin = poses.body.skinned(bent, solved.hands)[:SKIN:6]
    rests = skin[:, 1] < RESTS_M
    if sits:
        for lowest, highest in poses.solver.boxes:
            above = np.abs(skin[:, 1] - highest[1]) < RESTS_M
            over = (skin[:, [0, 2]] > lowest[[0, 2]]) & (skin[:, [0, 2]] < highest[[0, 2]])
            rests |= above & over.all(1)
    down = skin[rests][:, [0, 2]]
    if len(down) < 3:
        return []
    low, high = down.min(0) - SUPPORT_M, down.max(0) + SUPPORT_M
    out = float(np.maximum(np.maximum(low - weight[[0, 2]], weight[[0, 2]] - high), 0).max())
    if out <= 0.02:
        return []
    on = "its seat and its feet" if sits else "its feet and knees"
    words = f"this body would topple: its weight is {out * 100:.0f} cm outside {on}"
    hint = "bring the hips over the feet, or name what it holds on to"
    if sits:
        hint = "give the pelvis a tilt that is upright (0 on a chair), put the feet on the floor, or name what it leans on"
    return [("balance", words, hint)]


def angle(solved: Solved, movement: str) -> float:
    """An angle of a solved pose, in degrees."""
    return float(solved.q[INDEX[movement]])
