"""A body: bones and skin of one build, bent by joint angles.

The data are MakeHuman's (CC0; see `data/`, and `scripts/bake_bodies.py` for how they were made). Lengths are
metres, x ahead, y up, z to the body's right; the body is upright at the origin with its arms hanging askew.
"""

from __future__ import annotations

import functools
import io
import lzma
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kinopress.figures.joints import BONES, INDEX, PARENT, SIDES, TRUNK

Array = NDArray[np.float64]
Bent = dict[str, tuple[Array, Array, Array]]
"""A bent skeleton: for each bone its anatomical axes, the turn of its skin, and where its joint is; the
first axis of each counts poses."""

STEP_M = 1e-4
SKIN = 13380
MIRROR = np.diag([1.0, 1.0, -1.0])
FINGERS = ("thumb", "index", "middle", "ring", "pinky")
HIDDEN_HAIR = "hair"


def unit(a: Array) -> Array:
    """Vectors of length 1."""
    out: Array = a / np.maximum(np.linalg.norm(a, axis=-1, keepdims=True), 1e-9)
    return out


_AXES = "xyz"
_TURNS = {"x": (1, 2, "above"), "y": (0, 2, "below"), "z": (0, 1, "above")}
"""Which two rows and columns a turn mixes, and on which side of the diagonal its sine is negative."""


def turned(axis: str, degrees: Array) -> Array:
    """Turns about one axis, one matrix for each angle."""
    a = np.radians(degrees)
    s = np.sin(a)
    one, two, minus = _TURNS[axis]
    out: Array = np.zeros((*a.shape, 3, 3))
    out[..., _AXES.index(axis), _AXES.index(axis)] = 1
    out[..., one, one] = out[..., two, two] = np.cos(a)
    out[..., one, two], out[..., two, one] = (-s, s) if minus == "above" else (s, -s)
    return out


@functools.cache
def _data() -> dict[str, NDArray[Any]]:
    packed = resources.files("kinopress.figures").joinpath("data/bodies.npz.xz").read_bytes()
    with np.load(io.BytesIO(lzma.decompress(packed))) as arrays:
        return dict(arrays)


def _summed(deltas: NDArray[Any]) -> NDArray[np.int64]:
    return np.cumsum(deltas.astype(np.int64), axis=0)


def _triangles(quads: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.vstack([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])


class Body:
    """One build.

    Attributes:
        v: Vertices at rest, n × 3; the skin first, then the hair.
        shapes: The same with the hands flat, soft and holding.
        f: Triangles of the skin; `hair` those of the hair.
        w: Weights of the bones, n × bones.
        joint: Where the bones begin at rest.
        landmark: Eyes, mouth, knuckles, tips.
        axes: Anatomical axes of the bones at rest.
        site: The places of `places`: bone, point at rest, vertex.
        own: The bone that each vertex follows most.
        thumb: Vertices of the thumbs.
    """

    def __init__(self, build: str = "woman") -> None:
        d = _data()
        self.name = build
        steps = _summed(d["v_woman"])
        if build != "woman":
            steps = steps + _summed(d[f"v_{build}"])
        self.v: Array = steps.astype(np.float64) * STEP_M
        self.shapes: dict[str, Array] = {"flat": self.v}
        for shape in ("soft", "grip"):
            moved = self.v.copy()
            moved[d["hand_vertices"].astype(int)] += _summed(d[f"{shape}_{build}"]) * STEP_M
            self.shapes[shape] = moved
        self.f = _triangles(_summed(d["quads"]))
        self.hair = _triangles(_summed(d["hair"]))
        self.w: Array = np.zeros((len(self.v), len(BONES)))
        for bones, weights in zip(d["weight_bones"], d["weights"], strict=True):
            self.w[np.arange(len(self.v)), bones.astype(int)] += weights / 255.0
        self.w /= np.maximum(self.w.sum(1, keepdims=True), 1e-9)
        points = dict(zip(d["point_names"].tolist(), d[f"points_{build}"] * STEP_M, strict=True))
        self.joint: dict[str, Array] = {b: points[b] for b in BONES}
        self.landmark: dict[str, Array] = {k: p for k, p in points.items() if k not in BONES}
        self.thumb = d["thumb"].astype(int)
        self.fingers: dict[tuple[str, str, str], Array] = {}
        for shape in ("flat", "soft", "grip"):
            chains = d[f"fingers_{shape}_{build}"] * STEP_M
            for k, (side, finger) in enumerate((s, f) for s in SIDES for f in FINGERS):
                self.fingers[shape, side, finger] = chains[k]
        self.axes, self.rest_pronation = self._axes()
        self.relative = {
            b: self.joint[b] - self.joint[PARENT[b]] if b in PARENT else self.joint[b] * 0
            for b in BONES
        }
        own = np.array(BONES)[self.w.argmax(1)].astype("<U8")
        own[SKIN:] = HIDDEN_HAIR
        self.own = own
        self.site = self._sites()
        self.vertex_normals = self.normals(self.v)

    def _axes(self) -> tuple[dict[str, Array], dict[str, float]]:
        j, x, out, pronation = self.joint, self.landmark, {}, {}
        across = np.array([0.0, 0.0, 1.0])

        def frame(y: Array, z: Array) -> Array:
            y = unit(y)
            z = unit(z - y * (z @ y))
            return np.stack([np.cross(y, z), y, z], axis=1)

        for b in TRUNK:
            out[b] = np.eye(3)
        for s in SIDES:
            k = 1 if s == "R" else -1
            bend = np.cross(j[s + "farm"] - j[s + "uarm"], j[s + "hand"] - j[s + "farm"])
            out[s + "clav"] = np.eye(3)
            out[s + "uarm"] = frame(j[s + "uarm"] - j[s + "farm"], bend)
            out[s + "farm"] = frame(j[s + "farm"] - j[s + "hand"], bend)
            knuckles = (x[s + "index"] - x[s + "pinky"]) * k
            out[s + "hand"] = frame(j[s + "hand"] - x[s + "middle"], knuckles)
            out[s + "thigh"] = frame(j[s + "thigh"] - j[s + "shank"], across)
            out[s + "shank"] = frame(j[s + "shank"] - j[s + "foot"], across)
            ahead = x[s + "toetip"] - j[s + "foot"]
            ahead = unit(ahead * [1, 0, 1])
            up = np.array([0.0, 1.0, 0.0])
            out[s + "foot"] = out[s + "toes"] = np.stack([ahead, up, np.cross(ahead, up)], axis=1)
            between = out[s + "farm"].T @ out[s + "hand"]
            pronation[s] = float(np.degrees(np.arctan2(between[0, 2], between[2, 2]))) * k
        return out, pronation

    def bend(self, q: Array, base: Array) -> Bent:
        """The skeleton in each of several poses.

        Args:
            q: Poses × movements, in the order of `joints.MOVEMENTS`.
            base: How the body is turned in the room, 3 × 3.
        """
        q = np.atleast_2d(q)
        out: Bent = {}

        def angle(name: str) -> Array:
            values: Array = q[:, INDEX[name]]
            return values

        pelvis = (
            base
            @ turned("z", -angle("pelvis.tilt"))
            @ turned("x", angle("pelvis.side"))
            @ turned("y", -angle("pelvis.turn"))
        )
        out["pelvis"] = (pelvis, pelvis, q[:, :3])

        def child(bone: str, local: Array) -> None:
            axes, skin, place = out[PARENT[bone]]
            here = place + np.einsum("bij,j->bi", skin, self.relative[bone])
            mine = axes @ local
            out[bone] = (mine, mine @ self.axes[bone].T, here)

        def trunk(part: str, share: float) -> Array:
            bent: Array = (
                turned("z", -share * angle(f"{part}.flex"))
                @ turned("x", share * angle(f"{part}.side"))
                @ turned("y", -share * angle(f"{part}.turn"))
            )
            return bent

        for bone, share in (("spine1", 0.4), ("spine2", 0.35), ("spine3", 0.25)):
            child(bone, trunk("lumbar", share))
        for bone in ("neck", "head"):
            child(bone, trunk("neck", 0.5))
        for s in SIDES:
            self._bend_limbs(s, angle, child, out)
        return out

    def _bend_limbs(self, s: str, angle: Any, child: Any, out: Bent) -> None:
        def sided(turn: Array) -> Array:
            return turn if s == "R" else MIRROR @ turn @ MIRROR

        def a(name: str) -> Array:
            values: Array = angle(f"{s}.{name}")
            return values

        child(s + "clav", sided(turned("y", a("clav.forward")) @ turned("x", -a("clav.up"))))
        child(
            s + "uarm",
            sided(
                turned("z", a("shoulder.flex"))
                @ turned("x", -a("shoulder.abduct"))
                @ turned("y", -a("shoulder.rotate"))
            ),
        )
        child(s + "farm", sided(turned("z", a("elbow.flex"))))
        pronation = a("forearm.pronate")
        axes, _, place = out[s + "farm"]
        # the skin of the forearm twists by half of what the hand turns
        half = axes @ sided(turned("y", 0.5 * (pronation - self.rest_pronation[s])))
        child(
            s + "hand",
            sided(
                turned("y", pronation)
                @ turned("z", a("wrist.flex"))
                @ turned("x", -a("wrist.side"))
            ),
        )
        out[s + "farm"] = (axes, half @ self.axes[s + "farm"].T, place)
        child(
            s + "thigh",
            sided(
                turned("z", a("hip.flex"))
                @ turned("x", -a("hip.abduct"))
                @ turned("y", -a("hip.rotate"))
            ),
        )
        child(s + "shank", sided(turned("z", -a("knee.flex"))))
        child(s + "foot", sided(turned("z", a("ankle.flex")) @ turned("x", a("ankle.invert"))))
        child(s + "toes", sided(turned("z", -a("toes.flex"))))

    def ride(self, bent: Bent, bone: str, points: Array) -> Array:
        """Points at rest as they ride on a bone: poses × points × 3."""
        _, skin, place = bent[bone]
        out: Array = (
            np.einsum("bij,nj->bni", skin, np.atleast_2d(points) - self.joint[bone])
            + place[:, None]
        )
        return out

    def at(self, bent: Bent, place: str) -> Array:
        """Where a place is in each pose: poses × 3."""
        bone, point, _ = self.site[place]
        out: Array = self.ride(bent, bone, point)[:, 0]
        return out

    def normal(self, bent: Bent, place: str) -> Array:
        """Which way the skin faces at a place, in each pose."""
        bone, _, vertex = self.site[place]
        out: Array = np.einsum("bij,j->bi", bent[bone][1], self.vertex_normals[vertex])
        return out

    def skinned(self, bent: Bent, hands: dict[str, str]) -> Array:
        """The skin of the first pose, by linear blending of the bones' turns."""
        v = self.v.copy()
        for s in SIDES:
            of_hand = self.w[:, BONES.index(s + "hand")] > 0.01
            v[of_hand] = self.shapes[hands.get(s, "soft")][of_hand]
        turns = np.stack([bent[b][1][0] for b in BONES])
        shifts = np.stack([bent[b][2][0] - bent[b][1][0] @ self.joint[b] for b in BONES])
        both = np.concatenate([turns, shifts[..., None]], -1).reshape(len(BONES), 12)
        blended = (self.w @ both).reshape(-1, 3, 4)
        out: Array = np.einsum("nij,nj->ni", blended[:, :, :3], v) + blended[:, :, 3]
        return out

    def normals(self, v: Array) -> Array:
        """Which way the skin faces at each vertex."""
        f = self.f
        faces = np.cross(v[f[:, 1]] - v[f[:, 0]], v[f[:, 2]] - v[f[:, 0]])
        out = np.zeros_like(v)
        for k in range(3):
            for c in range(3):
                out[:, c] += np.bincount(f[:, k], faces[:, c], len(v))
        return unit(out)

    def _sites(self) -> dict[str, tuple[str, Array, int]]:
        """Finds the vertex of each place: the one that lies furthest in a direction, among those allowed."""
        v, j, own = self.v, self.joint, self.own
        found: dict[str, tuple[str, Array, int]] = {}
        x, y, z = v.T

        def add(name: str, bone: str, allowed: NDArray[np.bool_], score: Array) -> None:
            among = np.where(allowed)[0]
            i = int(among[score[among].argmax()])
            found[name] = (bone, v[i], i)

        middle, head = np.abs(z), j["head"][1]
        torso = np.isin(own, ["pelvis", "spine1", "spine2", "spine3", "Rclav", "Lclav"])
        breast = (middle < 0.05) & torso & (np.abs(y - j["Ruarm"][1] + 0.10) < 0.03)
        low = torso & (middle < 0.03) & (np.abs(y - j["Rthigh"][1] - 0.07) < 0.02)
        add("sacrum", "pelvis", low, -x)
        add("upper back", "spine3", breast, -x)
        add("chest", "spine3", breast, x)
        at_belly = (middle < 0.03) & torso & (np.abs(y - j["spine1"][1] - 0.06) < 0.03)
        add("belly", "spine1", at_belly, x)
        add("head back", "head", own == "head", -x)
        add("forehead", "head", (own == "head") & (middle < 0.01) & (y > head + 0.1), x)
        add("crown", "head", own == "head", y)
        for s in SIDES:
            self._sites_of_side(s, add, torso)
        return found

    def _sites_of_side(self, s: str, add: Any, torso: NDArray[np.bool_]) -> None:
        v, j, own = self.v, self.joint, self.own
        x, y, z = v.T
        out = z * (1 if s == "R" else -1)
        thigh, shank, foot, toes = s + "thigh", s + "shank", s + "foot", s + "toes"
        uarm, farm, hand = s + "uarm", s + "farm", s + "hand"
        hip, knee, ankle = j[thigh], j[shank], j[foot]

        def ring(bone: str, height: float) -> NDArray[np.bool_]:
            chosen: NDArray[np.bool_] = (own == bone) & (np.abs(y - height) < 0.015)
            return chosen

        add(
            f"{s} head side",
            "head",
            (own == "head") & (np.abs(y - j["head"][1] - 0.10) < 0.03),
            out,
        )
        add(f"{s} shoulder", uarm, (own == uarm) | (own == s + "clav"), out * 0.8 + y)
        add(f"{s} shoulder side", uarm, (own == uarm) & (np.abs(y - j[uarm][1]) < 0.03), out)
        blade = torso & (np.abs(out - 0.075) < 0.02)
        add(f"{s} shoulder blade", "spine3", blade & (np.abs(y - j[uarm][1] + 0.03) < 0.02), -x)
        add(f"{s} lower ribs", "spine2", blade & (np.abs(y - j["spine3"][1] - 0.02) < 0.03), -x)
        add(f"{s} waist", "spine1", torso & (np.abs(y - j["spine2"][1]) < 0.02), out)
        hips = np.isin(own, ["pelvis", thigh])
        add(f"{s} hip side", "pelvis", hips & (np.abs(y - hip[1]) < 0.03), out)
        seat = hips & (np.abs(out - abs(hip[2])) < 0.03) & (np.abs(y - hip[1]) < 0.05)
        add(f"{s} buttock", "pelvis", seat, -x)
        bone = hips & (np.abs(out - 0.055) < 0.02) & (x < hip[0] - 0.03)
        add(f"{s} sit bone", "pelvis", bone & (np.abs(y - hip[1] + 0.06) < 0.02), -x)
        rim = hips & (np.abs(out - 0.10) < 0.02) & (np.abs(y - hip[1] - 0.09) < 0.02)
        add(f"{s} hip front", "pelvis", rim, x)
        about = np.isin(own, [thigh, shank]) & (np.abs(y - knee[1]) < 0.025)
        add(f"{s} knee", shank, about, x)
        add(f"{s} knee outside", thigh, about, out)
        add(f"{s} knee inside", thigh, about, -out)
        add(f"{s} knee back", thigh, about, -x)
        for name, share in (("thigh", 0.5), ("thigh low", 0.72)):
            height = float(hip[1] + (knee[1] - hip[1]) * share)
            add(f"{s} {name} outside", thigh, ring(thigh, height), out)
            add(f"{s} {name} back", thigh, ring(thigh, height), -x)
            add(f"{s} {name}" + (" front" if share < 0.6 else ""), thigh, ring(thigh, height), x)
        add(f"{s} thigh inside", thigh, ring(thigh, float(0.5 * (hip[1] + knee[1]))), -out)
        add(f"{s} thigh end", thigh, ring(thigh, float(0.12 * hip[1] + 0.88 * knee[1])), x)
        half = float(0.5 * (knee[1] + ankle[1]))
        for name, score in (
            ("shin", x),
            ("calf", -x),
            ("shin outside", out),
            ("shin inside", -out),
        ):
            add(f"{s} {name}", shank, ring(shank, half), score)
        at_ankle = np.isin(own, [foot, shank]) & (np.abs(y - ankle[1]) < 0.02)
        add(f"{s} ankle outside", shank, at_ankle, out)
        add(f"{s} ankle inside", shank, at_ankle, -out)
        add(f"{s} ankle front", shank, at_ankle, x)
        of_foot = np.isin(own, [foot, toes])
        floor = float(y.min())
        add(f"{s} heel", foot, of_foot & (y < floor + 0.007), -x)
        add(f"{s} ball", foot, (own == foot) & (y < floor + 0.015), x)
        add(f"{s} toe", toes, of_foot, x)
        front = float(j[toes][0])
        ball = of_foot & (y < floor + 0.010) & (np.abs(x - front) < 0.03)
        add(f"{s} ball in", foot, ball, -out)
        add(f"{s} ball out", foot, ball, out)
        add(f"{s} foot outside", foot, of_foot & (y < floor + 0.03), out)
        add(f"{s} foot inside", foot, of_foot & (y < floor + 0.03), -out)
        add(f"{s} instep", foot, (own == foot) & (x > front - 0.03), y)
        add(f"{s} sole", foot, (own == foot) & (np.abs(x - front + 0.06) < 0.02), -y)
        elbow, wrist = j[farm], j[hand]
        along = unit(wrist - elbow)
        near = np.isin(own, [uarm, farm]) & (np.linalg.norm(v - elbow, axis=1) < 0.07)
        add(f"{s} elbow", farm, near, -x - 0.4 * along[0])
        knuckle = self.landmark[s + "middle"]
        palm_way = self.axes[hand][:, 0]
        middle = 0.45 * wrist + 0.55 * knuckle
        palm = (own == hand) & (np.linalg.norm(v - middle, axis=1) < 0.035)
        add(f"{s} palm", hand, palm, v @ palm_way)
        add(f"{s} back of hand", hand, palm, -(v @ palm_way))
        add(f"{s} fingertips", hand, own == hand, v @ unit(knuckle - wrist))
        round_wrist = np.isin(own, [hand, farm]) & (np.linalg.norm(v - wrist, axis=1) < 0.04)
        add(f"{s} wrist", hand, round_wrist, v @ palm_way)
        mid = (own == farm) & (np.linalg.norm(v - 0.5 * (elbow + wrist), axis=1) < 0.05)
        add(f"{s} forearm", farm, mid, -(v @ self.axes[farm][:, 2]) * (1 if s == "R" else -1))
