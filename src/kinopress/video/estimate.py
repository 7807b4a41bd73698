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
from fractions import Fraction

from kinopress.video.ffmpeg_binary import Encoder
from kinopress.video.ladder import Av1Encoder, Rendition, choose_fps, plan_ladder
from kinopress.video.probe import Probe
from kinopress.video.settings import VideoSettings

# CPU seconds for a million pixels encoded.
_CPU_S = {"libsvtav1": 0.026, "libaom-av1": 0.13, "libx264": 0.030}
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


def estimate(probe: Probe, settings: VideoSettings, encoder: Encoder) -> Estimate:
    """Forecast an encode of the whole ladder on this machine.

    Args:
        probe: The film, as long as it is shown.
        settings: What the project set.
        encoder: What will encode it.
    """
    seconds = probe.duration_s or _LENGTH_UNKNOWN_S
    fps = choose_fps(probe.fps, settings.fps_max)
    pictures = seconds * float(fps)
    source_mpx = probe.width * probe.height * seconds * float(probe.fps or 30) / 1e6
    cpu_s = source_mpx * _DECODE_CPU_S
    bits = 0.0
    ladder = plan_ladder(probe, settings, encoder.av1)
    for rendition in ladder:
        pixels = rendition.width * rendition.height * pictures
        cpu_s += encoding_cpu_s(rendition, fps, seconds, encoder.av1)
        video_bits = pixels * _BITS[rendition.codec]
        if rendition.maxrate_bps is not None:
            video_bits = min(video_bits, seconds * rendition.maxrate_bps)
        bits += video_bits + (seconds * settings.audio_bitrate_bps if probe.has_audio else 0)
    if probe.is_hdr:
        largest = max(one.width * one.height for one in ladder)
        cpu_s += largest * pictures / 1e6 * _TONE_MAP_CPU_S
    return Estimate(cpu_s / min(os.cpu_count() or 1, _CORES_MAX), round(bits / 8))


def encoding_cpu_s(
    rendition: Rendition, fps: Fraction, length_s: float | None, av1: Av1Encoder | None
) -> float:
    """Seconds of processor time to encode one rendition, without decoding its source."""
    pictures = (length_s or _LENGTH_UNKNOWN_S) * float(fps)
    name = "libx264" if rendition.codec == "h264" else av1 or "libsvtav1"
    return rendition.width * rendition.height * pictures / 1e6 * _CPU_S[name]
