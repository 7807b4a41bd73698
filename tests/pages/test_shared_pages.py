"""What a page says of itself where its address is shared, and what the menu says of where one is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kinopress.codes import Code
from kinopress.content.read import read_library
from kinopress.engines.mkdocs.build import build_with_mkdocs
from kinopress.media.clip import Clip
from kinopress.media.manifest import Manifest, Output
from kinopress.pages.render import render_site
from kinopress.pictures.cards.card import Ready
from kinopress.problems import Problem
from support.projects import page, small_project, write

_MADE = (
    Output("720p.mp4", "rendition", "video/mp4", "avc1.64001f", 1280, 720, 9, 2.0, "0" * 64),
    *(
        Output(f"poster.{kind}", "poster", f"image/{kind}", None, 1280, 720, 9, 0.0, "0" * 64)
        for kind in ("avif", "webp", "jpeg")
    ),
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_project(tmp_path_factory.mktemp("shared") / "site")
    settings = (folder / "mkdocs.yml").read_text("utf-8")
    write(folder / "mkdocs.yml", f"site_url: https://hips.example/run\n{settings}")
    write(
        folder / "docs/articles/hills.md",
        page("title: Hills\ndescription: Up.\ndate: 2026-01-05\ntags: [strength]"),
    )
    write(
        folder / "videos/clam.md",
        page(
            "title: 'Clam, \"filmed\"'\ndescription: See it.\ndate: 2026-01-06\ntags: [strength]\n"
            'exercises: [clam]\nalt: A knee that "opens".'
        ),
    )
    write(folder / "docs/when-to-get-help.md", page("title: When to get help\ndescription: Now."))
    return folder


@pytest.fixture(scope="module")
def built(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, with a film that was encoded."""
    library, _ = read_library(project)
    manifest = Manifest(2, "d" * 64, "clam.mov", 9, 1920, 1080, 2.0, True, _MADE)
    store = tmp_path_factory.mktemp("store")
    for output in _MADE:
        (store / output.path).write_bytes(b"not looked into")
    (store / "card.jpg").write_bytes(b"a card")
    card = Ready("media/0123456789abcdef/card.jpg", store / "card.jpg", 1200, 630)
    clips = {"clam": Clip(manifest, store, {}, None)}
    site = render_site(library, clips, project, cards={"videos/clam.md": card})
    out = tmp_path_factory.mktemp("out")
    assert build_with_mkdocs(project, library, site, out) == []
    return out


def _said(built: Path, address: str) -> dict[str, str]:
    """The properties that a page gives to whoever shares it."""
    html = (built / address / "index.html").read_text("utf-8")
    return dict(
        re.findall(r'<meta property="((?:og|article|video):[^"]+)" content="([^"]*)">', html)
    )


def test_an_article_is_one_with_its_day_and_the_list_of_articles_is_none(built: Path) -> None:
    article = _said(built, "articles/hills")
    assert (article["og:type"], article["article:published_time"]) == ("article", "2026-01-05")
    for address in ("articles", "exercises/clam", ""):
        others = _said(built, address)
        assert others["og:type"] == "website"
        assert "article:published_time" not in others


def test_a_page_is_shared_with_its_card_and_all_that_networks_ask_of_one(built: Path) -> None:
    film, exercise = _said(built, "videos/clam"), _said(built, "exercises/clam")
    assert (film["og:type"], exercise["og:type"]) == ("video.other", "website")
    assert (film["video:duration"], "video:duration" in exercise) == ("2", False)
    assert film["og:image"] == "https://hips.example/run/media/0123456789abcdef/card.jpg"
    assert (built / film["og:image"].removeprefix("https://hips.example/run/")).is_file()
    assert film["og:image:alt"] == "Clam, &#34;filmed&#34;"
    pixels = film["og:image:width"], film["og:image:height"]
    assert (*pixels, film["og:image:type"]) == ("1200", "630", "image/jpeg")
    html = (built / "videos/clam/index.html").read_text("utf-8")
    assert '<meta name="twitter:card" content="summary_large_image">' in html
    assert "og:image" not in _said(built, "articles/hills")


def test_the_menu_says_where_one_is(built: Path) -> None:
    def here(address: str) -> set[tuple[str, str]]:
        html = (built / address / "index.html").read_text("utf-8")
        return set(re.findall(r'aria-current="(\w+)">([^<]+)</a>', html))

    assert here("exercises") == {("page", "Exercises")}
    assert here("exercises/clam") == {("true", "Exercises")}
    assert here("when-to-get-help") == {("page", "Get help")}
    assert here("reviews") == set()


def test_each_page_has_one_search_field_wherever_the_coach_put_hers(tmp_path: Path) -> None:
    project, out = small_project(tmp_path / "project"), tmp_path / "out"
    write(
        project / "docs/articles/search-here.md",
        page(
            "title: Search here\ndescription: A field.\ndate: 2026-01-07\ntags: [strength]",
            "{{ find }}",
        ),
    )
    library, _ = read_library(project)
    assert build_with_mkdocs(project, library, render_site(library, {}, project), out) == []
    pages = {p.relative_to(out).as_posix(): p.read_text("utf-8") for p in out.rglob("*.html")}
    fields = {path: re.findall(r'<input id="(kp-find[^"]*)"', html) for path, html in pages.items()}
    # The home page of this project has no field of its own: the header's must be there.
    assert fields["index.html"] == fields["exercises/clam/index.html"] == ["kp-find"]
    assert fields["find/index.html"] == fields["articles/search-here/index.html"]
    assert fields["find/index.html"] == ["kp-find-main"]
    assert {path for path, found in fields.items() if len(found) != 1} == set()


def test_the_home_page_alone_is_called_what_the_site_is(built: Path) -> None:
    def title(address: str) -> str | None:
        html = (built / address / "index.html").read_text("utf-8")
        found = re.search("<title>(.*?)</title>", html)
        return found and found[1]

    assert title("") == "A small site"
    assert title("exercises/clam") == "Clam – A small site"
    assert 'aria-current="page"><img' in (built / "index.html").read_text("utf-8")
    assert 'aria-current="page"><img' not in (built / "find/index.html").read_text("utf-8")


def test_what_is_wrong_stands_on_its_page_and_on_the_home_page_what_belongs_to_none(
    project: Path,
) -> None:
    library, _ = read_library(project)
    problems = [
        Problem(path, "this is wrong", "put it right", Code.FILE_UNREADABLE)
        for path in ("exercises/clam.md", "docs/data/tests.yml", "docs/index.md")
    ]
    pages = {page.path: page for page in render_site(library, {}, project, problems).pages}
    assert [p.path for p in pages["exercises/clam.md"].problems] == ["exercises/clam.md"]
    home = pages["index.md"]
    assert [p.path for p in home.problems] == ["docs/data/tests.yml", "docs/index.md"]
    assert home.text.startswith('<div class="kp-problems" role="alert">')
    assert home.text.count("kp-problems") == 1
    assert home.text.endswith(f"\n\n{home.body.rstrip()}\n")
    assert pages["a-z.md"].problems == ()
