"""A second coach's site, from nothing to live: another subject, another country, another language around the pages."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser import axe
from browser.fixtures import DESKTOP, PHONE, Open
from browser.server import Served, serve
from kinopress.cli.main import main
from kinopress.cli.starting import init
from kinopress.content.data.words import catalogue, words_by_form
from kinopress.project.starting.countries import COUNTRIES
from support.words import shown_text

INPUTS_MAX = 10
ANSWERS = ["Anna Example", "Free shoulders", "cy", "scotland", "shoulders"]
SOURCES = re.compile(r"NHS\s+111\s+Wales|111\s*\.wales\.nhs\.uk")
"""Where a sign comes from is named on every coach's site, and this source has the first coach's country in its name."""
FIRST_COACH = re.compile(
    r"\b(?:Jen|Coppock|Llangollen|Wales|runners?|triathletes?|hips?|bums?|buttocks?|hamstrings?|glutes?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Live:
    """The published site, and what it took to get there."""

    site: Served
    inputs: int


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """Typed as a person types it: a command, an answer to each question, a command."""
    folder = tmp_path_factory.mktemp("second")
    typed = io.TextIOWrapper(io.BytesIO("".join(f"{answer}\n" for answer in ANSWERS).encode()))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(init, "somebody_is_there", lambda: True)
        with pytest.MonkeyPatch.context() as terminal:
            terminal.setattr(sys, "stdin", typed)
            _run("init", "shoulders")
        assert typed.read() == "", "it asked as often as it was answered"
        _run("publish", "--project", "shoulders")
    with serve(folder / "shoulders-published") as site:
        yield Live(site, 2 + len(ANSWERS))


def _run(*words: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(list(words))
    assert ended.value.code == 0


def _pages(live: Live) -> dict[str, str]:
    folder = Path(live.site.folder)
    return {
        page.relative_to(folder).as_posix(): page.read_text("utf-8")
        for page in sorted(folder.rglob("*.html"))
    }


def test_from_nothing_to_live_in_ten_inputs(live: Live) -> None:
    assert live.inputs <= INPUTS_MAX
    assert "Anna Example" in _pages(live)["index.html"]


def test_nothing_of_the_first_coach_is_on_it(live: Live) -> None:
    found = {
        path: FIRST_COACH.findall(SOURCES.sub("", shown_text(html)))
        for path, html in _pages(live).items()
    }
    assert {path: words for path, words in found.items() if words} == {}


def test_readers_are_told_the_numbers_of_their_country(live: Live) -> None:
    page = _pages(live)["when-to-get-help/index.html"]
    assert f"tel:{COUNTRIES['scotland'].emergency}" in page


def test_the_page_says_which_language_it_is_in(live: Live) -> None:
    assert all('<html lang="cy"' in html for html in _pages(live).values() if "kp-header" in html)


def test_the_foot_says_which_of_its_words_are_in_english(live: Live) -> None:
    """Whom to call is in English on a new site, and so are the titles of its first pages."""
    page = _pages(live)["exercises/index.html"]
    assert re.search(
        r'<p class="kp-footer__note" lang="en"[^>]*>[^<]*In an emergency call <a', page
    )
    foot = page.partition("kp-footer__note")[2]
    titles = re.findall(r'<a href="[^"]*when-to-get-help/"([^>]*)>When to get help', foot)
    assert titles == [' lang="en"']


def test_a_script_speaks_the_language_of_the_page(live: Live, open_page: Open) -> None:
    visit = open_page(None, PHONE, java_script_enabled=True)
    visit.page.goto(live.site.url("exercises/"))
    visit.page.locator("[data-kp-narrow] summary").first.click()
    button = visit.page.locator("[data-kp-narrow] > button")
    button.wait_for(state="attached")
    assert button.text_content() == catalogue("cy")[0]["Show all"][0] != "Show all"
    assert visit.complaints == []


def test_a_page_in_another_language_is_spoken_for_in_its_own(live: Live, open_page: Open) -> None:
    """The first pages say that they are in English: so do scripts in their text; around it they speak Welsh."""
    visit = open_page(None, PHONE, java_script_enabled=True)
    visit.page.goto(live.site.url("exercises/arms-overhead/"))
    visit.page.locator("kp-follow button").first.click()
    screen = visit.page.get_by_role("dialog")
    screen.wait_for()
    assert screen.get_attribute("lang") == "en"
    welsh = {form for forms in catalogue("cy")[0].values() for form in forms}
    assert [said for said in screen.get_by_role("button").all_inner_texts() if said in welsh] == []
    visit.page.goto(live.site.url("symptoms/stiff-shoulder/"))
    visit.page.locator(".kp-header input[type=search]").press_sequentially("shoulder")
    results = visit.page.locator("[role=listbox]")
    results.first.wait_for(state="attached")
    assert results.first.get_attribute("aria-label") == catalogue("cy")[0]["Results"][0]
    heading = catalogue("cy")[0]["What it may be"][0]
    expect(results.first).to_contain_text(heading)
    assert visit.complaints == []


def test_a_warning_of_the_search_is_read_out_in_english(live: Live, open_page: Open) -> None:
    visit = open_page(None, PHONE, java_script_enabled=True)
    visit.page.goto(live.site.url("exercises/"))
    visit.page.locator(".kp-header input[type=search]").press_sequentially("crushing chest pain")
    calls = visit.page.locator(".kp-safety__call").first
    calls.wait_for()
    assert calls.get_attribute("lang") == "en"
    assert visit.page.locator(".kp-safety__title").first.get_attribute("lang") == "en"
    assert visit.complaints == []


@pytest.mark.parametrize("address", ["", "symptoms/stiff-shoulder/", "body/shoulder-front/"])
def test_axe_finds_nothing_wrong(address: str, live: Live, open_page: Open) -> None:
    visit = open_page(None, PHONE, java_script_enabled=True, reduced_motion="reduce")
    visit.page.goto(live.site.url(address))
    assert axe.faults(visit.page, [PHONE, DESKTOP]) == []
    assert visit.complaints == []


def test_a_part_of_the_body_that_the_map_does_not_draw_is_in_the_list(live: Live) -> None:
    home = _pages(live)["index.html"]
    assert "kp-body__part" not in home
    assert 'data-region="shoulder-blade"' in home


LANGUAGES = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent.trim();
    const around = walk.currentNode.parentElement;
    if (text !== "" && !around.closest("script, style")) found.push([around.closest("[lang]").lang, text]);
  }
  return found;
}"""


@pytest.mark.parametrize("address", ["", "find/", "exercises/arms-overhead/", "when-to-get-help/"])
def test_words_that_are_still_in_english_say_so(address: str, live: Live, open_page: Open) -> None:
    known, _ = catalogue("cy")
    still = {form for forms in words_by_form() if forms[0] not in known for form in forms}
    visit = open_page(None, PHONE, java_script_enabled=True)
    visit.page.goto(live.site.url(address))
    if address == "find/":
        visit.page.locator("main input[type=search]").first.press_sequentially(
            "shoulder blade pain"
        )
        expect(visit.page.locator("main")).to_contain_text("Rhomboids")
    shown = [(lang, text) for lang, text in visit.page.evaluate(LANGUAGES) if text in still]
    assert shown
    assert {text for lang, text in shown if lang != "en"} == set()
