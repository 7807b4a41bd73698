"""Figures that are drawn once in a run, for projects whose tests are about something else: a figure takes seconds."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from kinopress.content.read import read_library
from kinopress.pictures.store import FOLDER
from kinopress.project.drawings.figures import figure_digests, ready_figures
from support.once import made_once


def have_drawn(factory: pytest.TempPathFactory, project: Path) -> Path:
    """Give a project the figures of its shown exercises, as a build of it would have left them; the project."""
    library, _ = read_library(project)
    name = hashlib.sha256("".join(sorted(figure_digests(library))).encode()).hexdigest()[:16]
    made = made_once(factory, f"figures-{name}", lambda folder: ready_figures(folder, library))
    shutil.copytree(made / FOLDER, project / FOLDER)
    return project
