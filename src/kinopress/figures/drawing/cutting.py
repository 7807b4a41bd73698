"""A body cut into the parts of a drawing, once, at rest: garments and limbs that overlap, with straight hems.

Overlapping parts need no exact border: the one that is painted later hides its seam (`outline.seam_gap`).
"""

from __future__ import annotations

import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kinopress.figures.body import Array, Body, unit
from kinopress.figures.drawing.tissue import patch_field
from kinopress.figures.joints import BONES, SIDES

Ints = NDArray[np.int64]
WHOLE = ("head", "hair", "hairback", "bun", "shirt", "shorts")
"""Parts that there are only once; all others are named with their side."""


def kind_of(part: str) -> str:
    """The sort of a part: `Rhand` is a hand, `R~piriformis` a muscle."""
    return "muscle" if "~" in part else part if part in WHOLE else part[1:]


@dataclass(frozen=True, slots=True)
class Part:
    """One part.

    Attributes:
        ids: Its vertices among all, cuts included.
        triangles: Of those, by their place in `ids`.
        swell_m: How far it stands off the skin, as cloth does.
        rings: Where it was cut off a neighbour, by that neighbour's name.
        front: Is only the side that faces us drawn?
    """

    ids: Ints
    triangles: Ints
    swell_m: float
    rings: dict[str, Ints]
    front: bool


Cut = tuple[Array, str | None]


class Cutting:
    """All parts of one body, and the vertices that cuts made."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self.parts: dict[str, Part] = {}
        self._mixed: list[tuple[int, int, float]] = []
        self._head()
        self._trunk()
        for side in SIDES:
            self._limbs(side)

    def copy(self) -> Cutting:
        """The same cuts, to which muscles can be added without these getting them."""
        other = copy.copy(self)
        other.parts, other._mixed = dict(self.parts), list(self._mixed)
        return other

    def add_muscle(self, side: str, name: str) -> None:
        """A patch of skin over a muscle, as one more part."""
        if f"{side}~{name}" not in self.parts:
            everywhere = np.ones(len(self.body.v), bool)
            cut: Cut = (patch_field(self.body, side, name), None)
            self._part(f"{side}~{name}", 0.002, everywhere, cut, front=True)

    def _follows(self, *bones: str) -> Array:
        share: Array = self.body.w[:, [BONES.index(b) for b in bones]].sum(1)
        return share

    def _along(self, a: str, b: str) -> Array:
        j = self.body.joint
        share: Array = ((self.body.v - j[a]) @ unit(j[b] - j[a])) / np.linalg.norm(j[b] - j[a])
        return share

    def _head(self) -> None:
        x, y, z = self.body.v.T
        j = self.body.joint
        trunk = ("spine1", "spine2", "spine3", "Rclav", "Lclav")
        collar = y - (j["neck"][1] - 0.006 - 0.35 * (x - j["neck"][0]))
        above = self._follows("head", "neck", *trunk) > 0.5
        self._part("head", 0, above, (collar, None), (0.085 - np.abs(z), None))
        high, ahead = y - j["head"][1], x - j["head"][0]
        behind = np.maximum(0.092 - (0.03 - ahead) * 1.15, -0.012)
        hairline = np.where(ahead > 0.03, 0.092 + (ahead - 0.03) * 0.42, behind)
        skull = self._follows("head", "neck") > 0.5
        self._part("hairback", 0.015, skull, (high - hairline, None))
        self._part("hair", 0.014, skull, (high - hairline, None), front=True)
        for side in SIDES:
            out = z * (1 if side == "R" else -1)
            ear = (high > 0.03) & (high < 0.11) & (x < 0.05) & (x > -0.03)
            ear_cut: Cut = (np.where(ear, 1.0, -1.0), None)
            of_head = self._follows("head") > 0.9
            self._part(f"{side}ear", 0.004, of_head, (out - 0.0665, None), ear_cut, front=True)

    def _trunk(self) -> None:
        x, y, _ = self.body.v.T
        j = self.body.joint
        below = self._follows("head") < 0.5
        arms = [
            (0.55 - self._follows(f"{s}uarm", f"{s}farm", f"{s}hand"), f"{s}sleeve") for s in SIDES
        ]
        hem: Cut = (y - (j["Rthigh"][1] + 0.045), None)
        neckline: Cut = (j["neck"][1] + 0.012 - 0.35 * (x - j["neck"][0]) - y, None)
        self._part("shirt", 0.010, below, hem, neckline, *arms)
        legs = [
            (
                0.80 - self._follows(*(s + b for b in ("thigh", "shank", "foot", "toes"))),
                f"{s}thigh",
            )
            for s in SIDES
        ]
        no_arms: Cut = (0.5 - self._follows("Rhand", "Lhand", "Rfarm", "Lfarm"), None)
        waist: Cut = (j["Rthigh"][1] + 0.115 - y, None)
        self._part("shorts", 0.007, below, waist, *legs, no_arms)

    def _limbs(self, s: str) -> None:
        everywhere = np.ones(len(self.body.v), bool)
        thigh, uarm = self._along(f"{s}thigh", f"{s}shank"), self._along(f"{s}uarm", f"{s}farm")
        shank, farm = self._along(f"{s}shank", f"{s}foot"), self._along(f"{s}farm", f"{s}hand")
        leg = self._follows(*(s + b for b in ("thigh", "shank", "foot", "toes")))
        arm = self._follows(s + "uarm", s + "farm", s + "hand")
        of_leg, of_arm = leg > 0.3, arm > 0.3
        self._part(f"{s}thigh", 0.007, everywhere, (leg - 0.22, "shorts"), (0.80 - thigh, None))
        self._part(f"{s}leg", 0, of_leg, (thigh - 0.72, None), (1.03 - shank, f"{s}foot"))
        self._part(f"{s}foot", 0, of_leg, (shank - 0.92, f"{s}leg"))
        self._part(f"{s}sleeve", 0.009, everywhere, (arm - 0.22, "shirt"), (0.60 - uarm, None))
        self._part(f"{s}farm", 0, of_arm, (uarm - 0.52, None), (1.02 - farm, f"{s}hand"))
        self._part(f"{s}hand", 0, of_arm, (farm - 0.90, f"{s}farm"))
        thumb = np.full(len(self.body.v), -1.0)
        thumb[self.body.thumb] = 1.0
        self._part(f"{s}thumb", 0, of_arm, (thumb, f"{s}hand"))

    def _part(
        self, name: str, swell: float, where: NDArray[np.bool_], *cuts: Cut, front: bool = False
    ) -> None:
        triangles = self.body.f[where[self.body.f].all(1)]
        rings: dict[str, list[int]] = {}
        for field, neighbour in cuts:
            triangles, ring = self._clip(triangles, field)
            if neighbour is not None:
                rings.setdefault(neighbour, []).extend(ring)
        ids, local = np.unique(triangles, return_inverse=True)
        where_is = {int(g): k for k, g in enumerate(ids)}
        kept = {
            n: np.array([where_is[g] for g in ring if g in where_is], int)
            for n, ring in rings.items()
        }
        self.parts[name] = Part(ids, local.reshape(triangles.shape), swell, kept, front)

    def _clip(self, triangles: Ints, field: Array) -> tuple[Ints, list[int]]:
        """What of the triangles lies where the field is not negative, and the new vertices along the cut."""
        n = len(self.body.v)
        values = np.empty(n + len(self._mixed))
        values[:n] = field
        for k, (i, j, t) in enumerate(self._mixed):
            values[n + k] = (1 - t) * values[i] + t * values[j]
        inside = values[triangles] >= 0
        whole = triangles[inside.all(1)]
        made: dict[tuple[int, int], int] = {}
        new: list[list[int]] = []

        def crossing(i: int, j: int) -> int:
            key = (min(i, j), max(i, j))
            if key not in made:
                a, b = key
                self._mixed.append((a, b, float(values[a] / (values[a] - values[b]))))
                made[key] = n + len(self._mixed) - 1
            return made[key]

        for triangle in triangles[inside.any(1) & ~inside.all(1)].tolist():
            corners: list[int] = []
            for a in range(3):
                i, j = triangle[a], triangle[(a + 1) % 3]
                if values[i] >= 0:
                    corners.append(i)
                if (values[i] >= 0) != (values[j] >= 0):
                    corners.append(crossing(i, j))
            new += [[corners[0], corners[k], corners[k + 1]] for k in range(1, len(corners) - 1)]
        out = np.vstack([whole, np.array(new)]) if new else whole
        return out, list(made.values())

    def grown(self, values: Array) -> Array:
        """Values of the body's vertices, with those of the vertices that cuts made."""
        n = len(values)
        out = np.zeros((n + len(self._mixed), 3))
        out[:n] = values
        source = np.array([[i, j] for i, j, _ in self._mixed])
        share = np.array([t for *_, t in self._mixed])[:, None]
        for _ in range(3):  # a cut of a cut of a cut; parents were made before their children
            out[n:] = (1 - share) * out[source[:, 0]] + share * out[source[:, 1]]
        return out
