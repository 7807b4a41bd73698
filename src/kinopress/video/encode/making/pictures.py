"""Everything of a film that is seen: FFmpeg runs as few times as it can, here or elsewhere, and its parts become films.

One run decodes the film once and makes everything: posters, the storyboard, renditions in parts, which are then joined.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kinopress.codes import Code
from kinopress.problems import Problem
from kinopress.system import disk
from kinopress.video.encode.elsewhere import Spread
from kinopress.video.encode.job import Job
from kinopress.video.encode.making import parts
from kinopress.video.encode.making.gathering import gather
from kinopress.video.encode.making.parts import Rows
from kinopress.video.encode.making.run import LOG_NAME, Encoded, Progress, convert_picture, encode
from kinopress.video.encode.verify import length_problem, wrong
from kinopress.video.ffmpeg.graph import picture_argv
from kinopress.video.proof.joining import JoinError, count_joined, join
from kinopress.video.proof.pictures import sample_pictures
from kinopress.video.recipe.part_files import FOLDER as PARTS_FOLDER
from kinopress.video.recipe.part_files import SOUND_NAME
from kinopress.video.recipe.poster import candidate_moments
from kinopress.video.recipe.poster_score import choose
from kinopress.video.recipe.recipe import Recipe
from kinopress.video.recipe.storyboard import INDEX_NAME, STORYBOARD_NAME

OWN_POSTER = "own-poster.png"
"""The coach's own poster: is in the workshop while the posters are made of it."""


def make_pictures(
    job: Job, recipe: Recipe, folder: Path, rows: Rows, spread: Spread | None
) -> Encoded | Problem | None:
    """Make what is wanted, with the fewest runs of FFmpeg.

    Args:
        job: What is to be made of the film.
        recipe: What is wanted.
        folder: The workshop.
        rows: The parts of each rendition.
        spread: Where renditions are being made already, if that is elsewhere.

    Returns:
        What went by; ``None`` when the film itself was not needed.
    """
    wanted = set(recipe.names)
    if job.poster is not None:
        posters = [poster.name for poster in recipe.posters if poster.name in wanted]
        wanted -= set(posters)
        if posters:
            problem = _make_posters(job, recipe, job.poster, folder, posters)
            if problem is not None:
                return problem
    if not wanted:
        return None
    recipe = _chosen(job, replace(recipe, wanted=frozenset(wanted)))
    encoded = (
        _run(job, recipe, folder, rows, job.on_progress)
        if spread is None
        else _gathered(job, recipe, folder, rows, spread)
    )
    if isinstance(encoded, Problem):
        if encoded.code != Code.MEDIA_ENCODE_FAILED:
            return encoded
        # A film that ends early has no picture for a poster requested near its end.
        parts.look(rows.values(), ended=True)
        return length_problem(recipe, rows, display_path=job.display_path) or encoded
    problem = _join(job, recipe, folder, rows, encoded.pictures)
    if problem is None and recipe.storyboard is not None and STORYBOARD_NAME in wanted:
        disk.write(folder / INDEX_NAME, recipe.storyboard.index().encode("utf-8"))
    return problem or encoded


def _run(
    job: Job,
    recipe: Recipe,
    folder: Path,
    rows: Rows,
    tell: Progress | None,
    *,
    to_the_end: bool = False,
) -> Encoded | Problem:
    return encode(
        recipe,
        job.source,
        folder,
        ffmpeg=job.encoder.path,
        display_path=job.display_path,
        rows=rows,
        on_progress=tell,
        log=job.media_dir / LOG_NAME,
        to_the_end=to_the_end,
    )


def _gathered(
    job: Job, recipe: Recipe, folder: Path, rows: Rows, spread: Spread
) -> Encoded | Problem:
    """:func:`gather`, with what this job makes itself."""

    def run(recipe: Recipe, rows: Rows, tell: Progress, *, to_the_end: bool) -> Encoded | Problem:
        return _run(job, recipe, folder, rows, tell, to_the_end=to_the_end)

    return gather(recipe, rows, spread, run, job.on_progress)


def _make_posters(
    job: Job, recipe: Recipe, picture: bytes, folder: Path, posters: list[str]
) -> Problem | None:
    """Posters from the coach's own picture."""
    ready = folder / OWN_POSTER
    disk.write(ready, picture)
    try:
        argv = picture_argv(recipe, ready, folder, posters)
        return convert_picture(
            argv,
            ffmpeg=job.encoder.path,
            display_path=job.display_path,
            log=job.media_dir / LOG_NAME,
        )
    finally:
        disk.remove(ready)


def _join(job: Job, recipe: Recipe, folder: Path, rows: Rows, pictures: int) -> Problem | None:
    """Make films of the renditions' parts, and prove that each has every picture.

    Args:
        job: What is to be made of the film.
        recipe: What is made.
        folder: The workshop.
        rows: The parts.
        pictures: How many the graph gave to each rendition.

    Raises:
        OSError: The disk is full or in trouble.
    """
    sound = None if recipe.probe.audio_index is None else folder / PARTS_FOLDER / SOUND_NAME
    for name, row in rows.items():
        if row.unreadable is not None:
            return wrong(job.display_path, f"{name}: part {row.unreadable} cannot be read")
        try:
            join(row.paths, sound, folder / name, recipe.fps)
        except JoinError as error:
            return wrong(job.display_path, f"{name}: {error}")
        joined = count_joined(folder / name, recipe.fps)
        if joined is None or joined != pictures:
            found = "none at its time" if joined is None else str(joined)
            what = f"of {pictures} pictures {name} has {found}"
            return wrong(job.display_path, what)
    return None


def _chosen(job: Job, recipe: Recipe) -> Recipe:
    """The recipe with a moment for its poster, if it needs one."""
    names = {poster.name for poster in recipe.posters}
    if recipe.poster_at_s is not None or job.poster is not None or not names & set(recipe.names):
        return recipe
    film, from_s = recipe.probe, recipe.from_s
    moments_s = candidate_moments(from_s, recipe.length_s)
    samples = sample_pictures(job.source, film, moments_s, recipe.settings.pixels_max)
    chosen_s = choose([sample for sample in samples if sample.at_s >= from_s])
    if chosen_s is None:
        return replace(recipe, poster_at_s=(recipe.length_s or 0.0) / 2)
    return replace(recipe, poster_at_s=chosen_s - from_s)
