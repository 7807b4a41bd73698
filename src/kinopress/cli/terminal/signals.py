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
from types import FrameType

ENDING = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK")
    if hasattr(signal, name)
)
"""Ctrl-C; kill and a shutdown; a closing window; Ctrl-\\; Ctrl-Break of Windows."""


class Stopped(KeyboardInterrupt):
    """Somebody ended this run."""


@contextlib.contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Raise :class:`Stopped` in here when a signal would end the program.

    A signal that was to be ignored, as ``nohup`` has it, is ignored. Only the first one counts:
    what cleans up is not interrupted by a second Ctrl-C.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # Python gives signals to the main thread alone
        return
    before = {number: signal.getsignal(number) for number in ENDING}
    caught = [number for number, how in before.items() if how not in (signal.SIG_IGN, None)]

    stopping = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopping
        if stopping:
            return
        stopping = True
        if number == getattr(signal, "SIGHUP", None):
            _write_nowhere()
        raise Stopped

    for number in caught:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number in caught:
            signal.signal(number, before[number])


def _write_nowhere() -> None:
    """Drop what is written to a terminal that was closed: there, any further word is an error."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            if stream.isatty():
                os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
