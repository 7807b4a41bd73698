"""The film of a motion: which instants there are, when, and the outlines that run from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from kinopress.figures.anatomy.muscles import PATCHES, several
from kinopress.figures.body import Array, Body
from kinopress.figures.checks import Finding, part_name
from kinopress.figures.drawing import props
from kinopress.figures.drawing.cutting import Cutting, kind_of
from kinopress.figures.drawing.layers import (
    Camera,
    Instant,
    Shape,
    back_to_front,
    conflicts,
    instant,
    votes,
)
from kinopress.figures.drawing.outline import best_start, nodes_of, seam_gap
from kinopress.figures.joints import SIDES
from kinopress.figures.pose import Motion, Step
from kinopress.figures.solve import Poses

Key = tuple[str, str, float]
"""An instant: at a share of the way from one pose to another."""

NODES = {
    "bun": 8,
    "muscle": 14,
    "ear": 7,
    "head": 20,
    "hair": 20,
    "hairback": 16,
    "shirt": 28,
    "shorts": 20,
    "leg": 20,
    "thigh": 16,
    "foot": 20,
    "sleeve": 14,
    "farm": 16,
    "hand": 26,
    "thumb": 10,
}
"""Nodes of an outline, by the sort of part."""
BENDING = {"hand", "foot", "head", "shirt", "thumb"}
INKS = {
    "bun": "h",
    "ear": "k",
    "head": "k",
    "hair": "h",
    "hairback": "h",
    "shirt": "t",
    "shorts": "s",
    "thigh": "s",
    "leg": "k",
    "foot": "k",
    "sleeve": "t",
    "farm": "k",
    "hand": "k",
    "thumb": "k",
}
"""Skin, hair, shirt, shorts: the class of each sort of part."""
NEVER_FAR = {"shirt", "shorts", "head", "hair", "hairback", "bun"}


def eased(share: float) -> float:
    """A movement that starts and ends gently."""
    return share**3 * (share * (6 * share - 15) + 10)


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when a step's pose is held, in seconds."""

    start: float
    end: float
    step: Step

    @property
    def key(self) -> Key:
        """Its instant."""
        return (self.step.pose, self.step.pose, 0.0)


Dash = tuple[Array, float]
"""Lengths of the dashes of an outline in hundredths of it, and where they begin."""


class Film:
    """A motion, solved, sampled in time, and cut into outlines."""

    def __init__(self, motion: Motion, body: Body, cutting: Cutting, poses: Poses) -> None:
        self.motion, self.body, self.cutting, self.poses = motion, body, cutting, poses
        self.camera = Camera.at(motion.seen_from, motion.seen_high)
        for step in motion.film:
            for side, name in several((*step.work, *step.stretch)):
                if name in PATCHES:
                    cutting.add_muscle(side, name)
        self.instants: dict[Key, Instant] = {}
        self.keys: list[tuple[float, Key]] = []
        self.spans: list[Span] = []
        self.duration = self._sample()
        self.order, self.crossing = self._order(list(self.instants.values()))
        self.far = self._far_side()
        self.nodes: dict[tuple[str, Key], Array] = {}
        self.dashes: dict[tuple[str, Key], Dash] = {}
        for name in self.order:
            if not name.startswith("box"):
                self._run(name)

    def _snap(self, key: Key) -> Key:
        a, b, share = key
        if a != b and (b, a, round(1 - share, 4)) in self.instants:
            return (b, a, round(1 - share, 4))
        if key not in self.instants:
            hands = self.poses.solved[b if share > 0.5 else a].hands
            q = self.poses.between(a, b, share)
            self.instants[key] = instant(self.cutting, self.poses, q, self.camera, hands)
        return key

    def _sample(self) -> float:
        steps = list(self.motion.film)
        if steps[-1].pose != steps[0].pose:
            steps.append(Step(steps[0].pose, self.motion.back_s))
        here, t = steps[0].pose, 0.0
        moves = sum(a.pose != b.pose for a, b in pairwise(steps))
        most = 6 if moves <= 2 else 4  # a film of many moves would grow too heavy for a phone
        self.keys.append((0.0, self._snap((here, here, 0.0))))
        for step in steps:
            if step.pose != here:
                q_a, q_b = (self.poses.solved[p].q for p in (here, step.pose))
                turn = float(np.abs(q_a - q_b)[3:].max())
                count = 3 if turn < 15 else 4 if turn < 40 else most
                for k in range(1, count + 1):
                    key: Key = (here, step.pose, round(eased(k / count), 4))
                    key = (step.pose, step.pose, 0.0) if k == count else key
                    self.keys.append((t + step.move_s * k / count, self._snap(key)))
                t, here = t + step.move_s, step.pose
            if step.hold_s:
                self.keys.append((t + step.hold_s, self._snap((here, here, 0.0))))
                self.spans.append(Span(t, t + step.hold_s, step))
                t += step.hold_s
        return t

    def order_findings(self) -> list[Finding]:
        """Parts that pass one another as they move, by pose: one order is kept through the whole film."""
        keys = list(self.instants)
        passing: dict[str, list[str]] = {}
        for (one, two), at in self.crossing.items():
            pair = f"{part_name(one)} and {part_name(two)}"
            passing.setdefault(keys[at][1], []).append(pair)
        out = []
        for pose in self.motion.poses:
            pairs = passing.get(pose.name, [])
            if not pairs:
                continue
            more = f", and {len(pairs) - 1} more" if len(pairs) > 1 else ""
            what = (
                f"{pairs[0]}{more} change places on the way here,"
                " and the moving picture shows the same one in front throughout"
            )
            hint = "look at the moving picture; if it looks wrong, choose another view in seen"
            out.append(Finding("order", pose.name, pose.line, what, hint))
        return out

    def _order(self, instants: list[Instant]) -> tuple[list[str], dict[tuple[str, str], int]]:
        parts = [*self.cutting.parts, "bun"]
        seen = [
            n
            for n in parts
            if "~" not in n and all(i.shapes.get(n) for i in self.instants.values())
        ]
        of_boxes = [props.box_votes(self.motion, i) for i in instants]
        counted = [votes(i.shapes) for i in instants]
        bun_before = False
        if "bun" in seen:
            ahead = [
                float(s.depth[0] - self.camera.depth(i.bent["head"][2][0])[0])
                for i in instants
                if (s := i.shapes["bun"])
            ]
            bun_before = float(np.mean(ahead)) > 0
        boxes = [name for name, _ in props.boxes(self.motion)]
        order = back_to_front([*counted, *of_boxes], [*boxes, *seen], bun_before=bun_before)
        return order, conflicts(counted, order)

    def order_at(self, key: Key) -> list[str]:
        """The order of one instant alone, for a still."""
        return self._order([self.instants[key]])[0]

    def _far_side(self) -> str:
        first = self.instants[self.keys[0][1]]
        near = {
            s: np.mean(
                [self.camera.depth(first.bent[s + b][2][0])[0] for b in ("thigh", "shank", "uarm")]
            )
            for s in SIDES
        }
        return "L" if near["R"] > near["L"] else "R"

    def ink(self, part: str) -> str:
        """The class of a part: its sort, darker on the far side."""
        ink = INKS[kind_of(part)]
        return ink + ("2" if part[0] == self.far and part not in NEVER_FAR else "")

    @property
    def in_time(self) -> list[Key]:
        """Each instant once, in the order in which it first comes."""
        return list(dict.fromkeys(k for _, k in self.keys))

    def _run(self, name: str) -> None:
        """Nodes of a part's outline through the film, each point going on from where it was."""
        before: Array | None = None
        last_gaps: dict[str, float] = {}
        kind = kind_of(name)
        for key in self.in_time:
            shape = self.instants[key].shapes[name]
            assert shape is not None  # noqa: S101 - `_order` left out what is ever hidden
            curve = shape.outline
            if before is None:
                gaps = [g for r in shape.rings.values() if (g := seam_gap(curve, r))]
                start = (
                    (gaps[0][0] + gaps[0][1] // 2) % len(curve)
                    if gaps
                    else int(np.argmin(curve[:, 0]))
                )
            else:
                start = best_start(curve, before)
            curve = np.roll(curve, -start, 0)
            before = curve
            gain = 10.0 if kind in BENDING else 7.0
            self.nodes[name, key] = nodes_of(curve, NODES[kind], gain)
            rings = {
                n: r
                for n, r in shape.rings.items()
                if n in self.order
                and self.order.index(name) > self.order.index(n)
                and self.ink(name) == self.ink(n)
            }
            if rings:
                self.dashes[name, key] = _dashes(curve, rings, last_gaps)

    def muscle_nodes(self, side: str, name: str) -> dict[Key, Array]:
        """Nodes of a muscle's patch; where it is out of sight it shrinks to where it was last."""
        out: dict[Key, Array] = {}
        before: Array | None = None
        for key in self.in_time:
            shape = self.instants[key].shapes.get(f"{side}~{name}")
            if shape is None:
                continue
            curve = shape.outline
            start = int(np.argmin(curve[:, 1])) if before is None else best_start(curve, before)
            before = np.roll(curve, -start, 0)
            out[key] = nodes_of(before, NODES["muscle"], 5.0)
        if out:
            order = self.in_time
            for i, key in enumerate(order):
                if key not in out:
                    near = out[min(out, key=lambda k: abs(order.index(k) - i))]
                    out[key] = near.mean(0) + (near - near.mean(0)) * 0.02
        return out

    def shape(self, key: Key, name: str) -> Shape | None:
        """A part at an instant."""
        return self.instants[key].shapes.get(name)


def _dashes(curve: Array, rings: dict[str, Array], last: dict[str, float]) -> Dash:
    """An outline without the stretches along its cuts, as dashes; they follow on from the instant before."""
    n, gaps = len(curve), []
    for name, ring in rings.items():
        gap = seam_gap(curve, ring)
        if gap:
            start, end = gap[0] / n, (gap[0] + gap[1]) / n
        else:
            nearest = (
                float(np.argmin(((curve - ring.mean(0)) ** 2).sum(1))) / n if len(ring) else 0.0
            )
            start = end = last.get(name, nearest)
        middle = (start + end) / 2
        if name in last:
            turns = round(last[name] - middle)
            start, end, middle = start + turns, end + turns, middle + turns
        last[name] = middle
        gaps.append((start, end))
    if len(gaps) == 1:
        ((a, e),) = gaps
        return np.array([1 - (e - a), e - a]) * 100, -e * 100
    (a1, e1), (a2, e2) = gaps[:2]
    after = float(np.ceil(e1 - a2 - 1e-9))  # the second follows the first within one turn
    a2, e2 = a2 + after, e2 + after
    if e2 > a1 + 1:
        e2 = max(a2, a1 + 1)
    a2 = max(a2, e1)
    e2 = max(e2, a2)
    return np.array([a2 - e1, e2 - a2, max(a1 + 1 - e2, 0), e1 - a1]) * 100, -e1 * 100
