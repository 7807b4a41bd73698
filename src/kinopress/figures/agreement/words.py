"""Does a pose do what the words of its step say? A table of words, each with a measure and its range.

Readers copy the drawing. A knee that is drawn bent beside "straighten the knee" teaches another exercise, and
nothing else would notice: angles and contacts can all be possible and met. Where the words name no side, one
side is enough. The words are those of English steps; what the table does not know is believed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from kinopress.figures.body import Array, Bent
from kinopress.figures.checks import Finding
from kinopress.figures.joints import INDEX, SIDES
from kinopress.figures.pose import Step
from kinopress.figures.solve import Poses, Solved
from kinopress.patterns import lazily


class Seen:
    """A solved pose that can be measured: degrees, and centimetres."""

    def __init__(self, poses: Poses, solved: Solved) -> None:
        self._poses, self._q = poses, solved.q
        self._bent: Bent = poses.solver.bend(solved.q[None])

    def angle(self, movement: str) -> float:
        """An angle in degrees."""
        return float(self._q[INDEX[movement]])

    def each(self, movement: str) -> list[float]:
        """An angle of both sides."""
        return [self.angle(f"{side}.{movement}") for side in SIDES]

    def at(self, place: str) -> Array:
        """Where a place is: ahead, up, right in centimetres."""
        out: Array = self._poses.body.at(self._bent, place)[0] * 100
        return out

    def apart(self, one: str, two: str) -> float:
        """How far two places are from one another."""
        return float(np.linalg.norm(self.at(one) - self.at(two)))

    def aside(self, one: str, two: str) -> float:
        """How far two places are from one another when both are seen from above."""
        return float(np.linalg.norm((self.at(one) - self.at(two))[[0, 2]]))

    def upward(self, bone: str, axis: int) -> float:
        """How far up an axis of a bone points (0 ahead of it, 1 along it, 2 to its right), from -1 to 1."""
        return float(self._bent[bone][0][0][1, axis])

    def to_wall(self, place: str) -> float:
        """How far a place is from the wall; far where there is none."""
        wall = self._poses.solver.wall
        return 999.0 if wall is None else wall * 100 - float(self.at(place)[0])


def _hips_up(seen: Seen) -> float:
    return float(
        min(
            seen.at(p)[1]
            for p in ("sacrum", *(f"{s} {n}" for s in SIDES for n in ("hip side", "buttock")))
        )
    )


def _heels(seen: Seen) -> list[float]:
    """How far each heel is above the ball of its foot."""
    return [
        float(
            seen.at(f"{s} heel")[1] - min(seen.at(f"{s} ball in")[1], seen.at(f"{s} ball out")[1])
        )
        for s in SIDES
    ]


def _nearest(seen: Seen, one: str, *others: str, crossed: bool = False) -> float:
    """How near a place of either side comes to one of the others, on its own side or on the other one."""
    return min(
        seen.apart(f"{s} {one}", f"{t} {other}")
        for s in SIDES
        for t in SIDES
        for other in others
        if not crossed or s != t
    )


def _trunk_up(seen: Seen) -> float:
    return seen.upward("spine2", 1)


@dataclass(frozen=True, slots=True)
class Rule:
    """What is measured where a step has certain words.

    Attributes:
        words: The words, as a pattern.
        measure: What is measured in the pose.
        low: The least that agrees, and `high` the most.
        unit: Of the measure: `°`, ` cm`, or nothing for a share from -1 to 1.
        what: What is measured, in words that a number follows.
    """

    words: re.Pattern[str]
    measure: Callable[[Seen], float]
    low: float
    high: float
    unit: str
    what: str


def _rule(
    words: str, measure: Callable[[Seen], float], low: float, high: float, unit: str, what: str
) -> Rule:
    return Rule(lazily(words, re.IGNORECASE), measure, low, high, unit, what)


_START = r"(?:^|[.!?:] )"
_EVER = 999.0
DEGREES, CM, SHARE = "°", " cm", ""

RULES: tuple[Rule, ...] = (
    # how the body is turned in the room
    _rule(_START + r"(?:lie|lying) on your back\b", lambda s: s.upward("spine2", 0), 0.6, 1, SHARE, "the chest faces up by"),
    _rule(_START + r"lie (?:face down|on your front)\b", lambda s: s.upward("spine2", 0), -1, -0.5, SHARE, "the chest faces up by"),
    _rule(_START + r"lie on your side\b", lambda s: abs(s.upward("pelvis", 2)), 0.7, 1, SHARE, "one hip is above the other by"),
    _rule(_START + r"stand\b", _trunk_up, 0.7, 1, SHARE, "the trunk is upright by"),
    _rule(_START + r"(?:kneel|sit)\b(?! back)", _trunk_up, 0.5, 1, SHARE, "the trunk is upright by"),
    _rule(_START + r"sit\b(?! back)", lambda s: min(s.each("hip.flex")), 45, _EVER, DEGREES, "the hip that is bent less is bent by"),
    _rule(r"\bhands and knees\b", lambda s: s.upward("spine2", 0), -1, -0.5, SHARE, "the chest faces up by"),
    # knees
    _rule(r"\b(?<!slightly )(?<!a little )bent knees?\b|\bknees? bent\b(?! (?:slightly|a little))|\bbend (?:the|your|both|one)? ?(?:\w+ )?knees?\b", lambda s: max(s.each("knee.flex")), 35, _EVER, DEGREES, "the knee that is bent more is bent by"),
    _rule(r"\bboth knees bent and\b|\bknees bent,? (?:and )?feet flat\b", lambda s: min(s.each("knee.flex")), 60, _EVER, DEGREES, "the knee that is bent less is bent by"),
    _rule(r"\bonly slightly bent\b|\bknees? a little bent\b|\bbend your hips and knees a little\b", lambda s: max(s.each("knee.flex")), 10, 60, DEGREES, "the knee that is bent more is bent by"),
    _rule(r"\b(?:knee|leg)s? (?:almost |nearly |is almost |is )?straight\b|\bstraight (?:\w+ )?leg\b|\bone leg (?:straight|long)\b|\bstraighten (?:the|one|your)(?: \w+)? (?:knee|leg)\b", lambda s: min(s.each("knee.flex")), -5, 28, DEGREES, "the knee that is bent less is bent by"),
    _rule(r"\beach knee is near a right angle\b", lambda s: max(abs(k - 90) for k in s.each("knee.flex")), 0, 25, DEGREES, "a knee is away from a right angle by"),
    _rule(r"\bknees? above (?:your|the) hips?\b", lambda s: min(max(s.aside(f"{x} knee back", f"{x} hip side"), 40 - float(s.at(f"{x} knee")[1])) for x in SIDES), 0, 25, CM, "the knee is beside the hip by"),
    _rule(r"\bknee over (?:the )?ankle\b", lambda s: min(s.aside(f"{x} knee back", f"{x} ankle outside") for x in SIDES), 0, 12, CM, "the knee is beside the ankle by"),
    _rule(r"\bknees? (?:forward until it touches|to) the wall\b", lambda s: min(s.to_wall(f"{x} knee") for x in SIDES), -3, 3, CM, "the nearer knee is from the wall by"),
    # hips and back
    _rule(r"\bthigh (?:until it points )?straight up\b", lambda s: max(-s.upward(f"{x}thigh", 1) for x in SIDES), 0.94, 1, SHARE, "the thigh points up by"),
    _rule(r"\bhips? off the floor\b|\blift (?:your|the) hips\b|\bhips still up\b", _hips_up, 5, _EVER, CM, "the hips are above the floor by"),
    _rule(r"\bhips straight\b|\bhips and trunk in one line\b|\bknee, hip and shoulder line up\b|\bears, hips and knees (?:are in line|line up)\b|\bbody is nearly straight\b", lambda s: max(s.each("hip.flex")), -25, 22, DEGREES, "a hip is bent by"),
    _rule(r"\bsoles (?:of your feet )?together\b", lambda s: s.apart("R ball in", "L ball in"), 0, 8, CM, "the soles are apart by"),
    _rule(r"\bround your back\b", lambda s: s.angle("lumbar.flex"), 20, _EVER, DEGREES, "the back is rounded by"),
    _rule(r"\btummy sink\b", lambda s: s.angle("lumbar.flex"), -_EVER, -10, DEGREES, "the back is rounded by"),
    _rule(r"\b(?:tip forward|hinge)\b", lambda s: s.angle("pelvis.tilt"), 40, _EVER, DEGREES, "the pelvis is tipped forward by"),
    _rule(r"\bchin to (?:your )?chest\b", lambda s: s.angle("neck.flex"), 20, _EVER, DEGREES, "the neck is bent by"),
    _rule(r"\blook (?:up|a little forward)\b", lambda s: s.angle("neck.flex"), -_EVER, -10, DEGREES, "the neck is bent by"),
    _rule(r"\braise your chest\b", _trunk_up, 0.75, 1, SHARE, "the trunk is upright by"),
    _rule(r"\bswing the \w+ leg back\b|\bleg a little behind you\b|\bdrop behind you\b|\blet (?:the|that) thigh sink\b|\blet the other leg hang\b", lambda s: min(s.each("hip.flex")), -_EVER, 5, DEGREES, "the hip that is bent less is bent by"),
    _rule(r"\bswing forward\b", lambda s: max(s.each("hip.flex")), 30, _EVER, DEGREES, "the hip that is bent more is bent by"),
    _rule(r"\bfloat the top leg up\b|\blift the top leg\b", lambda s: abs(s.at("R ankle outside")[1] - s.at("L ankle outside")[1]), 12, _EVER, CM, "one ankle is above the other by"),
    _rule(r"\bpast (?:your|the) midline\b", lambda s: max(sign * float((s.at("sacrum") - s.at(f"{x} heel"))[2]) for x, sign in (("R", 1), ("L", -1))), 0, _EVER, CM, "a heel is across the middle by"),
    # feet
    _rule(r"\bfeet flat\b|\bfoot flat\b|\bheels? (?:still )?(?:down|on the floor)\b", lambda s: min(map(abs, _heels(s))), 0, 3, CM, "the heel that is nearer the floor is above the ball of its foot by"),
    _rule(r"\brise (?:on)?to the balls?\b", lambda s: max(_heels(s)), 4, _EVER, CM, "the higher heel is above the ball of its foot by"),
    _rule(r"\bheel slowly below\b", lambda s: min(_heels(s)), -_EVER, -1, CM, "the lower heel is above the ball of its foot by"),
    _rule(r"\bheels together\b", lambda s: s.apart("R heel", "L heel"), 0, 14, CM, "the heels are apart by"),
    # what is on what
    _rule(r"\bankle (?:over|across|on) the other (?:thigh|knee)\b|\bankle of the sore side on the other knee\b", lambda s: _nearest(s, "ankle outside", "thigh end", "knee", crossed=True), 0, 12, CM, "the ankle is from the other thigh by"),
    _rule(r"\bbehind (?:the|your|that) thigh with both hands\b", lambda s: min(max(min(s.apart(f"{h} palm", f"{x} {p}") for p in ("thigh low back", "thigh back", "thigh low outside", "thigh inside")) for h in SIDES) for x in SIDES), 0, 8, CM, "a hand is from the thigh by"),
    _rule(r"\b(?:hand|hold|palm)\b[^.]* the outside of the (?:sore-side )?knee\b", lambda s: _nearest(s, "palm", "knee outside"), 0, 6, CM, "the nearer hand is from the outside of the knee by"),
    _rule(r"\bhand[^.]* on the inside of that knee\b|\bpush the knee in against your hand\b", lambda s: _nearest(s, "palm", "knee inside"), 0, 6, CM, "the nearer hand is from the inside of the knee by"),
    _rule(r"\bhands on the floor or on the front knee\b", lambda s: max(min(float(s.at(f"{h} palm")[1]), *(s.apart(f"{h} palm", f"{x} {p}") for x in SIDES for p in ("knee", "thigh end", "thigh low"))) for h in SIDES), 0, 10, CM, "the hand that is further away is from knee and floor by"),
    _rule(r"\bhug (?:one|the|your) knee\b", lambda s: _nearest(s, "palm", "knee", "shin", "thigh end"), 0, 10, CM, "the nearer hand is from a knee by"),
    _rule(r"\bhands? under shoulders?\b", lambda s: max(s.aside(f"{x} palm", f"{x} shoulder side") for x in SIDES), 0, 18, CM, "a hand is beside its shoulder by"),
    _rule(r"\bknees under hips\b", lambda s: max(s.aside(f"{x} knee", f"{x} hip side") for x in SIDES), 0, 18, CM, "a knee is beside its hip by"),
    _rule(r"\belbow under (?:the )?shoulder\b", lambda s: min(s.aside(f"{x} elbow", f"{x} shoulder side") for x in SIDES), 0, 15, CM, "the elbow is beside the shoulder by"),
)  # fmt: skip
"""Words and what they mean; each range leaves what two good coaches would draw differently."""


def words_findings(poses: Poses) -> list[Finding]:
    """Words of a step that its pose contradicts, in the order of the film."""
    return [f for step in poses.motion.film for f in _of_step(poses, step)]


def _of_step(poses: Poses, step: Step) -> list[Finding]:
    seen, out = Seen(poses, poses.solved[step.pose]), []
    for rule in RULES:
        said = next((m[0] for w in (step.say, *step.words) if (m := rule.words.search(w))), None)
        if said is None:
            continue
        value = rule.measure(seen)
        if rule.low <= value <= rule.high:
            continue
        digits = 1 if rule.unit == SHARE else 0
        range_ = f"at least {rule.low:g}" if value < rule.low else f"at most {rule.high:g}"
        words = said.strip(" .!?:")
        what = f"its step says “{words}”, but here {rule.what} {value:.{digits}f}{rule.unit} ({range_}{rule.unit} agrees)"
        hint = "change the pose, the words, or the frame that the step names"
        out.append(Finding("words", step.pose, step.line, what, hint))
    return out
