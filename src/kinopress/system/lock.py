"""One run at a time where two would spoil each other's work: in a media folder, say.

The operating system holds the lock and drops it when its holder dies in whatever way, so no
stale lock has to be guessed from a clock. The lock's file says who holds it and stays when
nobody does.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from kinopress.codes import Code
from kinopress.problems import ExitCode, Problem, Refusal, quoted

LOCK_NAME = "lock"
_POLL_S = 0.1
# Windows locks bytes and hides them from readers, so a byte far behind the text is locked.
_LOCKED_BYTE = 1 << 20

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def hold(
    folder: Path, *, path: str, doing: str, wait_s: float, name: str = LOCK_NAME
) -> Iterator[None]:
    """Be the only run that writes in a folder, or what ``name`` stands for in it.

    Args:
        folder: An existing folder.
        path: What the coach calls the thing worked on.
        doing: What is done with it, for those who wait: ``encoding videos/hip.mov``.
        wait_s: How long to wait for another run, in seconds.
        name: The lock's file.

    Raises:
        Refusal: With :attr:`ExitCode.BUSY` and the holder's name, when the wait was in vain.
        OSError: The folder cannot be locked at all.
    """
    lock = folder / name
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        ends = time.monotonic() + wait_s
        while not _try_lock(descriptor):
            if time.monotonic() >= ends:
                raise Refusal([_busy(lock, path)], ExitCode.BUSY)
            time.sleep(_POLL_S)
        _sign(descriptor, doing)
        yield
        _sign(descriptor, None)
    finally:
        os.close(descriptor)


def _sign(descriptor: int, doing: str | None) -> None:
    holder = {
        "pid": os.getpid(),
        "host": platform.node(),
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
        "doing": doing,
    }
    text = json.dumps(holder) if doing is not None else ""
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.ftruncate(descriptor, 0)
    os.write(descriptor, text.encode())


def _busy(lock: Path, path: str) -> Problem:
    try:
        holder = json.loads(lock.read_text(encoding="utf-8"))
        since = when(datetime.fromisoformat(holder["since"]).astimezone(), datetime.now())
        host = str(holder["host"])
        where = "" if host == platform.node() else f" on the computer {quoted(host)}"
        who = f"Kinopress{where} has been {holder['doing']} since {since}"
    except (OSError, ValueError, KeyError, TypeError):
        who = "Kinopress is running in another window"
    return Problem(
        path,
        f"{who}, and only one can run at a time",
        "wait until it has finished, or stop it with Ctrl-C in its own window (the preview that "
        "kinopress serve shows encodes films, too), then run this again",
        Code.MEDIA_BUSY,
    )


def when(moment: datetime, now: datetime) -> str:
    """A moment as a person would say it: ``04:01``, or ``23:50 on 28 November``."""
    clock = f"{moment:%H:%M}"
    return clock if moment.date() == now.date() else f"{clock} on {moment.day} {moment:%B}"
