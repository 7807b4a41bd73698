"""How long from saving a file until the browser shows it, without anybody pressing reload?

    python benchmarks/serve.py            # 200 pages, then 2000
    python benchmarks/serve.py 200

Starts ``kinopress serve`` on a project of so many pages, opens an exercise in Chromium, writes a new
word into its file five times and waits each time until the page shows the word. Prints median and
longest against the limit and ends with 0 either way; it ends with 1 when something failed to run.
"""

from __future__ import annotations

import argparse
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
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from playwright.sync_api import Error as BrowserError

LIMITS_S = {200: 0.5, 2000: 1.0}
"""Pages → how long the median may take, in seconds: whoever waits longer looks elsewhere meanwhile."""

CHANGES = 5
START_MAX_S = 600.0
CHANGE_MAX_S = 60.0
BROWSERS = ("chromium-headless-shell", "chrome-headless-shell", "chromium", "chromium-browser", "google-chrome")
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
def serving(project: Path, url: str, port: int) -> Iterator[None]:
    """``kinopress serve`` in the background, from its first answer until the block ends.

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
        yield
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


def change_and_see(page: Page, file: Path, word: str) -> float:
    """Put ``word`` in front of the first section and wait for it. Seconds."""
    head, _, body = file.read_text("utf-8").partition("\n## ")
    front = head.rpartition("---\n")[0]
    begun = time.perf_counter()
    file.write_text(f"{front}---\n\nThe word is {word}.\n\n## {body}", "utf-8")
    page.get_by_text(f"The word is {word}.").wait_for(timeout=CHANGE_MAX_S * 1000)
    return time.perf_counter() - begun


def measure(pages: int, folder: Path) -> list[float]:
    """Seconds from saving to seeing, for each change of one of ``pages``.

    Raises:
        BenchmarkError: when the preview or the browser does not work.
    """
    made = drafts(pages)
    write_project(made, folder)
    exercise = next(draft for draft in made if draft.folder == "exercises")
    port = _free_port()
    url = f"http://127.0.0.1:{port}/exercises/{exercise.slug}/"
    file = folder / "exercises" / f"{exercise.slug}.md"
    try:
        with serving(folder, url, port), sync_playwright() as playwright:
            browser = launch(playwright)
            page = browser.new_page()
            page.goto(url)
            times = []
            for at in range(CHANGES):
                # A writer pauses to look. Never equally long: the preview looks for changes at a
                # fixed interval, and equal pauses would always meet the same point of it.
                page.wait_for_timeout(1500 + 130 * at)
                times.append(change_and_see(page, file, f"benchmark{at}"))
            browser.close()
    except BrowserError as error:
        raise BenchmarkError(f"the browser says: {error}") from error
    return times


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("pages", type=int, nargs="?", choices=LIMITS_S)
    asked = parser.parse_args().pages
    for pages in [asked] if asked else LIMITS_S:
        try:
            with tempfile.TemporaryDirectory(prefix="kinopress-benchmark-") as folder:
                times = measure(pages, Path(folder))
        except BenchmarkError as error:
            print(error, file=sys.stderr)
            return 1
        median, limit_s = statistics.median(times), LIMITS_S[pages]
        print(
            f"serve, {pages} pages, save to seen, median: {median:.2f} s, limit {limit_s:.1f} s, "
            f"holds: {'yes' if median <= limit_s else 'NO'}; longest {max(times):.2f} s"
        )
        print("each: " + ", ".join(f"{seconds:.2f} s" for seconds in times))
    return 0


if __name__ == "__main__":
    sys.exit(main())
