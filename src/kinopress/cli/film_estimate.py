"""How long a film will take and how much room it needs, before anything is made."""

from __future__ import annotations

from dataclasses import replace

from kinopress.content.kinds import Video
from kinopress.content.scan import Film
from kinopress.problems import Problem, Refusal
from kinopress.video.estimate import Estimate, estimate
from kinopress.video.ffmpeg_binary import find_encoder
from kinopress.video.probe import Probe, probe
from kinopress.video.settings import VideoSettings
from kinopress.video.trim import Trim, check_trim


def expected(film: Film, page: Video | None, settings: VideoSettings) -> Estimate | None:
    """The forecast for all of a film's files; ``None`` when it cannot be told."""
    found = probe(film.file, display_path=film.path, settings=settings)
    if isinstance(found, Problem):
        return None
    try:
        return estimate(as_shown(found, page, film.path), settings, find_encoder())
    except Refusal:
        return None


def as_shown(found: Probe, page: Video | None, path: str) -> Probe:
    """A film with the length that its page shows."""
    if page is None or page.trim is None:
        return found
    trim, _ = check_trim(Trim(page.trim.from_s, page.trim.to_s), found.duration_s, path)
    return replace(found, duration_s=trim.length_s(found.duration_s))
