"""Which drawing of an exercise's figure belongs to which step.

A step names its drawing with ``frame``. Where none does and the figure has as many drawings as the exercise has
steps to do, they belong together in order.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kinopress.content.model.dosage import Step

if TYPE_CHECKING:  # loaded only where an exercise has a pose file
    from kinopress.figures.pose import Motion
    from kinopress.figures.pose import Step as Instant

STILLS_MAX = 3
"""So many key frames of a film are drawn as stills (``figures/drawing/svg.py``): more would be too small on paper."""

_DONE = ("prepare", "step")
"""The kinds of step in which somebody moves; the others say how."""


def key_frames(motion: Motion) -> tuple[Instant, ...]:
    """The steps of a figure's film that are drawn as stills, in order; the last where all are left out."""
    return tuple(i for i in motion.film if i.key)[:STILLS_MAX] or motion.film[-1:]


def frames_of(steps: Sequence[Step], count: int) -> tuple[int | None, ...]:
    """The number of the drawing that belongs to each step, ``None`` for a step without one.

    Args:
        steps: The steps of an exercise.
        count: How many drawings its figure has.
    """
    if any(step.frame is not None for step in steps):
        return tuple(step.frame if step.frame in range(1, count + 1) else None for step in steps)
    done = [number for number, step in enumerate(steps) if step.kind in _DONE]
    if len(done) != count:
        return (None,) * len(steps)
    in_order = dict(zip(done, range(1, count + 1), strict=True))
    return tuple(in_order.get(number) for number in range(len(steps)))


def without_a_step(steps: Sequence[Step], count: int) -> tuple[int, ...]:
    """The numbers of the drawings that no step has."""
    shown = set(frames_of(steps, count))
    return tuple(number for number in range(1, count + 1) if number not in shown)


def with_words(motion: Motion, steps: Sequence[Step]) -> Motion:
    """A motion whose stills know the words of the exercise beside which they are shown."""
    stills = key_frames(motion)
    frames = frames_of(steps, len(stills))
    film = []
    for instant in motion.film:
        number = next((n for n, still in enumerate(stills, 1) if still is instant), 0)
        pairs = zip(steps, frames, strict=True)
        words = tuple(step.text for step, frame in pairs if number and frame == number)
        film.append(dataclasses.replace(instant, words=words))
    return dataclasses.replace(motion, film=tuple(film))
