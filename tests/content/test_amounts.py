"""How much, how long, how hard, and when: what is read, and what is asked for instead of guessed."""

from __future__ import annotations

import datetime as dt

import pytest

from kinopress.content.forms import amounts
from kinopress.content.forms import scalars as fields
from kinopress.content.forms.form import Desk, Reader
from kinopress.content.model.dosage import Amount
from kinopress.content.source.yaml.reader import parse_fields
from kinopress.problems import Problem


def read(reader: Reader[object], written: str) -> tuple[object, list[Problem]]:
    """What a reader makes of a value as it stands in front matter."""
    found, problems = parse_fields(f"value: {written}\n", "page.md")
    assert found is not None and problems == []
    return reader(found.entries["value"], Desk("page.md", problems).at("value")), problems


@pytest.mark.parametrize(
    ("written", "low_s", "high_s"),
    [
        ("30 s", 30, 30),
        ("30s", 30, 30),
        ('"30 s"', 30, 30),
        ("30 sec", 30, 30),
        ("2 secs", 2, 2),
        ("1 second", 1, 1),
        ("1 min", 60, 60),
        ("1 minute", 60, 60),
        ("2 mins", 120, 120),
        ("1 min 30 s", 90, 90),
        ("1min30s", 90, 90),
        ("1.5 min", 90, 90),
        ("1 h 10 min", 4200, 4200),
        ("5–10 s", 5, 10),
        ("5-10 s", 5, 10),
        ("5 to 10 s", 5, 10),
        ("1–2 min", 60, 120),
        ("0.5 s", 0.5, 0.5),
        ("5\u201110 s", 5, 10),
        ("5\u221210\u00a0s", 5, 10),
        ("5\u2010\u200b10 s", 5, 10),
        ("５－１０ s", 5, 10),
        ("24 h", 86400, 86400),
        ("30 S", 30, 30),
    ],
)
def test_a_length_of_time_is_read_with_its_unit(written: str, low_s: float, high_s: float) -> None:
    assert read(amounts.duration, written) == (Amount(low_s, high_s), [])


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("30", "dosage-unit"),
        ("5–10", "dosage-unit"),
        ("1:30", "dosage-unit"),
        ("1:30:00", "dosage-unit"),
        ("half a minute", "duration-form"),
        ("-5 s", "duration-form"),
        ("30 s 1 min", "duration-form"),
        ("[30 s]", "duration-form"),
        ("10–5 s", "dosage-range"),
        ("0 s", "dosage-range"),
        ("25 h", "dosage-range"),
        ("9" * 400 + " s", "dosage-range"),
    ],
)
def test_a_length_of_time_that_could_be_misread_is_refused(written: str, code: str) -> None:
    value, problems = read(amounts.duration, written)
    assert value is None
    assert [problem.code for problem in problems] == [code]


def test_a_moment_may_be_the_very_beginning_and_is_no_range() -> None:
    assert read(amounts.moment, "0 s") == (0.0, [])
    assert read(amounts.moment, "1 min 2.5 s") == (62.5, [])
    value, problems = read(amounts.moment, "5–10 s")
    assert (value, problems[0].code) == (None, "duration-range")


@pytest.mark.parametrize(
    ("written", "expected"),
    [("20 %", (20, 20)), ("20%", (20, 20)), ("20–25 %", (20, 25)), ("100 %", (100, 100))],
)
def test_an_effort_is_a_share_with_its_sign(written: str, expected: tuple[int, int]) -> None:
    assert read(amounts.percent, written) == (Amount(*expected), [])


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("20", "dosage-unit"),
        ("20 percent", "dosage-range"),
        ("101 %", "dosage-range"),
        ("0 %", "dosage-range"),
        ("30–20 %", "dosage-range"),
    ],
)
def test_an_effort_without_sense_is_refused(written: str, code: str) -> None:
    value, problems = read(amounts.percent, written)
    assert (value, [problem.code for problem in problems]) == (None, [code])


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("3", (3, 3)),
        ("3–5", (3, 5)),
        ("3-5", (3, 5)),
        ('"3"', (3, 3)),
        ("8 reps", (8, 8)),
        ("٣", (3, 3)),
    ],
)
def test_a_number_may_be_a_range(written: str, expected: tuple[int, int]) -> None:
    assert read(amounts.count(1, 20), written) == (Amount(*expected), [])


@pytest.mark.parametrize("written", ["0", "21", "3–21", "2.5", "three", "1e1", "Ⅲ", "0x3", "[3]"])
def test_a_number_outside_its_bounds_or_of_another_kind_is_refused(written: str) -> None:
    value, problems = read(amounts.count(1, 20), written)
    assert (value, [problem.code for problem in problems]) == (None, ["dosage-range"])


def test_no_rep_to_spare_is_a_number_too() -> None:
    assert read(amounts.count(0, 10), "0") == (Amount(0, 0), [])


def test_amounts_are_shown_as_they_are_said() -> None:
    assert [str(Amount(*pair)) for pair in ((3, 3), (8, 12), (2.5, 2.5))] == ["3", "8–12", "2.5"]


def test_a_date_is_read_as_year_month_day() -> None:
    assert read(fields.date, "2026-11-22") == (dt.date(2026, 11, 22), [])
    assert read(fields.date, '"2024-02-29"') == (dt.date(2024, 2, 29), [])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("31/12/2026", "2026-12-31"),
        ("5.1.2026", "2026-01-05"),
        ("2026-1-5", "2026-01-05"),
        ("2026/01/05", "2026-01-05"),
        ("12/31/2026", "2026-11-22"),
        ("5 January 2026", "2026-11-22"),
    ],
)
def test_a_date_in_another_form_is_not_guessed_at_but_shown_as_it_should_be(
    written: str, meant: str
) -> None:
    value, (problem,) = read(fields.date, written)
    assert value is None
    assert problem.code == "date-form"
    assert problem.hint.endswith(f"like {meant}")


@pytest.mark.parametrize("written", ["2026-02-30", "2023-02-29", "2026-13-01"])
def test_a_day_the_calendar_does_not_have_is_refused(written: str) -> None:
    value, (problem,) = read(fields.date, written)
    assert (value, problem.code) == (None, "date-no-such-day")


@pytest.mark.parametrize("written", ["0000-01-01", "0026-01-05", "1989-12-31", "2101-01-01"])
def test_a_year_that_nobody_means_is_refused(written: str) -> None:
    value, (problem,) = read(fields.date, written)
    assert (value, problem.code) == (None, "date-year")


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("yes", "write true, without quotes"),
        ("off", "write false, without quotes"),
        ('"true"', "write true without them"),
        ("perhaps", "write true or false, without quotes"),
    ],
)
def test_a_switch_is_true_or_false_and_nothing_else(written: str, hint: str) -> None:
    value, (problem,) = read(fields.flag, written)
    assert (value, problem.code, problem.hint) == (None, "flag-wanted", hint)


@pytest.mark.parametrize("written", ["1:30", "2026-11-22", "on", "yes", "0b1", "1_000"])
def test_what_older_yaml_would_turn_into_something_else_stays_as_written(written: str) -> None:
    assert read(fields.any_text, written) == (written, [])
