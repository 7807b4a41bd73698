"""What a reader enters in a plan: seen in a strip and a chart, measured, saved as a file, opened again, forgotten."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from browser.axe import faults
from browser.fixtures import DESKTOP, PHONE, Open, Visit
from browser.server import Served
from this_site.browser.test_fit import BROKEN, OPEN_ALL, TOO_WIDE

from .test_plan import ENTERED, PLAN, PLANS, SCRIPT, START, _begun, _on_day

KEY = f"kinopress.plan./{PLANS[0]}"
OLD: dict[str, Any] = {
    "id": "0123456789abcdef0123456789abcdef",
    "start": START.isoformat(),
    "calendars": 1,
    "days": {
        "1": {"done": ["a", "b", "c"], "pain": 2, "settled": True},
        "2": {"done": ["a"], "pain": 5, "settled": False},
        "4": {"done": [], "pain": 3, "settled": None},
    },
}
"""What an earlier edition kept: it knew nothing of checks, copies or weeks begun again."""


def _kept(
    open_page: Open, site: Served, day: int, size: tuple[int, int] = PHONE, **options: Any
) -> Visit:
    """The plan as it opens for who began it with an earlier edition."""
    visit = open_page(None, size, **{**SCRIPT, **options})
    visit.page.goto(site.url("assets/web/kinopress.js"))  # of this site, and nothing runs on it
    visit.page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [KEY, json.dumps(OLD)])
    _on_day(visit, site, day)
    return visit


def _days(page: Page) -> list[str]:
    found = page.locator(".kp-strip button").all()
    return [str(button.get_attribute("aria-label")) for button in found]


# The strip


def test_the_strip_says_what_became_of_each_day_also_of_what_an_earlier_edition_kept(
    open_page: Open, site: Served
) -> None:
    visit = _kept(open_page, site, 6)
    page = visit.page
    days = _days(page)
    assert len(days) == 14
    assert days[0] == "Day 1, Mon, 23 November: done" or days[0] == "Day 1, Mon 23 November: done"
    ends = [day.partition(": ")[2] for day in days[:8]]
    assert ends == ["done", "begun", "missed", "begun", "missed", "today", "to come", "to come"]
    expect(page.locator(".kp-strip")).to_contain_text("1 of 14 sessions done, 2 begun, 2 missed.")
    expect(page.locator(".kp-strip")).to_contain_text("• today")
    assert page.locator(".kp-strip [aria-current=date]").count() == 1
    assert visit.complaints == []


def test_one_turns_to_a_day_by_the_strip_with_the_keyboard(open_page: Open, site: Served) -> None:
    page = _kept(open_page, site, 6).page
    page.get_by_role("button", name=re.compile("^Day 4, ")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("kp-plan h2")).to_have_text("Day 4 of 14")
    expect(page.locator("kp-plan h2")).to_be_focused()
    chosen = page.locator(".kp-strip [aria-pressed=true]")
    expect(chosen).to_have_attribute("aria-label", re.compile("^Day 4"))


def test_a_tick_is_in_the_strip_at_once(open_page: Open, site: Served) -> None:
    page = _begun(open_page, site, 2).page
    for box in page.locator("kp-plan").get_by_role("checkbox").all():
        box.check()
    expect(page.locator(".kp-strip button").nth(1)).to_have_attribute(
        "aria-label", re.compile("today, done$")
    )


def test_seven_days_are_in_a_row_on_a_phone_and_all_in_one_on_a_desk(
    open_page: Open, site: Served
) -> None:
    for size, rows in ((PHONE, 2), (DESKTOP, 1)):
        page = _kept(open_page, site, 6, size).page
        tops = {round(b.bounding_box()["y"]) for b in page.locator(".kp-strip button").all()}  # type: ignore[index] # visible
        assert len(tops) == rows
        assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("address", ["", "plans/"], ids=["home", "plans"])
def test_home_and_the_list_of_plans_have_it_small(
    address: str, open_page: Open, site: Served
) -> None:
    visit = _kept(open_page, site, 6, reduced_motion="reduce")
    visit.page.goto(site.url(address))
    link = visit.page.get_by_role("link", name="Continue: day 6 of 14")
    expect(link).to_contain_text("1 of 14 sessions done, 2 begun, 2 missed.")
    assert link.locator(".kp-strip__day").count() == 14
    assert faults(visit.page, (PHONE, DESKTOP), within="kp-continue") == []


# Paper


def test_the_printed_plan_takes_along_what_was_entered(open_page: Open, site: Served) -> None:
    page = _kept(open_page, site, 6, DESKTOP).page
    page.get_by_label("Day 0").first.fill("12.5")
    paper = PdfReader(io.BytesIO(page.pdf(format="A4")))
    assert len(paper.pages) == 2
    page.emulate_media(media="print")

    def cells(row: str) -> list[str]:
        return [cell.inner_text() for cell in page.locator(f"{row} > .kp-paper").all()]

    assert cells("#day-1") == ["Mon 23 Nov", "2 green", "settled"]
    assert cells("#day-2") == ["Tue 24 Nov", "5 amber", "not settled"]
    assert cells("#day-5") == ["Fri 27 Nov", "", ""]
    assert "12.5" in cells(".kp-tests tbody tr:first-child")[0]
    assert page.locator("#day-1 > th").inner_text() == "1✓"


# Checks


def test_checks_are_entered_and_compared_with_what_counts_as_real(
    open_page: Open, site: Served
) -> None:
    visit = _begun(open_page, site, 1)
    page = visit.page
    checks = page.locator(".kp-measured")
    knee = checks.get_by_role("group", name="Active knee extension")
    assert knee.get_by_role("textbox").count() == 2  # day 7 has not come
    knee.get_by_label("Day 0, left").fill("40")
    knee.get_by_label("Day 0, right").fill("38,5")
    checks.get_by_role("group", name="Toe touch").get_by_label("Day 0").fill("12")
    page.keyboard.press("Tab")
    expect(page.locator("kp-plan")).to_contain_text("2 of 4 entered.")
    page = _on_day(visit, site, 7)
    knee.get_by_label("Day 7, left").fill("31")
    knee.get_by_label("Day 7, right").fill("35")
    checks.get_by_role("group", name="Toe touch").get_by_label("Day 7").fill("9")
    page.keyboard.press("Tab")
    for words in (
        "Day 7, left: 9 degrees less than on day 0: that counts as a real change (8 degrees or more).",
        "Day 7, right: 3.5 degrees less than on day 0: smaller than what counts as a real change",
    ):
        expect(knee).to_contain_text(words)
    expect(checks.get_by_role("group", name="Toe touch")).to_contain_text(
        "3 cm less than on day 0. How much change counts as real is not known, so this may be chance."
    )
    assert visit.complaints == []


def test_what_is_no_value_is_not_kept_and_the_field_says_so(open_page: Open, site: Served) -> None:
    page = _begun(open_page, site, 1).page
    field = page.get_by_role("group", name="Worst pain of the last 24 hours").get_by_label("Day 0")
    field.fill("11")
    page.keyboard.press("Tab")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("Not kept: write a number from 0 to 10.")
    field.fill("6")
    page.keyboard.press("Tab")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    kept = page.evaluate("key => JSON.parse(localStorage.getItem(key)).checks", KEY)
    assert kept == {"0": {"nprs-worst-24h": 6}}


def test_a_number_is_kept_before_its_box_is_left(open_page: Open, site: Served) -> None:
    page = _begun(open_page, site, 1).page
    field = page.get_by_role("group", name="Worst pain of the last 24 hours").get_by_label("Day 0")
    field.press_sequentially("7")
    kept = page.evaluate("key => JSON.parse(localStorage.getItem(key)).checks", KEY)
    assert kept == {"0": {"nprs-worst-24h": 7}}
    expect(field).to_be_focused()
    # The beginning of what is no value is none either.
    field.press_sequentially("5")
    kept = page.evaluate("key => JSON.parse(localStorage.getItem(key)).checks", KEY)
    assert "7" not in str(kept)


def test_one_comes_from_the_day_to_the_checks_and_back(open_page: Open, site: Served) -> None:
    page = _begun(open_page, site, 1).page
    page.get_by_role("link", name="Do the checks").click()
    expect(page.get_by_role("heading", name="What you measured")).to_be_in_viewport()
    page.get_by_role("link", name="Back to your day").click()
    expect(page.locator("kp-plan h2")).to_be_in_viewport()


# Pain


@pytest.mark.parametrize(("width", "letters"), [(PHONE[0], "250%"), (320, "")])
def test_no_word_of_a_running_plan_is_broken_in_large_letters(
    width: int, letters: str, open_page: Open, site: Served
) -> None:
    page = _kept(open_page, site, 6, (width, PHONE[1])).page
    page.evaluate(OPEN_ALL)
    page.evaluate("size => { document.documentElement.style.fontSize = size; }", letters)
    expect(page.locator(".kp-scores tbody tr").first).to_be_visible()
    broken = page.evaluate(f"() => ({BROKEN})()")
    assert [one for one in broken if "physiotherapist" not in one] == []
    # In columns no longer: each of a score's words says what it is.
    said = "e => getComputedStyle(e, '::before').content"
    assert page.locator(".kp-scores tbody td").nth(1).evaluate(said) == '"Worst pain: "'


def test_scores_are_a_chart_with_the_same_figures_in_a_table(open_page: Open, site: Served) -> None:
    visit = _kept(open_page, site, 6)
    page = visit.page
    chart = page.get_by_role("img", name="Scores from 0 to 10: day 1: 2, day 2: 5, day 4: 3.")
    assert chart.locator("circle").count() == 3
    page.get_by_text("The scores as a table").click()
    rows = [
        row.all_inner_texts()
        for row in (page.locator(".kp-scores tbody tr").all())
        for row in [row.locator("th, td")]
    ]
    assert [[row[0], row[2], row[3]] for row in rows] == [
        ["1", "2", "green"],
        ["2", "5", "red"],
        ["4", "3", "green"],
    ]
    page.get_by_label("Worst pain").select_option("1")
    expect(page.locator(".kp-chart circle")).to_have_count(4)
    assert visit.complaints == []


# Copies


def _save_copy(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name="Save a copy", exact=True).click()
    assert download.value.suggested_filename == "14-days-copy.txt"
    path = folder / "14-days-copy.txt"
    download.value.save_as(path)
    return path


def _open_copy(page: Page, path: Path) -> None:
    if not page.get_by_label("Open a saved copy").is_visible():
        page.get_by_text(re.compile("Dates, calendar|I have a saved copy")).click()
    page.get_by_label("Open a saved copy").set_input_files(path)


def test_a_copy_is_offered_on_the_first_day_with_its_reason_and_no_more_once_it_is_saved(
    open_page: Open, site: Served, tmp_path: Path
) -> None:
    visit = _begun(open_page, site, 1)
    page = visit.page
    # What is said of Safari is said in Safari alone.
    expect(
        page.get_by_text("What this page keeps is gone when the data of this browser")
    ).to_be_visible()
    expect(page.get_by_text("Safari")).to_have_count(0)
    _save_copy(page, tmp_path)
    expect(page.get_by_text("The copy is the file 14-days-copy.txt.")).to_be_visible()
    expect(page.get_by_text("What this page keeps is gone")).to_have_count(0)
    page.get_by_text("Dates, calendar").click()
    expect(page.get_by_text("The last one was saved on Monday 23 November")).to_be_visible()
    assert visit.complaints == []


def test_in_safari_it_is_said_how_soon_it_forgets(open_page: Open, site: Served) -> None:
    visit = open_page("", PHONE, java_script_enabled=True)
    visit.page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'vendor', { get: () => 'Apple Computer, Inc.' })"
    )
    visit.page.goto(site.url("plans/tight-hamstrings-14/"))
    visit.page.get_by_role("button", name="Start the plan").click()
    expect(visit.page.get_by_text("Safari forgets what a page keeps")).to_be_visible()


def test_what_is_saved_from_the_fold_is_answered_there(
    open_page: Open, site: Served, tmp_path: Path
) -> None:
    page = _kept(open_page, site, 6).page
    page.get_by_text("Dates, calendar").click()
    with page.expect_download():
        page.get_by_role("button", name="Save a copy of everything").click()
    said = page.locator(".kp-today__tools[open]").get_by_text("The copy is the file")
    expect(said).to_be_visible()
    expect(said).to_be_in_viewport()


def test_a_device_that_knows_nothing_goes_on_with_the_copy(
    open_page: Open, site: Served, tmp_path: Path
) -> None:
    kept = _kept(open_page, site, 6).page
    kept.get_by_text("Your note").click()
    kept.get_by_label("How day 6 went").fill("The stairs were easy.")
    path = _save_copy(kept, tmp_path)
    visit = open_page(None, **SCRIPT)
    page = _on_day(visit, site, 6)
    _open_copy(page, path)
    expect(page.get_by_label("How day 6 went")).to_have_value("The stairs were easy.")
    expect(page.locator(".kp-days__earlier")).to_contain_text("Day 6: The stairs were easy.")
    expect(page.locator("kp-plan h2")).to_have_text("Today: day 6 of 14")
    expect(page.locator(":focus")).to_contain_text("opened from the copy")
    assert [day.partition(": ")[2] for day in _days(page)[:3]] == ["done", "begun", "missed"]
    assert visit.complaints == []


def test_a_copy_adds_to_what_is_here_and_replaces_none_of_it(
    open_page: Open, site: Served, tmp_path: Path
) -> None:
    path = _save_copy(_kept(open_page, site, 6).page, tmp_path)
    page = _begun(open_page, site, 6).page
    page.get_by_role("button", name=re.compile("^Day 1, ")).click()
    page.get_by_label("Worst pain").select_option("4")
    _open_copy(page, path)
    expect(page.get_by_text("what was missing here was added")).to_be_visible()
    expect(
        page.get_by_role("img", name="Scores from 0 to 10: day 1: 4, day 2: 5, day 4: 3.")
    ).to_be_visible()


def test_a_file_that_cannot_be_used_is_refused_in_words_and_changes_nothing(
    open_page: Open, site: Served, tmp_path: Path
) -> None:
    visit = _kept(open_page, site, 6)
    page = visit.page
    text = _save_copy(page, tmp_path).read_text("utf-8")
    before = page.evaluate("key => localStorage.getItem(key)", KEY)
    path = tmp_path / "spoilt.txt"
    # None says the same as the one before it, so each is seen to be refused.
    for spoilt, words in (
        ("Dear coach", "This file is not a copy that this site has saved."),
        (text[:-40], "This copy is damaged"),
        (text.replace('"version": 1', '"version": 2'), "saved by a newer edition"),
        (text.replace('"pain": 5', '"pain": 1'), "This copy is damaged"),
    ):
        assert spoilt != text
        path.write_text(spoilt, "utf-8")
        _open_copy(page, path)
        expect(page.get_by_text(words)).to_be_visible()
        expect(page.get_by_text("Nothing was changed here.")).to_be_visible()
        assert page.evaluate("key => localStorage.getItem(key)", KEY) == before
    assert visit.complaints == []


def test_everything_kept_can_be_forgotten_and_is_named_before(
    open_page: Open, site: Served
) -> None:
    page = _kept(open_page, site, 6).page
    page.evaluate(
        """() => {
            localStorage.setItem('kinopress.sounds', '{}');
            localStorage.setItem('another.page', '1');
            localStorage.setItem('kinopress.plan./deep-buttock-pain-14', localStorage.getItem('kinopress.plan./tight-hamstrings-14'));
        }"""
    )
    page.get_by_text("Dates, calendar").click()
    page.get_by_role("button", name="Forget everything").click()
    asked = page.locator(".kp-today__tools")
    for words in (
        "14 days for tight",
        "14 days for deep buttock pain",
        "your settings, as for sounds",
    ):
        expect(asked).to_contain_text(words)
    page.get_by_role("button", name="Yes, forget everything").click()
    assert page.evaluate("Object.keys(localStorage)") == ["another.page"]
    expect(page.get_by_role("heading", name="Follow it day by day")).to_be_focused()


def test_two_windows_of_a_plan_do_not_write_over_each_other(open_page: Open, site: Served) -> None:
    visit = _kept(open_page, site, 6)
    other = visit.context.new_page()
    other.clock.set_fixed_time("2026-11-28T09:00:00Z")
    other.goto(site.url(PLAN))
    other.get_by_label("Worst pain").select_option("1")
    expect(visit.page.locator(".kp-chart circle")).to_have_count(4)
    visit.page.get_by_role("checkbox").first.check()
    expect(other.locator(".kp-strip button").nth(5)).to_have_attribute(
        "aria-label", re.compile("begun$")
    )
    days = visit.page.evaluate("key => JSON.parse(localStorage.getItem(key)).days[6]", KEY)
    assert (days["pain"], len(days["done"])) == (1, 1)


# The calendar


def test_a_reminder_needs_a_time_and_the_page_says_what_google_does(
    open_page: Open, site: Served, tmp_path: Path
) -> None:
    page = _begun(open_page, site, 1).page
    page.get_by_text("Dates, calendar").click()
    expect(page.get_by_text("Google Calendar ignores reminders in files")).to_be_visible()
    reminder = page.get_by_label("Reminder")
    expect(reminder).to_be_disabled()
    page.get_by_label("Time of day").fill("07:30")
    reminder.select_option("30 minutes before")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save calendar").click()
    download.value.save_as(tmp_path / "saved.ics")
    file = (tmp_path / "saved.ics").read_text("utf-8")
    assert file.count("BEGIN:VALARM") == file.count("TRIGGER:-PT30M") == 14


def test_a_link_in_the_calendar_leads_over_the_list_of_plans_to_its_day(
    open_page: Open, site: Served
) -> None:
    visit = _kept(open_page, site, 6)
    page = visit.page
    page.goto(site.url("plans/#plan-day-3"))
    page.get_by_role("link", name="Continue: day 6 of 14").click()
    expect(page.locator("kp-plan h2")).to_have_text("Day 3 of 14")
    expect(page.locator("kp-plan h2")).to_be_in_viewport()
    assert visit.complaints == []


# For everybody


def test_axe_finds_nothing_in_the_record(open_page: Open, site: Served) -> None:
    page = _kept(open_page, site, 7, reduced_motion="reduce").page
    page.get_by_role("group", name="Worst pain of the last 24 hours").get_by_label("Day 0").fill(
        "x"
    )
    page.keyboard.press("Tab")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.get_by_role("button", name="Forget everything").click()
    assert faults(page, (PHONE, DESKTOP), within=ENTERED) == []
