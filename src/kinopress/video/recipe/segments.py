"""Where a film is cut so that its parts can be encoded apart, each by itself (pure).

Boundaries are picture numbers, not seconds: a picture's number says when it is shown, and nothing has to be
rounded where two computers meet.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kinopress.video.recipe.part_files import Begun


@dataclass(frozen=True, slots=True)
class Segment:
    """Some pictures in a row that are encoded together.

    Attributes:
        first: The number of the first picture.
        end: The number after the last picture; ``None``: to the end of the film, whose exact
            length is known only when it has been decoded.
        names: The renditions that lack these pictures.
    """

    first: int
    end: int | None
    names: tuple[str, ...]


def pictures_of_a_part(part_s: float, fps: Fraction) -> int:
    """How many pictures a part of so many seconds has."""
    return max(1, round(Fraction(part_s) * fps))


def plan_segments(
    length: int,
    part: int,
    begun: Mapping[str, Begun],
    later: Mapping[str, Mapping[int, int]] | None = None,
) -> tuple[Segment, ...]:
    """What is still to be encoded of a film.

    The last segment has no end, and from a half to one and a half times a part's pictures.

    Args:
        length: About how many pictures the film has.
        part: How many pictures a part has.
        begun: How much of each rendition there is already, from its beginning.
        later: Of each rendition, the parts that are there behind a gap: first picture → pictures.
    """
    last = part * max(0, (2 * length + part) // (2 * part) - 1)
    lacking: dict[tuple[int, int | None], list[str]] = {}
    for name, there in begun.items():
        behind = (later or {}).get(name, {})
        first = there.pictures
        while True:
            end = None if first >= last else first - first % part + part
            if end is None or behind.get(first) != end - first:
                lacking.setdefault((first, end), []).append(name)
            if end is None:
                break
            first = end
    cuts = sorted(lacking, key=lambda cut: cut[0])
    return tuple(Segment(first, end, tuple(lacking[first, end])) for first, end in cuts)


_RUN_IN_S = 0.5
"""What joins fields or looks back has pictures before the first one that is wanted."""


def seek_second(keyframes_s: Sequence[float], at_s: float, from_s: float) -> float | None:
    """The second of a film from which it is decoded to reach another second.

    It is the last keyframe but one, since what follows the last may lean on pictures before it (open groups).

    Args:
        keyframes_s: When the film's keyframes are shown, in order; empty where it cannot be trusted to be
            sought in.
        at_s: The second that is to be reached.
        from_s: Where the shown part begins.

    Returns:
        ``None``: from the beginning of the shown part, which every film bears.
    """
    before = bisect_right(keyframes_s, at_s - _RUN_IN_S) - 2
    return keyframes_s[before] if before >= 0 and keyframes_s[before] > from_s else None
