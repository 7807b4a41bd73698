"""What readers ask, what should come, and how well a search does by it."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

QUERIES = Path(__file__).resolve().parents[1] / "tests" / "this_site" / "queries_dev.tsv"
"""tests/this_site/README.md says what stands where."""

PAGES_QUERIES = QUERIES.with_name("pages_dev.tsv")
"""What readers ask of exercises, plans and articles."""

TOLD_QUERIES = QUERIES.with_name("pages_told.tsv")
"""Movements and questions told in other words than the pages use."""

_FOLDERS = {
    "m": "muscles",
    "s": "symptoms",
    "t": "techniques",
    "e": "exercises",
    "p": "plans",
    "a": "articles",
    "v": "videos",
}
_TERMS = ("muscles", "symptoms", "techniques")
_BEST = 2


@dataclass(frozen=True, slots=True)
class Query:
    """One query.

    Attributes:
        grades: Address of a page from the site's root (``muscles/calf/``) → 2 the best answer, 1 a
            fine one. Empty where nothing should come.
        kind: How it is asked: ``symptom``, ``red-flag``, ``negative`` …
    """

    words: str
    grades: Mapping[str, int]
    kind: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a search showed for a query: the addresses of pages in order, and whether a warning sign."""

    pages: Sequence[str]
    has_warning: bool = False


@dataclass(frozen=True, slots=True)
class Quality:
    """How well a search does. Shares from 0 to 1 are over the queries that have an answer.

    Attributes:
        hit_1: The first page is one of those expected.
        best_1: The first page is one of grade 2.
        hit_5: One of those expected is among the first five.
        ndcg_5: Discounted gain of the first five, beside that of the best possible five; the gain
            of a page is 2 to the power of its grade, less 1.
        false_hits: Queries with something shown where nothing should come.
        warned: Share of ``red-flag`` queries that show a warning sign.
        warned_wrongly: Share of the other queries that show one.
    """

    hit_1: float
    best_1: float
    hit_5: float
    ndcg_5: float
    false_hits: int
    warned: float
    warned_wrongly: float


def read_queries(file: Path = QUERIES) -> list[Query]:
    """All queries, in the file's order."""
    with file.open(encoding="utf-8", newline="") as lines:
        return [
            Query(row["query"], _grades(row["expected"]), row["type"])
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def _grades(expected: str) -> dict[str, int]:
    if expected == "-":
        return {}
    found = {}
    for entry in expected.split(";"):
        ident, _, grade = entry.partition("=")
        kind, _, slug = ident.partition(":")
        found[f"{_FOLDERS[kind]}/{slug}/"] = int(grade)
    return found


def is_term(address: str) -> bool:
    """Whether a page is a muscle, a symptom or a technique, and not a list of them."""
    folder, _, slug = address.partition("/")
    return folder in _TERMS and slug != ""


def judge(queries: Sequence[Query], shown: Sequence[Shown]) -> Quality:
    """Hold what was shown to what was expected.

    Where a query's answers are muscles, symptoms and techniques alone, only these have a rank, so
    that what one can do about them does not count as a miss.
    """
    ranked = [
        (query, _ranked(query, one)[:5])
        for query, one in zip(queries, shown, strict=True)
        if query.grades
    ]
    warned = {kind: [0, 0] for kind in (True, False)}
    for query, one in zip(queries, shown, strict=True):
        count = warned[query.kind == "red-flag"]
        count[0] += one.has_warning
        count[1] += 1
    return Quality(
        hit_1=_mean([any(page in query.grades for page in pages[:1]) for query, pages in ranked]),
        best_1=_mean(
            [any(query.grades.get(page) == _BEST for page in pages[:1]) for query, pages in ranked]
        ),
        hit_5=_mean([any(page in query.grades for page in pages) for query, pages in ranked]),
        ndcg_5=_mean([_ndcg(query.grades, pages) for query, pages in ranked]),
        false_hits=sum(
            bool(one.pages) for query, one in zip(queries, shown, strict=True) if not query.grades
        ),
        warned=warned[True][0] / max(1, warned[True][1]),
        warned_wrongly=warned[False][0] / max(1, warned[False][1]),
    )


def _ranked(query: Query, shown: Shown) -> list[str]:
    """The pages that have a rank for a query, in order."""
    terms_alone = all(is_term(page) for page in query.grades)
    return [page for page in shown.pages if is_term(page) or not terms_alone]


def misses(queries: Sequence[Query], shown: Sequence[Shown]) -> list[str]:
    """Each query that did not go well, and how, as a line to read."""
    found = []
    for query, one in zip(queries, shown, strict=True):
        five = _ranked(query, one)[:5]
        if one.has_warning != (query.kind == "red-flag"):
            found.append(f"{query.words}: {'a' if one.has_warning else 'no'} warning sign")
        if not query.grades:
            found += [f"{query.words}: found {page}" for page in one.pages[:1]]
        elif not any(page in query.grades for page in five[:1]):
            places = [at for at, page in enumerate(five, 1) if page in query.grades]
            at = f"place {places[0]}" if places else "none of five"
            found.append(f"{query.words}: {at}, first {five[0] if five else 'nothing'}")
    return found


def _mean(of: Sequence[float]) -> float:
    return sum(of) / len(of)


def _ndcg(grades: Mapping[str, int], pages: Sequence[str]) -> float:
    best = sorted(grades.values(), reverse=True)[:5]
    return _gain([grades.get(page, 0) for page in pages]) / _gain(best)


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(at + 2) for at, grade in enumerate(grades))
