"""How good a picture would stand for its film, judged by its bytes (pure).

A score is a product, so that one bad quality spoils a picture, each part from 0 to 1::

    exposure   the mean grey: 0 up to 16 (black, a fade) and from 245 (a flash, white),
               1 from 70 to 190
    contrast   the standard deviation of grey, 1 from 40 on: fog, fades and a hand before
               the lens have little
    sharpness  the variance of the Laplacian (Pech-Pacheco et al. 2000), as its root's share
               of the sharpest candidate's: films differ in noise and detail, the pictures of
               one film hardly do. It weighs 80 %: a film that is soft all over has a poster too
    subject    the share of 10-pixel blocks in which something stands out (their own standard
               deviation is above 10): 1 from 10 to 75 %, about a person or two; nothing there
               is an empty room, everything is grass, noise or camera shake. It weighs 60 %

The numbers are for 8-bit grey pictures of 160 pixels on the longer side.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import mul

VERSION = 2
"""Part of a poster's digest: another formula, or other candidates, choose other pictures."""

_BLOCK_PX = 10
_BLOCK_DEVIATION = 10.0


@dataclass(frozen=True, slots=True)
class Sample:
    """A small grey picture of a film.

    Attributes:
        at_s: When it is shown, in seconds from the film's beginning.
        width: Pixels across, at least 2.
        height: Pixels down, at least 2.
        grey: One byte a pixel, 0 black to 255 white, row by row.
    """

    at_s: float
    width: int
    height: int
    grey: bytes


@dataclass(frozen=True, slots=True)
class Qualities:
    """What is measured in a sample; the module's docstring says what for."""

    mean: float
    deviation: float
    laplacian: float
    busy_share: float


def measure(sample: Sample) -> Qualities:
    """Measure a sample, about 10 ms."""
    mean, variance = _moments(sample.grey)
    return Qualities(mean, math.sqrt(variance), _laplacian_variance(sample), _busy_share(sample))


def score(found: Qualities, sharpest: float) -> float:
    """How good a picture would be, 0 to 1.

    Args:
        found: The picture's qualities.
        sharpest: The largest ``laplacian`` of all candidates.
    """
    exposure = _trapezoid(found.mean, 16, 70, 190, 245)
    contrast = min(1.0, found.deviation / 40)
    sharpness = math.sqrt(found.laplacian / sharpest) if sharpest > 0 else 1.0
    subject = _trapezoid(found.busy_share, 0.0, 0.10, 0.75, 1.2)
    return exposure * contrast * (0.2 + 0.8 * sharpness) * (0.4 + 0.6 * subject)


def choose(samples: Sequence[Sample]) -> float | None:
    """The moment of the best sample in seconds, the earliest of equals; ``None`` without any."""
    found = [measure(sample) for sample in samples]
    sharpest = max((one.laplacian for one in found), default=0.0)
    scores = [score(one, sharpest) for one in found]
    if not scores:
        return None
    return samples[scores.index(max(scores))].at_s


def _moments(values: Sequence[int]) -> tuple[float, float]:
    mean = sum(values) / len(values)
    return mean, max(0.0, sum(map(mul, values, values)) / len(values) - mean * mean)


def _laplacian_variance(sample: Sample) -> float:
    """Variance of 4·p − left − right − above − below over the inner pixels."""
    width, grey = sample.width, sample.grey
    rows = [grey[at : at + width] for at in range(0, width * sample.height, width)]
    values = [
        4 * here - left - right - above - below
        for (upper, row), lower in zip(pairwise(rows), rows[2:], strict=False)
        for here, left, right, above, below in zip(
            row[1:], row, row[2:], upper[1:], lower[1:], strict=False
        )
    ]
    return _moments(values)[1] if values else 0.0


def _busy_share(sample: Sample) -> float:
    width, side = sample.width, _BLOCK_PX
    rows = [sample.grey[at : at + width] for at in range(0, width * sample.height, width)]
    blocks = [
        b"".join(row[x : x + side] for row in rows[y : y + side])
        for y in range(0, sample.height, side)
        for x in range(0, width, side)
    ]
    busy = sum(_moments(block)[1] > _BLOCK_DEVIATION**2 for block in blocks)
    return busy / len(blocks)


def _trapezoid(value: float, zero: float, full: float, full_to: float, zero_to: float) -> float:
    """0 outside, 1 in the middle, straight between."""
    rising = (value - zero) / (full - zero)
    falling = (zero_to - value) / (zero_to - full_to)
    return max(0.0, min(1.0, rising, falling))
