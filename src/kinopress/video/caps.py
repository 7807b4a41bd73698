"""How many bits a rendition may take: no more than its source did, for what it shows of it (pure).

A constant rate factor asks for a quality and pays whatever that costs. Of a source that is noisy, or
small already, it keeps the noise and the other encoder's blocks as if they were the film: a source
of 14.5 MB became an AV1 of 21.3 MB. So each rendition has a ceiling, its source's own rate, scaled by how
many pixels a second it shows and by how much its codec does with a bit.
"""

from __future__ import annotations

from fractions import Fraction

from kinopress.video.probe import Probe
from kinopress.video.settings import Codec

# How much a codec does with a bit, against H.264, where a camera or a screen recorder uses it. What is
# not listed writes each picture by itself (ProRes, MJPEG), or is old.
_WORTH = {"av1": 1.5, "hevc": 1.3, "vp9": 1.3, "h264": 1.0, "vp8": 0.8, "mpeg4": 0.6}
_WORTH_OTHERS = 0.3
# How much more ours do. AV1 saved 39 % against x264 at the same VMAF (benchmarks/quality.py); half of
# that is saved here, and half goes into looking better than a source's H.264 encoded once more.
_MORE: dict[Codec, float] = {"h264": 1.0, "av1": 1.2}
# A quarter of the pixels need more than a quarter of the bits, since less of what is left is alike:
# the power by which streaming ladders are most often scaled.
_PIXELS_POWER = 0.75
# Bits a second for a pixel that a small rendition may take of a source that takes few itself: letters on
# a screen, or a drawing, need no fewer when they are made smaller.
_ENOUGH_BITS = 1.0
# Below this, keyframes every two seconds would have nothing left: a source may have one in ten
# seconds, and next to nothing between them.
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
    pixels = width * height
    source_pixels_per_s = probe.width * probe.height * float(probe.fps or fps)
    shown: float = min(1.0, pixels * float(fps) / source_pixels_per_s)
    worth = _WORTH.get(probe.codec, _WORTH_OTHERS) / _MORE[codec]
    whole_bps = probe.video_bps * worth
    enough_bps = min(whole_bps, _ENOUGH_BITS * pixels)
    bps: float = max(whole_bps * shown**_PIXELS_POWER, enough_bps, _FLOOR_BITS * pixels)
    if bps >= _NEVER_REACHED_BPS:
        return None
    return max(1, round(bps / _STEP_BPS)) * _STEP_BPS
