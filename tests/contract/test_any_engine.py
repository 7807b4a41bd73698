"""The pages belong to no engine: MkDocs Material and Zensical build the same site from the plain tree.

Zensical runs no MkDocs plugin. Whatever a page holds must therefore stand in the tree
that ``kinopress stage`` writes, not in a hook.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest

import kinopress
from kinopress.content.read import read_library
from support.guide import ROOT
from support.own_project import keep_films, own_project

KINOPRESS = [sys.executable, "-m", "kinopress.cli.main"]
pytestmark = pytest.mark.wheel


@dataclass
class Seen:
    """What a reader meets on one page, below the engine's own frame. Addresses as the browser resolves them."""

    headings: list[str] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    videos: list[dict[str, str | None]] = field(default_factory=list)
    sources: list[dict[str, str | None]] = field(default_factory=list)
    tracks: list[dict[str, str | None]] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)


_FORMS = frozenset(
    [
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "p",
        "del",
        "details",
        "summary",
        "table",
        "tr",
        "th",
        "td",
        "sup",
        "blockquote",
        "pre",
        "br",
        "strong",
        "em",
    ]
)
"""What Markdown makes of the ways people write."""


class _Article(HTMLParser):
    """Reads the ``<article>`` of a page."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = f"https://example.org/{address}"
        self.seen = Seen()
        self.inside = 0
        self.words: list[str] | None = None
        self.in_card = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        for name in ("href", "src", "srcset", "poster"):
            if values.get(name):
                values[name] = urljoin(self.address, values[name]).removeprefix(
                    "https://example.org"
                )
        if tag == "article":
            self.inside += 1
        if not self.inside:
            return
        if tag in _FORMS:
            self.seen.forms.append(tag)
        if tag in ("h1", "h2", "h3", "h4"):
            self.words = [tag]
        elif tag == "li":
            self.in_card = "kp-card" in (values.get("class") or "")
        elif tag == "a" and self.in_card:
            self.seen.cards.append(values.get("href") or "")
            self.in_card = False
        elif tag == "video":
            self.seen.videos.append(values)
        elif tag == "source":
            self.seen.sources.append(values)
        elif tag == "track":
            self.seen.tracks.append(values)

    def handle_data(self, data: str) -> None:
        if self.words is not None:
            self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self.inside -= 1
        if self.words is not None and tag == self.words[0]:
            text = " ".join("".join(self.words[1:]).replace("¶", "").split())
            self.seen.headings.append(f"{tag} {text}")
            self.words = None


def _pages(site: Path) -> dict[str, Seen]:
    """Every page of a built site by its address; the engine's own 404 page is its own affair."""
    found = {}
    for file in sorted(site.rglob("*.html")):
        address = file.relative_to(site).as_posix()
        if address != "404.html":
            article = _Article(address)
            article.feed(file.read_text("utf-8"))
            found[address] = article.seen
    return found


def _run(command: list[str], folder: Path) -> None:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command[:3]}:\n{done.stdout}\n{done.stderr}"


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Seen]]:
    """The project's own site, built by both engines from one stage."""
    project = own_project(tmp_path_factory.mktemp("project"))
    shutil.copy(ROOT / "tests/golden/words/as-writers-write.md", project / "docs/articles")
    plain = project / "plain"
    _run([*KINOPRESS, "stage", str(plain)], project)
    keep_films(project)
    _run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", "by-mkdocs"],
        plain,
    )
    zensical = shutil.which("zensical", path=str(Path(sys.executable).parent)) or "zensical"
    _run([zensical, "build", "--strict"], plain)
    built = {"mkdocs": _pages(plain / "by-mkdocs"), "zensical": _pages(plain / "site")}
    _run([*KINOPRESS, "build"], project)
    return {**built, "plugin": _pages(project / "site")}


def test_the_wheel_is_what_is_tested_when_it_should_be() -> None:
    under_test = os.environ.get("KINOPRESS_UNDER_TEST")
    folder = Path(under_test) if under_test else ROOT / "src"
    assert Path(kinopress.__file__).is_relative_to(folder)


def test_every_page_of_the_library_is_built(sites: dict[str, dict[str, Seen]]) -> None:
    library, _ = read_library(ROOT)
    assert len(sites["plugin"]) > len(library.pages) > 10


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_both_engines_make_the_same_set_of_pages(
    sites: dict[str, dict[str, Seen]], engine: str
) -> None:
    assert set(sites[engine]) == set(sites["plugin"])


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
@pytest.mark.parametrize("part", ["headings", "cards", "videos", "sources", "tracks", "forms"])
def test_each_page_holds_the_same(
    sites: dict[str, dict[str, Seen]], engine: str, part: str
) -> None:
    different = {
        address: (getattr(page, part), getattr(sites[engine][address], part))
        for address, page in sites["plugin"].items()
        if getattr(page, part) != getattr(sites[engine][address], part)
    }
    assert different == {}


def test_the_parts_that_are_compared_are_there_at_all(sites: dict[str, dict[str, Seen]]) -> None:
    library, _ = read_library(ROOT)
    pages = sites["zensical"]
    for slug, files in library.films.items():
        film = pages[f"videos/{slug}/index.html"]
        assert len(film.videos) == 1
        assert film.videos[0]["preload"] == "none"
        assert len(film.sources) >= 1
        assert f"h1 {library.pages['video', slug].title}" in film.headings
        kinds = [track["kind"] for track in film.tracks]
        assert not files.captions or kinds[0] == "captions"
    written = pages["articles/as-writers-write/index.html"]
    assert {"del", "details", "table", "dd", "sup", "br", "pre"} <= set(written.forms)
    exercise = f"/exercises/{library.exercises[0].slug}/"
    terms = ("muscles/", "symptoms/", "techniques/")
    assert any(exercise in pages[a].cards for a in pages if a.startswith(terms))
