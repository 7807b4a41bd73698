"""How long a film will take and how much room it needs, before anything is made."""

from __future__ import annotations

from dataclasses import replace

from kinopress.content.kinds import Video
from kinopress.content.scan import Film
from kinopress.problems import Problem, Refusal
from kinopress.video.ffmpeg_binary import Encoder, find_encoder
from kinopress.video.ladder import plan_ladder
from kinopress.video.probe import Probe, probe
from kinopress.video.settings import VideoSettings
from kinopress.video.trim import Trim, check_trim

# Seconds of work for a film second of 1280 by 720 at 30 pictures, on the two shared cores
# where the ladder was measured; a laptop is faster. libaom took 5 times as long as SVT-AV1.
_WORK = {"h264": 0.25, "av1": 0.25}
_SLOW = 5.0
_PIXELS_PER_S = 1280 * 720 * 30
_LENGTH_UNKNOWN_S = 600.0
# Of the ceiling, or of a typical 720 film where there is none: talk and slow movement.
_BITRATE_SHARE = 0.6
_BITRATE_BPS = 2_000_000


def estimate(found: Probe, settings: VideoSettings, encoder: Encoder) -> tuple[float, int]:
    """Seconds and bytes, roughly: within a factor of about two."""
    length_s = found.duration_s or _LENGTH_UNKNOWN_S
    fps = min(float(found.fps or 30), settings.fps_max)
    seconds, size = 0.0, 0.0
    for one in plan_ladder(found, settings, encoder.av1):
        pixels = one.width * one.height
        slow = _SLOW if one.codec == "av1" and encoder.av1 == "libaom-av1" else 1.0
        seconds += _WORK[one.codec] * slow * length_s * pixels * fps / _PIXELS_PER_S
        picture_bps = one.maxrate_bps or _BITRATE_BPS * pixels / (1280 * 720)
        size += (picture_bps * _BITRATE_SHARE + settings.audio_bitrate_bps) * length_s / 8
    return seconds, round(size)


def expected(film: Film, page: Video | None, settings: VideoSettings) -> tuple[float, int] | None:
    """Seconds and bytes for all of a film's files; ``None`` when it cannot be told."""
    found = probe(film.file, display_path=film.path, settings=settings)
    if isinstance(found, Problem):
        return None
    try:
        return estimate(as_shown(found, page, film.path), settings, find_encoder())
    except Refusal:
        return None


def as_shown(found: Probe, page: Video | None, path: str) -> Probe:
    """A film with the length that its page shows."""
    if page is None or page.trim is None:
        return found
    trim, _ = check_trim(Trim(page.trim.from_s, page.trim.to_s), found.duration_s, path)
    return replace(found, duration_s=trim.length_s(found.duration_s))
