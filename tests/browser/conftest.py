"""The project's own site and a small, spiteful one, each built once, served, and opened in Chromium."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from support.once import made_once
from support.own_project import keep_films, own_project

from .chromium import launch
from .html_pages import HtmlPage, read_site
from .server import Served, serve
from .spiteful import write_spiteful_project

PATIENCE_MS = 120_000.0
"""How long a page may take to do what it does within a moment on a quiet machine. No test measures by it."""

expect.set_options(timeout=PATIENCE_MS)

PHONE, TABLET, DESKTOP = (360, 740), (768, 1024), (1280, 900)

KINDS = {
    "home": "",
    "list of symptoms": "symptoms/",
    "symptom": "symptoms/deep-buttock-pain/",
    "symptom without a 999 sign": "symptoms/front-hip-pain/",
    "list of muscles": "muscles/",
    "muscle": "muscles/piriformis/",
    "muscle group": "muscles/glutes/",
    "list of techniques": "techniques/",
    "technique": "techniques/met/",
    "list of exercises": "exercises/",
    "exercise with a film": "exercises/figure-four-stretch/",
    "exercise": "exercises/met-hamstring-strap/",
    "list of plans": "plans/",
    "plan": "plans/tight-hamstrings-14/",
    "list of articles": "articles/",
    "article": "articles/tight-or-weak/",
    "list of films": "videos/",
    "film": "videos/figure-four-stretch/",
    "A–Z": "a-z/",
    "body map": "body/",
    "part of the body": "body/buttock/",
    "find": "find/",
    "when to get help": "when-to-get-help/",
    "contact": "contact/",
    "colophon": "colophon/",
    "who has checked what": "reviews/",
    "no such page": "no-such-page/",
}
"""One page of each kind, as a reader would name it."""


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


def _build_own(folder: Path) -> None:
    project = own_project(folder / "project")
    build_site(project)
    keep_films(project)


def _build_spiteful(folder: Path) -> None:
    build_site(write_spiteful_project(folder / "project"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The project's own site."""
    with serve(made_once(tmp_path_factory, "site", _build_own) / "project/site") as served:
        yield served


@pytest.fixture(scope="session")
def spiteful_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small site whose titles hold scripts and quotes, and whose film stands upright."""
    folder = made_once(tmp_path_factory, "spiteful", _build_spiteful)
    with serve(folder / "project/site") as served:
        yield served


@pytest.fixture(scope="session")
def pages(site: Served) -> dict[str, HtmlPage]:
    """Every page of the project's site, read as a file."""
    return read_site(site.folder)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, site: Served) -> Iterator[Open]:
    """``open_page("symptoms/", PHONE)``: scripts are off, as the pages need none, unless a test asks for them."""
    contexts: list[BrowserContext] = []
    own_site = site

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
            "requestfailed", lambda r: found.complaints.append(f"failed: {r.url} {r.failure}")
        )
        if address is not None:
            found.page.goto((site or own_site).url(address))
        return found

    yield visit
    for context in contexts:
        context.close()
