"""Does the clock of a session that is followed along keep time, for a real minute?

    python benchmarks/timer.py --site FOLDER         a site that is built already
    python benchmarks/timer.py --site FOLDER --seconds 60 --page exercises/met-hamstring-strap/

A page of the site in Chromium, at the speed of this computer and with whatever else it does. From the tap on Start each
change of the seconds, repetitions or words on the screen is noted. All lengths of these exercises are whole seconds, so
each change should come at a whole second; how much later it came is printed, and how far the clock was off at the end.

Ends with 1 when the clock was off by more than 50 ms at the end, or something failed to run.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from pathlib import Path

from compressing import serve
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import sync_playwright

from serve import launch

PAGE = "exercises/met-hamstring-strap/"
OFF_MAX_S = 0.05

_WATCH = """() => {
    globalThis.changes = [];
    const seen = () => ['head', 'number', 'place'].map((name) => document.querySelector(`.kp-follow__${name}`)?.textContent).join('|');
    let last = seen();
    const look = () => {
        const now = seen();
        if (now !== last) changes.push(performance.now());
        last = now;
        requestAnimationFrame(look);
    };
    look();
}"""


def watch(site: Path, page: str, seconds: float) -> list[float]:
    """The seconds from the first change to each later one.

    Raises:
        `BrowserError`: the session does not begin.
    """
    with serve(site, as_host=True) as served, sync_playwright() as playwright:
        browser = launch(playwright)
        tab = browser.new_page(viewport={"width": 360, "height": 740})
        tab.goto(f"{served.origin}/{page}")
        tab.get_by_role("button", name="Start").first.click()
        tab.locator(".kp-follow__number").wait_for()
        tab.evaluate(_WATCH)
        tab.wait_for_timeout(1000 * (seconds + 2))
        changes: list[float] = tab.evaluate("changes")
        browser.close()
    return [
        (one - changes[0]) / 1000 for one in changes[1:] if one - changes[0] <= 1000 * seconds + 500
    ]


def main() -> None:
    """Watch, print, and end as the module's words say."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--site", type=Path, required=True, help="a site that is built already")
    parser.add_argument("--page", default=PAGE)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    try:
        changes = watch(options.site, options.page, options.seconds)
    except (BrowserError, OSError) as error:
        print(error, file=sys.stderr)
        raise SystemExit(1) from error
    late = [1000 * (at - round(at)) for at in changes]
    off_s = min(abs(at - round(at)) for at in changes[-5:])
    print(
        f"{len(changes)} changes in {changes[-1]:.2f} s, off a whole second by median {statistics.median(late):+.0f} ms, "
        f"from {min(late):+.0f} to {max(late):+.0f}; over the last five seconds by {1000 * off_s:.0f} ms at best; "
        f"load average {os.getloadavg()[0]:.1f}"
    )
    raise SystemExit(0 if off_s <= OFF_MAX_S else 1)


if __name__ == "__main__":
    main()
