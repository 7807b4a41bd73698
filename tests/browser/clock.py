"""A clock that only a test moves, for a page that is used again: what Playwright puts into a profile for its own stays there.

Of a page's time it is what ours ask for: the date, ``performance.now`` and timers.
"""

from __future__ import annotations

import itertools

from playwright.sync_api import Page

BEGUN_MS = 1000
"""What the clock shows on the first page."""
_CLOCK = """(() => {
    const Real = Date, later = setTimeout, often = setInterval, [whose, shown] = window.name.split(' ');
    let now = whose === 'WHOSE' ? Number(shown) : BEGUN, last = 0;
    const timers = new Map();
    const plan = again => (what, wait = 0, ...given) => {
        const every = Math.max(Number(wait) || 0, again ? 1 : 0);
        timers.set(++last, { at: now + every, what, given, every: again ? every : null });
        return last;
    };
    const next = () => [...timers].reduce((first, one) => !first || one[1].at < first[1].at ? one : first, null);
    const move = async (ms) => {
        const end = now + ms;
        for (let one = next(); one && one[1].at <= end; one = next()) {
            const [number, timer] = one;
            now = Math.max(now, timer.at);
            if (timer.every === null) timers.delete(number); else timer.at += timer.every;
            timer.what(...timer.given);
            await new Promise(done => later(done));  // what hangs on it happens before the next
        }
        now = end;
        window.name = `WHOSE ${now}`;  // where the next page finds it
    };
    const jump = (ms) => {
        for (const timer of timers.values()) timer.at = Math.max(timer.at, now + ms);
        return move(ms);
    };
    const go = () => { let at = Real.now(); often(() => { const since = Real.now() - at; at += since; move(since); }, 20); };
    globalThis.Date = class Date extends Real {
        constructor(...given) { super(...(given.length ? given : [now])); }
        static now() { return now; }
    };
    performance.now = () => now - BEGUN;
    globalThis.setTimeout = plan(false);
    globalThis.setInterval = plan(true);
    globalThis.clearTimeout = globalThis.clearInterval = number => { timers.delete(number); };
    globalThis.testClock = { move, jump, go };
})()"""
_numbers = itertools.count()


class Clock:
    """Of all that a page shows from now on, one after the other.

    Args:
        page: It has not been anywhere yet.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        whose = f"clock-{next(_numbers)}"
        page.add_init_script(_CLOCK.replace("WHOSE", whose).replace("BEGUN", f"{BEGUN_MS}"))

    def run_for(self, ms: int) -> None:
        """Let time go by: everything that is due happens at its moment, one after the other."""
        self._page.evaluate("ms => testClock.move(ms)", ms)

    def fast_forward(self, ms: int) -> None:
        """Let time have gone by, as while a computer slept: what was due meanwhile is late, and happens once."""
        self._page.evaluate("ms => testClock.jump(ms)", ms)

    def resume(self) -> None:
        """Go on with the time of the computer."""
        self._page.evaluate("testClock.go()")
