"""A small jointed human figure, drawn with Pillow from a three-dimensional skeleton.

The figure is a set of joints in metres (x towards the feet, y up, z towards the
person's right, which is the viewer's side).  Every limb is a chain of balls; two
neighbouring balls make one short rounded piece, and all pieces are painted from
the farthest to the nearest.  A limb therefore passes in front of or behind
another one where it truly does, and a limb that points at the viewer is
foreshortened by the camera and not by hand.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from PIL import ImageDraw

Colour = tuple[int, int, int]
Point = tuple[float, float]


class Vec(NamedTuple):
    """A point or a direction in space, in metres."""

    x: float
    y: float
    z: float

    def plus(self, other: Vec) -> Vec:
        """Return the sum of the two vectors."""
        return Vec(self.x + other.x, self.y + other.y, self.z + other.z)

    def minus(self, other: Vec) -> Vec:
        """Return the vector that leads from ``other`` to this one."""
        return Vec(self.x - other.x, self.y - other.y, self.z - other.z)

    def times(self, factor: float) -> Vec:
        """Return the vector scaled by ``factor``."""
        return Vec(self.x * factor, self.y * factor, self.z * factor)

    def dot(self, other: Vec) -> float:
        """Return the scalar product."""
        return self.x * other.x + self.y * other.y + self.z * other.z

    def length(self) -> float:
        """Return the length."""
        return math.sqrt(self.dot(self))

    def unit(self) -> Vec:
        """Return the same direction with length one."""
        return self.times(1.0 / max(self.length(), 1e-9))

    def across(self, axis: Vec) -> Vec:
        """Return the direction of the part of this vector at right angles to ``axis``."""
        along = axis.unit()
        return self.minus(along.times(self.dot(along))).unit()

    def towards(self, other: Vec, share: float) -> Vec:
        """Return the point that lies ``share`` of the way to ``other``."""
        return self.plus(other.minus(self).times(share))

    def mirrored(self) -> Vec:
        """Return the vector with left and right exchanged."""
        return Vec(self.x, self.y, -self.z)


def bend(start: Vec, control: Vec, end: Vec, share: float) -> Vec:
    """Return a point on the curved path from ``start`` to ``end`` drawn by ``control``."""
    return start.towards(control, share).towards(control.towards(end, share), share)


def middle_joint(root: Vec, tip: Vec, upper: float, lower: float, pole: Vec) -> tuple[Vec, Vec]:
    """Place a knee or an elbow: return the joint and the tip that can be reached.

    ``upper`` and ``lower`` are the bone lengths, ``pole`` says to which side the
    joint bends.  A tip out of reach is brought in to just within reach.
    """
    axis = tip.minus(root)
    reach = min(max(axis.length(), abs(upper - lower) + 1e-3), (upper + lower) * 0.998)
    along = axis.unit()
    tip = root.plus(along.times(reach))
    forward = (upper * upper - lower * lower + reach * reach) / (2.0 * reach)
    aside = math.sqrt(max(upper * upper - forward * forward, 0.0))
    return root.plus(along.times(forward)).plus(pole.across(along).times(aside)), tip


@dataclass(frozen=True)
class Camera:
    """A camera without perspective, turned about the upright axis and raised."""

    azimuth: float
    elevation: float
    scale: float
    centre: Point
    target: Vec

    def axes(self) -> tuple[Vec, Vec, Vec]:
        """Return the directions right, up and towards the viewer."""
        ca, sa = math.cos(self.azimuth), math.sin(self.azimuth)
        ce, se = math.cos(self.elevation), math.sin(self.elevation)
        return Vec(ca, 0.0, -sa), Vec(-sa * se, ce, -ca * se), Vec(sa * ce, se, ca * ce)

    def project(self, point: Vec) -> Point:
        """Return the place of ``point`` in the picture, in pixels."""
        right, up, _ = self.axes()
        away = point.minus(self.target)
        return (
            self.centre[0] + away.dot(right) * self.scale,
            self.centre[1] - away.dot(up) * self.scale,
        )

    def nearness(self, point: Vec) -> float:
        """Return how near to the viewer the point lies (larger is nearer)."""
        return point.dot(self.axes()[2])


class Ball(NamedTuple):
    """One ball of a chain."""

    at: Vec
    radius: float


Section = tuple[Ball, ...]
"""The balls of one cut through a limb: one for an arm or leg, two for the broad torso."""


@dataclass(frozen=True)
class Chain:
    """A limb or a part of the body: sections in order, all of one colour."""

    sections: Sequence[Section]
    colour: Colour
    open_start: int = 0
    """How many pieces at the start have no outline, because they grow out of another part."""
    open_end: int = 0
    """The same at the end."""
    bias: float = 0.0
    """Metres by which the part counts as nearer than it is."""
    root_bias: float = 0.0
    """The same at the start alone; it fades away along the first eight pieces."""


@dataclass
class _Piece:
    """A piece ready to be painted: its outlines in the picture and its nearness."""

    nearness: float
    halo: list[Point]
    line: Colour
    layers: list[tuple[list[Point], Colour]]
    beside: list[_Piece] = field(default_factory=list)
    """The next piece on either side, whose edge the halo has crossed."""
    around: list[_Piece] = field(default_factory=list)
    """The pieces near enough for this one to have covered their main tone."""
    wide: list[_Piece] = field(default_factory=list)
    """The pieces near enough for those to have covered their light."""


_RING: tuple[Point, ...] = tuple(
    (math.cos(math.tau * k / 26), math.sin(math.tau * k / 26)) for k in range(26)
)


def hull(points: Iterable[Point]) -> list[Point]:
    """Return the convex outline of ``points``."""
    ordered = sorted(set(points))

    def half(run: Iterable[Point]) -> list[Point]:
        out: list[Point] = []
        for px, py in run:
            while len(out) > 1 and (
                (out[-1][0] - out[-2][0]) * (py - out[-2][1])
                - (out[-1][1] - out[-2][1]) * (px - out[-2][0])
                <= 0.0
            ):
                out.pop()
            out.append((px, py))
        return out

    return half(ordered)[:-1] + half(reversed(ordered))[:-1]


def _discs(discs: Iterable[tuple[Point, float]], flat: float = 1.0) -> list[Point]:
    """Return the convex outline around discs, each flattened by ``flat``."""
    return hull(
        (round(cx + r * ux, 2), round(cy + r * uy * flat, 2))
        for (cx, cy), r in discs
        for ux, uy in _RING
    )


def shade(colour: Colour, factor: float) -> Colour:
    """Return a darker (below one) or lighter (above one) tone of ``colour``."""
    if factor <= 1.0:
        return tuple(round(c * factor) for c in colour)  # type: ignore[return-value]
    share = factor - 1.0
    return tuple(round(c + (255 - c) * share) for c in colour)  # type: ignore[return-value]


def limb(joints: Sequence[Vec], radii: Sequence[float], step: float = 0.03) -> list[Section]:
    """Return single-ball sections along ``joints``, with radii eased from joint to joint."""
    sections: list[Section] = []
    for (a, ra), (b, rb) in zip(
        zip(joints, radii, strict=True), zip(joints[1:], radii[1:], strict=True), strict=False
    ):
        count = max(1, round(b.minus(a).length() / step))
        for k in range(count):
            share = k / count
            soft = share * share * (3.0 - 2.0 * share)
            sections.append((Ball(a.towards(b, share), ra + (rb - ra) * soft),))
    sections.append((Ball(joints[-1], radii[-1]),))
    return sections


def paint(
    draw: ImageDraw.ImageDraw, chains: Sequence[Chain], camera: Camera, outline: float
) -> None:
    """Paint all chains, the farthest piece first, with an outline where parts overlap."""
    pieces: list[_Piece] = []
    for chain in chains:
        dark, lit = shade(chain.colour, 0.80), shade(chain.colour, 1.14)
        line = shade(chain.colour, 0.50)
        run: list[_Piece] = []
        last = len(chain.sections) - 1
        for k in range(last):
            balls = chain.sections[k] + chain.sections[k + 1]
            discs = [(camera.project(b.at), b.radius * camera.scale) for b in balls]
            centre = sum(camera.nearness(b.at) for b in balls) / len(balls)
            bare = k < chain.open_start or k >= last - chain.open_end
            main = [((x - 0.10 * r, y - 0.13 * r), 0.87 * r) for (x, y), r in discs]
            glow = [((x - 0.22 * r, y - 0.36 * r), 0.44 * r) for (x, y), r in discs]
            halo = [] if bare else _discs([(p, r + outline) for p, r in discs])
            piece = _Piece(
                centre + chain.bias + chain.root_bias * max(0.0, 1.0 - k / 8),
                halo,
                line,
                [
                    (_discs(discs), dark),
                    (_discs(main), chain.colour),
                    (_discs(glow), lit),
                ],
            )
            run.append(piece)
        for k, piece in enumerate(run):
            piece.beside = run[max(0, k - 1) : k + 2]
            here = chain.sections[k][0]
            for window, reach in ((piece.around, 1.5), (piece.wide, 3.2)):
                window.extend(
                    other
                    for j, other in enumerate(run)
                    if chain.sections[j][0].at.minus(here.at).length() < here.radius * reach + 0.03
                )
        pieces.extend(run)
    done: set[int] = set()
    for piece in sorted(pieces, key=lambda p: p.nearness):
        done.add(id(piece))
        if piece.halo:
            draw.polygon(piece.halo, fill=piece.line)
        for layer, parts in enumerate((piece.beside, piece.around, piece.wide)):
            for part in parts:
                points, tone = part.layers[layer]
                if id(part) in done and len(points) > 2:
                    draw.polygon(points, fill=tone)


def ground_shadow(
    draw: ImageDraw.ImageDraw, chains: Sequence[Chain], camera: Camera, tone: Colour
) -> None:
    """Paint the shadow that the chains throw straight down on the mat."""
    flat = math.sin(camera.elevation)
    for chain in chains:
        for first, second in itertools.pairwise(chain.sections):
            discs = [
                (
                    camera.project(Vec(b.at.x, 0.0, b.at.z)),
                    b.radius * camera.scale * max(0.55, 1.12 - 0.8 * b.at.y),
                )
                for b in first + second
            ]
            draw.polygon(_discs(discs, flat), fill=tone)


# --- the body -------------------------------------------------------------------------


THIGH, SHIN = 0.425, 0.405
UPPER_ARM, FOREARM = 0.285, 0.255
HIP_WIDTH, SHOULDER_WIDTH = 0.088, 0.178


@dataclass(frozen=True)
class Leg:
    """One leg: its joints, and how far the foot points down (in radians)."""

    hip: Vec
    knee: Vec
    ankle: Vec
    point: float

    def calf_side(self) -> Vec:
        """Return the direction in which the calf bulges."""
        return self.hip.minus(self.knee).across(self.ankle.minus(self.knee))

    def toes(self) -> Vec:
        """Return the direction from the ankle to the toes."""
        down = self.ankle.minus(self.knee).unit()
        front = self.calf_side().times(-1.0)
        return front.times(math.cos(self.point)).plus(down.times(math.sin(self.point)))


@dataclass(frozen=True)
class Arm:
    """One arm: its joints, and the directions of the palm, the fingers and the thumb."""

    shoulder: Vec
    elbow: Vec
    wrist: Vec
    palm: Vec
    fingers: Vec
    thumb: Vec


@dataclass(frozen=True)
class Pose:
    """A whole body, lying on its back with the head towards smaller x."""

    right_leg: Leg
    left_leg: Leg
    right_arm: Arm
    left_arm: Arm
    hip_lift: float = 0.0
    breath: float = 0.0


@dataclass(frozen=True)
class Palette:
    """The colours of the figure; the far side has its own, darker tones."""

    right_leg: Colour
    left_leg: Colour
    shirt: Colour
    shirt_far: Colour
    shorts: Colour
    skin: Colour
    skin_far: Colour
    hair: Colour
    lips: Colour


def _leg(leg: Leg, cloth: Colour, skin: Colour, near: bool) -> list[Chain]:
    """Return the chains of one leg: a clothed thigh and shin, and a bare foot."""
    back = leg.calf_side()
    front = leg.ankle.minus(leg.knee).across(leg.knee.minus(leg.hip)).times(-1.0)
    cuff = leg.knee.towards(leg.ankle, 0.88)
    upper = limb(
        [
            leg.hip,
            leg.hip.towards(leg.knee, 0.42).plus(front.times(0.008)),
            leg.knee.towards(leg.hip, 0.13),
            leg.knee,
        ],
        [0.094, 0.084, 0.061, 0.057],
    )
    lower = limb(
        [
            leg.knee,
            leg.knee.towards(leg.ankle, 0.30).plus(back.times(0.013)),
            leg.knee.towards(leg.ankle, 0.70),
            cuff,
        ],
        [0.057, 0.056, 0.043, 0.038],
    )
    down = leg.ankle.minus(leg.knee).across(leg.toes())
    toes = leg.toes()
    heel = leg.ankle.plus(down.times(0.036)).plus(toes.times(-0.030))
    ball = leg.ankle.plus(down.times(0.046)).plus(toes.times(0.120))
    tip = leg.ankle.plus(down.times(0.052)).plus(toes.times(0.168))
    instep = leg.ankle.plus(down.times(0.020)).plus(toes.times(0.040))
    return [
        Chain(
            upper[:-1] + lower, cloth, open_start=0 if near else 3, root_bias=0.09 if near else -0.2
        ),
        Chain(limb([cuff, leg.ankle], [0.033, 0.034]), skin, bias=-0.004),
        Chain(
            [
                (Ball(leg.ankle, 0.034), Ball(heel, 0.032)),
                (Ball(instep, 0.034), Ball(leg.ankle.plus(down.times(0.045)), 0.028)),
                (Ball(ball, 0.026), Ball(ball.plus(toes.times(-0.02)), 0.027)),
                (Ball(tip, 0.018), Ball(tip, 0.018)),
            ],
            skin,
        ),
    ]


def _arm(arm: Arm, sleeve: Colour, skin: Colour) -> list[Chain]:
    """Return the chains of one arm: a short sleeve, a bare arm and a hand with a thumb."""
    hem = arm.shoulder.towards(arm.elbow, 0.60)
    knuckles = arm.wrist.plus(arm.palm.times(0.075))
    mid = knuckles.plus(arm.palm.plus(arm.fingers).unit().times(0.04))
    tips = mid.plus(arm.fingers.times(0.045))
    thumb_root = arm.wrist.plus(arm.palm.times(0.028)).plus(arm.thumb.times(0.018))
    thumb_tip = thumb_root.plus(arm.thumb.plus(arm.palm).unit().times(0.055))
    sections = limb(
        [hem, arm.elbow, arm.elbow.towards(arm.wrist, 0.28), arm.wrist],
        [0.042, 0.038, 0.041, 0.027],
    )
    hand = limb([arm.wrist, knuckles, mid, tips], [0.027, 0.034, 0.029, 0.018])
    return [
        Chain(limb([arm.shoulder, hem], [0.064, 0.053]), sleeve, open_start=3),
        Chain(sections[:-1] + hand, skin, bias=-0.003),
        Chain(limb([thumb_root, thumb_tip], [0.018, 0.013], 0.02), skin, open_start=1, bias=0.004),
    ]


def _broad(rows: Sequence[tuple[float, float, float, float]], step: float = 0.012) -> list[Section]:
    """Return two-ball sections of the torso from rows of (x, half width, y, radius)."""
    out: list[Section] = []
    for a, b in itertools.pairwise(rows):
        count = max(1, round(abs(b[0] - a[0]) / step))
        for k in range(count + (1 if b is rows[-1] else 0)):
            x, w, y, r = (p + (q - p) * k / count for p, q in zip(a, b, strict=True))
            out.append((Ball(Vec(x, y, w), r), Ball(Vec(x, y, -w), r)))
    return out


def body(pose: Pose, colours: Palette) -> list[Chain]:
    """Return all chains of the figure in ``pose``."""
    lift, air = pose.hip_lift, pose.breath
    shirt = _broad(
        [
            (-0.055, 0.066, 0.108 + lift * 0.7, 0.102),
            (-0.150, 0.058, 0.110 + lift * 0.3 + 0.006 * air, 0.099 + 0.005 * air),
            (-0.290, 0.068, 0.122 + 0.007 * air, 0.113 + 0.006 * air),
            (-0.420, 0.092, 0.122 + 0.003 * air, 0.106 + 0.003 * air),
            (-0.490, 0.120, 0.112, 0.078),
            (-0.545, 0.050, 0.104, 0.058),
        ]
    )
    shorts = _broad(
        [
            (0.060, 0.056, 0.100 + lift * 1.2, 0.078),
            (0.010, 0.080, 0.108 + lift, 0.103),
            (-0.060, 0.068, 0.108 + lift * 0.7, 0.100),
        ]
    )
    skull = Chain(
        [
            (Ball(Vec(-0.636, 0.124, 0.012), 0.042), Ball(Vec(-0.636, 0.124, -0.012), 0.042)),
            (Ball(Vec(-0.670, 0.126, 0.020), 0.056), Ball(Vec(-0.670, 0.126, -0.020), 0.056)),
            (Ball(Vec(-0.715, 0.117, 0.012), 0.074), Ball(Vec(-0.715, 0.117, -0.012), 0.074)),
            (Ball(Vec(-0.752, 0.112, 0.006), 0.076), Ball(Vec(-0.752, 0.112, -0.006), 0.076)),
        ],
        colours.skin,
    )
    chin = limb([Vec(-0.615, 0.148, 0.0), Vec(-0.645, 0.152, 0.0)], [0.022, 0.03])
    nose = limb([Vec(-0.712, 0.188, 0.0), Vec(-0.680, 0.209, 0.0)], [0.010, 0.016], 0.012)
    lips = limb([Vec(-0.648, 0.178, 0.008), Vec(-0.654, 0.174, 0.022)], [0.009, 0.005], 0.01)
    lash = limb(
        [Vec(-0.700, 0.176, 0.030), Vec(-0.696, 0.170, 0.045), Vec(-0.701, 0.160, 0.058)],
        [0.0035, 0.0045, 0.0035],
        0.008,
    )
    brow = limb([Vec(-0.727, 0.182, 0.028), Vec(-0.731, 0.168, 0.056)], [0.005, 0.004], 0.01)
    hair = limb(
        [Vec(-0.742, 0.078, 0.0), Vec(-0.772, 0.094, 0.0), Vec(-0.785, 0.122, 0.0)],
        [0.074, 0.077, 0.062],
        0.02,
    )
    bun = limb([Vec(-0.850, 0.088, 0.0), Vec(-0.880, 0.090, 0.0)], [0.032, 0.042], 0.02)
    ear = limb([Vec(-0.708, 0.100, 0.080), Vec(-0.722, 0.116, 0.084)], [0.012, 0.016], 0.01)
    neck = limb([Vec(-0.552, 0.100, 0.0), Vec(-0.650, 0.108, 0.0)], [0.050, 0.048])
    return [
        Chain(shirt, colours.shirt),
        Chain(shorts, colours.shorts, bias=-0.002),
        Chain(neck, colours.skin, open_start=2, open_end=2, bias=-0.03),
        skull,
        Chain(chin, colours.skin, open_end=1, bias=0.01),
        Chain(lips, colours.lips, open_start=9, bias=0.05),
        Chain(lash, colours.hair, open_start=9, bias=0.05),
        Chain(brow, colours.hair, open_start=9, bias=0.05),
        Chain(nose, colours.skin, open_start=1),
        Chain(hair, colours.hair, bias=0.01),
        Chain(bun, colours.hair),
        Chain(ear, colours.skin, bias=0.05),
        *_leg(pose.right_leg, colours.right_leg, colours.skin, near=True),
        *_leg(pose.left_leg, colours.left_leg, colours.skin_far, near=False),
        *_arm(pose.right_arm, colours.shirt, colours.skin),
        *_arm(pose.left_arm, colours.shirt_far, colours.skin_far),
    ]
