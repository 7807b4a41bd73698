"""One instant of a figure as flat outlines, and which part lies before which."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from kinopress.figures.body import Array, Bent, Body, unit
from kinopress.figures.drawing.cutting import Cutting
from kinopress.figures.drawing.outline import DENSE, even, trace
from kinopress.figures.joints import SIDES
from kinopress.figures.solve import Poses

SCALE = 330.0
"""Units of the picture for a metre."""

SEAMS: dict[str, tuple[str, ...]] = {
    "foot": ("leg",),
    "leg": ("foot",),
    "hand": ("farm", "thumb"),
    "thumb": ("hand",),
    "farm": ("hand",),
    "sleeve": ("shirt",),
    "thigh": ("shorts",),
    "shirt": ("Rsleeve", "Lsleeve"),
    "shorts": ("Rthigh", "Lthigh"),
}
"""Neighbours that share a seam: which of them lies before the other is no matter of depth."""
ON_THE_HEAD = ("hair", "hairback", "bun", "Rear", "Lear")


@dataclass(frozen=True, slots=True)
class Camera:
    """Where we look from, as three axes of the picture in the room."""

    right: Array
    up: Array
    towards: Array

    @classmethod
    def at(cls, round_body: float, high: float) -> Camera:
        """Degrees round the body (0 from ahead, 90 from its right) and above the floor."""
        a, e = np.radians(round_body), np.radians(high)
        towards = np.array([np.cos(a) * np.cos(e), np.sin(e), np.sin(a) * np.cos(e)])
        right = unit(np.cross([0, 1.0, 0], towards))
        return cls(right, np.cross(towards, right), towards)

    def flat(self, points: Array) -> Array:
        """Points of the room in units of the picture."""
        p = np.atleast_2d(points)
        out: Array = np.c_[p @ self.right, -(p @ self.up)] * SCALE
        return out

    def depth(self, points: Array) -> Array:
        """How near points are, in metres."""
        out: Array = np.atleast_2d(points) @ self.towards
        return out


@dataclass(frozen=True, slots=True)
class Shape:
    """A part at one instant.

    Attributes:
        outline: 360 points.
        points: Its vertices in the picture, and `depth`, how near each is.
        rings: Its cuts in the picture, by neighbour.
        behind: A muscle that is on the far side.
    """

    outline: Array
    points: Array
    depth: Array
    rings: dict[str, Array] = field(default_factory=dict)
    behind: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A short line on the body: an eye, a brow, the mouth, the gap between two fingers."""

    on: str
    name: str
    facing: float
    line: Array


@dataclass(frozen=True, slots=True)
class Instant:
    """All that the picture needs to know about one instant."""

    q: Array
    bent: Bent
    skin: Array
    camera: Camera
    shapes: dict[str, Shape | None]
    marks: tuple[Mark, ...]


def instant(
    cutting: Cutting, poses: Poses, q: Array, camera: Camera, hands: dict[str, str]
) -> Instant:
    """The body at an instant, bent, skinned and traced."""
    body = cutting.body
    bent = poses.solver.bend(q[None])
    skin = body.skinned(bent, hands)
    grown, normals = cutting.grown(skin), cutting.grown(body.normals(skin))
    shapes = {name: _shape(cutting, name, grown, normals, camera) for name in cutting.parts}
    if body.name in {"woman", "heavier"}:
        shapes["bun"] = _bun(body, bent, camera)
    marks = (*_face(body, bent, camera), *_fingers(body, bent, camera, hands))
    return Instant(q, bent, skin, camera, shapes, marks)


def _shape(
    cutting: Cutting, name: str, grown: Array, normals: Array, camera: Camera
) -> Shape | None:
    part = cutting.parts[name]
    place = grown[part.ids] + normals[part.ids] * part.swell_m
    points, triangles, behind = camera.flat(place), part.triangles, False
    if part.front:
        a, b, c = (points[triangles[:, k]] for k in range(3))
        area = (b - a)[:, 0] * (c - b)[:, 1] - (b - a)[:, 1] * (c - b)[:, 0]
        facing = area < 0
        if facing.sum() < 8 or np.abs(area[facing]).sum() < 130:
            if "~" not in name:
                return None
            facing, behind = area > 0, True
            if facing.sum() < 4:
                return None
        triangles = triangles[facing]
    outline = trace(points, triangles, blur=0.7 if name[1:] in {"hand", "thumb"} else 1.1)
    if outline is None:
        return None
    rings = {n: points[i] for n, i in part.rings.items()}
    return Shape(even(outline), points, camera.depth(place), rings, behind)


def _bun(body: Body, bent: Bent, camera: Camera) -> Shape:
    middle = body.ride(bent, "head", body.joint["head"] + np.array([-0.108, 0.098, 0]))[0]
    a = np.linspace(0, 2 * np.pi, DENSE, endpoint=False)
    circle = camera.flat(middle) + np.c_[np.cos(a), np.sin(a)] * 0.043 * SCALE
    return Shape(circle, circle, np.full(DENSE, float(camera.depth(middle)[0])))


def _face(body: Body, bent: Bent, camera: Camera) -> list[Mark]:
    out: list[Mark] = []
    turn = bent["head"][1][0]

    def mark(name: str, towards: Array, line: Array) -> None:
        facing = float(turn @ unit(towards) @ camera.towards)
        out.append(Mark("head", name, facing, camera.flat(body.ride(bent, "head", line)[0])))

    for s in SIDES:
        k = 1 if s == "R" else -1
        eye = body.landmark[s + "eye"] + [0.014, -0.002, 0]
        ahead = np.array([1, 0, 0.45 * k])
        lid = [[-0.006, 0.002, 0.015 * k], [0, -0.004, 0.002 * k], [0, 0.001, -0.013 * k]]
        brow = [[-0.008, 0.016, 0.019 * k], [0.002, 0.021, 0.004 * k], [0.004, 0.017, -0.012 * k]]
        mark(f"{s}eye", ahead, eye + np.array(lid))
        mark(f"{s}brow", ahead, eye + np.array(brow))
    v = body.v
    near = (np.abs(v[:, 2]) < 0.004) & (body.own == "head")
    near &= np.abs(v[:, 1] - body.landmark["mouth"][1] + 0.004) < 0.012
    lip = v[near][v[near][:, 0].argmax()]
    mouth = lip + np.array([[-0.010, 0.002, 0.019], [-0.001, -0.002, 0], [-0.010, 0.002, -0.019]])
    mouth[:, 2] -= lip[2]
    mark("mouth", np.array([1.0, 0, 0]), mouth)
    return out


def _fingers(body: Body, bent: Bent, camera: Camera, hands: dict[str, str]) -> list[Mark]:
    """The three gaps between four fingers, where we look on the back of a hand or into its palm."""
    out: list[Mark] = []
    for s in SIDES:
        shape = hands.get(s, "soft")
        facing = abs(float((bent[s + "hand"][0][0] @ [1.0, 0, 0]) @ camera.towards))
        chains = [body.fingers[shape, s, f] for f in ("index", "middle", "ring", "pinky")]
        for k, (one, two) in enumerate(pairwise(chains)):
            gap = 0.5 * (one + two)
            start = gap[0] + (gap[1] - gap[0]) * 0.55
            shorter = min((one[3], two[3]), key=lambda p: float(np.linalg.norm(p - gap[0])))
            end = gap[2] + (0.5 * (gap[3] + shorter) - gap[2]) * 0.8
            line = np.array([start, gap[1] + (gap[2] - gap[1]) * 0.4, end])
            flat = camera.flat(body.ride(bent, s + "hand", line)[0])
            out.append(Mark(f"{s}hand", f"{s}gap{k}", facing, flat))
    return out


Votes = dict[tuple[str, str], float]


CELL = 8.0
"""Units of the squares in which it is asked which part lies before which."""


def cells_of(shape: Shape, chosen: NDArray[np.bool_]) -> int:
    """How many squares of the picture some vertices of a part take."""
    return len(np.unique(np.floor(shape.points[chosen] / CELL).astype(np.int64), axis=0))


def votes(shapes: dict[str, Shape | None]) -> Votes:
    """For each pair of parts that overlap, by how much the first lies before the second."""
    grids: dict[str, tuple[NDArray[np.int64], Array]] = {}
    for name, shape in shapes.items():
        if shape is None or name in ON_THE_HEAD or "~" in name:
            continue
        cells = np.floor(shape.points / CELL).astype(np.int64) @ np.array([1 << 20, 1])
        nearest = np.argsort(-shape.depth, kind="stable")
        own, first = np.unique(cells[nearest], return_index=True)
        grids[name] = (own, shape.depth[nearest][first])
    out: Votes = {}
    for (a, (cells_a, depth_a)), (b, (cells_b, depth_b)) in combinations(grids.items(), 2):
        _, in_a, in_b = np.intersect1d(cells_a, cells_b, assume_unique=True, return_indices=True)
        if len(in_a):
            steps = (depth_a[in_a] - depth_b[in_b]) / 0.04
            out[a, b] = float(np.clip(steps, -1, 1).sum())
    return out


def back_to_front(all_votes: list[Votes], names: list[str], *, bun_before: bool) -> list[str]:
    """The order in which parts are painted: what has the least claim to lie before the rest comes first."""
    weight: Votes = {}
    for counted in all_votes:
        for (a, b), x in counted.items():
            weight[a, b] = weight.get((a, b), 0) + x
            weight[b, a] = weight.get((b, a), 0) - x
    left = [n for n in names if n not in ON_THE_HEAD and "~" not in n]
    out: list[str] = []
    while left:
        claims = {
            a: (
                sum(max(weight.get((a, b), 0), 0) for b in left if b != a),
                sum(weight.get((a, b), 0) for b in left if b != a),
            )
            for a in left
        }
        first = min(left, key=lambda a: claims[a])
        out.append(first)
        left.remove(first)
    for s in SIDES:  # a thumb is drawn with its hand: its own depth says too little
        thumb, hand = f"{s}thumb", f"{s}hand"
        if thumb in out and hand in out:
            before = weight.get((thumb, hand), 0) > 0
            out.remove(thumb)
            out.insert(out.index(hand) + (1 if before else 0), thumb)
    for part in ("Rear", "Lear", "hair"):
        if part in names:
            out.insert(out.index("head") + 1, part)
    boxes = [n for n in names if n.startswith("box")]
    out = [n for n in out if n not in boxes]
    least = 0  # a box is painted after those written before it, and else as early as what it hides allows
    for box in boxes:
        hidden = [i + 1 for i, n in enumerate(out) if weight.get((n, box), 0) < 0]
        out.insert(max([least, *hidden]), box)
        least = out.index(box) + 1
    if "hairback" in names:
        out.insert(out.index("head"), "hairback")
    if "bun" in names:
        top = max(out.index(n) for n in ("hair", "head") if n in out)
        out.insert(top + 1 if bun_before else out.index("head"), "bun")
    return out


def conflicts(
    all_votes: list[Votes], order: list[str], least: float = 6.0
) -> dict[tuple[str, str], int]:
    """Pairs of parts that change places during the movement, so that no one order is right throughout.

    Each with the first of the moments at which the order is wrong. Neighbours of a limb overlap at its joint.
    """
    joined = set()
    for side in SIDES:
        for one, two in (("thigh", "leg"), ("sleeve", "farm")):
            joined |= {(side + one, side + two), (side + two, side + one)}
        for name, others in SEAMS.items():
            one = name if name in {"shirt", "shorts"} else side + name
            for other in others:
                two = other if other in {"shirt", "shorts"} or other[0] in SIDES else side + other
                joined |= {(one, two), (two, one)}
    found: dict[tuple[str, str], int] = {}
    for moment, counted in enumerate(all_votes):
        for (a, b), x in counted.items():
            if not {a, b} <= set(order) or (a, b) in joined:
                continue
            if abs(x) > least and (order.index(a) > order.index(b)) != (x > 0):
                found.setdefault((a, b), moment)
    return found
