"""Is a muscle longer where it is said to be stretched, and shorter where it is said to push?

Lengths are those of its ribbon from bone to bone, so a muscle without one is believed.
"""

from __future__ import annotations

import numpy as np

from kinopress.figures.anatomy.muscles import several
from kinopress.figures.anatomy.ribbons import RIBBONS
from kinopress.figures.body import Array
from kinopress.figures.checks import Finding, spoken
from kinopress.figures.drawing import tissue
from kinopress.figures.joints import INDEX, LIMITS, MOVEMENTS
from kinopress.figures.pose import Step
from kinopress.figures.solve import Poses

SLACK, NO_LONGER = 0.97, 1.002
"""Shares of a length: a stretched muscle is not much shorter than in standing, and longer than in other poses."""
NUDGE_DEGREES = 4.0
"""So far a joint is turned to see which muscles would get shorter."""
SHORTER = 0.9995
_TRIED = 8
"""At so many angles of its range a joint is tried to see what would make a muscle longer."""
MATTERS = 0.01
"""A turn that changes less of a muscle's length is not worth a word."""
_MOVES = tuple(
    m for m in MOVEMENTS if m.split(".")[-2] in {"lumbar", "hip", "knee", "ankle", "toes"}
)
"""What stretches or slackens the muscles that have a ribbon."""


def muscle_findings(poses: Poses) -> list[Finding]:
    """Muscles whose length contradicts what a pose file says of them, in the order of its film."""
    return [
        finding
        for step in poses.motion.film
        for finding in (*_stretched(poses, step), *_working(poses, step))
    ]


def _length(poses: Poses, q: Array, side: str, name: str) -> float:
    return tissue.length(poses.body, poses.solver.bend(q), side, name)


def _standing(poses: Poses, side: str, name: str) -> float:
    straight = np.zeros((1, len(MOVEMENTS)))
    return tissue.length(poses.body, poses.body.bend(straight, np.eye(3)), side, name)


def _share(length: float, whole: float) -> str:
    return f"{100 * length / whole:.1f} %"


def _what_to_change(poses: Poses, q: Array, side: str, name: str, *, longer: bool) -> str:
    """The one or two movements that could change a muscle's length most, in words; nothing where none does.

    Each is tried through its whole range: near where it is, deep in a bend, it may do the opposite for a few degrees.
    """
    now = _length(poses, q, side, name)
    found = []
    for movement in _MOVES:
        if movement[:2] in {"R.", "L."} and movement[0] != side:
            continue
        at = float(q[0, INDEX[movement]])
        gains = []
        for angle in np.linspace(*LIMITS[movement], _TRIED).tolist():
            moved = q.copy()
            moved[0, INDEX[movement]] = angle
            gain = _length(poses, moved, side, name) - now
            gains.append((gain if longer else -gain, "more" if angle > at else "less"))
        gain, word = max(gains)
        found.append((gain, f"{word} {spoken(movement)} (now {round(at)}°)"))
    found.sort(reverse=True)
    least = max(found[0][0] / 3, MATTERS * _standing(poses, side, name))
    return " or ".join(words for gain, words in found[:2] if gain > least)


def _stretched(poses: Poses, step: Step) -> list[Finding]:
    out = []
    for side, name in several(step.stretch):
        if name not in RIBBONS:
            continue
        whole = _standing(poses, side, name)

        def at(pose: str, side: str = side, name: str = name, whole: float = whole) -> float:
            return _length(poses, poses.solved[pose].q[None], side, name) / whole

        here = at(step.pose)
        others = {s.pose: at(s.pose) for s in poses.motion.film if s.pose != step.pose}
        shortest = min(others, key=lambda pose: others[pose], default="")
        if others and here < others[shortest] * NO_LONGER:
            than = f"{_share(others[shortest], 1)} in {shortest}"
        elif here < SLACK:
            than = "100 % in standing"
        else:
            continue
        what = (
            f"{name} ({side}) is said to be stretched, but it is no longer than elsewhere:"
            f" {_share(here, 1)} of its length in standing here, and {than}"
        )
        change = _what_to_change(poses, poses.solved[step.pose].q[None], side, name, longer=True)
        hint = "name the other side, or another muscle"
        if change:
            hint = f"to stretch it, write {change}, or {hint}"
        out.append(Finding("muscle", step.pose, step.line, what, hint))
    return out


def _working(poses: Poses, step: Step) -> list[Finding]:
    """A push for which none of the muscles that are said to work would get shorter.

    Without an arrow nothing can be said: a muscle also works as it gives way.
    """
    inner = [x for x in step.pushes if INDEX[x.movement] >= INDEX["lumbar.flex"]]
    if not inner:
        return []
    measured = [(side, name) for side, name in several(step.work) if name in RIBBONS]
    if not measured or len(measured) < len(several(step.work)):
        return []
    here = poses.solved[step.pose].q[None]
    told = []
    for force in inner:
        moved = here.copy()
        moved[0, INDEX[force.movement]] += NUDGE_DEGREES * force.sign
        way = f"{'more' if force.sign > 0 else 'less'} {spoken(force.movement)}"
        for side, name in measured:
            before, after = (_length(poses, q, side, name) for q in (here, moved))
            if after < before * SHORTER:
                return []
            whole = _standing(poses, side, name)
            told.append(
                f"{name} ({side}) goes from {_share(before, whole)} to {_share(after, whole)} by {way}"
            )
    named = ", ".join(f"{name} ({side})" for side, name in step.work)
    what = (
        f"{named} is said to work, but would get no shorter by the movement of the arrow:"
        f" {told[0]} (of its length in standing)"
    )
    side, name = measured[0]
    change = _what_to_change(poses, here, side, name, longer=False)
    hint = "turn the arrow round, or name the muscle that does this, or the other side"
    if change:
        hint = f"{name} ({side}) would get shorter by {change}; {hint}"
    return [Finding("muscle", step.pose, step.line, what, hint)]
