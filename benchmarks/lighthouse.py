"""What does Lighthouse say of a page of each kind, beside plain pages of Material and Starlight in the same run?

    python benchmarks/lighthouse.py                  this repository's own site, built aside
    python benchmarks/lighthouse.py --site FOLDER    a site that is built already
    python benchmarks/lighthouse.py --rounds 5

Lighthouse as it comes, on its middling phone and slow line, in Chromium; a server that compresses as hosts do.
The peers show the words of one article, with nothing of this project around them. Prints the median score of each
category, the bytes, requests and shift of the layout, and for a score below 100 which of its audits
are to blame. Ends with 1 when a page of ours has less than 100 in a category, or something failed to run.

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

from serve import BROWSER_ARGS, BROWSERS

ROOT = Path(__file__).parents[1]
TOOLS = Path(__file__).parent / "lighthouse_tools"
ARTICLE = "docs/articles/tight-or-weak.md"
ATTEMPTS = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = {
    "home": "",
    "symptom": "symptoms/deep-buttock-pain/",
    "exercise with a film": "exercises/figure-four-stretch/",
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
        bytes: All that was sent.
        requests: How many files.
        shift: The layout's, without a unit.
        paint_s: When the largest thing in sight was painted, on the slow line.
        computer: How fast Lighthouse found this computer, other programs included: a laptop has some 1500.
            A slow one takes points from every page for the time that scripts and styles need.
        blame: Audits that cost points, with what they say.
    """

    scores: dict[str, float]
    bytes: int
    requests: int
    shift: float
    paint_s: float
    computer: float
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


def visit(address: str) -> Report:
    """One visit by Lighthouse, and another where its trace has failed, as it does on a busy computer.

    Raises:
        BenchmarkError: It, or the browser, does not work.
    """
    command = [
        *[node(), str(TOOLS / "node_modules/lighthouse/cli/index.js"), address, "--quiet"],
        *["--output=json", "--output-path=stdout"],
        f"--chrome-flags={' '.join(('--headless', *BROWSER_ARGS))}",
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
    blame = []
    for name in CATEGORIES:
        for reference in said["categories"][name]["auditRefs"]:
            audit = audits[reference["id"]]
            if reference["weight"] and audit["score"] is not None and audit["score"] < 0.995:
                blame.append(f"{name}: {audit['title']} {audit.get('displayValue', '')}".strip())
    return Report(
        {name: 100 * said["categories"][name]["score"] for name in CATEGORIES},
        round(audits["total-byte-weight"]["numericValue"]),
        sum(
            one["url"].startswith("http") for one in audits["network-requests"]["details"]["items"]
        ),
        audits["cumulative-layout-shift"]["numericValue"],
        audits["largest-contentful-paint"]["numericValue"] / 1000,
        said["environment"]["benchmarkIndex"],
        tuple(blame),
    )


def measure(name: str, address: str, rounds: int) -> bool:
    """Visit a page, print; ``False`` when a median is below 100."""
    reports = [visit(address) for _ in range(rounds)]
    medians = {c: statistics.median(one.scores[c] for one in reports) for c in CATEGORIES}
    last = min(reports, key=lambda one: sum(one.scores.values()))
    print(
        f"{name}: {' / '.join(f'{medians[c]:.0f}' for c in CATEGORIES)}; "
        f"{last.bytes / 1e3:.0f} kB in {last.requests} requests, shift {last.shift:.3f}, "
        f"largest paint {statistics.median(one.paint_s for one in reports):.1f} s, "
        f"computer {statistics.median(one.computer for one in reports):.0f}",
        flush=True,
    )
    full = min(medians.values()) >= 100
    for line in () if full else last.blame:
        print(f"    {line}")
    return full


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
            with serve(site) as served:
                for kind, path in PAGES.items():
                    full &= measure(kind, f"{served.origin}/{path}", options.rounds)
            for peer, build in (("Material", build_material), ("Starlight", build_starlight)):
                with serve(build(folder / peer)) as served:
                    measure(f"{peer}, the article's words", f"{served.origin}/", options.rounds)
    except (BenchmarkError, OSError) as error:
        print(error, file=sys.stderr)
        raise SystemExit(1) from error
    raise SystemExit(0 if full else 1)


if __name__ == "__main__":
    main()
