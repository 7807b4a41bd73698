"""What does a reader fetch and wait for, with a film of a minute on a slow and on a fair line?

    python benchmarks/delivery.py                 a drawn film of 60 s
    python benchmarks/delivery.py --clip FILE     real footage instead
    python benchmarks/delivery.py --seconds 120

Builds this repository's own site with that film in place of the demonstration film, serves it with a
server of its own that is held to 1.5 and to 8 Mb/s and answers after 50 ms, and opens the film's page
in Chromium: as a phone on the slow line, as a laptop on the other. Prints bytes before play, time from
play to the first picture, and for five seeks their times and their bytes, the second of play after
each included. Ends with 1 when anything of the film but its poster is fetched before play, or
something failed to run.
"""

from __future__ import annotations

import argparse
import collections
import shutil
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import clips
from measure import BenchmarkError, kinopress, run
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page, sync_playwright
from slow_server import Line, serve

from serve import BROWSER_ARGS, BROWSERS

ROOT = Path(__file__).parents[1]
SLUG = "figure-four-stretch"
SECONDS = 60.0
SEEKS = (0.5, 0.2, 0.8, 0.35, 0.65)
"""Shares of the film, forwards and back, none where the player has read ahead."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who opens the page."""

    name: str
    bits_per_s: float
    width: int
    height: int


READERS = (
    Reader("phone, 1.5 Mb/s", 1.5e6, 412, 915),
    Reader("laptop, 8 Mb/s", 8e6, 1280, 800),
)

_NEXT_PICTURE = """
const film = document.querySelector('video');
const shown = () => new Promise((done, fail) => {
    film.requestVideoFrameCallback(() => done());
    setTimeout(() => fail(new Error('no picture within 60 s')), 60000);
});
const begun = performance.now();
"""
PLAY = f"async () => {{ {_NEXT_PICTURE} film.muted = true; film.play(); await shown(); return (performance.now() - begun) / 1000; }}"
SEEK = f"""async (share) => {{ {_NEXT_PICTURE}
    const there = new Promise(done => film.addEventListener('seeked', done, {{once: true}}));
    film.currentTime = share * film.duration; await there; await shown();
    return (performance.now() - begun) / 1000; }}"""


def build(folder: Path, seconds: float, clip: Path | None) -> Path:
    """This repository's site with a long film; the folder of its pages."""
    project = folder / "project"
    for name in ("docs", "exercises", "videos"):
        shutil.copytree(ROOT / name, project / name)
    shutil.copy(ROOT / "mkdocs.yml", project)
    (project / "videos" / f"{SLUG}.mp4").unlink()
    film = clips.film(folder, seconds, clip=clip)
    film.rename(project / "videos" / f"{SLUG}.mov")
    run([kinopress(), "build"], project)
    return project / "site"


def visit(page: Page, reader: Reader, line: Line, address: str) -> bool:
    """Open, play, seek and print; ``False`` when more than the poster came before play."""
    page.goto(f"{address}videos/{SLUG}/")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)
    kinds: collections.Counter[str] = collections.Counter()
    for path, count in line.sent.items():
        kinds[path.rpartition("/")[2] if "/media/" in path else Path(path).suffix or "page"] += (
            count
        )
    holds = {k for k in kinds if k.endswith(".mp4") or k.startswith("storyboard")} == set()
    fetched = ", ".join(f"{kind} {count / 1e3:.0f} kB" for kind, count in kinds.most_common())
    print(f"{reader.name}\n  before play: {fetched}; of the film its poster only: {_yes(holds)}")
    first_s = page.evaluate(PLAY)
    source = page.evaluate("document.querySelector('video').currentSrc").rpartition("/")[2]
    page.wait_for_timeout(1000)
    before = line.sent.total()
    times = []
    for share in SEEKS:
        times.append(float(page.evaluate(SEEK, share)))
        page.wait_for_timeout(1000)
    spent = line.sent.total() - before
    size = next(line.folder.glob(f"media/*/{source}")).stat().st_size
    print(f"  play to first picture: {first_s:.2f} s ({source}, {size / 1e6:.1f} MB)")
    print(
        f"  seek: median {statistics.median(times):.2f} s, longest {max(times):.2f} s, "
        f"bytes of five {spent / 1e6:.1f} MB",
        flush=True,
    )
    return holds


def _yes(holds: bool) -> str:
    return "yes" if holds else "NO"


def measure(site: Path) -> bool:
    """Let each reader visit; ``False`` when one fetched too much.

    Raises:
        BenchmarkError: when the browser does not work.
    """
    found = [path for name in BROWSERS if (path := shutil.which(name))]
    kept = True
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=found[0] if found else None, args=list(BROWSER_ARGS)
            )
            for reader in READERS:
                line = Line(site, reader.bits_per_s)
                with serve(line) as address:
                    size = {"width": reader.width, "height": reader.height}
                    page = browser.new_page(viewport=size)
                    kept &= visit(page, reader, line, address)
                    page.close()
            browser.close()
    except BrowserError as error:
        raise BenchmarkError(f"the browser says: {error}") from error
    return kept


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--clip", type=Path, help="real footage instead of the drawn film")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="length of the film (60)")
    options = parser.parse_args()
    clip = None if options.clip is None else options.clip.absolute()
    try:
        with tempfile.TemporaryDirectory(prefix="kinopress-benchmark-") as temp:
            kept = measure(build(Path(temp), options.seconds, clip))
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 1
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
