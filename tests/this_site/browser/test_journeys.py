"""How far it is from a complaint to what to do about it, counted in taps and in screens of a phone."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from browser.fixtures import PHONE, Open
from browser.server import Served


class Thumb:
    """A reader with a phone: taps are counted, and how far the page has to be moved to reach what is tapped."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.taps = 0
        self.scrolled_px = 0.0

    def tap(self, target: Locator) -> None:
        """Scroll a target just into sight, then tap it."""
        box = None
        # A list of results is made again when the rest is found; the wait for it has an end.
        while box is None:
            target.wait_for()
            box = target.bounding_box()
        below = box["y"] + box["height"] - PHONE[1]
        if below > 0:
            self.page.mouse.wheel(0, below)
            self.page.wait_for_function("y => scrollY >= y - 1", arg=below)
            self.scrolled_px += below
        self.taps += 1
        target.tap()


def test_from_bum_hurts_when_i_sit_to_the_first_running_exercise(
    open_page: Open, site: Served
) -> None:
    visit = open_page("", PHONE, java_script_enabled=True, has_touch=True)
    thumb = Thumb(visit.page)
    field = visit.page.locator("main input[type=search]")
    thumb.tap(field)
    field.press_sequentially("bum hurts when i sit")
    found = visit.page.get_by_role("option").filter(has_text="sitting").first
    found.wait_for()
    thumb.tap(found)
    visit.page.wait_for_url(site.url("symptoms/pain-on-sitting/"))
    thumb.tap(visit.page.locator(".kp-card--exercise .kp-card__title").first)
    visit.page.wait_for_url(site.url("exercises/met-piriformis-pir/"))
    # She starts with her symptom's own dose, which is what the card has led to.
    thumb.tap(visit.page.locator(".kp-top .kp-start").filter(visible=True).first)
    expect(visit.page.get_by_role("dialog")).to_be_visible()
    assert thumb.taps <= 4
    assert thumb.scrolled_px <= 2 * PHONE[1]


def test_from_the_middle_of_a_plan_there_is_a_way_back(open_page: Open, site: Served) -> None:
    page = open_page(
        "plans/deep-buttock-pain-14/", PHONE, unused=True, java_script_enabled=True
    ).page
    back = page.get_by_role("button", name="Back to where you were")
    assert back.count() == 0
    page.goto(site.url("symptoms/pain-on-sitting/#today"))
    page.locator(".kp-cards--today a").first.click()
    page.wait_for_url("**/exercises/**")
    back.click()
    page.wait_for_url("**/symptoms/pain-on-sitting/#today")
    back.click()
    page.wait_for_url("**/plans/deep-buttock-pain-14/")
