"""What will become of a film of the project: its page's wishes and the site's settings, as one plan."""

from __future__ import annotations

from pathlib import Path

from kinopress.content.model.pages import Video
from kinopress.content.model.settings import VideoDefaults
from kinopress.media.trim import WHOLE
from kinopress.problems import Problem
from kinopress.video.plan import FilmPlan, plan_film
from kinopress.video.settings import VideoSettings


def video_settings(defaults: VideoDefaults) -> VideoSettings:
    """The encoder's settings from the site's: the rungs not larger than the site wants, at least the smallest."""
    rungs = VideoSettings().rungs
    wanted = tuple(r for r in rungs if r.short_side_px <= defaults.short_side_max_px)
    return VideoSettings(rungs=wanted or rungs[-1:])


def plan_for_page(
    file: Path, path: str, page: Video | None, defaults: VideoDefaults, poster: Path | None
) -> FilmPlan | Problem:
    """Plan a film as its page shows it.

    Args:
        file: The film.
        path: What the coach calls it.
        page: Its page, if it has one.
        defaults: What the site says of its films.
        poster: The coach's own poster, if there is one.

    Raises:
        Refusal: without a usable FFmpeg (exit code 3).
    """
    return plan_film(
        file,
        display_path=path,
        settings=video_settings(defaults),
        trim=(page.trim if page else None) or WHOLE,
        poster_at_s=page.poster_at_s if page else None,
        poster_image=poster,
    )
