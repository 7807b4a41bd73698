"""What readers find: every page by its title however it is typed, and what they ask in their own words."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

import pytest

from kinopress.content.kinds import NoTag
from kinopress.content.library import Library, read_library
from kinopress.finder.normal import STOP, words
from support.asking import ask
from support.other_subject import other_subject
from support.own_project import last_day, own_library

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "benchmarks"))

from generate import drafts, write_project  # noqa: E402 - the benchmarks' own maker of sites
from queries import Query, Shown, judge, read_queries  # noqa: E402 - and their judge
from titles import address, typed_titles, wrong  # noqa: E402 - and their ways of typing

TITLES_FIRST_LEAST = 0.99


def _own(folder: Path) -> Path:
    del folder
    return ROOT


def _grown(folder: Path) -> Path:
    write_project(drafts(400), folder / "grown")
    return folder / "grown"


SITES = {"the coach's": _own, "generated": _grown, "of another subject": other_subject}


@pytest.fixture(scope="module", params=SITES)
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Library:
    project = SITES[request.param](tmp_path_factory.mktemp("site"))
    found, report = read_library(project, today=last_day())
    assert [str(problem) for problem in report.errors] == []
    return found


def test_every_page_is_first_for_its_title_however_it_is_typed(
    library: Library, tmp_path: Path
) -> None:
    asked = typed_titles(library)
    found = ask(library, [one.typed for one in asked], tmp_path)
    missed = wrong(library, asked, [answer[:1] for answer in found])
    kinds = Counter(line.partition(":")[0] for line in missed)
    assert 1 - len(missed) / len(asked) >= TITLES_FIRST_LEAST, "\n".join(missed[:40])
    assert kinds["as it stands"] == 0, missed
    assert kinds["small"] == kinds["large"] == 0, missed


def test_other_names_lead_to_their_page_and_a_word_nobody_knows_hides_none(
    library: Library, tmp_path: Path
) -> None:
    named = [
        (name, address(page))
        for page in library.pages.values()
        for name in (page.title, *(page.also_called if isinstance(page, NoTag) else ()))
        if not set(words(name)) <= STOP  # "About" says nothing beside another word
    ]
    plain = ask(library, [name for name, _ in named], tmp_path)
    with_unknown = ask(library, [f"zumbaqq {name}" for name, _ in named], tmp_path)
    for (name, page), answer, beside in zip(named, plain, with_unknown, strict=True):
        assert page in answer[:5], f"{name}: {answer[:5]}"
        assert page in beside[:8], f"zumbaqq {name}: {beside[:8]}"


def _answers(library: Library, queries: list[Query], folder: Path) -> list[Shown]:
    found = ask(library, [query.words for query in queries], folder)
    return [Shown([f"{page}/" for page in pages]) for pages in found]


@pytest.mark.parametrize(
    ("name", "first_least", "among_five_least"),
    [("queries_dev.tsv", 0.88, 0.98), ("pages_dev.tsv", 0.85, 0.95)],
)
def test_what_readers_ask_in_their_own_words_is_found(
    name: str, first_least: float, among_five_least: float, tmp_path: Path
) -> None:
    library = own_library()
    queries = read_queries(ROOT / "tests" / "browser" / name)
    assert len(queries) > 80
    quality = judge(queries, _answers(library, queries, tmp_path))
    assert quality.hit_1 >= first_least
    assert quality.hit_5 >= among_five_least
    assert quality.false_hits == 0


COME = ["appointment", "book an appointment", "price", "how much does it cost", "booking"]


@pytest.fixture(scope="module")
def come(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    library = own_library()
    return dict(zip(COME, ask(library, COME, tmp_path_factory.mktemp("come")), strict=True))


@pytest.mark.parametrize("words", COME)
def test_who_wants_to_come_finds_the_coach(words: str, come: dict[str, list[str]]) -> None:
    assert set(come[words][:2]) == {"pages/contact", "pages/assessment"}


def test_the_sets_of_queries_name_pages_that_are_there() -> None:
    library = own_library()
    pages = {f"{address(page)}/" for page in library.pages.values()}
    for name in ("queries_dev.tsv", "pages_dev.tsv"):
        with (ROOT / "tests" / "browser" / name).open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
        assert len({row["query"] for row in rows}) == len(rows)
        for query in read_queries(ROOT / "tests" / "browser" / name):
            assert set(query.grades) <= pages, query.words
