"""A scheduler and workers of our own on this computer.

To load Dask takes a process two seconds, as long as all the rest of a test here. So this one loads it where a test
begins that needs it, and schedulers and workers are forks of a process that has it already: each runs what a person
starts (tests/cli/test_several_computers.py starts the command itself).
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import psutil

from support.command import HANGS_S

if TYPE_CHECKING:  # it loads Dask
    from kinopress.video.cluster.farm import Farm

TIMEOUTS = {
    "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "10s",
    "DASK_LOGGING__DISTRIBUTED": "critical",
}
_LOADED = ["kinopress.cli.main", "kinopress.video.cluster.worker", "distributed.cli.dask_scheduler"]
_forks = multiprocessing.get_context("forkserver")


def reach(
    address: str | None,
    *,
    scheduler_s: float = 600.0,
    workers_s: float = 600.0,
    part_s: float = 600.0,
    **more: Any,
) -> Farm:
    """The computers that a scheduler knows, with more patience than any test needs."""
    from kinopress.video.cluster.computers import Patience
    from kinopress.video.cluster.farm import Farm

    return Farm(address, patience=Patience(scheduler_s, workers_s, part_s), **more)


def _work(tell: Connection, words: list[str], files_max_bytes: int | None, version: str) -> None:
    """A new process: the command of a worker, as if it had been typed."""
    import resource

    from kinopress.cli.main import main
    from kinopress.video.cluster import orders

    if files_max_bytes is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (files_max_bytes, files_max_bytes))
    if version:
        orders.__version__ = version
    _say_nothing()
    os.dup2(tell.fileno(), 1)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as long as the process
    main(["video", "worker", *words])


def _schedule(words: list[str], folder: Path) -> None:
    """A new process: Dask's own command."""
    from distributed.cli import dask_scheduler

    _say_nothing()
    os.chdir(folder)
    dask_scheduler.main(words)


def _say_nothing() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def _begun(work: Callable[..., None], *arguments: object) -> BaseProcess:
    """A fork of a process that has loaded Dask, under the settings of these tests."""
    _forks.set_forkserver_preload(_LOADED)
    with mock.patch.dict(os.environ, TIMEOUTS):
        forkserver.ensure_running()
    process = _forks.Process(target=work, args=arguments, daemon=True)
    process.start()
    return process


def _ended(process: BaseProcess) -> None:
    """However it is: asleep, at work, or gone."""
    for number in (signal.SIGCONT, signal.SIGKILL):
        send(process, number)
    process.join()


def send(process: BaseProcess, number: signal.Signals) -> None:
    """Send a process a signal, if it is there."""
    if process.pid is not None and process.is_alive():
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, number)


def until(true: Callable[[], bool]) -> None:
    """Wait for something as long as it takes."""
    ends = time.monotonic() + HANGS_S
    while not true():
        assert time.monotonic() < ends, "it never came"
        time.sleep(0.02)


@dataclass
class Worker:
    """A process that encodes parts.

    Attributes:
        process: It.
        said: What it has written.
    """

    process: BaseProcess
    said: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return self.said[0].split()[2].rstrip(";")

    def encoders(self) -> list[psutil.Process]:
        """The FFmpegs that it has started."""
        with contextlib.suppress(psutil.NoSuchProcess):
            return psutil.Process(self.process.pid).children(recursive=True)
        return []

    def freeze(self) -> psutil.Process:
        """Stop an FFmpeg of this worker in the middle of a part, which is then never finished."""
        while True:
            until(lambda: bool(self.encoders()))
            for one in self.encoders():
                with contextlib.suppress(psutil.NoSuchProcess):
                    one.suspend()
                    # A program that only tells its version, or one that has ended, makes no part.
                    if "-progress" in one.cmdline():
                        return one
                    one.resume()


@contextlib.contextmanager
def scheduler(folder: Path) -> Iterator[tuple[str, BaseProcess]]:
    """A scheduler: its address and process."""
    where = folder / "scheduler.json"
    words = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show"]
    process = _begun(_schedule, [*words, "--scheduler-file", str(where)], folder)
    try:
        until(lambda: where.is_file() and b"}" in where.read_bytes())
        address = where.read_text().partition('"address": "')[2].partition('"')[0]
        yield address, process
    finally:
        _ended(process)


class Workers:
    """Starts workers, and ends them."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address, self.folder = address, folder
        self.all: list[Worker] = []

    def __call__(
        self, *options: str, files_max_bytes: int | None = None, version: str = ""
    ) -> Worker:
        """A worker that has reached the scheduler.

        Args:
            options: More of its command.
            files_max_bytes: What the kernel lets it write into a file; by default as much as there is room for.
            version: The version of Kinopress that it says it is; by default its own.
        """
        work = self.folder / f"work-{len(self.all)}"
        said, tell = _forks.Pipe(duplex=False)
        words = [self.address, "--work", str(work), *options]
        worker = Worker(_begun(_work, tell, words, files_max_bytes, version))
        tell.close()
        self.all.append(worker)

        def read() -> None:
            with said, open(said.fileno(), encoding="utf-8", closefd=False) as lines:
                for line in lines:
                    worker.said.append(line)

        threading.Thread(target=read, daemon=True).start()
        until(lambda: bool(worker.said) or not worker.process.is_alive())
        return worker

    def end(self) -> None:
        for worker in self.all:
            _ended(worker.process)
