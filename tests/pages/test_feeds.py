"""The feeds, read by a parser that is not ours, and held against what each format requires."""

from __future__ import annotations

import datetime as dt
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import feedparser
import pytest

from kinopress.content.read import read_library
from kinopress.pages.render import render_site
from kinopress.pages.site import Site
from kinopress.publish.headers import content_type, kind_of
from kinopress.publish.plan import Holdings, LocalRelease, plan_publication
from kinopress.publish.record import HostFile, Kind
from support.found import FILM_TITLE, ROOT, clip, found_project
from support.projects import page, small_project, write

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
FEEDS = ("feed.xml", "atom.xml", "feed.json", "films.xml")
ARTICLE, FILM = f"{ROOT}articles/hills/", f"{ROOT}videos/clam/"
_PODCAST = "{https://podcastindex.org/namespace/1.0}"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return found_project(tmp_path_factory.mktemp("feeds") / "site")


def _site(project: Path, *, preview: bool = False, films: bool = True) -> Site:
    library, report = read_library(project, show_held=preview)
    assert [str(p) for p in report.errors] == []
    store = project.parent / "store"
    store.mkdir(exist_ok=True)
    return render_site(library, {"clam": clip(store)} if films else {}, project)


@pytest.fixture(scope="module")
def site(project: Path) -> Site:
    return _site(project)


def _read(site: Site, name: str) -> Any:
    found = feedparser.parse(site.made[name])
    assert not found.bozo, found.get("bozo_exception")
    return found


def _ids(site: Site) -> dict[str, list[str]]:
    ids = {n: [e.id for e in _read(site, n).entries] for n in FEEDS if n.endswith(".xml")}
    ids["feed.json"] = [item["id"] for item in json.loads(site.made["feed.json"])["items"]]
    return ids


def test_rss_and_atom_say_the_same_with_all_that_they_require(site: Site) -> None:
    rss, atom = _read(site, "feed.xml"), _read(site, "atom.xml")
    assert (rss.version, atom.version) == ("rss20", "atom10")
    for feed in (rss, atom):
        assert feed.feed.title == "A small site"
        assert feed.feed.subtitle == "Where everything begins."
        assert feed.feed.link == ROOT
        assert [e.title for e in feed.entries] == [FILM_TITLE, "Hills"]
        assert [e.link for e in feed.entries] == [FILM, ARTICLE]
        assert [e.summary for e in feed.entries] == ["See it.", "Up."]
        assert [[t.term for t in e.tags] for e in feed.entries] == [["Strength"]] * 2
        enclosure = feed.entries[0].enclosures[0]
        assert (enclosure.type, enclosure.length) == ("video/mp4", "9")
    assert (atom.feed.id, atom.feed.author) == (f"{ROOT}atom.xml", "Anna Example")
    assert atom.feed.updated == atom.entries[0].updated
    assert [link.href for link in rss.feed.links if link.rel == "self"] == [f"{ROOT}feed.xml"]


def test_days_are_the_coachs_where_she_lives(site: Site) -> None:
    # In July, London is an hour ahead.
    assert [e.published for e in _read(site, "atom.xml").entries] == [
        "2026-07-06T00:00:00+01:00",
        "2026-01-05T00:00:00+00:00",
    ]
    assert _read(site, "feed.xml").entries[0].published == "Mon, 06 Jul 2026 00:00:00 +0100"


def test_json_feed_has_what_its_version_requires(site: Site) -> None:
    feed = json.loads(site.made["feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert (feed["title"], feed["feed_url"]) == ("A small site", f"{ROOT}feed.json")
    for item in feed["items"]:
        assert item["id"]
        assert item["content_text"]
    attachment = feed["items"][0]["attachments"][0]
    assert attachment["url"].startswith("https://")
    assert (attachment["mime_type"], attachment["size_in_bytes"]) == ("video/mp4", 9)


def test_a_film_comes_as_one_file_that_plays_everywhere(site: Site, project: Path) -> None:
    films = _read(site, "films.xml")
    (entry,) = films.entries
    (enclosure,) = entry.enclosures
    path = enclosure.href.removeprefix(ROOT)
    assert path.endswith("/720p.mp4")  # neither AV1 nor the small one
    assert int(enclosure.length) == site.files[path].stat().st_size
    assert (enclosure.type, entry.itunes_duration) == ("video/mp4", "42")
    assert entry.image.href.endswith("/poster.jpeg")
    assert films.feed.tags[0].term == "Health & Fitness"
    assert site.made["films.xml"].count(b"<itunes:explicit>false<") == 2
    assert films.feed.author == "Anna Example"


def test_a_film_brings_its_words_and_its_chapters(site: Site) -> None:
    root = ET.fromstring(site.made["films.xml"])  # noqa: S314 - our own
    guid = root.findtext(f"channel/{_PODCAST}guid")
    assert guid is not None
    assert len(guid) == 36
    transcript = root.find(f"channel/item/{_PODCAST}transcript")
    chapters = root.find(f"channel/item/{_PODCAST}chapters")
    assert transcript is not None
    assert chapters is not None
    assert transcript.attrib["type"] == "text/vtt"
    assert transcript.attrib["url"].removeprefix(ROOT) in site.files
    assert chapters.attrib["type"] == "application/json+chapters"
    marks = json.loads(site.made[chapters.attrib["url"].removeprefix(ROOT)])
    assert [(m["startTime"], m["title"]) for m in marks["chapters"]] == [
        (0, "Lie down"),
        (20, "Open"),
    ]


def test_a_page_that_is_held_back_is_in_no_feed_not_even_of_a_preview(
    project: Path,
) -> None:
    for preview in (False, True):
        ids = _ids(_site(project, preview=preview))
        assert ids["films.xml"] == [FILM]
        assert {tuple(ids[n]) for n in FEEDS[:3]} == {(FILM, ARTICLE)}


def test_an_id_outlives_a_new_title_and_a_new_address(tmp_path: Path) -> None:
    project = found_project(tmp_path / "site")
    before = _ids(_site(project))
    film = (project / "videos/clam.md").read_text("utf-8").replace("filmed", "anew")
    (project / "videos/clam.md").unlink()
    (project / "videos/clam.mp4").rename(project / "videos/open-the-knee.mp4")
    write(project / "videos/open-the-knee.md", film)
    write(
        project / "docs/data/redirects.yml",
        "videos/clam: videos/open-the-knee\narticles/mounds: articles/hills\n",
    )
    library, _ = read_library(project)
    (project.parent / "store").mkdir(exist_ok=True)
    after = render_site(library, {"open-the-knee": clip(project.parent / "store")}, project)
    ids = _ids(after)
    assert ids["films.xml"] == before["films.xml"] == [FILM]
    assert ids["atom.xml"] == [FILM, f"{ROOT}articles/mounds/"]
    assert _read(after, "atom.xml").entries[0].link == f"{ROOT}videos/open-the-knee/"
    assert "anew" in _read(after, "atom.xml").entries[0].title


def test_words_lead_to_the_feeds_from_home_and_the_lists_of_what_they_bring(site: Site) -> None:
    told = {p.path for p in site.pages if "feed reader" in p.body}
    assert told == {"index.md", "articles/index.md", "videos/index.md"}
    pages = {p.path: p.body for p in site.pages}
    assert 'href="../feed.json"' in pages["videos/index.md"]
    assert 'href="films.xml"' in pages["index.md"]


def test_without_an_address_a_dated_page_or_a_film_nothing_is_promised(tmp_path: Path) -> None:
    bare = small_project(tmp_path / "bare")
    write(
        bare / "docs/articles/hills.md",
        page(
            "title: Hills\ndescription: Up.\ndate: 2026-01-05\ntags: [strength]\nsources: [practice]"
        ),
    )
    nowhere = _site(bare, films=False)
    settings = (bare / "mkdocs.yml").read_text("utf-8")
    write(bare / "mkdocs.yml", f"site_url: {ROOT}\n{settings}")
    article = _site(bare, films=False)
    (bare / "docs/articles/hills.md").unlink()
    empty = _site(bare, films=False)
    for site, feeds in ((nowhere, ()), (article, FEEDS[:3]), (empty, ())):
        assert tuple(feed.path for feed in site.feeds) == feeds
        assert set(FEEDS) & site.made.keys() == set(feeds)
        assert any("feed reader" in p.body for p in site.pages) == bool(feeds)
        assert not any("films.xml" in p.body for p in site.pages)


def test_feeds_are_put_in_place_after_all_that_they_announce() -> None:
    paths = ["atom.xml", "feed.json", "index.html", "videos/clam/index.html", "media/a.mp4"]
    files = {path: HostFile(1, "0" * 64, kind_of(path)) for path in paths}
    plan = plan_publication(LocalRelease(files, None, "1"), None, Holdings({}), NOW)
    assert [step.path for step in plan.steps][-3:] == ["index.html", "atom.xml", "feed.json"]
    assert kind_of("feed.json") is Kind.PAGE
    assert kind_of("assets/finder/index.json") is Kind.FILE
    assert content_type("feed.json") == "application/feed+json"
