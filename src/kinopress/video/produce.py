"""The one door of this room: a film goes in, its manifest comes out.

``produce`` is cheap when nothing changed (a probe, a few file stamps) and does the whole
journey otherwise: plan, encode, verify, store. Each output has a digest of
its own, and what any earlier run finished is taken from there: another poster costs a poster. It answers with problems instead of raising, except where
the whole run must end: no FFmpeg, no room on the disk, or another run at work.
"""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

from kinopress.codes import Code
from kinopress.media.trim import WHOLE, Trim
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.system.lock import OnWait
from kinopress.video.encode.elsewhere import Elsewhere
from kinopress.video.encode.job import OF_THE_COMPUTER, Job
from kinopress.video.encode.making.run import Progress, disk_full
from kinopress.video.encode.one_film import find_or_make
from kinopress.video.encode.produced import Produced
from kinopress.video.plan import FilmPlan, plan_film
from kinopress.video.settings import VideoSettings
from kinopress.video.source.sniff import media_problem

# Long enough for another run's last flush, short enough that a person reads who holds it.
_WAIT_S = 5.0
# Whoever waits and is told how far the other run is may wait as long as that moves.
_PATIENCE_S = 600.0
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
    on_wait: OnWait | None = None,
    wait_s: float | None = None,
) -> Produced:
    """Make sure that what a source becomes exists, and say where.

    The arguments are those of :func:`~kinopress.video.plan.plan_film` and :func:`make`.

    Raises:
        Refusal: ``ENVIRONMENT`` without a usable FFmpeg or room on the disk, ``BUSY`` while
            another run encodes.
    """
    planned = plan_film(
        source,
        display_path=display_path,
        settings=settings,
        trim=trim or WHOLE,
        poster_at_s=poster_at_s,
        poster_image=poster_image,
    )
    return make(
        planned,
        media_dir=media_dir,
        quick=quick,
        on_progress=on_progress,
        on_sound=on_sound,
        on_wait=on_wait,
        wait_s=wait_s,
    )


def make(
    planned: FilmPlan | Problem,
    *,
    media_dir: Path,
    quick: bool = False,
    on_progress: Progress | None = None,
    on_sound: Progress | None = None,
    on_wait: OnWait | None = None,
    wait_s: float | None = None,
    elsewhere: Elsewhere | None = None,
) -> Produced:
    """Make sure that what was planned of a film exists, and say where.

    Args:
        planned: The plan, or why there is none.
        media_dir: ``.kinopress/media`` of the project; made when missing.
        quick: Make what can be published soon, one H.264 rendition of at most 720 and the poster,
            unless more is there already; the next call without it makes the rest.
        on_progress: Is told the finished share while encoding.
        on_sound: Is told the finished share while the sound is measured, which comes before.
        on_wait: Is told for which other run that encodes this one waits, and how far that is.
        wait_s: How long to wait for it, in seconds; by default a few, or with ``on_wait`` as long as it
            is not ten minutes at the same percent.
        elsewhere: Other computers that encode; ``None``: this one does.

    Raises:
        Refusal: ``ENVIRONMENT`` without room on the disk or without the other computers, ``BUSY`` while another run encodes.
    """
    if isinstance(planned, Problem):
        return Produced(None, None, [planned])
    known = list(planned.problems)
    if not planned.can_be_made:
        return Produced(None, None, known)
    job = Job(
        planned.source,
        planned.poster,
        planned.display_path,
        media_dir,
        planned.recipe,
        planned.encoder,
        on_progress,
        on_sound,
        on_wait,
        elsewhere,
    )
    if wait_s is None:
        wait_s = _WAIT_S if on_wait is None else _PATIENCE_S
    try:
        made = find_or_make(job, wait_s, quick=quick)
    except OSError as error:
        made = Produced(None, None, [_store_problem(error, media_dir, planned.display_path)])
    if stopping := [problem for problem in made.problems if problem.code in OF_THE_COMPUTER]:
        raise Refusal(stopping, ExitCode.ENVIRONMENT)
    return replace(made, problems=known + made.problems)


def _store_problem(error: OSError, media_dir: Path, display_path: str) -> Problem:
    if error.errno in _DISK_FULL:
        return disk_full(display_path)
    return media_problem(
        display_path,
        f"its web videos could not be stored ({error.strerror or error})",
        f"make sure that you are allowed to write in the folder {media_dir.absolute()}, then run this again",
        Code.MEDIA_STORE_FAILED,
    )
