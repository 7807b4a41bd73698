"""One loudness for all films, so that nobody reaches for the volume between two of them.

A film is measured first (EBU R 128, FFmpeg's ``ebur128``; sound only, about 170 times as fast
as it plays), then raised or lowered by one gain to -16 LUFS, and what would then be too loud
is held by a limiter that looks at 192 kHz, where peaks between samples show. FFmpeg's own
two-pass ``loudnorm`` turned dynamic on 3 of 3 phone films, which pumps.

Silence has no loudness and faint noise would only become loud noise: both are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

TARGET_LUFS = -16.0
"""What podcasts and phones settle on for speech on small speakers."""
GAIN_MAX_DB = 20.0
"""More would raise a room's hiss to the voice's level."""
QUIET_LUFS = -50.0
"""Below this there is no voice: an empty room measures -55 to -65 LUFS with a phone."""
# AAC at 96 kbit/s overshot this by up to 1.5 dB (loud pink noise, November 2026); the result is
# to stay below -1 dBTP.
LIMIT_DBTP = -3.0
_OVERSAMPLED_HZ = 192_000

_LUFS_LINE = re.compile(r"^\s+I:\s+(-?\d+(?:\.\d+)?) LUFS", re.MULTILINE)
_PEAK_LINE = re.compile(r"^\s+Peak:\s+(-?\d+(?:\.\d+)?|-inf) dBFS", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Loudness:
    """A measurement.

    Attributes:
        lufs: Integrated loudness; FFmpeg says -70 for silence.
        peak_dbtp: True peak; ``-inf`` for silence.
    """

    lufs: float
    peak_dbtp: float


def measuring_argv(
    before_input: Sequence[str],
    source: str,
    stream: int,
    gain_db: float | None,
    *,
    first_channel: bool = False,
) -> list[str]:
    """FFmpeg's arguments that measure a stream, as it is or as gain and limiter would make it.

    Args:
        before_input: Options of the input: what may be opened, and the trim.
        source: The film, or its decoded sound, as FFmpeg is to open it.
        stream: Number of the sound in it.
        gain_db: The gain to be tried; ``None`` measures the sound itself.
        first_channel: The first channel stands for all.
    """
    chain = ["pan=stereo|c0=c0|c1=c0"] if first_channel else []
    chain += ["aresample=48000", "aformat=sample_fmts=fltp:channel_layouts=stereo"]
    if gain_db is not None:
        chain += [
            f"{name}={':'.join(f'{key}={value}' for key, value in options.items())}"
            for name, options in gain_filters(f"{gain_db:.2f}dB")
        ]
    chain.append("ebur128=peak=true:framelog=verbose")
    return [
        *["-hide_banner", "-nostdin", "-loglevel", "info", "-nostats"],
        *["-progress", "pipe:1", "-stats_period", "0.5", *before_input, "-i", source],
        *["-map", f"0:{stream}", "-af", ",".join(chain), "-f", "null", "-"],
    ]


def gain_filters(gain: str) -> list[tuple[str, dict[str, str]]]:
    """The filters of a gain such as ``4.5dB``, with their options, in order."""
    limit = 10 ** (LIMIT_DBTP / 20)
    return [
        ("volume", {"volume": gain}),
        ("aresample", {"sample_rate": str(_OVERSAMPLED_HZ)}),
        # level: without it the limiter would raise everything to its own ceiling.
        ("alimiter", {"limit": f"{limit:.4f}", "attack": "2", "release": "60", "level": "0"}),
        ("aresample", {"sample_rate": "48000"}),
    ]


def read_loudness(report: str) -> Loudness | None:
    """The summary that ``ebur128`` writes at its end; ``None`` when there is none."""
    lufs, peak = _LUFS_LINE.findall(report), _PEAK_LINE.findall(report)
    return Loudness(float(lufs[-1]), float(peak[-1])) if lufs and peak else None


def choose_gain(measured: Loudness | None) -> float | None:
    """The gain in dB that brings a sound to the target; ``None`` leaves it alone."""
    if measured is None or measured.lufs < QUIET_LUFS:
        return None
    return min(GAIN_MAX_DB, TARGET_LUFS - measured.lufs)


def correct_gain(gain_db: float, made: Loudness | None) -> float:
    """A better gain, when the limiter took some loudness away; at most twice the loudness more."""
    if made is None:
        return gain_db
    lost_db = min(6.0, max(0.0, TARGET_LUFS - made.lufs))
    return min(GAIN_MAX_DB, gain_db + lost_db)


def limits(gain_db: float, measured: Loudness) -> bool:
    """Whether the limiter has anything to do."""
    return measured.peak_dbtp + gain_db > LIMIT_DBTP
