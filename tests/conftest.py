"""What the tests tell beside right and wrong: figures, at the end of a run. And who runs which tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

from support.figures import FIGURES, FIGURES_OF_WORKER

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


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = []


@pytest.fixture(autouse=True, scope="session")
def _no_power_cuts() -> Iterator[None]:
    """The disk need not be waited for: what a power cut would take is replayed, not tried.

    A thousand runs of the laws wait minutes for a busy disk otherwise.
    """
    with mock.patch("os.fsync"):
        yield


_LONGEST_FIRST = ("browser", "video", "property", "contract", "invalid", "unit")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With several processes the folder whose files take longest comes first, so that none is left alone at the end."""
    if hasattr(config, "workerinput"):
        rank = {folder: place for place, folder in enumerate(_LONGEST_FIRST)}
        items.sort(key=lambda item: rank.get(item.nodeid.split("/")[1], len(rank)))


class _BrowserApart(LoadScopeScheduling):
    """With two workers, one has the browser and its site, the other takes file after file.

    The marks that pytest-xdist 3.8 reads for this do nothing with pytest 9.2.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "browser" if file.startswith("tests/browser/") else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Who runs which tests, when there is more than one process (``-n``)."""
    config.option.loadscopereorder = False  # it would leave one long test to the very end
    return _BrowserApart(config, log)


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
