"""Which renditions a source deserves: sizes and frame rate (pure).

Sizes are given by the shorter side, so an upright phone film and a wide one get the
same care. Nothing is ever enlarged: more pixels than the camera saw are bytes without
detail. Sides are even, because 4:2:0 colour has one sample for two pixels.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from kinopress.video.recipe.caps import cap_bps
from kinopress.video.settings import H264_720, Codec, Rung, VideoSettings
from kinopress.video.source.film import Probe

Av1Encoder = Literal["libsvtav1", "libaom-av1"]
"""FFmpeg's names of the AV1 encoders that are used, the better one first."""
Preset = Literal["superfast", "medium"]
"""x264's names of the presets that are used."""

# A rung this close to another would cost an encode and show no difference:
# 360 beside a 400 px source, say. 720 → 540 → 360 are the usual steps (0.75 and 0.67).
_STEP_MAX = 0.75

# libaom took 5 times SVT's CPU for the same film: one rung of it, not a large one.
_SLOW_SHORT_SIDE_MAX_PX = 720
# SVT-AV1 refuses smaller pictures.
_AV1_SIDE_MIN_PX = 64

# A ceiling that is the source's own holds over this long, so that a keyframe may take what it needs; in
# a short film over a tenth of its length.
_CAP_BUFFER_S = 4.0
_CAP_BUFFER_MIN_S = 2.0
# Of a film of a second or two, a buffer of two lends more than the whole may take: 1.47 times its source's bytes.
_CAP_BUFFER_SHARE_MAX = 0.5
# So much of it has x264 used up when a film ends: 0.4 was seen of drawings, 0.5 of noise (November 2026).
_LENT = 0.6

# How many steps of CRF halve the bytes, roughly, and the last one that shows something.
_CRF_HALVES: dict[Codec, float] = {"h264": 6.0, "av1": 9.0}
_CRF_LOWEST: dict[Codec, int] = {"h264": 44, "av1": 57}
_AIM = 0.95
# A seek in a film that stands still decodes up to so much of it, next to nothing for each picture.
_STILL_GOP_S = 20.0
# Half of its bytes are headers of pictures in which nothing happens: two steps of CRF hardly showed.
_STILL_STEPS = 8
_RATE_MIN_BPS, _BUFFER_MIN_BITS = 10_000, 1_000

# Used when a film does not say its rate; every browser and phone plays it.
_FPS_UNKNOWN = Fraction(30)
# Rates cameras are set to. A phone's measured average wavers around one of them.
_FPS_USUAL = tuple(
    Fraction(*pair)
    for pair in ((24000, 1001), (24, 1), (25, 1), (30000, 1001), (30, 1), (48, 1), (50, 1),
                 (60000, 1001), (60, 1))
)  # fmt: skip
_FPS_WAVER = Fraction(1, 200)
_FPS_ABOVE = Fraction(1, 20)


@dataclass(frozen=True, slots=True)
class Rendition:
    """One file to be made, decided.

    Attributes:
        name: File name in the output folder.
        codec: Video codec.
        width: Pixels across, even.
        height: Pixels down, even.
        crf: Constant rate factor.
        maxrate_bps: Ceiling in bits a second, if there is one.
        bufsize_bits: Buffer of that ceiling, in bits.
        preset: How much x264 tries: its own name for it.
        gop_s: Seconds from keyframe to keyframe; ``None``: as the settings have it.
    """

    name: str
    codec: Codec
    width: int
    height: int
    crf: int
    maxrate_bps: int | None
    bufsize_bits: int | None
    preset: Preset = "medium"
    gop_s: float | None = None


def plan_ladder(
    probe: Probe, settings: VideoSettings, av1: Av1Encoder | None = "libsvtav1"
) -> tuple[Rendition, ...]:
    """Choose the renditions for a source.

    A rung above the source is lowered to the source's own size and keeps its quality, unless
    a smaller rung of its codec already shows all there is. A rung within 25 % of one already
    chosen, for the same codec, is left out. No rendition may take more bits than its source did
    for as much (:mod:`kinopress.video.recipe.caps`).

    Args:
        probe: The source.
        settings: What the project set.
        av1: What encodes AV1: with libaom, many times slower, only one rung of at most 720
            is made; with ``None``, H.264 only.

    Returns:
        At least one rendition, in the order of ``settings.rungs``.
    """
    rungs = _affordable(settings.rungs, av1)
    planned: list[Rendition] = []
    for rung in rungs:
        if _covered(rung, rungs, min(probe.width, probe.height)):
            continue
        width, height = fit(probe.width, probe.height, rung.short_side_px)
        if rung.codec == "av1" and min(width, height) < _AV1_SIDE_MIN_PX:
            continue
        cap = cap_bps(probe, rung.codec, width, height, choose_fps(probe.fps, settings.fps_max))
        rendition = _rendition(rung, width, height, cap, probe.duration_s)
        if not any(_much_alike(rendition, done) for done in planned):
            planned.append(rendition)
    return tuple(planned)


def fit(width: int, height: int, short_side_px: int) -> tuple[int, int]:
    """Scale a picture down so that its shorter side is at most ``short_side_px``.

    Args:
        width: Pixels across, at least 2.
        height: Pixels down, at least 2.
        short_side_px: The shorter side requested, at least 2.

    Returns:
        Even width and height, neither larger than given; the longer side is within one
        pixel of the exact aspect ratio.
    """
    short, long = sorted((width, height))
    short_out = _even_floor(min(short, short_side_px))
    long_out = min(_even_nearest(long * short_out, short), _even_floor(long))
    return (short_out, long_out) if width <= height else (long_out, short_out)


def choose_fps(fps: Fraction | None, fps_max: int) -> Fraction:
    """The constant rate for a source: its own, from 1 up to ``fps_max``.

    A wavering average (29.87) becomes the usual rate within 0.5 %; a high rate is divided by
    a whole number (240 to 60, 100 to 50) so that movement stays even, and a picture every few
    seconds is shown several times.
    """
    if fps is None or fps <= 0:
        return min(_FPS_UNKNOWN, Fraction(fps_max))
    near = min(_FPS_USUAL, key=lambda usual: abs(usual - fps))
    if abs(near - fps) <= fps * _FPS_WAVER:
        steady = near
    else:
        # Rates below 1 first: as a fraction with a small denominator they would be nothing.
        steady = (fps * math.ceil(1 / fps)).limit_denominator(1001)
    # A little above the limit is the limit: 62 halved would show half of all movement.
    return min(Fraction(fps_max), steady / max(1, math.ceil(steady / fps_max - _FPS_ABOVE)))


def lowered(rendition: Rendition, times: float, *, still: bool = False) -> Rendition | None:
    """The rendition at a lower quality, after it came out larger than it may be.

    Args:
        rendition: As it was made.
        times: Its bytes against those that it may have, more than 1.
        still: Its film hardly moves: fewer keyframes come first, which costs no quality.

    Returns:
        ``None`` when its encoder cannot go lower.
    """
    if still and rendition.gop_s is None:
        # A ceiling would starve the one keyframe that all of it is shown from: what comes out is weighed again.
        return replace(rendition, gop_s=_STILL_GOP_S, maxrate_bps=None, bufsize_bits=None)
    lowest = _CRF_LOWEST[rendition.codec]
    if rendition.crf >= lowest:
        return None
    least = _STILL_STEPS if still else 2
    steps = max(least, math.ceil(_CRF_HALVES[rendition.codec] * math.log2(times)) + 1)
    # What bound it may have been the ceiling, not the quality: both go down.
    maxrate_bps, bufsize_bits = rendition.maxrate_bps, rendition.bufsize_bits
    if maxrate_bps is not None and bufsize_bits is not None:
        less = _AIM / times
        maxrate_bps = max(_RATE_MIN_BPS, round(maxrate_bps * less))
        bufsize_bits = max(_BUFFER_MIN_BITS, round(bufsize_bits * less))
    return replace(
        rendition,
        crf=min(lowest, rendition.crf + steps),
        maxrate_bps=maxrate_bps,
        bufsize_bits=bufsize_bits,
    )


def _affordable(rungs: tuple[Rung, ...], av1: Av1Encoder | None) -> tuple[Rung, ...]:
    """The rungs that this encoder can make in a time a person waits; H.264 if none is left."""
    av1_rungs = [rung for rung in rungs if rung.codec == "av1"]
    if av1 is None:
        kept = []
    elif av1 == "libaom-av1":
        small = [rung for rung in av1_rungs if rung.short_side_px <= _SLOW_SHORT_SIDE_MAX_PX]
        kept = small[:1]
    else:
        kept = av1_rungs
    return tuple(r for r in rungs if r.codec != "av1" or r in kept) or (H264_720,)


def _covered(rung: Rung, rungs: tuple[Rung, ...], short_px: int) -> bool:
    """Whether a smaller rung of the same codec shows all of a source, at its own quality."""
    return any(
        other.codec == rung.codec and short_px <= other.short_side_px < rung.short_side_px
        for other in rungs
    )


def _rendition(
    rung: Rung, width: int, height: int, cap: int | None, length_s: float | None
) -> Rendition:
    maxrate_bps, bufsize_bits = rung.maxrate_bps, rung.bufsize_bits
    if cap is not None and (maxrate_bps is None or cap < maxrate_bps):
        buffer_s = _CAP_BUFFER_S
        maxrate_bps = cap
        if length_s is not None:
            least_s = min(_CAP_BUFFER_MIN_S, length_s * _CAP_BUFFER_SHARE_MAX)
            buffer_s = min(_CAP_BUFFER_S, max(least_s, length_s / 10))
            if rung.codec == "h264":
                # What the buffer lends is part of what the whole film may take. SVT-AV1 lends nothing.
                maxrate_bps = round(cap * max(0.5, length_s / (length_s + _LENT * buffer_s)))
        bufsize_bits = min(bufsize_bits or 10**9, round(cap * buffer_s))
    return Rendition(
        name=f"{rung.codec}-{min(width, height)}.mp4",
        codec=rung.codec,
        width=width,
        height=height,
        crf=rung.crf,
        maxrate_bps=maxrate_bps,
        bufsize_bits=bufsize_bits,
    )


def _much_alike(one: Rendition, other: Rendition) -> bool:
    small, large = sorted((min(one.width, one.height), min(other.width, other.height)))
    return one.codec == other.codec and small > _STEP_MAX * large


def _even_floor(value: int) -> int:
    return value - value % 2


def _even_nearest(numerator: int, denominator: int) -> int:
    """The even number nearest to a fraction, in integers so that no float rounds."""
    return 2 * ((numerator + denominator) // (2 * denominator))
