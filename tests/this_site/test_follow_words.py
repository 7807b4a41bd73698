"""Every exercise of this site can be followed along, with words and pictures of its own in each phase that counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinopress.content.model.dosage import Dosage
from kinopress.content.model.pages import Exercise, Plan
from kinopress.content.relations.phases import side_s
from kinopress.content.relations.session_time import exercise_s
from kinopress.content.relations.sessions import Sessions, dosage_of
from kinopress.content.relations.step_phases import (
    without_amounts,
    without_another_round,
    without_other_times,
)
from kinopress.media.figure import Figure, still_name
from kinopress.pages.parts.follow import follow_data
from kinopress.pages.parts.html import spoken_text
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


@pytest.mark.parametrize("page", LIBRARY.exercises, ids=lambda page: page.slug)
def test_each_phase_that_counts_has_words_and_a_picture_of_its_own(page: Exercise) -> None:
    data = follow_data(PLACE, page, page.dosage)
    assert data is not None
    for moment in data["moments"]:
        assert moment["still"] > 0
        if moment["kind"] in ("ready", "push", "hold", "stretch", "reps"):
            assert moment["words"] != PHASE_WORDS[moment["kind"]], moment
            assert all(len(words) < 200 for words in moment["speak"])
    seconds = sum(data["moments"][at]["seconds"] for at, *_ in data["order"])
    assert seconds == exercise_s(page.dosage, side_s(page))
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


def test_every_step_is_shown_and_spoken_in_order() -> None:
    for page, dosage, is_own in _doses():
        data = follow_data(PLACE, page, dosage, own=is_own)
        assert data is not None
        told = [data["moments"][at] for at, *_ in data["order"]]
        shown = " ".join(line for m in told for line in (m["words"], *m["notes"]))
        spoken = " ".join(line for m in told for line in m["speak"])
        texts = [step.text for step in page.steps if step.kind == "step"]
        if not is_own:  # what a plan asks for is said by the plan alone
            timed = (without_other_times(text, dosage, page.dosage) for text in texts)
            texts = list(filter(None, map(without_amounts, timed)))
        else:  # how many and how often is said once, before it begins
            texts = [without_amounts(text) or text for text in texts]
        steps = [spoken_text(text) for text in texts]
        if any(m["kind"] == "side" for m in told):
            # Another round is for the side that has been done, and its phases lead through it.
            steps = list(filter(None, map(without_another_round, steps)))
        for words in (shown, spoken):
            places = [words.find(step) for step in steps]
            assert -1 not in places, (page.slug, steps[places.index(-1)])
            assert places == sorted(places), page.slug
        first = told[0]["speak"]
        for step in page.steps:
            if step.kind in ("prepare", "caution"):
                assert spoken_text(step.text) in first, page.slug


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
