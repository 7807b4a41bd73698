"""Which tests take most of the processor, their browsers and FFmpegs included; on Linux.

``PYTHONPATH=tests .venv/bin/python -m pytest -p support.processor …`` ends with the fifty, and with the sum of all.
What else the machine does makes seconds longer, but by far less than those of a clock on the wall.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest

_MOST = 50
_TICKS = os.sysconf("SC_CLK_TCK")
_PROPERTY = "processor_s"
_before = pytest.StashKey[float]()
_taken = pytest.StashKey[list[tuple[float, str]]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_before] = taken_s()
    config.stash[_taken] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test's last report carries what was taken since that of the test before."""
    report = yield
    if report.when == "teardown":
        now = taken_s()
        # What a browser's processes took is lost with it: the last test that had one takes less than nothing.
        report.user_properties.append((_PROPERTY, max(now - item.config.stash[_before], 0.0)))
        item.config.stash[_before] = now
    return report


class _Listener:
    def __init__(self, config: pytest.Config) -> None:
        self.config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        found = [
            (float(taken), report.nodeid)
            for name, taken in report.user_properties
            if name == _PROPERTY
        ]
        self.config.stash[_taken] += found


def pytest_sessionstart(session: pytest.Session) -> None:
    session.config.pluginmanager.register(_Listener(session.config))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    taken = sorted(terminalreporter.config.stash[_taken], reverse=True)
    terminalreporter.section("processor seconds")
    for seconds, test in taken[:_MOST]:
        terminalreporter.write_line(f"{seconds:7.1f}  {test}")
    total = sum(seconds for seconds, _ in taken)
    terminalreporter.write_line(f"{total:7.1f}  all {len(taken)} tests")


def taken_s() -> float:
    """Processor seconds of this process and all that it has started, whether they have ended or not."""
    children: dict[int, list[tuple[int, float]]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            numbers = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        seconds = sum(map(int, numbers[11:15])) / _TICKS
        children.setdefault(int(numbers[1]), []).append((int(folder.name), seconds))
    own = os.times()
    total = own.user + own.system + own.children_user + own.children_system
    waiting = [os.getpid()]
    while waiting:
        for process, seconds in children.get(waiting.pop(), []):
            total += seconds
            waiting.append(process)
    return total
