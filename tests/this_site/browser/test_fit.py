"""Pages fit: on the smallest phone, with text twice as large, under a thumb, and on paper."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from browser.fixtures import DESKTOP, PHONE, TABLET, Open
from browser.html_pages import HtmlPage
from browser.server import Served

from .conftest import KINDS

TOO_WIDE = """() => {
    const width = document.documentElement.clientWidth;
    const wide = [...document.querySelectorAll('body *')].filter(e => {
        const box = e.getBoundingClientRect();
        return box.width > 0 && (box.right > width + 0.5 || box.left < -0.5)
            && getComputedStyle(e).position !== 'fixed' && !e.closest('.md-skip');
    });
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(words.currentNode);
        const parent = words.currentNode.parentElement;
        if (!parent.closest('.md-skip') && [...range.getClientRects()].some(box => box.right > width + 0.5)) {
            wide.push(parent);
        }
    }
    const found = wide.map(e => `${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 40)}`);
    if (document.documentElement.scrollWidth > width) found.push(`page: ${document.documentElement.scrollWidth}`);
    return found;
}"""
"""Everything that sticks out of the window to the left or right, even where scrolling is switched off."""

OVERLAP = """() => {
    const [brand, menu] = ['.kp-brand', '.kp-menu--fold > summary'].map(one => {
        const range = document.createRange();
        range.selectNodeContents(document.querySelector(one));
        return range.getBoundingClientRect();
    });
    return menu.width > 0 && brand.right > menu.left && brand.bottom > menu.top && brand.top < menu.bottom;
}"""

CUT_OFF = """() => [...document.querySelectorAll('main *, header *, footer *')]
    .filter(e => ['hidden', 'clip'].includes(getComputedStyle(e).overflowY)
        && e.clientHeight > 0 && e.scrollHeight > e.clientHeight + 1)
    .map(e => `${e.tagName}.${e.className}`)"""

MOVING = """() => [...document.querySelectorAll('*')]
    .filter(e => e.checkVisibility() && ['', '::before', '::after'].some(part => {
        const style = getComputedStyle(e, part);
        return style.transitionDuration.split(', ').some(t => t !== '0s') || style.animationName !== 'none';
    })).map(e => `${e.tagName}.${e.className}`)"""

OPEN_ALL = "document.querySelectorAll('details').forEach(d => d.open = true)"


def _sizes(page: Page, selector: str) -> list[tuple[str, float, float]]:
    found: list[tuple[str, float, float]] = page.evaluate(
        """selector => [...document.querySelectorAll(selector)]
            .map(e => [e.textContent.trim(), e.getBoundingClientRect().width, e.getBoundingClientRect().height])
            .filter(([, width, height]) => width > 0 && height > 0)""",
        selector,
    )
    return found


def test_no_page_scrolls_sideways_on_a_small_phone(
    pages: dict[str, HtmlPage], site: Served, open_page: Open
) -> None:
    page = open_page(None, (320, 640)).page
    wide: dict[str, list[str]] = {}
    for address in pages:
        page.goto(site.url(address))
        page.evaluate(OPEN_ALL)
        if found := page.evaluate(TOO_WIDE):
            wide[address] = found
    assert wide == {}


def test_no_kind_of_page_scrolls_sideways_and_text_twice_as_large_stays_whole_and_in_view(
    open_page: Open, site: Served
) -> None:
    page = open_page(None).page
    letters = "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
    for kind, address in KINDS.items():
        page.goto(site.url(address))
        page.evaluate(OPEN_ALL)
        for width, height in (PHONE, TABLET, DESKTOP):
            where = (kind, width)
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate("document.documentElement.style.fontSize = ''")
            assert page.evaluate(TOO_WIDE) == [], where
            before = page.evaluate(letters)
            # Twice the page's own 125 %.
            page.evaluate("document.documentElement.style.fontSize = '250%'")
            assert page.evaluate(letters) == pytest.approx(2 * before), where
            assert page.evaluate(TOO_WIDE) == [], where
            assert page.evaluate(CUT_OFF) == [], where
            assert not page.evaluate(OVERLAP), where


def test_what_one_taps_is_large_enough_for_a_thumb(open_page: Open, site: Served) -> None:
    page = open_page(None, PHONE).page
    seen = 0
    for kind, address in KINDS.items():
        page.goto(site.url(address))
        page.evaluate(OPEN_ALL)
        for selector, at_least in (
            ("summary", 44),
            (".kp-menu a", 44),
            (".kp-brand", 44),
            (".kp-card", 44),
            (".kp-chip", 34),
            (".kp-letters a", 34),
            (".kp-footer li a", 34),
            (".kp-crumb a", 30),
            (".kp-list a:only-child", 28),
        ):
            for text, width, height in _sizes(page, selector):
                assert height >= at_least, (kind, selector, text)
                assert width >= 28, (kind, selector, text)
                seen += 1
    assert seen > 500


def test_the_head_of_a_page_leaves_a_phone_to_its_words(open_page: Open) -> None:
    page = open_page(KINDS["symptom"], PHONE).page
    header = page.locator(".kp-header").bounding_box()
    heading = page.locator("h1").bounding_box()
    assert header is not None
    assert heading is not None
    # Name and menu in one row, the search field below: that is what most readers come for.
    assert header["height"] <= 112
    assert heading["y"] < 210


def test_the_warning_signs_take_no_more_than_a_screen_and_a_half(open_page: Open) -> None:
    # What needs 999 stands open, in full; nothing of it is worth a shorter box.
    for kind in ("symptom", "symptom without a 999 sign"):
        box = open_page(KINDS[kind], PHONE).page.locator("section.kp-flags").bounding_box()
        assert box is not None
        assert box["height"] <= 1.5 * PHONE[1], kind


def test_lines_are_short_enough_to_read_on_a_desk(open_page: Open) -> None:
    page = open_page(KINDS["article"], DESKTOP).page
    widths = _sizes(page, "main p:not([class])")
    assert len(widths) > 5
    assert max(width for _, width, _ in widths) <= 720


def test_on_paper_the_steps_stay_and_menu_and_film_go(open_page: Open) -> None:
    page = open_page(KINDS["exercise with a film"], DESKTOP, color_scheme="dark").page
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator(".kp-step").first.is_visible()
    assert page.locator(".kp-dosage").is_visible()
    assert not page.locator(".kp-header").is_visible()
    assert not page.locator("video").is_visible()
    ink = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    assert max(int(part) for part in ink.removeprefix("rgb(").removesuffix(")").split(",")) < 80


@pytest.mark.parametrize(
    "slug", ["glute-bridge", "calf-raise-straight", "knee-to-wall", "static-hamstring-stretch"]
)
def test_an_exercise_is_printed_on_three_sheets_with_its_steps_on_the_first_two(
    slug: str, open_page: Open
) -> None:
    page = open_page(f"exercises/{slug}/", DESKTOP).page
    # What follows all steps, a closing caution, may be on the third sheet: the drawings are on paper too.
    last = page.locator(".kp-step:not(.kp-step--caution) .kp-step__text").last.inner_text()
    sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]
    assert 2 <= len(sheets) <= 3
    assert min(len(sheet) for sheet in sheets[:-1]) > 1500  # no sheet is left nearly empty
    begun = " ".join(" ".join(sheets[:2]).replace("ﬁ", "fi").replace("ﬀ", "ff").split())
    assert "How to do it" in begun
    assert last[:30] in begun
    page.emulate_media(media="print")
    assert page.locator(".kp-flags--fold .kp-flag p").first.is_visible()


def test_a_folded_warning_sign_is_printed_whole(open_page: Open) -> None:
    page = open_page(KINDS["symptom"], DESKTOP).page
    words = page.get_by_text("under 45 and your back")
    assert not words.is_visible()
    page.emulate_media(media="print")
    assert words.is_visible()


def test_nothing_moves_for_readers_who_asked_for_rest(open_page: Open, site: Served) -> None:
    page = open_page(None, reduced_motion="reduce").page
    for kind, address in KINDS.items():
        page.goto(site.url(address))
        moving = page.evaluate(MOVING)
        assert moving == [], kind
