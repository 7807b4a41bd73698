"""The page for wrong addresses on a site that was never told its address, at its host's root and in a folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.fixtures import DESKTOP, PHONE, Open, build_site
from browser.server import Served, serve
from support.projects import small_project

DEPTHS = ("nothing", "nothing/", "a/b/c/nothing.html", "a/b/c/")
"""Wrong addresses within the site, with and without folders that do not exist either."""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory, small_site: Path) -> Iterator[Served]:
    """A host with the site in a folder; it shows the site's own page for whatever is not there."""
    folder = tmp_path_factory.mktemp("host")
    shutil.copytree(small_site, folder / "clubs/coach")
    shutil.copy(small_site / "404.html", folder)
    with serve(folder) as served:
        yield served


@pytest.fixture(scope="module")
def root(small_site: Path) -> Iterator[Served]:
    """A host of which the site is all there is."""
    with serve(small_site) as served:
        yield served


@pytest.mark.parametrize("address", DEPTHS)
def test_in_a_folder_the_page_finds_its_style_its_links_and_its_search(
    open_page: Open, host: Served, address: str
) -> None:
    page = open_page(None, DESKTOP, java_script_enabled=True).page
    page.goto(host.url(f"clubs/coach/{address}"))
    expect(page.locator(".kp-lost")).to_be_hidden()
    links = page.locator("a[href]:not([href^='tel:'])")
    seen = {link.evaluate("a => a.href") for link in links.all() if link.is_visible()}
    assert len(seen) >= 8
    for link in seen:
        assert link.startswith(host.url("clubs/coach/"))
        assert page.request.get(link).status == 200
    assert page.locator(".kp-brand img").evaluate("img => img.complete && img.naturalWidth > 0")
    page.locator("#kp-find").fill("weak glutes")
    expect(page.get_by_role("option").first).to_contain_text("Weak glutes")


@pytest.mark.parametrize("address", DEPTHS)
def test_without_a_script_its_words_lead_to_the_first_page(
    open_page: Open, host: Served, address: str
) -> None:
    page = open_page(None, PHONE).page
    page.goto(host.url(f"clubs/coach/{address}"))
    words = page.locator(".kp-lost")
    assert words.is_visible()
    box = words.bounding_box()
    assert box is not None and box["x"] >= 16 and box["x"] + box["width"] <= PHONE[0] - 16
    with page.expect_navigation():  # a page that is only begun has no words yet
        page.get_by_role("link", name="this folder").click()
    for _ in range(address.count("/")):
        if page.locator(".kp-lost").count() == 0:
            break
        with page.expect_navigation():
            page.get_by_role("link", name="the one above it").click()
    expect(page).to_have_url(host.url("clubs/coach/"))
    assert page.title() == "A small site"


def test_at_the_root_it_looks_like_any_other_page_and_asks_for_nothing_more(
    open_page: Open, root: Served
) -> None:
    visit = open_page(None, DESKTOP, unused=True, java_script_enabled=True)
    page = visit.page
    before = len(root.asked)
    looks = []
    for address in ("symptoms/", "nothing/"):
        page.goto(root.url(address))
        page.wait_for_load_state("networkidle")
        looks.append(
            page.evaluate(
                """() => ["body", ".kp-header", ".kp-find", ".kp-find input", ".kp-brand", ".kp-footer",
                          ".md-content", ".md-content h1", ".kp-footer a"].map(name => {
                    const style = getComputedStyle(document.querySelector(name));
                    return [name, ...["display", "color", "backgroundColor", "fontFamily", "fontSize",
                        "lineHeight", "margin", "padding", "maxWidth"].map(p => style[p])];
                })"""
            )
        )
    assert looks[0] == looks[1]
    assert page.locator(".kp-lost").is_hidden()
    asked = [a.path for a in root.asked[before:] if a.status == 404]
    assert asked == ["/nothing/"]


def test_its_policy_still_stops_what_someone_slips_in(open_page: Open, root: Served) -> None:
    visit = open_page(None, java_script_enabled=True)
    visit.page.goto(root.url("nothing/"))
    visit.page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.slipped = 1";
            document.body.append(script);
        }"""
    )
    assert visit.page.evaluate("window.slipped === undefined")
    assert any("Content Security Policy" in words for words in visit.complaints)


def test_with_an_address_the_page_needs_neither(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    settings = project / "mkdocs.yml"
    settings.write_text(
        settings.read_text("utf-8") + "site_url: https://example.org/coach/\n", "utf-8"
    )
    lost = (build_site(project) / "404.html").read_text("utf-8")
    assert 'href="/coach/symptoms/"' in lost
    assert "<style" not in lost and "sha256" not in lost and "kp-lost" not in lost
