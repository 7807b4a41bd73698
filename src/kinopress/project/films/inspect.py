"""What a film is, what it tells, and what will be made of it."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from kinopress.content.model.pages import Video
from kinopress.content.model.settings import VideoDefaults
from kinopress.privacy.walk import traces_of
from kinopress.problems import Refusal
from kinopress.project.films.forecast import Outlook, loudness_of
from kinopress.project.films.named import film_named
from kinopress.project.folder import find_project
from kinopress.project.read import read_project


def film_meant(
    name: str, project_dir: Path | None
) -> tuple[Path, str, Video | None, VideoDefaults]:
    """A file wherever it is, also outside a project; or a film of the project."""
    file = Path(name)
    try:
        project = find_project(project_dir)
    except Refusal:
        if project_dir is None and file.is_file():
            return file, name, None, VideoDefaults()
        raise
    library, _ = read_project(project, show_held=True)
    if file.is_file():
        there = file.resolve()
        film = next((f for f in library.films.values() if f.file.resolve() == there), None)
        if film is None:
            return file, name, None, library.settings.video
    else:
        film = film_named(library, name)
    page = library.pages.get(("video", film.slug))
    return film.file, film.path, page if isinstance(page, Video) else None, library.settings.video


def film_facts(file: Path, seen: Outlook) -> dict[str, Any]:
    """What a film is, what it tells about its maker, and what will be made of it, as plain values."""
    found, forecast = seen.film, seen.forecast
    sound = loudness_of(file, seen)
    return {
        "bytes": found.bytes,
        "duration_s": found.duration_s,
        "shown_s": seen.recipe.length_s,
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
        "traces": list(dict.fromkeys(trace.what for trace in traces_of(file))),
        "will_make": [
            {"name": r.name, "codec": r.codec, "width": r.width, "height": r.height}
            for r in seen.recipe.renditions
        ],
        "expected_seconds": round(forecast.seconds),
        "expected_bytes": forecast.bytes,
        "quick_expected_seconds": round(seen.quick_forecast.seconds),
    }
