"""How long does a build take, against Hugo with the same pages in the same run?

    python benchmarks/build.py            100 and 1000 pages, 5 rounds
    python benchmarks/build.py --quick    100 pages only
    python benchmarks/build.py --large    5000 pages only
    python benchmarks/build.py --before ../earlier    beside another checkout of this project

Another checkout builds the same pages in turn with this one, with its own ``.venv`` or else with the
packages of this Python; the ratio then says what has become of it since. What its pages called otherwise is
written in its words.

Each program starts cold: its output and its caches of an earlier run are deleted before. After that one word of
one page is changed and the site is built again, then the title of a term, and then once more with nothing changed; all stand beside
the cold build of the other. Times are of the whole process, its start included. Prints numbers and whether each limit holds, and
ends with 0 either way; it ends with 1 when something failed to run.
"""

from __future__ import annotations

import argparse
import functools
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from generate import generate
from measure import BenchmarkError, Run, alternate, hugo, kinopress, kinopress_of, run

BUILD_LIMITS = {100: 4.0, 1000: 3.5, 5000: 3.0}
"""Pages → how many times as long as Hugo a build may take. Material with ``navigation.prune``, which
writes the same kind of page through the same engine, measured 4.3 and 6.6 times Hugo."""

AGAIN_LIMITS: dict[int, dict[str, float]] = {
    1000: {"a word changed": 0.6, "a term's title changed": 1.0, "nothing changed": 0.4},
    5000: {"a word changed": 0.8, "a term's title changed": 1.0, "nothing changed": 0.4},
}
"""Pages → how many times as long as Hugo's cold build the next one may take, by what was changed."""

AGAIN = tuple(AGAIN_LIMITS[1000])

CHECK_LIMIT = 1.0
"""A check of 1000 pages may take as long as Hugo takes to build them: it is run after every word."""

PEAK_LIMITS_BYTES = {100: 200_000_000, 1000: 200_000_000, 5000: 350_000_000}
"""What a small hosted runner or an old laptop can spare."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; ``limit`` and ``holds`` are empty where a number is only shown."""

    what: str
    ours: str
    theirs: str = ""
    ratio: str = ""
    limit: str = ""
    holds: str = ""


def _cold(command: list[str], cwd: Path, *leftovers: str) -> Run:
    for name in leftovers:
        shutil.rmtree(cwd / name, ignore_errors=True)
    return run(command, cwd)


_MORE = "\nOne more word.\n"


def _again(command: list[str], project: Path, what: str) -> Run:
    """Build once more what was built just before.

    Args:
        command: The build.
        project: Where.
        what: One of :data:`AGAIN`; what was changed the last time is changed back.
    """
    if what == "a word changed":
        page = min((project / "exercises").glob("*.md"))
        text = page.read_text("utf-8")
        page.write_text(text.removesuffix(_MORE) if text.endswith(_MORE) else text + _MORE, "utf-8")
    elif what == "a term's title changed":
        page = min((project / "docs/muscles").glob("*.md"))
        text = page.read_text("utf-8")
        before, after = (
            ("title: The ", "title: ") if "title: The " in text else ("title: ", "title: The ")
        )
        page.write_text(text.replace(before, after, 1), "utf-8")
    return run(command, project)


_EARLIER_WORDS = {"docs/data/red_flags.yml": (("level: emergency", 'level: "999"'),)}
"""By file: what pages say now, and what they said before."""


def _in_words_of(checkout: Path, project: Path, copy: Path) -> Path:
    """A copy of a project that another checkout can read."""
    shutil.copytree(project, copy)
    known = "\n".join(
        file.read_text("utf-8") for file in (checkout / "src/kinopress/content").rglob("*.py")
    )
    for path, pairs in _EARLIER_WORDS.items():
        text = (copy / path).read_text("utf-8")
        for now, before in pairs:
            if f'"{now.rpartition(" ")[2]}"' not in known:
                text = text.replace(now, before)
        (copy / path).write_text(text, "utf-8")
    return copy


def _against(what: str, ours: Run, theirs: Run, limit: float) -> list[Row]:
    wall, cpu = ours.wall_s / theirs.wall_s, ours.cpu_s / theirs.cpu_s
    return [
        Row(
            what,
            f"{ours.wall_s:.2f} s",
            f"{theirs.wall_s:.2f} s",
            f"{wall:.2f}x",
            f"≤ {limit:.1f}x",
            _holds(wall <= limit),
        ),
        Row("  on all processors", f"{ours.cpu_s:.2f} s", f"{theirs.cpu_s:.2f} s", f"{cpu:.2f}x"),
    ]


def _holds(is_kept: bool) -> str:
    return "yes" if is_kept else "NO"


def _page_bytes(site: Path, pages: int) -> float:
    sizes = [file.stat().st_size for file in site.rglob("*.html")]
    if len(sizes) < pages:
        raise BenchmarkError(f"{site.parent.name} wrote {len(sizes)} of {pages} pages")
    return statistics.median(sizes)


def rows_since(pages: int, rounds: int, folder: Path, checkout: Path) -> list[Row]:
    """Measure a site of one size beside another checkout, which gets the same pages.

    Raises:
        BenchmarkError: when either fails.
    """
    project, _ = generate(pages, folder)
    theirs = _in_words_of(checkout, project, folder / "before")
    both = (([kinopress()], project), (kinopress_of(checkout, folder / "installed"), theirs))
    steps: list[list[functools.partial[Run]]] = [
        [
            functools.partial(_cold, [*command, "check"], at, ".kinopress", "site")
            for command, at in both
        ],
        [
            functools.partial(_cold, [*command, "build", "--force"], at, ".kinopress", "site")
            for command, at in both
        ],
        *(
            [functools.partial(_again, [*command, "build"], at, what) for command, at in both]
            for what in AGAIN
        ),
    ]
    runs = alternate([job for step in steps for job in step], rounds)
    names = ("check", "build", *(f"  {name}" for name in AGAIN))
    return [
        row
        for at, name in enumerate(names)
        for row in _beside(f"{name}, {pages} pages", runs[2 * at], runs[2 * at + 1])
    ]


def _beside(what: str, now: Run, before: Run) -> list[Row]:
    return [
        Row(
            name,
            f"{mine:.2f} s",
            f"{theirs:.2f} s",
            f"{mine / theirs:.2f}x",
        )
        for name, mine, theirs in (
            (what, now.wall_s, before.wall_s),
            ("  on all processors", now.cpu_s, before.cpu_s),
        )
    ]


def rows(pages: int, rounds: int, folder: Path) -> list[Row]:
    """Measure a site of one size.

    Raises:
        BenchmarkError: when a program fails, or writes fewer pages than it was given.
    """
    project, peer = generate(pages, folder)
    ours = (".kinopress", "site")
    build = functools.partial(_cold, [kinopress(), "build", "--force"], project, *ours)
    check = functools.partial(_cold, [kinopress(), "check"], project, *ours)
    theirs = functools.partial(_cold, [hugo(), "--ignoreCache"], peer, "public", "resources")
    again = [functools.partial(_again, [kinopress(), "build"], project, what) for what in AGAIN]
    checked, hugo_built, built, *built_again = alternate([check, theirs, build, *again], rounds)
    table = _against(f"build, {pages} pages", built, hugo_built, BUILD_LIMITS[pages])
    table += [
        Row(
            "  peak memory",
            f"{built.peak_bytes / 1e6:.0f} MB",
            f"{hugo_built.peak_bytes / 1e6:.0f} MB",
            "",
            f"≤ {PEAK_LIMITS_BYTES[pages] / 1e6:.0f} MB",
            _holds(built.peak_bytes <= PEAK_LIMITS_BYTES[pages]),
        )
    ]
    size = _page_bytes(project / "site", pages)
    their_size = _page_bytes(peer / "public", pages)
    table += [
        Row(
            "  bytes of a page",
            f"{size / 1e3:.1f} kB",
            f"{their_size / 1e3:.1f} kB",
            f"{size / their_size:.2f}x",
        )
    ]
    limits = AGAIN_LIMITS.get(pages, {})
    for what, once_more in zip(AGAIN, built_again, strict=True):
        row, cpu = _against(f"  {what}", once_more, hugo_built, limits.get(what, 0))
        table += [row if what in limits else replace(row, limit="", holds=""), cpu]
    if pages == 1000:
        table += _against(f"check, {pages} pages", checked, hugo_built, CHECK_LIMIT)
    return table


def show(table: Iterable[Row], peer: str) -> None:
    """Print the table; ``peer`` names what stands beside ours."""
    head = Row("median", "kinopress", peer, "ratio", "limit", "holds")
    for r in (head, *table):
        print(f"{r.what:<30}{r.ours:>12}{r.theirs:>12}{r.ratio:>9}{r.limit:>11}{r.holds:>7}")


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="100 pages only")
    parser.add_argument("--large", action="store_true", help="5000 pages only")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is run (5)")
    parser.add_argument(
        "--before", type=Path, metavar="CHECKOUT", help="beside this checkout instead of Hugo"
    )
    options = parser.parse_args()
    sizes = [100] if options.quick else [5000] if options.large else [100, 1000]
    table: list[Row] = []
    try:
        for pages in sizes:
            with tempfile.TemporaryDirectory(prefix="kinopress-benchmark-") as folder:
                rounds = max(1, options.rounds)
                table += (
                    rows_since(pages, rounds, Path(folder), options.before)
                    if options.before
                    else rows(pages, rounds, Path(folder))
                )
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        if table:
            show(table, "before" if options.before else "hugo build")
    return 0


if __name__ == "__main__":
    sys.exit(main())
