"""Which picture stands for the film before it plays, and in which files (pure).

Three may choose, the first that does wins: a picture of the coach's own beside the film, the
coach's second (``poster_at_s``), or the program, which takes the best of 24 pictures spread
over the film without its first and last second (5 %, if that is longer);
:mod:`kinopress.video.recipe.poster_score` says what "best" is.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from kinopress.video.recipe.ladder import fit

CANDIDATES = 24

# What a 720 rendition shows, so nothing jumps when play begins.
_SHORT_SIDE_PX = 720
# Films often begin with a hand at the camera and end with one.
_SKIP_S = 1.0
_SKIP_SHARE = 0.05
# A poster requested at the very end is taken this long before it, where a picture surely is.
_END_S = 0.5


@dataclass(frozen=True, slots=True)
class PlannedPoster:
    """One poster file to be made: its name, media type and size in pixels."""

    name: str
    mime: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class OwnPoster:
    """The coach's own poster.

    Attributes:
        sha256: Hexadecimal SHA-256 of the file.
        width: Pixels across, upright.
        height: Pixels down, upright.
    """

    sha256: str
    width: int
    height: int


def plan_posters(width: int, height: int, *, avif: bool = True) -> tuple[PlannedPoster, ...]:
    """The files of a poster for a picture of this size, never larger than it.

    AVIF (55 kB) and WebP (93 kB where the JPEG has 137) for browsers, JPEG for feeds and link
    previews. A picture of the coach's own keeps its shape: cutting could take a head off.

    Args:
        width: Pixels across of the film, or of the coach's own picture.
        height: Pixels down.
        avif: Whether there is an encoder for it.
    """
    size = fit(width, height, _SHORT_SIDE_PX)
    posters = [PlannedPoster("poster.avif", "image/avif", *size)] if avif else []
    posters.append(PlannedPoster("poster.webp", "image/webp", *size))
    posters.append(PlannedPoster("poster.jpg", "image/jpeg", *size))
    return tuple(posters)


def candidate_moments(from_s: float, length_s: float | None) -> list[float]:
    """Seconds of the source at which candidates for a poster are looked at.

    Args:
        from_s: Where the shown part begins in the source.
        length_s: How long it lasts; unknown, its beginning is searched.
    """
    if length_s is None:
        length_s = 2.0 * CANDIDATES
    skip_s = max(_SKIP_S, _SKIP_SHARE * length_s)
    if length_s < 3 * skip_s:
        skip_s = 0.0
    step_s = (length_s - 2 * skip_s) / CANDIDATES
    return [from_s + skip_s + (number + 0.5) * step_s for number in range(CANDIDATES)]


def safe_moment(at_s: float, length_s: float | None, fps: Fraction) -> float:
    """A moment of the shown film after which a picture surely comes.

    At a constant rate the last one comes up to one and a half steps before the end.
    """
    end_s = max(_END_S, 1.5 / float(fps))
    return max(0.0, at_s if length_s is None else min(at_s, length_s - end_s))
