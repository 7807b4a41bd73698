"""Which picture stands for the film before it plays (pure).

The coach's choice (``poster_at_s``) is taken as it is. Otherwise 24 pictures are spread over
the film, without its first and last second (5 %, if that is longer), and FFmpeg's
``thumbnail`` filter keeps the one whose colours are most like the average of all: a black
frame, a flash or a hand before the lens is never that.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from kinopress.video.ladder import fit
from kinopress.video.probe import Probe

# FFmpeg keeps all candidates in memory: 1.4 MB each at 720p, so 24 cost 33 MB.
CANDIDATES = 24

# What a 720 rendition shows, so nothing jumps when play begins.
_SHORT_SIDE_PX = 720
# Films often begin with a hand at the camera and end with one.
_SKIP_S = 1.0
_SKIP_SHARE = 0.05
# A poster wished for at the very end is taken this long before it, where a picture surely is.
_END_S = 0.5


@dataclass(frozen=True, slots=True)
class PlannedPoster:
    """One poster file to be made: its name, media type and size in pixels."""

    name: str
    mime: str
    width: int
    height: int


def plan_posters(probe: Probe) -> tuple[PlannedPoster, ...]:
    """WebP (93 kB where the JPEG has 137) for browsers, JPEG for feeds and link previews."""
    width, height = fit(probe.width, probe.height, _SHORT_SIDE_PX)
    return (
        PlannedPoster("poster.webp", "image/webp", width, height),
        PlannedPoster("poster.jpg", "image/jpeg", width, height),
    )


def poster_moments(probe: Probe, fps: Fraction, poster_at_s: float | None) -> str:
    """FFmpeg's ``select`` expression that lets through the candidates for the poster.

    Args:
        probe: The source.
        fps: Pictures a second at which they come.
        poster_at_s: The coach's choice in seconds, or ``None``.
    """
    length_s = probe.duration_s
    if poster_at_s is not None:
        end_s = poster_at_s if length_s is None else max(0.0, length_s - _END_S)
        return f"gte(t,{min(poster_at_s, end_s):.3f})"
    if length_s is None:
        length_s = 2.0 * CANDIDATES
    skip_s = max(_SKIP_S, _SKIP_SHARE * length_s)
    if length_s < 3 * skip_s:
        skip_s = 0.0
    step_s = max(1 / float(fps), (length_s - 2 * skip_s) / CANDIDATES)
    within = f"between(t,{skip_s:.3f},{length_s - skip_s:.3f})"
    return f"{within}*(isnan(prev_selected_t)+gte(t-prev_selected_t,{step_s:.3f}))"
