"""A whole site in a folder of a host, as search engines, feed readers and messengers meet it: page by page, link by link."""

from __future__ import annotations

import dataclasses
import json
import posixpath
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from kinopress.content.model.library import Library
from kinopress.content.model.settings import Coach, Hours, PostalAddress, Reviewer
from kinopress.content.read import read_library
from kinopress.engines.mkdocs.build import build_with_mkdocs
from kinopress.engines.settings import foot_links, menu
from kinopress.pages.found.cards import cards_of
from kinopress.pages.render import render_site
from kinopress.pages.site import Site
from kinopress.pictures.cards.card import HEIGHT, WIDTH, Ready
from support.found import ROOT, clip, found_project
from support.projects import page, write

_S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_V = "{http://www.google.com/schemas/sitemap-video/1.1}"

REQUIRED: Mapping[str, frozenset[str]] = {
    "Article": frozenset({"headline", "image", "datePublished", "author"}),
    "BreadcrumbList": frozenset({"itemListElement"}),
    "ListItem": frozenset({"position", "name", "item"}),
    "VideoObject": frozenset({"name", "thumbnailUrl", "uploadDate", "description", "contentUrl"}),
    "Clip": frozenset({"name", "startOffset", "url"}),
    "Person": frozenset({"name"}),
    "Organization": frozenset({"name", "url"}),
    "Place": frozenset({"name"}),
    "Service": frozenset({"name", "provider"}),
    "LocalBusiness": frozenset({"name", "address", "url"}),
    "PostalAddress": frozenset({"streetAddress", "addressLocality", "addressCountry"}),
    "OpeningHoursSpecification": frozenset({"dayOfWeek", "opens", "closes"}),
    "WebSite": frozenset({"name", "url"}),
    "MedicalWebPage": frozenset({"name", "url", "lastReviewed", "reviewedBy"}),
    "EducationalOccupationalCredential": frozenset({"name"}),
}
"""What each kind of thing must say, by search engines or by us; a kind that is not here is not written."""


class _Head(HTMLParser):
    """What a page says of itself, and every address in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.links: list[tuple[str, str]] = []
        self.addresses: list[str] = []
        self.data: list[str] = []
        self._in_data = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        if tag == "meta" and (name := values.get("name") or values.get("property")):
            self.meta[name] = values.get("content", "")
        if tag == "link":
            self.links.append((values.get("rel", ""), values.get("href", "")))
        self._in_data = tag == "script" and values.get("type") == "application/ld+json"
        self.addresses += [values[key] for key in ("href", "src", "action") if values.get(key)]
        self.addresses += [s.split()[0] for s in values.get("srcset", "").split(",") if s.strip()]

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False


def _cards(library: Library, store: Path) -> dict[str, Ready]:
    file = store / "card.jpg"
    file.write_bytes(b"a card")
    return {
        path: Ready(f"media/{number:016x}/card.jpg", file, WIDTH, HEIGHT)
        for number, path in enumerate(cards_of(library, {"clam": clip(store)}, {}, {}))
    }


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = found_project(tmp_path_factory.mktemp("found") / "site")
    write(
        folder / "docs/articles/hills.md",
        page(
            'title: "Hills </script><b>"\ndescription: Up & down.\ndate: 2026-01-05\ntags: [strength]\n'
            "sources: [practice]"
        ),
    )
    write(folder / "docs/assessment.md", page("title: Assessment\ndescription: What I do."))
    contact = page("title: Contact\ndescription: How to reach me.") + "\n{{ contact }}\n"
    write(folder / "docs/contact.md", contact)
    return folder


@pytest.fixture(scope="module")
def library(project: Path) -> Library:
    return read_library(project)[0]


@pytest.fixture(scope="module")
def site(library: Library, project: Path) -> Site:
    store = project.parent / "store"
    store.mkdir()
    clips = {"clam": clip(store)}
    return render_site(library, clips, project, cards=_cards(library, store))


@pytest.fixture(scope="module")
def built(
    library: Library, site: Site, project: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    out = tmp_path_factory.mktemp("out")
    assert build_with_mkdocs(project, library, site, out) == []
    return out


def _heads(built: Path) -> Iterator[tuple[str, _Head]]:
    """Every page with its whole address."""
    for file in sorted(built.rglob("index.html")):
        folder = file.parent.relative_to(built).as_posix()
        address = ROOT if folder == "." else f"{ROOT}{folder}/"
        yield address, _Head(file.read_text("utf-8"))


def test_no_page_is_without_its_address_a_description_and_a_picture(built: Path) -> None:
    pages = list(_heads(built))
    assert len(pages) > 20
    pictures = set()
    for address, head in pages:
        assert [href for rel, href in head.links if rel == "canonical"] == [address]
        assert head.meta["og:url"] == address
        assert head.meta["description"] == head.meta["og:description"] != ""
        assert head.meta["og:title"]
        assert head.meta["twitter:card"] == "summary_large_image"
        picture = head.meta["og:image"]
        assert (built / picture.removeprefix(ROOT)).is_file()
        assert head.meta["og:image:alt"]
        pictures.add(picture)
    assert len(pictures) == len(pages)


def test_every_address_leads_somewhere_in_a_folder_of_a_host(built: Path) -> None:
    seen, wrong = set(), []
    for page_address, head in _heads(built):
        for address in head.addresses:
            whole = urlsplit(urljoin(page_address, address))
            if whole.scheme not in ("http", "https") or whole.netloc != "hips.example":
                continue
            path = unquote(whole.path)
            seen.add(path)
            if not path.startswith("/run/"):
                wrong.append((page_address, address))
                continue
            file = built / path.removeprefix("/run/")
            if not (file / "index.html" if path.endswith("/") else file).is_file():
                wrong.append((page_address, address))
    assert wrong == []
    assert {f"/run/{name}" for name in ("feed.xml", "atom.xml", "feed.json", "films.xml")} < seen
    assert len(seen) > 30


def test_every_page_names_the_feeds(built: Path) -> None:
    for address, head in _heads(built):
        named = [urljoin(address, href) for rel, href in head.links if rel == "alternate"]
        assert [posixpath.basename(n) for n in named] == [
            "feed.xml",
            "atom.xml",
            "feed.json",
            "films.xml",
        ]


def _things(value: Any) -> Iterator[dict[str, Any]]:
    """Every thing of schema.org in some data, however deep."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inner in value.values():
            yield from _things(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _things(inner)


def _data_of(site: Site) -> dict[str, list[dict[str, Any]]]:
    return {p.path: list(_things(json.loads(p.linked_data))) for p in site.pages if p.linked_data}


def test_what_pages_say_to_search_engines_is_whole(built: Path) -> None:
    kinds = set()
    for _, head in _heads(built):
        assert len(head.data) <= 1
        for text in head.data:
            data = json.loads(text)
            assert data["@context"] == "https://schema.org"
            for thing in _things(data):
                kinds.add(thing["@type"])
                assert REQUIRED[thing["@type"]] <= thing.keys()
                assert "" not in thing.values()
                for name in ("url", "item", "contentUrl", "thumbnailUrl", "image"):
                    address = thing.get(name, ROOT).partition("?")[0]
                    assert address.startswith(ROOT)
                    file = built / address.removeprefix(ROOT)
                    assert (file / "index.html" if address.endswith("/") else file).is_file()
    assert kinds == REQUIRED.keys() - {
        *("Organization", "Place", "Service", "MedicalWebPage"),
        *("LocalBusiness", "PostalAddress", "OpeningHoursSpecification"),
        "EducationalOccupationalCredential",
    }


def test_a_title_ends_no_script(built: Path) -> None:
    html = (built / "articles/hills/index.html").read_text("utf-8")
    data = _Head(html).data
    assert len(data) == 1
    assert next(t for t in _things(json.loads(data[0])) if t["@type"] == "Article")["headline"] == (
        "Hills </script><b>"
    )
    assert "<b>" not in data[0]


def test_a_film_is_one_on_its_own_page_only_and_its_chapters_begin_where_they_say(
    site: Site,
) -> None:
    films = {p for p, ts in _data_of(site).items() if any(t["@type"] == "VideoObject" for t in ts)}
    assert films == {"videos/clam.md"}
    things = _data_of(site)["videos/clam.md"]
    film = next(t for t in things if t["@type"] == "VideoObject")
    assert (film["duration"], film["uploadDate"]) == ("PT42S", "2026-07-06T00:00:00+01:00")
    clips = [t for t in things if t["@type"] == "Clip"]
    assert [(c["startOffset"], c["endOffset"], c["url"]) for c in clips] == [
        (0, 20, f"{ROOT}videos/clam/?t=0"),
        (20, 42, f"{ROOT}videos/clam/?t=20"),
    ]


def _with(library: Library, **changes: Any) -> Library:
    return dataclasses.replace(library, settings=dataclasses.replace(library.settings, **changes))


def test_the_coach_is_who_her_settings_say_and_offers_what_one_can_ask_for(
    library: Library, project: Path
) -> None:
    bare = _data_of(render_site(library, {}, project))
    assert [t for t in bare["index.md"] if t["@type"] == "Person"] == [
        {"@type": "Person", "name": "Anna Example", "url": ROOT}
    ]
    assert "assessment.md" not in bare
    coach = Coach("Anna", "Coach", "Llangollen", ("Level 4",), email="a@hips.example")
    full = _data_of(render_site(_with(library, coach=coach), {}, project))
    (person,) = [t for t in full["index.md"] if t["@type"] == "Person"]
    assert (person["jobTitle"], person["email"]) == ("Coach", "a@hips.example")
    assert "telephone" not in person
    (service,) = [t for t in full["assessment.md"] if t["@type"] == "Service"]
    assert service["provider"]["name"] == "Anna"
    nobody = _data_of(render_site(_with(library, coach=Coach()), {}, project))
    assert {t["@type"] for t in nobody["articles/hills.md"]} > {"Organization"}
    assert "Person" not in {t["@type"] for ts in nobody.values() for t in ts}


def _contact(site: Site) -> str:
    return next(page.body for page in site.pages if page.path == "contact.md")


def test_a_business_is_where_the_settings_say_and_readers_see_it(
    library: Library, project: Path
) -> None:
    address = PostalAddress("3 Castle Street", "Llangollen", "Wales", postcode="LL20 8NU")
    coach = Coach("Anna", address=address, phone="01234 567890")
    site = render_site(_with(library, coach=coach), {}, project)
    found = {p: t for p, ts in _data_of(site).items() for t in ts if t["@type"] == "LocalBusiness"}
    assert found.keys() == {"contact.md"}
    assert found["contact.md"]["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "3 Castle Street",
        "addressLocality": "Llangollen",
        "postalCode": "LL20 8NU",
        "addressCountry": "Wales",
    }
    assert "openingHoursSpecification" not in found["contact.md"]
    assert "Llangollen LL20 8NU" in _contact(site)
    hours = Hours("Mon–Fri 9.00–17.00", (0, 1, 2, 3, 4), "09:00", "17:00")
    coach = dataclasses.replace(coach, opening_hours=(hours,))
    site = render_site(_with(library, coach=coach), {}, project)
    (open_at,) = next(t for t in _data_of(site)["contact.md"] if t["@type"] == "LocalBusiness")[
        "openingHoursSpecification"
    ]
    assert (open_at["opens"], open_at["dayOfWeek"][-1]) == ("09:00", "Friday")
    assert "Mon–Fri 9.00–17.00" in _contact(site)


@pytest.mark.parametrize("clinician", [False, True])
def test_only_a_clinician_makes_a_page_a_medical_one(project: Path, clinician: bool) -> None:
    file = project / "docs/symptoms/weak-glutes.md"
    before = file.read_text("utf-8")
    review = "reviewed: {by: anna, on: 2026-02-01, next: 2027-02-01}\n"
    write(file, before.replace("title: Weak", f"{review}title: Weak"))
    try:
        library, _ = read_library(project)
    finally:
        write(file, before)
    reviewers = {"anna": Reviewer("anna", "Anna Example", clinician)}
    data = _data_of(render_site(_with(library, reviewers=reviewers), {}, project))
    medical = [t for t in data["symptoms/weak-glutes.md"] if t["@type"] == "MedicalWebPage"]
    assert [m["lastReviewed"] for m in medical] == (["2026-02-01"] if clinician else [])


def test_the_sitemap_has_each_page_with_the_coachs_days_and_the_film(built: Path) -> None:
    root = ET.fromstring((built / "sitemap.xml").read_text("utf-8"))  # noqa: S314 - our own
    urls = {str(url.findtext(f"{_S}loc")): url for url in root}
    # A list with nothing in it is there for old links alone.
    empty = f"{ROOT}plans/"
    assert urls.keys() == {address for address, _ in _heads(built)} - {empty}
    unfound = [f for f in built.rglob("index.html") if 'content="noindex"' in f.read_text("utf-8")]
    assert unfound == [built / "plans/index.html"]
    days = {address: url.findtext(f"{_S}lastmod") for address, url in urls.items()}
    assert days[f"{ROOT}articles/hills/"] == "2026-01-05"
    assert days[f"{ROOT}articles/"] is None
    films = {a: v for a, url in urls.items() if (v := url.find(f"{_V}video")) is not None}
    assert films.keys() == {f"{ROOT}videos/clam/"}
    film = films[f"{ROOT}videos/clam/"]
    for name in ("thumbnail_loc", "title", "description", "content_loc", "publication_date"):
        assert film.findtext(f"{_V}{name}")
    assert film.findtext(f"{_V}duration") == "42"
    assert not (built / "sitemap.xml.gz").exists()


def test_no_menu_and_no_foot_leads_to_a_list_of_nothing(library: Library) -> None:
    none = dataclasses.replace(library, pages={})
    # Without a symptom or a muscle the body map has nothing to point at either.
    assert [path for path, _ in (*menu(none), *foot_links(none))] == ["a-z.md", "offline.md"]


def test_robots_are_told_of_the_sitemap_where_they_ask_and_the_coach_has_not(
    library: Library, project: Path
) -> None:
    def said(address: str | None, **more: Any) -> bytes | None:
        changed = dataclasses.replace(_with(library, site_url=address), **more)
        return render_site(changed, {}, project).made.get("robots.txt")

    assert said("https://hips.example") == (
        b"User-agent: *\nDisallow:\n\nSitemap: https://hips.example/sitemap.xml\n"
    )
    assert said("https://hips.example/run/") is None  # nobody asks for it there
    assert said(None) is None
    assert said("https://hips.example/", assets=("docs/robots.txt",)) is None


def test_without_an_address_nothing_is_said_that_needs_one(library: Library, project: Path) -> None:
    site = render_site(_with(library, site_url=None), {}, project)
    assert {p.linked_data for p in site.pages} == {""}
    assert {"sitemap.xml", "robots.txt", "feed.xml"} & site.made.keys() == set()
    assert cards_of(_with(library, site_url=None), {}, {}, {}) == {}
