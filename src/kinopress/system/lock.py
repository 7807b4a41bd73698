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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from kinopress.codes import Code
from kinopress.problems import ExitCode, Problem, Refusal, quoted
from kinopress.system.kept import read_kept

LOCK_NAME = "lock"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has what another run waits for.

    Attributes:
        who: Kinopress, and on which computer where that is another one.
        does: Since when it does what, in words that go on from there.
        percent: How far it is, 0 to 100; ``None`` where it does not say.
    """

    who: str = "Kinopress"
    does: str = "is running in another window"
    percent: int | None = None


OnWait = Callable[[Holder], None]
"""Is told who holds the lock at each look, several times a second, so that it may end the waiting by raising."""


@dataclass(slots=True)
class Held:
    """A lock that this run holds."""

    _descriptor: int
    _doing: str
    _since: str = field(
        default_factory=lambda: datetime.now().astimezone().isoformat(timespec="seconds")
    )
    _percent: int | None = None

    def tell(self, share: float) -> None:
        """Let those who wait know how far this run is, 0 to 1."""
        percent = int(100 * min(1.0, max(0.0, share)))
        if percent != self._percent:
            self._percent = percent
            self._sign()

    def _sign(self) -> None:
        holder = {
            "pid": os.getpid(),
            "host": platform.node(),
            "since": self._since,
            "doing": self._doing,
            "percent": self._percent,
        }
        _write(self._descriptor, json.dumps(holder))


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
    folder: Path,
    *,
    path: str,
    doing: str,
    wait_s: float,
    name: str = LOCK_NAME,
    on_wait: OnWait | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Held]:
    """Be the only run that writes in a folder, or what ``name`` stands for in it.

    Args:
        folder: An existing folder.
        path: What the coach calls the thing worked on.
        doing: What is done with it, for those who wait: ``encoding videos/hip.mov``.
        wait_s: How long to wait for another run, in seconds; with ``on_wait`` how long that may hear nothing new.
        name: The lock's file.
        on_wait: Is told at each look for whom this run waits; it may raise to end the waiting.
        clock: The time in seconds, from whatever moment.

    Raises:
        Refusal: With :attr:`ExitCode.BUSY` and the holder's name, when the wait was in vain.
        OSError: The folder cannot be locked at all.
    """
    lock = folder / name
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        ends = clock() + wait_s
        seen: Holder | None = None
        looks = 0
        while not _try_lock(descriptor):
            holder, looks = _read(lock) or seen, looks + 1
            if holder is None and looks > 1:  # at the first look it may just have begun to write
                holder = Holder()
            if on_wait is not None and holder is not None:
                if holder != seen:
                    seen, ends = holder, clock() + wait_s
                on_wait(holder)
            if clock() >= ends:
                raise Refusal([_busy(lock, path)], ExitCode.BUSY)
            time.sleep(_POLL_S)
        held = Held(descriptor, doing)
        held._sign()
        try:
            yield held
        finally:
            _write(descriptor, "")  # the name of this computer stays nowhere
    finally:
        os.close(descriptor)


def _write(descriptor: int, text: str) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.ftruncate(descriptor, 0)
    os.write(descriptor, text.encode())


def _read(lock: Path) -> Holder | None:
    """Who holds a lock; ``None`` where its file does not say, as while it is written."""

    def take(holder: Any) -> Holder:
        since = when(datetime.fromisoformat(holder["since"]).astimezone(), datetime.now())
        host = str(holder["host"])
        where = "" if host == platform.node() else f" on the computer {quoted(host)}"
        percent = holder.get("percent")
        does = f"has been {holder['doing']} since {since}"
        return Holder(f"Kinopress{where}", does, percent if isinstance(percent, int) else None)

    return read_kept(lock, take, unchecked=True)


def _busy(lock: Path, path: str) -> Problem:
    holder = _read(lock) or Holder()
    return Problem(
        path,
        f"{holder.who} {holder.does}, and only one can run at a time",
        "wait until it has finished, or stop it with Ctrl-C in its own window (the preview that "
        "kinopress serve shows encodes films, too), then run this again",
        Code.MEDIA_BUSY,
    )


def when(moment: datetime, now: datetime) -> str:
    """A moment as a person would say it: ``04:01``, or ``23:50 on 28 November``."""
    clock = f"{moment:%H:%M}"
    return clock if moment.date() == now.date() else f"{clock} on {moment.day} {moment:%B}"
