"""A computer that encodes parts for others: the worker itself, and what is run in it.

Dask names what a worker runs by its module, so a plain ``dask worker`` does as well, where this package is installed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import dask.config
import distributed

from kinopress.video.cluster.films import KEPT_MAX_BYTES, forget_film, keep_piece
from kinopress.video.cluster.orders import Film, NotMade, PartMade, PartOrder
from kinopress.video.cluster.scheduler import check_address, gone, not_reached
from kinopress.video.cluster.task import SENT, make_part

FOLDERS = "kinopress.folders"
"""Dask's setting: a folder of the computer that wants films made → where it is here."""
KEPT = "kinopress.kept-bytes"
"""Dask's setting: how much of films that were sent is kept."""


def run_part(order: PartOrder) -> PartMade | NotMade:
    """Make a part, in a worker."""
    worker = distributed.get_worker()
    folders: Mapping[str, str] = dask.config.get(FOLDERS, {})
    return make_part(order, _spool(worker), folders, _unwanted(worker))


def _unwanted(worker: Any) -> Callable[[], bool]:
    """Whether the part that this thread makes is not wanted any more, or the worker is about to end.

    The scheduler takes a part back when its client asks, or has gone; Dask itself waits until a task has ended.
    """
    key = worker.get_current_task()

    def asked() -> bool:
        task = worker.state.tasks.get(key)
        gone = task is None or task.state in ("cancelled", "resumed", "released", "forgotten")
        return gone or worker.status not in (
            distributed.Status.running,
            distributed.Status.paused,
        )

    return asked


def run_piece(film: Film, offset: int, data: bytes) -> str | None:
    """Keep a piece of a film, in a worker; answers why it cannot."""
    most_bytes = int(dask.config.get(KEPT, KEPT_MAX_BYTES))
    try:
        keep_piece(film, offset, data, _spool(distributed.get_worker()) / SENT, most_bytes)
    except OSError as error:
        return error.strerror or str(error)
    return None


def run_forget(sha256: str) -> None:
    """Remove a film that was sent, in a worker."""
    forget_film(sha256, _spool(distributed.get_worker()) / SENT)


def _spool(worker: Any) -> Path:
    """The worker's own folder, which Dask removes when it ends, or when the next one begins."""
    return Path(worker.local_directory)


def serve(
    address: str,
    *,
    folder: Path | None,
    folders: Mapping[str, str],
    kept_bytes: int,
    at_once: int,
    on_begin: Callable[[str], None],
) -> None:
    """Encode parts for whoever asks the scheduler, until it ends or somebody ends this.

    Args:
        address: The scheduler's.
        folder: Where parts and films that were sent are kept; by default where temporary files are.
        folders: See :data:`FOLDERS`.
        kept_bytes: See :data:`KEPT`.
        at_once: How many parts are made at the same time.
        on_begin: Is told the worker's own address when it has reached the scheduler.

    Raises:
        Refusal: it is not an address (``USAGE``); the scheduler cannot be reached, or no longer
            (``ENVIRONMENT``).
    """
    check_address(address)
    quieten()
    begun = False

    async def work() -> None:
        worker: Any = distributed.Worker(
            address,
            nthreads=at_once,
            local_directory=str(folder) if folder else None,
            dashboard=False,
            dashboard_address="127.0.0.1:0",
            death_timeout=dask.config.get("distributed.comm.timeouts.connect"),
        )
        nonlocal begun
        async with worker:
            begun = True
            on_begin(worker.address)
            await worker.finished()

    with dask.config.set({FOLDERS: dict(folders), KEPT: kept_bytes}):
        try:
            asyncio.run(work())
        except (OSError, TimeoutError, ValueError, RuntimeError):
            if not begun:
                raise not_reached(address) from None
    raise gone()


def quieten() -> None:
    """Dask tells its own log what becomes of connections; a person is told in our words."""
    for name in ("distributed", "tornado", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    timeouts = "distributed.comm.timeouts.tcp"
    if dask.config.get(timeouts) == "30s":  # a network that is gone for half a minute comes back
        dask.config.set({timeouts: "120s"})
