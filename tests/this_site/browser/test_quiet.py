"""The pages keep to themselves: nothing breaks their own policy, nothing leaves, nothing is kept."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from browser.fixtures import DESKTOP, Open
from browser.server import Served

from .conftest import KINDS

ARRIVED = {
    "find": "[data-kp-results][data-state=empty]",
    "plan": "kp-plan h2",
    "list of exercises": ".kp-narrow__said",
    "film": ".kp-player",
    "exercise with a film": ".kp-player",
}
"""What is on a page once its own scripts have come and begun: a network that rests may only rest between two of them."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_asks_only_its_own_site_one_script_of_its_own_and_keeps_nothing(
    kind: str, open_page: Open, site: Served
) -> None:
    visit = open_page(None, DESKTOP, unused=True, java_script_enabled=True)
    page = visit.page
    asked: list[tuple[str, str]] = []
    page.on("request", lambda request: asked.append((request.resource_type, request.url)))
    answer = page.goto(site.url(KINDS[kind]))
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")  # pictures that wait to be seen
    if kind in ARRIVED:
        page.locator(ARRIVED[kind]).first.wait_for(state="attached")
    page.wait_for_load_state("networkidle")
    expected = 404 if kind == "no such page" else 200
    assert answer is not None
    assert answer.status == expected
    assert len(asked) >= 3
    assert {f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" for _, url in asked} == {site.origin}
    assert {type_ for type_, _ in asked} <= {
        "document",
        "stylesheet",
        "image",
        "texttrack",
        "other",
        "script",
        "fetch",
    }
    # On the page of results the finder fetches its index with the first move; the rules for warning signs wait for words.
    fetched = [url for type_, url in asked if type_ == "fetch"]
    of_finder = [site.url(f"assets/finder/{name}.json") for name in ("facets", "index")]
    assert sorted(fetched) == (of_finder if kind == "find" else [])
    scripts = [url for type_, url in asked if type_ == "script"]
    assert scripts.pop(0) == site.url("assets/web/kinopress.js")
    # A plan and a film need their own; the finder waits on all other pages until somebody wants to search.
    own = ("chunk-", "main-", "find_page-") if kind == "find" else ("chunk-", "plan-", "narrow-")
    has_film = kind in ("film", "exercise with a film")
    if has_film:
        own = ("chunk-", "main-")
        files = [site.folder / url.removeprefix(site.url()) for url in scripts]
        assert any("kp-player" in file.read_text("utf-8") for file in files)
    assert all(url.removeprefix(site.url("assets/web/")).startswith(own) for url in scripts)
    assert any("/assets/web/plan-" in url for url in scripts) == (kind == "plan")
    assert any("/assets/web/narrow-" in url for url in scripts) == (kind == "list of exercises")
    assert has_film or kind in ("plan", "find", "list of exercises") or scripts == []
    complaints = [c for c in visit.complaints if not (expected == 404 and "404 (Not Found)" in c)]
    assert complaints == []
    assert visit.cookies() == []
    kept = page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length]"
    )
    assert kept == [0, 0, 0]


def test_the_rules_for_warning_signs_wait_for_words_that_can_mean_one(
    open_page: Open, site: Served
) -> None:
    page = open_page(None, DESKTOP, unused=True, java_script_enabled=True).page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.url(KINDS["find"]))
    field = page.locator("main input[type=search]")
    field.click()
    field.press_sequentially("tight hamstrings")
    page.locator("[data-kp-results][data-state=ready]").wait_for()
    page.wait_for_load_state("networkidle")
    assert site.url("assets/finder/index.json") in asked
    assert [url for url in asked if "/signs" in url] == []
    with page.expect_request(site.url("assets/finder/signs.json")):
        field.fill("numb between my legs")


def test_the_policy_stops_a_script_and_a_style_that_someone_slips_in(open_page: Open) -> None:
    visit = open_page(KINDS["article"], java_script_enabled=True)
    page = visit.page
    page.evaluate(
        """() => {
            const script = document.createElement('script');
            script.textContent = 'window.slippedIn = true';
            document.body.append(script);
            const style = document.createElement('style');
            style.textContent = 'body { display: none !important }';
            document.body.append(style);
            document.body.append(Object.assign(new Image(), { src: 'https://example.org/pixel.png' }));
        }"""
    )
    assert page.evaluate("window.slippedIn") is None
    assert page.locator("h1").is_visible()
    assert sum("Content Security Policy" in complaint for complaint in visit.complaints) == 3


def test_someone_lost_finds_the_lists_from_any_depth(open_page: Open, site: Served) -> None:
    page = open_page("symptoms/no-such/deeper/page").page
    assert page.locator("h1").inner_text() == "This page is not here"
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.kp-header')).borderBottomStyle")
        == "solid"
    )
    page.locator("main").get_by_role("link", name="Symptoms").click()
    expect(page).to_have_url(site.url("symptoms/"))
