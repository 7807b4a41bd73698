"""The disk writes what is there already while thousands of files are still being made.

Whoever puts a folder in place has all of it flushed first, and waited 0.3 s of 8 for two thousand files, with nothing to do.
The system itself begins to write after half a minute.
"""

from __future__ import annotations

import contextlib
import errno
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
_NOT_FLUSHED = 3
"""How the process ends that heard of an error."""


@contextlib.contextmanager
def flushed_meanwhile(folder: Path) -> Iterator[None]:
    """Have another process flush the disk of a folder again and again, where that can be had; it promises nothing.

    Args:
        folder: A folder that is filled meanwhile.

    Raises:
        OSError: the disk did not take something. The system says so once, and said it to that process.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        yield
        return
    begun = _begin(folder)
    has_failed = False
    try:
        yield
    finally:
        if begun is not None:
            ends, pid = begun
            os.close(ends)
            with contextlib.suppress(ChildProcessError):
                has_failed = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == _NOT_FLUSHED
    if has_failed:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(folder))


def _begin(folder: Path) -> tuple[int, int] | None:
    """What ends the process when it is closed, and which it is; ``None``: there is no room for one."""
    parent = os.getpid()
    try:
        waits, ends = os.pipe()
    except OSError:
        return None
    try:
        pid = os.fork()
    except OSError:
        os.close(waits)
        os.close(ends)
        return None
    if pid == 0:
        ended = 0
        try:
            os.close(ends)
            live_alone(parent)
            while not select.select([waits], (), (), _EVERY_S)[0] and disk.flush_disk_of(folder):
                pass
        except OSError:
            ended = _NOT_FLUSHED
        finally:
            os._exit(ended)  # nothing of what this process began is ended twice
    os.close(waits)
    return ends, pid
