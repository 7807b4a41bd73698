"""What the tests tell beside right and wrong: figures, at the end of a run. And who runs which tests."""

from __future__ import annotations

import datetime as dt
import signal
import time
from collections.abc import Iterator
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

from support.figures import FIGURES, FIGURES_OF_WORKER
from support.painted import painted_once
from support.starts import quick_starts

pytest_plugins = ["browser.fixtures", "support.gathering"]

_EVERYWHERE = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    "print_blob": True,
    "database": None,
}
settings.register_profile("kinopress", derandomize=True, **_EVERYWHERE)
settings.register_profile("search", derandomize=False, max_examples=2_000, **_EVERYWHERE)
settings.load_profile("kinopress")
"""Every law tries the same inputs in each run, however busy the machine is, and takes the time it
takes; so a run fails for a reason or not at all. ``--hypothesis-profile=search`` looks for new ones."""


def _nothing(number: int, frame: object) -> None:
    """Heard, and of no effect."""


def _hand_no_deafness_on() -> None:
    """What this run was told to ignore, by ``nohup`` or by a shell for what it has in the background, is not ignored by what a test starts.

    An ignored or blocked signal stays so in a child, and a shell cannot even set a trap for it: a test that sends it waits for ever.
    A handler is not handed on, so the run goes on ignoring it and each child begins as one does in a terminal.
    (What Python itself ignores, SIGPIPE above all, ``subprocess`` sets right for each child.)
    """
    for name in (
        "SIGHUP",
        "SIGINT",
        "SIGQUIT",
        "SIGTERM",
        "SIGUSR1",
        "SIGUSR2",
        "SIGALRM",
        "SIGCHLD",
    ):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, _nothing)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, signal.valid_signals())


def pytest_configure(config: pytest.Config) -> None:
    _hand_no_deafness_on()
    config.stash[FIGURES] = []
    if config.getoption("--hypothesis-profile", None) is None:
        # Hypothesis also tries each number and word that stands in a module of the program which this process has
        # imported by then: without this, a new sentence anywhere, or another order of the tests, is another draw.
        no_words = Constants()
        providers._get_local_constants = lambda: no_words


@pytest.fixture(autouse=True, scope="session")
def _no_power_cuts() -> Iterator[None]:
    """The disk need not be waited for: what a power cut would take is replayed, not tried.

    A thousand runs of the laws wait minutes for a busy disk otherwise. (A mock would keep a note of each call to the end.)
    """
    with mock.patch("os.fsync", lambda _: None):
        yield


@pytest.fixture(autouse=True, scope="session")
def _quick_starts() -> Iterator[None]:
    """FFmpeg, ssh and the like are started thousands of times in a run (support/starts.py)."""
    with quick_starts():
        yield


@pytest.fixture(autouse=True, scope="session")
def _painted_once() -> Iterator[None]:
    """Hundreds of small sites have the same cards (support/painted.py)."""
    with painted_once():
        yield


_ZONES = (None, dt.UTC, ZoneInfo("Europe/London"))
"""Where a day may end while a test runs: here, in what is noted of times, and where a site of the tests stands."""
_NIGHT_S = 60


def _is_nearly_midnight() -> bool:
    later = dt.timedelta(seconds=_NIGHT_S)
    now = dt.datetime.now(dt.UTC)
    return any(
        now.astimezone(zone).date() != (now + later).astimezone(zone).date() for zone in _ZONES
    )


def pytest_runtest_setup() -> None:
    """No test begins in the last minute of a day: what it asks for today would be of yesterday when it looks."""
    while _is_nearly_midnight():
        time.sleep(1)


_LONGEST_FIRST = (
    *("video", "browser", "publish", "finder", "this_site"),
    *("property", "figures", "cli", "invalid"),
)
"""Folders whose files take long; between others it makes no difference."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With several processes those files come first that take longest, so that none is left alone at the end.

    Files of films and of pages are mixed to the end of both: those keep the processor busy, these wait for one another.
    """
    if not hasattr(config, "workerinput"):
        return
    files: dict[str, dict[str, None]] = {}
    for item in items:
        file = item.nodeid.partition("::")[0]
        folder = "browser" if "/browser/" in file else file.split("/")[1]
        files.setdefault(folder, {}).setdefault(file)
    turns: dict[str, tuple[int, float]] = {}
    for folder, names in files.items():
        last = folder not in ("video", "browser")
        rank = _LONGEST_FIRST.index(folder) if folder in _LONGEST_FIRST else len(_LONGEST_FIRST)
        for at, file in enumerate(names):
            turns[file] = (rank, at) if last else (-1, (at + 0.5) / len(names))
    items.sort(key=lambda item: turns[item.nodeid.partition("::")[0]])


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker hands its figures on."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[FIGURES_OF_WORKER] = session.config.stash[FIGURES]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """The run takes the figures of a worker that is done; one that crashed has none."""
    figures = getattr(node, "workeroutput", {}).get(FIGURES_OF_WORKER, [])
    node.config.stash[FIGURES].extend(figures)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures that tests have left, in the order in which they ran."""
    lines = terminalreporter.config.stash[FIGURES]
    if lines:
        terminalreporter.section("figures")
        for line in lines:
            terminalreporter.write_line(line)
