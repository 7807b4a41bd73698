"""What holds for every plan: strength far enough apart, sessions no longer than said, estimates that grow."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinopress.content.model.dosage import Amount, Dosage
from kinopress.content.model.plans import PLAN_DAYS
from kinopress.content.read import read_library
from kinopress.content.relations.session_time import exercise_s, session_minutes
from kinopress.content.relations.sessions import STRENGTH_APART_H, too_close

LAWS = settings(max_examples=100)
CASES = Path(__file__).parents[1] / "invalid"
PLAN = "docs/plans/weak-glutes-14.md"
A_DAY = dt.date(2026, 12, 1)

some_days = st.sets(st.integers(1, PLAN_DAYS))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plans") / "project"
    shutil.copytree(CASES / "_base", folder)
    shutil.copytree(CASES / "accepted" / "plan", folder, dirs_exist_ok=True)
    return folder


def _brute_force(days: set[int]) -> set[int]:
    """Strength days that lie less than 48 hours behind some other one, by trying every pair."""
    return {
        later
        for earlier, later in itertools.product(days, days)
        if 0 < (later - earlier) * 24 < STRENGTH_APART_H
    }


@LAWS
@given(days=some_days)
def test_strength_that_is_too_close_is_what_trying_every_pair_finds(days: set[int]) -> None:
    assert {later for _, later in too_close(days)} == _brute_force(days)


@LAWS
@given(planned=some_days, swapped=some_days)
def test_a_plan_is_told_of_each_strength_day_too_close_whether_planned_or_swapped(
    project: Path, planned: set[int], swapped: set[int]
) -> None:
    text = (CASES / "accepted" / "plan" / PLAN).read_text("utf-8")
    lines = []
    for day in range(1, PLAN_DAYS + 1):
        fields = ["also: Rest."]
        fields += ["do: [strong-1]"] if day in planned else []
        fields += ["swap_if_amber: strong-2"] if day in swapped else []
        lines.append(f"  {day}: {{{', '.join(fields)}}}\n")
    days = "days:\n" + "".join(lines)
    (project / PLAN).write_text(re.sub(r"(?s)days:\n.*?(?=after:)", lambda _: days, text), "utf-8")
    _, report = read_library(project, today=A_DAY)
    told = {p.field for p in report if p.code == "plan-strength-close"}
    assert told == {f"days.{day}" for day in _brute_force(planned | swapped)}


def _amount(low: int, high: int) -> st.SearchStrategy[Amount]:
    two = st.tuples(st.integers(low, high), st.integers(low, high))
    return two.map(lambda pair: Amount(min(pair), max(pair)))


dosages = st.builds(
    Dosage,
    sets=st.none() | _amount(1, 20),
    reps=st.none() | _amount(1, 100),
    hold=st.none() | _amount(1, 120),
    stretch=st.none() | _amount(1, 60),
    relax=st.none() | _amount(1, 20),
    rest=st.none() | _amount(1, 300),
    tempo=st.none() | st.sampled_from(["3-2-3", "0-0-0", "slow", "2-1", "10-10-10"]),
    per_side=st.booleans(),
)


@LAWS
@given(dosage=dosages, more=st.integers(1, 20))
def test_more_of_anything_never_takes_less_time(dosage: Dosage, more: int) -> None:
    for name in ("sets", "reps", "hold", "stretch", "relax", "rest"):
        amount = getattr(dosage, name)
        if amount is None:
            continue
        grown = dataclasses.replace(dosage, **{name: Amount(amount.low + more, amount.high + more)})
        assert exercise_s(grown) >= exercise_s(dosage), name
        assert session_minutes([exercise_s(grown)]) >= session_minutes([exercise_s(dosage)]), name


@LAWS
@given(dosage=dosages)
def test_two_sides_take_longer_than_one_but_no_more_than_twice_as_long_and_turning_over(
    dosage: Dosage,
) -> None:
    one, two = (dataclasses.replace(dosage, per_side=sides) for sides in (False, True))
    turning_s = 10 * (dosage.sets.high if dosage.sets else 1)
    assert exercise_s(one) < exercise_s(two) <= 2 * exercise_s(one) + turning_s


@LAWS
@given(found=st.lists(dosages, max_size=4))
def test_a_session_takes_as_long_as_its_exercises_in_whole_minutes(found: list[Dosage]) -> None:
    each_s = [exercise_s(dosage) for dosage in found]
    minutes, exact_s = session_minutes(each_s), sum(each_s)
    assert 60 * (minutes - 1) < exact_s <= 60 * minutes or minutes == exact_s == 0
    assert session_minutes(reversed(each_s)) == minutes
