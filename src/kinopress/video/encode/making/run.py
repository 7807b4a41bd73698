"""What FFmpeg is asked to do with a film, how far it is, and what to say when it fails."""

from __future__ import annotations

import contextlib
import math
import re
import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kinopress.codes import Code
from kinopress.problems import Problem
from kinopress.system.atomic import write_bytes
from kinopress.system.process import Finished, run
from kinopress.video.encode.making.parts import Rows, look
from kinopress.video.ffmpeg import commands
from kinopress.video.ffmpeg.graph import CAME, SEEN
from kinopress.video.recipe.recipe import Recipe
from kinopress.video.source.film import Probe
from kinopress.video.source.sniff import media_problem

Progress = Callable[[float], None]
"""Is told the finished share of one film, 0 to 1, about twice a second."""

# A film second of 1080p at 30 pictures took 0.4 to 1 s on two shared cores for the whole
# ladder; a machine thirty times slower than that is stuck, not slow.
_WALL_FIXED_S = 120.0
_WALL_PER_FILM_S = 30.0
_REFERENCE_PIXELS_PER_S = 1920 * 1080 * 30
_FILM_UNKNOWN_S = 600.0
# The graph reports each picture that comes by; nothing new for this long means it hangs.
SILENCE_S = 120.0
_SIGNS_OF_LIFE = ("frame", "out_time_us", "total_size")
_PICTURE = re.compile(r"frame:(\d+) .*pts_time:(\S+)")
_TELL_EVERY_S = 0.5
_LOOK_EVERY_S = 0.5
# A full disk, a quota, a limit on the size of files: nothing more can be written.
_DISK_FULL = ("No space left on device", "Disk quota exceeded", "File too large")
LOG_NAME = "last-failure.log"
"""The file beside the results that keeps FFmpeg's own words of the last film that failed."""
_SIGXFSZ = getattr(signal, "SIGXFSZ", 0)


@dataclass(frozen=True, slots=True)
class Encoded:
    """What went by in the graph.

    Attributes:
        pictures: How many, at the constant rate, from the film's beginning: as many as each
            rendition must have, those that an earlier run encoded included.
        decoded_s: When each picture that came out of the film is shown, in seconds of the shown
            part; below 0, what came before the part was decoded to reach it.
    """

    pictures: int
    decoded_s: Sequence[float]


def encode(
    recipe: Recipe,
    source: Path,
    folder: Path,
    *,
    ffmpeg: str,
    display_path: str,
    rows: Rows,
    on_progress: Progress | None = None,
    log: Path | None = None,
    to_the_end: bool = False,
) -> Encoded | Problem:
    """Make everything a recipe says, renditions in parts.

    Success means only that FFmpeg was content: it exits 0 with half a film, too. See
    :func:`kinopress.video.encode.verify.verify`.

    Args:
        recipe: What to make.
        source: The film.
        folder: A folder in which :func:`kinopress.video.encode.making.parts.begin` has been.
        ffmpeg: The executable.
        display_path: What the coach calls the film.
        rows: The parts of each rendition; what becomes whole is listed there.
        on_progress: Is told the finished share, from where it begins.
        log: Where FFmpeg's own words go when it fails.
        to_the_end: Decode the whole film, whatever is made, so that its pictures are counted.

    Returns:
        What went by in the graph.

    Raises:
        OSError: FFmpeg cannot be started, or the disk is full or in trouble.
    """
    share = _share(recipe, rows)
    if on_progress is not None:
        on_progress(share)
    meter = Meter(recipe.length_s, on_progress, share)
    looked = time.monotonic()

    def read(line: str) -> bool:
        nonlocal looked
        if (now := time.monotonic()) >= looked + _LOOK_EVERY_S:
            looked = now
            look(rows.values())
        return meter.read(line)

    finished = run(
        [
            ffmpeg,
            *commands.encoding(
                recipe,
                source,
                folder,
                {name: row.begun for name, row in rows.items()},
                to_the_end=to_the_end,
            ),
        ],
        wall_s=wall_limit_s(recipe.probe),
        silence_s=SILENCE_S,
        on_line=read,
    )
    if problem := problem_of(finished, display_path, log):
        return problem
    look(rows.values(), ended=True)
    if on_progress is not None:
        on_progress(1.0)
    return Encoded(meter.pictures, meter.decoded_s)


def _share(recipe: Recipe, rows: Rows) -> float:
    """How much of its renditions is there already, 0 to 1."""
    pictures = min((row.begun.pictures for row in rows.values()), default=0)
    return min(1.0, pictures / recipe.fps / recipe.length_s) if recipe.length_s else 0.0


def both(one: Progress, other: Progress | None) -> Progress:
    """Reports to two."""

    def tell(share: float) -> None:
        one(share)
        if other is not None:
            other(share)

    return tell


def part_of(tell: Progress | None, begun: float, upto: float) -> Progress | None:
    """Reports a part's progress as of the whole's, in which it goes from one share to another."""
    if tell is None:
        return None
    return lambda share: tell(begun + (upto - begun) * share)


def convert_picture(
    argv: Sequence[str], *, ffmpeg: str, display_path: str, log: Path | None = None
) -> Problem | None:
    """Make posters of a picture.

    Raises:
        OSError: FFmpeg cannot be started.
    """
    return problem_of(run([ffmpeg, *argv], wall_s=_WALL_FIXED_S), display_path, log)


def problem_of(finished: Finished, display_path: str, log: Path | None = None) -> Problem | None:
    """What to say of a finished FFmpeg; ``None`` when it was content.

    Args:
        finished: How it ended.
        display_path: What the coach calls the film.
        log: Where its own words go when it failed: they help whoever looks into it, not the coach.
    """
    if finished.stopped is None and finished.returncode == 0:
        return None
    problem = _explain(finished, display_path)
    # On a full disk there is nothing to look into, and no room to say it.
    if log is not None and problem.code != Code.MEDIA_DISK_FULL:
        words = f"{display_path}\nexit status {finished.returncode}\n{finished.stderr}"
        with contextlib.suppress(OSError):
            write_bytes(log, words.encode("utf-8", "replace"))
    return problem


def wall_limit_s(probe: Probe) -> float:
    """Seconds after which an encode is stuck, from the film's length and pixels a second."""
    pixels_per_s = probe.width * probe.height * float(probe.fps or 30)
    weight: float = max(1.0, pixels_per_s / _REFERENCE_PIXELS_PER_S)
    return _WALL_FIXED_S + _WALL_PER_FILM_S * weight * (probe.duration_s or _FILM_UNKNOWN_S)


class Meter:
    """Reads the ``key=value`` lines of FFmpeg's ``-progress``, and those of the graph's pictures.

    Attributes:
        pictures: How many pictures have come by at the constant rate.
        decoded_s: When those are shown that have come from the film.
    """

    def __init__(
        self, duration_s: float | None, on_progress: Progress | None, share: float = 0.0
    ) -> None:
        self._duration_s = duration_s
        self._on_progress = on_progress
        self._seen: dict[str, str] = {}
        self._told = -math.inf
        self._share = share
        self.pictures = 0
        self.decoded_s: list[float] = []
        self._picture: tuple[int, str] | None = None

    def read(self, line: str) -> bool:
        """Take in a line; answers whether it is a sign of life."""
        if picture := _PICTURE.match(line):
            self._picture = int(picture[1]), picture[2]
            return True
        key, _, value = line.strip().partition("=")
        if self._picture is not None and key in (CAME, SEEN):
            number, at_s = self._picture
            if key == SEEN:
                self.pictures = number + 1
                self._tell(at_s, 1.0)
            else:
                with contextlib.suppress(ValueError):  # a picture without a time
                    self.decoded_s.append(float(at_s))
            self._picture = None
            return True
        if key not in _SIGNS_OF_LIFE or self._seen.get(key) == value:
            return False
        self._seen[key] = value
        if key == "out_time_us":
            self._tell(value, 1e6)
        return True

    def _tell(self, time_value: str, per_s: float) -> None:
        now = time.monotonic()
        if self._on_progress is None or not self._duration_s or now < self._told + _TELL_EVERY_S:
            return
        with contextlib.suppress(ValueError):  # N/A, while there is none
            share = float(time_value) / per_s / self._duration_s
            # Never back: the two tell of different outputs.
            self._share = min(1.0, max(self._share, share))
            self._on_progress(self._share)
            self._told = now


_NO_NUMBERS = "Input contains (near) NaN/+-Inf"
"""What the encoder of sound says of floating-point samples that are infinite or undefined."""


def _explain(finished: Finished, display_path: str) -> Problem:
    if finished.stopped is not None:
        return media_problem(
            display_path,
            "encoding it took far longer than a film of its length should, and was stopped",
            "export the film again as H.264 in an MP4, then try once more",
            Code.MEDIA_TIMEOUT,
        )
    if any(words in finished.stderr for words in _DISK_FULL) or finished.returncode == -_SIGXFSZ:
        return disk_full(display_path)
    if finished.returncode < 0:
        return media_problem(
            display_path,
            f"FFmpeg was stopped part of the way through (signal {-finished.returncode}), usually "
            "because the computer ran out of memory",
            "close other programs and run the command again; what was finished is kept",
            Code.FFMPEG_ENDED,
        )
    if _NO_NUMBERS in finished.stderr:
        return media_problem(
            display_path,
            "its sound contains values that are no numbers, as a faulty export writes them, and nothing can play those",
            "export the film again, with its sound as AAC or as whole numbers (16-bit PCM)",
            Code.MEDIA_ENCODE_FAILED,
        )
    return media_problem(
        display_path,
        "web videos could not be made from it; something in it is stored in a way that cannot be read",
        "export the film again as H.264 in an MP4; if that fails too, report it with the file "
        f".kinopress/media/{LOG_NAME}, which says more",
        Code.MEDIA_ENCODE_FAILED,
    )


def disk_full(display_path: str) -> Problem:
    """The problem of a disk without room for the renditions."""
    return media_problem(
        display_path,
        "the disk is full (or does not allow so large a file), so its web videos could not be written",
        "free some space and run the command again; nothing finished was lost",
        Code.MEDIA_DISK_FULL,
    )
