"""What is killed two hundred times (tests/property/test_killed_builds.py); it loads the program and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from kinopress.content.forms.settings.output_folder import site_place
from kinopress.project.build import build


def make(begins: Callable[[], None], project: str) -> None:
    """A whole build."""
    begins()
    build(Path(project))


def put(begins: Callable[[], None], project: str, made: str, words: str) -> None:
    """Put a site in place that was made before, with other words in it."""
    place = site_place(Path(project), "site")
    place.recover()
    with place.workshop() as workshop:
        shutil.copytree(made, workshop, dirs_exist_ok=True)
        (workshop / "words.html").write_text(words)
        begins()
        place.put(workshop, {})
