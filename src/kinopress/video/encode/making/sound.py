"""Making the sound of a film's renditions: decode it, measure it, raise it, encode it, prove it."""

from __future__ import annotations

from pathlib import Path

from kinopress.problems import Problem
from kinopress.system import disk
from kinopress.system.process import Finished, run
from kinopress.video.encode.making.run import (
    SILENCE_S,
    Meter,
    Progress,
    part_of,
    problem_of,
    wall_limit_s,
)
from kinopress.video.ffmpeg import commands
from kinopress.video.ffmpeg.soundtrack import HEARD_NAME, SOUND_MIN_S
from kinopress.video.proof.losses import Span
from kinopress.video.recipe.loudness import (
    Loudness,
    choose_gain,
    correct_gain,
    limits,
    measuring_argv,
    read_loudness,
)
from kinopress.video.recipe.recipe import Recipe
from kinopress.video.source.packets import spans

# Decoding, and each of at most two measurements, take about as long as one another.
_HEARD, _MEASURED = 0.4, 0.7


def make_sound(
    recipe: Recipe,
    source: Path,
    finished: Path,
    *,
    ffmpeg: str,
    display_path: str,
    on_progress: Progress | None = None,
    log: Path | None = None,
) -> list[Span] | Problem:
    """Make the sound of all renditions.

    Args:
        recipe: What is made; it has sound.
        source: The film.
        finished: The file to be written; the decoded sound is beside it for a while.
        ffmpeg: The executable.
        display_path: What the coach calls the film.
        on_progress: Is told the finished share.
        log: Where FFmpeg's own words go when it fails.

    Returns:
        When each piece that was decoded begins and ends, in seconds of the shown part; or why there
        is no sound.

    Raises:
        OSError: FFmpeg cannot be started, or the disk is full or in trouble.
    """
    heard = finished.with_name(HEARD_NAME)
    argv = commands.hearing(recipe, f"file:{source.absolute()}", f"file:{heard.absolute()}")
    if argv is None:
        raise ValueError("the film has no sound")
    done = _run([ffmpeg, *argv], recipe, part_of(on_progress, 0.0, _HEARD))
    if problem := problem_of(done, display_path, log):
        return problem
    pieces = spans(heard, "audio")
    gain_db = None
    if pieces:
        gain_db = find_gain(
            recipe, heard, ffmpeg=ffmpeg, on_progress=part_of(on_progress, _HEARD, 1.0)
        )
    gain = None if gain_db is None else f"{gain_db:.2f}dB"
    inside = f"file:{heard.absolute()}" if pieces else None
    short = bool(pieces) and max(end for _, end in pieces) < SOUND_MIN_S
    argv = commands.finishing(
        recipe,
        inside,
        f"file:{finished.absolute()}",
        gain,
        least_s=SOUND_MIN_S if short else None,
    )
    problem = problem_of(_run([ffmpeg, *argv], recipe), display_path, log)
    disk.remove(heard)
    if on_progress is not None:
        on_progress(1.0)
    return problem or pieces


def find_gain(
    recipe: Recipe, heard: Path, *, ffmpeg: str, on_progress: Progress | None = None
) -> float | None:
    """The gain in dB that decoded sound needs; ``None`` leaves it alone.

    Raises:
        OSError: FFmpeg cannot be started.
    """
    first, second = part_of(on_progress, 0.0, 0.5), part_of(on_progress, 0.5, 1.0)

    def measured_with(gain_db: float | None, tell: Progress | None) -> Loudness | None:
        argv = measuring_argv(["-f", "nut"], f"file:{heard.absolute()}", 0, gain_db)
        return _loudness(_run([ffmpeg, *argv], recipe, tell))

    measured = measured_with(None, first)
    gain_db = choose_gain(measured)
    if measured is not None and gain_db is not None and limits(gain_db, measured):
        gain_db = correct_gain(gain_db, measured_with(gain_db, second))
    return gain_db


def measure_loudness(recipe: Recipe, source: Path, *, ffmpeg: str) -> Loudness | None:
    """Measure a film's sound as it was filmed; ``None`` when that cannot be done.

    Raises:
        OSError: FFmpeg cannot be started.
    """
    argv = commands.measuring(recipe, source)
    return None if argv is None else _loudness(_run([ffmpeg, *argv], recipe))


def _run(argv: list[str], recipe: Recipe, tell: Progress | None = None) -> Finished:
    if tell is not None:
        tell(0.0)
    meter = Meter(recipe.length_s, tell)
    wall_s = wall_limit_s(recipe.probe)
    return run(argv, wall_s=wall_s, silence_s=SILENCE_S, on_line=meter.read)


def _loudness(done: Finished) -> Loudness | None:
    return read_loudness(done.stderr) if done.returncode == 0 else None
