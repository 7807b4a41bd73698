"""How long an encode will take and how large it will be, roughly (pure).

The times were measured on two shared cores with a 10 s film of 1080p at 30 pictures a second
(drawn, with noise: harder than most lessons): the ladder took 38 to 41 s of CPU. They are
split among the rungs by the ratios of SVT-AV1 to x264 at equal quality (0.78 at 1080, 0.99 at
720, November 2026). Sizes assume a person moving before a still background. Both may be wrong
by a factor of two; they are for "is this a coffee or a night", the progress knows better.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from kinopress.video.recipe.recipe import Recipe

# CPU seconds for a million pixels encoded.
_CPU_S = {"libsvtav1": 0.026, "libaom-av1": 0.13, "libx264": 0.030}
# x264's presets against medium.
_PRESETS = {"medium": 1.0, "superfast": 0.25}
# CPU seconds for a million pixels decoded, and tone-mapped if they are HDR.
_DECODE_CPU_S, _TONE_MAP_CPU_S = 0.004, 0.02
# Bits for a pixel encoded, by codec.
_BITS = {"av1": 0.045, "h264": 0.07}
_LENGTH_UNKNOWN_S = 60.0
# x264 and SVT-AV1 side by side do not fill more than this.
_CORES_MAX = 8


@dataclass(frozen=True, slots=True)
class Estimate:
    """A rough forecast: seconds on the clock, and bytes of all renditions."""

    seconds: float
    bytes: int


def estimate(recipe: Recipe) -> Estimate:
    """Forecast an encode of all renditions of a recipe on this machine."""
    probe, fps = recipe.probe, recipe.fps
    seconds = recipe.length_s or _LENGTH_UNKNOWN_S
    pictures = seconds * float(fps)
    source_mpx = probe.width * probe.height * seconds * float(probe.fps or 30) / 1e6
    cpu_s = source_mpx * _DECODE_CPU_S
    bits = 0.0
    for rendition in recipe.renditions:
        pixels = rendition.width * rendition.height * pictures
        name = "libx264" if rendition.codec == "h264" else recipe.av1 or "libsvtav1"
        cpu_s += pixels / 1e6 * _CPU_S[name] * _PRESETS[rendition.preset]
        video_bits = pixels * _BITS[rendition.codec]
        if rendition.maxrate_bps is not None:
            video_bits = min(video_bits, seconds * rendition.maxrate_bps)
        bits += video_bits
        bits += seconds * recipe.settings.audio_bitrate_bps if probe.has_audio else 0
    if probe.is_hdr:
        largest = recipe.base_size[0] * recipe.base_size[1]
        cpu_s += largest * pictures / 1e6 * _TONE_MAP_CPU_S
    return Estimate(cpu_s / min(os.cpu_count() or 1, _CORES_MAX), round(bits / 8))
