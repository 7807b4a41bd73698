"""Measuring what came out before it counts as done.

FFmpeg exits 0 for half a film, so nothing is believed: every file is opened again and its
streams, shape, colours, length and last picture are compared with the plan, and its pictures and
sound with the source (:mod:`kinopress.video.proof.proof`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kinopress.codes import Code
from kinopress.media.manifest import Loss, Output, OutputKind
from kinopress.problems import Problem
from kinopress.system.stamps import sha256_of
from kinopress.video.encode.making.parts import Rows
from kinopress.video.proof.pictures import last_picture_s, probe_picture
from kinopress.video.proof.proof import Demand, prove
from kinopress.video.recipe.ladder import Rendition
from kinopress.video.recipe.recipe import Recipe
from kinopress.video.recipe.storyboard import INDEX_MIME, INDEX_NAME, STORYBOARD_NAME
from kinopress.video.source.limits import TRUNCATION_TOLERANCE_S, truncated
from kinopress.video.source.packets import CUT_ANYWHERE
from kinopress.video.source.probe import probe
from kinopress.video.source.sniff import media_problem

# A constant rate may add or drop a picture at either end.
_PICTURES_TOLERANCE = 2


def verify(
    recipe: Recipe,
    folder: Path,
    digests: Mapping[str, str],
    demand: Demand,
    *,
    display_path: str,
    lost: tuple[Loss, ...] = (),
) -> tuple[Output, ...] | Problem:
    """Check every file that was wanted.

    Args:
        recipe: What was planned.
        folder: Where the files are.
        digests: The recipe digest of each, for the manifest.
        demand: What the source asks of each rendition.
        display_path: What the coach calls the film.
        lost: What of the source is in none of them, for the manifest.

    Returns:
        The outputs as the manifest lists them, or the first thing that is wrong.
    """
    names = recipe.names
    outputs: list[Output] = []
    for rendition in recipe.renditions:
        if rendition.name not in names:
            continue
        checked = _check_rendition(recipe, rendition, folder, demand, display_path)
        if isinstance(checked, Problem):
            return checked
        outputs.append(replace(checked, lost=lost))
    for poster in recipe.posters:
        if poster.name not in names:
            continue
        if probe_picture(folder / poster.name) != (poster.width, poster.height):
            return wrong(display_path, f"{poster.name} is missing or has another size")
        size = (poster.width, poster.height)
        outputs.append(_still(folder, poster.name, "poster", poster.mime, size))
    if recipe.storyboard is not None and STORYBOARD_NAME in names:
        size = (recipe.storyboard.width, recipe.storyboard.height)
        if probe_picture(folder / STORYBOARD_NAME) != size:
            return wrong(display_path, f"{STORYBOARD_NAME} is missing or has another size")
        outputs.append(_still(folder, STORYBOARD_NAME, "storyboard", "image/webp", size))
        outputs.append(_still(folder, INDEX_NAME, "storyboard-index", INDEX_MIME, size))
    return tuple(replace(output, recipe=digests[output.path]) for output in outputs)


def length_problem(recipe: Recipe, rows: Rows, *, display_path: str) -> Problem | None:
    """Whether a failed encode is explained by a source that is not as long as it says."""
    pictures = max((row.begun.pictures for row in rows.values()), default=0)
    return _check_length(recipe, float(pictures / recipe.fps), display_path) if pictures else None


def _check_rendition(
    recipe: Recipe, rendition: Rendition, folder: Path, demand: Demand, display_path: str
) -> Output | Problem:
    path = folder / rendition.name
    made = probe(path, display_path=display_path)
    if isinstance(made, Problem):
        return wrong(display_path, f"{rendition.name}: {made.message}")
    facts: tuple[object, ...] = (
        *(made.codec, made.pix_fmt, made.width, made.height, made.has_audio),
        *(made.color_matrix, made.color_transfer, made.color_range),
        *(made.anamorphic, made.rotation_deg, made.mirrored, made.interlaced),
    )
    plan: tuple[object, ...] = (
        *(rendition.codec, "yuv420p", rendition.width, rendition.height, recipe.probe.has_audio),
        *("bt709", "bt709", "tv", False, 0, False, False),
    )
    # Its pictures last as long as it does; sound that ends a little later makes it no longer.
    length_s = made.picture_end_s
    if length_s is None:
        return wrong(display_path, f"{rendition.name} has no length")
    if problem := _check_length(recipe, length_s, display_path):
        return problem
    if facts != plan or made.codecs is None:
        return wrong(display_path, f"{rendition.name} is {facts}, planned was {plan}")
    frame_s = float(1 / recipe.fps)
    end_s = last_picture_s(path)
    if end_s is None or length_s - end_s > _PICTURES_TOLERANCE * frame_s:
        return wrong(display_path, f"{rendition.name} does not decode to its end")
    if fault := prove(recipe, path, made, demand):
        return wrong(display_path, f"{rendition.name} {fault}")
    return Output(
        path=rendition.name,
        kind="rendition",
        mime="video/mp4",
        codecs=made.codecs,
        width=made.width,
        height=made.height,
        bytes=made.bytes,
        duration_s=round(length_s, 3),
        sha256=sha256_of(path),
    )


def _check_length(recipe: Recipe, made_s: float, display_path: str) -> Problem | None:
    """Compare the length with the plan: shorter is cut off, longer has broken time stamps."""
    source, planned_s = recipe.probe, recipe.length_s
    if planned_s is None:
        return None
    frame_s = float(1 / recipe.fps)
    source_frame_s = float(1 / source.fps) if source.fps else frame_s
    spare_s = TRUNCATION_TOLERANCE_S + _PICTURES_TOLERANCE * max(frame_s, source_frame_s)
    if made_s < planned_s - spare_s:
        if source.container in CUT_ANYWHERE:
            # Their clock may have begun again where nobody looked: the length it tells is no promise.
            return media_problem(
                display_path,
                f"its clock says that it lasts {planned_s:.1f} s, but there are pictures for only "
                f"{made_s:.1f} s: a part of it is missing or damaged",
                "copy it from the camera again; if it is the same there, export it as an MP4 with a "
                "program that cuts films",
                Code.MEDIA_TRUNCATED,
            )
        return truncated(display_path, made_s, planned_s)
    # A film whose pictures begin after its sound may be filled up from the beginning.
    if made_s > planned_s + (source.start_s or 0.0) + spare_s:
        return media_problem(
            display_path,
            f"its time stamps contradict its length of {planned_s:.1f} s, as when several recordings "
            "were copied into one file",
            "put each recording into videos/ as a film of its own, or join them in a film-editing "
            "program; for a single recording, export an MP4 with the program that made it",
            Code.MEDIA_TIME_STAMPS,
        )
    return None


def _still(folder: Path, name: str, kind: OutputKind, mime: str, size: tuple[int, int]) -> Output:
    path = folder / name
    return Output(
        path=name,
        kind=kind,
        mime=mime,
        codecs=None,
        width=size[0],
        height=size[1],
        bytes=path.stat().st_size,
        duration_s=None,
        sha256=sha256_of(path),
    )


def wrong(display_path: str, what: str) -> Problem:
    """The problem of an output that is not as it was planned."""
    return media_problem(
        display_path,
        f"what FFmpeg made from it is not what was asked for ({what})",
        "run the command again; if it happens again, export the film as H.264 with AAC sound in an MP4 and use that; "
        "if that fails too, report it with this line",
        Code.MEDIA_VERIFY_FAILED,
    )
