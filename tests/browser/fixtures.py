"""Sites in Chromium: built as the coach does, each once in a run, served, and opened. A plugin of tests/conftest.py."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from browser.chromium import launch
from browser.server import Served, serve
from browser.spiteful import write_spiteful_project
from support.once import made_once

PATIENCE_MS = 120_000.0
"""How long a page may take to do what it does within a moment on a quiet machine. No test measures by it."""

expect.set_options(timeout=PATIENCE_MS)

PHONE, TABLET, DESKTOP = (360, 740), (768, 1024), (1280, 900)


@dataclass
class Visit:
    """A page in a browser, with what the browser complained of."""

    page: Page
    context: BrowserContext
    complaints: list[str] = field(default_factory=list)


class Open(Protocol):
    """Opens a page of a site in a fresh browser profile."""

    def __call__(
        self,
        address: str | None,
        size: tuple[int, int] = ...,
        *,
        site: Served | None = ...,
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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


def _left_behind(request: Request) -> bool:
    """Whether a browser gave up a picture because its page was left; what a server refuses fails otherwise."""
    return request.resource_type == "image" and request.failure == "net::ERR_ABORTED"


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Open]:
    """``open_page("symptoms/", PHONE)``: scripts are off, as the pages need none, unless a test asks for them.

    An address without a site is one of the folder's own, its fixture ``site``.
    """
    contexts: list[BrowserContext] = []

    def visit(
        address: str | None,
        size: tuple[int, int] = PHONE,
        *,
        site: Served | None = None,
        **options: Any,
    ) -> Visit:
        width, height = size
        options.setdefault("java_script_enabled", False)
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        found = Visit(context.new_page(), context)
        found.page.on(
            "console",
            lambda m: (
                found.complaints.append(f"{m.type}: {m.text}")
                if m.type in ("error", "warning")
                else None
            ),
        )
        found.page.on("pageerror", lambda error: found.complaints.append(f"script: {error}"))
        found.page.on(
            "requestfailed",
            lambda r: (
                None if _left_behind(r) else found.complaints.append(f"failed: {r.url} {r.failure}")
            ),
        )
        if address is not None:
            served: Served = site or request.getfixturevalue("site")
            found.page.goto(served.url(address))
        return found

    yield visit
    for context in contexts:
        context.close()
