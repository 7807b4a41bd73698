"""What a film is, what it tells, and what will be made of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kinopress.content.model.pages import Video
from kinopress.content.model.settings import VideoDefaults
from kinopress.privacy.walk import traces_of
from kinopress.problems import Problem, Refusal
from kinopress.project.films.named import film_named
from kinopress.project.films.plan import plan_for_page
from kinopress.project.films.times import on_their_page
from kinopress.project.folder import find_project
from kinopress.project.read import read_project
from kinopress.video.encode.making.sound import measure_loudness
from kinopress.video.plan import FilmPlan


@dataclass(frozen=True, slots=True)
class Meant:
    """A film that somebody named.

    Attributes:
        file: The film.
        path: What the coach calls it.
        page: Its page, if it has one.
        defaults: What the site says of its films.
        poster: The coach's own poster, if there is one.
    """

    file: Path
    path: str
    page: Video | None = None
    defaults: VideoDefaults = field(default_factory=VideoDefaults)
    poster: Path | None = None

    def plan(self) -> FilmPlan | Problem:
        """What will be made of it.

        Raises:
            Refusal: without a usable FFmpeg (exit code 3).
        """
        planned = plan_for_page(self.file, self.path, self.page, self.defaults, self.poster)
        if isinstance(planned, Problem):
            return planned
        return replace(planned, problems=on_their_page(planned.problems, self.page))


def film_meant(name: str, project_dir: Path | None) -> Meant:
    """A file wherever it is, also outside a project; or a film of the project."""
    file = Path(name)
    try:
        project = find_project(project_dir)
    except Refusal:
        if project_dir is None and file.is_file():
            return Meant(file, name)
        raise
    library, _ = read_project(project, show_held=True)
    if file.is_file():
        there = file.resolve()
        film = next((f for f in library.films.values() if f.file.resolve() == there), None)
        if film is None:
            return Meant(file, name, defaults=library.settings.video)
    else:
        film = film_named(library, name)
    page = library.pages.get(("video", film.slug))
    return Meant(
        film.file,
        film.path,
        page if isinstance(page, Video) else None,
        library.settings.video,
        project / film.poster if film.poster else None,
    )


def film_facts(planned: FilmPlan) -> dict[str, Any]:
    """What a film is, what it tells about its maker, and what will be made of it, as plain values.

    How loud the shown part is takes about a second for three minutes.

    Raises:
        OSError: FFmpeg cannot be started.
    """
    found = planned.film
    forecast, quick = planned.forecast(quick=False), planned.forecast(quick=True)
    sound = measure_loudness(planned.recipe, planned.source, ffmpeg=planned.encoder.path)
    return {
        "bytes": found.bytes,
        "duration_s": found.duration_s,
        "shown_s": planned.recipe.length_s,
        "width": found.width,
        "height": found.height,
        "upright": found.height > found.width,
        "codec": found.codec,
        "fps": round(float(found.fps), 2) if found.fps else None,
        "hdr": found.is_hdr,
        "interlaced": found.interlaced,
        "has_audio": found.has_audio,
        "loudness_lufs": sound.lufs if sound else None,
        # Silence has a peak of minus infinity, which JSON cannot say.
        "true_peak_dbtp": sound.peak_dbtp if sound and math.isfinite(sound.peak_dbtp) else None,
        "traces": list(dict.fromkeys(trace.what for trace in traces_of(planned.source))),
        "will_make": [
            {"name": r.name, "codec": r.codec, "width": r.width, "height": r.height}
            for r in planned.recipe.renditions
        ],
        "expected_seconds": round(forecast.seconds),
        "expected_bytes": forecast.bytes,
        "quick_expected_seconds": round(quick.seconds),
        "problems": [problem.as_dict() for problem in planned.problems],
    }
