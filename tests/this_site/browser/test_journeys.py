"""How far it is from a complaint to what to do about it, counted in taps and in screens of a phone."""

from __future__ import annotations

import json

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


def test_another_complaint_is_not_led_on_with_the_dose_of_the_last_one(
    open_page: Open, site: Served
) -> None:
    page = open_page(
        "exercises/calf-stretch-wall/#for-calf-cramp", PHONE, java_script_enabled=True
    ).page
    begin = page.locator("#for-calf-cramp button")
    begin.click()
    page.get_by_role("button", name="Ready").click()
    expect(page.locator(".kp-follow__head")).to_have_text("Hold")
    page.goto(site.url("symptoms/heel-pain/"))
    page.goto(site.url("exercises/calf-stretch-wall/#for-heel-pain"))
    start = page.locator("#for-heel-pain button")
    expect(start).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    # Who comes back to the complaint it was for is told what it was.
    page.goto(site.url("symptoms/calf-cramp/"))
    page.goto(site.url("exercises/calf-stretch-wall/#for-calf-cramp"))
    expect(page.locator(".kp-follow__message")).to_contain_text(
        "You were in the middle of Calf stretch, straight and bent knee (once · hold 30 seconds · each side)."
    )
    page.get_by_role("button", name="Close").click()
    # What is begun for the other leads back to it first.
    page.goto(site.url("exercises/cat-camel/#for-sciatica"))
    data = page.locator("#for-sciatica kp-follow").get_attribute("data-follow") or ""
    backs = [title for words, title, _ in json.loads(data)["next"] if words.startswith("Back to")]
    assert backs[0] == "Sciatica-type leg pain"


def test_how_to_breathe_in_a_push_is_above_the_buttons(open_page: Open, site: Served) -> None:
    page = open_page("exercises/met-calf-wall/", PHONE, java_script_enabled=True).page
    page.get_by_role("button", name="Start").first.click()
    page.get_by_role("button", name="Ready").click()
    expect(page.locator(".kp-follow__head")).to_have_text("Push")
    page.get_by_role("button", name="Pause").click()
    note = page.get_by_text("Breathe out as you let the foot go quiet.").last.bounding_box()
    bar = page.locator(".kp-follow__controls").bounding_box()
    assert note is not None
    assert bar is not None
    assert note["y"] + note["height"] <= bar["y"]
