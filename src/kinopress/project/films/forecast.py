"""What will become of a film: what is made of it, how long that takes, how loud it is now."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kinopress.content.model.pages import Video
from kinopress.problems import Problem, Refusal
from kinopress.video.encode.results import quick_recipe
from kinopress.video.encode.sound_work import measure_loudness
from kinopress.video.ffmpeg.binary import Encoder, find_encoder
from kinopress.video.recipe.estimate import Estimate, estimate
from kinopress.video.recipe.ladder import plan_ladder
from kinopress.video.recipe.loudness import Loudness
from kinopress.video.recipe.recipe import Recipe, plan_recipe
from kinopress.video.settings import VideoSettings
from kinopress.video.source.probe import Probe, probe
from kinopress.video.source.trim import WHOLE, Trim, check_trim


@dataclass(frozen=True, slots=True)
class Outlook:
    """A film before anything is made of it.

    Attributes:
        film: What it is.
        recipe: What will be made of the part that is shown.
        forecast: How long that takes and how large it will be, roughly.
        quick_forecast: The same for what a quick run makes.
        encoder: What will make it.
    """

    film: Probe
    recipe: Recipe
    forecast: Estimate
    quick_forecast: Estimate
    encoder: Encoder


def outlook(
    file: Path, path: str, page: Video | None, settings: VideoSettings
) -> Outlook | Problem:
    """Look at a film as its page shows it.

    Args:
        file: The film.
        path: What the coach calls it.
        page: Its page, if it has one.
        settings: What the project set.

    Raises:
        Refusal: without a usable FFmpeg (exit code 3).
    """
    film = probe(file, display_path=path, settings=settings)
    if isinstance(film, Problem):
        return film
    requested = Trim(page.trim.from_s, page.trim.to_s) if page and page.trim else WHOLE
    trim, _ = check_trim(requested, film.duration_s, path)
    encoder = find_encoder()
    recipe = plan_recipe(
        film,
        plan_ladder(film, settings, encoder.av1),
        settings,
        av1=encoder.av1,
        avif=encoder.makes_avif,
        trim=trim,
    )
    quick = estimate(quick_recipe(recipe))
    return Outlook(film, recipe, estimate(recipe), quick, encoder)


def expected(
    file: Path, path: str, page: Video | None, settings: VideoSettings, *, quick: bool
) -> Estimate | None:
    """The forecast for all of a film's files, or a quick run's; ``None`` when it cannot be told."""
    try:
        seen = outlook(file, path, page, settings)
    except Refusal:
        return None
    if isinstance(seen, Problem):
        return None
    return seen.quick_forecast if quick else seen.forecast


def loudness_of(file: Path, seen: Outlook) -> Loudness | None:
    """How loud the shown part is as it was filmed: about a second for three minutes.

    Raises:
        OSError: FFmpeg cannot be started.
    """
    return measure_loudness(seen.recipe, file, ffmpeg=seen.encoder.path)
