"""Every exercise of this site can be followed along, with words and pictures of its own in each phase that counts."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import Any

import pytest

from kinopress.content.model.dosage import Amount, Dosage
from kinopress.content.model.pages import Exercise, Plan
from kinopress.content.relations.phases import REP_S, pace_of
from kinopress.content.relations.session_time import exercise_s
from kinopress.content.relations.sessions import Sessions, dosage_of
from kinopress.content.relations.starts import FirstExercise, first_exercises
from kinopress.content.relations.step_phases import (
    without_amounts,
    without_another_round,
    without_other_times,
)
from kinopress.media.figure import Figure, still_name
from kinopress.pages.parts.follow.data import follow_data
from kinopress.pages.parts.html import spoken_text
from kinopress.pages.parts.start import limits_of
from kinopress.pages.parts.wording import PHASE_WORDS
from kinopress.pages.place import Place
from kinopress.project.drawings.figures import scenes_of
from support.own_project import own_library

LIBRARY = own_library()


def _figure(slug: str) -> Figure:
    """An exercise's figure as if it had been drawn."""
    motion = LIBRARY.motions[slug]
    scenes, length = scenes_of(motion)
    stills = max(scene.still for scene in scenes)
    sizes = {still_name(number): (520, 300) for number in range(1, stills + 1)}
    return Figure(slug, "0" * 16, Path(), sizes, ("",) * stills, scenes=scenes, length_s=length)


PLACE = Place(
    LIBRARY, {}, "exercises/x.md", figures={slug: _figure(slug) for slug in LIBRARY.motions}
)


SETS_WITHOUT_A_DRAWING = {"leg-swings"}
"""The swing across is another movement than the one that is drawn; a bent knee is not."""


@pytest.mark.parametrize("page", LIBRARY.exercises, ids=lambda page: page.slug)
def test_each_phase_that_counts_has_words_and_a_picture_of_its_own(page: Exercise) -> None:
    data = follow_data(PLACE, page, page.dosage)
    assert data is not None
    # A set that is done another way and has no drawing shows none: another's would be wrong.
    undrawn = {
        number
        for step in page.steps
        if step.sets and not step.frame and page.slug in SETS_WITHOUT_A_DRAWING
        for number in range(step.sets[0], step.sets[1] + 1)
    }
    shown = {at: set_ for at, set_, *_ in data["order"]}
    for at, moment in enumerate(data["moments"]):
        is_undrawn = moment["kind"] == "reps" and shown[at] in undrawn
        assert (moment["still"] == 0) == is_undrawn, moment
        if moment["kind"] in ("ready", "push", "hold", "stretch", "reps"):
            assert moment["words"] != PHASE_WORDS[moment["kind"]], moment
            assert all(len(words) < 200 for words in moment["speak"])
    seconds = sum(data["moments"][at]["seconds"] for at, *_ in data["order"])
    assert seconds == exercise_s(page.dosage, pace_of(page))
    assert all(moment["kind"] != "work" for moment in data["moments"])


def _doses() -> list[tuple[Exercise, Dosage, bool]]:
    """Each exercise as its own page asks for it, which is told by the last, and as each plan does."""
    planned = [
        (exercise, dosage_of(portion, exercise), False)
        for plan in LIBRARY.plans
        for found in Sessions(LIBRARY, LIBRARY.pages, plan).exercises.values()
        for portion, exercise in found
    ]
    return [*((page, page.dosage, True) for page in LIBRARY.exercises), *planned]


def _sentences(text: str) -> list[str]:
    return [said for said in re.split(r"(?<=[.!?]) +", spoken_text(text)) if said]


def test_every_step_is_shown_and_spoken_in_order() -> None:
    for page, dosage, is_own in _doses():
        data = follow_data(PLACE, page, dosage, own=is_own)
        assert data is not None
        told = [data["moments"][at] for at, *_ in data["order"]]
        shown = " ".join(line for m in told for line in (m["words"], *m["notes"]))
        spoken = " ".join(line for m in told for line in m["speak"])
        last_set = max(set_ for _, set_, *_ in data["order"])
        done = [step for step in page.steps if step.kind == "step"]
        # A dose of fewer sets is without the steps of the others.
        done = [step for step in done if step.sets is None or step.sets[0] <= last_set]
        turns_over = any(m["kind"] == "side" for m in told)
        steps = []
        for step in done:
            # What a plan asks for is said by the plan alone; how many and how often is said once, before it begins.
            text = step.text if is_own else without_other_times(step.text, dosage, page.dosage)
            # Sentence by sentence: how to let go is told while one does, and not while one eases in.
            lines = _sentences(without_amounts(text))
            if turns_over:
                # Another round is for the side that has been done, and its phases lead through it.
                lines = list(filter(None, map(without_another_round, lines)))
            steps += [(said, step.sets) for said in lines]
        for words in (shown, spoken):
            missing = [said for said, _ in steps if said not in words]
            assert missing == [], page.slug
        # They are heard in the order of the page, those of some sets among those of all.
        places = [spoken.find(said) for said, _ in steps]
        assert places == sorted(places), page.slug
        # On the screen the large words are the movement, and what is left of the steps stands beside them: each of the
        # two in order.
        for moment in data["moments"]:
            if moment["kind"] not in ("push", "hold", "reps"):
                continue
            for read in (moment["words"], " ".join(moment["notes"])):
                for are_own in (False, True):
                    found = [read.find(said) for said, sets in steps if bool(sets) == are_own]
                    places = [place for place in found if place >= 0]
                    assert places == sorted(places), (page.slug, are_own)
        for at, set_, *_ in data["order"]:
            if (moment := data["moments"][at])["kind"] == "reps":
                own = [said for said, sets in steps if sets and sets[0] <= set_ <= sets[1]]
                here = " ".join((moment["words"], *moment["notes"]))
                assert [said for said in own if said not in here] == [], (page.slug, set_)
                others = [said for said, sets in steps if sets and not sets[0] <= set_ <= sets[1]]
                assert [said for said in others if said in here] == [], (page.slug, set_)
        first = told[0]["speak"]
        for step in page.steps:
            if step.kind in ("prepare", "caution"):
                assert spoken_text(step.text) in first, page.slug


def _own(slug: str) -> dict[str, Any]:
    page = LIBRARY.pages["exercise", slug]
    assert isinstance(page, Exercise)
    data = follow_data(PLACE, page, page.dosage, own=True)
    assert data is not None
    return data


def _sets(slug: str) -> list[tuple[int, str]]:
    """The words of each set on the first side."""
    data = _own(slug)
    return [
        (set_, data["moments"][at]["words"])
        for at, set_, _, side in data["order"]
        if side == 1 and data["moments"][at]["kind"] == "reps"
    ]


def test_sets_that_are_done_in_two_ways_are_told_apart() -> None:
    assert ["straight" in words for _, words in _sets("eccentric-heel-drop")] == [True] * 3 + [
        False
    ] * 3
    assert ["bend the knee" in words.casefold() for _, words in _sets("calf-raise-straight")] == [
        False,
        False,
        True,
    ]
    back, across = (words for _, words in _sets("leg-swings"))
    assert "back" in back
    assert "across and out" in across


def test_what_is_new_in_a_set_is_heard_in_the_rest_before_it() -> None:
    data = _own("eccentric-heel-drop")
    rests = [
        (set_, m["speak"])
        for at, set_, *_ in data["order"]
        if (m := data["moments"][at])["kind"] == "rest"
    ]
    assert [
        set_ for set_, speak in rests if "For the second half, bend the knee slightly." in speak
    ] == [3]


def test_steps_one_way_and_back_are_the_two_sides_and_not_told_in_each() -> None:
    data = _own("band-side-step")
    for moment in data["moments"]:
        if moment["kind"] != "ready":
            assert "and 12 back" not in " ".join(
                (moment["words"], *moment["notes"], *moment["speak"])
            )


def test_a_hold_in_parts_is_one_round_as_its_dose_says() -> None:
    assert _own("foam-roll-quads")["rounds"] == 1


def test_legs_that_take_turns_do_so_in_every_set() -> None:
    data = _own("band-march")
    assert data["sides"] == 1
    assert {(m["reps"], len(m["beat"])) for m in data["moments"] if m["kind"] == "reps"} == {
        (10, 2)
    }


SECONDS_TOLD = {
    "adductor-rock-back": (4.0, 2),  # a breath
    "calf-raise-straight": (8.0, 0),
    "clam": (2.0, 1),
    "copenhagen-short": (4.0, 1),
    "eccentric-heel-drop": (3.0, 1),
    "glute-bridge": (1.0, 2),
    "hip-external-rotation-band": (3.0, 1),
    "side-lying-hip-abduction": (3.0, 1),
    "sliding-hamstring-curl": (4.0, 1),
    "step-down": (3.0, 1),
}
"""As read by eye: the seconds that the steps of a repetition name at least, and how many ways of it they leave open."""


def test_no_repetition_is_shorter_than_the_seconds_its_steps_give_it() -> None:
    """ "Lower for three seconds" and "pause for one breath" take their time, at the exercise's own beat."""
    beats = {
        page.slug: {sum(m["beat"]) for m in _own(page.slug)["moments"] if m["kind"] == "reps"}
        for page in LIBRARY.exercises
        if page.dosage.reps and not (page.dosage.hold or page.dosage.stretch)
    }
    assert SECONDS_TOLD.keys() <= beats.keys()
    for slug, seconds in beats.items():
        assert seconds, slug
        told, ways = SECONDS_TOLD.get(slug, (0.0, 2))
        assert min(seconds) >= told + ways * REP_S / 2, slug


def test_an_exercise_whose_steps_name_a_time_is_among_those_that_were_read() -> None:
    """Who writes "over two seconds" into a step says here what that makes of a repetition."""
    named = re.compile(
        r"\b(?:for|over|count of) (?:a|one|two|three|four|five|\d)\b[^.,]* (?:second|breath)s?\b"
        r"|\bcount of \w+"
    )
    repeated = [page for page in LIBRARY.exercises if page.dosage.reps and not page.dosage.stretch]
    found = {
        page.slug
        for page in repeated
        if not page.dosage.hold
        and any(named.search(step.text) for step in page.steps if step.kind in ("step", "cue"))
    }
    assert found == SECONDS_TOLD.keys()


def test_letting_go_is_told_while_one_lets_go() -> None:
    for slug in ("met-adductors-butterfly", "met-calf-wall", "met-hamstring-strap"):
        said = {m["kind"]: " ".join(m["speak"]) for m in _own(slug)["moments"]}
        assert re.search("three to five seconds|count of four", said["relax"]), slug
        assert not re.search("three to five seconds|count of four", said["stretch"]), slug


def test_nobody_is_told_to_go_again_after_the_last_round() -> None:
    data = _own("met-adductors-butterfly")
    last = data["moments"][data["order"][-1][0]]
    assert "again" not in " ".join((last["words"], *last["notes"], *last["speak"]))


def test_rolling_is_not_called_a_hold() -> None:
    page = LIBRARY.pages["exercise", "foam-roll-quads"]
    assert isinstance(page, Exercise)
    data = follow_data(PLACE, page, page.dosage)
    assert data is not None
    told = [data["moments"][at] for at, *_ in data["order"]]
    assert [m["head"] for m in told if m["kind"] == "hold"] == ["Roll"] * 4
    assert [m["words"].startswith("Turn a little") for m in told if m["kind"] == "hold"] == [
        False,
        True,
    ] * 2


@pytest.mark.parametrize(
    "page",
    [page for page in LIBRARY.exercises if page.dosage.stretch],
    ids=lambda page: page.slug,
)
def test_a_push_and_its_stretch_are_two_scenes_of_the_film_that_count_the_dose(
    page: Exercise,
) -> None:
    data = follow_data(PLACE, page, page.dosage)
    assert data is not None
    films = {m["kind"]: m["film"] for m in data["moments"]}
    push, stretch = films["push"], films["stretch"]
    assert push[0] == push[1] < stretch[0] < stretch[1]
    assert films["relax"] != push  # an arrow of force would still be there
    counted = {scene.count_s for scene in PLACE.figures[page.slug].scenes}
    assert page.dosage.hold is not None
    assert {page.dosage.hold.low, page.dosage.stretch.low if page.dosage.stretch else 0} <= counted


@pytest.mark.parametrize("plan", LIBRARY.plans, ids=lambda plan: plan.slug)
def test_a_session_that_is_followed_takes_the_minutes_of_the_plan(plan: Plan) -> None:
    sessions = Sessions(LIBRARY, LIBRARY.pages, plan)
    for block in plan.blocks:
        total = 0.0
        for portion, exercise in sessions.of_day([block.name]):
            data = follow_data(PLACE, exercise, dosage_of(portion, exercise))
            assert data is not None
            total += sum(data["moments"][at]["seconds"] for at, *_ in data["order"])
        minutes = sessions.minutes([block.name])
        assert 60 * (minutes - 1) < total <= 60 * minutes


_NOT_OF_MOVING = re.compile(
    r"\b(?:(?:\w+ )?days?(?: a week)?|mornings|before (?:bed|a run)|after (?:it|that|them)|rung|version|for (?:adults|turning|opening)"
    r"|instead|to (?:loosen|load|finish)|weak or tiring|plain stiff|for weeks|if you like it)\b",
    re.IGNORECASE,
)
"""For whom an exercise is, how often, and after which other: none of it is of any use while one moves."""


def _started() -> list[tuple[str, FirstExercise]]:
    return [
        (symptom.slug, first)
        for symptom in LIBRARY.symptoms
        if symptom.start_with
        for first in first_exercises(LIBRARY, symptom)
    ]


def test_while_one_moves_a_symptom_says_only_how_to_move() -> None:
    begun = 0
    for symptom, first in _started():
        dosage = first.at_most or first.dosage
        if not first.is_limited or dosage is None:
            continue
        begun += 1
        limits = limits_of(first)
        data = follow_data(PLACE, first.exercise, dosage, limits)
        assert data is not None
        said = limits.words if limits else ""
        assert not _NOT_OF_MOVING.search(said), (symptom, said)
        for moment in data["moments"]:
            where = (symptom, first.exercise.slug, moment["kind"])
            assert moment["words"] not in first.when, where
            if said and moment["kind"] in ("ready", "push", "hold", "stretch", "reps"):
                assert moment["notes"][0] == said, where
            else:
                assert said == "" or said not in moment["notes"], where
            assert "Rest." not in moment["notes"], where
    assert begun > 40


def test_a_repetition_is_told_whole() -> None:
    for slug, parts in {
        "band-side-step": ("Bend your hips", "Step sideways", "Bring the other foot"),
        "sliding-hamstring-curl": ("Lift your hips", "slide away", "slide the heels back"),
        "cat-camel": ("Round your back", "tummy sink"),
        "eccentric-heel-drop": ("Shift your weight", "Lower that heel"),
        "sciatic-slider": ("Straighten one knee", "Bend the knee"),
    }.items():
        (page,) = (page for page in LIBRARY.exercises if page.slug == slug)
        data = follow_data(PLACE, page, page.dosage, own=True)
        assert data is not None
        words = next(m["words"] for m in data["moments"] if m["kind"] == "reps")
        assert [part for part in parts if part not in words] == [], slug
        assert len(words) <= 220, slug


def test_a_push_is_told_once_and_each_time_has_its_unit() -> None:
    for page in LIBRARY.exercises:
        assert not re.search(r"\bfor \d+[.,;]", " ".join(step.text for step in page.steps)), (
            page.slug
        )
        data = follow_data(PLACE, page, page.dosage, own=True)
        assert data is not None
        for moment in data["moments"]:
            if moment["kind"] != "push":
                continue
            notes = " ".join(moment["notes"])
            assert moment["words"] in " ".join(spoken_text(step.text) for step in page.steps)
            assert moment["words"] not in notes, page.slug
            assert len(re.findall(r"\b(?:strength|effort)\b", notes)) <= 1, page.slug


def test_with_another_effort_no_exercise_asks_for_its_own() -> None:
    """A client's plan may ask a sore leg for a tenth: nothing seen or heard asks for a quarter."""
    asked = 0
    for page in LIBRARY.exercises:
        if page.dosage.effort is None:
            continue
        asked += 1
        dosage = dataclasses.replace(page.dosage, effort=Amount(7, 7))
        data = follow_data(PLACE, page, dosage)
        assert data is not None
        kinds = set()
        for moment in data["moments"]:
            for said in (moment["words"], *moment["notes"], *moment["speak"]):
                if not said.startswith(("Squeeze less", "If ")):
                    named = re.findall(r"[^.]*\b(?:strength|effort)\b", said)
                    assert set(named) <= {"About 7% of your strength"}, (page.slug, said)
            if "About 7% of your strength." in moment["notes"]:
                assert "About 7% of your strength." in moment["speak"], page.slug
                kinds.add(moment["kind"])
        assert kinds & {"push", "hold", "reps"}, page.slug
    assert asked > 9


def test_a_dose_of_one_set_has_no_steps_of_a_second_and_no_dose_forgets_the_sides() -> None:
    starts = _started()
    assert [
        (symptom, first.exercise.slug) for symptom, first in starts if first.is_without_sides
    ] == []
    (first,) = (f for s, f in starts if (s, f.exercise.slug) == ("calf-cramp", "calf-stretch-wall"))
    assert first.dosage is not None
    data = follow_data(PLACE, first.exercise, first.dosage)
    assert data is not None
    assert "30 seconds more" not in str(data)
    assert data["sides"] == 2


def test_how_much_is_told_in_sentences_that_need_none_before_them() -> None:
    for page in LIBRARY.exercises:
        data = follow_data(PLACE, page, page.dosage, own=True)
        assert data is not None
        notes = data["moments"][0]["notes"]
        assert not [line for line in notes if re.match(r"(?:That (?:is|makes)|Then)\b", line)], page
