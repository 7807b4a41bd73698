"""How many pictures a second a film needs, from the times of those that are there (pure).

A header knows an average at best. A phone leaves pictures out in poor light, a screen recorder
writes one only when something moves, a still end has one for a minute: none of these averages is
the rate of the movement, and a film made at it would lose pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

# Fewer steps than this tell of nothing.
_STEPS_MIN = 2
# The step that a tenth of all do not exceed is one of the camera's own.
_FAST_SHARE = 0.1
# Times are written in milliseconds or finer, and clocks waver.
_WAVER_S, _WAVER_SHARE = 0.0015, 0.1
# So many of the steps are multiples of one, when a camera left pictures out.
_GRID_SHARE = 0.9
# A longer step than so many is a pause; whether it is a multiple says nothing.
_PAUSE_STEPS = 4.5
# Without one step for all, neighbours are averaged, so that jitter is not a rate. The busiest fiftieth
# of a film is movement worth keeping.
_NEIGHBOURS = 8
_BUSY_SHARE = 0.02
# An average of neighbours this close to the camera's step is that step, measured less well.
_SAME_SHARE = 0.08


def movement_rate(times_s: Sequence[float]) -> float | None:
    """Pictures a second while something moves; ``None`` when there are too few to tell.

    Args:
        times_s: When pictures are shown, in seconds, in any order.
    """
    times = sorted(set(times_s))
    steps = [later - earlier for earlier, later in pairwise(times)]
    if len(steps) < _STEPS_MIN:
        return None
    grid, busy = _camera_rate(steps), _busy_rate(times)
    if grid is not None and busy <= grid * (1 + _SAME_SHARE):
        return grid
    return busy


def _camera_rate(steps: Sequence[float]) -> float | None:
    """The rate of which nearly all steps are multiples, as a camera that leaves pictures out has it."""
    fast = sorted(steps)[int(len(steps) * _FAST_SHARE)]
    alike = [step for step in steps if abs(step - fast) <= max(_WAVER_S, 2 * _WAVER_SHARE * fast)]
    base = sum(alike) / len(alike)
    waver = max(_WAVER_S, _WAVER_SHARE * base)
    multiples = sum(
        step > _PAUSE_STEPS * base or abs(step - max(1, round(step / base)) * base) <= waver
        for step in steps
    )
    return 1 / base if multiples >= _GRID_SHARE * len(steps) else None


def _busy_rate(times: Sequence[float]) -> float:
    """The rate of the busiest part, averaged over some pictures."""
    count = min(_NEIGHBOURS, len(times) - 1)
    spans = sorted(later - earlier for earlier, later in zip(times, times[count:], strict=False))
    return count / spans[int(len(spans) * _BUSY_SHARE)]
