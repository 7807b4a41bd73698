"""A page that a test is given is as blank as a new one, whoever used it before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Error as PlaywrightError

from browser.fixtures import DESKTOP, PHONE
from browser.server import Served
from browser.windows import Window, Windows

SCRIPT = {"java_script_enabled": True}
LEFT = """async () => [localStorage.length, sessionStorage.length, document.cookie,
    (await indexedDB.databases()).length, (await caches.keys()).length, history.length,
    new Date().getFullYear() > 2001, innerWidth, matchMedia('(prefers-color-scheme: dark)').matches, matchMedia('print').matches]"""
LEAVE = """async () => {
    localStorage.kept = sessionStorage.kept = 1;
    document.cookie = 'kept=1';
    await caches.open('kept');
    await new Promise(done => { indexedDB.open('kept').onsuccess = done; });
    location.hash = '#further';
}"""


@pytest.fixture
def own(browser: Browser, windows: Windows) -> Windows:
    """Pages of nobody else; what is done to them is seen as with those of all tests."""
    del windows
    return Windows(browser)


def shown(own: Windows, site: Served, size: tuple[int, int] = PHONE, **how: bool) -> Window:
    window = own.lend(size, {**SCRIPT}, unused=how.get("unused", False))
    window.page.goto(site.url("exercises/"))
    return window


def test_of_the_test_before_nothing_is_left(own: Windows, spiteful_site: Served) -> None:
    with own.watched():
        first = shown(own, spiteful_site)
        new = first.page.evaluate(LEFT)
        first.page.evaluate(LEAVE)
        first.page.emulate_media(color_scheme="dark", media="print")
        first.page.set_viewport_size({"width": 500, "height": 500})
        first.set_time(dt.datetime(2001, 1, 1, 9))
        first.page.route("**/*", lambda route: route.abort())
        assert first.page.evaluate(LEFT) != new
        first.complaints.append("of the test before")
        own.take_back(first)
        again = shown(own, spiteful_site)
        assert again is first
        assert again.page.evaluate(LEFT) == new
        assert again.complaints == []
        own.take_back(again)
        wide = shown(own, spiteful_site, DESKTOP)
        assert wide is first and wide.page.evaluate("innerWidth") == DESKTOP[0]
        own.take_back(wide)
        first.context.close()


def test_where_it_matters_all_that_a_page_is_made_of_is_fetched_again(
    own: Windows, spiteful_site: Served
) -> None:
    def fetched(*, unused: bool) -> list[str]:
        before = len(spiteful_site.asked)
        window = shown(own, spiteful_site, unused=unused)
        window.page.wait_for_load_state("networkidle")
        assert window.page is first
        own.take_back(window)
        return sorted(asked.path for asked in spiteful_site.asked[before:])

    with own.watched():
        window = own.lend(PHONE, {**SCRIPT}, unused=True)
        first = window.page
        own.take_back(window)
        everything = fetched(unused=False)
        assert len(everything) > 3
        assert fetched(unused=False) == ["/exercises/"]
        assert fetched(unused=True) == everything
        assert fetched(unused=False) == ["/exercises/"]
        first.context.close()


def test_a_script_and_a_listener_of_a_test_go_with_it(own: Windows, spiteful_site: Served) -> None:
    heard: list[str] = []
    with own.watched():
        first = shown(own, spiteful_site)
        first.page.on("request", lambda request: heard.append(request.url))
        first.page.add_init_script("window.begun = document.body === null")
        first.page.reload()
        assert first.page.evaluate("window.begun")
        assert len(heard) > 0
        own.take_back(first)
        heard.clear()
        again = shown(own, spiteful_site)
        assert again is first
        assert again.page.evaluate("'begun' in window") is False
        assert heard == []
        again.context.close()


def test_what_a_reader_wishes_is_told_to_a_page_that_is_there(
    own: Windows, spiteful_site: Served
) -> None:
    wishes = {"reduced_motion": "reduce", "forced_colors": "active", "color_scheme": "dark"}
    asked = """['(prefers-reduced-motion: reduce)', '(forced-colors: active)', '(prefers-color-scheme: dark)']
        .map(wish => matchMedia(wish).matches)"""
    with own.watched():
        first = shown(own, spiteful_site)
        assert first.page.evaluate(asked) == [False, False, False]
        own.take_back(first)
        again = own.lend(PHONE, {**SCRIPT, **wishes}, unused=False)
        assert again is first
        for _ in range(2):
            again.page.goto(spiteful_site.url("exercises/"))
            assert again.page.evaluate(asked) == [True, True, True]
            again.page.emulate_media(color_scheme="light")
            own.take_back(again)
            assert own.lend(PHONE, {**SCRIPT, **wishes}, unused=False) is again
        own.take_back(again)
        first = shown(own, spiteful_site)
        assert first.page.evaluate(asked) == [False, False, False]
        first.context.close()


def test_a_fixed_time_is_that_of_all_pages_until_the_page_is_given_back(
    own: Windows, spiteful_site: Served
) -> None:
    with own.watched():
        window = own.lend(PHONE, {**SCRIPT, "timezone_id": "Europe/London"}, unused=True)
        for day in (1, 2):
            window.set_time(dt.datetime(2001, 1, day, 9))
            for address in ("exercises/", "symptoms/"):
                window.page.goto(spiteful_site.url(address))
                assert window.page.evaluate("new Date().toJSON().slice(0, 10)") == f"2001-01-0{day}"
        assert window.page.evaluate("new Date(2026, 0, 2).getFullYear() + Date.now()") < 1e12
        window.page.wait_for_function("() => new Promise(done => setTimeout(() => done(true), 1))")
        own.take_back(window)
        again = own.lend(PHONE, window.options, unused=False)
        assert again is window
        assert again.page.evaluate("new Date().getFullYear()") > 2001
        again.context.close()


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_a_fixed_time_is_that_of_the_page_s_own_place(
    zone: str, own: Windows, spiteful_site: Served
) -> None:
    with own.watched():
        window = own.lend(PHONE, {**SCRIPT, "timezone_id": zone}, unused=True)
        window.set_time(dt.datetime(2001, 1, 31, 9))
        assert window.page.evaluate("[new Date().getDate(), new Date().getHours()]") == [31, 9]
        window.context.close()


def test_each_page_has_the_patience_of_all_tests(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("browser.windows.PATIENCE_MS", 7)
    page = browser.new_page()
    with pytest.raises(PlaywrightError, match="Timeout 7ms"):
        page.wait_for_selector("#never")
    page.close()


def test_only_a_function_is_waited_for_on_our_pages(own: Windows, spiteful_site: Served) -> None:
    with own.watched():
        page = shown(own, spiteful_site).page
        page.evaluate("setTimeout(() => { window.arrived = true; }, 50)")
        for expression in ("window.arrived", "[1].some(one => window.arrived)"):
            with pytest.raises(AssertionError, match="only a function"):
                page.wait_for_function(expression)
        page.wait_for_function("() => window.arrived")
        page.context.close()


MARKS: dict[str, Callable[[Window], object]] = {
    "a clock": lambda window: window.page.clock.set_fixed_time(0),
    "a listener to once": lambda window: window.page.once("request", lambda request: None),
    "its profile": lambda window: window.page.context.set_offline(False),
    "another page": lambda window: window.context.new_page(),
    "closed": lambda window: window.page.close(),
    "two sites": lambda window: window.origins.add("http://127.0.0.1:1"),
}


@pytest.mark.parametrize("mark", MARKS)
def test_what_cannot_be_undone_ends_a_page(mark: str, own: Windows, spiteful_site: Served) -> None:
    with own.watched():
        first = shown(own, spiteful_site)
        MARKS[mark](first)
        own.take_back(first)
        again = shown(own, spiteful_site)
        assert again is not first
        again.context.close()
