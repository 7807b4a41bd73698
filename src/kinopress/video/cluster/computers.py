"""The computers that encode: the way to them, who is there, and what is asked of them.

Nothing is said here of films and their parts. Dask finds the computers, carries what is sent and takes it back.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import distributed

from kinopress.problems import ExitCode, Refusal
from kinopress.video.cluster.scheduler import busy, check_address, lost, not_reached
from kinopress.video.cluster.worker import quieten

_dask: Any = distributed
"""It declares no types for what is called."""

GONE = (distributed.client.FutureCancelledError, OSError, TimeoutError)
"""What is raised instead of an answer when a computer, or the way to it, is no longer there."""
END_S = 5.0
"""So long an answer is waited for when all is over, in seconds."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long something is waited for, in seconds.

    Attributes:
        scheduler_s: For a scheduler that does not answer any more.
        workers_s: For a computer that can encode, while there is none.
        part_s: At least so long a part may take before another computer that has nothing to do makes it, too.
    """

    scheduler_s: float = 60.0
    workers_s: float = 30.0
    part_s: float = 60.0


class Computers:
    """A scheduler and the computers that it knows."""

    def __init__(self, address: str | None, patience: Patience) -> None:
        """Reach it.

        Args:
            address: The scheduler's; ``None``: one in this process, with a worker for each four processors.
            patience: How long something is waited for.

        Raises:
            Refusal: ``USAGE`` for what is not an address, ``ENVIRONMENT`` when nobody answers there.
        """
        self.address = address
        self.patience = patience
        self._closing = contextlib.ExitStack()
        self.left_out: dict[str, str] = {}
        """Those that took no part in the film of now, or none any more → why."""
        self.refused: dict[str, str] = {}
        """Those that get no part of any film → why."""
        self.lost = False
        """Whether the scheduler has been given up."""
        quieten()
        try:
            self.client = self._reach(address)
        except BaseException:
            self._closing.close()
            raise

    def _reach(self, address: str | None) -> Any:
        if address is None:
            local = _dask.LocalCluster(
                n_workers=_workers_here(),
                threads_per_worker=1,
                processes=False,
                dashboard_address="127.0.0.1:0",
                worker_dashboard_address="127.0.0.1:0",
            )
            self._closing.callback(local.close, timeout=5)
            address = local.scheduler_address
        else:
            check_address(address)
        try:
            client: Any = _dask.Client(address, set_as_default=False, name="kinopress")
        except (OSError, TimeoutError, ValueError, TypeError, RuntimeError):
            raise not_reached(address) from None
        self._closing.callback(_in_time, partial(client.close, timeout=2))
        return client

    def close(self) -> None:
        """Let go of it."""
        self._closing.close()

    @contextlib.contextmanager
    def only_one(self, digest: str, display_path: str) -> Iterator[None]:
        """Be the only one that has a film encoded by them.

        Args:
            digest: What is to be made of the film.
            display_path: What the coach calls it.

        Raises:
            Refusal: ``BUSY`` while somebody else has it encoded, ``ENVIRONMENT`` when the scheduler does not answer.
        """
        lock: Any = _dask.Lock(
            f"kinopress-{digest}", scheduler_rpc=self.client.scheduler, loop=self.client.loop
        )
        try:
            held = lock.acquire(timeout=1)
        except OSError:
            raise Refusal([lost(display_path)], ExitCode.ENVIRONMENT) from None
        if not held:
            raise Refusal([busy(display_path)], ExitCode.BUSY)
        try:
            yield
        finally:
            lock.refresh_leases = False
            lock.refresh_callback.stop()
            self.ask(lock.release)

    def ask(self, what: Callable[[], object]) -> None:
        """Ask the scheduler for something at the end, and do not wait for one that no longer answers."""
        if self.client.status == "running" and not self.lost:
            _in_time(what)

    def workers(self) -> Mapping[str, int]:
        """The computers that are there: address → how many parts each makes at once.

        Raises:
            OSError: the scheduler does not answer.
        """
        if self.client.status != "running":
            raise ConnectionError(self.client.status)
        found: Mapping[str, int] = self.client.sync(
            self.client.scheduler.ncores, workers=None, callback_timeout=self.patience.scheduler_s
        )
        return found


def _workers_here() -> int:
    """FFmpeg alone keeps about four processors busy."""
    return max(1, (os.cpu_count() or 1) // 4)


def _in_time(what: Callable[[], object]) -> None:
    """Do something that may never come back, and wait for it only so long."""

    def done() -> None:
        with contextlib.suppress(OSError, RuntimeError, TimeoutError):
            what()

    doing = threading.Thread(target=done, daemon=True)
    doing.start()
    doing.join(timeout=END_S)
