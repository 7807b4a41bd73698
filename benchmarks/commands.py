"""The product's own FFmpeg commands for a film, whole or cut in two where encoding begins."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from measure import BenchmarkError

from kinopress.problems import Problem
from kinopress.video.ffmpeg_binary import find_encoder
from kinopress.video.ladder import plan_ladder
from kinopress.video.probe import probe
from kinopress.video.recipe import Recipe, plan_recipe
from kinopress.video.settings import VideoSettings
from kinopress.video.trim import WHOLE, Trim

GAIN_DB = 3.0
"""A gain, so that the sound passes the limiter as a phone's does; measuring it is another process."""

RAW = ("-c:v", "rawvideo", "-c:a", "pcm_f32le", "-fps_mode:v", "passthrough", "-f", "nut")
"""Options of an output that keeps frames and samples as they are."""
NOTHING = ("-fps_mode:v", "passthrough", "-f", "null", "-")
"""Options of an output that throws frames away."""


def plan(source: Path, *, poster_at_s: float, trim: Trim = WHOLE) -> Recipe:
    """The recipe for a film, with everything decided that the product would first measure.

    Raises:
        BenchmarkError: when the film is none.
    """
    settings, encoder = VideoSettings(), find_encoder()
    found = probe(source, display_path=source.name, settings=settings)
    if isinstance(found, Problem):
        raise BenchmarkError(found.message)
    ladder = plan_ladder(found, settings, encoder.av1)
    recipe = plan_recipe(
        found, ladder, settings, av1=encoder.av1, avif=encoder.makes_avif, trim=trim
    )
    return replace(recipe, poster_at_s=poster_at_s, gain_db=GAIN_DB)


def command(recipe: Recipe, source: Path, folder: Path, *names: str) -> list[str]:
    """The command that makes some of a recipe's outputs in an empty folder, which is made."""
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    wanted = replace(recipe, wanted=frozenset(names))
    return [find_encoder().path, *wanted.argv(source, folder)]


def halves(argv: list[str]) -> tuple[list[str], list[str]]:
    """A command of one output as what makes its frames and samples, and what encodes them."""
    at = len(argv) - argv[::-1].index("-map") + 1
    return argv[:at], argv[at:]


def encode_raw(raw: Path, tail: list[str]) -> list[str]:
    """The command that encodes a file written with :data:`RAW`."""
    return [find_encoder().path, "-v", "error", "-nostdin", "-i", f"file:{raw}", "-map", "0", *tail]
