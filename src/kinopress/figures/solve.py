"""From wishes to a pose that a body can stand in: contacts are met, angles are wishes, ranges bind.

Every movement is varied at once by damped least squares (Levenberg and Marquardt). What is weighed: how far an
angle is from what was asked, in units of how much that matters; how far a contact is from being met, in units
of a few millimetres; what goes through the floor, a wall, a box or another limb.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kinopress.figures.body import SKIN, Array, Bent, Body, unit
from kinopress.figures.joints import BONES, INDEX, LIMITS, MOVEMENTS, SIDES
from kinopress.figures.places import GROUPS, spread
from kinopress.figures.pose import Motion, Pose, Prop

START_AXES: dict[str, Array] = {
    "stand": np.eye(3),
    "kneel": np.eye(3),
    "sit": np.eye(3),
    "all fours": np.array([[0, 1, 0], [-1, 0, 0], [0, 0, 1.0]]),
    "lie back": np.array([[0, -1, 0], [1, 0, 0], [0, 0, 1.0]]),
    "lie front": np.array([[0, 1, 0], [-1, 0, 0], [0, 0, 1.0]]),
    "lie left": np.array([[0, 1, 0], [0, 0, 1], [1, 0, 0.0]]),
    "lie right": np.array([[0, -1, 0], [0, 0, -1], [1, 0, 0.0]]),
}
"""How the pelvis is turned in the room at the start."""

AT_EASE = {
    "forearm.pronate": 60.0,
    "elbow.flex": 8.0,
    "shoulder.abduct": 8.0,
    "wrist.flex": 5.0,
    "ankle.flex": -5.0,
}
FOOT_AT_EASE_LYING = -35.0
ON_ALL_FOURS = {"wrist.flex": -75.0, "forearm.pronate": 160.0}
"""A hand that bears weight is bent back, with its fingers ahead; sought from elsewhere, they end up at the knees.

So is a hand flat on a wall: sought from elsewhere, it is bent over and hangs on it as on an edge.
"""
AHEAD = (1.0, 0.0, 0.0)
SAMPLES = 260
"""So many points of the skin are held out of floor, wall and boxes while a pose is searched for."""
HAND_SAMPLES = 30
DECIMALS = (4, 2)
"""Decimals of a place in metres and of an angle: another processor's last digits must not change a drawing."""

_ARM = (("uarm", "farm"), ("farm", "hand"))
APART: tuple[tuple[str, str, float, str, str, float], ...] = (
    *(
        (f"{s}farm", f"{s}hand", 0.030, o + a, o + b, r)
        for s in SIDES
        for o in SIDES
        for a, b, r in (("thigh", "shank", 0.062), ("shank", "foot", 0.045))
    ),
    *((f"{s}farm", f"{s}hand", 0.030, "spine2", "neck", 0.105) for s in SIDES),
    ("Rshank", "Rfoot", 0.042, "Lthigh", "Lshank", 0.060),
    ("Lshank", "Lfoot", 0.042, "Rthigh", "Rshank", 0.060),
    ("Rshank", "Rfoot", 0.042, "Lshank", "Lfoot", 0.042),
    *((f"R{a}", f"R{b}", 0.035, f"L{c}", f"L{d}", 0.035) for a, b in _ARM for c, d in _ARM),
)
"""Pairs of limbs as capsules (two joints and a radius in metres) that are kept from one another."""
_ENDS = tuple(zip(*((a, b, c, d) for a, b, _, c, d, _ in APART), strict=True))
_RADII = np.array([r + w for _, _, r, _, _, w in APART])


@dataclass(frozen=True, slots=True, eq=False)
class Contact:
    """One thing that must meet another; equal in kind and places means the same contact in another pose."""

    kind: str
    place: str
    other: str = ""
    target: tuple[float | None, float | None, float | None] = (None, None, None)

    @property
    def key(self) -> tuple[str, str, str]:
        """What is the same contact in another pose."""
        return (self.kind, self.place, self.other)

    def on_the_way_to(self, other: Contact, share: float) -> Contact:
        """The same contact at a share of the way to another pose: where it is asked for moves with the body."""
        x, y, z = (
            None if a is None or b is None else a + (b - a) * share
            for a, b in zip(self.target, other.target, strict=True)
        )
        return replace(self, target=(x, y, z))


@dataclass(frozen=True, slots=True)
class Solved:
    """A pose that was found.

    Attributes:
        q: All movements, in the order of `joints.MOVEMENTS`.
        contacts: What it had to meet.
        asked: The angles that were asked for, with those of the poses it begins from.
    """

    pose: Pose
    q: Array
    contacts: tuple[Contact, ...]
    asked: dict[str, float]
    hands: dict[str, str]


def box_of(prop: Prop) -> tuple[Array, Array]:
    """The lowest and the highest corner of a box."""
    length, height, width = prop.size
    ahead, right, low = (*prop.at, 0.0)[:3]
    lowest = np.array([ahead - length / 2, low, right - width / 2])
    return lowest, lowest + np.array([length, height, width])


@functools.lru_cache(maxsize=2)
def _samples(body: Body) -> NDArray[np.int64]:
    """Points of the skin, each as far as possible from those before (and all the named places)."""
    skin = body.v[:SKIN]
    chosen = [int(skin[:, 1].argmin())]
    away = np.linalg.norm(skin - skin[chosen[0]], axis=1)
    while len(chosen) < SAMPLES:
        chosen.append(int(away.argmax()))
        away = np.minimum(away, np.linalg.norm(skin - skin[chosen[-1]], axis=1))
    for side in SIDES:  # a hand on the floor touches it with many points
        of_hand = np.where(body.own[:SKIN] == side + "hand")[0]
        some = [int(of_hand[0])]
        away = np.linalg.norm(skin[of_hand] - skin[some[0]], axis=1)
        while len(some) < HAND_SAMPLES:
            some.append(int(of_hand[away.argmax()]))
            away = np.minimum(away, np.linalg.norm(skin[of_hand] - skin[some[-1]], axis=1))
        chosen += some
    return np.array(sorted({*chosen, *(i for _, _, i in body.site.values())}))


class Solver:
    """Looks for poses of one body in one room."""

    def __init__(self, body: Body, motion: Motion) -> None:
        self.body, self.motion = body, motion
        self.base = START_AXES[motion.start]
        self.lying = motion.start.startswith("lie")
        self.wall = next((p.at[0] for p in motion.props if p.kind == "wall"), None)
        self.boxes = [box_of(p) for p in motion.props if p.kind == "box"]
        self.low = np.array([LIMITS.get(m, (-9, 9))[0] for m in MOVEMENTS], float)
        self.high = np.array([LIMITS.get(m, (-9, 9))[1] for m in MOVEMENTS], float)
        ids = _samples(body)
        self._weights, self._points = body.w[ids], np.c_[body.v[ids], np.ones(len(ids))]

    def bend(self, q: Array) -> Bent:
        """The skeleton in this room."""
        return self.body.bend(q, self.base)

    def at_ease(self) -> Array:
        """The starting position before anything was asked."""
        q = np.zeros(len(MOVEMENTS))
        q[1] = 0.1 if self.lying else 0.9
        for s in SIDES:
            for name, angle in AT_EASE.items():
                q[INDEX[f"{s}.{name}"]] = angle
            if self.lying:
                q[INDEX[f"{s}.ankle.flex"]] = FOOT_AT_EASE_LYING
        return q

    def residuals(
        self, q: Array, wish: Array, matter: Array, contacts: tuple[Contact, ...], *, apart: bool
    ) -> Array:
        """All that is not as it should be, for each of several poses; near 1 is as good as met."""
        bent = self.bend(q)
        out = [(q - wish) / matter]
        out.append((np.minimum(q - self.low, 0) + np.maximum(q - self.high, 0)) / 1.5)
        points = self._skin_points(bent)
        out.append(np.minimum(points[:, :, 1], 0) / 0.004)
        if self.wall is not None:
            out.append(np.maximum(points[:, :, 0] - self.wall, 0) / 0.006)
        for lowest, highest in self.boxes:
            inside = np.minimum(points - lowest, highest - points).min(2)
            out.append(np.maximum(inside, 0) / 0.006)
        if apart:
            out.append(self._too_near(bent))
        for contact in contacts:
            out += self._contact(bent, contact)
        return np.concatenate(out, 1)

    def _skin_points(self, bent: Bent) -> Array:
        joints = np.stack([self.body.joint[b] for b in BONES])
        turns = np.stack([bent[b][1] for b in BONES], 1)
        places = np.stack([bent[b][2] for b in BONES], 1)
        shifts = places - np.einsum("bkij,kj->bki", turns, joints)
        both = np.concatenate([turns, shifts[..., None]], -1).reshape(len(turns), len(BONES), 12)
        blended = (self._weights @ both).reshape(len(turns), -1, 3, 4)
        out: Array = np.einsum("bnij,nj->bni", blended, self._points)
        return out

    def _too_near(self, bent: Bent) -> Array:
        share = np.linspace(0.1, 0.9, 7)[None, None, :, None]
        p, q, u, v = (np.stack([bent[bone][2] for bone in bones], 1)[:, :, None] for bones in _ENDS)
        one, two = p + (q - p) * share, u + (v - u) * share
        between = one[:, :, :, None] - two[:, :, None]
        gap = np.sqrt((between * between).sum(-1).min((2, 3)))
        out: Array = np.minimum(gap - _RADII * 0.85, 0) / 0.008
        return out

    def _contact(self, bent: Bent, contact: Contact) -> list[Array]:
        at = self.body.at(bent, contact.place)
        is_palm = contact.place.endswith("palm")
        if contact.kind == "touch":
            out = [(at - self.body.at(bent, contact.other)) / 0.005]
            if is_palm or contact.place.endswith("hand"):
                facing = self.body.normal(bent, contact.place)
                out.append((facing + self.body.normal(bent, contact.other)) * 0.9)
            return out
        if contact.kind == "point":
            fingers = self.body.at(bent, contact.place.replace("palm", "fingertips"))
            way = unit(fingers - self.body.at(bent, contact.place[0] + " wrist"))
            return [way - np.array(contact.target, float)]
        free = [i for i, x in enumerate(contact.target) if x is not None]
        goal = np.array([contact.target[i] for i in free], float)
        near = 0.003 if contact.kind in {"floor", "keep"} else 0.004
        out = [(at[:, free] - goal) / near]
        if is_palm and contact.kind in {"floor", "wall"}:
            ahead = np.array([0, -1.0, 0]) if contact.kind == "floor" else np.array([1.0, 0, 0])
            out.append((self.body.normal(bent, contact.place) - ahead) * 1.2)
            if contact.kind == "wall":
                fingers = self.body.at(bent, contact.place[0] + " fingertips")
                way = unit(fingers - self.body.at(bent, contact.place[0] + " wrist"))
                out.append((way - np.array([0, 1.0, 0])) * 0.8)
        return out

    def cost(self, q: Array, wish: Array, matter: Array, contacts: tuple[Contact, ...]) -> float:
        """The sum of squares of what is not as it should be."""
        r = self.residuals(q[None], wish, matter, contacts, apart=True)[0]
        return float(r @ r)

    def search(
        self,
        wish: Array,
        matter: Array,
        contacts: tuple[Contact, ...],
        start: Array,
        *,
        apart: bool = True,
        rounds: int = 40,
    ) -> Array:
        """The pose nearest to the wishes that meets the contacts, sought from a start."""
        q = start.copy()
        step = np.full(len(MOVEMENTS), 0.05)
        step[:3] = 2e-4
        damping = 1e-2
        r = self.residuals(q[None], wish, matter, contacts, apart=apart)[0]
        cost = r @ r
        for turn in range(rounds):
            tried = self.residuals(q + np.diag(step), wish, matter, contacts, apart=apart)
            slope = ((tried - r) / step[:, None]).T
            square, pull = slope.T @ slope, slope.T @ r
            for _ in range(6):
                damped = square + damping * np.diag(np.diag(square) + 1e-6)
                move = -np.linalg.solve(damped, pull)
                move[3:] = np.clip(move[3:], -25, 25)
                r_next = self.residuals((q + move)[None], wish, matter, contacts, apart=apart)[0]
                if r_next @ r_next < cost:
                    break
                damping *= 4
            else:
                break
            small = cost - r_next @ r_next < 1e-4 * cost
            q, r, cost, damping = q + move, r_next, r_next @ r_next, max(damping / 5, 1e-6)
            if small and turn > 3:
                break
        return q


ARM = {"shoulder", "elbow", "forearm", "wrist", "clav"}
ASKED = 3.0
"""An angle that was asked for gives way by about so many degrees before a contact does."""


def how_much_matters(asked: dict[str, float]) -> Array:
    """By how many degrees each movement may stray before it counts as 1."""
    out = np.zeros(len(MOVEMENTS))
    out[:3] = 5
    for name in MOVEMENTS[3:]:
        part, what = name.split(".")[-2:]
        loose = 30.0 if part in ARM else 12.0
        if part == "clav":
            loose = 8.0
        elif part in {"lumbar", "neck"}:
            loose = 6.0 if what == "flex" else 3.0
        elif part == "pelvis":
            loose = 25.0 if what == "tilt" else 5.0
        elif part == "toes":
            loose = 25.0
        elif part == "ankle":
            loose = 20.0
        out[INDEX[name]] = ASKED if name in asked else loose
    return out


def rounded(q: Array) -> Array:
    """A solved pose without the digits that differ from one processor to another."""
    out: Array = np.r_[np.round(q[:3], DECIMALS[0]), np.round(q[3:], DECIMALS[1])]
    return out


_FOUND: dict[tuple[object, ...], Array] = {}
"""Poses that this process found: whoever writes at one pose need not wait for those before it, which stay as they are."""
_MOST_FOUND = 64


class Poses:
    """All poses of a motion, found in the order in which they were written."""

    def __init__(self, motion: Motion, body: Body) -> None:
        self.motion, self.body = motion, body
        self.solver = Solver(body, motion)
        self.solved: dict[str, Solved] = {}
        self._anchors: dict[str, Array] = {}
        self._given: dict[str, Pose] = {}
        for pose in motion.poses:
            self._solve(pose)

    def _inherited(self, pose: Pose) -> Pose:
        """The pose with the contacts of the one it begins from where it names none of its own."""
        if pose.start is None:
            return pose
        before = self._given[pose.start]
        return Pose(
            name=pose.name,
            start=pose.start,
            angles=pose.angles,
            floor=pose.floor or before.floor,
            keep=pose.keep or before.keep,
            touch=pose.touch or before.touch,
            wall=pose.wall or before.wall,
            on=pose.on or before.on,
            at=pose.at or before.at,
            point=pose.point or before.point,
            hands=pose.hands or before.hands,
            line=pose.line,
        )

    def _solve(self, written: Pose) -> None:
        pose = self._inherited(written)
        self._given[pose.name] = pose
        before = self.solved.get(pose.start or "")
        asked = (dict(before.asked) if before else {}) | pose.angles
        contacts = self._contacts(pose)
        wish = before.q.copy() if before else self.solver.at_ease()
        for contact in contacts:
            on_wall = contact.kind == "wall" and contact.place.endswith("palm")
            if on_wall or (contact.kind == "point" and contact.target == AHEAD):
                for name, angle in ON_ALL_FOURS.items():
                    wish[INDEX[f"{contact.place[0]}.{name}"]] = angle
        for name, angle in asked.items():
            wish[INDEX[name]] = angle
        q = self._found(wish, how_much_matters(asked), contacts)
        self.solved[pose.name] = Solved(pose, q, contacts, asked, self._hands(pose))
        bent = self.solver.bend(q[None])
        for place in self.body.site:
            self._anchors.setdefault(place, self.body.at(bent, place)[0])

    def _found(self, wish: Array, matter: Array, contacts: tuple[Contact, ...]) -> Array:
        """The pose, or what was found the last time that just this was sought in just such a room."""
        said = [(c.kind, c.place, c.other, c.target) for c in contacts]
        room = (self.body.name, self.motion.start, repr(self.motion.props))
        key = (*room, repr(said), wish.tobytes(), matter.tobytes())
        q = _FOUND.get(key)
        if q is None:
            q = self._sought(wish, matter, contacts)
            for oldest in list(_FOUND)[: 1 - _MOST_FOUND]:
                _FOUND.pop(oldest, None)  # another thread may have been here
            _FOUND[key] = q
        return q.copy()

    def _sought(self, wish: Array, matter: Array, contacts: tuple[Contact, ...]) -> Array:
        starts = [wish]
        round_front = wish.copy()
        for contact in contacts:
            if contact.kind == "touch" and contact.place.endswith("palm"):
                # a hand may have to come to its place from the front, round a limb
                round_front[INDEX[f"{contact.place[0]}.shoulder.flex"]] = 80
                round_front[INDEX[f"{contact.place[0]}.elbow.flex"]] = 45
        if (round_front != wish).any():
            starts.append(round_front)
        found: list[tuple[float, Array]] = []
        for k, start in enumerate(starts):
            q = self.solver.search(
                wish, matter, contacts, start, apart=False, rounds=8 if k else 40
            )
            q = self.solver.search(wish, matter, contacts, q)
            found.append((self.solver.cost(q, wish, matter, contacts), q))
        return rounded(min(found, key=lambda f: f[0])[1])

    def _hands(self, pose: Pose) -> dict[str, str]:
        """A hand that rests on floor or wall is flat; the others are as the pose says."""
        rests = {*spread(pose.floor), *spread(pose.wall), *(p for p, _ in pose.on)}
        given = pose.hands or self.motion.hands
        return {s: "flat" if f"{s} palm" in rests else given for s in SIDES}

    def _contacts(self, pose: Pose) -> tuple[Contact, ...]:
        out = [Contact("floor", p, target=(None, 0.0, None)) for p in spread(pose.floor)]
        for place, other in pose.touch:
            out += [Contact("touch", p, other) for p in GROUPS.get(place, (place,))]
        out += [
            Contact("wall", p, target=(self.solver.wall, None, None)) for p in spread(pose.wall)
        ]
        for place, height in pose.on:
            out += [Contact("on", p, target=(None, height, None)) for p in spread((place,))]
        out += [Contact("at", place, target=target) for place, target in pose.at]
        ways = dict(pose.point)
        if (
            self.motion.start == "all fours"
        ):  # there, hands are below the shoulders, with the fingers ahead
            for palm in (p for p in spread(pose.floor) if p.endswith("palm")):
                ways.setdefault(palm, AHEAD)
                if palm not in dict(pose.at):
                    beside = float(self.body.joint[palm[0] + "uarm"][2])
                    out.append(Contact("at", palm, target=(None, None, beside)))
        for place, way in ways.items():
            x, y, z = unit(np.array(way, float)).tolist()
            out.append(Contact("point", place, target=(x, y, z)))
        for place in spread(pose.keep):
            if place in self._anchors:
                x, y, z = self._anchors[place].tolist()
                out.append(Contact("keep", place, target=(x, y, z)))
        return tuple(out)

    def between(self, a: str, b: str, share: float) -> Array:
        """The pose at a share of the way from one to another; contacts that both have are kept."""
        one, two = self.solved[a], self.solved[b]
        if share <= 0 or a == b:
            return one.q
        if share >= 1:
            return two.q
        wish = one.q + (two.q - one.q) * share
        before = {c.key: c for c in one.contacts}
        for kept in (c for c in two.contacts if c.kind == "keep" and c.key not in before):
            x, y, z = self.body.at(self.solver.bend(one.q[None]), kept.place)[0].tolist()
            before[kept.key] = replace(kept, target=(x, y, z))
        shared = tuple(
            before[c.key].on_the_way_to(c, share) for c in two.contacts if c.key in before
        )
        matter = np.full(len(MOVEMENTS), 4.0)
        matter[:3] = 0.05
        return rounded(self.solver.search(wish, matter, shared, wish, rounds=6))
