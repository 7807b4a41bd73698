"""Doses, blocks, minutes and positions in a reader's words."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinopress.content.data.help import HELP, read_help
from kinopress.content.model.dosage import Amount, Dosage
from kinopress.pages.parts.wording import (
    block_label,
    dosage_sentence,
    minutes_words,
)
from kinopress.problems import Problem
from support.projects import small_project


def _is(number: float) -> Amount:
    return Amount(number, number)


@pytest.mark.parametrize(
    ("dosage", "words"),
    [
        (Dosage(sets=_is(2), reps=_is(12), per_side=True), "2 × 12 · each side"),
        (
            Dosage(reps=_is(3), hold=_is(7), stretch=_is(15), effort=_is(20), per_side=True),
            "3 times · push 7 seconds, then ease in 15 seconds · 20% effort · each side",
        ),
        (
            Dosage(reps=_is(3), hold=_is(20), rest=_is(30)),
            "3 times · hold 20 seconds · rest 30 seconds",
        ),
        (Dosage(sets=_is(1), hold=_is(30)), "once · hold 30 seconds"),
        (Dosage(sets=_is(3), reps=_is(8), tempo="3-2-3"), "3 × 8 · tempo 3-2-3"),
        (Dosage(), ""),
    ],
)
def test_a_dose_is_said_in_one_line(dosage: Dosage, words: str) -> None:
    assert dosage_sentence(dosage) == words


def test_blocks_have_names_one_can_read_out() -> None:
    assert [block_label(name) for name in ("loosen-a", "strong-1", "calm")] == [
        "Loosen A",
        "Strong 1",
        "Calm",
    ]
    assert [minutes_words(1, 1), minutes_words(9, 9), minutes_words(9, 13)] == [
        "1 minute",
        "9 minutes",
        "9–13 minutes",
    ]


@pytest.mark.parametrize(
    ("position", "words"),
    [
        ("lying on back, strap round foot", "lying flat on your back"),
        ("Lying on your back", "lying flat on your back"),
        ("supine", "lying flat on your back"),
        ("lying on front, strap round ankle", "lying on your front"),
        ("face down", "lying on your front"),
        ("standing, back to the wall", None),
        ("side-lying, top leg behind", None),
        ("hands and knees", None),
    ],
)
def test_who_is_pregnant_is_told_by_the_position(
    tmp_path: Path, position: str, words: str | None
) -> None:
    problems: list[Problem] = []
    said = read_help(small_project(tmp_path), HELP, problems).advice_on(position)
    assert problems == []
    assert said == "" if words is None else words in said
