"""A plan as its reader gets it: the minutes, the words of a dose, what the script is told, the words it never says."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from kinopress.content.amounts import Amount
from kinopress.content.dosage_time import exercise_s, session_minutes
from kinopress.content.kinds import Dosage, Plan
from kinopress.content.library import Library, read_library
from kinopress.pages.place import Place
from kinopress.pages.plan_page import plan_data, render_plan, sessions_of
from kinopress.pages.words import block_label, dosage_sentence, minutes_words

ROOT = Path(__file__).parents[2]
A_DAY = dt.date(2026, 12, 1)


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(ROOT, today=A_DAY)[0]


@pytest.fixture(params=["tight-hamstrings-14", "deep-buttock-pain-14", "stiff-hip-flexors-14"])
def plan(library: Library, request: pytest.FixtureRequest) -> Plan:
    page = library.pages["plan", request.param]
    assert isinstance(page, Plan)
    return page


def _is(number: float) -> Amount:
    return Amount(number, number)


@pytest.mark.parametrize(
    ("dosage", "seconds"),
    [
        (Dosage(sets=_is(2), reps=_is(12)), 30 + 2 * 48 + 30),
        (Dosage(sets=_is(2), reps=Amount(8, 12)), 30 + 2 * 40 + 30),
        (Dosage(sets=_is(3), reps=_is(12), tempo="3-2-3"), 30 + 3 * 96 + 2 * 30),
        (Dosage(sets=_is(2), reps=_is(10), per_side=True, rest=_is(60)), 30 + 4 * 40 + 2 * 10 + 60),
        (Dosage(reps=_is(3), hold=_is(20), rest=_is(30)), 30 + 3 * 22),
        (Dosage(reps=_is(3), hold=_is(7), stretch=_is(15)), 30 + 3 * (7 + 3 + 15 + 2)),
        (Dosage(sets=_is(2), hold=_is(30), per_side=True), 30 + 4 * 32 + 2 * 10 + 30),
        (Dosage(), 30 + 60),
    ],
    ids=str,
)
def test_the_minutes_are_those_the_guide_describes(dosage: Dosage, seconds: float) -> None:
    assert exercise_s(dosage) == seconds


def test_a_session_is_rounded_up_to_whole_minutes() -> None:
    assert session_minutes([]) == 0
    assert session_minutes([Dosage()]) == 2  # 90 s
    assert session_minutes([Dosage(), Dosage()]) == 3


@pytest.mark.parametrize(
    ("dosage", "words"),
    [
        (Dosage(sets=_is(2), reps=_is(12), per_side=True), "2 × 12 · each side"),
        (
            Dosage(reps=_is(3), hold=_is(7), stretch=_is(15), effort=_is(20), per_side=True),
            "3 times · push 7 seconds, then ease in 15 seconds · 20 % effort · each side",
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


def test_the_warning_signs_and_the_pain_rule_come_before_any_exercise(
    library: Library, plan: Plan
) -> None:
    page = render_plan(Place(library, {}, f"plans/{plan.slug}.md"), plan)
    first_exercise = page.index('<ol class="kp-session"')
    for mention in plan.not_for:
        title = library.shared.red_flags[mention.text].title
        assert 0 < page.index(title) < first_exercise
    assert page.index("Before you start: check the warning signs") < first_exercise
    assert page.index("Pain: the traffic light") < first_exercise


def test_every_day_exercise_and_check_stands_on_the_page_without_a_script(
    library: Library, plan: Plan
) -> None:
    page = render_plan(Place(library, {}, f"plans/{plan.slug}.md"), plan)
    for day in range(15):
        assert page.count(f'id="day-{day}"') == 1
    for block in plan.blocks:
        for portion in block.portions:
            assert f'data-exercise="{portion.exercise.text}"' in page
    for test in plan.tests:
        check = library.shared.checks[test.test.text]
        assert check.how[:40] in page
        assert (test.real_change or check.real_change) in page


def test_the_script_is_told_what_the_page_says(library: Library, plan: Plan) -> None:
    sessions = sessions_of(Place(library, {}, "plans/x.md"), plan)
    data = plan_data(plan, sessions)
    assert [day["number"] for day in data["days"]] == list(range(1, 15))
    assert [day["number"] for day in data["days"] if day["checks"]] == [1, 7, 14]
    names = {name for day in data["days"] for name in (*day["blocks"], day["swap"]) if name}
    assert names == set(data["blocks"]) == {block.name for block in plan.blocks}
    assert plan.minutes_per_day is not None
    for day in data["days"]:
        if day["blocks"]:
            low, high = plan.minutes_per_day.low, plan.minutes_per_day.high
            assert low <= 60 * day["minutes"] <= high
    assert (data["light"]["greenMax"], data["light"]["amberMax"]) == (3, 5)


def test_a_plan_is_found_from_the_symptoms_it_is_for(library: Library, plan: Plan) -> None:
    for symptom in library.terms(plan.symptoms):
        assert plan in library.tagged[symptom.slug]


def test_no_plan_promises_anything(plan: Plan) -> None:
    text = (ROOT / plan.path).read_text("utf-8")
    for word in ("treat", "cure", "fix", "heal", "guarantee", "pain-free", "full function"):
        assert not re.search(rf"\b{word}(s|es|ed|ing)?\b", text, re.IGNORECASE), word
    assert re.search(r"8 to 12 weeks", plan.after)
    assert "No trial has tested this plan" in text or "no trial has tested this plan" in text
    assert all(
        f"[@{m.text}]" in text
        for m in plan.sources
        if m.text not in ("practice", "salaffi2004", "neto2015")
    )
