"""A scheduler and workers of our own on this computer, as a person starts them."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from support.command import HANGS_S

TIMEOUTS = {
    "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "10s",
    "DASK_LOGGING__DISTRIBUTED": "critical",
}
OTHER = "import kinopress.video.cluster.orders as o; o.__version__ = '0.0.9'; "
START = "import sys; from kinopress.cli.main import main; main(sys.argv[1:])"


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

    process: subprocess.Popen[str]
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

    def end(self) -> None:
        for number in (signal.SIGCONT, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(number)
        self.process.wait()
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()


@contextlib.contextmanager
def scheduler(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A scheduler: its address and process."""
    where = folder / "scheduler.json"
    argv = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1"]
    argv += ["--port", "0", "--no-dashboard", "--no-show", "--scheduler-file", str(where)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        argv, stdout=quiet, stderr=quiet, cwd=folder, env=os.environ | TIMEOUTS
    ) as process:
        try:
            until(lambda: where.is_file() and b"}" in where.read_bytes())
            address = where.read_text().partition('"address": "')[2].partition('"')[0]
            yield address, process
        finally:
            process.kill()


class Workers:
    """Starts workers, and ends them."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address, self.folder = address, folder
        self.all: list[Worker] = []

    def __call__(
        self, *options: str, begin: str = "", address: str | None = None, limit: str = ""
    ) -> Worker:
        """A worker that has reached the scheduler."""
        work = self.folder / f"work-{len(self.all)}"
        argv = [sys.executable, "-c", begin + START, "video", "worker"]
        argv += [address or self.address, "--work", str(work), *options]
        if limit:
            argv = ["sh", "-c", f'{limit}; exec "$@"', "sh", *argv]
        process = subprocess.Popen(
            argv,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=os.environ | TIMEOUTS,
        )
        worker = Worker(process)
        self.all.append(worker)

        def read() -> None:
            assert process.stdout is not None
            with contextlib.suppress(ValueError):
                for line in process.stdout:
                    worker.said.append(line)

        threading.Thread(target=read, daemon=True).start()
        until(lambda: bool(worker.said) or process.poll() is not None)
        return worker

    def end(self) -> None:
        for worker in self.all:
            worker.end()
