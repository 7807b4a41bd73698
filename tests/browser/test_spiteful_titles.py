"""A title is shown exactly as it was written, whatever stands in it, wherever it is shown."""

from __future__ import annotations

import pytest

from browser.fixtures import Open
from browser.html_pages import broken_links, read_site
from browser.server import Served
from browser.spiteful import ADDRESSES, TITLE


@pytest.mark.parametrize("kind", ADDRESSES)
def test_the_page_itself_shows_its_title(kind: str, open_page: Open, spiteful_site: Served) -> None:
    visit = open_page(ADDRESSES[kind], site=spiteful_site, java_script_enabled=True)
    page = visit.page
    assert page.locator("h1").inner_text() == TITLE
    assert page.title() == f"{TITLE} – A small site"
    assert page.locator('meta[property="og:title"]').get_attribute("content") == TITLE
    description = 'A "fine" <i>sentence</i> & more </title></script>'
    assert page.locator('meta[name="description"]').get_attribute("content") == description
    assert visit.complaints == []


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("", ".kp-card__title"),
        ("", ".kp-footer li a"),
        ("no-such-page/", ".kp-footer li a"),
        ("exercises/", ".kp-card__title"),
        ("exercises/", ".kp-list a"),
        ("symptoms/", ".kp-list a"),
        ("articles/", ".kp-card__title"),
        ("videos/", ".kp-card__title"),
        ("a-z/", ".kp-list a"),
        ("muscles/piriformis/", ".kp-card__title"),
        ("exercises/clam/", ".kp-footer li a"),
        (ADDRESSES["exercise"], ".kp-chip"),
        (ADDRESSES["exercise"], "main p a"),
    ],
)
def test_it_is_shown_wherever_another_page_names_it(
    address: str, place: str, open_page: Open, spiteful_site: Served
) -> None:
    if place == ".kp-chip":
        address = ADDRESSES["article"]
    page = open_page(address, site=spiteful_site).page
    page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
    # Their innerText is empty below the window, where a long list draws nothing yet.
    assert TITLE in [" ".join(words.split()) for words in page.locator(place).all_text_contents()]


def test_no_title_name_or_step_becomes_a_tag(spiteful_site: Served) -> None:
    pages = read_site(spiteful_site.folder)
    assert len(pages) > 15
    for page in pages.values():
        names = {tag.name for tag in page.tags}
        assert not names & {"b", "u", "iframe"}, page.address
        scripts = [tag.attributes.get("src") for tag in page.named("script")]
        # The page for wrong addresses has one that is allowed by its digest, for finding its site.
        assert scripts.count(None) == (page.address == "404.html"), page.address
        loaded = [page.resolve(src)[0] for src in scripts if src]
        assert loaded == ["assets/web/kinopress.js"]
        assert page.unbalanced == [], page.address
        for tag in page.tags:
            assert not any(name.startswith("on") for name in tag.attributes), (page.address, tag)


def test_every_link_to_such_a_page_and_every_letter_still_leads_somewhere(
    spiteful_site: Served,
) -> None:
    pages = read_site(spiteful_site.folder)
    assert "letter-0–9" in pages["a-z/"].ids
    assert broken_links(pages, spiteful_site.folder) == []


def test_a_step_and_a_name_are_shown_as_written(open_page: Open, spiteful_site: Served) -> None:
    page = open_page(ADDRESSES["exercise"], site=spiteful_site).page
    assert (
        page.locator(".kp-step__text").inner_text()
        == 'Press <script>alert(1)</script> "hard" & hold.'
    )
    assert (
        page.locator("video").get_attribute("aria-label") == 'A "person" <script>alert(4)</script>'
    )
    page = open_page(ADDRESSES["symptom"], site=spiteful_site).page
    assert page.locator(".kp-say").inner_text() == "<img src=x onerror=alert(3)>"
    assert '<script>alert(2)</script>, a "name"' in page.locator(".kp-facts").inner_text()
    page = open_page(ADDRESSES["film"], site=spiteful_site).page
    assert page.locator(".kp-chapters dd").inner_text() == '<b>Set up</b> & "go"'
