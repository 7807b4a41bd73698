"""Sites in Chromium: built as the coach does, each once in a run, served, and opened. A plugin of tests/conftest.py."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from browser.chromium import launch
from browser.server import Served, serve
from browser.spiteful import write_spiteful_project
from browser.windows import PATIENCE_MS, Window, Windows, patience
from support.once import made_once
from support.projects import small_project

expect.set_options(timeout=PATIENCE_MS)

PHONE, TABLET, DESKTOP = (360, 740), (768, 1024), (1280, 900)


@dataclass(frozen=True)
class Visit:
    """A page in a browser, with what the browser complained of."""

    window: Window

    @property
    def page(self) -> Page:
        return self.window.page

    @property
    def context(self) -> BrowserContext:
        return self.page.context  # by way of the page, which then is no longer used again

    def set_time(self, now: dt.datetime) -> None:
        """Let it be a certain time on the page, until the test is over."""
        self.window.set_time(now)

    def cookies(self) -> list[Any]:
        """What its profile keeps of cookies."""
        return list(self.window.context.cookies())

    @property
    def complaints(self) -> list[str]:
        return self.window.complaints


class Open(Protocol):
    """Opens a page of a site in a blank browser profile."""

    def __call__(
        self,
        address: str | None,
        size: tuple[int, int] = ...,
        *,
        site: Served | None = ...,
        unused: bool = ...,
        keeps: bool = ...,
        **options: Any,
    ) -> Visit: ...


def build_site(project: Path) -> Path:
    """Run ``kinopress build`` as the coach does."""
    command = [sys.executable, "-m", "kinopress.cli.main", "build"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return project / "site"


def _build_spiteful(folder: Path) -> None:
    build_site(write_spiteful_project(folder / "project"))


@pytest.fixture(scope="session")
def spiteful_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small site whose titles hold scripts and quotes, and whose film stands upright."""
    folder = made_once(tmp_path_factory, "spiteful", _build_spiteful)
    with serve(folder / "project/site") as served:
        yield served


def _build_small(folder: Path) -> None:
    build_site(small_project(folder / "project"))


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the smallest site there is, which nobody changes."""
    return made_once(tmp_path_factory, "small", _build_small) / "project/site"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, patience():
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Iterator[Windows]:
    """The pages of the browser, which tests use one after the other."""
    found = Windows(browser)
    with found.watched():
        yield found


@pytest.fixture
def open_page(windows: Windows, request: pytest.FixtureRequest) -> Iterator[Open]:
    """``open_page("symptoms/", PHONE)``: scripts are off, as the pages need none, unless a test asks for them.

    An address without a site is one of the folder's own, its fixture ``site``. Styles, scripts and pictures may have
    been fetched for an earlier test; a test that looks at what is fetched says ``unused=True``, and all of it is fetched
    again. Nothing is kept for offline reading but with ``keeps``.
    """
    lent: list[Window] = []

    def visit(
        address: str | None,
        size: tuple[int, int] = PHONE,
        *,
        site: Served | None = None,
        unused: bool = False,
        keeps: bool = False,
        **options: Any,
    ) -> Visit:
        options.setdefault("java_script_enabled", False)
        window = windows.lend(size, options, unused=unused, keeps=keeps)
        lent.append(window)
        found = Visit(window)
        if address is not None:
            served: Served = site or request.getfixturevalue("site")
            found.page.goto(served.url(address))
        return found

    yield visit
    for window in lent:
        windows.take_back(window)
