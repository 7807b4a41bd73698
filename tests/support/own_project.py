"""The project's own words and films: read once, built in a folder aside, its films encoded once in a whole run."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import os
import re
import shutil
from pathlib import Path

from kinopress.content.model.library import Library
from kinopress.content.read import read_library
from support.guide import ROOT

FILMS = "KINOPRESS_TEST_FILMS"
"""Names a folder where ``scripts/test.py`` lets one of its steps leave web videos for the next."""
_MEDIA = ".kinopress/media"


def own_project(folder: Path) -> Path:
    """Copy what the project's site is made of, with the web videos that an earlier step has made.

    A build looks at each of them and makes what is missing, damaged or of another recipe: so at worst
    nothing is gained.

    Args:
        folder: An empty folder.
    """
    for name in ("docs", "exercises", "videos"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    kept = os.environ.get(FILMS)
    if kept and Path(kept).is_dir():
        shutil.copytree(kept, folder / _MEDIA)
    return folder


def keep_films(project: Path) -> None:
    """Leave the web videos of a project that was built, if the run asks for them and has none yet."""
    kept = os.environ.get(FILMS)
    if kept and not Path(kept).exists():
        aside = Path(kept).with_name(f"{Path(kept).name}.{os.getpid()}")
        shutil.copytree(project / _MEDIA, aside)
        with contextlib.suppress(OSError):  # another process was first
            aside.rename(kept)


@functools.cache
def own_library() -> Library:
    """The project's own pages, on whichever day the tests run: as on the day the last of them appears."""
    library, _ = read_library(ROOT, today=last_day())
    return library


def last_day(project: Path = ROOT) -> dt.date:
    """The latest date on a project's pages; a clock that is behind it would hide a page or doubt a review."""
    dates = [
        dt.date.fromisoformat(date)
        for name in ("docs", "exercises", "videos")
        for page in (project / name).rglob("*.md")
        for date in re.findall(r"(?m)(?:^date|\bon): *(\d{4}-\d\d-\d\d)", page.read_text("utf-8"))
    ]
    return max(dates)
