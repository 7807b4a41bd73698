"""The disk writes what is there already while thousands of files are still being made.

Whoever puts a folder in place has all of it flushed first, and waited 0.3 s of 8 for two thousand files, with nothing to do.
The system itself begins to write after half a minute.
"""

from __future__ import annotations

import contextlib
import os
import select
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from kinopress.system import disk
from kinopress.system.processors.shared import live_alone

_EVERY_S = 0.5
"""Long enough to write many files at once."""


@contextlib.contextmanager
def flushed_meanwhile(folder: Path) -> Iterator[None]:
    """Have another process flush the disk of a folder again and again, where that can be had; it promises nothing.

    Args:
        folder: A folder that is filled meanwhile.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        yield
        return
    begun = _begin(folder)
    try:
        yield
    finally:
        if begun is not None:
            ends, pid = begun
            os.close(ends)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _begin(folder: Path) -> tuple[int, int] | None:
    """What ends the process when it is closed, and which it is; ``None``: there is no room for one."""
    parent = os.getpid()
    waits, ends = os.pipe()
    try:
        pid = os.fork()
    except OSError:
        os.close(waits)
        os.close(ends)
        return None
    if pid == 0:
        try:
            os.close(ends)
            live_alone(parent)
            while not select.select([waits], (), (), _EVERY_S)[0] and disk.flush_disk_of(folder):
                pass
        finally:
            os._exit(0)  # nothing of what this process began is ended twice
    os.close(waits)
    return ends, pid
