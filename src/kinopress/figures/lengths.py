"""Is a muscle longer where it is said to be stretched, and shorter where it is said to push?

Lengths are those of its ribbon from bone to bone, so a muscle without one is believed.
"""

from __future__ import annotations

import numpy as np

from kinopress.figures.body import Array
from kinopress.figures.checks import Finding
from kinopress.figures.drawing import tissue
from kinopress.figures.joints import INDEX, MOVEMENTS
from kinopress.figures.muscles import several
from kinopress.figures.pose import Step
from kinopress.figures.ribbons import RIBBONS
from kinopress.figures.solve import Poses

SLACK, NO_LONGER = 0.97, 1.002
"""Shares of a length: a stretched muscle is not much shorter than in standing, and longer than in other poses."""
NUDGE_DEGREES = 4.0
"""So far a joint is turned to see which muscles would get shorter."""
SHORTER = 0.9995


def muscle_findings(poses: Poses) -> list[Finding]:
    """Muscles whose length contradicts what a pose file says of them, in the order of its film."""
    straight = np.zeros((1, len(MOVEMENTS)))
    return [
        finding
        for step in poses.motion.film
        for finding in (*_stretched(poses, step, straight), *_working(poses, step))
    ]


def _length(poses: Poses, q: Array, side: str, name: str) -> float:
    return tissue.length(poses.body, poses.solver.bend(q), side, name)


def _stretched(poses: Poses, step: Step, straight: Array) -> list[Finding]:
    out = []
    for side, name in several(step.stretch):
        if name not in RIBBONS:
            continue
        whole = tissue.length(poses.body, poses.body.bend(straight, np.eye(3)), side, name)

        def at(pose: str, side: str = side, name: str = name, whole: float = whole) -> float:
            return _length(poses, poses.solved[pose].q[None], side, name) / whole

        here = at(step.pose)
        others = [at(s.pose) for s in poses.motion.film if s.pose != step.pose]
        where = f"{name} ({side}) is said to be stretched, but"
        hint = "is it the other side, or another pose?"
        if others and here < min(others) * NO_LONGER:
            what = f"{where} it is no longer here than in any other pose"
            out.append(Finding("muscle", step.pose, step.line, what, hint))
        elif here < SLACK:
            what = f"{where} it is shorter here than in standing"
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
    for force in inner:
        moved = here.copy()
        moved[0, INDEX[force.movement]] += NUDGE_DEGREES * force.sign
        for side, name in measured:
            if _length(poses, moved, side, name) < _length(poses, here, side, name) * SHORTER:
                return []
    named = ", ".join(f"{name} ({side})" for side, name in step.work)
    what = f"{named} is said to work, but would get no shorter by the movement of the arrow"
    hint = "is it another muscle or the other side, or does the arrow point the other way?"
    return [Finding("muscle", step.pose, step.line, what, hint)]
