"""What does a wrong guess of a passphrase cost, here and in a browser?

    python benchmarks/passphrase.py

Ends with 1 when one costs less than 80 ms of a processor here, or less than 80 ms in Chromium, at the median of seven.
"""

from __future__ import annotations

import statistics
import time

from playwright.sync_api import sync_playwright

from kinopress import sealed
from serve import launch

LEAST_MS = 80.0
TIMES = 7

_GUESS = """async ([rounds, times]) => {
    const found = [];
    for (let at = 0; at < times; at += 1) {
        const before = performance.now();
        const typed = await crypto.subtle.importKey("raw", new TextEncoder().encode(`guess ${at}`), "PBKDF2", false, ["deriveBits"]);
        await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: new Uint8Array(16), iterations: rounds }, typed, 256);
        found.push(performance.now() - before);
    }
    return found;
}"""


def _here() -> list[float]:
    key, number = sealed.new_key(), sealed.new_number()
    locked = sealed.lock(key, number, sealed.new_passphrase())
    found = []
    for at in range(TIMES):
        before = time.process_time()
        try:
            sealed.unlock(locked, number, f"guess {at}")
        except sealed.Damaged:
            found.append((time.process_time() - before) * 1000)
    return found


def _in_a_browser() -> list[float]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        try:
            page = browser.new_page()
            page.route(
                "**/*", lambda route: route.fulfill(body="<!doctype html><title>Blank</title>")
            )
            page.goto("http://127.0.0.1/")
            times: list[float] = page.evaluate(_GUESS, [sealed.ROUNDS, TIMES])
            return times
        finally:
            browser.close()


def main() -> int:
    """Measure both and print them."""
    slow = True
    for where, times in (
        ("Python, of a processor", _here()),
        ("Chromium, by the clock", _in_a_browser()),
    ):
        middle = statistics.median(times)
        print(
            f"{where:<24} {middle:6.0f} ms a guess ({sealed.ROUNDS} rounds; {min(times):.0f} to {max(times):.0f})"
        )
        slow = slow and middle >= LEAST_MS
    years = 2 ** (10 * sealed.WORDS) / 2 * LEAST_MS / 1000 / 31_557_600
    print(f"Half of all passphrases at {LEAST_MS:.0f} ms each: {years:.1e} years of one processor.")
    return 0 if slow else 1


if __name__ == "__main__":
    raise SystemExit(main())
