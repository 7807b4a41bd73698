"""Running a program: the only module of the package that starts processes.

A film is a stranger's file and FFmpeg a large program, so every run is bounded: its own
process group, low priority, no standard input, a limit on the wall clock and on silence.
Whatever ends a run early (time, Ctrl-C, an error of ours) kills the whole group with
SIGKILL; a hung FFmpeg was seen to outlive SIGTERM by 15 minutes. If this program itself is
killed with SIGKILL, Linux kills FFmpeg at the same moment, because each run asks for that. Elsewhere
FFmpeg dies of its closed progress pipe at its next report: half a second, or 4 s on a machine with
eight times more work than cores.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, Literal

_NICENESS = 10
# SVT-AV1 introduces itself at length, which would hide FFmpeg's complaints.
_QUIET = {"SVT_LOG": "1"}
_STDERR_LINES = 40
_LOOKS_S = 0.5
"""How often it is looked whether a program that may be stopped is to stop."""


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
    on_look: Callable[[], None] | None = None,
) -> Finished:
    """Run a program to its end or to its limit, whichever is first.

    Args:
        argv: The program and its arguments; no shell sees them.
        wall_s: Seconds after which it is killed.
        silence_s: Seconds without a sign of life after which it is killed.
        on_line: Called in this thread with each line of its output; answers whether that
            line was a sign of life.
        on_look: Called in this thread about twice a second, also while it says nothing; what it raises ends the run.

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
        preexec_fn=_dies_with(os.getpid()),  # noqa: PLW1509 - it calls the system and nothing else
        creationflags=_CREATION_FLAGS,
    ) as process:
        try:
            _lower_priority(process.pid)
            return _watch(process, wall_s, silence_s, on_line, on_look)
        finally:
            _kill_group(process)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program answered.

    Attributes:
        returncode: Its exit status; negative for a signal.
        stdout: All that it wrote.
        stderr: What it complained of.
        in_time: Whether it ended by itself.
    """

    returncode: int
    stdout: bytes
    stderr: str
    in_time: bool = True


def ask(
    argv: Sequence[str],
    *,
    wall_s: float,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    cwd: str | None = None,
    stop: threading.Event | None = None,
) -> Answer:
    """Run a program that is told something and answers; see :func:`run` for how it is bounded.

    Args:
        argv: The program and its arguments; no shell sees them.
        wall_s: Seconds after which it is killed.
        stdin: What it is told.
        env: Its whole environment; ours if not given.
        cwd: The folder in which it runs.
        stop: When it is set, the program is killed, as at the end of its time.

    Raises:
        OSError: The program cannot be started.
    """
    with subprocess.Popen(
        list(argv),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(os.environ if env is None else env),
        cwd=cwd,
        start_new_session=True,
        preexec_fn=_dies_with(os.getpid()),  # noqa: PLW1509 - it calls the system and nothing else
        creationflags=_CREATION_FLAGS,
    ) as process:
        try:
            out, complaints = _heard(process, stdin, wall_s, stop)
        except subprocess.TimeoutExpired:
            _kill_group(process)
            return Answer(-1, b"", "", in_time=False)
        finally:
            _kill_group(process)
    return Answer(process.returncode, out, complaints.decode("utf-8", "replace"))


def _heard(
    process: subprocess.Popen[bytes], stdin: bytes, wall_s: float, stop: threading.Event | None
) -> tuple[bytes, bytes]:
    """What a program writes until it ends; raises ``TimeoutExpired`` when it has to end before."""
    if stop is None:
        return process.communicate(stdin, timeout=wall_s)
    until = time.monotonic() + wall_s
    said: bytes | None = stdin
    while True:
        try:
            return process.communicate(said, timeout=_LOOKS_S)
        except subprocess.TimeoutExpired:
            if stop.is_set() or time.monotonic() >= until:
                raise
            said = None  # it goes on with what it was given


@contextlib.contextmanager
def talk(argv: Sequence[str]) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Run a program of our own that is told things and answers, in turns; what it complains of goes where ours does.

    It has no limit, since what it does has its own, and is killed when the conversation is over.

    Args:
        argv: The program and its arguments; no shell sees them.

    Yields:
        What is written to it, and what it writes.

    Raises:
        OSError: The program cannot be started.
    """
    with subprocess.Popen(
        list(argv),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # a Ctrl-C is for us, and we tell it
        preexec_fn=_dies_with(os.getpid()),  # noqa: PLW1509 - it calls the system and nothing else
        creationflags=_CREATION_FLAGS,
    ) as process:
        assert process.stdin is not None  # noqa: S101 - they were asked for
        assert process.stdout is not None  # noqa: S101
        try:
            yield process.stdin, process.stdout
        finally:
            with contextlib.suppress(OSError):  # it may have ended before it had heard all
                process.stdin.close()
            _kill_group(process)


def begin(argv: Sequence[str], *, wall_s: float) -> bool:
    """Start a program that goes on in the background by itself, and ends by itself.

    It hears and says nothing: whatever it held open, we would wait for.

    Args:
        argv: The program and its arguments; no shell sees them.
        wall_s: Seconds after which it is killed if it has not gone to the background.

    Returns:
        Whether it has begun.
    """
    quiet = subprocess.DEVNULL
    try:
        done = subprocess.run(
            list(argv), stdin=quiet, stdout=quiet, stderr=quiet, timeout=wall_s, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _watch(
    process: subprocess.Popen[str],
    wall_s: float,
    silence_s: float | None,
    on_line: Callable[[str], bool] | None,
    on_look: Callable[[], None] | None,
) -> Finished:
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    complaints: deque[str] = deque(maxlen=_STDERR_LINES)
    readers = [
        _reader(process.stdout, lines.put, lambda: lines.put(None)),
        _reader(process.stderr, complaints.append, lambda: None),
    ]
    begun = alive = looked = time.monotonic()
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
            until = min(ends, silent)
            if on_look is not None:
                if now >= looked + _LOOKS_S:
                    looked = now
                    on_look()
                until = min(until, looked + _LOOKS_S)
            try:
                line = lines.get(timeout=max(0.0, until - now))
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


if sys.platform == "linux":
    _PR_SET_PDEATHSIG = 1  # prctl(2)
    _libc = ctypes.CDLL(None, use_errno=True)

    def _dies_with(parent: int) -> Callable[[], None]:
        """What a new process does before it becomes the program: it asks to be killed with us.

        Between fork and exec, so it calls nothing but the system; the library was loaded before.
        """

        def ask() -> None:
            _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent:  # it died before we asked
                os._exit(1)

        return ask

else:

    def _dies_with(parent: int) -> None:
        """Only Linux can do that."""


if sys.platform == "win32":
    _CREATION_FLAGS = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.BELOW_NORMAL_PRIORITY_CLASS

    def _lower_priority(pid: int) -> None:
        """Windows sets it with the process's creation flags."""

    def _kill_group(process: subprocess.Popen[Any]) -> None:
        process.kill()  # FFmpeg starts no processes of its own
        process.wait()

else:
    _CREATION_FLAGS = 0

    def _lower_priority(pid: int) -> None:
        # The group, not the process: Linux counts each thread of an encoder by itself.
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PGRP, pid, _NICENESS)

    def _kill_group(process: subprocess.Popen[Any]) -> None:
        if process.returncode is None:  # not yet waited for, so the number is still its own
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
