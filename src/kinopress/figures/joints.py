"""The joints of a figure: their bones, the words for their movements, and how far they go.

Angles are degrees away from standing straight with the arms hanging and the palms to the thighs. The words
are those of a clinic: `flex` against extension (below 0), `abduct` away from the middle against towards it,
`rotate` outwards against inwards.
"""

from __future__ import annotations

SIDES = ("R", "L")
OTHER = {"R": "L", "L": "R"}

TRUNK = ("pelvis", "spine1", "spine2", "spine3", "neck", "head")
LIMBS = ("clav", "uarm", "farm", "hand", "thigh", "shank", "foot", "toes")
BONES: tuple[str, ...] = (*TRUNK, *(side + limb for side in SIDES for limb in LIMBS))

PARENT: dict[str, str] = {
    "spine1": "pelvis",
    "spine2": "spine1",
    "spine3": "spine2",
    "neck": "spine3",
    "head": "neck",
}
for _side in SIDES:
    PARENT |= {
        f"{_side}clav": "spine3",
        f"{_side}uarm": f"{_side}clav",
        f"{_side}farm": f"{_side}uarm",
        f"{_side}hand": f"{_side}farm",
        f"{_side}thigh": "pelvis",
        f"{_side}shank": f"{_side}thigh",
        f"{_side}foot": f"{_side}shank",
        f"{_side}toes": f"{_side}foot",
    }

TRUNK_RANGES: dict[str, tuple[float, float]] = {
    "pelvis.tilt": (-180, 180),
    "pelvis.side": (-90, 90),
    "pelvis.turn": (-180, 180),
    "lumbar.flex": (-35, 65),
    "lumbar.side": (-35, 35),
    "lumbar.turn": (-40, 40),
    "neck.flex": (-60, 60),
    "neck.side": (-45, 45),
    "neck.turn": (-75, 75),
}
"""How far trunk and neck go, in degrees; the pelvis is turned in the room and has no limit of its own."""

LIMB_RANGES: dict[str, tuple[float, float]] = {
    "clav.forward": (-20, 30),
    "clav.up": (-10, 40),
    "shoulder.flex": (-60, 180),
    "shoulder.abduct": (-50, 180),
    "shoulder.rotate": (-90, 100),
    "elbow.flex": (-5, 150),
    "forearm.pronate": (-10, 170),
    "wrist.flex": (-80, 80),
    "wrist.side": (-25, 35),
    "hip.flex": (-25, 130),
    "hip.abduct": (-35, 60),
    "hip.rotate": (-50, 70),
    "knee.flex": (-5, 150),
    "ankle.flex": (-55, 30),
    "ankle.invert": (-25, 35),
    "toes.flex": (-75, 40),
}
"""How far the joints of a limb go when they are helped, in degrees.

General knowledge of a healthy adult's range, a little generous at the end because a stretch is helped from
outside; not copied from a table. They keep a drawing from the impossible and are no advice to anybody.
"""

MOVEMENTS: tuple[str, ...] = (
    "root.x",
    "root.y",
    "root.z",
    *TRUNK_RANGES,
    *(f"{side}.{name}" for side in SIDES for name in LIMB_RANGES),
)
"""All that a pose can vary: where the pelvis is (metres), then every angle (degrees)."""

INDEX: dict[str, int] = {name: i for i, name in enumerate(MOVEMENTS)}

LIMITS: dict[str, tuple[float, float]] = TRUNK_RANGES | {
    f"{side}.{name}": limits for side in SIDES for name, limits in LIMB_RANGES.items()
}

TRUNK_PARTS: tuple[str, ...] = tuple(dict.fromkeys(name.split(".")[0] for name in TRUNK_RANGES))
LIMB_PARTS: tuple[str, ...] = tuple(dict.fromkeys(name.split(".")[0] for name in LIMB_RANGES))


def movements_of(part: str) -> tuple[str, ...]:
    """The words for what a joint can do: `hip` gives flex, abduct and rotate."""
    every = (*TRUNK_RANGES, *LIMB_RANGES)
    return tuple(name.split(".")[1] for name in every if name.split(".")[0] == part)


def main_movement(part: str) -> str:
    """What a bare number after a joint means: flexion, or turning the palm for the forearm."""
    return movements_of(part)[0]
