"""The places of a body that a pose may name, and the groups of them that have a name of their own.

A place on one side is named with it: `R heel`, `L palm`. Which vertex of a body it is, `body` finds out.
"""

from __future__ import annotations

from kinopress.figures.joints import SIDES

MIDDLE: tuple[str, ...] = (
    "sacrum",
    "upper back",
    "chest",
    "belly",
    "head back",
    "forehead",
    "crown",
)
"""Places in the middle of the body."""

ON_A_SIDE: tuple[str, ...] = (
    "head side",
    "shoulder",
    "shoulder side",
    "shoulder blade",
    "lower ribs",
    "waist",
    "hip side",
    "hip front",
    "buttock",
    "sit bone",
    "thigh front",
    "thigh back",
    "thigh outside",
    "thigh inside",
    "thigh low",
    "thigh low back",
    "thigh low outside",
    "thigh end",
    "knee",
    "knee outside",
    "knee inside",
    "knee back",
    "shin",
    "shin outside",
    "shin inside",
    "calf",
    "ankle outside",
    "ankle inside",
    "ankle front",
    "heel",
    "ball",
    "ball in",
    "ball out",
    "toe",
    "foot outside",
    "foot inside",
    "instep",
    "sole",
    "elbow",
    "forearm",
    "wrist",
    "palm",
    "back of hand",
    "fingertips",
)
"""Places that there are on the right and on the left."""

PLACES: tuple[str, ...] = (*MIDDLE, *(f"{side} {name}" for side in SIDES for name in ON_A_SIDE))

GROUPS: dict[str, tuple[str, ...]] = {
    "back": ("sacrum", "R shoulder blade", "L shoulder blade", "head back"),
    "shoulders": ("R shoulder blade", "L shoulder blade", "head back"),
    "seat": ("R sit bone", "L sit bone"),
    "front": ("R hip front", "L hip front", "chest"),
    "feet": ("R heel", "R ball in", "R ball out", "L heel", "L ball in", "L ball out"),
    "hands": ("R palm", "R fingertips", "L palm", "L fingertips"),
}
for _side in SIDES:
    GROUPS |= {
        f"{_side} foot": (f"{_side} heel", f"{_side} ball in", f"{_side} ball out"),
        f"{_side} forefoot": (f"{_side} ball in", f"{_side} ball out"),
        f"{_side} hand": (f"{_side} palm", f"{_side} fingertips"),
        f"{_side} side": (f"{_side} hip side", f"{_side} shoulder side"),
        f"{_side} leg side": (f"{_side} knee outside", f"{_side} ankle outside"),
        f"{_side} shank": (f"{_side} knee", f"{_side} instep"),
    }
"""Several places at once: `R foot` rests on its heel and both edges of its ball."""


def spread(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names of places and groups as places alone."""
    return tuple(place for name in names for place in GROUPS.get(name, (name,)))
