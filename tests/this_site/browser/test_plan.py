"""A plan as somebody follows it: on a phone from day to day, without a script, on paper, in a calendar."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from browser.axe import faults
from browser.fixtures import DESKTOP, PHONE, Open, Visit
from browser.html_pages import HtmlPage
from browser.server import Served
from this_site.browser.test_fit import CUT_OFF, SIZES, TOO_WIDE

PLANS = ("tight-hamstrings-14", "deep-buttock-pain-14", "stiff-hip-flexors-14")
PLAN = f"plans/{PLANS[0]}/"
START = dt.date(2026, 11, 23)
SCRIPT = {"java_script_enabled": True, "timezone_id": "Europe/London", "locale": "en-GB"}

ONE_LINE = """() => [...document.querySelectorAll('.kp-days tr > :first-child')].map(cell => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return new Set([...range.getClientRects()].map(box => box.top)).size === 1;
})"""
"""Whether each day's number, and the heading above them, stands on one line."""

LINES = """cell => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    return new Set([...range.getClientRects()].map(box => box.top)).size;
}"""


def _on_day(visit: Visit, site: Served, day: int, hour: int = 9) -> Page:
    """The plan's page as it opens on one of its days; 0 is the day before."""
    now = dt.datetime.combine(START + dt.timedelta(days=day - 1), dt.time(hour))
    visit.set_time(now)
    visit.page.goto(site.url(PLAN))
    expect(visit.page.locator("kp-plan h2")).to_be_visible()
    return visit.page


def _begin(page: Page) -> None:
    page.get_by_label("Start on").fill(START.isoformat())
    page.get_by_role("button", name="Start the plan").click()


def _begun(open_page: Open, site: Served, day: int, size: tuple[int, int] = PHONE) -> Visit:
    visit = open_page(None, size, **SCRIPT)
    _begin(_on_day(visit, site, day))
    return visit


def _titles(page: Page) -> list[str]:
    return page.locator("kp-plan .kp-session__title").all_inner_texts()


# Without a script


@pytest.mark.parametrize("slug", PLANS)
def test_without_a_script_the_whole_plan_can_be_read(slug: str, open_page: Open) -> None:
    page = open_page(f"plans/{slug}/", PHONE).page
    rows = page.locator(".kp-days tbody tr")
    assert [row.locator("th").inner_text() for row in rows.all()] == [str(n) for n in range(15)]
    # A number that broke into two lines would be two numbers.
    assert page.evaluate(ONE_LINE) == [True] * 16
    for link in page.locator(".kp-days a").all():
        target = page.locator(str(link.get_attribute("href")))
        assert target.is_visible()
    assert page.locator(".kp-sessions > section").count() == 4
    assert page.get_by_text("No script is running").is_visible()
    assert page.get_by_text("Print it: two sheets").is_visible()
    assert page.get_by_role("button").count() == 0
    assert page.get_by_role("link", name="calendar").count() == 0


def test_every_exercise_leads_to_its_steps_and_its_film(pages: dict[str, HtmlPage]) -> None:
    for slug in PLANS:
        page = pages[f"plans/{slug}/"]
        links = {page.resolve(href)[0] for href in page.links()}
        exercises = {href for href in links if re.fullmatch(r"exercises/[a-z0-9-]+/", href)}
        assert len(exercises) >= 8
        assert exercises <= set(pages)
    assert "videos/figure-four-stretch/" in {
        pages[f"plans/{PLANS[1]}/"].resolve(href)[0] for href in pages[f"plans/{PLANS[1]}/"].links()
    }


@pytest.mark.parametrize("symptom", ["tight-hamstrings", "limited-forward-bend", "short-stride"])
def test_a_symptom_leads_to_its_plan(symptom: str, open_page: Open) -> None:
    page = open_page(f"symptoms/{symptom}/", PHONE).page
    page.get_by_role("link", name="14 days for").first.click()
    expect(page.locator("h1")).to_contain_text(re.compile("^14 days for"))


# Day by day


def test_a_plan_begins_on_the_day_the_reader_chooses(open_page: Open, site: Served) -> None:
    visit = open_page(None, **SCRIPT)
    page = _on_day(visit, site, 0)
    expect(page.get_by_label("Start on")).to_have_value("2026-11-22")
    _begin(page)
    heading = page.locator("kp-plan h2")
    expect(heading).to_have_text("Day 1 of 14")
    expect(heading).to_be_focused()
    expect(page.get_by_text("Your plan starts on Monday 23 November")).to_be_visible()
    assert visit.complaints == []


def test_the_page_opens_with_the_session_of_the_day(open_page: Open, site: Served) -> None:
    visit = _begun(open_page, site, 1)
    for day, what in (
        (1, "Loosen B · about 10 minutes"),
        (2, "Strong 1 · about 12 minutes"),
        # Nothing of Strong 1 is entered: its harder version waits for two green sessions of it.
        (9, "Strong 1 · about 12 minutes"),
        (14, "Loosen B · about 10 minutes"),
    ):
        page = visit.page if day == 1 else _on_day(visit, site, day)
        expect(page.locator("kp-plan h2")).to_have_text(f"Today: day {day} of 14")
        expect(page.locator(".kp-today__what")).to_have_text(what)
        assert len(_titles(page)) == 3
        assert page.locator("[aria-current=date] > th").inner_text() == str(day)
        assert page.locator("kp-plan a", has_text="Do the checks").count() == (day in (1, 7, 14))


def test_today_is_in_sight_on_a_phone_when_the_page_opens_again(
    open_page: Open, site: Served
) -> None:
    visit = _begun(open_page, site, 3)
    page = _on_day(visit, site, 4)
    expect(page.locator("kp-plan h2")).to_have_text("Today: day 4 of 14")
    box = page.get_by_role("checkbox").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < PHONE[1]


def test_a_second_plan_is_not_begun_unasked_beside_one_that_is_running(
    open_page: Open, site: Served
) -> None:
    page = _begun(open_page, site, 3).page
    page.goto(site.url(f"plans/{PLANS[1]}/"))
    start = page.get_by_role("button", name="Start the plan")
    start.click()
    asked = page.locator(".kp-today__asked")
    expect(asked).to_contain_text("is running on this device: day 3.")
    back = asked.get_by_role("link", name="No, go on with that one")
    expect(back).to_be_focused()
    back.click()
    expect(page.locator("kp-plan h2")).to_have_text("Today: day 3 of 14")
    page.goto(site.url(f"plans/{PLANS[1]}/"))
    expect(page.locator("kp-plan h2")).to_have_text("Follow it day by day")
    start.click()
    asked.get_by_role("button", name="Yes, start this one as well").click()
    expect(page.locator("kp-plan h2")).to_have_text("Today: day 1 of 14")


def test_a_page_left_open_over_night_shows_the_new_day(open_page: Open, site: Served) -> None:
    visit = _begun(open_page, site, 3)
    page = visit.page
    visit.set_time(dt.datetime.combine(START + dt.timedelta(days=3), dt.time(6)))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("kp-plan h2")).to_have_text("Today: day 4 of 14")


def test_after_two_weeks_the_page_says_what_comes_next(open_page: Open, site: Served) -> None:
    page = _begun(open_page, site, 20).page
    # Nothing would be left of it: a slip, most of the time.
    expect(page.get_by_text("The plan would have ended 6 days ago.")).to_be_visible()
    expect(page.get_by_role("button", name="Choose another day")).to_be_focused()
    page.get_by_role("button", name="Yes, it began then").click()
    expect(page.locator("kp-plan h2")).to_have_text("Your 14 days are over")
    expect(page.get_by_role("link", name="Do the checks")).to_be_visible()
    for words in ("Nothing is entered", "before the session", "Loosen B"):
        expect(page.locator("kp-plan > div").first).not_to_contain_text(words)
    expect(page.get_by_role("button", name=re.compile("Begin|Start"))).to_have_count(0)
    page.get_by_role("link", name="what comes after").click()
    expect(page.get_by_role("heading", name="After day 14")).to_be_in_viewport()


def test_ticks_and_scores_are_there_again_the_next_day(open_page: Open, site: Served) -> None:
    visit = _begun(open_page, site, 2)
    page = visit.page
    page.get_by_role("checkbox", name="Done Clam").check()
    page.get_by_label("Worst pain").select_option("2")
    page = _on_day(visit, site, 3)
    expect(page.get_by_label("Worst pain")).to_have_value("")
    page.get_by_role("group", name="Other days").get_by_role("button", name="Day 2").click()
    expect(page.locator("kp-plan h2")).to_be_focused()
    expect(page.get_by_role("checkbox", name="Done Clam")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Done Glute bridge")).not_to_be_checked()
    expect(page.get_by_label("Worst pain")).to_have_value("2")
    expect(page.get_by_role("status")).to_contain_text("Green. Carry on.")
    expect(page.locator("#day-2 > th")).to_contain_text("begun")
    page.get_by_role("button", name="Today", exact=True).click()
    expect(page.locator("kp-plan h2")).to_have_text("Today: day 3 of 14")


SCORES = {0: "Green", 3: "Green", 4: "Amber", 5: "Amber", 6: "Red", 10: "Red"}


def test_a_score_is_answered_by_the_traffic_light(open_page: Open, site: Served) -> None:
    visit = _begun(open_page, site, 2)
    page = visit.page
    morning = page.get_by_role("group", name="Next morning")
    for score, colour in SCORES.items():
        page.get_by_label("Worst pain").select_option(str(score))
        words = page.locator(f".kp-light--{colour.lower()} dd").inner_text()
        words = words.partition(" Red twice in a row")[0]
        expect(page.get_by_role("status")).to_have_text(f"{colour}. {words}")
        # The morning after is asked about when it has come.
        expect(morning).to_be_hidden()
    visit.set_time(dt.datetime.combine(START + dt.timedelta(days=2), dt.time(7)))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_role("group", name="Other days").get_by_role("button", name="Day 2").click()
    for score, colour in SCORES.items():
        page.get_by_label("Worst pain").select_option(str(score))
        expect(page.get_by_role("status")).to_contain_text(f"{colour}.")
        expect(morning).to_be_visible(visible=colour != "Red")


def test_amber_that_has_not_settled_by_morning_is_red_and_changes_the_next_strength_day(
    open_page: Open, site: Served
) -> None:
    visit = _begun(open_page, site, 8)
    page = visit.page
    page.get_by_role("group", name="Other days").get_by_role("button", name="Day 7").click()
    page.get_by_role("group", name="Other days").get_by_role("button", name="Day 6").click()
    page.get_by_label("Worst pain").select_option("4")
    page.get_by_role("radio", name="No").check()
    expect(page.get_by_role("status")).to_contain_text("Red. It had not settled by morning")
    page = _on_day(visit, site, 9)
    expect(page.locator(".kp-today__what")).to_have_text("Strong 1 · about 12 minutes")
    expect(page.get_by_text("Your last strength day was red")).to_be_visible()
    assert _titles(page) == ["Glute bridge", "Long-lever bridge hold", "Clam"]


def test_the_page_asks_in_the_morning_whether_amber_has_settled(
    open_page: Open, site: Served
) -> None:
    visit = _begun(open_page, site, 8)
    visit.page.get_by_role("group", name="Other days").get_by_role("button", name="Day 7").click()
    visit.page.get_by_role("group", name="Other days").get_by_role("button", name="Day 8").click()
    visit.page.get_by_label("Worst pain").select_option("5")
    expect(visit.page.get_by_role("group", name="Next morning")).to_have_count(0)
    page = _on_day(visit, site, 9)
    question = page.get_by_role(
        "group", name="Are you back to your usual after yesterday’s session?"
    )
    expect(question).to_contain_text("If not, day 8 counts one colour worse.")
    question.get_by_role("button", name="No").click()
    expect(question).to_contain_text("so day 8 counts one colour worse: red.")
    expect(page.get_by_text("Your last score was red.")).to_be_visible()
    page.reload()
    expect(question.get_by_role("button", name="No", pressed=True)).to_be_visible()
    question.get_by_role("button", name="Yes").click()
    expect(question.get_by_role("button", name="Yes", pressed=True)).to_be_focused()
    expect(question).to_contain_text("Day 8 keeps its colour: amber.")
    page.get_by_role("group", name="Other days").get_by_role("button", name="Day 8").click()
    expect(page.get_by_role("radio", name="Yes")).to_be_checked()


def test_a_second_red_in_a_row_is_said(open_page: Open, site: Served) -> None:
    page = _begun(open_page, site, 2).page
    page.get_by_label("Worst pain").select_option("7")
    page.get_by_role("group", name="Other days").get_by_role("button", name="Day 3").click()
    page.get_by_label("Worst pain").select_option("6")
    expect(page.get_by_role("status")).to_contain_text("This is the second red in a row.")
    expect(page.get_by_role("status")).to_contain_text("Stop the plan and ask a physiotherapist")
    expect(page.get_by_role("status")).not_to_contain_text("Next time")
    for day in (3, 4):
        expect(page.get_by_text("No session: the plan has stopped")).to_be_visible()
        expect(page.get_by_text("Day 3 was the second red in a row.")).to_be_visible()
        expect(page.locator("kp-plan").get_by_role("checkbox")).to_have_count(0)
        expect(page.get_by_role("button", name="Start")).to_have_count(0)
        expect(page.locator("kp-plan")).not_to_contain_text("A second red in a row ends the plan")
        page.get_by_role("group", name="Other days").get_by_role(
            "button", name=f"Day {day + 1}"
        ).click()
    for address in ("", "plans/"):
        page.goto(site.url(address))
        expect(page.get_by_role("link", name="Your plan has stopped")).to_be_visible()
        expect(page.get_by_text("Continue: day")).to_have_count(0)
    # Who was told to go on loses nothing of what was entered.
    page.goto(site.url(PLAN))
    page.get_by_role("button", name="Begin again with day 1 today").click()
    expect(page.locator("kp-plan h2")).to_have_text("Today: day 1 of 14")
    assert len(_titles(page)) == 3
    page.get_by_text("Dates, calendar").click()
    expect(page.locator("kp-plan").get_by_text("day 3: 0 done, pain 6")).to_be_visible()


def test_a_score_entered_by_mistake_can_be_taken_back_after_it_has_stopped_the_plan(
    open_page: Open, site: Served
) -> None:
    page = _begun(open_page, site, 2).page
    page.get_by_role("group", name="Other days").get_by_role("button", name="Day 1").click()
    page.get_by_label("Worst pain").select_option("7")
    page.get_by_role("button", name="Today", exact=True).click()
    page.get_by_label("Worst pain").select_option("6")
    expect(page.get_by_text("No session: the plan has stopped")).to_be_visible()
    page.get_by_label("Worst pain").focus()
    page.get_by_label("Worst pain").select_option("2")
    expect(page.get_by_label("Worst pain")).to_be_focused()
    expect(page.get_by_role("status")).to_contain_text("Green. Carry on.")
    assert len(_titles(page)) == 3


def test_after_red_the_session_of_the_same_day_is_not_offered_and_the_next_only_after_its_advice(
    open_page: Open, site: Served
) -> None:
    visit = _begun(open_page, site, 2)
    page = visit.page
    start = page.get_by_role("button", name="Start today’s session")
    expect(start).to_have_class(re.compile("kp-start"))
    assert _offered(page, "Harder") > 0
    page.get_by_label("Worst pain").select_option("8")
    expect(start).to_have_count(0)
    assert _offered(page, "Harder") == 0
    # What is to be taken in its easier form says where that is: by a link, or on its own page.
    for row in page.locator("kp-plan .kp-session > li").all():
        expect(row.get_by_text("Easier: ").filter(visible=True)).to_have_count(1)
    page = _on_day(visit, site, 3)
    assert _offered(page, "Harder") == 0
    assert _offered(page, "Easier") > 0
    advice = page.get_by_text("Take the easier form of what hurt").bounding_box()
    box = start.bounding_box()
    assert advice is not None
    assert box is not None
    assert advice["y"] < box["y"]
    expect(start).not_to_have_class(re.compile("kp-start"))


def _offered(page: Page, word: str) -> int:
    """How many links to an easier or a harder exercise are in sight, on the day and in the lists."""
    found = page.locator(".kp-session__more").filter(visible=True)
    return sum(words.count(f"{word}: ") for words in found.all_inner_texts())


def test_after_many_missed_days_the_week_begins_again_with_one_press_and_nothing_is_lost(
    open_page: Open, site: Served
) -> None:
    visit = _begun(open_page, site, 1)
    visit.page.get_by_label("Worst pain").select_option("2")
    page = _on_day(visit, site, 4)
    expect(page.get_by_text("Begin that week again").first).to_be_hidden()
    page = _on_day(visit, site, 9)
    # The page knows how many they were: it asks nothing, and says what is to be done.
    told = page.locator("kp-plan .kp-caution", has_text="Nothing is entered for")
    expect(told).to_contain_text("Begin that week again")
    expect(told).not_to_contain_text("?")
    page.get_by_role("button", name="Begin week 1 again today").click()
    expect(page.locator("kp-plan h2")).to_have_text("Today: day 1 of 14")
    expect(page.locator("kp-plan h2")).to_be_focused()
    expect(page.get_by_label("Worst pain")).to_have_value("")
    page.get_by_text("Dates, calendar").click()
    expect(page.get_by_label("First day")).to_have_value("2026-12-01")
    expect(
        page.locator("kp-plan").get_by_text("Monday 23 November: day 1: 0 done, pain 2.")
    ).to_be_visible()


def test_after_many_missed_days_both_ways_are_offered_and_no_question_is_about_long_ago(
    open_page: Open, site: Served
) -> None:
    visit = _begun(open_page, site, 1)
    visit.page.get_by_label("Worst pain").select_option("2")
    page = _on_day(visit, site, 2)
    expect(page.locator("div.kp-today__morning")).to_be_visible()
    page = _on_day(visit, site, 13)  # strength; the plan says to add repetitions on it
    expect(page.get_by_role("button", name="Begin week 1 again today")).to_be_visible()
    carry_on = page.get_by_role("button", name="Carry on with day 13")
    expect(carry_on).to_be_visible()
    expect(carry_on).not_to_have_class(re.compile("kp-start"))
    expect(page.get_by_role("button", name="Start today’s session")).to_have_count(0)
    expect(page.locator("div.kp-today__morning")).to_have_count(0)
    expect(page.locator("kp-plan").get_by_text("Add two reps")).to_have_count(0)
    assert _offered(page, "Harder") == 0
    carry_on.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_whoever_comes_back_when_the_days_are_over_can_begin_the_missed_week_again(
    open_page: Open, site: Served
) -> None:
    visit = _begun(open_page, site, 1)
    visit.page.get_by_label("Worst pain").select_option("2")
    page = _on_day(visit, site, 20)
    expect(page.locator("kp-plan h2")).to_have_text("Your 14 days are over")
    page.get_by_role("button", name="Begin week 1 again today").click()
    expect(page.locator("kp-plan h2")).to_have_text("Today: day 1 of 14")


def test_after_a_week_off_the_whole_plan_may_be_begun_again(open_page: Open, site: Served) -> None:
    visit = _begun(open_page, site, 1)
    visit.page.get_by_label("Worst pain").select_option("2")
    page = _on_day(visit, site, 8)
    page.get_by_label("Worst pain").select_option("2")
    again = page.get_by_role("button", name="Begin again with day 1 today")
    page = _on_day(visit, site, 15)
    expect(page.get_by_role("button", name="Begin week 2 again today")).to_be_visible()
    expect(again).to_have_count(0)
    page = _on_day(visit, site, 20)
    expect(page.get_by_role("button", name="Begin week 2 again today")).to_be_visible()
    again.click()
    expect(page.locator("kp-plan h2")).to_have_text("Today: day 1 of 14")


def test_once_the_plan_has_stopped_its_table_marks_no_day_as_the_next(
    open_page: Open, site: Served
) -> None:
    visit = _begun(open_page, site, 1)
    visit.page.get_by_label("Worst pain").select_option("8")
    page = _on_day(visit, site, 2)
    expect(page.locator("#day-2")).to_have_attribute("aria-current", "date")
    page.get_by_label("Worst pain").select_option("8")
    expect(page.get_by_text("No session: the plan has stopped")).to_be_visible()
    expect(page.locator(".kp-days tr[aria-current]")).to_have_count(0)


def test_the_checks_come_before_the_start_and_the_urgent_signs_stay_in_sight(
    open_page: Open, site: Served
) -> None:
    page = _begun(open_page, site, 1).page
    checks = page.get_by_role("link", name="Do the checks").bounding_box()
    start = page.get_by_role("button", name="Start today’s session").bounding_box()
    assert checks is not None
    assert start is not None
    assert checks["y"] < start["y"]
    expect(page.locator("kp-plan").get_by_text("Not for you now")).to_be_visible()
    expect(page.locator("article > .kp-not-for")).to_be_hidden()


def test_a_score_alone_makes_a_day_half_done_in_the_strip_and_in_the_table(
    open_page: Open, site: Served
) -> None:
    page = _begun(open_page, site, 2).page
    row, strip = page.locator("#day-2 > th"), page.locator(".kp-strip button").nth(1)
    page.get_by_label("Worst pain").select_option("2")
    expect(row).to_have_text("2begun")
    expect(row.get_by_role("img", name="begun")).to_be_attached()
    expect(strip).to_have_accessible_name(re.compile("today, begun$"))
    page.get_by_label("Worst pain").select_option("7")
    expect(row.get_by_role("img", name="stopped at red")).to_be_attached()
    expect(strip).to_have_accessible_name(re.compile("today, stopped at red$"))
    page.get_by_label("Worst pain").select_option("2")
    for box in page.locator("kp-plan").get_by_role("checkbox").all():
        box.check()
    expect(row).to_have_text("2✓")


def test_after_red_in_the_first_week_the_second_does_not_open_as_if_nothing_had_been(
    open_page: Open, site: Served
) -> None:
    visit = _begun(open_page, site, 6)
    visit.page.get_by_label("Worst pain").select_option("6")
    page = _on_day(visit, site, 8)
    expect(page.get_by_text("Take the easier form of what hurt")).to_be_visible()


@pytest.mark.parametrize("slug", PLANS)
def test_a_plan_begins_on_a_phones_first_screen_and_says_what_to_check_first(
    slug: str, open_page: Open
) -> None:
    page = open_page(f"plans/{slug}/", PHONE, java_script_enabled=True).page
    start = page.get_by_role("button", name="Start the plan")
    expect(start).to_be_visible()
    box = start.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= PHONE[1]
    check = page.get_by_role("link", name="whether it is for you").bounding_box()
    assert check is not None
    assert check["y"] < box["y"]
    page.get_by_role("link", name="whether it is for you").click()
    expect(page.locator("article > .kp-not-for").get_by_text("Not for you now")).to_be_in_viewport()


@pytest.mark.parametrize("slug", PLANS)
def test_what_a_plan_is_not_for_is_what_it_stops_for(slug: str, open_page: Open) -> None:
    page = open_page(f"plans/{slug}/", PHONE).page
    not_for, stop = (
        [link.get_attribute("href") for link in part.locator("a[href*='#flag-']").all()]
        for part in (
            page.locator("article > .kp-not-for"),
            page.locator(".kp-stop", has_text="Stop the plan and get help"),
        )
    )
    assert not_for == stop
    assert len(stop) > 4


# What is kept, and where


def test_nothing_leaves_the_device_and_nothing_is_kept_of_those_who_only_read(
    open_page: Open, site: Served
) -> None:
    visit = open_page(None, unused=True, **SCRIPT)
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    page = _on_day(visit, site, 1)
    assert page.evaluate("localStorage.length") == 0
    expect(page.get_by_text("It is not sent to anybody")).to_be_visible()
    before = len(asked)
    _begin(page)
    page.get_by_role("checkbox").first.check()
    page.get_by_label("Worst pain").select_option("5")
    # A drawing that comes into sight is fetched like any page's, and says nothing of the reader.
    drawing = re.compile(rf"GET {re.escape(site.origin)}/figures/[a-z0-9-]+/still-\d\.svg")
    assert [line for line in asked[before:] if not drawing.fullmatch(line)] == []
    assert page.evaluate("Object.keys(localStorage)") == [f"kinopress.plan./{PLANS[0]}"]
    assert all(line.startswith(f"GET {site.origin}/") for line in asked)
    assert visit.cookies() == []
    assert visit.complaints == []


def test_forgetting_asks_once_and_leaves_nothing(open_page: Open, site: Served) -> None:
    page = _begun(open_page, site, 2).page
    page.get_by_role("checkbox").first.check()
    page.get_by_text("Dates, calendar").click()
    page.get_by_role("button", name="Forget this plan").click()
    expect(page.get_by_role("button", name="Keep it")).to_be_focused()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("button", name="Forget this plan")).to_be_focused()
    assert page.evaluate("localStorage.length") == 1
    page.get_by_role("button", name="Forget this plan").click()
    page.get_by_role("button", name="Yes, forget this plan").click()
    assert page.evaluate("localStorage.length") == 0
    expect(page.get_by_role("heading", name="Follow it day by day")).to_be_focused()
    assert page.locator(".kp-days [aria-current], .kp-days__done").count() == 0


def test_a_browser_that_keeps_nothing_still_shows_the_day(open_page: Open, site: Served) -> None:
    visit = open_page(None, **SCRIPT)
    visit.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no') } })"
    )
    page = _on_day(visit, site, 2)
    _begin(page)
    expect(page.locator("kp-plan h2")).to_have_text("Today: day 2 of 14")
    expect(page.get_by_text("This browser keeps nothing")).to_be_visible()


# The calendar


def _saved(page: Page, folder: Path) -> bytes:
    if not page.get_by_role("button", name="Save calendar").is_visible():
        page.get_by_text("Dates, calendar").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save calendar").click()
    assert download.value.suggested_filename == "14-days.ics"
    download.value.save_as(folder / "saved.ics")
    return (folder / "saved.ics").read_bytes()


def _entries(file: bytes) -> list[dict[str, str]]:
    """The entries of a calendar file, unfolded; fails on lines RFC 5545 does not allow."""
    assert file.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in file.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    lines = file.decode("utf-8").replace("\r\n ", "").split("\r\n")
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    found: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1].setdefault(name, value)
    return found


def test_the_calendar_has_each_session_on_its_day_and_says_nothing_of_what_hurts(
    open_page: Open, site: Served, tmp_path: Path
) -> None:
    visit = _begun(open_page, site, 0)
    file = _saved(visit.page, tmp_path)
    entries = _entries(file)
    assert [entry["DTSTART;VALUE=DATE"] for entry in entries] == [
        f"{START + dt.timedelta(days=day):%Y%m%d}" for day in range(14)
    ]
    assert entries[0]["SUMMARY"] == "Session 1\\, 10 min\\, with checks"
    assert entries[3]["SUMMARY"] == "Session 4\\, 12 min"
    assert len({entry["UID"] for entry in entries}) == 14
    assert not re.search(rb"hamstring|pain|strong|loosen|hip|plans/[a-z]", file, re.IGNORECASE)
    assert visit.complaints == []


def test_a_second_calendar_takes_the_place_of_the_first(
    open_page: Open, site: Served, tmp_path: Path
) -> None:
    page = _begun(open_page, site, 0).page
    first = _entries(_saved(page, tmp_path))
    page.get_by_label("First day").fill("2026-11-30")
    page.get_by_text("Dates, calendar").click()
    page.get_by_label("Time of day").fill("07:30")
    second = _entries(_saved(page, tmp_path))
    assert [e["UID"] for e in first] == [e["UID"] for e in second]
    assert int(second[0]["SEQUENCE"]) > int(first[0]["SEQUENCE"])
    assert (second[0]["DTSTART"], second[0]["DURATION"]) == ("20261130T073000", "PT10M")


# Paper


@pytest.mark.parametrize("script", [False, True], ids=["plain", "script"])
@pytest.mark.parametrize("slug", PLANS)
def test_a_plan_is_printed_on_two_sheets(slug: str, script: bool, open_page: Open) -> None:
    page = open_page(f"plans/{slug}/", DESKTOP, java_script_enabled=script).page
    if script:
        page.get_by_role("button", name="Start the plan").click()
    paper = page.pdf(format="A4")
    sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(paper)).pages]
    assert len(sheets) == 2
    # The light in one piece: who holds the sheet with green and amber must not miss red.
    lights = [re.findall(r"^(Green|Amber|Red)\b", words, re.MULTILINE) for words in sheets]
    assert ["Green", "Amber", "Red"] in lights, lights
    page.emulate_media(media="print")
    minutes = page.locator("thead .kp-days__minutes")
    assert minutes.evaluate(LINES) == 1  # "Minute" and "s" below it would be two
    for words in (
        "Is this the right plan for you?",
        "The 14 days",
        "The sessions",
        "Pain: the traffic light",
        "Swaps",
        "After day 14",
    ):
        assert page.get_by_role("heading", name=words).is_visible()
    assert page.get_by_role("columnheader", name="Date").is_visible()
    assert page.locator("#today, .kp-sources, .kp-cards").filter(visible=True).count() == 0


# For everybody


ENTERED = "kp-plan, .kp-measured"
"""What changes as a plan is followed; a plan that is not begun is a kind of page, which test_accessibility looks at."""


@pytest.mark.parametrize("state", ["amber, all open", "forgetting"])
def test_axe_finds_nothing_in_any_state(state: str, open_page: Open, site: Served) -> None:
    visit = open_page(None, reduced_motion="reduce", **SCRIPT)
    page = _on_day(visit, site, 9)
    _begin(page)
    page.get_by_role("checkbox").first.check()
    page.get_by_label("Worst pain").select_option("5")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    if state == "forgetting":
        page.get_by_role("button", name="Forget this plan").click()
    assert faults(page, (PHONE, DESKTOP), within=ENTERED) == []


def test_today_fits_the_window_also_with_text_twice_as_large(open_page: Open, site: Served) -> None:
    page = _begun(open_page, site, 9).page
    page.get_by_label("Worst pain").select_option("5")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        for size in ("125%", "250%"):
            page.evaluate("size => document.documentElement.style.fontSize = size", size)
            assert page.evaluate(TOO_WIDE) == [], width
            # What stands around the plan is looked at by the tests of every page.
            cut_off = page.evaluate(CUT_OFF.replace("main *, header *, footer *", "main *"))
            assert cut_off == [], width


def test_everything_one_taps_is_large_enough(open_page: Open, site: Served) -> None:
    page = _begun(open_page, site, 9).page
    page.get_by_label("Worst pain").select_option("5")
    page.get_by_text("Dates, calendar").click()
    taps = page.evaluate(
        SIZES,
        "kp-plan :is(button, select, .kp-tick, input[type=date], input[type=time], input[type=file]), .kp-measured input",
    )
    assert len(taps) >= 9
    for words, width, height in taps:
        assert height >= 44, words
        assert width >= 44, words


def test_a_session_is_followed_with_the_keyboard_alone(open_page: Open, site: Served) -> None:
    visit = open_page(None, DESKTOP, **SCRIPT)
    page = _on_day(visit, site, 2)
    page.get_by_label("Start on").focus()
    page.get_by_label("Start on").fill(START.isoformat())
    page.keyboard.press("Enter")
    expect(page.locator("kp-plan h2")).to_be_focused()
    reached: list[str] = []
    for _ in range(30):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        outline = focused.evaluate("e => getComputedStyle(e).outlineStyle")
        assert outline != "none", focused.evaluate("e => e.outerHTML")
        kind = focused.evaluate("e => e.type ?? e.localName")
        if kind == "checkbox":
            page.keyboard.press("Space")
            expect(focused).to_be_checked()
        elif kind == "select-one":
            page.keyboard.press("5")
            expect(page.get_by_role("status")).to_contain_text("Amber.")
        elif kind == "button" and focused.inner_text() == "Day 3 ›":
            page.keyboard.press("Enter")
            reached.append(kind)
            break
        reached.append(kind)
    assert reached.count("checkbox") == 3
    assert reached.count("select-one") == 1
    expect(page.locator("kp-plan h2")).to_have_text("Day 3 of 14")
    expect(page.locator("kp-plan h2")).to_be_focused()
