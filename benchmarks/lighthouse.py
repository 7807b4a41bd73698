"""What does Lighthouse say of a page of each kind, beside plain pages of Material and Starlight in the same run?

    python benchmarks/lighthouse.py                  this repository's own site, built aside
    python benchmarks/lighthouse.py --site FOLDER    a site that is built already
    python benchmarks/lighthouse.py --rounds 5

Lighthouse on its middling phone and slow line, in Chromium; a server that compresses as hosts do and says with each
file of ours what the release asks for. Lighthouse plays the phone by slowing a laptop four times; a slower computer is
slowed less, by the speed that the visit before found, so that a busy one plays the same phone. The peers show the words of one article, with nothing of this
project around them. Prints the median score of each category, the bytes, requests and shift of the layout, and for a
score below 100 which of its audits are to blame.

Then the offline worker: a first visit with it and without, as Lighthouse sees it; and how long readers who come back
wait for the first paint, with the worker begun for that page (after a pause it always is) and without it.

Ends with 1 when a page of ours has less than 100 in a category, more than 90 kB, 12 requests or any shift of its
layout, or something failed to run.

Lighthouse, Astro and Starlight come by npm, as benchmarks/lighthouse_tools locks them (400 MB, first run only).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from compressing import serve
from measure import BenchmarkError, kinopress, node, run
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as BrowserError

from serve import BROWSER_ARGS, BROWSERS, launch

ROOT = Path(__file__).parents[1]
TOOLS = Path(__file__).parent / "lighthouse_tools"
ARTICLE = "docs/articles/tight-or-weak.md"
ATTEMPTS = 3
LAPTOP, PHONE_SLOWED = 1500, 4.0
"""How fast Lighthouse finds a laptop (its benchmark index), and how much it slows one to play its phone."""
KB_MAX, REQUESTS_MAX = 90, 12
"""Of a page of ours with its picture, before anything is played."""
KEEPS_AFTER_MS = 1500
"""After the page is there; the site waits two seconds before it fetches what the device keeps."""
RETURNS = 15
LINE_S = 0.15
"""What a file takes to come to whoever comes back, beside its bytes: as on Lighthouse's line."""
HANGS_MS = 600_000.0
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = {
    "home": "",
    "symptom": "symptoms/deep-buttock-pain/",
    "exercise with a film": "exercises/figure-four-stretch/",
    "exercise": "exercises/clam/",
    "exercises": "exercises/",
    "article": "articles/tight-or-weak/",
    "plan": "plans/tight-hamstrings-14/",
    "find": "find/",
    "film": "videos/figure-four-stretch/",
}


@dataclass(frozen=True, slots=True)
class Report:
    """What Lighthouse found in one visit.

    Attributes:
        scores: 0 to 100, by category.
        bytes: All that was sent before the device begins to keep the site.
        requests: How many files, those of a browser's own cache left out.
        shift: The layout's, without a unit.
        first_s: When anything was painted, on the slow line.
        paint_s: When the largest thing in sight was.
        computer: How fast Lighthouse found this computer, other programs included: a laptop has some 1500.
        slowed: How many times slower than that the visit was made.
        blame: Audits that cost points, with what they say.
    """

    scores: dict[str, float]
    bytes: int
    requests: int
    shift: float
    first_s: float
    paint_s: float
    computer: float
    slowed: float
    blame: tuple[str, ...]


def install() -> None:
    """Install what the lock file names."""
    sys.path.insert(0, str(ROOT / "web"))
    from build import npm  # noqa: PLC0415 - a script beside this folder, not a package

    lock, there = TOOLS / "package-lock.json", TOOLS / "node_modules/.package-lock.json"
    if not there.is_file() or there.stat().st_mtime < lock.stat().st_mtime:
        npm("ci", "--ignore-scripts", folder=TOOLS)


def build_ours(folder: Path) -> Path:
    """This repository's own site."""
    for name in ("docs", "exercises", "videos"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    if (ROOT / ".kinopress").is_dir():
        shutil.copytree(ROOT / ".kinopress", folder / ".kinopress")
    run([kinopress(), "build"], folder)
    return folder / "site"


def plain_article() -> tuple[str, str]:
    """Title and words of an article as any engine reads them: without fields, blocks and links of ours."""
    _, front, body = (ROOT / ARTICLE).read_text("utf-8").split("---\n", 2)
    title = re.search(r"(?m)^title: (.+)$", front)
    words = re.sub(r"\{\{.*?\}\}|\[@[^\]]*\]", "", body)
    words = re.sub(r"\[\[(?:[^|\]]*\|)?([^\]]*)\]\]", r"\1", words)
    return (title[1] if title else "An article"), words


def build_material(folder: Path) -> Path:
    """Material as its own guide begins: its name and nothing else."""
    title, words = plain_article()
    (folder / "docs").mkdir(parents=True)
    (folder / "docs/index.md").write_text(f"# {title}\n\n{words}", "utf-8")
    (folder / "mkdocs.yml").write_text("site_name: A plain site\ntheme: material\n", "utf-8")
    run([sys.executable, "-m", "mkdocs", "build", "--quiet"], folder)
    return folder / "site"


def build_starlight(folder: Path) -> Path:
    """Starlight as its own guide begins, built beside its packages: Vite follows no link to them."""
    title, words = plain_article()
    with tempfile.TemporaryDirectory(prefix=".site.next-", dir=TOOLS) as name:
        project = Path(name)
        shutil.copy(TOOLS / "astro.config.mjs", project)
        shutil.copytree(TOOLS / "src", project / "src")
        docs = project / "src/content/docs"
        docs.mkdir(parents=True)
        (docs / "index.md").write_text(f"---\ntitle: {json.dumps(title)}\n---\n\n{words}", "utf-8")
        done = subprocess.run(
            [node(), str(TOOLS / "node_modules/.bin/astro"), "build"],
            cwd=project,
            env={**_environment(), "ASTRO_TELEMETRY_DISABLED": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise BenchmarkError(f"Astro: {done.stdout}{done.stderr}")
        shutil.copytree(project / "dist", folder)
    return folder


def _environment() -> dict[str, str]:
    path = os.pathsep.join([str(Path(node()).parent), os.environ.get("PATH", "")])
    found = [browser for name in BROWSERS if (browser := shutil.which(name))]
    return {**os.environ, "PATH": path, **({"CHROME_PATH": found[0]} if found else {})}


def visit(address: str, *options: str, slowed: float = PHONE_SLOWED) -> Report:
    """One visit by Lighthouse, and another where its trace has failed, as it does on a busy computer.

    Args:
        address: The page.
        options: More of Lighthouse's own.
        slowed: How many times slower than this computer the reader's is.

    Raises:
        BenchmarkError: It, or the browser, does not work.
    """
    command = [
        *[node(), str(TOOLS / "node_modules/lighthouse/cli/index.js"), address, "--quiet"],
        *["--output=json", "--output-path=stdout"],
        f"--chrome-flags={' '.join(('--headless', *BROWSER_ARGS))}",
        *(f"--throttling.cpuSlowdownMultiplier={slowed:.2f}", *options),
    ]
    for _ in range(ATTEMPTS):
        done = subprocess.run(
            command, env=_environment(), capture_output=True, text=True, check=False
        )
        if done.returncode == 0:
            break
    else:
        raise BenchmarkError(f"Lighthouse: {done.stderr[-2000:]}")
    said: dict[str, Any] = json.loads(done.stdout)
    audits = said["audits"]
    there_ms = audits["metrics"]["details"]["items"][0]["observedLoad"] + KEEPS_AFTER_MS
    sent = [
        one["transferSize"]
        for one in audits["network-requests"]["details"]["items"]
        if one["url"].startswith("http") and one["networkRequestTime"] <= there_ms
    ]
    blame = []
    for name in CATEGORIES:
        for reference in said["categories"][name]["auditRefs"]:
            audit = audits[reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 0.995:
                blame.append(f"{name}: {audit['title']} {audit.get('displayValue', '')}".strip())
    return Report(
        {name: 100 * said["categories"][name]["score"] for name in CATEGORIES},
        sum(sent),
        sum(size > 0 for size in sent),
        audits["cumulative-layout-shift"]["numericValue"],
        audits["first-contentful-paint"]["numericValue"] / 1000,
        audits["largest-contentful-paint"]["numericValue"] / 1000,
        said["environment"]["benchmarkIndex"],
        slowed,
        tuple(blame),
    )


_found: list[float] = []
"""How fast each visit found this computer."""


def phone_of(computer: float) -> float:
    """How much a computer is to be slowed to be as slow as Lighthouse's phone."""
    return min(max(1.0, PHONE_SLOWED * computer / LAPTOP), PHONE_SLOWED)


def visits(address: str, rounds: int, *options: str) -> list[Report]:
    """Some visits, each slowed by the speed that the one before found, of whatever page."""
    reports: list[Report] = []
    for _ in range(rounds):
        reports.append(visit(address, *options, slowed=phone_of(_found[-1])))
        _found.append(reports[-1].computer)
    return reports


def measure(name: str, address: str, rounds: int) -> bool:
    """Visit a page, print; ``False`` when a median is below 100, or a limit is passed."""
    reports = visits(address, rounds)
    medians = {c: statistics.median(one.scores[c] for one in reports) for c in CATEGORIES}
    last = min(reports, key=lambda one: sum(one.scores.values()))
    print(
        f"{name}: {' / '.join(f'{medians[c]:.0f}' for c in CATEGORIES)}; "
        f"{last.bytes / 1e3:.0f} kB in {last.requests} requests, shift {last.shift:.3f}, "
        f"largest paint {statistics.median(one.paint_s for one in reports):.1f} s, "
        f"computer {statistics.median(one.computer for one in reports):.0f}, "
        f"slowed {statistics.median(one.slowed for one in reports):.1f} times",
        flush=True,
    )
    full = min(medians.values()) >= 100
    for line in () if full else last.blame:
        print(f"    {line}")
    small = max(one.bytes for one in reports) <= 1000 * KB_MAX
    few = max(one.requests for one in reports) <= REQUESTS_MAX
    return full and small and few and not any(one.shift for one in reports)


def compare_first_visits(origin: str, rounds: int) -> None:
    """Print when home is painted for whoever has not been there, with the worker and without."""
    for name, options in (("with", ()), ("without", ("--blocked-url-patterns=*/sw.js",))):
        reports = visits(f"{origin}/", rounds, *options)
        print(
            f"home, first visit, {name} the worker: first paint "
            f"{statistics.median(one.first_s for one in reports):.2f} s, largest "
            f"{statistics.median(one.paint_s for one in reports):.2f} s"
        )


_KEEP = """() => navigator.serviceWorker.register("/sw.js").then(
    () => navigator.serviceWorker.ready).then((one) => one.active.state)"""
_PAINTED = """() => new Promise((done) => new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (one.name === "first-contentful-paint") done(one.startTime);
}).observe({ type: "paint", buffered: true }))"""


def _return(browser: Browser, origin: str, *, worker: bool) -> list[float]:
    """Milliseconds until the first paint of home for one who has read an article before, again and again."""
    context = browser.new_context(service_workers="allow" if worker else "block")
    context.set_default_timeout(HANGS_MS)
    page = context.new_page()
    page.goto(f"{origin}/{PAGES['article']}")
    if worker:
        page.evaluate(_KEEP)
    session = context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    painted = []
    for _ in range(RETURNS):
        page.goto(f"{origin}/{PAGES['article']}")
        page.evaluate(_PAINTED)
        session.send("ServiceWorker.stopAllWorkers")
        page.goto(f"{origin}/")
        painted.append(float(page.evaluate(_PAINTED)))
    context.close()
    return painted


def compare_returns(site: Path) -> None:
    """Print how long whoever comes back waits for home."""
    with (
        serve(site, as_host=True, latency_s=LINE_S) as served,
        sync_playwright() as playwright,
    ):
        origin = served.origin
        browser = launch(playwright)
        for name, worker in (("without", False), ("with", True), ("without, again", False)):
            painted = _return(browser, origin, worker=worker)
            print(
                f"home, return, {name} the worker: first paint after median "
                f"{statistics.median(painted):.0f} ms, {min(painted):.0f} to {max(painted):.0f}",
                flush=True,
            )
        browser.close()


def main() -> None:
    """Build, visit, print, and end as the module's words say."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--site", type=Path, help="a site that is built already")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    full = True
    try:
        install()
        with tempfile.TemporaryDirectory(prefix="kinopress-lighthouse-") as name:
            folder = Path(name)
            site = options.site or build_ours(folder / "ours")
            print(f"{', '.join(CATEGORIES)}; medians of {options.rounds}")
            with serve(site, as_host=True) as served:
                _found.append(visit(f"{served.origin}/").computer)
                for kind, path in PAGES.items():
                    full &= measure(kind, f"{served.origin}/{path}", options.rounds)
                compare_first_visits(served.origin, options.rounds)
            compare_returns(site)
            for peer, build in (("Material", build_material), ("Starlight", build_starlight)):
                with serve(build(folder / peer)) as served:
                    measure(f"{peer}, the article's words", f"{served.origin}/", options.rounds)
    except (BenchmarkError, BrowserError, OSError) as error:
        print(error, file=sys.stderr)
        raise SystemExit(1) from error
    raise SystemExit(0 if full else 1)


if __name__ == "__main__":
    main()
