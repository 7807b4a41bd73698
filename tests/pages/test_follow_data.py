"""What a script is told of an exercise: phases with words of the figure or the steps, stills, and seconds of the film."""

from __future__ import annotations

import dataclasses
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from kinopress.content.model.dosage import Amount, Dosage, Step
from kinopress.content.model.names import Mention
from kinopress.content.model.pages import Exercise
from kinopress.content.read import read_library
from kinopress.figures.pose import Motion, Pose
from kinopress.figures.pose import Step as FilmStep
from kinopress.media.figure import Figure, Scene, still_name
from kinopress.pages.parts.follow.button import start_button
from kinopress.pages.parts.follow.data import PHASES_MAX, follow_data
from kinopress.pages.parts.follow.limits import Limits, of_second_side
from kinopress.pages.parts.wording import (
    PHASE_WORDS,
    REST_AND_BACK,
    REST_AND_TURN,
    TURN_OVER,
)
from kinopress.pages.place import Place
from kinopress.project.drawings.figures import scenes_of
from support.projects import small_project

READY = Scene("Thigh up", 1, 0, 0, 1)
PUSH = Scene("Press out 7 s", 2, 1, 1, 4, 7)
BREATHE = Scene("Breathe out, let go", 1, 4, 4, 6)
EASE = Scene("Ease across", 3, 6, 8, 12, 20)


def _is(number: float) -> Amount:
    return Amount(number, number)


MET = Dosage(reps=_is(2), hold=_is(7), relax=_is(4), stretch=_is(20), effort=_is(20), per_side=True)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    library, _ = read_library(small_project(tmp_path_factory.mktemp("follow")))
    return Place(library, {}, "exercises/clam.md")


def _clam(place: Place, *steps: tuple[str, str]) -> Exercise:
    page = place.library.pages["exercise", "clam"]
    assert isinstance(page, Exercise)
    return dataclasses.replace(page, steps=tuple(Step(kind, text, 1) for kind, text in steps))


def _with(place: Place, *scenes: Scene) -> Place:
    stills = max(scene.still for scene in scenes)
    sizes = {still_name(number): (520, 300) for number in range(1, stills + 1)}
    figure = Figure(
        "clam", "0123456789abcdef", Path(), sizes, ("",) * stills, scenes=scenes, length_s=14.0
    )
    return dataclasses.replace(place, figures={"clam": figure})


def _told(place: Place, page: Exercise, dosage: Dosage) -> list[dict[str, Any]]:
    """The moments in the order in which they come, with what the order says of them."""
    data = follow_data(place, page, dosage)
    assert data is not None
    return [
        {**data["moments"][at], "set": set_, "round": round_, "side": side}
        for at, set_, round_, side in data["order"]
    ]


def test_a_met_has_the_words_stills_and_seconds_of_its_film(place: Place) -> None:
    page = _clam(
        place,
        ("prepare", "Lie down."),
        ("breathe", "Breathe out."),
        ("caution", "Stop if it hurts."),
    )
    told = _told(_with(place, READY, PUSH, BREATHE, EASE), page, MET)
    first = [(m["head"], m["words"], m["still"], m["film"]) for m in told[:4]]
    assert first == [
        ("Get ready", "Lie down.", 1, [0.5, 0.5]),
        ("Push", "Press out.", 2, [2.5, 2.5]),
        ("Let go", "Breathe out, let go.", 1, [5, 5]),
        ("Ease in", "Ease across.", 3, [6, 10]),
    ]
    assert told[0]["notes"] == ["Stop if it hurts."]
    assert told[1]["notes"] == ["About 20% of your strength.", "Breathe out."]
    # The exercise itself asks for none, so no step says how hard.
    assert told[1]["speak"] == ["Push, 7 seconds.", "Press out.", "About 20% of your strength."]
    assert [(m["head"], m["round"], m["side"]) for m in told[6:9]] == [
        ("Ease in", 2, 1),
        ("Change sides", 1, 2),
        ("Push", 1, 2),
    ]
    assert [m["half"] for m in told[1:4]] == [False, False, True]


@pytest.mark.parametrize(("asked", "is_step"), [(25, True), (10, False)])
def test_another_effort_than_the_steps_tell_is_shown_and_said_and_theirs_is_not(
    place: Place, asked: int, *, is_step: bool
) -> None:
    step = "Press the foot down. Push for seven seconds with a quarter of your strength."
    page = dataclasses.replace(
        _clam(place, ("step", step)), dosage=dataclasses.replace(MET, effort=_is(25))
    )
    told = _told(place, page, dataclasses.replace(MET, effort=_is(asked)))
    push = next(m for m in told if m["kind"] == "push")
    everything = " ".join(
        line for m in told for line in (m["words"], *m["notes"], *m["speak"]) if line
    )
    assert ("quarter" in everything) == is_step
    about = f"About {asked}% of your strength."
    assert (push["notes"].count(about), push["speak"].count(about)) == (
        (0, 0) if is_step else (1, 1)
    )
    end = " with a quarter of your strength." if is_step else "."
    assert f"Push for seven seconds{end}" in push["notes"]


def test_at_the_end_of_an_exercise_is_what_may_come_next(place: Place) -> None:
    page = dataclasses.replace(
        _clam(place), easier=Mention("clam", 1, ""), harder=Mention("none", 1, ""), tags=()
    )
    made = start_button(place, page, Dosage(reps=_is(3), days_per_week=_is(7)))
    data = json.loads(unescape(re.findall(r'data-follow="([^"]*)"', made)[0]))
    assert data["next"] == [
        ["Was it too much? Easier: {link}.", page.title, place.url(page)],
        ["Again: every day.", "", ""],
    ]


def test_on_the_second_side_the_words_of_the_sore_one_mean_the_other(place: Place) -> None:
    page = _clam(
        place,
        ("prepare", "Lie on the sore side."),
        ("prepare", "Fetch a cushion."),
        ("step", "Lift the sore-side knee, not the good one."),
        ("breathe", "Breathe out."),
    )
    told = _told(place, page, Dosage(sets=_is(2), reps=_is(3), per_side=True))
    for moment in told:
        everything = " ".join((moment["words"], *moment["notes"], *moment["speak"]))
        if moment["side"] == 2:
            assert "sore" not in everything
            assert "good" not in everything
        elif moment["kind"] in ("ready", "reps"):
            assert "sore" in everything
    side, work = told[2], told[3]
    assert side["notes"] == ["Lie on this side.", "Fetch a cushion."]
    assert side["speak"][1:] == side["notes"]
    assert work["words"] == "Lift the knee on this side, not the other one."
    assert told[5]["words"] == "Lift the sore-side knee, not the good one."  # set 2


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Lie on your side, tight side up.", "Lie on your side, this side up."),
        ("Rest the ankle of the sore side there.", "Rest the ankle of this side there."),
        ("The good-side knee stays.", "The knee on the other side stays."),
        ("Your good leg carries you.", "The other leg carries you."),
        ("Stop with a sore knee, or a stiff hip.", "Stop with a sore knee, or a stiff hip."),
        ("Good sides of it.", "Good sides of it."),
    ],
)
def test_a_sentence_of_the_first_side_is_said_as_it_is_true_on_the_second(
    written: str, meant: str
) -> None:
    assert of_second_side(written) == meant


def test_a_plan_that_pushes_for_another_time_still_finds_the_push_and_the_stretch(
    place: Place,
) -> None:
    shorter = dataclasses.replace(MET, hold=_is(5), stretch=_is(10))
    told = _told(_with(place, READY, PUSH, BREATHE, EASE), _clam(place), shorter)
    assert [m["still"] for m in told[:4]] == [1, 2, 1, 3]


def test_holds_that_count_the_same_take_turns_by_set(place: Place) -> None:
    straight, bent = Scene("Knee straight", 1, 0, 1, 4, 30), Scene("Knee bent", 2, 4, 5, 8, 30)
    dosage = Dosage(sets=_is(3), hold=_is(30))
    told = _told(_with(place, READY, straight, bent), _clam(place), dosage)
    words = [m["words"] for m in told if m["kind"] == "hold"]
    assert words == ["Knee straight.", "Knee bent.", "Knee straight."]


def test_repetitions_go_through_all_of_the_film_with_the_words_of_the_steps(place: Place) -> None:
    page = _clam(
        place,
        ("prepare", "Lie down."),
        (
            "step",
            "Open the [[clam|knee]] [@practice] as in the **[bridge](glute-bridge.md)** & <b>hold</b>.",
        ),
    )
    told = _told(_with(place, READY, EASE), page, Dosage(reps=_is(12), tempo="3-2-3"))
    assert told[1]["film"] == [0, 8, 12, 14]  # into the last scene, there, and back
    words = (
        "Open the knee as in the bridge & <b>hold</b>."  # what is no mark is shown as it was typed
    )
    assert told[1]["words"] == words
    assert (told[1]["reps"], told[1]["beat"], told[1]["seconds"]) == (12, [3, 2, 3], 96)
    assert told[1]["speak"] == [
        "12 repetitions."
    ]  # they are counted aloud, so the words come before
    assert told[0]["speak"] == ["Get ready.", "Lie down.", "What you will do:", words]
    for tempo, film in ((None, [0, 14]), ("3-1", [0, 10, 14]), ("1-1-1-1", [0, 3.5, 7, 10.5, 14])):
        assert (
            _told(_with(place, READY, EASE), page, Dosage(reps=_is(2), tempo=tempo))[1]["film"]
            == film
        )


def test_the_usual_amount_is_said_only_with_the_exercises_own_dose(place: Place) -> None:
    last = "Lower, rest, then go again. Two holds on each side, six days a week."
    page = _clam(place, ("step", "Hold for 30 seconds."), ("step", last))
    dosage = Dosage(sets=_is(2), hold=_is(30), per_side=True)
    own, other = (follow_data(place, page, dosage, own=is_own) for is_own in (True, False))
    assert own is not None
    dose = "Two holds on each side, six days a week."
    with_it = [m["kind"] for m in own["moments"] if dose in json.dumps(m)]
    assert with_it == ["ready"], "said once, at the beginning"
    assert last not in json.dumps(own)
    told = json.dumps(other)
    assert "Lower, rest, then go again." in told
    assert "Two holds" not in told
    assert other is not None
    assert other["out"] == ["Lower, rest."]  # nothing follows the end


def test_with_another_time_nothing_tells_the_usual_one(place: Place) -> None:
    page = _clam(
        place,
        ("step", "Lift your hips."),
        ("breathe", "Breathe slowly, and hold for 30 seconds."),
        ("caution", "Stop if it hurts for 30 seconds."),
    )
    page = dataclasses.replace(page, dosage=Dosage(sets=_is(4), hold=_is(30)))
    told = _told(place, page, Dosage(sets=_is(3), hold=_is(20), rest=_is(30)))
    assert told[1]["notes"] == ["Breathe slowly."]
    assert told[1]["speak"] == ["Hold, 20 seconds.", "Lift your hips."]
    # When to stop is true with any dose.
    assert told[0]["notes"] == ["Stop if it hurts for 30 seconds."]


def test_both_legs_at_once_are_told_and_drawn_nothing_of_one(place: Place) -> None:
    page = _clam(
        place,
        ("prepare", "Stand on one foot. Rest your fingertips on a wall."),
        ("step", "Rise slowly."),
        ("step", "Lower, then change legs."),
    )
    drawn = _with(place, READY, PUSH)
    said = "On two legs."
    limits = Limits(said, with_both_legs=True, is_most=True)
    data = follow_data(drawn, page, Dosage(sets=_is(3), reps=_is(12)), limits)
    assert data is not None
    assert (data["figure"], data["dose"]) == (None, "At most 3 × 12")
    ready, reps = data["moments"][0], data["moments"][1]
    # The large words are the movement's; what is asked of it stands first beside them, and is heard before it.
    assert (ready["words"], reps["words"]) == (
        "Rest your fingertips on a wall.",
        "Rise slowly. Lower.",
    )
    assert ready["notes"][0] == reps["notes"][0] == ready["speak"][1] == said
    assert "one foot" not in json.dumps(data)
    assert "change legs" not in json.dumps(data)
    # Where one leg is what it is about, the drawing stays.
    usual = follow_data(drawn, page, Dosage(reps=_is(12)), Limits(said))
    assert usual is not None
    assert usual["figure"] is not None


def test_another_round_is_for_the_same_side(place: Place) -> None:
    after = "Push again from this new place. To get up, hug both knees."
    page = _clam(place, ("step", "Press for 7 seconds."), ("step", "Ease in."), ("step", after))
    press, ease, again = page.steps
    page = dataclasses.replace(page, steps=(press, dataclasses.replace(ease, frame=2), again))
    told = _told(place, page, MET)
    (side,) = (moment for moment in told if moment["kind"] == "side")
    assert side["notes"] == ["To get up, hug both knees."]
    assert "again" not in " ".join(side["speak"])


def test_without_a_figure_there_are_the_words_of_the_steps_or_of_any_exercise(place: Place) -> None:
    page = _clam(place, ("step", "Press your heel down."))
    data = follow_data(place, page, MET)
    assert data is not None
    assert data["figure"] is None
    told = _told(place, page, MET)
    assert [m["words"] for m in told[:4]] == [
        "Get into position.",
        "Press your heel down.",
        "Breathe out and let it go soft.",
        "Ease into the new range and stay there.",
    ]
    assert all(m["still"] == 0 and "film" not in m for m in told)


def test_every_moment_is_told_once(place: Place) -> None:
    data = follow_data(place, _clam(place), MET)
    assert data is not None
    assert len(data["moments"]) == 5
    assert len(data["order"]) == 1 + 6 + 1 + 6
    assert (data["sets"], data["rounds"], data["sides"]) == (1, 2, 2)


def test_the_button_is_hidden_until_a_script_shows_it_and_holds_the_data(place: Place) -> None:
    page = _clam(place, ("step", 'Say "push" & press <hard>.'))
    html = start_button(place, page, MET)
    assert re.match(r'<div><kp-follow hidden data-follow="', html)
    found = re.search(r'data-follow="([^"]*)"', html)
    assert found is not None
    assert json.loads(unescape(found[1])) == follow_data(place, page, MET)


@pytest.mark.parametrize(
    "dosage",
    [
        Dosage(),
        Dosage(days_per_week=_is(3), per_side=True),
        Dosage(sets=_is(20), reps=_is(100), hold=_is(7), stretch=_is(10)),
    ],
    ids=["nothing told", "only how often", f"more than {PHASES_MAX} phases"],
)
def test_no_button_where_nobody_could_be_led(dosage: Dosage, place: Place) -> None:
    assert start_button(place, _clam(place), dosage) == ""


def test_the_scenes_of_a_film_follow_from_its_pose_file() -> None:
    film = (
        FilmStep("low", hold_s=0.8, say="Low", key=False),
        FilmStep("low", hold_s=3, say="Press", count_s=7),
        FilmStep("low", hold_s=1, say="Let go", key=False),
        FilmStep("high", move_s=1.5, hold_s=2, say="Up", count_s=20),
    )
    motion = Motion("Any", "stand", (Pose("low"), Pose("high")), film, back_s=1.2)
    scenes, length = scenes_of(motion)
    assert [
        (s.say, s.still, round(s.comes_s, 6), round(s.from_s, 6), round(s.to_s, 6)) for s in scenes
    ] == [
        ("Low", 1, 0, 0, 0.8),
        ("Press", 1, 0.8, 0.8, 3.8),
        ("Let go", 1, 3.8, 3.8, 4.8),
        ("Up", 2, 4.8, 6.3, 8.3),
    ]
    assert length == pytest.approx(9.5)


LYING_DOWN = ["Lie down.", "Put a pillow under your head."]


@pytest.mark.parametrize(
    ("position", "over", "back", "again"),
    [
        *((p, TURN_OVER, REST_AND_TURN, LYING_DOWN) for p in ("side-lying", "Side plank, on feet")),
        ("lying on back", PHASE_WORDS["side"], REST_AND_BACK, LYING_DOWN),
        ("standing at wall", PHASE_WORDS["side"], REST_AND_BACK, []),
    ],
)
def test_who_changes_sides_on_the_floor_is_told_how(
    place: Place, position: str, over: str, back: str, again: list[str]
) -> None:
    steps = (*(("prepare", line) for line in LYING_DOWN), ("step", "Lift the knee."))
    page = dataclasses.replace(_clam(place, *steps), position=position, equipment=())
    told = _told(place, page, Dosage(sets=_is(2), reps=_is(5), per_side=True))
    side, rest = told[2], told[4]
    assert (side["kind"], side["words"], side["notes"]) == ("side", over, again)
    assert (rest["kind"], rest["words"], rest["notes"]) == ("rest", back, again)
    assert side["speak"] == [over, *again]
    assert rest["speak"] == [back, *again]


def test_after_the_second_side_one_is_told_to_change_back(place: Place) -> None:
    page = dataclasses.replace(_clam(place, ("step", "Lift the knee.")), position="lying on back")
    told = _told(place, page, Dosage(sets=_is(2), reps=_is(5), per_side=True))
    kinds = [(m["kind"], m["set"], m["side"]) for m in told]
    assert kinds == [
        *[("ready", 1, 1), ("reps", 1, 1), ("side", 1, 2), ("reps", 1, 2)],
        *[("rest", 1, 1), ("reps", 2, 1), ("side", 2, 2), ("reps", 2, 2)],
    ]
    back = "Rest, then change back to the first side."
    assert told[4]["words"] == back
    assert back in told[4]["speak"]
    one_side = _told(
        place, page, Dosage(sets=_is(2), reps=_is(5), per_side=True, one_side_first=True)
    )
    assert [m["words"] for m in one_side if m["kind"] == "rest"] == ["Take a rest."] * 2


def test_the_words_of_a_step_stand_in_its_own_phase_and_not_in_the_rest_before_it(
    place: Place,
) -> None:
    more = "Bend the knee. Hold 30 seconds more."
    page = _clam(place, ("step", "Keep it straight and hold for 30 seconds."), ("step", more))
    told = _told(place, page, Dosage(sets=_is(2), hold=_is(30)))
    # With another dose than the page's own, the seconds go and the rest of the words stays.
    with_it = [(m["kind"], m["set"]) for m in told if "Bend the knee." in json.dumps(m)]
    assert with_it == [("hold", 2)]


def test_with_one_hold_a_side_nobody_goes_again_while_changing_sides(place: Place) -> None:
    page = _clam(place, ("step", "Hold for 30 seconds."), ("step", "Lower, rest, then go again."))
    told = _told(place, page, Dosage(hold=_is(30), per_side=True))
    (side,) = (m for m in told if m["kind"] == "side")
    assert "Lower, rest." in side["speak"]
    assert "go again" not in json.dumps(told)
