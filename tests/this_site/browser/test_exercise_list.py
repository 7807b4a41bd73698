"""The list of exercises: its filters with and without a script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browser.axe import faults
from browser.fixtures import DESKTOP, PHONE, Open
from browser.server import Served
from kinopress.content.model.pages import Exercise
from support.own_project import own_library

from .conftest import KINDS

LIST = KINDS["list of exercises"]


LEFT_BY_EACH = """() => [...document.querySelectorAll('.kp-narrow a')].map(link => {
    const heading = document.getElementById(link.hash.slice(1));
    const list = document.evaluate('following-sibling::ul[1]', heading, null, XPathResult.FIRST_ORDERED_NODE_TYPE);
    const said = link.querySelector('span').innerText;
    return [link.innerText, Number(said), list.singleNodeValue.querySelectorAll(':scope > li').length];
})"""
"""Of each filter: its words, how many exercises it says it leaves, and how many stand in the list that it leads to."""


def test_without_a_script_each_filter_leads_to_what_it_leaves(open_page: Open) -> None:
    page = open_page(LIST, PHONE).page
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    links = page.evaluate(LEFT_BY_EACH)
    assert len(links) > 30
    for words, count, listed in links:
        assert listed == count > 0, words
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
    if size == PHONE:  # on a desk they stand open beside the list, and the script comes unasked
        page.locator('[data-group="family"] summary').click()
    page.locator(".kp-narrow__said").wait_for(state="attached")  # the script has come
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
    expect(page).to_have_url(re.compile(re.escape(site.url(f"{LIST}#?"))))
    page.reload()
    expect(cards).to_have_count(left)
    page.get_by_role("button", name="Show all").click()
    assert cards.count() == everything
    expect(page).to_have_url(site.url(LIST))
    assert visit.complaints == []


SEEN_FOR_EVERY_PAIR = """() => {
  const filters = [...document.querySelectorAll(".kp-narrow a")];
  const shown = (element) => element.checkVisibility();
  const seen = () => [...document.querySelectorAll(".kp-cards--list > li")].filter(shown).length;
  const said = (filter) => Number(filter.querySelector("span").textContent);
  const total = seen(), wrong = [];
  let tried = 0;
  const compare = (what, wanted) => {
    tried += 1;
    if (seen() !== wanted || wanted === 0) wrong.push(`${what}: ${seen()} seen, ${wanted} wanted`);
  };
  for (const first of filters) {
    first.click();
    compare(first.hash, said(first));
    for (const second of filters.slice(filters.indexOf(first) + 1)) {
      if (second.parentElement === first.parentElement || !shown(second)) continue;
      const wanted = said(second);
      second.click();
      compare(`${first.hash} and ${second.hash}`, wanted);
      second.click();
    }
    first.click();
    compare(`without ${first.hash}`, total);
  }
  return { filters: filters.length, tried, wrong };
}"""


def test_every_filter_and_every_pair_shows_as_many_cards_as_it_says(open_page: Open) -> None:
    page = open_page(LIST, DESKTOP, java_script_enabled=True).page
    page.locator(".kp-narrow__said").wait_for(state="attached")  # the folds are open on a desk
    found = page.evaluate(SEEN_FOR_EVERY_PAIR)
    assert found["wrong"] == []
    assert found["tried"] > 5 * found["filters"] > 100


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_the_chips_of_an_exercise_choose_what_they_name(
    size: tuple[int, int], open_page: Open, site: Served
) -> None:
    page = open_page(None, size, java_script_enabled=True).page
    exercise = site.url("exercises/clam/")
    page.goto(exercise)
    chips = page.locator(".kp-fact-chips a")
    addresses = [chip.get_attribute("href") or "" for chip in chips.all()]
    assert len(addresses) == 4
    for number, address in enumerate(addresses):
        page.goto(exercise)
        chips.nth(number).click()
        chosen = page.locator(".kp-narrow a[aria-current]")
        expect(chosen).to_have_attribute("href", f"#{address.partition('#')[2]}")
        count = int(chosen.locator("span").inner_text())
        expect(page.locator(".kp-cards--list > li:visible")).to_have_count(count)
        expect(page.locator(".kp-narrow")).to_be_in_viewport(ratio=0.2)
        # On a phone the filters are above the cards: how many there are is seen first.
        first = ".kp-narrow__said" if size == PHONE else ".kp-cards--list > li:visible"
        expect(page.locator(first).first).to_be_in_viewport()
    # The way back leads to the exercise, and forwards to what was chosen.
    page.go_back()
    expect(page).to_have_url(exercise)
    page.go_forward()
    expect(page.locator(".kp-narrow a[aria-current]")).to_have_count(1)


def test_an_anchor_on_the_page_itself_chooses_and_the_way_back_takes_it_back(
    open_page: Open,
) -> None:
    page = open_page(LIST, DESKTOP, java_script_enabled=True).page
    cards = page.locator(".kp-cards--list > li:visible")
    page.locator(".kp-narrow__said").wait_for(state="attached")
    everything = cards.count()
    page.evaluate("location.hash = 'level-hard'")
    expect(page.locator(".kp-narrow a[aria-current]")).to_have_attribute("href", "#level-hard")
    assert cards.count() < everything
    page.go_back()
    expect(cards).to_have_count(everything)


@pytest.mark.parametrize("address", [LIST, KINDS["list of symptoms"], KINDS["list of muscles"]])
def test_without_a_script_a_list_is_short_and_a_link_opens_its_fold(
    address: str, open_page: Open, site: Served
) -> None:
    page = open_page(address, PHONE).page
    assert page.evaluate("document.documentElement.scrollHeight") < 10 * PHONE[1]
    anchor = "level-easy" if address == LIST else "region-buttock"
    target = page.locator(f"[id={anchor}]")
    expect(target).not_to_be_visible()
    page.goto(site.url(f"{address}#{anchor}"))
    expect(target).to_be_in_viewport()


def test_with_colours_of_the_readers_own_what_is_chosen_and_what_is_pressed_is_seen(
    open_page: Open,
) -> None:
    visit = open_page(LIST, DESKTOP, java_script_enabled=True, forced_colors="active")
    page = visit.page
    page.locator(".kp-narrow__said").wait_for(state="attached")
    chosen, other = (page.locator(f'.kp-narrow a[href="#level-{n}"]') for n in ("hard", "easy"))
    chosen.click()
    fill = "e => getComputedStyle(e).backgroundColor"
    assert chosen.evaluate(fill) != other.evaluate(fill)
    edge = "e => { const s = getComputedStyle(e); return [s.borderTopStyle, s.borderTopWidth]; }"
    button = page.get_by_role("button", name="Show all")
    assert button.evaluate(edge) == ["solid", "2px"]


def test_axe_finds_nothing_once_a_filter_is_chosen(open_page: Open) -> None:
    page = open_page(LIST, PHONE, java_script_enabled=True, reduced_motion="reduce").page
    page.locator('[data-group="level"] summary').click()
    page.locator(".kp-narrow__said").wait_for(state="attached")
    page.locator('.kp-narrow a[href="#level-hard"]').click()
    assert faults(page, [PHONE], within=".kp-narrow, .kp-cards--list") == []


LONGEST = 6
"""Screens of a phone: beyond that a list is no longer looked through."""


@pytest.mark.parametrize(
    "kind",
    [kind for kind in KINDS if kind.startswith("list of") or kind == "A–Z"],
)
def test_a_list_is_under_six_screens_of_a_phone(kind: str, open_page: Open) -> None:
    page = open_page(KINDS[kind], PHONE, java_script_enabled=True).page
    height = page.evaluate("document.documentElement.scrollHeight")
    assert height < LONGEST * PHONE[1]
