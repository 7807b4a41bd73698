"""Teaches the search's second listener, which hears danger in words that no rule for warning signs knows.

    python benchmarks/listen.py              learns, and writes docs/data/sign_weights.yml (half a minute)
    python benchmarks/listen.py --unseen     asks each set of wordings with weights that were learnt without it

It learns from the wordings that benchmarks/flags.py measures with, and from what readers type and pages are called
otherwise, as harmless; each as the browser reads it. To be run after wordings or rules were changed.

A word or two side by side count once, with a weight: logistic regression, by an accelerated gradient method whose steps
cannot overshoot. Which sign it is, is learnt from the dangers alone, for each sign with as few words as will do.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import gzip
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import flags
import numpy as np
from numpy.typing import NDArray

from kinopress.content.data.sign_weights import SIGN_WEIGHTS, WEIGHT_MOST, digest_of
from kinopress.content.model.library import Library
from kinopress.content.model.shared import SignWeights
from kinopress.content.read import read_library
from kinopress.finder.index import searched_pages

_HERE = flags.ROOT / "tests" / "this_site"
TAUGHT = _HERE / "red_flags_taught.tsv"
"""Wordings that were written to be learnt from, for each sign in six manners, and harmless ones as near to them."""

ORDINARY = _HERE / "ordinary_told.tsv"
"""Ordinary words in the manners in which dangers are told: of somebody else, at length, as questions."""

HARMLESS = (
    *(_HERE / f"{name}.tsv" for name in ("queries_dev", "pages_dev", "pages_told")),
    ORDINARY,
)
"""What people type who look for a page."""

TOLD_TWICE = 2
"""A word, or two side by side, that fewer wordings hold is not learnt: nothing is known of it."""

KEPT = 4000
"""So many words and pairs travel. Twice as many hear no better, half as many a little worse."""

DANGER_STEP, SIGN_STEP = 0.2, 0.5
"""What a weight of 1 stands for. Finer ones hear no better."""

SPARING = 1.0
"""How much a sign's words must tell to be kept; the weights of danger are only kept small, by as much."""

ROUNDS = 200

Numbers = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A wording as the browser reads it, and the signs it tells of: none where it is harmless."""

    text: str
    stems: tuple[str, ...]
    signs: tuple[str, ...]


def lessons(library: Library) -> list[Lesson]:
    """All there is to learn from, in an order of its own."""
    told = {one.words: one.signs for one in _told()}
    for text in _searches():
        told.setdefault(text, ())
    # By the rules alone: what was learnt before has no say in what is learnt.
    fetched = flags.files(with_weights(library, None))
    names = [flags.Wording(text, (), "") for text in sorted(_names(library) - told.keys())]
    # A name that tells of a sign ("foot slaps") is a page's that says whom to see with it.
    named = zip(names, flags.hear(fetched, names), strict=True)
    of = [*sorted(told.items()), *((one.words, one.signs) for one, by in named if not by.keys)]
    read = flags.stems(fetched, [text for text, _ in of])
    return [
        Lesson(text, _plain(stems), signs) for (text, signs), stems in zip(of, read, strict=True)
    ]


def _told() -> list[flags.Wording]:
    return flags.read_wordings(*flags.WORDINGS, TAUGHT)


def _plain(stems: Iterable[str]) -> tuple[str, ...]:
    """The same with one word for all numbers."""
    return tuple("0" if stem[0].isdigit() else stem for stem in stems)


def read_rows(file: Path) -> list[dict[str, str]]:
    """The lines of a file of queries."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [*csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _searches() -> Iterable[str]:
    for file in HARMLESS:
        for row in read_rows(file):
            if row["type"] != "red-flag":
                yield row["query"]


def _names(library: Library) -> set[str]:
    """What pages are called, and what they say that people call it."""
    return {
        phrase
        for page in searched_pages(library)
        for names in ("people_say", "aliases", "also_called")
        for phrase in (page.title, *getattr(page, names, ()))
    }


def digest() -> str:
    """Changes when the files of wordings do."""
    told = sorted((one.words, ";".join(one.signs)) for one in _told())
    said = json.dumps([told, sorted(_searches())], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def with_weights(library: Library, weights: SignWeights | None) -> Library:
    """A site with other weights."""
    return replace(library, shared=replace(library.shared, sign_weights=weights))


def learnt(of: Sequence[Lesson], *, signs: bool = True) -> SignWeights:
    """The weights; those of danger alone, which is much quicker, without ``signs``."""
    said = [_said(one.stems) for one in of]
    is_danger = np.array([[bool(one.signs)] for one in of], np.float32)
    often = Counter(word for words in said for word in words)
    known = sorted(word for word, n in often.items() if n >= TOLD_TWICE)
    weights, _ = fitted(_rows(said, known), is_danger, len(known), small=SPARING)
    telling = {
        word: abs(w) * often[word] ** 0.5 for word, w in zip(known, weights[:, 0], strict=True)
    }
    kept = sorted(sorted(known, key=lambda word: (-telling[word], word))[:KEPT])
    weights, base = fitted(_rows(said, kept), is_danger, len(kept), small=SPARING)
    danger = {w: n for w, n in zip(kept, _whole(weights[:, 0], DANGER_STEP), strict=True) if n}
    return SignWeights(
        digest(), _whole(base, DANGER_STEP)[0], danger, _signs_of(of) if signs else {}
    )


def _signs_of(of: Sequence[Lesson]) -> dict[str, tuple[int, dict[str, int]]]:
    dangers = [one for one in of if one.signs]
    keys = sorted({key for one in dangers for key in one.signs})
    of_sign = np.array([[key in one.signs for key in keys] for one in dangers], np.float32)
    said = [{*one.stems} for one in dangers]
    often = Counter(word for words in said for word in words)
    known = sorted(word for word, n in often.items() if n >= TOLD_TWICE)
    weights, base = fitted(_rows(said, known), of_sign, len(known), few=SPARING)
    return {
        key: (
            _whole(base[at : at + 1], SIGN_STEP)[0],
            {w: n for w, n in zip(known, _whole(weights[:, at], SIGN_STEP), strict=True) if n},
        )
        for at, key in enumerate(keys)
    }


def _said(stems: Sequence[str]) -> set[str]:
    return {*stems, *(" ".join(pair) for pair in pairwise(stems))}


def _rows(said: Sequence[Collection[str]], known: Sequence[str]) -> list[list[int]]:
    number_of = {word: at for at, word in enumerate(known)}
    return [sorted(number_of[word] for word in words if word in number_of) for words in said]


def _whole(values: Numbers, step: float) -> list[int]:
    return [int(n) for n in np.clip(np.round(values / step), -WEIGHT_MOST, WEIGHT_MOST)]


def fitted(
    rows: Sequence[Sequence[int]], told: Numbers, count: int, *, small: float = 0, few: float = 0
) -> tuple[Numbers, Numbers]:
    """Weights with which rows tell what they should, by logistic regression, a column for each thing to tell.

    Args:
        rows: The numbers of the words that each holds.
        told: 1 where a row tells of the column, else 0.
        count: How many words there are.
        small: What the squares of weights cost.
        few: What each weight costs for its size: those that do not pay are 0.

    Returns:
        The weights, and what counts before any word is said.
    """
    # What every row holds stands for that last, and costs nothing.
    lengths = np.array([len(row) + 1 for row in rows])
    words = np.concatenate([np.array([*row, count]) for row in rows])
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    order = np.argsort(words, kind="stable")
    row_of = np.repeat(np.arange(len(rows)), lengths)[order]
    word_starts = np.searchsorted(words[order], np.arange(count + 1))
    costs = np.ones((count + 1, 1), np.float32)
    costs[count] = 0
    # A step no steeper than this bound on the curvature never overshoots, so rare words may take long ones.
    steep = np.add.reduceat(np.repeat(lengths, lengths)[order], word_starts)[:, None]
    steep = (0.25 * steep + small * costs).astype(np.float32)
    weights = np.zeros((count + 1, told.shape[1]), np.float32)
    ahead, pace = weights, 1.0
    for _ in range(ROUNDS):
        sums = np.add.reduceat(ahead[words], starts, axis=0)
        wrong = 1 / (1 + np.exp(-sums)) - told
        slope = np.add.reduceat(wrong[row_of], word_starts, axis=0) + small * costs * ahead
        moved = ahead - slope / steep
        moved = np.sign(moved) * np.maximum(np.abs(moved) - few * costs / steep, 0)
        # Momentum that points uphill is dropped.
        pace = 1.0 if ((ahead - moved) * (moved - weights)).sum() > 0 else pace
        following = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = (moved + (pace - 1) / following * (moved - weights)).astype(np.float32)
        weights, pace = moved, following
    return weights[:count], weights[count]


def written(weights: SignWeights, of: Sequence[Lesson], day: dt.date) -> str:
    """The file."""
    dangers = sum(bool(one.signs) for one in of)
    danger = "\n".join(f"  {n} {words}" for words, n in sorted(weights.danger.items()))
    signs = "\n".join(
        " ".join([f"  {key} {base}", *(f"{word} {n}" for word, n in sorted(said.items()))])
        for key, (base, said) in sorted(weights.signs.items())
    )
    return f"""\
# Learnt, not written: python benchmarks/listen.py makes this file anew, and has to when wordings or rules were changed.
#
# The second listener of the search adds these weights up where no rule for a warning sign is met (ARCHITECTURE.md, "The
# finder is our own"). Words are stems, slips put right as the rules do; 0 stands for any number. Last learnt on
# {day:%Y-%m-%d} from {dangers} wordings that tell of a sign and {len(of) - dangers} harmless ones: tests/this_site/red_flags_*.tsv, the
# queries beside them, and what pages are called.
#
# These are words, not diseases: how often somebody who typed them was in danger, among those lines and nowhere else. No
# weight means anything by itself, and none is advice. A danger that no line tells of cannot be heard.
of: "{weights.of}"
# A digest of all that follows: nobody changes a weight, or loses some, and is not told.
holds: "{digest_of(weights)}"
# Before any word is said, and for each word or two side by side, in fifths: above 0 for danger.
base: {weights.base}
danger: |
{danger}
# Which sign it is: its weight before any word is said, then its words and theirs, in halves.
signs: |
{signs}
"""


def without_rules(fetched: flags.Files, *, near: bool = False) -> flags.Files:
    """The same files, but no rule is ever met and, but for ``near``, nothing comes near one: what the listener hears alone."""
    file = json.loads(fetched.signs)
    file["rules"] = "\n" * file["rules"].count("\n")
    if near:
        return flags.Files(fetched.index, json.dumps(file).encode())
    groups = (group.partition(":") for group in file["groups"].split(" "))
    file["groups"] = " ".join(f"{marks.replace('n', '')}:{text}" for marks, _, text in groups)
    return flags.Files(fetched.index, json.dumps(file).encode())


@dataclass(frozen=True, slots=True)
class Unseen:
    """What is shown for wordings that nothing was learnt from, as shares of them.

    Attributes:
        warned: A card stands above the results.
        asked: "Are any of these true?"
    """

    warned: float
    asked: float

    @property
    def heard(self) -> float:
        """Either."""
        return self.warned + self.asked


def unseen(
    library: Library,
    of: Sequence[Lesson],
    wordings: Sequence[flags.Wording],
    *,
    rules: bool = False,
    signs: bool = True,
) -> tuple[Unseen, Unseen]:
    """What is shown for dangers and for harmless words, with weights that were learnt without them.

    Args:
        library: The site.
        of: All lessons; the wordings' own are left out.
        wordings: What is asked.
        rules: Rules are asked first, as for a reader. They were made with these wordings in sight.
        signs: Learn also which sign it is; without, nobody is warned by a card.
    """
    left_out = {one.words for one in wordings}
    weights = learnt([one for one in of if one.text not in left_out], signs=signs)
    fetched = flags.files(with_weights(library, weights))
    heard = flags.hear(fetched if rules else without_rules(fetched), wordings)

    def share(*, is_danger: bool) -> Unseen:
        ones = [h for h, w in zip(heard, wordings, strict=True) if bool(w.signs) == is_danger]
        most = max(1, len(ones))
        return Unseen(
            sum(bool(h.keys) for h in ones) / most,
            sum(h.is_near and not h.keys for h in ones) / most,
        )

    return share(is_danger=True), share(is_danger=False)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, help="sets of wordings, for --unseen")
    parser.add_argument("--unseen", action="store_true", help="ask what nothing was learnt from")
    options = parser.parse_args()
    library, _ = read_library(flags.ROOT)
    of = lessons(library)
    if options.unseen:
        for file in options.files or flags.WORDINGS:
            wordings = flags.read_wordings(file)
            danger, harmless = unseen(library, of, wordings)
            print(
                f"{file.stem:<20} dangers warned of {danger.warned:.3f}, asked {danger.asked:.3f}, "
                f"together {danger.heard:.3f}; harmless {harmless.warned:.3f}, {harmless.asked:.3f}"
            )
        return 0
    weights = learnt(of)
    before, after = (
        len(gzip.compress(flags.files(with_weights(library, one)).signs, 9))
        for one in (None, weights)
    )
    (flags.ROOT / SIGN_WEIGHTS).write_text(
        written(weights, of, dt.datetime.now(dt.UTC).date()), "utf-8"
    )
    print(
        f"{len(weights.danger)} weights of danger, {sum(len(w) for _, w in weights.signs.values())} of signs; "
        f"rules with gzip {before / 1000:.1f} kB, with these {after / 1000:.1f} kB"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
