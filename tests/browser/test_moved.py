"""Who comes to the address that a page had before gets to where it is now, with all that the address said."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from browser.fixtures import DESKTOP, Open, build_site
from browser.server import Served, serve
from kinopress.project.change.rename import rename
from support.projects import small_project


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A site in a folder of its host, of which a page was renamed twice."""
    project = small_project(tmp_path_factory.mktemp("moved"))
    rename(project, "clam", "shell")
    rename(project, "shell", "oyster")
    folder = tmp_path_factory.mktemp("host")
    shutil.copytree(build_site(project), folder / "clubs/coach")
    with serve(folder) as served:
        yield served


@pytest.mark.parametrize("old", ["clam", "shell"])
def test_a_script_carries_along_what_the_address_said(
    open_page: Open, host: Served, old: str
) -> None:
    visit = open_page(None, DESKTOP, java_script_enabled=True)
    visit.page.goto(host.url(f"clubs/coach/exercises/{old}/?day=3#what"), wait_until="commit")
    visit.page.wait_for_url(host.url("clubs/coach/exercises/oyster/?day=3#what"))
    assert visit.page.title().startswith("Clam")
    # The script leaves the old page while a slow host may still be sending the rest of it.
    left = f"failed: {host.url(f'clubs/coach/exercises/{old}/?day=3')} net::ERR_ABORTED"
    assert [told for told in visit.complaints if told != left] == []


def test_without_a_script_the_page_leads_on_too(open_page: Open, host: Served) -> None:
    page = open_page(None, DESKTOP).page
    page.goto(host.url("clubs/coach/exercises/clam/"), wait_until="commit")
    page.wait_for_url(host.url("clubs/coach/exercises/oyster/"))


def test_no_search_engine_is_told_of_an_old_address(host: Served) -> None:
    folder = Path(host.folder) / "clubs/coach"
    text = (folder / "exercises/clam/index.html").read_text("utf-8")
    assert '<meta name="robots" content="noindex">' in text
    assert '<link rel="canonical" href="../oyster/">' in text
    assert (folder / "_redirects").read_text("utf-8").splitlines() == [
        "/exercises/clam/ /exercises/oyster/ 301",
        "/exercises/shell/ /exercises/oyster/ 301",
    ]
    finder = (folder / "assets/finder/index.json").read_text("utf-8")
    assert "exercises/clam" not in finder
