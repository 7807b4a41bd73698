"""What the tests tell beside right and wrong: figures, at the end of a run. And who runs which tests."""

from __future__ import annotations

from typing import Any

import pytest

from support.figures import FIGURES, FIGURES_OF_WORKER


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = []


def pytest_itemcollected(item: pytest.Item) -> None:
    """With two workers, one has the browser and its site, the other takes file after file."""
    file = item.nodeid.partition("::")[0]
    group = "browser" if file.startswith("tests/browser/") else file
    item.add_marker(pytest.mark.xdist_group(group))


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
