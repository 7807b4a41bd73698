"""Finding a page as a reader does: in the field at the top, on the page of results, by keyboard, on a phone."""

from __future__ import annotations

import contextlib
import gzip
import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page, Route, expect

from browser.axe import faults
from browser.fixtures import DESKTOP, PHONE, Open
from browser.server import Served
from kinopress.content.model.shared import SignWeights
from kinopress.finder.signs.listener import packed_listener
from kinopress.finder.signs.packing import parts_of
from kinopress.finder.signs.rules import sign_file
from support.own_project import own_library

FIELD = "header input[type=search]"
PAGE_FIELD = "main input[type=search]"
SETTLED = re.compile("^(empty|ready)$")
GROUPS = [
    "What to do today",
    "What it may be",
    "To read",
    "Who can help, and when",
    "The coach and this site",
]


def results(page: Page) -> list[str]:
    return [str(r.get_attribute("data-result")) for r in page.locator("[data-result]").all()]


def chosen(page: Page) -> dict[str, list[str]]:
    """The query in the address, which stands behind its # alone."""
    assert urlsplit(page.url).query == ""
    fragment = urlsplit(page.url).fragment
    assert fragment.startswith("?"), page.url
    return parse_qs(fragment[1:])


def ask(page: Page, words: str, field: str = FIELD) -> Locator:
    """Type words and wait for all that they lead to."""
    page.fill(field, words)
    found = page.locator("[data-result]")
    expect(found.first).to_be_visible()
    # What is known at once is shown at once; what was found is told when the rest has come.
    expect(page.locator("header [role=status]")).not_to_be_empty()
    return found


def open_with_scripts(
    open_page: Open, address: str, size: tuple[int, int] = PHONE, *, unused: bool = False
) -> Page:
    """A page whose script has begun; the page of results has shown what it shows at once."""
    page = open_page(address, size, unused=unused, java_script_enabled=True).page
    if address.startswith("find/?") or address.startswith("find/#"):
        expect(page.locator("[data-kp-results]")).to_have_attribute("data-state", SETTLED)
    return page


def test_nothing_of_the_finder_is_fetched_before_a_reader_reaches_for_it(
    open_page: Open, site: Served
) -> None:
    page = open_page(None, unused=True, java_script_enabled=True).page
    asked: list[str] = []
    page.on("request", lambda r: asked.append(urlsplit(r.url).path))
    page.goto(site.url("muscles/piriformis/"))
    page.wait_for_load_state("networkidle")
    assert [path for path in asked if "/assets/web/" in path] == ["/assets/web/kinopress.js"]
    assert not any("/assets/finder/" in path for path in asked)
    with page.expect_response("**/assets/finder/index.json") as answer:
        page.focus(FIELD)
    assert answer.value.ok


FIRST_BYTES_MOST = 35 * 1024
"""Index and program of a first search that no rule for warning signs is near, with gzip."""

FREE_LEAST = 700
"""Room in it for signs and pages to come. Measured 1,021; who takes more looks for it elsewhere (FIGURES.md)."""


def test_a_first_search_fetches_little_and_no_rules(open_page: Open, site: Served) -> None:
    page = open_page(None, DESKTOP, unused=True, java_script_enabled=True).page
    page.goto(site.url("muscles/piriformis/"))
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda r: asked.append(urlsplit(r.url).path))
    page.locator(FIELD).press_sequentially("bum hurts when I sit")
    expect(page.locator("header [role=status]")).to_contain_text("results")
    fetched = sorted(
        {path for path in asked if path.startswith(("/assets/finder/", "/assets/web/"))}
    )
    assert "/assets/finder/index.json" in fetched
    assert [path for path in fetched if "/signs" in path] == []
    # The second file is counted by itself, and what keeps the site on the device is no part of a search.
    first = [
        gzip.compress(page.request.get(site.url(path.removeprefix("/"))).body(), 9)
        for path in fetched
        if "/more" not in path and "/keeping-" not in path
    ]
    assert len(first) >= 3
    assert sum(map(len, first)) <= FIRST_BYTES_MOST - FREE_LEAST


ASKED = {
    "piriformis": "muscles/piriformis",
    "tight hamstrings": "symptoms/tight-hamstrings",
    "muscle energy technique": "techniques/met",
    "gluteus medius": "muscles/gluteus-medius",
    "HAMSTRIGNS": "muscles/hamstrings",
    "sore under my heel first thing": "symptoms/heel-pain",
    "clamshells": "exercises/clam",
    "pain in my bum when running": "symptoms/deep-buttock-pain",
    "cant touch my toes": "symptoms/limited-forward-bend",
    "tfl": "muscles/tensor-fasciae-latae",
}


def test_a_readers_words_lead_to_the_page(open_page: Open) -> None:
    page = open_with_scripts(open_page, "find/", DESKTOP)
    for words, first in ASKED.items():
        page.fill(PAGE_FIELD, words)
        expect(page.locator("[data-result]").first).to_have_attribute("data-result", first)


def test_words_that_have_nothing_to_do_with_the_site_find_nothing(open_page: Open) -> None:
    page = open_with_scripts(open_page, "find/#?q=banana+bread+recipe")
    expect(page.locator(".kp-find__status")).to_contain_text("Nothing found")
    assert results(page) == []
    ways = page.locator(".kp-found .kp-none")
    expect(ways.get_by_role("link", name="Point at the body")).to_be_visible()
    expect(ways.get_by_role("link", name="A–Z of all names")).to_be_visible()


def asked_one_after_the_other(page: Page, address: str, all_words: Iterable[str]) -> Iterator[str]:
    """Type words, once nothing is left of those before them."""
    for words in all_words:
        if address == "find/":
            page.fill(PAGE_FIELD, "")
            expect(page.locator("[data-safety-card]")).to_have_count(0)
            page.fill(PAGE_FIELD, words)
        else:
            page.reload()
            page.fill(FIELD, words)
        yield words


SIGNS = (
    "numb between my legs",
    "can't pee since my back went",
    "calf hot and swollen",
    "fell off my bike and can't stand",
    "both legs gone weak",
)


CARD_AND_FIRST = """() => {
    const seen = what => [...document.querySelectorAll(what)].find(one => one.checkVisibility());
    const box = what => seen(what)?.getBoundingClientRect();
    return [box('[data-safety-card]')?.bottom ?? null, box('[data-result]')?.top ?? null];
}"""
"""Where the card ends and the first page in sight begins, at one moment: both are made again when the rest is found."""


@pytest.mark.parametrize("address", ["muscles/piriformis/", "find/"])
def test_a_warning_sign_stands_above_everything_with_whom_to_call(
    address: str, open_page: Open
) -> None:
    page = open_with_scripts(open_page, address)
    card = page.locator("[data-safety-card]")
    for words in asked_one_after_the_other(page, address, SIGNS):
        expect(card).to_be_visible()
        expect(card).to_contain_text("Call")
        expect(card.locator("a[href^='tel:']").first).to_be_visible()
        below, above = page.evaluate(CARD_AND_FIRST)
        assert below is not None, words
        assert above is None or below <= above, words
        href = str(card.locator("li a").first.get_attribute("href"))
        assert "when-to-get-help/#flag-" in href, words
    card.locator("li a").first.click()
    page.wait_for_url("**/when-to-get-help/#flag-*")
    assert page.locator(":target").is_visible()


DANGERS = {
    "chest pain": ["999"],
    "cant breathe": ["999"],
    "i want to end it all": ["999", "111", "116123"],
}


HELD = """() => {
    window.held = new Map();
    window.told = [];
    const [set, clear] = [setTimeout, clearTimeout];
    window.setTimeout = (act, after, ...values) => {
        if (after !== 300) return set(act, after, ...values);
        const number = -1 - held.size;
        held.set(number, act);
        return number;
    };
    window.clearTimeout = (number) => number < 0 ? held.set(number, null) : clear(number);
    const watched = new MutationObserver(() => told.push(document.body.innerText));
    watched.observe(document.body, {childList: true, subtree: true, characterData: true, attributes: true});
}"""
"""The rest after a letter lasts until the test lets it go, and all that a reader sees until then is kept."""


@pytest.mark.parametrize("address", ["muscles/piriformis/", "find/"])
def test_that_nothing_was_found_is_said_of_no_word_that_is_begun(
    address: str, open_page: Open
) -> None:
    page = open_with_scripts(open_page, address)
    field = PAGE_FIELD if address == "find/" else FIELD
    page.focus(field)
    page.evaluate(HELD)
    for letter in "qzx":
        page.locator(field).press_sequentially(letter)
        page.wait_for_load_state("networkidle")
    page.wait_for_function("() => [...held.values()].at(-1) instanceof Function")
    told = page.evaluate("() => told.filter((words) => words.includes('Nothing found'))")
    assert told == []
    page.evaluate("() => [...held.values()].at(-1)()")
    expect(page.locator("body")).to_contain_text("Nothing found")


@pytest.mark.parametrize("address", ["muscles/piriformis/", "find/"])
def test_a_danger_of_another_kind_shows_whom_to_call_and_nothing_else(
    address: str, open_page: Open
) -> None:
    page = open_with_scripts(open_page, address)
    for words in asked_one_after_the_other(page, address, DANGERS):
        card = page.locator("[data-safety-card='emergency']")
        expect(card).to_be_visible()
        links = card.locator("a[href^='tel:']")
        called = [link.get_attribute("href") for link in links.all()]
        assert called == [f"tel:{number}" for number in DANGERS[words]]
        # It is named once, in the title.
        title = card.locator(".kp-safety__title").inner_text()
        assert card.get_by_text(title, exact=True).count() == 1
        assert page.locator("[data-result]").count() == 0
        expect(page.get_by_text("Did you mean")).to_be_hidden()
        expect(page.get_by_text("Nothing found")).to_be_hidden()


def test_below_an_emergency_nothing_invites_to_exercise(open_page: Open) -> None:
    page = open_with_scripts(open_page, "find/")
    body_map = page.locator("#body-map")
    expect(body_map).to_be_visible()
    page.fill(PAGE_FIELD, "numb between my legs and cant feel when i pee")
    expect(page.locator("[data-safety-card='emergency']")).to_be_visible()
    expect(body_map).to_be_hidden()
    expect(page.locator("details.kp-filters")).to_be_hidden()
    page.fill(PAGE_FIELD, "tight calf")
    expect(body_map).to_be_visible()


def test_beside_an_emergency_pages_are_folded_and_under_the_field_left_out(open_page: Open) -> None:
    words = "hamstring pain and numb between my legs"
    page = open_with_scripts(open_page, "find/")
    page.fill(PAGE_FIELD, words)
    expect(page.locator("[data-safety-card='emergency']")).to_be_visible()
    fold = page.locator("details.kp-later")
    expect(fold).to_have_count(1)
    expect(page.locator("[data-result]").first).to_be_hidden()
    fold.locator("summary").click()
    expect(page.locator("[data-result]").first).to_be_visible()
    page = open_with_scripts(open_page, "")
    page.fill(PAGE_FIELD, words)
    expect(page.locator("[data-safety-card='emergency']")).to_be_visible()
    expect(page.locator("[data-result]")).to_have_count(0)


@pytest.mark.parametrize("address", ["", "find/"])
def test_numbers_in_a_warning_are_buttons_for_a_thumb(address: str, open_page: Open) -> None:
    page = open_with_scripts(open_page, address)
    page.fill(PAGE_FIELD, "chest pain")
    button = page.locator("[data-safety-card] a[href='tel:999']")
    expect(button).to_be_visible()
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["width"] >= 44


@pytest.mark.parametrize("address", ["", "find/"])
def test_nothing_that_may_be_wrong_is_shown_before_words_are_checked(
    address: str, open_page: Open
) -> None:
    page = open_page(address, unused=True, java_script_enabled=True).page
    held: list[Route] = []
    # A built-in method cannot be marked as a handler by Playwright.
    page.route("**/assets/finder/signs.json", lambda route: held.append(route))  # noqa: PLW0108
    found = page.locator("[data-result]")
    page.fill(PAGE_FIELD, "calf stretch")
    expect(found.first).to_be_visible()
    page.fill(PAGE_FIELD, "calf pain and now out of breath")
    expect(page.get_by_text("Checking for warning signs").first).to_be_visible()
    expect(found).to_have_count(0)
    while not held:
        page.wait_for_timeout(20)
    for route in held:
        route.continue_()
    expect(page.locator("[data-safety-card='emergency']")).to_be_visible()


@pytest.mark.parametrize("address", ["", "find/"])
def test_who_finds_nothing_is_told_whom_to_call(address: str, open_page: Open) -> None:
    page = open_with_scripts(open_page, address)
    page.fill(PAGE_FIELD, "xyzzyplugh qqqq")
    box = page.locator(".kp-none, .kp-popup__instead").filter(has=page.locator("[href='tel:999']"))
    expect(box.locator("[href='tel:999']")).to_be_visible()
    expect(box.locator("[href='tel:111']")).to_be_visible()
    expect(box.locator("[href$='when-to-get-help/']")).to_be_visible()


@pytest.mark.parametrize("address", ["", "muscles/piriformis/", "find/"])
def test_without_the_index_words_are_checked_all_the_same(address: str, open_page: Open) -> None:
    page = open_page(address, unused=True, java_script_enabled=True).page
    page.route("**/assets/finder/index.json", lambda route: route.abort())
    field = page.locator("[data-kp-finder] input").first
    field.fill("hamstring")
    form = page.locator("main, header form")
    expect(form.locator(".kp-safety [href='tel:999']").first).to_be_visible()
    expect(form.locator(".kp-safety [href='tel:111']").first).to_be_visible()
    field.fill("calf pain and now out of breath")
    expect(page.locator("[data-safety-card='emergency'] [href='tel:999']")).to_be_visible()


def test_an_index_of_an_earlier_edition_is_asked_for_again(open_page: Open) -> None:
    page = open_page("muscles/", unused=True, java_script_enabled=True).page

    def kept(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"v": 6})

    page.route("**/assets/finder/index.json", kept, times=1)
    ask(page, "piriformis")


@pytest.mark.parametrize("address", ["", "find/"])
def test_without_index_and_rules_the_reader_is_told_whom_to_call_once(
    address: str, open_page: Open
) -> None:
    page = open_page(address, unused=True, java_script_enabled=True).page
    page.route("**/assets/finder/index.json", lambda route: route.abort())
    page.route("**/assets/web/signs-*.js", lambda route: route.abort())
    field = page.locator(PAGE_FIELD)
    told = page.locator("main form [data-safety-ask]")
    for _ in range(2):
        field.focus()
        expect(told).to_have_count(1)
        for number in ("999", "111"):
            expect(told.locator(f"[href='tel:{number}']")).to_be_visible()
        field.blur()


@pytest.mark.parametrize("saves", [False, True])
def test_the_finder_comes_at_leisure_to_the_page_of_results_and_the_rules_with_words(
    saves: bool, open_page: Open, site: Served
) -> None:
    page = open_page(None, unused=True, java_script_enabled=True).page
    page.add_init_script(
        f"Object.defineProperty(navigator, 'connection', {{value: {{saveData: {str(saves).lower()}}}}})"
    )
    asked: list[str] = []
    page.on("request", lambda r: asked.append(urlsplit(r.url).path))
    page.clock.install()
    page.goto(site.url("find/"))
    page.wait_for_load_state("load")
    page.clock.run_for(2000)
    page.wait_for_load_state("networkidle")
    assert ("/assets/finder/index.json" in asked) is not saves
    page.focus(PAGE_FIELD)
    page.wait_for_load_state("networkidle")
    assert "/assets/finder/index.json" in asked
    assert "/assets/finder/signs.json" not in asked
    with page.expect_response("**/assets/finder/signs.json"):
        page.locator(PAGE_FIELD).press_sequentially("chest pain ")


@pytest.mark.parametrize(("address", "behind"), [("", ".kp-where"), ("exercises/clam/", "main h1")])
def test_behind_an_open_list_with_an_emergency_the_page_rests(
    address: str, behind: str, open_page: Open
) -> None:
    page = open_with_scripts(open_page, address)
    field = page.locator(PAGE_FIELD if address == "" else FIELD)
    field.fill("chest pain")
    expect(page.locator("[data-safety-card='emergency']")).to_be_visible()
    expect(page.locator(behind).first).to_be_hidden()
    field.press("Escape")
    expect(page.locator(behind).first).to_be_visible()


def test_what_the_site_is_not_about_is_said_and_no_name_is_guessed(open_page: Open) -> None:
    page = open_with_scripts(open_page, "find/")
    page.fill(PAGE_FIELD, "neck pain")
    expect(page.get_by_text("This site has nothing about “neck”.")).to_be_visible()
    expect(page.get_by_text("Did you mean")).to_be_hidden()
    assert page.locator("[data-result]").count() == 0


def test_beside_what_may_be_a_danger_no_name_is_guessed(open_page: Open) -> None:
    page = open_with_scripts(open_page, "find/#?q=piriformas&equipment=Kettlebell")
    nothing = page.locator(".kp-found .kp-none")
    expect(nothing).to_contain_text(re.compile(r"Did you mean:\s*Piriformis"))
    page.fill(PAGE_FIELD, "tingling piriformas")
    expect(page.locator("[data-safety-ask]")).to_contain_text("new, bad or getting worse")
    expect(nothing).to_contain_text("Other ways:")
    expect(nothing).not_to_contain_text("Did you mean")


def test_a_card_says_whom_to_call_for_the_most_urgent_sign_and_names_what_brings_it_on(
    open_page: Open,
) -> None:
    page = open_with_scripts(open_page, "find/")
    page.fill(PAGE_FIELD, "infected cut and now she is confused and breathing fast")
    card = page.locator("[data-safety-card='emergency']")
    expect(card.locator(".kp-safety__title")).to_contain_text("An infection with confusion")
    expect(card.locator("li")).to_contain_text(["Collapse"])
    expect(card.locator(".kp-safety__call")).to_contain_text("wait for the ambulance")
    expect(card).to_contain_text("start chest compressions")
    expect(card).to_contain_text("Say that you are worried about sepsis")
    assert card.inner_text().count("This site has nothing else for you now.") == 1


def test_in_pregnancy_the_maternity_unit_is_rung_and_no_advice_line_first(open_page: Open) -> None:
    page = open_with_scripts(open_page, "find/")
    page.fill(PAGE_FIELD, "30 weeks and the baby has stopped moving")
    card = page.locator("[data-safety-card='urgent']")
    call = card.locator(".kp-safety__call")
    expect(call).to_contain_text("Ring your midwife or the maternity unit straight away")
    said = card.inner_text()
    assert said.index("maternity unit straight away") < said.index("999") < said.index("111")
    assert said.count("111") == 1


def test_a_sign_that_says_itself_whom_to_ring_speaks_for_no_other(open_page: Open) -> None:
    # "Bumps" may be a reader's who is with child; a tummy that hurts over them is for 111 whoever has it.
    page = open_with_scripts(open_page, "find/")
    page.fill(PAGE_FIELD, "low tummy pain on the right, worse over speed bumps")
    said = page.locator("[data-safety-card='urgent']")
    expect(said).to_contain_text("Ring your midwife or the maternity unit straight away")
    expect(said).to_contain_text("Ring 111 now")


def test_that_there_is_nothing_else_is_said_last(open_page: Open) -> None:
    page = open_with_scripts(open_page, "find/")
    page.fill(PAGE_FIELD, "infected cut and now she is confused and breathing fast")
    card = page.locator("[data-safety-card='emergency']")
    expect(card).to_contain_text("This site has nothing else for you now.")
    acts = [words for words in card.locator("p").all_inner_texts() if words]
    assert acts[-1].endswith("This site has nothing else for you now.")


ENLARGED = (320, 256)
"""A screen of 1280 by 1024 at 400 %, as WCAG 1.4.10 has it."""


def comes_into_sight(card: Locator) -> None:
    """See that a warning's first lines, which say what it is and whom to call, are on the screen."""
    expect(card.locator(".kp-safety__call")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("address", ["", "muscles/piriformis/", "find/"])
@pytest.mark.parametrize("words", ["cant breathe", "calf hot and swollen"])
def test_much_enlarged_a_warning_comes_into_sight_while_words_are_typed(
    address: str, words: str, open_page: Open
) -> None:
    page = open_with_scripts(open_page, address, ENLARGED)
    field = page.locator("[data-kp-finder] input").first
    field.fill(words[:-4])
    field.press_sequentially(words[-4:])
    card = page.locator("[data-safety-card]")
    expect(card).to_be_visible()
    expect(field).to_be_focused()
    comes_into_sight(card)
    # What is read out at once, and where the next press of Tab leads.
    assert card.locator("xpath=..").get_attribute("aria-live") == "assertive"
    reached = []
    for _ in range(3):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.getAttribute('href')"))
        if reached[-1]:
            break
    assert str(reached[-1]).startswith("tel:"), reached
    assert page.evaluate("document.documentElement.scrollWidth") <= ENLARGED[0]


def test_whoever_has_reached_whom_to_call_stays_there_when_the_rest_is_found(
    open_page: Open,
) -> None:
    page = open_with_scripts(open_page, "muscles/", unused=True)
    held: list[Route] = []
    # A built-in method cannot be marked as a handler by Playwright.
    page.route("**/assets/finder/more.json", lambda route: held.append(route))  # noqa: PLW0108
    with page.expect_request("**/assets/finder/more.json"):
        page.fill(FIELD, f"calf hot and swollen {WORD}")
    call = page.locator("[data-safety-card] a[href^='tel:']").first
    call.focus()
    while not held:
        page.wait_for_timeout(20)
    with page.expect_response("**/assets/finder/more.json"):
        held.pop().continue_()
    expect(page.locator("header [role=status]")).not_to_be_empty()
    expect(call).to_be_focused()


@pytest.mark.parametrize(
    ("words", "level"), [("my daughter is limping", "urgent"), ("cant breathe", "emergency")]
)
def test_a_warning_leads_to_the_page_about_help_unless_there_is_no_time_to_read(
    words: str, level: str, open_page: Open
) -> None:
    page = open_with_scripts(open_page, "find/")
    page.fill(PAGE_FIELD, words)
    card = page.locator(f"[data-safety-card='{level}']")
    expect(card).to_be_visible()
    link = card.get_by_role("link", name="Who to call, and all warning signs")
    expect(link).to_have_count(1 if level == "urgent" else 0)
    if level == "urgent":
        assert str(link.get_attribute("href")).endswith("/when-to-get-help/")


@pytest.mark.parametrize("address", ["muscles/piriformis/", "find/"])
def test_enter_leads_to_a_warning(address: str, open_page: Open) -> None:
    page = open_with_scripts(open_page, address, ENLARGED)
    field = page.locator("[data-kp-finder] input").first
    field.fill("face dropped on one side")
    card = page.locator("[data-safety-card='emergency']")
    expect(card).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/#?q=*")
    expect(card).to_be_focused()
    comes_into_sight(card)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "tel:999"


def test_choosing_a_facet_leaves_the_focus_where_it_is(open_page: Open) -> None:
    page = open_with_scripts(open_page, "find/#?q=calf+hot+and+swollen")
    expect(page.locator("[data-safety-card]")).to_be_focused()
    page.locator("details.kp-filters > summary").click()
    page.locator("details.kp-facet", has_text="Kind").locator("summary").click()
    page.locator("#facet-kind-exercises").check()
    expect(page.locator("#facet-kind-exercises")).to_be_focused()
    expect(page.locator("[data-safety-card]")).to_be_visible()


@pytest.mark.parametrize("held", ["chunk-*.js", "index.json"])
@pytest.mark.parametrize("address", ["", "muscles/piriformis/", "find/"])
def test_enter_before_the_finder_has_come_keeps_the_words(
    held: str, address: str, open_page: Open, site: Served
) -> None:
    page = open_page(None, java_script_enabled=True).page
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route(f"**/{held}", hold)
    page.goto(site.url(address), wait_until="load")
    field = page.locator("[data-kp-finder] input").first
    field.fill("tight hamstrings")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/#?q=tight*")
    assert chosen(page) == {"q": ["tight hamstrings"]}
    expect(page.locator(PAGE_FIELD)).to_have_value("tight hamstrings")
    assert page.locator("[data-result]").count() == 0
    page.unroute(f"**/{held}")
    for route in waiting:
        # What the page before asked for went with it.
        with contextlib.suppress(PlaywrightError):
            route.continue_()
    expect(page.locator("[data-result]").first).to_have_attribute(
        "data-result", "symptoms/tight-hamstrings"
    )


def test_words_that_come_near_a_sign_ask_about_those_of_the_nearest_symptom(
    open_page: Open,
) -> None:
    page = open_with_scripts(open_page, "find/")
    page.fill(PAGE_FIELD, "numb toes")
    asked = page.locator("[data-safety-ask]")
    expect(asked.locator("> summary")).to_have_text("Are any of these true?")
    # In sight before the exercises, the most urgent first; the reader may close it.
    expect(asked.locator("a[href='tel:999']").first).to_be_visible()
    expect(asked.locator("li a").first).to_be_visible()
    first, below = asked.bounding_box(), page.locator("[data-result]").first.bounding_box()
    assert first is not None
    assert below is not None
    assert first["y"] + first["height"] <= below["y"]
    assert page.locator("[data-safety-card]").count() == 0


def test_words_that_no_rule_knows_ask_about_the_signs_that_were_learnt_for_them(
    open_page: Open,
) -> None:
    library = own_library()
    said = sign_file(library.shared.sign_words, [*library.shared.red_flags.values()])
    parts = [part for of in parts_of(said.groups, said.rules) for part in of]
    weights = SignWeights(
        "",
        -10,
        {"anvil": 12, "trombon": 20},
        {"dvt": (-2, {"anvil": 3}), "heart": (-2, {"anvil": 4})},
    )
    learnt = packed_listener(weights, parts, [*library.shared.red_flags])
    page = open_with_scripts(open_page, "find/")

    def teach(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "listener": learnt})

    page.route("**/assets/finder/signs.json", teach)
    page.fill(PAGE_FIELD, "tight calf like an anvil")
    asked = page.locator("[data-safety-ask]")
    expect(asked.locator("> summary")).to_have_text("Are any of these true?")
    signs = asked.locator("li a")
    expect(signs).to_have_text([library.shared.red_flags[key].title for key in ("heart", "dvt")])
    expect(asked.locator("a[href='tel:999']").first).to_be_visible()
    expect(page.locator("[data-result]").first).to_be_visible()
    # So surely that it is the sign's own card, and one that may wait no longer.
    page.fill(PAGE_FIELD, "tight calf like an anvil and trombone")
    card = page.locator("[data-safety-card]")
    expect(card).to_have_attribute("data-safety-card", "emergency")
    expect(card.locator(".kp-safety__title")).to_have_text(library.shared.red_flags["heart"].title)


def test_of_many_signs_the_emergencies_are_in_sight_and_the_rest_is_folded(
    open_page: Open,
) -> None:
    page = open_with_scripts(open_page, "find/")
    page.fill(PAGE_FIELD, "back pain")
    asked = page.locator("[data-safety-ask]")
    rest = asked.locator("details")
    expect(asked.locator("a[href='tel:999']").first).to_be_visible()
    expect(rest.locator("a").first).to_be_hidden()
    rest.locator("summary").click()
    expect(rest.locator("a[href='tel:111']").first).to_be_visible()
    # It stands out from the results, as under the field of the header.
    ground = asked.evaluate("box => getComputedStyle(box).backgroundColor")
    assert ground != page.locator("body").evaluate("box => getComputedStyle(box).backgroundColor")
    assert not str(ground).endswith(", 0)")


def test_without_the_rules_the_reader_is_told_and_led_to_the_signs(open_page: Open) -> None:
    page = open_with_scripts(open_page, "find/")
    page.route("**/assets/finder/signs.json", lambda route: route.abort())
    page.fill(PAGE_FIELD, "numb between my legs")
    asked = page.locator("[data-safety-ask]")
    expect(asked).to_contain_text("could not be loaded")
    expect(asked.locator("a").last).to_have_attribute("href", re.compile("when-to-get-help/"))
    for number in ("999", "111"):
        expect(asked.locator(f"[href='tel:{number}']")).to_be_visible()
    expect(page.locator("details.kp-later")).to_have_count(1)
    expect(page.locator("[data-result]").first).to_be_hidden()


def test_ordinary_words_show_no_warning(open_page: Open) -> None:
    page = open_with_scripts(open_page, "find/")
    for words in ("tight hamstrings", "numb toes in cycling shoes", "calf stretch", "back stiff"):
        page.fill(PAGE_FIELD, words)
        expect(page.locator(".kp-find__status")).to_contain_text(f"“{words}”")
        expect(page.locator("[data-kp-results]")).to_have_attribute("data-state", "ready")
        assert page.locator("[data-safety-card]").count() == 0, words


@pytest.mark.parametrize("address", ["muscles/piriformis/", "find/"])
def test_between_letters_no_word_waits_for_the_rules_and_after_a_rest_it_does(
    address: str, open_page: Open, site: Served
) -> None:
    page = open_page(None, unused=True, java_script_enabled=True).page
    held: list[Route] = []
    # A built-in method cannot be marked as a handler by Playwright.
    page.route("**/assets/finder/signs.json", lambda route: held.append(route))  # noqa: PLW0108
    page.clock.install()
    page.clock.pause_at("2100-01-01")  # time stands still: no rest between letters counts
    page.goto(site.url(address))
    field = page.locator("[data-kp-finder] input").first
    field.press_sequentially("hamstring")
    expect(page.locator("[data-result]").first).to_be_visible()
    field.fill("chest pai")
    field.press_sequentially("n")
    page.clock.run_for(1000)
    expect(page.locator("[data-result]")).to_have_count(0)
    while not held:
        page.wait_for_timeout(20)
    for route in held:
        route.continue_()
    expect(page.locator("[data-safety-card='emergency']")).to_be_visible()


def test_the_list_by_keyboard(open_page: Open, site: Served) -> None:
    page = open_with_scripts(open_page, "articles/tight-or-weak/")
    page.keyboard.press("/")
    field = page.locator(FIELD)
    expect(field).to_be_focused()
    page.keyboard.type("piriformis")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    assert field.get_attribute("aria-activedescendant") == options.nth(0).get_attribute("id")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")  # back in the field
    assert field.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")  # and round to the last
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("piriformis")
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(site.url("muscles/piriformis/"))


def test_enter_in_the_field_opens_the_page_of_results_and_the_list_can_be_tapped(
    open_page: Open, site: Served
) -> None:
    page = open_with_scripts(open_page, "muscles/")
    ask(page, "tight hamstrings")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/#?q=*")
    expect(page.locator("[data-result]").first).to_have_attribute(
        "data-result", "symptoms/tight-hamstrings"
    )
    assert chosen(page) == {"q": ["tight hamstrings"]}
    page = open_with_scripts(open_page, "muscles/")
    ask(page, "tight hamstrings").first.click()
    page.wait_for_url(site.url("symptoms/tight-hamstrings/"))


def test_leaving_the_field_closes_the_list(open_page: Open) -> None:
    page = open_with_scripts(open_page, "muscles/piriformis/")
    ask(page, "hamstrings")
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_from_the_field_a_press_of_tab_leads_to_the_signs_that_are_asked_about(
    open_page: Open,
) -> None:
    page = open_with_scripts(open_page, "muscles/piriformis/")
    ask(page, "sciatica")
    expect(page.locator("[data-safety-ask]")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator("[data-safety-ask] > summary")).to_be_focused()
    expect(page.get_by_role("listbox")).to_be_visible()


def test_who_comes_back_from_a_page_stands_where_they_were_with_all_that_was_unfolded(
    open_page: Open, site: Served
) -> None:
    page = open_page("find/#?q=buttock%20pain", PHONE, java_script_enabled=True).page
    more = page.get_by_role("button", name=re.compile("Show .* more"))
    expect(more.first).to_be_visible()
    while more.count() > 0:
        more.first.click()
    many = page.locator(".kp-results > .kp-result").count()
    last = page.locator(".kp-results__group").first.locator("a").last
    last.scroll_into_view_if_needed()
    top = page.evaluate("scrollY")
    assert top > PHONE[1]
    for back in ("browser", "page"):
        last.click()
        page.wait_for_url(lambda address: "/find/" not in address)
        if back == "browser":
            page.go_back()
        else:
            page.get_by_role("button", name="Back to where you were").click()
        expect(page.locator(".kp-results > .kp-result")).to_have_count(many)
        page.wait_for_function("top => Math.abs(scrollY - top) < 2", arg=top)
    # The address holds the words behind its #, and nothing of where one stood.
    expect(page).to_have_url(site.url("find/#?q=buttock%20pain"))


def test_who_has_cleared_the_field_comes_back_to_where_they_stood_too(
    open_page: Open, site: Served
) -> None:
    """Then nothing comes after the page, so it is for the browser to bring a reader back."""
    page = open_page("find/", PHONE, java_script_enabled=True).page
    state = page.locator("[data-kp-results]")
    expect(state).to_have_attribute("data-state", "empty")
    page.fill(PAGE_FIELD, "hip pain")
    expect(state).to_have_attribute("data-state", "ready")
    page.wait_for_url("**/find/#?q=hip+pain")
    page.mouse.wheel(0, 500)
    # Where a reader stands among results is kept by the page.
    page.wait_for_function("() => history.scrollRestoration === 'manual'")
    page.evaluate("scrollTo(0, 0)")
    page.fill(PAGE_FIELD, "")
    expect(state).to_have_attribute("data-state", "empty")
    page.wait_for_url(lambda address: "q=" not in address)
    page.evaluate("scrollTo({ top: 900, behavior: 'instant' })")
    top = page.evaluate("scrollY")
    assert top > PHONE[1] / 2
    page.goto(site.url("about/"))
    page.go_back()
    page.wait_for_url("**/find/")
    page.wait_for_function("top => Math.abs(scrollY - top) < 2", arg=top)


def test_whom_to_call_is_said_once_where_nothing_was_found(open_page: Open) -> None:
    page = open_page("find/", PHONE, java_script_enabled=True).page
    for words in ("zzzqqqxx", "my elbow swollen", "sharp pain zzzqqqxx", "elbow pain"):
        page.evaluate("words => { location.hash = `?q=${encodeURIComponent(words)}`; }", words)
        expect(page.locator("[data-kp-results]")).to_have_attribute("data-state", "ready")
        expect(
            page.get_by_role("main")
            .get_by_text("Who to call, and all warning signs")
            .filter(visible=True)
        ).to_have_count(1)


def test_the_address_says_everything_and_the_back_button_works(open_page: Open) -> None:
    page = open_with_scripts(open_page, "find/#?q=gluteus+medius", DESKTOP)
    expect(page.locator("[data-result]").first).to_be_visible()
    everything = results(page)
    page.locator("details.kp-filters > summary").click()
    page.locator("details.kp-facet", has_text="Kind").locator("summary").click()
    page.locator("#facet-kind-exercises").check()
    expect(page.locator("[data-result^=muscles]")).to_have_count(0)
    exercises = results(page)
    assert exercises
    assert all(result.startswith("exercises/") for result in exercises)
    assert chosen(page) == {"q": ["gluteus medius"], "kind": ["exercises"]}
    page.reload()
    expect(page.locator("[data-result]").first).to_be_visible()
    assert results(page) == exercises
    page.go_back()
    expect(page.locator("[data-result^=muscles]").first).to_be_visible()
    assert results(page) == everything


def test_a_count_is_what_choosing_it_leaves(open_page: Open) -> None:
    page = open_with_scripts(open_page, "find/#?kind=exercises", DESKTOP)
    expect(page.locator("[data-result]").first).to_be_visible()
    page.locator("details.kp-facet", has_text="Position").locator("summary").click()
    label = page.locator("details.kp-facet", has_text="Position").locator("label").first
    said = int(label.inner_text().rpartition("(")[2].rstrip(")"))
    label.click()
    expect(page.locator(".kp-find__status")).to_have_text(f"{said} page{'' if said == 1 else 's'}")


@pytest.mark.parametrize(
    "state", ["list", "warning", "alone", "asked", "results", "facets", "nothing"]
)
def test_axe_finds_nothing_in_any_open_state(state: str, open_page: Open) -> None:
    address = {
        "list": "muscles/",
        "warning": "muscles/",
        "alone": "find/",
        "asked": "find/",
        "results": "find/#?q=piriformis",
        "facets": "find/#?q=piriformis&kind=exercises",
        "nothing": "find/#?q=qwertyuiop",
    }[state]
    visit = open_page(address, PHONE, java_script_enabled=True, reduced_motion="reduce")
    page = visit.page
    if state in ("list", "warning"):
        page.fill(FIELD, "piriformis" if state == "list" else "numb between my legs")
        shown = "[role=option]" if state == "list" else "[data-safety-card]"
        expect(page.locator(shown).first).to_be_visible()
    elif state == "alone":
        page.fill(PAGE_FIELD, "chest pain and my left arm is heavy")
        expect(page.locator("[data-safety-card]")).to_be_visible()
    elif state == "asked":
        page.fill(PAGE_FIELD, "numb toes")
        expect(page.locator("[data-safety-ask] li").first).to_be_visible()
    elif state == "nothing":
        expect(page.locator(".kp-found .kp-none")).to_be_visible()
    else:
        expect(page.locator("[data-result]").first).to_be_visible()
        for summary in page.locator("details.kp-facet > summary").all():
            if state == "facets" and summary.locator("..").get_attribute("open") is None:
                summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert visit.complaints == []
    assert faults(page, [PHONE], within="header, main") == []  # by day and by night


def test_without_a_script_the_field_leads_to_the_body_and_the_a_to_z(
    open_page: Open, site: Served
) -> None:
    page = open_page("muscles/piriformis/").page
    page.fill(FIELD, "sore bum")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/*")
    assert urlsplit(page.url).query == ""
    expect(page.locator("main")).to_contain_text("What you type stays in your browser")
    expect(page.locator("main .kp-find__why")).to_contain_text("it needs JavaScript")
    expect(page.locator("main .kp-find__why").get_by_role("link", name="A–Z")).to_be_visible()
    page.locator("main").get_by_role("link", name="A–Z").first.click()
    expect(page).to_have_url(site.url("a-z/"))
    page.go_back()
    page.locator("main .kp-regions").get_by_role("link", name="Buttock").click()
    expect(page).to_have_url(site.url("body/buttock/"))
    titles = page.locator("main h2").all_inner_texts()
    assert titles[:2] == ["What you may feel here", "What lies here"]


def test_an_index_that_cannot_be_fetched_leaves_a_plain_form(open_page: Open) -> None:
    page = open_page("muscles/", java_script_enabled=True).page
    page.route("**/assets/finder/*", lambda route: route.abort())
    page.fill(FIELD, "piriformis")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/*")
    assert urlsplit(page.url).query == ""
    expect(page.locator(PAGE_FIELD)).to_have_value("piriformis")
    expect(page.locator("main").get_by_role("link", name="Buttock").first).to_be_visible()
    excuse = page.locator("main .kp-none")
    expect(excuse).to_contain_text("could not be fetched. Look “piriformis” up in the A–Z")
    excuse.get_by_role("link", name="A–Z").click()
    expect(
        page.locator("#letter-p").get_by_role("link", name="Piriformis", exact=True).first
    ).to_be_visible()


WORD = "xylohip"
"""A word that stands nowhere on the site."""


def no_word_reached(site: Served, before: int) -> None:
    """Something was asked for, and no request's line or headers hold the word."""
    logs = [asked.log for asked in site.asked[before:]]
    assert len(logs) > 2
    assert [log for log in logs if WORD in log.lower()] == []


def test_no_word_of_a_search_reaches_the_server(open_page: Open, site: Served) -> None:
    before = len(site.asked)
    page = open_with_scripts(open_page, "muscles/piriformis/", unused=True)
    page.fill(FIELD, f"piriformis {WORD}")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/#?q=*")
    expect(page.locator("[data-result]").first).to_be_visible()
    page.fill(PAGE_FIELD, f"calf {WORD}")
    expect(page.locator(".kp-find__status")).to_contain_text(f"“calf {WORD}”")
    page.wait_for_url(f"**/find/#?q=calf+{WORD}")
    page.locator("details.kp-filters > summary").click()
    page.locator("details.kp-facet", has_text="Kind").locator("summary").click()
    page.locator("#facet-kind-exercises").check()
    page.reload()
    expect(page.locator("[data-result]").first).to_be_visible()
    page.locator("[data-result] a").first.click()
    page.wait_for_url("**/exercises/*/")
    page.go_back()
    expect(page.locator("[data-result]").first).to_be_visible()
    no_word_reached(site, before)


def test_the_words_of_an_old_address_move_behind_the_hash_before_anything_else_is_asked_for(
    open_page: Open, site: Served
) -> None:
    before = len(site.asked)
    page = open_with_scripts(open_page, f"find/?q=piriformis+{WORD}&kind=muscles", unused=True)
    expect(page.locator("[data-result]").first).to_have_attribute(
        "data-result", "muscles/piriformis"
    )
    assert chosen(page) == {"q": [f"piriformis {WORD}"], "kind": ["muscles"]}
    # The address that was followed is all the server ever gets; no request after it says where it comes from.
    followed = [n for n, asked in enumerate(site.asked[before:]) if WORD in asked.log]
    assert followed == [0]
    after = len(site.asked)
    page.reload()
    expect(page.locator("[data-result]").first).to_be_visible()
    no_word_reached(site, after)


def test_without_a_script_no_word_reaches_the_server(open_page: Open, site: Served) -> None:
    before = len(site.asked)
    page = open_page("muscles/piriformis/", unused=True).page
    for field in (FIELD, PAGE_FIELD):
        page.fill(field, WORD)
        with page.expect_navigation(url="**/find/*"):
            page.keyboard.press("Enter")
    page.goto(site.url(""))
    page.fill(PAGE_FIELD, WORD)
    with page.expect_navigation(url="**/find/*"):
        page.get_by_role("button", name="Search").click()
    no_word_reached(site, before)


def test_results_stand_in_groups_with_a_reason_each_and_the_rest_is_folded(
    open_page: Open,
) -> None:
    page = open_with_scripts(open_page, "find/#?q=deep+ache+in+my+bum+when+i+sit")
    groups = page.locator(".kp-results__group")
    expect(groups.first).to_be_visible()
    labels = page.locator(".kp-results__group h2").all_inner_texts()
    assert labels[0] == "What it may be"
    assert "What to do today" in labels
    assert set(labels) <= set(GROUPS)
    for label in labels:
        named = page.get_by_role("list", name=label)
        assert 1 <= named.get_by_role("listitem").count() <= (5 if label == labels[0] else 3)
    first = page.locator("[data-rank='1']")
    expect(first.locator(".kp-result__meta")).to_have_text("Symptom · buttock · mentions “sit”")
    # What belongs to the best symptom comes with it, whatever its own words.
    todo = page.get_by_role("list", name="What to do today")
    expect(todo).to_contain_text("14 days for deep buttock pain")
    lines = page.locator(".kp-result__meta").all_inner_texts()
    assert len(lines) == len(results(page))
    assert all(len(line) > 5 for line in lines)
    status = page.locator(".kp-find__status").inner_text()
    assert status == "Results for “deep ache in my bum when i sit”"
    ranks = [int(str(r.get_attribute("data-rank"))) for r in page.locator("[data-rank]").all()]
    assert len(set(ranks)) == len(ranks)


def test_the_rest_of_a_group_is_shown_when_asked_for_and_the_focus_goes_there(
    open_page: Open,
) -> None:
    page = open_with_scripts(open_page, "find/#?q=piriformis")
    group = page.locator(".kp-results__group", has=page.get_by_role("button")).first
    more = group.get_by_role("button")
    folded = int(more.inner_text().removeprefix("Show ").removesuffix(" more"))
    seen = group.get_by_role("listitem").count()
    group = page.get_by_role("region", name=group.get_by_role("heading").inner_text())
    more.click()
    expect(group.get_by_role("listitem")).to_have_count(seen + folded)
    expect(group.get_by_role("listitem").nth(seen).get_by_role("link")).to_be_focused()
    expect(more).to_have_count(0)


def test_the_list_under_the_field_is_grouped_for_eyes_and_ears(open_page: Open) -> None:
    page = open_with_scripts(open_page, "muscles/")
    ask(page, "deep buttock pain")
    box = page.get_by_role("listbox", name="Results")
    labels = [
        str(page.locator(f"#{group.get_attribute('aria-labelledby')}").inner_text())
        for group in box.get_by_role("group").all()
    ]
    assert labels[0] == "What it may be"
    assert "What to do today" in labels
    assert len(results(page)) <= 8
    said = page.locator("header [role=status]")
    expect(said).to_have_text(f"{len(results(page))} results. Press Enter for all results.")


def test_keys_of_a_word_still_being_put_together_belong_to_it(open_page: Open) -> None:
    page = open_with_scripts(open_page, "muscles/")
    ask(page, "piriformis")
    page.evaluate(
        """(field) => {
            const input = document.querySelector(field);
            for (const extra of [{ isComposing: true }, { keyCode: 229 }])
                for (const key of ["ArrowDown", "Escape"])
                    input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...extra }));
        }""",
        FIELD,
    )
    expect(page.get_by_role("listbox")).to_be_visible()
    assert page.locator("[aria-selected=true]").count() == 0
    page.keyboard.press("ArrowDown")
    expect(page.locator("[aria-selected=true]")).to_have_count(1)


def test_the_title_of_the_page_follows_the_words(open_page: Open) -> None:
    page = open_with_scripts(open_page, "find/")
    plain = page.title()
    page.fill(PAGE_FIELD, "calf")
    expect(page).to_have_title(f"calf – {plain}")
    page.fill(PAGE_FIELD, "")
    expect(page).to_have_title(plain)


def test_ten_thousand_pasted_words_are_cut_and_it_is_said(open_page: Open) -> None:
    page = open_with_scripts(open_page, "find/")
    page.fill(PAGE_FIELD, "hamstring knee calf " * 3334)
    status = page.locator(".kp-find__status")
    expect(status).to_contain_text("Only the first 300 letters were searched.")
    expect(page.locator("[data-result]").first).to_be_visible()
    assert len(page.url) < 6000


def test_a_place_on_the_page_of_results_is_no_query(open_page: Open) -> None:
    page = open_with_scripts(open_page, "find/#?q=piriformis")
    expect(page.locator("[data-result]").first).to_be_visible()
    before = results(page)
    page.evaluate("location.hash = '#body-map'")
    expect(page.locator("#body-map")).to_be_in_viewport()
    assert results(page) == before
