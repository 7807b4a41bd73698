"""The same step for many things, on all processors.

The processes are forked: they begin with all that this one knows, and send back only what came of it. Whoever is
ready takes what is next, so all of them end together, however long a thing takes and whatever else this process
had to do first. That takes a system that forks and ends a process together with the one it works for (Linux); it
takes a process without other threads, since one of those may hold a lock that nobody would ever let go in the copy.
Elsewhere, and for a few things, all is done in this process. What comes of it is the same.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

R = TypeVar("R")

_FEWEST = 50
"""Fewer things for each process are done sooner than it has begun."""
_PR_SET_PDEATHSIG = 1  # prctl(2)
_PLACE_BYTES = 4


@dataclass(frozen=True, slots=True)
class Shared(Generic[R]):
    """What came of it.

    Attributes:
        done: By the place of each thing. Missing are those whose step failed, and those that a process had when it was
            lost: whoever does them finds out why.
        lost: How many processes ended before they had sent everything.
    """

    done: Mapping[int, R]
    lost: int = 0


def processes_for(things: int) -> int:
    """How many processes are worth their beginning."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return max(1, min(len(os.sched_getaffinity(0)), things // _FEWEST))


def share_out(
    weights: Sequence[int],
    step: Callable[[int], R],
    processes: int | None = None,
    *,
    meanwhile: Callable[[], object] | None = None,
) -> Shared[R]:
    """Do a step for each of many things.

    Args:
        weights: How much there is to do for each, in any unit: the heaviest are done first.
        step: What is to be done for the thing at a place; what it gives must be fit for :mod:`pickle`.
        processes: How many share the work; by default as many as are worth it.
        meanwhile: What only this process can do: it does that first, while others have begun.
    """
    processes = processes or processes_for(len(weights))
    order = sorted(range(len(weights)), key=lambda at: -weights[at])
    helpers: list[_Helper[R]] = []
    lost = 0
    with _Queue(order[processes:] if processes > 1 else ()) as queue:
        try:
            # One that had to wait for its first thing might find none. Where there is no room for another process,
            # what it would have done is missing.
            for at in order[1:processes]:
                with contextlib.suppress(OSError):
                    helpers.append(_Helper(at, queue, step))
            if meanwhile is not None:
                meanwhile()
            mine = itertools.chain(order[:1], queue) if processes > 1 else iter(order)
            done = dict(_done(mine, step))
            for helper in helpers:
                sent = helper.wait()
                lost += sent is None
                done |= sent or {}
        finally:
            for helper in helpers:
                helper.end()
    return Shared(done, lost)


def do_all(
    steps: Sequence[Callable[[], R]],
    weights: Sequence[int],
    *,
    meanwhile: Callable[[], object] | None = None,
) -> list[R]:
    """Do many steps of which none needs another; what one raises is raised here.

    Args:
        steps: What is to be done.
        weights: How much there is to do for each, in any unit.
        meanwhile: As in :func:`share_out`.

    Returns:
        What came of each, in their order.
    """
    done = share_out(weights, lambda at: steps[at](), meanwhile=meanwhile).done
    return [done[at] if at in done else step() for at, step in enumerate(steps)]


def _done(places: Iterable[int], step: Callable[[int], R]) -> Iterator[tuple[int, R]]:
    with contextlib.suppress(Exception):
        for at in places:
            yield at, step(at)


class _Queue:
    """What is still to be done: a file without a name, in which all processes read on from where any of them has read to."""

    def __init__(self, places: Sequence[int]) -> None:
        self._file: int | None = None
        if places:
            with contextlib.suppress(OSError):  # no room for a file: what is in no queue is missing
                self._file = _opened(b"".join(at.to_bytes(_PLACE_BYTES, "little") for at in places))

    def __iter__(self) -> Iterator[int]:
        while self._file is not None and (place := os.read(self._file, _PLACE_BYTES)):
            yield int.from_bytes(place, "little")

    def __enter__(self) -> _Queue:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            os.close(self._file)


def _opened(data: bytes) -> int:
    """A file in memory, at whose beginning nobody has read.

    It is opened a second time by its name: of a file opened so the system gives each place to one reader alone, which it
    does not do for what `memfd_create` itself gives.

    Raises:
        OSError: there is no room for one.
    """
    made = os.memfd_create("queue")
    try:
        with open(made, "wb", closefd=False) as file:
            file.write(data)
        return os.open(f"/proc/self/fd/{made}", os.O_RDONLY | os.O_CLOEXEC)
    finally:
        os.close(made)


class _Helper(Generic[R]):
    """A process that does a part of the work."""

    def __init__(self, first: int, queue: _Queue, step: Callable[[int], R]) -> None:
        """Begin it.

        Raises:
            OSError: there is no room for one.
        """
        sys.stdout.flush()
        sys.stderr.flush()
        parent = os.getpid()
        # No pipe, which would be full before anybody has time to read it. What has been sent is packed for the way
        # while others work, and is in memory once.
        self._sent = os.memfd_create("sent")
        self._is_there = True
        try:
            self._pid = os.fork()
        except OSError:
            os.close(self._sent)
            raise
        if self._pid == 0:
            try:
                live_alone(parent)
                with open(self._sent, "wb") as file:  # noqa: PTH123 - it has no path
                    for one in _done(itertools.chain((first,), queue), step):
                        file.write(pickle.dumps(one, pickle.HIGHEST_PROTOCOL))
                    file.write(pickle.dumps(None))
            finally:
                os._exit(0)  # nothing of what this process began is ended twice

    def wait(self) -> dict[int, R] | None:
        """What it has done; ``None`` when it ended without its last word."""
        os.waitpid(self._pid, 0)
        self._is_there = False
        done: dict[int, R] = {}
        os.lseek(self._sent, 0, os.SEEK_SET)
        with open(self._sent, "rb", closefd=False) as file:
            try:
                while (sent := pickle.load(file)) is not None:  # noqa: S301 - our own process wrote it
                    done[sent[0]] = sent[1]
            except (EOFError, pickle.UnpicklingError):
                return None
        return done

    def end(self) -> None:
        """Make sure that it is gone; whatever it does still is of no use to anybody."""
        os.close(self._sent)
        if not self._is_there:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._pid, 0)


def live_alone(parent: int) -> None:
    """In a process that was forked: live no longer than the process that it works for, and be ended by nobody else's Ctrl-C."""
    import ctypes  # noqa: PLC0415 - a check of a few pages begins no process, and would load it for nothing

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before we asked
        os._exit(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for ending in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(ending, signal.SIG_DFL)
