"""The project's own words and films: read once, built in a folder aside, its films encoded once in a whole run, and small."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import os
import re
import shutil
import time
from pathlib import Path

from kinopress.content.model.library import Library
from kinopress.content.read import read_library
from support.command import HANGS_S
from support.guide import ROOT

FILMS = "KINOPRESS_TEST_FILMS"
"""Names a folder where ``scripts/test.py`` lets one of its steps leave web videos for the next."""
COMING = "KINOPRESS_FILMS_COMING"
"""Names a file that is there as long as such a step runs beside the tests."""
_MEDIA = ".kinopress/media"
_DRAWN = ".kinopress/pictures"
_SIZE = "short_side_max_px: "
_FULL, _SMALL = 1080, 360
"""The largest size of the films, as the project has them and as the tests do: a quarter of what the processor does for them."""


def _kept() -> dict[str, Path]:
    """Folder of a project → where a run keeps it for its later steps; empty when it keeps nothing."""
    films = os.environ.get(FILMS)
    return {_MEDIA: Path(films), _DRAWN: Path(f"{films}-drawn")} if films else {}


def _wait_for_what_is_coming() -> None:
    """Nothing that a step makes at this moment is made twice."""
    coming, kept = os.environ.get(COMING), _kept().values()
    ends_s = time.monotonic() + HANGS_S
    while coming and Path(coming).exists() and time.monotonic() < ends_s:
        if all(folder.is_dir() for folder in kept):
            return
        time.sleep(0.1)


def _found() -> dict[str, Path]:
    """Folder of a project → where one may already be: left by an earlier step, or by a build of the coach's.

    Figures are known by the digest of all that draws them, so those of any build will do. Web videos are smaller here.
    """
    kept = {name: folder for name, folder in _kept().items() if folder.is_dir()}
    drawn = ROOT / _DRAWN
    return ({_DRAWN: drawn} if drawn.is_dir() else {}) | kept


def own_project(folder: Path) -> Path:
    """Copy what the project's site is made of, with the web videos and figures that are there already.

    Its films are made in the smallest size only; posters are as ever. How they are encoded is the matter of tests/video.

    A build looks at each of them and makes what is missing, damaged or of another recipe: so at worst
    nothing is gained.

    Args:
        folder: An empty folder.
    """
    for name in ("docs", "exercises", "videos"):
        shutil.copytree(ROOT / name, folder / name)
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    full, small = f"{_SIZE}{_FULL}\n", f"{_SIZE}{_SMALL}\n"
    assert settings.count(full) == 1, "the tests no longer know how large the site's films are"
    (folder / "mkdocs.yml").write_text(settings.replace(full, small), "utf-8")
    _wait_for_what_is_coming()
    for name, found in _found().items():
        with contextlib.suppress(shutil.Error, OSError):  # somebody builds there at this moment
            shutil.copytree(found, folder / name)
    return folder


def keep_films(project: Path) -> None:
    """Leave the web videos and figures of a project that was built, if the run asks for them and has none yet."""
    for name, kept in _kept().items():
        if not kept.exists() and (project / name).is_dir():
            aside = kept.with_name(f"{kept.name}.{os.getpid()}")
            shutil.copytree(project / name, aside)
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
