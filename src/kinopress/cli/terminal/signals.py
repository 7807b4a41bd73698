"""Ending in good order, whoever ends a run: a person, a closing window, a system that shuts down.

Python turns only Ctrl-C into an exception; any other signal ends it on the spot, and what a run
started or holds stays behind. Here each becomes the same exception, so that whoever cleans up
after Ctrl-C does so after all of them. SIGKILL cannot be caught: see :mod:`kinopress.system.process`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import CodeType, FrameType

ENDING = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK")
    if hasattr(signal, name)
)
"""Ctrl-C; kill and a shutdown; a closing window; Ctrl-\\; Ctrl-Break of Windows."""


_AGAIN_AFTER_S = 0.02
"""By then Python is out of the place where it drops what is raised."""


class Stopped(KeyboardInterrupt):
    """Somebody ended this run."""


@contextlib.contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Raise :class:`Stopped` in here when a signal would end the program.

    A signal that was to be ignored, as ``nohup`` has it, is ignored. Only the first one counts:
    what cleans up is not interrupted by a second Ctrl-C.

    Python runs what it was told to do whenever a process forks or an object goes, and drops what is raised
    there: the run went on, and no second Ctrl-C was heard. So what was dropped is raised once more, and again
    for as long as it comes while Python still says what it dropped.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # Python gives signals to the main thread alone
        return
    before = {number: signal.getsignal(number) for number in ENDING}
    caught = [number for number, how in before.items() if how not in (signal.SIG_IGN, None)]

    stopping = False
    last = signal.SIGINT
    over = threading.Event()
    again: list[threading.Thread] = []

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopping, last
        if stopping or _is_within(frame, dropped.__code__):
            return
        stopping, last = True, signal.Signals(number)
        if number == getattr(signal, "SIGHUP", None):
            _write_nowhere()
        raise Stopped

    own_pid, say_dropped = os.getpid(), sys.unraisablehook

    def interrupt() -> None:
        while not over.wait(_AGAIN_AFTER_S) and not stopping:
            _interrupt(last)

    def dropped(told: sys.UnraisableHookArgs) -> None:
        nonlocal stopping
        if told.exc_type is not Stopped:
            say_dropped(told)
        elif os.getpid() == own_pid:  # not in a child that is about to become another program
            stopping = False
            again.append(threading.Thread(target=interrupt, daemon=True))
            again[-1].start()

    for number in caught:
        signal.signal(number, stop)
    sys.unraisablehook = dropped
    try:
        yield
    finally:
        over.set()
        for thread in again:
            thread.join()  # nothing comes once the signals mean what they did
        sys.unraisablehook = say_dropped
        for number in caught:
            signal.signal(number, before[number])


def _is_within(frame: FrameType | None, code: CodeType) -> bool:
    """Whether a function is running, or one that it called."""
    while frame is not None and frame.f_code is not code:
        frame = frame.f_back
    return frame is not None


def _interrupt(number: signal.Signals) -> None:
    """Send a signal to the main thread, whatever it waits for."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, number)
    else:
        signal.raise_signal(number)


def _write_nowhere() -> None:
    """Drop what is written to a terminal that was closed: there, any further word is an error."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            if stream.isatty():
                os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
