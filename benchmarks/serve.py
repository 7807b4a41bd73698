"""How long from saving a file until the browser shows it, without anybody pressing reload?

    python benchmarks/serve.py            # 200 pages, then 2000
    python benchmarks/serve.py 200
    python benchmarks/serve.py --figure   # a pose, until the drawing is another; 200 pages

Starts ``kinopress serve`` on a project of so many pages, opens an exercise in Chromium, writes a new
word into its file five times and waits each time until the page shows the word. Prints median and
longest against the limit and ends with 0 either way; it ends with 1 when something failed to run. With ``--figure`` an
angle of a pose file is changed, and the preview's processor time is printed as well: on a busy machine the clock says little.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generate import drafts, write_project
from measure import BenchmarkError, kinopress
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, sync_playwright
from playwright.sync_api import Error as BrowserError

LIMITS_S = {200: 0.5, 2000: 1.0}
"""Pages → how long the median may take, in seconds: whoever waits longer looks elsewhere meanwhile."""

FIGURE_LIMIT_S = 2.0
"""The same for the drawing of a pose that was changed."""
FIGURE = ".kp-moving summary img"
POSE = """\
start: lie left
seen: {{from: 108, high: 60}}
poses:
  closed:
    floor: [L hip side, L shoulder side, L knee outside, L ankle outside]
    both: {{hip: {{flex: 45}}, knee: 90, ankle: 0}}
    touch: {{R ankle inside: L ankle inside, R palm: R hip front, L head side: L wrist}}
  open:
    as: closed
    R: {{hip: {{flex: 45, abduct: {degrees}, rotate: 48}}, knee: 90}}
film:
- {{pose: closed, hold: 0.6, say: Heels together}}
- {{pose: open, move: 1.4, hold: 0.9, say: Open the top knee, work: [gluteus-medius]}}
path: R knee
back: 2.2
"""

CHANGES = 5
START_MAX_S = 600.0
CHANGE_MAX_S = 60.0
BROWSERS = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
)
BROWSER_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def launch(playwright: Playwright) -> Browser:
    """Chromium without a window: one on the path, else Playwright's own.

    Raises:
        playwright.sync_api.Error: when there is none.
    """
    found = [path for name in BROWSERS if (path := shutil.which(name))]
    return playwright.chromium.launch(
        executable_path=found[0] if found else None, args=list(BROWSER_ARGS)
    )


@contextmanager
def serving(project: Path, url: str, port: int) -> Iterator[int]:
    """``kinopress serve`` in the background, from its first answer until the block ends; its process's number.

    Raises:
        BenchmarkError: with what it said, when it does not answer in time.
    """
    log = project / "serve.log"
    with log.open("wb") as out:
        command = [kinopress(), "serve", "--project", str(project), "--port", str(port)]
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
    try:
        if not _answers(url, process):
            raise BenchmarkError(f"kinopress serve does not answer:\n{log.read_text('utf-8')}")
        yield process.pid
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(url: str, process: subprocess.Popen[bytes]) -> bool:
    until = time.monotonic() + START_MAX_S
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 - our own server
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return True
    return False


_TELL_MOMENT = """
addEventListener("DOMContentLoaded", () => {
  const said = /The word is (\\w+)\\./.exec(document.body.textContent);
  if (said) requestAnimationFrame(() => setTimeout(() => console.log(`shown ${said[1]} ${Date.now()}`)));
});
"""
"""Run in each page: when the browser has painted a word. Playwright itself looks only after 0, 20, 70, 170, 270, 770 ms …,
so that whatever came at 300 ms was seen at 770."""


def change_and_see(page: Page, file: Path, word: str) -> float:
    """Put ``word`` in front of the first section and wait until the browser has painted it. Seconds."""
    head, _, body = file.read_text("utf-8").partition("\n## ")
    front = head.rpartition("---\n")[0]
    shown: list[float] = []

    def note(told: ConsoleMessage) -> None:
        if told.text.startswith(f"shown {word} "):
            shown.append(int(told.text.rpartition(" ")[2]) / 1000)

    page.on("console", note)
    begun = time.time()
    file.write_text(f"{front}---\n\nThe word is {word}.\n\n## {body}", "utf-8")
    page.get_by_text(f"The word is {word}.").wait_for(timeout=CHANGE_MAX_S * 1000)
    until = time.monotonic() + CHANGE_MAX_S
    while not shown and time.monotonic() < until:
        page.wait_for_timeout(20)
    page.remove_listener("console", note)
    if not shown:
        raise BenchmarkError("the browser shows the word and does not say when")
    return shown[0] - begun


def change_pose_and_see(page: Page, file: Path, degrees: int) -> float:
    """Open the knee so far and wait for another drawing. Seconds."""
    before = page.locator(FIGURE).get_attribute("src")
    begun = time.perf_counter()
    file.write_text(POSE.format(degrees=degrees), "utf-8")
    page.locator(f'{FIGURE}:not([src="{before}"])').wait_for(timeout=CHANGE_MAX_S * 1000)
    return time.perf_counter() - begun


def processor_s(pid: int) -> float:
    """Processor time that a process has taken so far (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def measure(pages: int, folder: Path, *, figure: bool = False) -> tuple[list[float], list[float]]:
    """Seconds from saving to seeing, for each change of one of ``pages``, and those of the preview's processor time.

    Raises:
        BenchmarkError: when the preview or the browser does not work.
    """
    made = drafts(pages)
    write_project(made, folder)
    exercise = next(draft for draft in made if draft.folder == "exercises")
    port = _free_port()
    url = f"http://127.0.0.1:{port}/exercises/{exercise.slug}/"
    file = folder / "exercises" / f"{exercise.slug}{'.pose.yml' if figure else '.md'}"
    if figure:
        file.write_text(POSE.format(degrees=32), "utf-8")
    times, taken = [], []
    try:
        with serving(folder, url, port) as pid, sync_playwright() as playwright:
            browser = launch(playwright)
            page = browser.new_page()
            page.add_init_script(_TELL_MOMENT)
            page.goto(url)
            for at in range(CHANGES):
                # A writer pauses to look. Never equally long: the preview looks for changes at a
                # fixed interval, and equal pauses would always meet the same point of it.
                page.wait_for_timeout(1500 + 130 * at)
                so_far = processor_s(pid)
                if figure:
                    times.append(change_pose_and_see(page, file, 24 + at))
                else:
                    times.append(change_and_see(page, file, f"benchmark{at}"))
                taken.append(processor_s(pid) - so_far)
            browser.close()
    except BrowserError as error:
        raise BenchmarkError(f"the browser says: {error}") from error
    return times, taken


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("pages", type=int, nargs="?", choices=LIMITS_S)
    parser.add_argument("--figure", action="store_true")
    given = parser.parse_args()
    for pages in [given.pages or 200] if given.pages or given.figure else LIMITS_S:
        try:
            with tempfile.TemporaryDirectory(prefix="kinopress-benchmark-") as folder:
                times, taken = measure(pages, Path(folder), figure=given.figure)
        except BenchmarkError as error:
            print(error, file=sys.stderr)
            return 1
        median, limit_s = statistics.median(times), LIMITS_S[pages]
        limit_s = FIGURE_LIMIT_S if given.figure else limit_s
        print(
            f"serve, {pages} pages, save to seen, median: {median:.2f} s, limit {limit_s:.1f} s, "
            f"holds: {'yes' if median <= limit_s else 'NO'}; longest {max(times):.2f} s"
        )
        print("each: " + ", ".join(f"{seconds:.2f} s" for seconds in times))
        print(f"processor time of the preview, median: {statistics.median(taken):.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
