"""Warning signs in people's own words: recognised, and ordinary words left alone."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

from kinopress.content.library import Library, read_library
from kinopress.content.sign_checks import disagreement
from kinopress.content.urgency import DEFAULT, number_links

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
import flags  # noqa: E402 - a benchmark is a program beside the tests


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(ROOT)[0]


@pytest.fixture(scope="module")
def heard(library: Library) -> list[flags.Heard]:
    return flags.hear(library, flags.read_wordings())


@pytest.fixture(scope="module")
def judged(library: Library, heard: list[flags.Heard]) -> flags.Judged:
    return flags.judge(library, flags.read_wordings(), heard)


def test_wordings_of_signs_are_recognised_and_none_that_needs_999_is_missed(
    judged: flags.Judged,
) -> None:
    assert judged.wordings > 1800
    assert judged.missed_999 == []
    assert judged.recall >= flags.RECALL_LEAST, judged.missed


def test_every_sign_is_among_the_wordings_and_mostly_recognised(
    library: Library, judged: flags.Judged
) -> None:
    # What came into the list after the wordings were written: part of another sign then.
    unmeasured = {"testicle"}
    assert library.shared.red_flags.keys() - judged.signs.keys() == unmeasured
    assert {key: n for key, n in judged.signs.items() if n[0] < 0.9 * n[1]} == {}


def test_harmless_words_are_left_alone(judged: flags.Judged) -> None:
    assert judged.harmless > 900
    assert judged.false_share <= flags.FALSE_MOST, judged.false


def test_no_wording_of_a_sign_goes_without_the_rules(heard: list[flags.Heard]) -> None:
    # The rules are fetched only when a word asks for them.
    assert [one for one in heard if one.keys and not one.asks] == []


def test_the_colophon_shows_the_figures_of_these_rules(
    library: Library, judged: flags.Judged
) -> None:
    # python benchmarks/flags.py --write
    assert dict(library.shared.sign_figures) == flags.figures(library, judged)


def test_each_wording_stands_once_and_names_signs_that_are_there(library: Library) -> None:
    wordings = flags.read_wordings()
    assert [words for words, n in Counter(w.words for w in wordings).items() if n > 1] == []
    named = {key for wording in wordings for key in wording.signs}
    assert named <= library.shared.red_flags.keys()


@pytest.mark.parametrize(
    ("text", "level", "word"),
    [
        ("Do not rub it. Call 999 if you are short of breath.", "urgent", None),
        ("Go to A&E.", "urgent", "A&E"),
        ("Ring 111 today.", "gp", "111"),
        ("See someone soon.", "999", "soon"),
        ("Go straight to A&E, call 999.", "999", None),
        ("Keep off the foot today.", "gp", "today"),
        ("Stop running.", "gp", None),
    ],
)
def test_a_text_may_not_say_another_urgency_than_its_sign(
    text: str, level: str, word: str | None
) -> None:
    assert disagreement(text, level) == word


def test_numbers_to_ring_are_links_and_no_others() -> None:
    assert number_links("Call 999 now.", DEFAULT) == 'Call <a href="tel:999">999</a> now.'
    assert number_links("In 1999 and 9991 of &#111;", DEFAULT) == "In 1999 and 9991 of &#111;"


ORDINARY = (
    "hip pain came on suddenly",
    "i can't get comfortable in bed",
    "cant get my leg straight",
    "my physio doesnt know what it is",
    "going to end up injured",
)
"""Each holds what is left of a phrase of an emergency without its small words ("came to on the")."""


def test_small_words_that_make_a_phrase_are_part_of_it(library: Library) -> None:
    said = {
        words: heard.keys
        for words, heard in zip(
            (*ORDINARY, "i want to end it", "he came to on the floor"),
            flags.hear(
                library,
                [
                    flags.Wording(w, (), "")
                    for w in (*ORDINARY, "i want to end it", "he came to on the floor")
                ],
            ),
            strict=True,
        )
    }
    assert {
        words: said[words] for words in ORDINARY if {"collapse", "crisis"} & set(said[words])
    } == {}
    assert "crisis" in said["i want to end it"]
    assert "collapse" in said["he came to on the floor"]
