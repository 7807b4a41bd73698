"""Each step of an exercise belongs to one phase: what to do, how to ease in, what comes after."""

from __future__ import annotations

import dataclasses

import pytest

from kinopress.content.model.dosage import Amount, Dosage, Step
from kinopress.content.model.pages import Exercise
from kinopress.content.relations.phases import pace_of, phases
from kinopress.content.relations.step_phases import (
    StepPhases,
    alternates,
    rep_s,
    share_one_hold,
    step_phases,
    without_amounts,
    without_other_times,
    without_what_follows,
)


def _is(number: float) -> Amount:
    return Amount(number, number)


HOLD, MET = Dosage(hold=_is(30)), Dosage(hold=_is(7), stretch=_is(20))


def _lines(*texts: str) -> list[Step]:
    """Steps; a star before one stands for its drawing."""
    return [
        Step("step", text.removeprefix("*"), 1, 1 if text.startswith("*") else None)
        for text in texts
    ]


def _said(found: StepPhases) -> tuple[list[list[str]], list[str], list[str]]:
    work = [[step.text for step in group] for group in found.work]
    return work, [step.text for step in found.stretch], [step.text for step in found.after]


@pytest.mark.parametrize(
    ("dosage", "steps", "expected"),
    [
        pytest.param(
            Dosage(reps=_is(8)),
            ("*Tip forward.", "Rise.", "Do 8."),
            ([["Tip forward.", "Rise.", "Do 8."]], [], []),
            id="all of them in a set of repetitions",
        ),
        pytest.param(
            HOLD,
            ("Tuck your tail.", "*Raise your chest. Stay for 30 seconds.", "Come out."),
            ([["Tuck your tail.", "Raise your chest. Stay for 30 seconds."]], [], ["Come out."]),
            id="the way in, the hold, the way out",
        ),
        pytest.param(
            HOLD,
            ("*Knee straight, 30 seconds.", "*Knee bent. Hold 30 seconds more.", "Swap legs."),
            (
                [["Knee straight, 30 seconds."], ["Knee bent. Hold 30 seconds more."]],
                [],
                ["Swap legs."],
            ),
            id="two holds take turns",
        ),
        pytest.param(
            HOLD,
            ("*Build the squeeze.", "Let go and rest for 20 seconds."),
            ([["Build the squeeze."]], [], ["Let go and rest for 20 seconds."]),
            id="resting is not holding",
        ),
        pytest.param(
            MET,
            ("Lean in.", "*Press for seven seconds.", "*Wait, then lean in.", "Three rounds."),
            (
                [["Lean in.", "Press for seven seconds."]],
                ["Wait, then lean in."],
                ["Three rounds."],
            ),
            id="push, ease in, and what comes after",
        ),
        pytest.param(HOLD, (), ([[]], [], []), id="no steps at all"),
    ],
)
def test_the_steps_of(
    dosage: Dosage, steps: tuple[str, ...], expected: tuple[list[list[str]], list[str], list[str]]
) -> None:
    others = [Step("prepare", "Lie down for 30 seconds.", 1), Step("caution", "Stop.", 1)]
    assert _said(step_phases([*_lines(*steps), *others], dosage)) == expected


def test_how_long_to_let_go_is_a_phase_of_its_own() -> None:
    dosage = dataclasses.replace(MET, relax=Amount(3, 5))
    lines = _lines("Press for seven seconds.", "*Wait three to five seconds. Then lean in.")
    found = step_phases(lines, dosage)
    assert [step.text for step in found.relax] == ["Wait three to five seconds."]
    assert [(step.text, step.frame) for step in found.stretch] == [("Then lean in.", 1)]
    assert step_phases(lines, MET).relax == ()


def test_coming_out_is_no_part_of_a_hold() -> None:
    found = step_phases(_lines("Hold for 30 seconds. Then come out slowly."), HOLD)
    assert _said(found) == ([["Hold for 30 seconds."]], [], ["Then come out slowly."])


@pytest.mark.parametrize(
    ("steps", "seconds"),
    [
        (("Lift.", "Lower."), 4),
        (("Lift.", "Lower for three seconds."), 5),
        (("Close slowly over two or three seconds.",), 4.5),
        (("Lift.", "Pause for a second.", "Lower over three seconds."), 6),
        (("Pause for one breath where it pulls.",), 8),
        (("Slide away for a slow count of four.", "Pull back in."), 6),
        (("Lift.", "Rest for five seconds and repeat."), 4),
        (("Lift.", "Rest, then do a second set."), 4),
        (("Walk for two minutes.",), 4),
        (("Lift for two seconds and lower for three seconds.",), 5),
        (("Lift over three seconds, hold for two seconds and lower for a count of three.",), 8),
        (("Step out over two seconds.", "Sink for three seconds.", "Rise over three seconds."), 6),
        (("Hold for two seconds if you can.",), 6),
        (("Lift.", "Do not hold for more than two seconds."), 4),
        (("Lift.", "Don’t stay there for five seconds."), 4),
        (("Hold for a second, and no longer than two seconds.",), 5),
        (("Lift.", "The pain should be gone after five seconds."), 4),
        (("Lift.", "It is gone after about five seconds."), 4),
        (("Lift.", "If it hurts for five seconds, stop."), 4),
        (("Do not drop, but lower for three seconds.",), 5),
    ],
)
def test_a_repetition_takes_the_time_its_steps_give_it(
    steps: tuple[str, ...], seconds: float
) -> None:
    assert rep_s(_lines(*steps), 4.0) == seconds


def test_a_cue_that_says_the_time_of_a_step_again_adds_none() -> None:
    steps = _lines("Lift.", "Pause for a second.", "Lower for three seconds.")
    again = [Step("cue", text, 1) for text in ("Lower for three seconds.", "Pause for a second.")]
    assert rep_s([*steps, *again], 4.0) == rep_s(steps, 4.0) == 6
    # Where no step names it, a cue is believed; a second one says it again.
    alone = [*_lines("Lift.", "Lower."), again[0], again[0], *again[1:]]
    assert rep_s(alone, 4.0) == 6


def test_the_seconds_of_one_set_are_not_those_of_another() -> None:
    first, later = (
        dataclasses.replace(step, sets=(set_, set_))
        for set_, step in enumerate(_lines("Lower for 3 seconds.", "Lower for 5 seconds."), 1)
    )
    steps = (*_lines("Lift."), first, later)
    exercise = Exercise(kind="exercise", path="exercises/x.md", slug="x", title="X", steps=steps)
    pace = pace_of(exercise)
    assert [pace.rep_s_in(set_) for set_ in (1, 2, 3)] == [5, 7, 4]
    told = phases(Dosage(sets=_is(3), reps=_is(10), rest=_is(30)), pace)
    assert [phase.seconds for phase in told if phase.kind == "reps"] == [50, 70, 40]


def test_legs_take_turns_where_changing_is_part_of_the_movement() -> None:
    assert alternates(_lines("Push one foot away.", "Bring it back. Change legs. Do 10 a side."))
    assert not alternates(_lines("Lift.", "Do 10. Change legs."))
    assert not alternates(_lines("Lift.", "Do 10, then change legs."))


def test_steps_whose_seconds_add_up_share_one_hold() -> None:
    work = step_phases(_lines("Roll 30 seconds.", "Turn. Roll 30 seconds more."), HOLD).work
    assert share_one_hold(work, _is(60))
    assert not share_one_hold(work, _is(30))
    assert not share_one_hold(work[:1], _is(30))
    assert not share_one_hold(work, None)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Two holds on each side, six days a week.", ""),
        ("Lower slowly. Do 10, then change legs. Aim for three sets each side.", "Lower slowly."),
        ("Swing it across, ten times.", "Swing it across."),
        ("Do three rounds, once a day. To get up, hug both knees.", "To get up, hug both knees."),
        ("Twelve slow slides on each leg.", ""),
        # None of these says how many or how often.
        ("Hold for 45 seconds on two legs.", "Hold for 45 seconds on two legs."),
        (
            "One leg holds the other. Stop at once if it hurts.",
            "One leg holds the other. Stop at once if it hurts.",
        ),
    ],
)
def test_how_many_and_how_often_can_be_left_out_of_a_step(text: str, left: str) -> None:
    assert without_amounts(text) == left


def test_at_the_end_only_how_to_come_out_is_left() -> None:
    assert without_what_follows("Lower, rest, then go again. Swap legs.") == "Lower, rest."
    assert (
        without_what_follows("Put your hands down to come out.")
        == "Put your hands down to come out."
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Breathe slowly, and hold for 30 seconds.", "Breathe slowly."),
        ("Hold for 30 seconds.", ""),
        ("Hold for thirty seconds.", ""),
        ("Lower gently, then rest for up to a minute.", "Lower gently."),
        ("Breathe out for three to five seconds.", "Breathe out for three to five seconds."),
        ("Ease in for 45 seconds.", ""),  # nobody knows whose time it is
        (
            "Count your breaths instead of the seconds.",
            "Count your breaths instead of the seconds.",
        ),
    ],
)
def test_times_of_the_usual_dose_are_left_out_with_another(text: str, left: str) -> None:
    usual = Dosage(hold=_is(30), relax=Amount(3, 5), rest=Amount(30, 60))
    # The rest lasts as long as the usual hold: that does not make the hold true.
    other = dataclasses.replace(usual, hold=_is(20), rest=_is(30))
    assert without_other_times(text, other, usual) == left
    assert without_other_times(text, dataclasses.replace(usual, sets=_is(1)), usual) == text
