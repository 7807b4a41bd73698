"""Running FFmpeg: the only module of the package that starts processes.

A film is a stranger's file and FFmpeg a large program, so every run is bounded: its own
process group, low priority, no standard input, a limit on the wall clock and on silence.
Whatever ends a run early (time, Ctrl-C, an error of ours) kills the whole group with
SIGKILL; a hung FFmpeg was seen to outlive SIGTERM by 15 minutes. If this program itself is
killed, FFmpeg dies of its closed progress pipe at its next report: half a second, or 4 s on a
machine with eight times more work than cores.
"""

from __future__ import annotations

import contextlib
import math
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

from kinopress.problems import Problem
from kinopress.video.loudness import Loudness, read_loudness
from kinopress.video.probe import Probe
from kinopress.video.recipe import Recipe
from kinopress.video.sniff import media_problem

Progress = Callable[[float], None]
"""Is told the finished share of one film, 0 to 1, about twice a second."""

# A film second of 1080p at 30 pictures took 0.4 to 1 s on two shared cores for the whole
# ladder; a machine thirty times slower than that is stuck, not slow.
_WALL_FIXED_S = 120.0
_WALL_PER_FILM_S = 30.0
_REFERENCE_PIXELS_PER_S = 1920 * 1080 * 30
_FILM_UNKNOWN_S = 600.0
# FFmpeg reports twice a second; nothing new for this long means it hangs.
_SILENCE_S = 120.0
_NICENESS = 10
# SVT-AV1 introduces itself at length, which would hide FFmpeg's complaints.
_QUIET = {"SVT_LOG": "1"}
_STDERR_LINES = 40
_SIGNS_OF_LIFE = ("frame", "out_time_us", "out_time_s", "total_size")
_TELL_EVERY_S = 0.5


@dataclass(frozen=True, slots=True)
class Finished:
    """How a process ended.

    Attributes:
        returncode: Its exit status; negative for a signal.
        stopped: Why it was killed by us, if it was: the whole time or the silence.
        stderr: The last lines it complained with.
    """

    returncode: int
    stopped: Literal["time", "silence"] | None
    stderr: str


def run(
    argv: Sequence[str],
    *,
    wall_s: float,
    silence_s: float | None = None,
    on_line: Callable[[str], bool] | None = None,
) -> Finished:
    """Run a program to its end or to its limit, whichever is first.

    Args:
        argv: The program and its arguments; no shell sees them.
        wall_s: Seconds after which it is killed.
        silence_s: Seconds without a sign of life after which it is killed.
        on_line: Called in this thread with each line of its output; answers whether that
            line was a sign of life.

    Raises:
        OSError: The program cannot be started.
    """
    with subprocess.Popen(
        list(argv),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=os.environ | _QUIET,
        start_new_session=True,  # POSIX: a process group of its own
        creationflags=_CREATION_FLAGS,
    ) as process:
        try:
            _lower_priority(process.pid)
            return _watch(process, wall_s, silence_s, on_line)
        finally:
            _kill_group(process)


def encode(
    recipe: Recipe,
    source: Path,
    folder: Path,
    *,
    ffmpeg: str,
    display_path: str,
    on_progress: Progress | None = None,
) -> Problem | None:
    """Make everything a recipe says, into an empty folder.

    Success means only that FFmpeg was content: it exits 0 with half a film, too. See
    :func:`kinopress.video.verify.verify`.

    Args:
        recipe: What to make.
        source: The film.
        folder: An existing, empty folder.
        ffmpeg: The executable.
        display_path: What the coach calls the film.
        on_progress: Is told the finished share.

    Raises:
        OSError: FFmpeg cannot be started.
    """
    meter = _Meter(recipe.length_s, on_progress)
    finished = run(
        [ffmpeg, *recipe.argv(source, folder)],
        wall_s=wall_limit_s(recipe.probe),
        silence_s=_SILENCE_S,
        on_line=meter.read,
    )
    problem = problem_of(finished, display_path)
    if problem is None and on_progress is not None:
        on_progress(1.0)
    return problem


def measure_loudness(
    recipe: Recipe, source: Path, *, ffmpeg: str, gain_db: float | None = None
) -> Loudness | None:
    """Measure a film's sound, as it is or after a gain; ``None`` when that cannot be done.

    Raises:
        OSError: FFmpeg cannot be started.
    """
    argv = recipe.measuring_argv(source, gain_db)
    if argv is None:
        return None
    meter = _Meter(None, None)
    finished = run(
        [ffmpeg, *argv], wall_s=wall_limit_s(recipe.probe), silence_s=_SILENCE_S, on_line=meter.read
    )
    return read_loudness(finished.stderr) if finished.returncode == 0 else None


def convert_picture(argv: Sequence[str], *, ffmpeg: str, display_path: str) -> Problem | None:
    """Make posters of a picture.

    Raises:
        OSError: FFmpeg cannot be started.
    """
    return problem_of(run([ffmpeg, *argv], wall_s=_WALL_FIXED_S), display_path)


def problem_of(finished: Finished, display_path: str) -> Problem | None:
    """What to say of a finished FFmpeg; ``None`` when it was content."""
    if finished.stopped is None and finished.returncode == 0:
        return None
    return _explain(finished, display_path)


def wall_limit_s(probe: Probe) -> float:
    """Seconds after which an encode is stuck, from the film's length and pixels a second."""
    pixels_per_s = probe.width * probe.height * float(probe.fps or 30)
    weight: float = max(1.0, pixels_per_s / _REFERENCE_PIXELS_PER_S)
    return _WALL_FIXED_S + _WALL_PER_FILM_S * weight * (probe.duration_s or _FILM_UNKNOWN_S)


class _Meter:
    """Reads the ``key=value`` lines of FFmpeg's ``-progress`` and of its encoders."""

    def __init__(self, duration_s: float | None, on_progress: Progress | None) -> None:
        self._duration_s = duration_s
        self._on_progress = on_progress
        self._seen: dict[str, str] = {}
        self._told = -math.inf
        self._share = 0.0

    def read(self, line: str) -> bool:
        key, _, value = line.strip().partition("=")
        if key not in _SIGNS_OF_LIFE or self._seen.get(key) == value:
            return False
        self._seen[key] = value
        if key == "out_time_us":
            self._tell(value, 1e6)
        elif key == "out_time_s":
            self._tell(value, 1.0)
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


def _watch(
    process: subprocess.Popen[str],
    wall_s: float,
    silence_s: float | None,
    on_line: Callable[[str], bool] | None,
) -> Finished:
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    complaints: deque[str] = deque(maxlen=_STDERR_LINES)
    readers = [
        _reader(process.stdout, lines.put, lambda: lines.put(None)),
        _reader(process.stderr, complaints.append, lambda: None),
    ]
    begun = alive = time.monotonic()
    stopped: Literal["time", "silence"] | None = None
    while stopped is None:
        now = time.monotonic()
        ends = begun + wall_s
        silent = alive + silence_s if silence_s is not None else ends
        if now >= ends:
            stopped = "time"
        elif now >= silent:
            stopped = "silence"
        else:
            try:
                line = lines.get(timeout=min(ends, silent) - now)
            except queue.Empty:
                continue
            if line is None:
                break
            if on_line is not None and on_line(line):
                alive = time.monotonic()
    if stopped is None:
        try:
            process.wait(timeout=max(0.1, begun + wall_s - time.monotonic()))
        except subprocess.TimeoutExpired:
            stopped = "time"
    _kill_group(process)
    for reader in readers:
        reader.join(timeout=5)
    return Finished(process.wait(), stopped, "".join(complaints))


def _reader(
    stream: IO[str] | None, take: Callable[[str], object], end: Callable[[], object]
) -> threading.Thread:
    def read() -> None:
        # A closed pipe raises ValueError; a line without end is cut by the size below.
        with contextlib.suppress(ValueError, OSError):
            while stream is not None and (line := stream.readline(4096)):
                take(line)
        end()

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    return thread


if sys.platform == "win32":
    _CREATION_FLAGS = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.BELOW_NORMAL_PRIORITY_CLASS

    def _lower_priority(pid: int) -> None:
        """Windows sets it with the process's creation flags."""

    def _kill_group(process: subprocess.Popen[str]) -> None:
        process.kill()  # FFmpeg starts no processes of its own
        process.wait()

else:
    _CREATION_FLAGS = 0

    def _lower_priority(pid: int) -> None:
        # The group, not the process: Linux counts each thread of an encoder by itself.
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PGRP, pid, _NICENESS)

    def _kill_group(process: subprocess.Popen[str]) -> None:
        if process.returncode is None:  # not yet waited for, so the number is still its own
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _explain(finished: Finished, display_path: str) -> Problem:
    if finished.stopped is not None:
        return media_problem(
            display_path,
            "encoding it took far longer than its length allows and was stopped",
            "export the film again as H.264 in an MP4, then try once more",
            "media-timeout",
        )
    if "No space left on device" in finished.stderr:
        return disk_full(display_path)
    lines = [line.strip() for line in finished.stderr.splitlines() if line.strip()]
    reason = lines[0][:200] if lines else f"exit status {finished.returncode}"
    return media_problem(
        display_path,
        f"FFmpeg could not make web videos of it ({reason})",
        "export the film again as H.264 in an MP4; if that fails too, report it with this line",
        "media-encode-failed",
    )


def disk_full(display_path: str) -> Problem:
    """The problem of a disk without room for the renditions."""
    return media_problem(
        display_path,
        "the disk is full, so its web videos could not be written",
        "make room and run the command again; nothing finished was lost",
        "media-disk-full",
    )
