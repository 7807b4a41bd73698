"""The one door of this room: a film goes in, its manifest comes out.

``produce`` is cheap when nothing changed (a probe, a few file stamps) and does the whole
journey otherwise: probe, ladder, recipe, encode, verify, store. Each output has a digest of
its own, and what any earlier run finished is taken from there: another poster costs a poster. It answers with problems instead of raising, except where
the whole run must end: no FFmpeg, no room on the disk, or another run at work.
"""

from __future__ import annotations

import errno
import math
from dataclasses import replace
from pathlib import Path

from kinopress.codes import Code
from kinopress.pictures.made import PictureError
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.system.stamps import sha256_of
from kinopress.video.encode.job import OF_THE_COMPUTER, Job, Produced
from kinopress.video.encode.run import Progress, disk_full
from kinopress.video.ffmpeg.binary import find_encoder
from kinopress.video.proof.losses import source_warnings
from kinopress.video.recipe.ladder import plan_ladder
from kinopress.video.recipe.poster import OwnPoster
from kinopress.video.recipe.recipe import plan_recipe
from kinopress.video.settings import VideoSettings
from kinopress.video.source.probe import Probe, probe
from kinopress.video.source.sniff import check_ending, check_file, media_problem
from kinopress.video.source.trim import WHOLE, Trim, check_trim

# Long enough for another run's last flush, short enough that a person reads who holds it.
_WAIT_S = 5.0
# Nothing more can be written: no room, a quota, a limit on the size of files.
_DISK_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_DEFAULTS = VideoSettings()


def produce(
    source: Path,
    *,
    display_path: str,
    media_dir: Path,
    settings: VideoSettings = _DEFAULTS,
    trim: Trim | None = None,
    poster_at_s: float | None = None,
    poster_image: Path | None = None,
    quick: bool = False,
    on_progress: Progress | None = None,
    on_sound: Progress | None = None,
    wait_s: float = _WAIT_S,
) -> Produced:
    """Make sure that what a source becomes exists, and say where.

    Args:
        source: The camera file. It is only read.
        display_path: What the coach calls it, such as ``videos/hip.mov``.
        media_dir: ``.kinopress/media`` of the project; made when missing.
        settings: What the project set.
        trim: The part of the source that is shown.
        poster_at_s: Second of the source for the poster; ``None`` lets the program choose.
        poster_image: The coach's own poster, which wins over ``poster_at_s``. It is only read.
        quick: Make what can be published soon, one H.264 rendition of at most 720 and the poster,
            unless more is there already; the next call without it makes the rest.
        on_progress: Is told the finished share while encoding.
        on_sound: Is told the finished share while the sound is measured, which comes before.
        wait_s: How long to wait for another run that encodes, in seconds.

    Raises:
        Refusal: ``ENVIRONMENT`` without a usable FFmpeg or room on the disk, ``BUSY`` while
            another run encodes.
    """
    found = probe(source, display_path=display_path, settings=settings)
    if isinstance(found, Problem):
        return Produced(None, None, [found])
    problems = []
    if warning := check_ending(source, found.container, display_path):
        problems.append(warning)
    shown, problem = check_trim(
        trim or WHOLE, found.duration_s, display_path, picture_end_s=found.picture_end_s
    )
    if problem is not None:
        problems.append(problem)
        if problem.severity == "error":
            return Produced(None, None, problems)
    if found.clock_jumps and shown.from_s > 0:
        problems.append(
            media_problem(
                display_path,
                f"its beginning cannot be trimmed to {shown.from_s:g} s: it is several recordings "
                "copied into one file, and the clock of each starts again",
                "export it as an MP4 with a film-editing program, then trim that; or remove the trim",
                Code.MEDIA_TIME_STAMPS,
            )
        )
        return Produced(None, None, problems)
    if warning := _check_poster(found, shown, poster_at_s, display_path):
        problems.append(warning)
        poster_at_s = None
    encoder = find_encoder()
    try:
        image: OwnPoster | None = None
        if poster_image is not None:
            looked = _look_at(poster_image, display_path)
            if isinstance(looked, Problem):
                return Produced(None, None, [*problems, looked])
            image = looked
        recipe = plan_recipe(
            found,
            plan_ladder(found, settings, encoder.av1),
            settings,
            av1=encoder.av1,
            avif=encoder.makes_avif,
            trim=shown,
            poster_at_s=poster_at_s,
            own_poster=image,
        )
        problems += source_warnings(
            picture_end_s=found.picture_end_s,
            still_s=recipe.still_s,
            sound_unread=found.sound_unread,
            display_path=display_path,
        )
        job = Job(
            source, poster_image, display_path, media_dir, recipe, encoder, on_progress, on_sound
        )
        made = job.run(wait_s, quick=quick)
    except OSError as error:
        made = Produced(None, None, [_store_problem(error, media_dir, display_path)])
    if stopping := [problem for problem in made.problems if problem.code in OF_THE_COMPUTER]:
        raise Refusal(stopping, ExitCode.ENVIRONMENT)
    return replace(made, problems=problems + made.problems)


def _look_at(image: Path, display_path: str) -> OwnPoster | Problem:
    """What the coach's own poster is.

    Raises:
        OSError: It cannot be read.
    """
    shown = f"{Path(display_path).parent.as_posix()}/{image.name}"
    if problem := check_file(image, shown):
        return problem
    # What opens pictures is loaded where there is one: most films have none of the coach's own.
    from kinopress.pictures.posters import plain_picture  # noqa: PLC0415

    try:
        _, size = plain_picture(image.read_bytes())
    except PictureError as error:
        hint = f"{error.hint}, or remove it and the program chooses a poster"
        return media_problem(shown, f"this poster is {error.what}", hint, Code.POSTER_IMAGE)
    return OwnPoster(sha256_of(image), *size)


def _check_poster(
    film: Probe, trim: Trim, poster_at_s: float | None, display_path: str
) -> Problem | None:
    if poster_at_s is None:
        return None
    inside = math.isfinite(poster_at_s) and poster_at_s >= 0
    if inside and (film.duration_s is None or poster_at_s <= film.duration_s):
        if trim.published_s(poster_at_s) is not None:
            return None
        where = "in a part of the film that the trim leaves out"
    else:
        length = "" if film.duration_s is None else f", which lasts {film.duration_s:.1f} s"
        where = f"outside the film{length}"
    return media_problem(
        display_path,
        f"the poster is set to {poster_at_s:g} s, {where}",
        "choose a time within the film; for now the program chose one",
        Code.POSTER_OUTSIDE,
        "warning",
    )


def _store_problem(error: OSError, media_dir: Path, display_path: str) -> Problem:
    if error.errno in _DISK_FULL:
        return disk_full(display_path)
    return media_problem(
        display_path,
        f"its web videos could not be stored ({error.strerror or error})",
        f"make sure that you are allowed to write in the folder {media_dir.absolute()}, then run this again",
        Code.MEDIA_STORE_FAILED,
    )
