"""What is in the room or is held: mat, wall, boxes, strap, band, ball, roller, cushion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kinopress.figures.body import SKIN, Array, Body
from kinopress.figures.drawing.layers import (
    ON_THE_HEAD,
    SCALE,
    Camera,
    Instant,
    Votes,
    cells_of,
)
from kinopress.figures.pose import Motion, Prop
from kinopress.figures.solve import box_of

WALL_HIGH_M, WALL_WIDE_M, WALL_THICK_M = 1.85, 1.1, 0.1
RESTS_M = 0.01
"""So deep may skin lie in a box that it rests on."""


@dataclass(frozen=True, slots=True)
class Face:
    """A flat side of a thing, as a closed line in the picture."""

    css: str
    line: Array


def mat(instants: list[Instant], camera: Camera) -> tuple[Array, Array]:
    """Middle and half axes of the mat: an ellipse below all that comes near the floor."""
    skin = np.vstack([i.skin[:SKIN:25] for i in instants])
    low = skin[skin[:, 1] < 0.35].copy()
    if len(low) < 3:
        low = skin[skin[:, 1] < np.quantile(skin[:, 1], 0.2)].copy()
    low[:, 1] = 0
    flat = camera.flat(low)
    lowest, highest = flat.min(0), flat.max(0)
    half = (highest - lowest) / 2 + [44, 20]
    half[1] = max(half[1], half[0] * 0.16)
    return (lowest + highest) / 2, half


def standing(motion: Motion, camera: Camera) -> list[Face]:
    """Walls and boxes, which stay where they are."""
    return [face for prop in motion.props for face in faces(prop, camera)]


def faces(prop: Prop, camera: Camera) -> list[Face]:
    """The sides of a wall or of a box that face us; other things have none."""
    if prop.kind == "box":
        return _box(prop, camera)
    if prop.kind != "wall":
        return []
    x, mid = prop.at[0], prop.at[1] if len(prop.at) > 1 else 0.0
    lowest = np.array([x, 0, mid - WALL_WIDE_M / 2])
    return _sides(lowest, lowest + np.array([WALL_THICK_M, WALL_HIGH_M, WALL_WIDE_M]), camera)


def walls_from_behind(motion: Motion, camera: Camera) -> bool:
    """Whether a wall would stand between us and whoever faces it."""
    return camera.towards[0] > 0 and any(prop.kind == "wall" for prop in motion.props)


def _box(prop: Prop, camera: Camera) -> list[Face]:
    return _sides(*box_of(prop), camera)


def _sides(lowest: Array, highest: Array, camera: Camera) -> list[Face]:
    """The three sides of a box or of a wall that face us, the top lightest."""
    (x0, y0, z0), (x1, y1, z1) = lowest, highest
    near_x = x1 if camera.towards[0] > 0 else x0
    near_z = z1 if camera.towards[2] > 0 else z0
    sides = [
        ("u1", [[near_x, y0, z0], [near_x, y0, z1], [near_x, y1, z1], [near_x, y1, z0]]),
        ("u2", [[x0, y0, near_z], [x1, y0, near_z], [x1, y1, near_z], [x0, y1, near_z]]),
        ("u", [[x0, y1, z0], [x1, y1, z0], [x1, y1, z1], [x0, y1, z1]]),
    ]
    return [Face(css, camera.flat(np.array(corners))) for css, corners in sides]


def held_points(prop: Prop, body: Body, moment: Instant) -> Array:
    """Where the places of a thing that is held are, in metres."""
    points = [body.at(moment.bent, p)[0] for p in prop.places]
    if prop.at:  # it is tied to a point of the room, or lies there
        ahead, right, up = (*prop.at, 0.0)[:3]
        points.append(np.array([ahead, up, right]))
    return np.array(points)


def held(prop: Prop, body: Body, moment: Instant) -> tuple[str, Array]:
    """A thing that goes with the body, at an instant: its class, and its line or its round outline."""
    points = held_points(prop, body, moment)
    camera = moment.camera
    if prop.kind == "strap":
        return "p", camera.flat(points)
    if prop.kind == "band":
        return "pb", _loop(camera.flat(points), prop.size[0] if prop.size else 0.06)
    middle = points.mean(0)
    if prop.kind == "roller":
        return "pr", _roller(middle, prop, camera)
    radius = prop.size[0] if prop.size else 0.1
    high = prop.size[1] if len(prop.size) > 1 else radius
    if prop.kind == "cushion":
        middle = middle * [1, 0, 1] + [0, high, 0]
    return ("pr" if prop.kind == "cushion" else "pc"), _ellipse(middle, radius, high, camera)


def gap(ball: Prop, body: Body, moments: list[Instant], order: list[str]) -> int:
    """How many parts of the body, in the order of painting, are painted before a ball.

    A ball between the knees lies before the trunk and behind the near thigh. Each vertex that shares
    its place in the picture with the ball says where the ball belongs; the gap that contradicts
    fewest is taken.
    """
    wrong = np.zeros(len(order) + 1)
    radius = ball.size[0] if ball.size else 0.1
    for moment in moments:
        middle = held_points(ball, body, moment).mean(0)
        if ball.at and not ball.places:
            middle = middle * [1, 0, 1] + [0, radius, 0]
        flat, depth = moment.camera.flat(middle)[0], moment.camera.depth(middle)[0]
        for i, name in enumerate(order):
            shape = moment.shapes.get(name)
            if shape is None or not len(shape.points):
                continue
            near = np.linalg.norm(shape.points - flat, axis=1) < radius * SCALE
            nearer = int((shape.depth[near] > depth).sum())
            wrong[i + 1 :] += nearer  # it is painted first, and the ball over it
            wrong[: i + 1] += int(near.sum()) - nearer
    return int(wrong.argmin())


def box_votes(motion: Motion, moment: Instant) -> Votes:
    """For each part of the body and each box, by how much the part lies before the box.

    Feet under a sofa are hidden by it, and whoever sits on it hides it. From each vertex we look towards
    ourselves: a box that is met on the way is in front of it, one that is met looking away is behind it.
    """
    camera, out = moment.camera, Votes()
    towards = np.where(np.abs(camera.towards) < 1e-9, 1e-9, camera.towards)
    for box, prop in boxes(motion):
        lowest, highest = box_of(prop)
        rests = np.minimum(RESTS_M, (highest - lowest) / 4)  # what rests on it is not in it
        lowest, highest = lowest + rests, highest - rests
        for name, shape in moment.shapes.items():
            if shape is None or "~" in name or name in ON_THE_HEAD:
                continue
            flat = shape.points / SCALE
            place = flat[:, :1] * camera.right - flat[:, 1:] * camera.up
            place = place + shape.depth[:, None] * camera.towards
            one, two = (lowest - place) / towards, (highest - place) / towards
            enters, leaves = np.minimum(one, two).max(1), np.maximum(one, two).min(1)
            meets = enters < leaves
            before, behind = (
                cells_of(shape, meets & (leaves < 0)),
                cells_of(shape, meets & (enters > 0)),
            )
            if before or behind:
                out[name, box] = float(before - behind)
    return out


def boxes(motion: Motion) -> list[tuple[str, Prop]]:
    """The boxes, each with the name that it has in the order of painting."""
    return [(f"box{i}", prop) for i, prop in enumerate(motion.props) if prop.kind == "box"]


def _ellipse(middle: Array, radius: float, high: float, camera: Camera) -> Array:
    a = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    power = 1.0 if high == radius else 0.7
    round_x = np.sign(np.cos(a)) * np.abs(np.cos(a)) ** power * radius
    round_y = np.sign(np.sin(a)) * np.abs(np.sin(a)) ** power * high
    out: Array = camera.flat(middle) + np.c_[round_x, round_y] * SCALE
    return out


def _loop(points: Array, width: float) -> Array:
    """A band round two limbs: a long ring through the places."""
    a, b = points[0], points[-1]
    along = b - a
    length = max(float(np.linalg.norm(along)), 1e-6)
    along = along / length
    aside = np.array([-along[1], along[0]])
    half = width * SCALE / 2
    steps = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    reach = length / 2 + half * 0.6
    long, wide = np.outer(np.cos(steps), along) * reach, np.outer(np.sin(steps), aside) * half
    out: Array = (a + b) / 2 + long + wide
    return out


def _roller(middle: Array, prop: Prop, camera: Camera) -> Array:
    """A roller lies across: the outline of a cylinder with its axis to the right."""
    return _hull(np.vstack([_roller_end(middle, prop, camera, side) for side in (-1, 1)]))


def roller_end(prop: Prop, body: Body, moment: Instant) -> Array:
    """The end of a roller that faces us: without it a roller might be a cushion."""
    middle = held_points(prop, body, moment).mean(0)
    side = 1 if moment.camera.towards[2] > 0 else -1
    return _roller_end(middle, prop, moment.camera, side)[::2]


def _roller_end(middle: Array, prop: Prop, camera: Camera, side: int) -> Array:
    radius = prop.size[0] if prop.size else 0.07
    half = (prop.size[1] if len(prop.size) > 1 else 0.45) / 2
    a = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    ring = np.c_[np.cos(a) * radius, np.sin(a) * radius, np.full_like(a, side * half)]
    out: Array = camera.flat(middle * [1, 0, 1] + [0, radius, 0] + ring)
    return out


def _hull(points: Array) -> Array:
    """The smallest convex outline round points, thinned to 16 (monotone chain)."""
    p = points[np.lexsort((points[:, 1], points[:, 0]))]

    def chain(row: Array) -> list[Array]:
        out: list[Array] = []
        for q in row:
            while len(out) > 1:
                a, b = out[-1] - out[-2], q - out[-2]
                if a[0] * b[1] - a[1] * b[0] > 0:
                    break
                out.pop()
            out.append(q)
        return out[:-1]

    return np.array(chain(p) + chain(p[::-1]))
