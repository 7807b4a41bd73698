"""What the tests tell beside right and wrong: figures, at the end of a run."""

from __future__ import annotations

import pytest

from support.figures import FIGURES


def pytest_configure(config: pytest.Config) -> None:
    config.stash[FIGURES] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures that tests have left, in the order in which they ran."""
    lines = terminalreporter.config.stash[FIGURES]
    if lines:
        terminalreporter.section("figures")
        for line in lines:
            terminalreporter.write_line(line)
