"""What will become of a film, decided once and before anything is made of it.

The forecast, the encoding and ``kinopress video inspect`` all read it here: a film is opened once and the
coach's own poster is read once for all of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kinopress.codes import Code
from kinopress.media.trim import WHOLE, Trim
from kinopress.pictures.made import PictureError
from kinopress.problems import Problem
from kinopress.video.encode.results import quick_recipe
from kinopress.video.ffmpeg.binary import Encoder, find_encoder
from kinopress.video.proof.losses import source_warnings
from kinopress.video.recipe.estimate import Estimate, estimate
from kinopress.video.recipe.ladder import plan_ladder
from kinopress.video.recipe.poster import OwnPoster
from kinopress.video.recipe.recipe import Recipe, plan_recipe
from kinopress.video.settings import VideoSettings
from kinopress.video.source.film import Probe
from kinopress.video.source.limits import about_jumps
from kinopress.video.source.probe import probe
from kinopress.video.source.sniff import check_ending, check_file, media_problem
from kinopress.video.source.trim import check_poster, check_trim

_DEFAULTS = VideoSettings()


@dataclass(frozen=True, slots=True)
class FilmPlan:
    """A film before anything is made of it.

    Attributes:
        source: The camera film.
        display_path: What the coach calls it.
        film: What it is.
        recipe: What will be made of the part that is shown.
        encoder: What will make it.
        poster: The coach's own poster as a PNG of nothing but pixels, if there is one.
        problems: What can be said already: with an error among them, nothing will be made.
    """

    source: Path
    display_path: str
    film: Probe
    recipe: Recipe
    encoder: Encoder
    poster: bytes | None
    problems: Sequence[Problem]

    @property
    def can_be_made(self) -> bool:
        """Whether nothing is wrong with what its page asks for."""
        return all(problem.severity != "error" for problem in self.problems)

    def forecast(self, *, quick: bool) -> Estimate:
        """How long making all of its files, or a quick run's, takes, and how large they will be, roughly."""
        return estimate(quick_recipe(self.recipe) if quick else self.recipe)


def plan_film(
    source: Path,
    *,
    display_path: str,
    settings: VideoSettings = _DEFAULTS,
    trim: Trim = WHOLE,
    poster_at_s: float | None = None,
    poster_image: Path | None = None,
) -> FilmPlan | Problem:
    """Look at a film and decide what will be made of it.

    Args:
        source: The camera film. It is only read.
        display_path: What the coach calls it, such as ``videos/hip.mov``.
        settings: What the project set.
        trim: The part of the source that is shown.
        poster_at_s: Second of the source for the poster; ``None`` lets the program choose.
        poster_image: The coach's own poster, which wins over ``poster_at_s``. It is only read.

    Returns:
        The plan, or the one problem for which the file can be no film.

    Raises:
        Refusal: ``ENVIRONMENT`` without a usable FFmpeg.
    """
    film = probe(source, display_path=display_path, settings=settings)
    if isinstance(film, Problem):
        return film
    shown, about_trim = check_trim(
        trim, film.duration_s, display_path, picture_end_s=film.picture_end_s
    )
    found = [
        check_ending(source, film.container, display_path),
        film.passed_over,
        about_trim,
        _check_beginning(film, shown, display_path),
    ]
    if poster_at_s is not None:
        found.append(check_poster(poster_at_s, shown, film.duration_s, display_path))
        if found[-1] is not None:
            poster_at_s = None
    own: OwnPoster | None = None
    poster: bytes | None = None
    if poster_image is not None:
        looked = _look_at(poster_image, display_path)
        if isinstance(looked, Problem):
            found.append(looked)
        else:
            own, poster = looked
    encoder = find_encoder()
    recipe = plan_recipe(
        film,
        plan_ladder(film, settings, encoder.av1),
        settings,
        av1=encoder.av1,
        avif=encoder.makes_avif,
        trim=shown,
        poster_at_s=poster_at_s,
        own_poster=own,
    )
    warnings = source_warnings(
        picture_end_s=film.picture_end_s,
        still_s=recipe.still_s,
        sound_unread=film.sound_unread,
        display_path=display_path,
    )
    problems = [problem for problem in found if problem is not None]
    warnings += about_jumps(film.jumps, shown, display_path)
    return FilmPlan(source, display_path, film, recipe, encoder, poster, (*problems, *warnings))


def _check_beginning(film: Probe, shown: Trim, display_path: str) -> Problem | None:
    if not film.clock_jumps or shown.from_s == 0:
        return None
    why = "it is several recordings copied into one file, and the clock of each starts again"
    if any(jump.torn for jump in film.jumps):
        why = "a piece of the file is gone, and nobody can tell which second is which behind it"
    return media_problem(
        display_path,
        f"its beginning cannot be trimmed to {shown.from_s:g} s: {why}",
        "export it as an MP4 with a program that cuts films, then trim that; or remove the trim",
        Code.MEDIA_TIME_STAMPS,
    )


_SAID_OF_FILMS = (Code.MEDIA_EMPTY, Code.MEDIA_PLAYLIST, Code.MEDIA_UNREADABLE)
"""What is said of a film in words that do not fit a picture."""


def _look_at(image: Path, display_path: str) -> tuple[OwnPoster, bytes] | Problem:
    """What the coach's own poster is, and itself as a PNG."""
    shown = f"{Path(display_path).parent.as_posix()}/{image.name}"
    problem = check_file(image, shown)
    if problem is not None and problem.code not in _SAID_OF_FILMS:
        return problem
    # What opens pictures is loaded where there is one: most films have none of the coach's own.
    from kinopress.pictures.posters import plain_picture  # noqa: PLC0415

    try:
        data = image.read_bytes()
        plain, size = plain_picture(data)
    except PictureError as error:
        hint = f"{error.hint}, or remove it and the program chooses a poster"
        return media_problem(shown, f"this poster is {error.what}", hint, Code.POSTER_IMAGE)
    except OSError as error:
        return Problem(
            shown,
            f"this file cannot be read ({(error.strerror or str(error)).lower()})",
            "check that you may open it, or remove it",
            Code.FILE_UNREADABLE,
        )
    return OwnPoster(hashlib.sha256(data).hexdigest(), *size), plain
