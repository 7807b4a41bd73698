"""How tests are gathered: what that makes stays to the end of a run, and what Python compiles is compiled by one process. A plugin."""

from __future__ import annotations

import gc
import sys
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kinopress.system.lock import hold
from support.command import HANGS_S

_TESTS = Path(__file__).parents[1]
_AHEAD = "gathered_ahead"
_folder = pytest.StashKey[tempfile.TemporaryDirectory[str]]()
_OBJECTS = 20_000
"""New ones after which Python looks for what it can drop; a look after every 700 is a thirtieth of a test of pages."""


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Thousands of tests and what they import make a million objects, of which Python need drop none."""
    gc.disable()
    try:
        with _one_ahead(getattr(session.config, "workerinput", {}).get(_AHEAD, "")):
            return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(_OBJECTS, *gc.get_threshold()[1:])
        gc.enable()


@contextmanager
def _one_ahead(folder: str) -> Iterator[None]:
    """In a fresh clone one process compiles all, and the others read what it has: all at once, each would compile all of it."""
    if not folder:
        yield
        return
    done = Path(folder) / "done"
    with hold(Path(folder), path="tests", doing="compiling the tests", wait_s=HANGS_S):
        first = not done.exists()
        if first:
            yield
            done.touch()
    if not first:
        yield


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker where it sees that it is not the first, if what there is to compile is not compiled."""
    stash = node.config.stash
    if _folder not in stash and not sys.dont_write_bytecode and _few_are_compiled():
        stash[_folder] = tempfile.TemporaryDirectory(prefix="kinopress-gathered-")
    if _folder in stash:
        node.workerinput[_AHEAD] = stash[_folder].name


def _few_are_compiled() -> bool:
    ours = f"test_*.{sys.implementation.cache_tag}-pytest-{pytest.__version__}.pyc"
    compiled = sum(1 for _ in _TESTS.rglob(f"__pycache__/{ours}"))
    return compiled < sum(1 for _ in _TESTS.rglob("test_*.py")) / 2


def pytest_unconfigure(config: pytest.Config) -> None:
    if _folder in config.stash:
        config.stash[_folder].cleanup()
