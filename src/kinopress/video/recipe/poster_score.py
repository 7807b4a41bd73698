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
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.int64]

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
    """Measure a sample, about 1 ms."""
    import numpy as np  # noqa: PLC0415 - it takes a while to load, and most builds choose no poster

    numbers = np.frombuffer(sample.grey, dtype=np.uint8).astype(np.int64)  # no sum is too large
    grey: Array = numbers.reshape(sample.height, sample.width)
    # 4·p − left − right − above − below of the inner pixels.
    around = grey[1:-1, :-2] + grey[1:-1, 2:] + grey[:-2, 1:-1] + grey[2:, 1:-1]
    laplacian = 4 * grey[1:-1, 1:-1] - around
    downs, acrosses = (np.arange(0, pixels, _BLOCK_PX) for pixels in grey.shape)

    def of_blocks(values: Array) -> Array:
        sums: Array = np.add.reduceat(np.add.reduceat(values, downs, axis=0), acrosses, axis=1)
        return sums

    pixels = of_blocks(np.ones_like(grey))
    means = of_blocks(grey) / pixels
    busy = of_blocks(grey * grey) / pixels - means * means > _BLOCK_DEVIATION**2
    return Qualities(
        float(grey.mean()),
        float(grey.std()),
        float(laplacian.var()) if laplacian.size else 0.0,
        float(busy.mean()),
    )


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


def _trapezoid(value: float, zero: float, full: float, full_to: float, zero_to: float) -> float:
    """0 outside, 1 in the middle, straight between."""
    rising = (value - zero) / (full - zero)
    falling = (zero_to - value) / (zero_to - full_to)
    return max(0.0, min(1.0, rising, falling))
