"""Everything can be reached and used with the keyboard alone, without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from browser.fixtures import DESKTOP, PHONE, Open
from browser.server import Served

from .conftest import KINDS

FOCUSED = "document.activeElement.textContent.trim()"
OUTLINE = """() => {
    const focused = document.activeElement;
    const drawn = focused.querySelector('.kp-body__shape');  // a ring along the part, not around both legs
    if (drawn) return parseFloat(getComputedStyle(drawn).strokeWidth) >= 2;
    return [null, '::after'].some(part => {
        const style = getComputedStyle(focused, part);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    });
}"""

REACHED = f"() => [document.activeElement.dataset.order ?? null, ({OUTLINE})(), {FOCUSED}]"


def _tab_to(page: Page, words: str, at_most: int = 80) -> None:
    """Press Tab until the thing with these words has the focus."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == words:
            return
    pytest.fail(f"{words} is not reached with {at_most} presses of Tab")


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "no such page"])
def test_the_first_press_of_tab_offers_to_skip_to_the_content(kind: str, open_page: Open) -> None:
    page = open_page(KINDS[kind], reduced_motion="reduce").page
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Skip to content"
    link = page.locator(":focus")
    assert link.evaluate("e => getComputedStyle(e).opacity") == "1"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    # The link back to the list stands above the heading that was skipped to.
    assert page.evaluate(
        """() => [...document.querySelectorAll('main :is(a[href], summary, video, input)')]
            .filter(e => e.checkVisibility()).slice(0, 2).includes(document.activeElement)"""
    )


def test_the_menu_opens_and_leads_on_from_a_phone(open_page: Open, site: Served) -> None:
    page = open_page("", PHONE).page
    _tab_to(page, "Menu", 4)
    link = page.locator(".kp-menu--fold").get_by_role("link", name="Exercises")
    assert not link.is_visible()
    page.keyboard.press("Enter")
    assert link.is_visible()
    _tab_to(page, "Exercises", 5)
    page.keyboard.press("Enter")
    page.wait_for_url(site.url("exercises/"))


def test_the_menu_stands_open_on_a_desk(open_page: Open, site: Served) -> None:
    page = open_page("", DESKTOP).page
    assert not page.locator(".kp-menu--fold").is_visible()
    _tab_to(page, "Symptoms", 4)
    page.keyboard.press("Enter")
    page.wait_for_url(site.url("symptoms/"))
    here = page.locator(".kp-menu--row [aria-current]")
    assert here.all_inner_texts() == ["Symptoms"]


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_warning_sign_opens_and_closes(key: str, open_page: Open) -> None:
    page = open_page(KINDS["symptom without a 999 sign"], PHONE).page
    words = page.locator("section.kp-flags .kp-flag__action").first
    assert not words.is_visible()
    _tab_to(page, page.locator("section.kp-flags summary").first.inner_text())
    page.keyboard.press(key)
    assert words.is_visible()
    page.keyboard.press(key)
    assert not words.is_visible()


def test_a_card_is_opened_by_its_name(open_page: Open, site: Served) -> None:
    page = open_page("", PHONE).page
    _tab_to(page, "What do you feel?")
    page.keyboard.press("Enter")
    page.wait_for_url(site.url("symptoms/"))


def test_a_card_is_opened_by_a_tap_anywhere_on_it(open_page: Open, site: Served) -> None:
    page = open_page(KINDS["list of films"], PHONE, has_touch=True).page
    picture = page.locator(".kp-card--video img").first.bounding_box()
    assert picture is not None
    page.touchscreen.tap(picture["x"] + 30, picture["y"] + 30)
    page.wait_for_url(site.url(KINDS["film"]))


@pytest.mark.parametrize("kind", ["home", "symptom", "exercise with a film", "list of symptoms"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_tab_reaches_everything_in_reading_order_with_a_frame_around_it(
    kind: str, size: tuple[int, int], open_page: Open
) -> None:
    page = open_page(KINDS[kind], size).page
    page.evaluate(
        """() => [...document.querySelectorAll('a[href], summary, video, input, button')]
            .filter(e => e.checkVisibility()).forEach((e, at) => e.dataset.order = at)"""
    )
    count = page.locator("[data-order]").count()
    assert count > 20
    reached: list[int] = []
    for _ in range(count * 2):
        page.keyboard.press("Tab")
        order, outlined, words = page.evaluate(REACHED)
        if order is None:
            break
        if reached and reached[-1] == int(order):
            continue  # a film keeps the focus while one moves through its own controls
        reached.append(int(order))
        assert outlined, words
    assert reached == list(range(count))


@pytest.mark.parametrize("kind", ["home", "find", "body map"])
def test_the_parts_of_the_body_are_skipped_with_one_key(kind: str, open_page: Open) -> None:
    page = open_page(KINDS[kind], PHONE).page
    skip = page.get_by_role("link", name="Skip the parts of the body")
    for _ in range(40):
        page.keyboard.press("Tab")
        if skip.evaluate("link => link === document.activeElement"):
            break
    expect(skip).to_be_focused()
    # Whoever has reached it can read it.
    assert (skip.bounding_box() or {"width": 0})["width"] > 100
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    is_past = "() => !document.activeElement.closest('.kp-where') && document.activeElement !== document.body && Boolean(document.querySelector('.kp-where').compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)"
    assert page.evaluate(is_past)
