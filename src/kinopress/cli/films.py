"""Encoding what lies in videos/, with progress for the person who waits."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kinopress.content.library import Library
from kinopress.content.settings import VideoDefaults
from kinopress.pages.clips import write_clips
from kinopress.pages.embed import Clip
from kinopress.problems import Problem
from kinopress.video.settings import VideoSettings

MEDIA = Path(".kinopress/media")


def video_settings(defaults: VideoDefaults) -> VideoSettings:
    """The encoder's settings from the site's: the rungs not larger than the site wants, at least the smallest."""
    rungs = VideoSettings().rungs
    wanted = tuple(r for r in rungs if r.short_side_px <= defaults.short_side_max_px)
    return VideoSettings(rungs=wanted or rungs[-1:])


def encode_films(
    project: Path, library: Library, *, quiet: bool = False
) -> tuple[dict[str, Clip], list[Problem], bool]:
    """Make sure every shown film is encoded.

    Returns:
        The films by slug, the problems, and whether anything had to be encoded.

    Raises:
        Refusal: without a usable FFmpeg (exit code 3), or while another run encodes (5).
    """
    clips: dict[str, Clip] = {}
    problems: list[Problem] = []
    folders: dict[str, Path] = {}
    any_encoded = False
    settings = video_settings(library.settings.video)
    for video in library.videos:
        film = library.films.get(video.slug)
        if film is None:
            continue
        from kinopress.video.produce import produce  # noqa: PLC0415 - opens films; not every site has one

        bar = _Bar(film.path, quiet)
        made = produce(
            film.file,
            display_path=film.path,
            media_dir=project / MEDIA,
            settings=settings,
            poster_at_s=video.poster_at_s,
            on_progress=bar,
        )
        bar.done(made.encoded)
        problems += made.problems
        any_encoded |= made.encoded
        if made.manifest is not None and made.folder is not None:
            clips[video.slug] = Clip(made.manifest, made.folder, film.captions)
            folders[video.slug] = made.folder
            problems += _times_beyond(
                video.path,
                video.chapters and [c.at_s for c in video.chapters],
                made.manifest.duration_s,
            )
    write_clips(project, folders)
    return clips, problems, any_encoded


def _times_beyond(path: str, times: object, duration_s: float) -> list[Problem]:
    late = [t for t in times if t >= duration_s] if isinstance(times, list) else []
    return [
        Problem(
            path,
            None,
            "chapters",
            f"a chapter begins at {t:g} s, but the film ends at {duration_s:.1f} s",
            "mend the time or remove the chapter",
            "chapters-beyond",
            "warning",
        )
        for t in late
    ]


class _Bar:
    """One line a film: a moving share on a terminal, plain lines elsewhere."""

    def __init__(self, path: str, quiet: bool) -> None:
        self.path, self.quiet, self.begun = path, quiet, False
        self.live = sys.stderr.isatty()

    def __call__(self, share: float) -> None:
        if self.quiet:
            return
        if self.live:
            click.echo(f"\r{self.path}: {share:4.0%}", nl=False, err=True)
        elif not self.begun:
            click.echo(f"{self.path}: encoding", err=True)
        self.begun = True

    def done(self, encoded: bool) -> None:
        if encoded and not self.quiet:
            click.echo(
                f"\r{self.path}: encoded" if self.live else f"{self.path}: encoded", err=True
            )
