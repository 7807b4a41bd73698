"""How much of a slow phone's main thread does a moving figure leave idle?

    python benchmarks/idle.py                        an exercise of ./site, built before
    python benchmarks/idle.py --site DIR --exercise clam --seconds 10

The page of an exercise in Chromium with the processor slowed six times: as it is opened, with its moving figure
in sight, and scrolled past it. The share is what is left of the time beside the main thread's tasks (Performance.getMetrics).
Only the time in which the thread had the processor counts, so that other programs on a busy machine are not taken for it.
Prints a table and ends with 1 when a limit is missed.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from compressing import serve
from playwright.sync_api import CDPSession, sync_playwright

from serve import launch

SLOWED = 6
IN_SIGHT, OUT_OF_SIGHT = 0.60, 0.95
PHONE = {"width": 390, "height": 844}
_OPEN = """() => {
  const moving = document.querySelector('img[src$="moving.svg"]');
  moving.closest("details").open = true;
  moving.scrollIntoView({ block: "center" });
}"""


def idle(session: CDPSession, seconds: float) -> float:
    """The share of the next seconds in which the main thread has nothing to do."""
    before, begun = _busy_s(session), time.monotonic()
    time.sleep(seconds)
    busy_s = _busy_s(session) - before
    return max(0.0, 1 - busy_s / (time.monotonic() - begun))


def _busy_s(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(m["value"] for m in metrics if m["name"] == "TaskDuration"))


def main() -> int:
    """Measure and print; 1 when a limit is missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--site", type=Path, default=Path("site"))
    parser.add_argument("--exercise", nargs="*", default=["clam", "nordic-lower"])
    parser.add_argument("--seconds", type=float, default=10)
    given = parser.parse_args()
    missed = False
    print(f"{'exercise':28}{'before play':>12}{'in sight':>10}{'out of sight':>14}")
    with serve(given.site) as served, sync_playwright() as playwright:
        browser = launch(playwright)
        for name in given.exercise:
            page = browser.new_page(viewport=PHONE)
            page.goto(f"{served.origin}/exercises/{name}/", wait_until="networkidle")
            session = page.context.new_cdp_session(page)
            session.send("Performance.enable", {"timeDomain": "threadTicks"})
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
            before = idle(session, given.seconds)
            page.evaluate(_OPEN)
            page.wait_for_timeout(3000)  # until it is drawn for the first time
            seen = idle(session, given.seconds)
            page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
            page.wait_for_timeout(3000)
            past = idle(session, given.seconds)
            print(f"{name:28}{before:12.0%}{seen:10.0%}{past:14.0%}", flush=True)
            missed |= seen < IN_SIGHT or past < OUT_OF_SIGHT
            page.close()
        browser.close()
    print("MISSED" if missed else "ok", f"at least {IN_SIGHT:.0%} and {OUT_OF_SIGHT:.0%}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
