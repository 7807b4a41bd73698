"""The product's own FFmpeg commands for a film, whole or cut in two where encoding begins.

Renditions are written in parts by a command, and joined afterwards.
"""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from pathlib import Path

from measure import BenchmarkError

from kinopress.media.trim import WHOLE, Trim
from kinopress.problems import Problem
from kinopress.video.encode.making import parts
from kinopress.video.ffmpeg import commands
from kinopress.video.ffmpeg.binary import find_encoder
from kinopress.video.ffmpeg.graph import rendition_options
from kinopress.video.ffmpeg.soundtrack import HEARD_NAME
from kinopress.video.proof.joining import count_joined, join
from kinopress.video.recipe.ladder import Rendition, plan_ladder
from kinopress.video.recipe.part_files import FOLDER as PARTS_FOLDER
from kinopress.video.recipe.part_files import SOUND_NAME
from kinopress.video.recipe.recipe import Recipe, plan_recipe
from kinopress.video.settings import VideoSettings
from kinopress.video.source.probe import probe

GAIN = "3.0dB"
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
    return replace(recipe, poster_at_s=poster_at_s)


def command(recipe: Recipe, source: Path, folder: Path, *names: str) -> list[str]:
    """The command that makes some of a recipe's outputs in an empty folder, which is made.

    Renditions are then parts; :func:`join_all` makes films of them.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    wanted = replace(recipe, wanted=frozenset(names))
    parts.begin(folder / "store", folder, dict.fromkeys(wanted.films, "0" * 64))
    return [find_encoder().path, *commands.encoding(wanted, source, folder)]


def sound_commands(recipe: Recipe, source: Path, folder: Path) -> list[list[str]]:
    """The commands that make the sound of renditions, in a folder that :func:`command` made."""
    place = f"file:{(folder / PARTS_FOLDER).absolute()}"
    heard, finished = f"{place}/{HEARD_NAME}", f"{place}/{SOUND_NAME}"
    hearing = commands.hearing(recipe, f"file:{source.absolute()}", heard)
    if hearing is None:
        return []
    ffmpeg = find_encoder().path
    return [[ffmpeg, *hearing], [ffmpeg, *commands.finishing(recipe, heard, finished, GAIN)]]


def join_all(recipe: Recipe, folder: Path, *names: str) -> float:
    """Join renditions that :func:`command` made; answers the processor seconds that it took."""
    begun_s = time.process_time()
    for name in replace(recipe, wanted=frozenset(names)).films:
        row = parts.Row(folder / PARTS_FOLDER / name, "")
        row.look(ended=True)
        join(row.paths, folder / PARTS_FOLDER / SOUND_NAME, folder / name, recipe.fps)
        if count_joined(folder / name, recipe.fps) != row.begun.pictures:
            raise BenchmarkError(f"{name} was not joined whole")
    return time.process_time() - begun_s


def silent(recipe: Recipe) -> Recipe:
    """The recipe for the pictures alone."""
    return replace(recipe, probe=replace(recipe.probe, audio_index=None))


def encoding(recipe: Recipe, rendition: Rendition, path: Path) -> list[str]:
    """What encodes a rendition into a film of its own; goes behind :func:`encode_raw`."""
    options = rendition_options(recipe, rendition).items()
    told = [word for key, value in options for word in (f"-{key}", value) if word is not None]
    return [*map(str, told), "-movflags", "+faststart", "-f", "mp4", "-y", f"file:{path}"]


def halves(argv: list[str]) -> tuple[list[str], list[str]]:
    """A command of one output as what makes its frames and samples, and what encodes them."""
    at = len(argv) - argv[::-1].index("-map") + 1
    return argv[:at], argv[at:]


def encode_raw(raw: Path, tail: list[str]) -> list[str]:
    """The command that encodes a file written with :data:`RAW`."""
    return [find_encoder().path, "-v", "error", "-nostdin", "-i", f"file:{raw}", "-map", "0", *tail]
