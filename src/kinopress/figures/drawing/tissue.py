"""Muscles on a bent body: patches of skin, ribbons from bone to bone, and how long they are."""

from __future__ import annotations

import numpy as np

from kinopress.figures.anatomy.muscles import PATCHES
from kinopress.figures.anatomy.ribbons import RIBBONS, Station
from kinopress.figures.body import Array, Bent, Body

TRUNK_RADIUS_M, THIGH_RADIUS_M, SHANK_RADIUS_M = 0.12, 0.075, 0.05


def patch_field(body: Body, side: str, name: str) -> Array:
    """How far each vertex at rest lies inside a muscle's patch, in metres; below 0 outside."""
    bone, polygon = PATCHES[name]
    j, v = body.joint, body.v
    mirrored = 1 if side == "R" else -1
    if bone == "trunk":
        hips = 0.5 * (j["Rthigh"] + j["Lthigh"]) + [0, 0.06, 0]
        top = j["neck"]
        length, radius = float(top[1] - hips[1]), TRUNK_RADIUS_M
        share = (v[:, 1] - hips[1]) / length
        ahead, out = v[:, 0] - 0.5 * (hips[0] + top[0]), v[:, 2] * mirrored
        trunk = ["pelvis", "spine1", "spine2", "spine3", "Rclav", "Lclav", "Rthigh", "Lthigh"]
        allowed = np.isin(body.own, trunk)
    else:
        start, end = j[side + bone], j[side + ("shank" if bone == "thigh" else "foot")]
        length = float(np.linalg.norm(end - start))
        away, axes = v - start, body.axes[side + bone]
        share = away @ ((end - start) / length) / length
        ahead, out = away @ axes[:, 0], away @ axes[:, 2] * mirrored
        radius = THIGH_RADIUS_M if bone == "thigh" else SHANK_RADIUS_M
        near = [*(side + b for b in ("thigh", "shank", "foot")), "pelvis", "spine1", "spine2"]
        allowed = np.isin(body.own, near) & (v[:, 2] * mirrored > -0.002)
        if bone == "thigh":  # above the hip joint the chart stands upright, as the pelvis does
            above = share < 0
            ahead = np.where(above, away[:, 0], ahead)
            out = np.where(above, away[:, 2] * mirrored, out)
            share = np.where(above, -away[:, 1] / length, share)
    round_bone = np.degrees(np.arctan2(out, ahead))
    lowest = min(a for a, _ in polygon)
    round_bone = np.where(round_bone < lowest - 60, round_bone + 360, round_bone)
    scale = np.array([np.radians(1) * radius, length])
    inside = _inside(np.array(polygon) * scale, np.c_[round_bone, share] * scale)
    return np.where(allowed, inside, -1.0)


def _inside(corners: Array, points: Array) -> Array:
    """Distance of points from a polygon's border, positive inside it."""
    nearest = np.full(len(points), 1e9)
    within = np.zeros(len(points), bool)
    for a, b in zip(corners, np.roll(corners, -1, 0), strict=True):
        edge = b - a
        t = np.clip(((points - a) @ edge) / (edge @ edge), 0, 1)
        nearest = np.minimum(nearest, np.linalg.norm(points - (a + t[:, None] * edge), axis=1))
        spans = (a[1] > points[:, 1]) != (b[1] > points[:, 1])
        crossing = edge[0] * (points[:, 1] - a[1]) / (edge[1] + 1e-12) + a[0]
        within ^= spans & (points[:, 0] < crossing)
    out: Array = np.where(within, nearest, -nearest)
    return out


def place_of(body: Body, bent: Bent, side: str, station: Station) -> Array:
    """Where a station is in the room."""
    a, b, c = station.place
    j, k = body.joint, 1 if side == "R" else -1
    hip = j[side + "thigh"]
    if station.frame == "pelvis":
        point, bone = hip + np.array([a, b, c * k]), "pelvis"
    elif station.frame == "foot":
        bone = side + "foot"
        point = j[bone] + [a, b, c * k]
    elif station.frame == "spine":
        point = hip + np.array([b, a, c * k])
        bone = "pelvis" if a < 0.1 else "spine1" if a < 0.19 else "spine2" if a < 0.33 else "spine3"
    else:
        bone = side + station.frame
        end = j[side + ("shank" if station.frame == "thigh" else "foot")]
        point = j[bone] + (end - j[bone]) * a + body.axes[bone] @ np.array([b, 0, c * k])
    out: Array = body.ride(bent, bone, point)[0, 0]
    return out


def length(body: Body, bent: Bent, side: str, name: str) -> float:
    """How long a ribbon's first piece is along its middle, in metres."""
    edges = [[place_of(body, bent, side, s) for s in edge] for edge in RIBBONS[name][0].edges]
    middle = np.mean(np.array(edges), axis=0)
    return float(np.linalg.norm(np.diff(middle, axis=0), axis=1).sum())


def smooth(points: list[Array], count: int) -> Array:
    """So many points of a curve through all of them (Catmull and Rom)."""
    p = np.array(points)
    s = np.linspace(0, len(p) - 1, count)
    i = np.clip(s.astype(int), 0, len(p) - 2)
    f = (s - i)[:, None]
    wide = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    a, b, c, d = wide[i], wide[i + 1], wide[i + 2], wide[i + 3]
    out: Array = 0.5 * (
        2 * b + (c - a) * f + (2 * a - 5 * b + 4 * c - d) * f**2 + (3 * b - a - 3 * c + d) * f**3
    )
    return out


def ribbons(
    body: Body, bent: Bent, side: str, name: str, right: Array, up: Array, scale: float
) -> list[Array]:
    """The outlines of a ribbon's pieces in the picture: two points for each station, 12 at least."""

    def project(p: Array) -> Array:
        flat: Array = np.c_[p @ right, -(p @ up)] * scale
        return flat

    out = []
    for edges in (piece.edges for piece in RIBBONS[name]):
        count = max(6, len(edges[0]))
        lines = [
            project(smooth([place_of(body, bent, side, s) for s in edge], count)) for edge in edges
        ]
        if len(lines) == 1:
            half = [s.half_m for s in edges[0]]
            width = np.interp(np.linspace(0, len(half) - 1, count), range(len(half)), half) * scale
            along = np.gradient(lines[0], axis=0)
            along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-6)
            aside = np.c_[-along[:, 1], along[:, 0]] * width[:, None]
            lines = [lines[0] + aside, lines[0] - aside]
        out.append(np.vstack([lines[0], lines[1][::-1]]))
    return out
