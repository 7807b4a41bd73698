"""How many bits a rendition may take: no more than its source did, for what it shows of it (pure).

A constant rate factor asks for a quality and pays whatever that costs. Of a source that is noisy, or
small already, it keeps the noise and the other encoder's blocks as if they were the film: a source
of 14.5 MB became an AV1 of 21.3 MB. So each rendition has a ceiling: its source's own rate, scaled by how
many pixels a second it shows, and up to 1.15 times that where it would otherwise look worse.

A source of few bits is not scaled down. It shows letters that stand still, or a drawing; a keyframe
every two seconds, which a seek needs, costs a small picture of them nearly what it costs a large one.
At 0.67 times its source's bytes a screen recording's H.264 720 fell from VMAF 96 to 51.
``benchmarks/quality.py --ceilings`` measures both; FIGURES.md has the figures.

An encoder does not always keep its ceiling, and says nothing of it: of a second, one keyframe and little
else, AV1 took 1.65 times its source's bytes. So what was made is weighed (:func:`most_bytes`).
"""

from __future__ import annotations

import math
from fractions import Fraction

from kinopress.video.settings import Codec
from kinopress.video.source.film import Probe

# How much a codec does with a bit, against H.264, where a camera or a screen recorder uses it, and no
# more than 1: what a better codec needed is what its source warrants. What is not listed writes each
# picture by itself (ProRes, MJPEG), or is old.
_WORTH = {"av1": 1.0, "hevc": 1.0, "vp9": 1.0, "h264": 1.0, "vp8": 0.8, "mpeg4": 0.6}
_WORTH_OTHERS = 0.3
# What quality may cost against the source's bytes is 1.15 times. x264 hardly goes past its ceiling;
# SVT-AV1 went up to 1.2 times past it for the keyframes of films that hardly move (November 2026).
_ALLOWED: dict[Codec, float] = {"h264": 1.12, "av1": 0.95}
# What is weighed when it is made may have as much more than its source's bytes, for what it shows of them.
_MOST = 1.15
# A quarter of the pixels need more than a quarter of the bits, since less of what is left is alike:
# the power by which streaming ladders are usually scaled.
_PIXELS_POWER = 0.75
# Bits a second for a pixel that a rendition may take of a source that takes few itself, whatever its
# codec: letters on a screen, or a drawing, need no fewer when they are made smaller.
_ENOUGH_BITS = 1.5
# No encoder is told a ceiling below this: keyframes every two seconds would have nothing left of it, where a source
# may have one in ten seconds and next to nothing between them. What comes out is weighed without it: a drawing that
# stood still for 20 s took 3.2 times its source's bytes. It is made again with fewer keyframes, and only then lower.
_FLOOR_BITS = 0.1
_STEP_BPS = 10_000
# No rendition asks for more, and SVT-AV1 takes no ceiling of 100 Mb/s. A film of one picture has such rates.
_NEVER_REACHED_BPS = 50_000_000


def cap_bps(probe: Probe, codec: Codec, width: int, height: int, fps: Fraction) -> int | None:
    """The ceiling of one rendition.

    Args:
        probe: The source.
        codec: The rendition's.
        width: Its pixels across.
        height: Its pixels down.
        fps: Its pictures a second.

    Returns:
        Bits a second; ``None`` when the source's own are not known, or none would ever be reached.
    """
    if probe.video_bps is None:
        return None
    warranted_bps = _warranted_bps(probe, probe.video_bps, width, height, fps)
    bps: float = max(warranted_bps * _ALLOWED[codec], _FLOOR_BITS * width * height)
    if bps >= _NEVER_REACHED_BPS:
        return None
    return max(1, round(bps / _STEP_BPS)) * _STEP_BPS


def most_bytes(
    probe: Probe, width: int, height: int, fps: Fraction, source_bytes: int, length_s: float
) -> int:
    """How many bytes the pictures of one rendition may have once they are made.

    Args:
        probe: The source.
        width: The rendition's pixels across.
        height: Its pixels down.
        fps: Its pictures a second.
        source_bytes: Bytes of the source's pictures, in the part that is shown.
        length_s: How long that is, in seconds.
    """
    source_bps = source_bytes * 8 / length_s
    warranted_bps = _warranted_bps(probe, source_bps, width, height, fps)
    return math.ceil(warranted_bps * _MOST * length_s / 8)


def stands_still(
    probe: Probe, width: int, height: int, fps: Fraction, source_bytes: int, length_s: float
) -> bool:
    """Whether a source takes so few bits that keyframes are most of what a rendition takes; as :func:`most_bytes`."""
    warranted_bps = _warranted_bps(probe, source_bytes * 8 / length_s, width, height, fps)
    return warranted_bps < _FLOOR_BITS * width * height


def _warranted_bps(probe: Probe, bps: float, width: int, height: int, fps: Fraction) -> float:
    """What a source of so many bits a second warrants at a size and a rate."""
    pixels = width * height
    source_pixels_per_s = probe.width * probe.height * float(probe.fps or fps)
    shown: float = min(1.0, pixels * float(fps) / source_pixels_per_s)
    worth = _WORTH.get(probe.codec, _WORTH_OTHERS)
    enough_bps = min(bps, _ENOUGH_BITS * pixels)
    warranted_bps: float = max(bps * worth * shown**_PIXELS_POWER, enough_bps)
    return warranted_bps
