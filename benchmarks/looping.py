"""How exactly does the player repeat a part of a film, and does it ever miss its end?

    python benchmarks/looping.py                   100 rounds each: at 1x and 0.25x, calm and under load
    python benchmarks/looping.py --rounds 20

A drawn film of 25 pictures a second, in a page with the player and nothing else, in Chromium. A part of half a
second, which is the shortest there is, is repeated. Load means that the page's own thread is slowed six times and blocked for
150 of every 200 ms; whatever else this computer does comes on top, so the load average is printed too. Each picture
that is shown, and the film's clock, say how far a round went past the end of the part.

Ends with 1 when a calm round went more than two pictures past the end, when a round under load went so far
that the end was missed (a second of the film), or when something failed to run.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from measure import BenchmarkError
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as BrowserError
from slow_server import Line, serve

import kinopress
from kinopress.system.process import run
from kinopress.video.ffmpeg.binary import find_encoder
from serve import launch

ASSETS = Path(kinopress.__file__).parent / "engines/theme/assets"
FPS = 25
SECONDS = 8
FROM_S, TO_S = 2.0, 2.5
PAST_MAX = 2.0
"""Pictures past the end of the part that a calm round may show."""
MISSED_S = 1.0
SLOWED = 6
HANGS_S = 600.0

_PAGE = f"""<!doctype html><title>A film</title><script type="module" src="assets/web/kinopress.js"></script>
<kp-film data-length="{SECONDS}" data-fps="{FPS}"><div class="kp-video">
<video controls preload="none" muted width="640" height="360"><source src="film.mp4" type="video/mp4"></video></div></kp-film>
"""

_WATCH = f"""() => {{
    const film = document.querySelector('video');
    globalThis.past = [];
    globalThis.missed = 0;
    let furthest = 0;
    const see = at => {{ furthest = Math.max(furthest, at); }};
    // Where the clock is when the player jumps: under load neither of the two below may have seen it.
    const {{ get, set }} = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'currentTime');
    Object.defineProperty(film, 'currentTime', {{
        get: () => get.call(film),
        set: at => {{ if (!film.seeking) see(get.call(film)); set.call(film, at); }},
    }});
    film.addEventListener('seeking', () => {{
        past.push((furthest - {TO_S}) * {FPS});
        if (furthest - {TO_S} > {MISSED_S}) missed++;
        furthest = 0;
    }});
    film.addEventListener('ended', () => missed++);
    const pictures = (_, picture) => {{ see(picture.mediaTime); film.requestVideoFrameCallback(pictures); }};
    film.requestVideoFrameCallback(pictures);
    const clock = () => {{ if (!film.seeking) see(film.currentTime); requestAnimationFrame(clock); }};
    clock();
}}"""
_BLOCK = """() => setInterval(() => {
    const end = performance.now() + 150;
    while (performance.now() < end);
}, 200)"""


@dataclass(frozen=True, slots=True)
class Rounds:
    """What was seen of some rounds: how far each went past the end, in pictures, and how many missed it."""

    past: tuple[float, ...]
    missed: int


def write(folder: Path) -> None:
    """A page with the player and its film.

    Raises:
        BenchmarkError: FFmpeg cannot make the film.
    """
    shutil.copytree(ASSETS, folder / "assets")
    (folder / "index.html").write_text(_PAGE, "utf-8")
    source = f"testsrc2=size=640x360:rate={FPS}:duration={SECONDS}"
    codec = ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-g", str(2 * FPS)]
    done = run(
        [
            *[find_encoder().path, "-v", "error", "-nostdin", "-f", "lavfi", "-i", source],
            *[*codec, "-movflags", "+faststart", str(folder / "film.mp4")],
        ],
        wall_s=HANGS_S,
    )
    if done.returncode:
        raise BenchmarkError(done.stderr)


def repeat(browser: Browser, address: str, speed: float, rounds: int, *, load: bool) -> Rounds:
    """Set a part with the keys, as a reader does, and watch it repeat."""
    page = browser.new_page()
    page.set_default_timeout(1000 * HANGS_S)
    page.goto(address)
    line = page.locator(".kp-player input[type=range]")
    line.focus()
    page.get_by_label("Speed").select_option(f"{speed:g}")
    line.focus()
    page.keyboard.press("k")
    page.wait_for_function("() => document.querySelector('video').currentTime > 0")
    page.keyboard.press("k")
    for key, second in (("a", FROM_S), ("b", TO_S)):
        page.evaluate(
            "at => new Promise(there => { const film = document.querySelector('video');"
            " film.addEventListener('seeked', there, { once: true }); film.currentTime = at; })",
            second,
        )
        page.keyboard.press(key)
    page.evaluate(f"document.querySelector('video').currentTime = {FROM_S}")
    page.wait_for_function("() => !document.querySelector('video').seeking")
    page.evaluate(_WATCH)
    if load:
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        page.evaluate(_BLOCK)
    page.keyboard.press("k")
    while len(page.evaluate("past")) < rounds and page.evaluate("missed") < rounds:
        page.wait_for_timeout(500)
    past, missed = page.evaluate("[past, missed]")
    page.close()
    return Rounds(tuple(past[:rounds]), missed)


def main() -> None:
    """Repeat, print, and end as the module's words say."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=100)
    rounds = parser.parse_args().rounds
    holds = True
    try:
        with tempfile.TemporaryDirectory(prefix="kinopress-looping-") as name:
            folder = Path(name)
            write(folder)
            with serve(Line(folder, 1e9)) as address, sync_playwright() as playwright:
                browser = launch(playwright)
                for load in (False, True):
                    for speed in (1.0, 0.25):
                        seen = repeat(browser, address, speed, rounds, load=load)
                        most = max(seen.past)
                        holds &= seen.missed == 0 and (load or most <= PAST_MAX)
                        print(
                            f"{'load' if load else 'calm'}, {speed:g}x, {len(seen.past)} rounds: past the end by "
                            f"median {statistics.median(seen.past):+.2f}, most {most:+.2f} pictures; "
                            f"missed {seen.missed}; load average {os.getloadavg()[0]:.1f}",
                            flush=True,
                        )
                browser.close()
    except (BenchmarkError, BrowserError, OSError) as error:
        print(error, file=sys.stderr)
        raise SystemExit(1) from error
    raise SystemExit(0 if holds else 1)


if __name__ == "__main__":
    main()
