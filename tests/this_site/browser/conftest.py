"""The project's own site: built once, served, and one page of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.fixtures import build_site
from browser.html_pages import HtmlPage, read_site
from browser.server import Served, serve
from support.once import made_once
from support.own_project import keep_films, own_project

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


def build_own_site(folder: Path) -> None:
    """Build the project's site below a folder, in ``project/site``."""
    project = own_project(folder / "project")
    build_site(project)
    keep_films(project)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The project's own site."""
    with serve(made_once(tmp_path_factory, "site", build_own_site) / "project/site") as served:
        yield served


@pytest.fixture(scope="session")
def pages(site: Served) -> dict[str, HtmlPage]:
    """Every page of the project's site, read as a file."""
    return read_site(site.folder)
