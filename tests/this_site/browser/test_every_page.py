"""What holds on each page of the site, read from the files: its head, its links, and what stands first."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import material
import pytest

from browser.html_pages import HtmlPage, broken_links
from browser.server import Served
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Symptom
from kinopress.content.read import read_library
from kinopress.engines.lost_page import lost_page
from kinopress.engines.mkdocs.events import POLICY
from kinopress.engines.sheets.parts import in_parts
from kinopress.engines.sheets.rules import leaves, only, read, selectors
from support.guide import ROOT

Pages = dict[str, HtmlPage]


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(ROOT)[0]


def _symptoms(library: Library, pages: Pages) -> list[tuple[Symptom, HtmlPage]]:
    found = [(symptom, pages[f"symptoms/{symptom.slug}/"]) for symptom in library.symptoms]
    assert len(found) >= 47
    return found


def test_each_page_has_one_top_heading_a_title_a_description_and_says_it_is_english(
    pages: Pages,
) -> None:
    assert len(pages) > 170
    for page in pages.values():
        assert len(page.h1) == 1, page.address
        assert page.h1[0].strip(), page.address
        assert page.title, page.address
        assert len(page.meta("description") or "") > 20, page.address
        assert page.named("html")[0].attributes["lang"] == "en", page.address


def test_no_two_pages_have_the_same_title_or_description(pages: Pages) -> None:
    for what in ("title", "description"):
        words = Counter(
            p.title if what == "title" else p.meta("description") for p in pages.values()
        )
        assert {text: n for text, n in words.items() if n > 1} == {}, what


def test_every_tag_is_closed_and_every_id_is_there_once(pages: Pages) -> None:
    for page in pages.values():
        assert page.unbalanced == [], page.address
        assert {i for i, n in Counter(page.ids).items() if n > 1} == set(), page.address


def test_a_page_names_the_one_script_and_holds_no_style_of_its_own_or_handler(
    pages: Pages,
) -> None:
    for page in pages.values():
        scripts = [
            (t.attributes.get("type"), t.attributes.get("src")) for t in page.named("script")
        ]
        loaded = [(kind, page.resolve(src)[0]) for kind, src in scripts if src]
        assert loaded == [("module", "assets/web/kinopress.js")], page.address
        # The page for wrong addresses brings a style and a script that find the site; see its policy.
        assert scripts.count((None, None)) == (page.address == "404.html"), page.address
        assert len(page.named("style")) == (page.address == "404.html"), page.address
        assert page.named("iframe") == [], page.address
        for tag in page.tags:
            on = [name for name in tag.attributes if name.startswith("on") or name == "style"]
            assert on == [], (page.address, tag)


def test_every_page_states_the_policy_before_it_loads_anything(pages: Pages) -> None:
    for page in pages.values():
        policies = [
            (at, tag.attributes["content"])
            for at, tag in enumerate(page.tags)
            if (tag.attributes.get("http-equiv") or "").lower() == "content-security-policy"
        ]
        wanted = lost_page(POLICY).policy if page.address == "404.html" else POLICY
        assert [text for _, text in policies] == [wanted], page.address
        loading = next(
            at for at, tag in enumerate(page.tags) if tag.attributes.get("rel") == "stylesheet"
        )
        assert policies[0][0] < loading, page.address


def test_every_link_leads_to_a_page_that_is_there_and_every_anchor_to_a_place_on_it(
    pages: Pages, site: Served
) -> None:
    assert broken_links(pages, site.folder) == []


def test_everything_a_page_fetches_is_there_and_is_its_own(pages: Pages, site: Served) -> None:
    kinds: set[str] = set()
    for page in pages.values():
        for address in page.fetched():
            assert not urlsplit(address).netloc, (page.address, address)
            file = site.folder / page.resolve(address)[0]
            assert file.is_file(), (page.address, address)
            assert file.stat().st_size > 0, (page.address, address)
            kinds.add(file.suffix)
    assert {".css", ".svg", ".jpg", ".webp", ".mp4", ".vtt"} <= kinds


def test_every_page_has_the_styles_of_all_that_is_on_it(pages: Pages, site: Served) -> None:
    whole = (Path(material.__file__).parent / "templates/assets/stylesheets").glob("main.*.min.css")
    theme = read(next(whole).read_text("utf-8"))
    on_pages: set[str] = set()
    for page in pages.values():
        classes = {
            name for tag in page.tags for name in (tag.attributes.get("class") or "").split()
        }
        on_pages |= classes
        named = {page.resolve(address)[0] for address in page.fetched()}
        needed = {_part_of(name) for name in classes}
        assert needed <= named, (page.address, needed - named)
    left = site.folder / "assets/kinopress.css"
    kept = {one for rule in leaves(read(left.read_text("utf-8"))) for one in selectors(rule.head)}
    # Its dialog holds nothing without its script.
    can_match = only(theme, lambda it: on_pages >= _classes(it), lambda _: False)
    lost = {one for rule in leaves(can_match) for one in selectors(rule.head)} - kept
    assert {one for one in lost if not re.search("md-dialog|data-md-color|:root", one)} == set()


@cache
def _part_of(name: str) -> str:
    """The file in which a class of ours has its rules."""
    return next(path for path, css in in_parts(f".{name}{{a:b}}").items() if css)


def _classes(css: str) -> set[str]:
    return set(
        re.findall(r"\.(-?[A-Za-z_][\w-]*)", re.sub(r":not\([^)]*\)|\[[^]]*\]|\{[^}]*", "", css))
    )


def test_every_page_can_be_reached_from_the_home_page(library: Library, pages: Pages) -> None:
    # Until there is a way to reach the coach, nothing leads to the page that would tell it.
    alone = {"404.html"} if library.settings.coach.can_be_asked else {"404.html", "contact/"}
    reached, waiting = {""}, [""]
    while waiting:
        page = pages[waiting.pop()]
        for link in page.links():
            if urlsplit(link).scheme:
                continue
            address, _ = page.resolve(link)
            if address in pages and address not in reached:
                reached.add(address)
                waiting.append(address)
    assert set(pages) - reached == alone


def test_on_each_symptom_page_the_warning_signs_stand_before_any_exercise(
    library: Library, pages: Pages
) -> None:
    for symptom, page in _symptoms(library, pages):
        signs = page.first("kp-flags", "section")
        assert signs is not None, symptom.slug
        for class_ in ("kp-card", "kp-chip", "kp-check"):
            other = page.first(class_)
            assert other is None or signs < other, (symptom.slug, class_)
    with_cards = [
        p for _, p in _symptoms(library, pages) if p.first("kp-card--exercise") is not None
    ]
    assert len(with_cards) > 30


def test_each_symptom_page_names_what_cannot_wait_in_sight_and_tells_of_every_sign(
    library: Library, pages: Pages
) -> None:
    in_sight = 0
    for symptom, page in _symptoms(library, pages):
        flags = [library.shared.red_flags[m.text] for m in symptom.red_flags]
        levels = [flag.level for flag in flags]
        # What goes to a hospital today is not for the advice line.
        rung = {flag.level for flag in flags if flag.level == "emergency" or not flag.hospital}
        named = [tag for tag in page.named("li") if tag.has_class("kp-sign")]
        told = [tag for tag in page.named("details") if tag.has_class("kp-flag")]
        assert len(named) == len(levels) - levels.count("gp"), symptom.slug
        assert len(told) == len(levels) > 0, symptom.slug
        assert all("open" in tag.attributes for tag in told), symptom.slug
        rings = [tag.attributes["href"] for tag in page.named("a") if tag.has_class("kp-ring")]
        numbers = [
            f"tel:{n}" for level, n in (("emergency", 999), ("urgent", 111)) if level in rung
        ]
        assert rings == numbers, symptom.slug  # the most urgent first
        in_sight += len(named)
    assert in_sight > 100


def test_what_to_do_today_comes_after_the_signs_and_only_where_the_page_starts_with_something(
    library: Library, pages: Pages
) -> None:
    without = set()
    for symptom, page in _symptoms(library, pages):
        today = page.first("kp-cards--today")
        if today is None:
            without.add(symptom.slug)
            continue
        signs = page.first("kp-flags", "section")
        assert signs is not None, symptom.slug
        assert signs < today, symptom.slug
    # Something has to be looked at first here, or no exercise helps.
    assert without == {
        "front-hip-pain",
        "outer-thigh-numbness",
        "saddle-numbness",
        "tailbone-pain",
    }


def test_every_exercise_page_of_a_symptom_offers_the_warning_signs_before_its_steps(
    library: Library, pages: Pages
) -> None:
    checked = 0
    for exercise in library.exercises:
        page = pages[f"exercises/{exercise.slug}/"]
        steps = page.first("kp-steps")
        assert steps is not None, exercise.slug
        if any(isinstance(t, Symptom) and t.red_flags for t in library.terms(exercise.tags)):
            signs = page.first("kp-flags", "details")
            assert signs is not None, exercise.slug
            assert signs < steps, exercise.slug
            checked += 1
    assert checked > 30


def test_every_film_says_what_is_seen_and_how_large_it_is(pages: Pages) -> None:
    films = [(page, tag) for page in pages.values() for tag in page.named("video")]
    assert films
    for page, film in films:
        assert film.attributes["preload"] == "none", page.address
        assert "controls" in film.attributes, page.address
        assert len(film.attributes["aria-label"] or "") > 20, page.address
        assert int(film.attributes["width"] or 0) > 0, page.address
        assert int(film.attributes["height"] or 0) > 0, page.address
        tracks = [tag.attributes["kind"] for tag in page.named("track")]
        assert tracks == ["captions", "chapters"], page.address


def test_every_picture_says_its_size_and_has_a_text_or_is_marked_as_decoration(
    pages: Pages,
) -> None:
    for page in pages.values():
        for picture in page.named("img"):
            assert "alt" in picture.attributes, page.address
            assert {"width", "height"} <= set(picture.attributes), (page.address, picture)


_BEFORE_A_CALL = re.compile(
    r"(?:\b(?:call|ring|phone|tell|NHS|or|on|from|means|need|is(?: a)?)|: |\. |; )\s*$",
    re.IGNORECASE,
)
"""What leads to a number to call: a verb, the service, another way; or it begins what is said."""


def test_a_number_that_rings_is_one_that_somebody_is_told_to_call(site: Served) -> None:
    """A count of people or a page of a journal that happens to be 111 must not ring."""
    odd, links = [], 0
    for file in sorted(site.folder.rglob("*.html")):
        html = re.sub(r"<(script|style)\b.*?</\1>", "", file.read_text("utf-8"), flags=re.DOTALL)
        for sources in re.findall(r'<ol class="kp-sources".*?</ol>', html, re.DOTALL):
            assert "tel:" not in sources, file
        for found in re.finditer(r'<a [^>]*href="tel:[^>]*>(.*?)</a>', html, re.DOTALL):
            links += 1
            before = re.sub(r"<[^>]*>", "", html[max(0, found.start() - 600) : found.start()])
            beside = f"{' '.join(before.split())} "[-60:]
            named = re.sub(r"<[^>]*>", "", found[1])
            if named[0].isdigit() and not _BEFORE_A_CALL.search(beside):
                odd.append((str(file.relative_to(site.folder)), beside, named))
    assert links > 1000
    assert odd == []
