"""Whether a finished rendition is the film it was made of, by its own packets and pictures.

FFmpeg exits 0 for half a film, for doubled pictures, for sound that is late and for colours that are
wrong, so each rendition is measured against what its source asks for. Where there is nothing to
measure with, that is a failure, too: nothing equals nothing proves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from kinopress.video.joining import count_joined
from kinopress.video.losses import Span
from kinopress.video.packets import decoded_sound_s, spans
from kinopress.video.pictures import near_pictures, sample_pictures
from kinopress.video.poster_score import Sample, measure
from kinopress.video.probe import Probe
from kinopress.video.recipe import Recipe

# Lips are out of step from about here on (ITU-R BT.1359 lets 45 ms pass).
STEP_MAX_S = 0.04
# A container's unit of time is coarser than sound's.
_HOLE_S = 0.002
# How far the mean and the contrast of a picture may be from its source's: scaling, another matrix
# and a limiter of light change them a little; a wrong range, a black or a blown picture far more.
_MEAN_APART, _CONTRAST_APART = 12.0, 0.22
# PQ says white with half of its numbers, so an HDR film is far from what is made of it: only a black,
# a white or a flat picture is told.
_HDR_MEAN_APART, _HDR_CONTRAST_APART = 120.0, 4.0
# A small picture's sides are whole pixels.
_SHAPE_APART = 0.06
# Below this there is nothing to see in which contrast could be wrong.
_FLAT = 6.0


@dataclass(frozen=True, slots=True)
class Demand:
    """What a source asks of each rendition.

    Attributes:
        sound_end_s: When the sound ends, in seconds of the shown part; ``None``: silent.
        sample: A small picture of the source, at a moment of the shown part; ``None`` when the
            source gave none.
    """

    sound_end_s: float | None
    sample: Sample | None


def demand_of(recipe: Recipe, source: Path, heard: Sequence[Span] | None) -> Demand:
    """What a source asks of each rendition.

    Args:
        recipe: What is made.
        source: The film.
        heard: When each decoded piece of its sound begins and ends; ``None`` for a silent film.
    """
    sound_end_s = None
    if heard is not None:
        sound_end_s = max((end for _, end in heard), default=recipe.length_s or 0.0)
        if recipe.end_s is not None:
            sound_end_s = min(sound_end_s, recipe.end_s)
    from_s, length_s = recipe.trim.from_s, recipe.length_s or 0.0
    picture_s = length_s - recipe.still_s
    moments = [from_s + picture_s * share for share in (0.4, 0.6, 0.8)]
    samples = sample_pictures(source, recipe.probe, moments, recipe.settings.pixels_max)
    shown = [
        one
        for one in samples
        if from_s <= one.at_s < from_s + picture_s and _of_its_shape(one, recipe.probe)
    ]
    if not shown:
        return Demand(sound_end_s, None)
    first = shown[0]
    return Demand(sound_end_s, Sample(first.at_s - from_s, first.width, first.height, first.grey))


def _of_its_shape(sample: Sample, film: Probe) -> bool:
    """Whether a picture has the film's shape; one of another has black bars beside it."""
    across = film.stored_width - film.crop.left - film.crop.right
    down = film.stored_height - film.crop.top - film.crop.bottom
    return abs(sample.width * down / (sample.height * across) - 1) <= _SHAPE_APART


def prove(recipe: Recipe, path: Path, demand: Demand) -> str | None:
    """What of a rendition is not as its source asks; ``None`` when everything is proved.

    Args:
        recipe: What was planned.
        path: The rendition.
        demand: What the source asks.
    """
    pictures = count_joined(path, recipe.fps)
    if pictures is None:
        return "has pictures that are not evenly spaced, or none"
    if recipe.length_s is None:
        return "cannot be proved: how long its film is cannot be told"
    return _sound_fault(path, demand.sound_end_s) or _light_fault(recipe, path, demand.sample)


def _sound_fault(path: Path, end_s: float | None) -> str | None:
    pieces = spans(path, "audio")
    if end_s is None:
        return "has sound that its film has not" if pieces else None
    if not pieces:
        return "has no sound"
    if any(abs(begin - end) > _HOLE_S for (_, end), (begin, _) in pairwise(pieces)):
        return "has a hole in its sound"
    if pieces[0][0] > STEP_MAX_S:
        return f"has sound that begins {pieces[0][0]:.2f} s late"
    if abs(pieces[-1][1] - end_s) > STEP_MAX_S:
        return f"has sound to {pieces[-1][1]:.2f} s instead of {end_s:.2f} s"
    decoded_s = decoded_sound_s(path)
    if abs(decoded_s - end_s) > STEP_MAX_S:
        return f"has sound of which {decoded_s:.2f} s of {end_s:.2f} s can be decoded"
    return None


def _light_fault(recipe: Recipe, path: Path, sample: Sample | None) -> str | None:
    if sample is None:
        return None
    made = near_pictures(path, sample.at_s, float(1 / recipe.fps))
    if not made:
        return f"has no picture at {sample.at_s:.2f} s"
    # Another matrix weighs the colours otherwise: strong ones come out far from their old light.
    converted = recipe.probe.is_hdr or recipe.probe.color_matrix != "bt709"
    if any(alike(sample, one, tone_mapped=converted) for one in made):
        return None
    return f"is darker, brighter or flatter than its film at {sample.at_s:.2f} s"


def alike(source: Sample, made: Sample, *, tone_mapped: bool) -> bool:
    """Whether two pictures are as light and as full of contrast as each other.

    Args:
        source: Of the film.
        made: Of the rendition.
        tone_mapped: Whether the film was tone-mapped.
    """
    one, other = measure(source), measure(made)
    mean_apart, contrast_apart = _MEAN_APART, _CONTRAST_APART
    if tone_mapped:
        mean_apart, contrast_apart = _HDR_MEAN_APART, _HDR_CONTRAST_APART
    if abs(one.mean - other.mean) > mean_apart:
        return False
    if max(one.deviation, other.deviation) < _FLAT:
        return True
    if min(one.deviation, other.deviation) <= 0:
        return False
    ratio = one.deviation / other.deviation
    return (
        max(ratio, 1 / ratio) <= 1 + contrast_apart or abs(one.deviation - other.deviation) < _FLAT
    )
