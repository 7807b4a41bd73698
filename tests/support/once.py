"""What one process of a test run makes, and all of them read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kinopress.system.lock import hold
from support.command import HANGS_S


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that is filled by the first process that asks for it; others wait until it is whole.

    Args:
        factory: Pytest's own; its folder says which run this is.
        name: What is made; the same name must mean the same thing in the whole run.
        make: Fills an empty folder.

    Returns:
        The folder. It belongs to all: nobody changes what is in it.
    """
    run = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        run = run.parent  # a worker's own folder lies in the run's
    shared = run / f"once-{name}"
    shared.mkdir(exist_ok=True)
    folder, done = shared / "made", shared / "done"
    with hold(shared, path=name, doing="making what all tests read", wait_s=HANGS_S):
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)  # whoever began it was ended
            folder.mkdir()
            make(folder)
            done.touch()
    return folder
