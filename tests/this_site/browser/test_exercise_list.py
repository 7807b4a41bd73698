"""The list of exercises: its filters with and without a script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from browser.axe import faults
from browser.fixtures import DESKTOP, PHONE, Open
from browser.server import Served
from kinopress.content.model.pages import Exercise
from support.own_project import own_library

from .conftest import KINDS

LIST = KINDS["list of exercises"]


def test_without_a_script_each_filter_leads_to_what_it_leaves(open_page: Open) -> None:
    page = open_page(LIST, PHONE).page
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    links = page.locator(".kp-narrow a")
    assert links.count() > 30
    for link in links.all():
        count = int(link.locator("span").inner_text())
        heading = page.locator(f'[id="{(link.get_attribute("href") or "").removeprefix("#")}"]')
        listed = heading.locator("xpath=following-sibling::ul[1]/li")
        assert listed.count() == count > 0, link.inner_text()
    easy = sum(e.level == "easy" for e in own_library().of_kind(Exercise))
    assert page.locator('.kp-narrow a[href="#level-easy"] span').inner_text() == str(easy)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_with_a_script_the_cards_are_narrowed_in_place(
    size: tuple[int, int], open_page: Open, site: Served
) -> None:
    visit = open_page(LIST, size, java_script_enabled=True)
    page = visit.page
    cards = page.locator(".kp-cards--list > li:visible")
    everything = cards.count()
    page.locator(".kp-narrow__said").wait_for(state="attached")  # the script has come
    if size == PHONE:  # on a desk they stand open beside the list
        page.locator('[data-group="family"] summary').click()
    strength = page.locator('.kp-narrow a[href="#family-strength"]')
    count = int(strength.locator("span").inner_text())
    strength.click()
    assert cards.count() == count < everything
    assert page.locator(".kp-narrow__said").inner_text() == f"{count} of {everything} exercises"
    assert page.locator("h2:visible").all_inner_texts() == ["Strength"]
    if size == PHONE:
        page.locator('[data-group="level"] summary').click()
    hard = page.locator('.kp-narrow a[href="#level-hard"]')
    left = int(hard.locator("span").inner_text())
    hard.click()
    assert cards.count() == left < count
    # The address keeps it, and no server was asked for anything.
    assert page.url.startswith(site.url(f"{LIST}#?"))
    page.reload()
    expect(cards).to_have_count(left)
    page.get_by_role("button", name="Show all").click()
    assert cards.count() == everything
    assert page.url == site.url(LIST)
    assert visit.complaints == []


def test_axe_finds_nothing_once_a_filter_is_chosen(open_page: Open) -> None:
    page = open_page(LIST, PHONE, java_script_enabled=True, reduced_motion="reduce").page
    page.locator(".kp-narrow__said").wait_for(state="attached")
    page.locator('[data-group="level"] summary').click()
    page.locator('.kp-narrow a[href="#level-hard"]').click()
    assert faults(page, [PHONE]) == []
