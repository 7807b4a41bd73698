"""The same step for many things, a share of them in a process of its own for each processor.

The processes are forked: they begin with all that this one knows, and send back only what came of their shares. That
takes a system that forks and ends a process together with the one it works for (Linux); it takes a process without
other threads, since one of those may hold a lock that nobody would ever let go in the copy. Elsewhere, and for a few
things, all is done in this process. What comes of it is the same.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

R = TypeVar("R")

_FEWEST = 50
"""Fewer things for each process are done sooner than it has begun."""
_PR_SET_PDEATHSIG = 1  # prctl(2)


@dataclass(frozen=True, slots=True)
class Shared(Generic[R]):
    """What came of it.

    Attributes:
        done: By the place of each thing. Missing are those whose step failed, and the later ones of the same
            share: whoever does them finds out why.
        lost: How many processes ended before they had sent anything.
    """

    done: Mapping[int, R]
    lost: int = 0


def processes_for(things: int) -> int:
    """How many processes are worth their beginning."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return max(1, min(len(os.sched_getaffinity(0)), things // _FEWEST))


def share_out(
    weights: Sequence[int], step: Callable[[int], R], processes: int | None = None
) -> Shared[R]:
    """Do a step for each of many things.

    Args:
        weights: How much there is to do for each, in any unit.
        step: What is to be done for the thing at a place; what it gives must be fit for :mod:`pickle`.
        processes: How many share the work; by default as many as are worth it.
    """
    shares = _shares(weights, processes or processes_for(len(weights)))
    helpers: list[_Helper[R]] = []
    lost = 0
    try:
        for share in shares[1:]:
            with contextlib.suppress(OSError):  # no room for another process: see below
                helpers.append(_Helper(share, step))
        done = _done(shares[0], step)
        for helper in helpers:
            sent = helper.wait()
            lost += sent is None
            done |= sent or {}
    finally:
        for helper in helpers:
            helper.end()
    return Shared(done, lost)


def do_all(steps: Sequence[Callable[[], R]], weights: Sequence[int]) -> list[R]:
    """Do many steps of which none needs another; what one raises is raised here.

    Args:
        steps: What is to be done.
        weights: How much there is to do for each, in any unit.

    Returns:
        What came of each, in their order.
    """
    done = share_out(weights, lambda at: steps[at]()).done
    return [done[at] if at in done else step() for at, step in enumerate(steps)]


def _shares(weights: Sequence[int], processes: int) -> list[list[int]]:
    """The places of the things for each process: the heaviest first, each to whoever has least to do."""
    shares: list[list[int]] = [[] for _ in range(processes)]
    loads = [0] * processes
    for at in sorted(range(len(weights)), key=lambda at: -weights[at]):
        least = loads.index(min(loads))
        shares[least].append(at)
        loads[least] += weights[at]
    return [sorted(share) for share in shares]


def _done(share: Sequence[int], step: Callable[[int], R]) -> dict[int, R]:
    done: dict[int, R] = {}
    with contextlib.suppress(Exception):
        for at in share:
            done[at] = step(at)
    return done


class _Helper(Generic[R]):
    """A process with a share of the work."""

    def __init__(self, share: Sequence[int], step: Callable[[int], R]) -> None:
        """Begin it.

        Raises:
            OSError: there is no room for one.
        """
        sys.stdout.flush()
        sys.stderr.flush()
        parent = os.getpid()
        self._from, to = os.pipe()
        try:
            self._pid = os.fork()
        except OSError:
            os.close(self._from)
            os.close(to)
            raise
        if self._pid == 0:
            try:
                _alone(parent)
                done = _done(share, step)
                with open(to, "wb") as pipe:  # noqa: PTH123 - a pipe has no path
                    # One by one: all in one piece would be in memory twice, here and where it arrives.
                    for at in share:
                        if at in done:
                            pipe.write(pickle.dumps((at, done.pop(at)), pickle.HIGHEST_PROTOCOL))
                    pipe.write(pickle.dumps(None))
            finally:
                os._exit(0)  # nothing of what this process began is ended twice
        os.close(to)

    def wait(self) -> dict[int, R] | None:
        """What it has done; ``None`` when it ended without a word."""
        done: dict[int, R] = {}
        with open(self._from, "rb", closefd=False) as pipe:
            try:
                while (sent := pickle.load(pipe)) is not None:  # noqa: S301 - our own process wrote it
                    done[sent[0]] = sent[1]
            except (EOFError, pickle.UnpicklingError):
                return None
        return done

    def end(self) -> None:
        """Make sure that it is gone; whatever it does still is of no use to anybody."""
        os.close(self._from)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._pid, 0)


def _alone(parent: int) -> None:
    """Live no longer than the process that it works for, and be ended by nobody else's Ctrl-C."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before we asked
        os._exit(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for ending in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(ending, signal.SIG_DFL)
