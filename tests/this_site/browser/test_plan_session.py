"""A day of a plan on the mat: from home to its session in two taps, followed along whole, asked at the end."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Error, Page, expect

from browser.axe import faults
from browser.fixtures import DESKTOP, PHONE, Open, Visit
from browser.html_pages import HtmlPage
from browser.server import Served

from .test_plan import PLAN, PLANS, SCRIPT, _begin, _begun, _on_day

IN_A_MOMENT = """() => {
    for (const item of document.querySelectorAll('[data-follow]')) {
        const data = JSON.parse(item.dataset.follow);
        for (const moment of data.moments) Object.assign(moment, {seconds: 0.4, lead: 0, reps: 0});
        data.order = data.order.slice(0, 2);
        item.dataset.follow = JSON.stringify(data);
    }
}"""
"""Getting ready and one more phase of each exercise, of less than half a second each."""
BUT_THE_FIRST = IN_A_MOMENT.replace("[data-follow]", "[data-follow]:not(:first-child)")
"""The first exercise stays as long as it is: there is time to skip it, however busy the machine is."""
ALL_HERE = """still => {
    const figures = [...document.querySelectorAll('[aria-labelledby="session-strong-1"] > ol > li[data-follow]')]
        .map(item => JSON.parse(item.dataset.follow).figure);
    const asked = figures.flatMap(figure => still ? figure.stills : [figure.moving]);
    const come = new Set(performance.getEntriesByType('resource').map(entry => entry.name));
    return figures.length === 3 && asked.every(address => come.has(new URL(address, document.baseURI).href));
}"""
"""Whether all figures of the session of day 2 have come, which is asked for at its start."""
STAND_STILL = "() => { const now = performance.now(); performance.now = () => now; }"
"""No phase ends by itself; what a page does when asked goes on."""


def _start(page: Page) -> None:
    page.get_by_role("button", name="Start today’s session").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def _tap(page: Page, name: str) -> None:
    page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()


def _is_over(page: Page) -> None:
    expect(page.locator(".kp-follow__main")).to_contain_text("How did that feel?")


@pytest.mark.parametrize("slug", ["met-calf-wall", "calf-stretch-wall", "sciatic-slider"])
def test_getting_ready_scrolls_nothing_and_what_is_read_is_told_apart(
    slug: str, open_page: Open, site: Served
) -> None:
    page = open_page(f"exercises/{slug}/", (360, 740), **SCRIPT).page
    page.get_by_role("button", name="Start").first.click()
    expect(page.locator(".kp-follow__head")).to_have_text("Get ready")
    page.evaluate(STAND_STILL)
    main = page.locator(".kp-follow__main")
    assert main.evaluate("one => one.scrollHeight - one.clientHeight") <= 0
    for _ in range(2):
        gaps = main.evaluate(
            """one => [".kp-follow__words", ".kp-follow__notes", ".kp-follow__next"]
                .map(part => one.querySelector(part).getBoundingClientRect())
                .filter(({height}) => height > 0)
                .map(({top}, at, all) => at === 0 ? 99 : top - all[at - 1].bottom)"""
        )
        assert min(gaps) >= 5, gaps
        page.keyboard.press("ArrowRight")
        expect(page.locator(".kp-follow__head")).not_to_have_text("Get ready")


@pytest.mark.parametrize("day", [1, 2, 3])
def test_all_words_of_getting_ready_are_in_sight_on_a_short_phone(
    day: int, open_page: Open, site: Served
) -> None:
    """Whoever lies down scrolls nothing, and these words say how to lie."""
    page = _begun(open_page, site, day, (360, 640)).page
    page.evaluate(STAND_STILL)
    _start(page)
    expect(page.locator(".kp-follow__head")).to_have_text("Get ready")
    words = page.locator(".kp-follow :is(.kp-follow__words, .kp-follow__notes > li)")
    assert words.count() > 0
    bars = page.locator(".kp-follow__controls").bounding_box()
    assert bars is not None
    for line in words.all():
        box = line.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= bars["y"] + 1, line.text_content()


KEEPS_AWAKE = """Object.defineProperty(navigator, 'wakeLock', {
    value: {request: async () => ({release() {}, addEventListener() {}})},
})"""
"""As phones do it: a browser without a window refuses, and what is said then is another hint."""


def test_no_hint_of_getting_ready_is_cut_by_the_buttons_on_a_short_phone(
    open_page: Open, site: Served, pages: dict[str, HtmlPage]
) -> None:
    """It is all in sight, or below them with the end of longer words."""
    page = open_page(None, (360, 640), has_touch=True, **SCRIPT).page
    page.add_init_script(KEEPS_AWAKE)
    whole, cut = 0, []
    exercises = [name for name in pages if re.fullmatch(r"exercises/[^/]+/", name)]
    assert exercises
    for name in exercises:
        page.goto(site.url(name))
        page.get_by_role("button", name="Start").first.click()
        expect(page.locator(".kp-follow__hint")).to_have_text(re.compile("silent switch"))
        top, bottom, bars = page.evaluate(
            """() => [".kp-follow__hint", ".kp-follow__controls"]
                .map(part => document.querySelector(part).getBoundingClientRect())
                .flatMap(({top, bottom}, at) => at === 0 ? [top, bottom] : [top])"""
        )
        whole += bottom <= bars
        if top < bars < bottom:
            cut.append(name)
        page.get_by_role("button", name="Close").click()
    assert cut == []
    assert whole >= len(exercises) / 2


def test_a_session_runs_whole_is_ticked_and_asks_how_it_felt(open_page: Open, site: Served) -> None:
    visit = _begun(open_page, site, 2)
    page = visit.page
    page.evaluate(IN_A_MOMENT)
    _start(page)
    _is_over(page)
    expect(page.locator(".kp-follow__main")).to_contain_text("That is all of it.")
    page.get_by_label("Worst pain").select_option("2")
    expect(page.get_by_role("dialog")).to_contain_text("Green. Carry on.")
    _tap(page, "Finish")
    expect(page.locator("kp-plan h2")).to_be_focused()
    boxes = page.locator("kp-plan").get_by_role("checkbox")
    assert [box.is_checked() for box in boxes.all()] == [True] * 3
    expect(page.get_by_label("Worst pain")).to_have_value("2")
    expect(page.locator("#day-2 > th")).to_contain_text("✓")
    assert visit.complaints == []


@pytest.mark.parametrize("day", [1, 14])
def test_a_day_that_was_done_says_so_first_and_still_asks_how_it_felt(
    day: int, open_page: Open, site: Served
) -> None:
    visit = _begun(open_page, site, day)
    page = visit.page
    page.evaluate(IN_A_MOMENT)
    if day == 14:  # nothing is entered for the days before
        page.get_by_role("button", name="Carry on with day 14").click()
    else:
        _start(page)
    _is_over(page)
    _tap(page, "Finish")  # without a score
    plan = page.locator("kp-plan")
    for again in (False, True):
        if again:
            page.reload()
        expect(plan.locator(".kp-today__what")).to_have_text(f"Day {day} is done.")
        expect(plan.get_by_text("before the session")).to_have_count(0)
        expect(plan.locator(".kp-start")).to_have_count(0)
        expect(plan.get_by_role("button", name="Do it again")).to_be_visible()
        if day == 1:
            expect(plan).to_contain_text("Tomorrow: Strong 1 · about 12 minutes.")
        else:
            expect(plan.get_by_role("link", name="what comes after")).to_be_visible()
        score = plan.get_by_label("Worst pain")
        expect(plan.get_by_role("heading", name="How did that feel?")).to_be_in_viewport()
        expect(score).to_have_count(1)
        expect(score).to_be_in_viewport()
        expect(score).to_have_value("")
    score.focus()
    score.select_option("7")
    expect(plan.locator(".kp-today__what")).to_have_text(f"Day {day} is done.")
    expect(plan.get_by_role("button", name="Do it again")).to_have_count(0)
    score.select_option("2")
    expect(plan.get_by_role("button", name="Do it again")).to_be_visible()
    expect(score).to_be_focused()
    assert visit.complaints == []


def test_the_last_tick_of_a_day_says_so_too_and_keeps_its_place(
    open_page: Open, site: Served
) -> None:
    page = _begun(open_page, site, 2).page
    what = page.locator(".kp-today__what")
    boxes = page.locator("kp-plan").get_by_role("checkbox").all()
    for box in boxes:
        expect(what).to_have_text("Strong 1 · about 12 minutes")
        box.check()
    expect(what).to_have_text("Day 2 is done.")
    expect(boxes[-1]).to_be_focused()
    boxes[-1].uncheck()
    expect(what).to_have_text("Strong 1 · about 12 minutes")


def test_an_exercise_that_was_skipped_is_not_ticked(open_page: Open, site: Served) -> None:
    page = _begun(open_page, site, 2).page
    page.evaluate(BUT_THE_FIRST)
    page.get_by_role("button", name="Start today’s session").click()
    page.get_by_text("Sound and settings").click()
    _tap(page, "Next exercise")
    _is_over(page)
    expect(page.locator(".kp-follow__main")).to_contain_text("What you skipped is not counted.")
    _tap(page, "Finish")
    boxes = page.locator("kp-plan").get_by_role("checkbox")
    done = [box.is_checked() for box in boxes.all()]
    assert done.count(False) == 1


def test_the_session_has_the_doses_of_the_plan(open_page: Open, site: Served) -> None:
    page = _begun(open_page, site, 2).page
    page.evaluate(STAND_STILL)
    doses = page.locator("kp-plan .kp-session__dose").all_inner_texts()
    _start(page)
    expect(page.locator(".kp-follow__place")).to_have_text(f"Exercise 1 of 3 · {doses[0]}")


def test_a_reload_in_a_session_comes_back_to_it(open_page: Open, site: Served) -> None:
    page = _begun(open_page, site, 2).page
    page.evaluate(STAND_STILL)
    _start(page)
    _tap(page, "Ready")
    head = page.locator(".kp-follow__head").inner_text()
    page.reload()
    expect(page.locator(".kp-follow__message")).to_contain_text("You were in the middle of ")
    expect(page.locator(".kp-follow__head")).to_have_text(head)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_back_closes_the_session_and_keeps_its_place(open_page: Open, site: Served) -> None:
    page = _begun(open_page, site, 2).page
    before = page.url
    _start(page)
    _tap(page, "Ready")
    page.go_back()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(before)
    _start(page)
    expect(page.get_by_role("dialog")).to_contain_text("You were in the middle of ")
    # Closed by its own button it leaves nothing behind that Back would have to pass.
    _tap(page, "Close")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.wait_for_function("() => history.state === null")
    expect(page).to_have_url(before)
    # Who closes it and starts again at once is not thrown out by the first closing.
    _start(page)
    page.evaluate(
        """() => {
            document.querySelector('.kp-follow__close').click();
            [...document.querySelectorAll('kp-plan button')].find(b => b.textContent.startsWith('Start')).click();
        }"""
    )
    page.wait_for_function("() => history.state !== null && document.querySelector('dialog[open]')")
    page.wait_for_timeout(300)
    expect(page.get_by_role("dialog")).to_be_visible()


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_a_session_that_has_begun_needs_no_network_and_comes_back_with_it_after_a_reload(
    motion: str, open_page: Open, site: Served
) -> None:
    visit = open_page(None, unused=True, **SCRIPT, reduced_motion=motion)
    page = _on_day(visit, site, 2)
    _begin(page)
    page.evaluate(STAND_STILL)
    _start(page)
    page.wait_for_function(ALL_HERE, arg=motion == "reduce")
    visit.context.set_offline(True)
    expect(page.locator(".kp-follow__hint")).to_contain_text("You are offline.")
    page.get_by_text("Sound and settings").click()
    for number in (1, 2, 3):
        expect(page.locator(".kp-follow__place")).to_contain_text(f"Exercise {number} of 3")
        expect(page.locator(".kp-follow__picture > *")).to_be_visible()
        page.wait_for_function(
            "() => [...document.querySelectorAll('.kp-follow__picture img')].every(i => i.naturalWidth > 0)"
        )
        if number < 3:
            _tap(page, "Next exercise")
    # A page that is loaded again needs the network; the place is kept until it is there.
    page.once("dialog", lambda dialog: dialog.accept())
    with pytest.raises(Error, match="ERR_INTERNET_DISCONNECTED"):
        page.reload()
    visit.context.set_offline(False)
    page.goto(site.url(PLAN))
    expect(page.locator(".kp-follow__message")).to_contain_text("You were in the middle of ")
    expect(page.locator(".kp-follow__place")).to_contain_text("Exercise 3 of 3")


def test_forgetting_a_plan_forgets_where_one_was_in_its_session(
    open_page: Open, site: Served
) -> None:
    page = _begun(open_page, site, 2).page
    _start(page)
    page.keyboard.press("Escape")
    assert page.evaluate("sessionStorage.length") == 1
    page.get_by_text("Dates, calendar").click()
    page.get_by_role("button", name="Forget this plan").click()
    page.get_by_role("button", name="Yes, forget this plan").click()
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


@pytest.mark.parametrize("address", ["", "plans/"], ids=["home", "plans"])
def test_home_and_the_list_of_plans_lead_to_the_running_session_in_two_taps(
    address: str, open_page: Open, site: Served
) -> None:
    visit = _begun(open_page, site, 1)
    _on_day(visit, site, 2)
    page = visit.page
    page.goto(site.url(address))
    link = page.get_by_role("link", name="Continue: day 2 of 14")
    expect(link).to_be_in_viewport()
    link.click()
    expect(page).to_have_url(f"{site.url(PLAN)}#today")
    _start(page)
    assert visit.complaints == []


def test_nobody_else_sees_a_way_to_go_on(open_page: Open) -> None:
    for script in (False, True):
        page = open_page("", java_script_enabled=script).page
        expect(page.locator("kp-continue")).to_be_hidden()
    page = open_page("plans/", java_script_enabled=True).page
    expect(page.locator("kp-continue")).to_be_hidden()


def test_an_exercise_opened_from_a_plan_shows_its_dose_and_leads_back(
    open_page: Open, site: Served
) -> None:
    page = _begun(open_page, site, 2).page
    row = page.locator("kp-plan .kp-session > li").first
    dose = row.locator(".kp-session__dose").inner_text()
    row.locator(".kp-session__title a").click()
    place = page.locator(":target")
    expect(place).to_be_in_viewport()
    expect(place).to_contain_text(dose)
    place.get_by_role("button", name="Start with this dose").click()
    expect(page.locator(".kp-follow__place")).to_have_text(dose)
    page.keyboard.press("Escape")
    place.get_by_role("link", name="14 days for").click()
    expect(page).to_have_url(f"{site.url(PLAN)}#today")


def test_who_comes_from_a_plan_is_not_shown_the_usual_dose_beside_the_plan_s(
    open_page: Open,
) -> None:
    page = open_page("exercises/glute-bridge/#in-tight-hamstrings-14-1").page
    top = page.locator(".kp-top")
    expect(page.locator(":target")).to_be_in_viewport()
    expect(top.locator(".kp-dose")).to_be_hidden()
    expect(page.locator(".kp-dosage")).to_be_hidden()
    expect(page.get_by_text("Numbers in these steps belong to the usual dose")).to_be_visible()
    page.get_by_role("link", name="The usual dose").click()
    expect(top.locator(".kp-dose")).to_be_visible()
    expect(page.locator(".kp-dosage")).to_be_visible()
    expect(page.get_by_text("Numbers in these steps belong to the usual dose")).to_be_hidden()


def test_without_a_script_it_does_so_too(open_page: Open) -> None:
    page = open_page(PLAN).page
    for link in page.locator(".kp-sessions .kp-session__title a").all():
        assert "#in-" in str(link.get_attribute("href"))
    page.locator(".kp-sessions .kp-session__title a").first.click()
    assert page.locator(":target").is_visible()
    assert page.get_by_role("button").count() == 0


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desk"])
def test_axe_finds_nothing_at_the_end_of_a_session(
    size: tuple[int, int], open_page: Open, site: Served
) -> None:
    visit: Visit = open_page(None, size, reduced_motion="reduce", **SCRIPT)
    page = _on_day(visit, site, 2)
    page.get_by_label("Start on").fill("2026-11-23")
    page.get_by_role("button", name="Start the plan").click()
    page.evaluate(IN_A_MOMENT)
    _start(page)
    _is_over(page)
    page.get_by_label("Worst pain").select_option("5")
    assert faults(page, [size], within=".kp-follow") == []


def test_every_plan_can_be_followed_whole(open_page: Open, site: Served) -> None:
    page = open_page(None, **SCRIPT).page
    for slug in PLANS:
        page.goto(site.url(f"plans/{slug}/"))
        rows = page.locator(".kp-sessions .kp-session > li")
        assert (
            page.locator(".kp-sessions .kp-session > li[data-follow]").count() == rows.count() > 8
        )


PICTURE_AND_WORDS = """() => {
    const box = one => document.querySelector(one).getBoundingClientRect();
    const controls = box(".kp-follow__controls").top;
    const close = box(".kp-follow__close");
    const seen = (one, least) => {
        const { top, bottom, left, right, height, width } = box(one);
        return top >= 0 && bottom <= controls + 1 && left >= 0 && right <= innerWidth && height >= least && width >= least;
    };
    return {
        picture: seen(".kp-follow__picture", 60),
        ring: seen(".kp-follow__ring", 60),
        head: seen(".kp-follow__head", 10),
        words: box(".kp-follow__words").top < controls,
    };
}"""


def test_with_letters_of_twice_the_size_the_drawing_stays_in_sight(open_page: Open) -> None:
    page = open_page("exercises/glute-bridge/", (360, 740), java_script_enabled=True).page
    page.evaluate("document.documentElement.style.fontSize = '250%'")
    page.get_by_role("button", name="Start: follow along").click()
    for press in ("", "Ready"):
        if press:
            page.get_by_role("button", name=press).click()
        expect(page.locator(".kp-follow__picture")).to_be_visible()
        page.get_by_role("button", name="Pause").click()
        found = page.evaluate(PICTURE_AND_WORDS)
        assert all(found.values()), (press, found)
        page.get_by_role("button", name="Go on").click()


def test_closing_leaves_the_page_where_it_was_also_after_a_jump_to_a_place(
    open_page: Open, site: Served
) -> None:
    page = _begun(open_page, site, 1).page
    page.get_by_role("link", name="Do the checks").first.click()
    page.wait_for_function("() => scrollY > innerHeight")
    page.locator("kp-plan .kp-start").first.scroll_into_view_if_needed()
    top = page.evaluate("scrollY")
    page.locator("kp-plan .kp-start").first.click()
    page.get_by_role("button", name="Close").click()
    page.wait_for_function("() => !(history.state ?? {})['kinopress.follow']")
    for _ in range(3):  # pictures that the browser draws: by then it has gone wherever it goes
        page.evaluate(
            "() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
        )
    assert page.evaluate("scrollY") == pytest.approx(top, abs=2)
