"""Whether a finished rendition is the film it was made of, by its own packets and pictures.

FFmpeg exits 0 for half a film, for doubled pictures, for sound that is late and for colours that are
wrong, so each rendition is measured against what its source asks for. Where there is nothing to
measure with, that is a failure, too: nothing equals nothing proves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from kinopress.video.proof.joining import count_joined
from kinopress.video.proof.losses import STEP_MAX_S, Span
from kinopress.video.recipe.recipe import Recipe
from kinopress.video.source.film import Probe
from kinopress.video.source.packets import decoded_sound_s, spans

if TYPE_CHECKING:
    from kinopress.video.proof.light import View

# A container's unit of time is coarser than sound's.
_HOLE_S = 0.002
_PACKET_S = 1024 / 48_000
"""Sound of one packet of AAC."""
# Where in the shown part its pictures are looked at.
_SHARES = (0.0, 0.4, 0.8)


@dataclass(frozen=True, slots=True)
class Demand:
    """What a source asks of each rendition.

    Attributes:
        sound_end_s: When the sound ends, in seconds of the shown part; ``None``: silent.
        view: What one of its pictures must look like, at a moment of the shown part; ``None`` when not
            one of the source's could be decoded, and nothing is proved.
    """

    sound_end_s: float | None
    view: View | None


def demand_of(recipe: Recipe, source: Path, heard: Sequence[Span] | None) -> Demand:
    """What a source asks of each rendition.

    Args:
        recipe: What is made.
        source: The film.
        heard: When each decoded piece of its sound begins and ends; ``None`` for a silent film.
    """
    from kinopress.video.proof.views import film_view  # noqa: PLC0415 - numpy takes a while to load

    sound_end_s = None
    if heard is not None:
        sound_end_s = max((end for _, end in heard), default=recipe.length_s or 0.0)
        if recipe.end_s is not None:
            sound_end_s = min(sound_end_s, recipe.end_s)
    from_s, length_s = recipe.from_s, recipe.length_s or 0.0
    until_s = from_s + length_s - recipe.still_s
    moments = [from_s + (until_s - from_s) * share for share in _SHARES]
    best = film_view(source, recipe.probe, moments, until_s, recipe.settings.pixels_max)
    return Demand(sound_end_s, None if best is None else replace(best, at_s=best.at_s - from_s))


def prove(recipe: Recipe, path: Path, made: Probe, demand: Demand) -> str | None:
    """What of a rendition is not as its source asks; ``None`` when everything is proved.

    Args:
        recipe: What was planned.
        path: The rendition.
        made: What is known of it.
        demand: What the source asks.
    """
    pictures = count_joined(path, recipe.fps)
    if pictures is None:
        return "has pictures that are not evenly spaced, or none"
    if recipe.length_s is None:
        return "cannot be proved: the length of its film is not known"
    return _sound_fault(path, demand.sound_end_s) or _light_fault(recipe, path, made, demand.view)


def _sound_fault(path: Path, end_s: float | None) -> str | None:
    pieces = spans(path, "audio")
    if end_s is None:
        return "has sound that its film does not have" if pieces else None
    if not pieces:
        return "has no sound"
    if any(abs(begin - end) > _HOLE_S for (_, end), (begin, _) in pairwise(pieces)):
        return "has a gap in its sound"
    if pieces[0][0] > STEP_MAX_S:
        return f"has sound that begins {pieces[0][0]:.2f} s late"
    if abs(pieces[-1][1] - end_s) > STEP_MAX_S:
        return f"has sound to {pieces[-1][1]:.2f} s instead of {end_s:.2f} s"
    decoded_s = decoded_sound_s(path)
    # A packet is decoded whole, also what of the last one is not shown: its end was looked at above.
    if not -STEP_MAX_S <= decoded_s - end_s <= STEP_MAX_S + _PACKET_S:
        return f"has sound of which {decoded_s:.2f} s of {end_s:.2f} s can be decoded"
    return None


def _light_fault(recipe: Recipe, path: Path, made: Probe, view: View | None) -> str | None:
    from kinopress.video.proof.light import apart  # noqa: PLC0415 - see above
    from kinopress.video.proof.views import near_views  # noqa: PLC0415

    if view is None:
        return "cannot be compared with its film, of which no picture could be read"
    first: str | None = None
    for one in near_views(path, made, view.at_s, float(1 / recipe.fps)):
        fault = apart(view, one)
        if fault is None:
            return None
        first = first or fault
    if first is None:
        return f"has no picture at {view.at_s:.2f} s"
    return f"{first} at {view.at_s:.2f} s, compared with its film"
