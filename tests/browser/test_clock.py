"""The clock of the tests moves a page's time, all of it, and goes with the test."""

from __future__ import annotations

from browser.clock import BEGUN_MS, Clock
from browser.fixtures import PHONE
from browser.server import Served
from browser.windows import Window, Windows

TIMERS = """() => {
    window.seen = [];
    const note = what => seen.push(`${what} at ${Date.now()}`);
    setTimeout(note, 300, 'late');
    const often = setInterval(() => { note('often'); if (seen.length > 3) clearInterval(often); }, 100);
    setTimeout(() => { note('first'); Promise.resolve().then(() => setTimeout(note, 20, 'after it')); }, 50);
    clearTimeout(setTimeout(note, 60, 'never'));
}"""
NOW = "[Date.now(), new Date().getTime(), performance.now() + BEGUN]".replace(
    "BEGUN", f"{BEGUN_MS}"
)


def _shown(windows: Windows, site: Served) -> tuple[Window, Clock]:
    window = windows.lend(PHONE, {"java_script_enabled": True}, unused=False)
    clock = Clock(window.page)
    window.page.goto(site.url("exercises/"))
    return window, clock


def test_what_is_due_happens_at_its_moment_and_what_was_late_once(
    windows: Windows, spiteful_site: Served
) -> None:
    window, clock = _shown(windows, spiteful_site)
    page = window.page
    assert page.evaluate(NOW) == [BEGUN_MS] * 3
    page.evaluate(TIMERS)
    page.wait_for_timeout(200)
    assert page.evaluate("seen") == []
    clock.run_for(250)
    seen = ["first at 1050", "after it at 1070", "often at 1100", "often at 1200"]
    assert page.evaluate("seen") == seen
    assert page.evaluate(NOW) == [BEGUN_MS + 250] * 3
    page.evaluate("seen.length = 0, setInterval(() => seen.push(Date.now()), 100)")
    clock.fast_forward(60_000)
    assert page.evaluate("seen") == ["late at 61250", BEGUN_MS + 60_250]
    clock.run_for(100)
    assert page.evaluate("seen.slice(2)") == [BEGUN_MS + 60_350]
    windows.take_back(window)


def test_another_page_goes_on_with_the_same_time_and_another_test_does_not(
    windows: Windows, spiteful_site: Served
) -> None:
    window, clock = _shown(windows, spiteful_site)
    clock.run_for(5000)
    window.page.reload()
    assert window.page.evaluate(NOW) == [BEGUN_MS + 5000] * 3
    windows.take_back(window)
    again, _ = _shown(windows, spiteful_site)
    assert again is window
    assert again.page.evaluate(NOW) == [BEGUN_MS] * 3
    windows.take_back(again)
    plain = windows.lend(PHONE, {"java_script_enabled": True}, unused=False)
    assert plain is window
    plain.page.goto(spiteful_site.url("exercises/"))
    assert plain.page.evaluate("Date.now()") > 1e12
    assert plain.page.evaluate("'testClock' in window") is False
    windows.take_back(plain)


def test_it_can_go_on_with_the_time_of_the_computer(
    windows: Windows, spiteful_site: Served
) -> None:
    window, clock = _shown(windows, spiteful_site)
    window.page.evaluate("() => { window.rung = new Promise(done => setTimeout(done, 30)); }")
    clock.resume()
    window.page.evaluate("window.rung")
    assert window.page.evaluate("Date.now()") >= BEGUN_MS + 30
    windows.take_back(window)
