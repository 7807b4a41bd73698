"""A film of drawn pictures: laid one after another as a film nearly without loss, then made like any other.

So it is measured, encoded and proved as a camera's film is, and plays wherever those do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from kinopress.codes import Code
from kinopress.problems import ExitCode, Refusal
from kinopress.system import disk
from kinopress.system.process import run
from kinopress.video.ffmpeg.binary import find_encoder
from kinopress.video.ffmpeg.still_pictures import PATTERN, laid_argv
from kinopress.video.produce import produce
from kinopress.video.settings import H264_720, VideoSettings
from kinopress.video.source.sniff import media_problem

FPS = 25
"""Pictures a second: enough for slow movements, and the rate of the rest of Europe's films."""
_WALL_S, _SILENCE_S = 1800.0, 120.0
_LAID = "laid.mp4"
_DRAWN_SHARE = 0.8
"""How much of the time the pictures take, roughly; the rest is encoding."""


def drawn_film(
    pictures: Sequence[Callable[[], bytes]],
    folder: Path,
    *,
    display_path: str,
    on_progress: Callable[[float], None] = lambda _: None,
) -> Path:
    """Make an MP4 of pictures (PNG), one for each picture of the film.

    Args:
        pictures: Each makes one when it is called; all of one size, in order.
        folder: An empty folder for what is made on the way; the film is in it, too.
        display_path: What the coach calls it.
        on_progress: Is told the finished share, 0 to 1; may raise to end it.

    Returns:
        The film: H.264, at most 720 pixels on its shorter side.

    Raises:
        Refusal: no FFmpeg, no room on the disk, or the film cannot be made (exit code 3).
        OSError: the disk is full or may not be written to.
    """
    ffmpeg = find_encoder().path
    for number, made_of in enumerate(pictures):
        on_progress(_DRAWN_SHARE * number / len(pictures))
        disk.write(folder / (PATTERN % number), made_of())
    laid = folder / _LAID
    argv = laid_argv(f"file:{folder.absolute()}", f"file:{laid.absolute()}", FPS)
    finished = run([ffmpeg, *argv], wall_s=_WALL_S, silence_s=_SILENCE_S, on_line=bool)
    if finished.returncode or not laid.is_file():
        what = (finished.stderr.strip().splitlines() or ["FFmpeg ended early"])[-1]
        problem = media_problem(
            display_path,
            f"the drawn pictures could not become a film ({what})",
            "make sure that there is room on the disk, then run this again",
            Code.MEDIA_ENCODE_FAILED,
        )
        raise Refusal([problem], ExitCode.ENVIRONMENT)
    media = folder / "media"
    made = produce(
        laid,
        display_path=display_path,
        media_dir=media,
        settings=VideoSettings(rungs=(H264_720,)),
        on_progress=lambda share: on_progress(_DRAWN_SHARE + (1 - _DRAWN_SHARE) * share),
    )
    if made.manifest is None or made.folder is None:
        raise Refusal(made.problems, ExitCode.ENVIRONMENT)
    return made.folder / made.manifest.renditions[0].path
