"""What a symptom starts with: what its page names, or the rules that choose for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinopress.codes import Code
from kinopress.content.model.pages import Exercise, Symptom
from kinopress.content.read import read_library
from kinopress.content.relations.starts import FirstExercise, first_exercises
from support.projects import page, small_project, write

SYMPTOM = (
    "title: Sore\ndescription: It is sore.\nregions: [buttock]\nsuspects: [piriformis]\n"
    "red_flags: [not-settling]\nsources: [practice]\n"
)


def _exercise(project: Path, slug: str, tags: str, more: str = "level: easy") -> None:
    front = (
        f"title: {slug.capitalize()}\ndescription: A move.\ntags: [{tags}]\n{more}\n"
        "position: standing\ndosage: {sets: 2, reps: 8}\nsteps:\n  - step: Move.\nsources: [practice]"
    )
    write(project / f"exercises/{slug}.md", page(front))


def _started(project: Path, front: str) -> list[tuple[str, str]]:
    """What the page of the symptom starts with: file name and words of each."""
    write(project / "docs/symptoms/sore.md", page(SYMPTOM + front))
    library, report = read_library(project)
    assert [p.message for p in report.problems if p.severity == "error"] == []
    symptom = library.pages["symptom", "sore"]
    assert isinstance(symptom, Symptom)
    return [(first.exercise.slug, first.when) for first in first_exercises(library, symptom)]


def _names(project: Path, front: str) -> list[str]:
    return [slug for slug, _ in _started(project, front)]


def test_what_the_page_names_is_taken_as_it_is_in_its_order(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    _exercise(project, "hops", "strength", "level: hard")
    _exercise(project, "reach", "stretch, sore")
    front = "start_with:\n  - exercise: hops\n    when: If it does not hurt.\n  - clam\n"
    assert _started(project, front) == [("hops", "If it does not hurt."), ("clam", "")]


def test_a_page_can_name_none(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    _exercise(project, "reach", "stretch, sore")
    assert _names(project, "") == ["reach"]
    assert _names(project, "start_with: []") == []


def test_an_exercise_that_is_kept_back_is_not_shown(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    _exercise(project, "reach", "stretch", "level: easy\ndraft: true")
    assert _names(project, "start_with: [reach, clam]") == ["clam"]


def test_each_technique_gives_its_easiest_exercise_in_the_order_of_the_page(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    _exercise(project, "bend", "stretch, sore")
    _exercise(project, "push", "strength, sore", "level: medium")
    _exercise(project, "lift", "strength, sore")
    assert _names(project, "techniques: [strength, stretch]") == ["lift", "bend"]
    assert _names(project, "techniques: [stretch, strength]") == ["bend", "lift"]


def test_what_needs_nothing_is_before_what_needs_something(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    _exercise(project, "band-walk", "strength, sore", "level: easy\nequipment: [band]")
    _exercise(project, "walk", "strength, sore")
    assert _names(project, "techniques: [strength]") == ["walk"]


def test_nothing_hard_and_nothing_to_leave_out_is_chosen(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    write(
        project / "docs/techniques/long-stretch.md",
        page(
            "title: Long stretch\ndescription: A way.\nfamily: stretch\nparent: stretch\nsources: [practice]"
        ),
    )
    _exercise(project, "hops", "strength, sore", "level: hard")
    _exercise(project, "bend", "stretch, sore")
    _exercise(project, "lean", "long stretch, sore")
    _exercise(project, "lunge", "stretch, strength, sore")
    assert _names(project, "techniques: [strength]\navoid: [stretch]") == ["lunge"]
    assert _names(project, "avoid: [long stretch]") == ["bend"]


def test_of_a_ladder_only_the_lowest_rung_is_for_today(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    _exercise(project, "bend", "stretch, sore")
    _exercise(project, "deep-bend", "strength, sore", "level: easy\neasier: bend")
    _exercise(project, "lift", "strength, sore", "level: medium")
    assert _names(project, "techniques: [stretch, strength]") == ["bend", "lift"]


def test_three_are_enough(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    for number in range(5):
        write(
            project / f"docs/techniques/way-{number}.md",
            page(f"title: Way {number}\ndescription: A way.\nfamily: stretch\nsources: [practice]"),
        )
        _exercise(project, f"move-{number}", f"way {number}, sore")
    ways = ", ".join(f"way {number}" for number in range(5))
    assert _names(project, f"techniques: [{ways}]") == ["move-0", "move-1", "move-2"]


def test_without_a_technique_the_page_starts_with_one(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    _exercise(project, "bend", "stretch, sore")
    _exercise(project, "lift", "strength, sore")
    assert _names(project, "") == ["bend"]


def test_an_exercise_to_avoid_by_name_is_not_chosen(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    _exercise(project, "bend", "strength, sore")
    _exercise(project, "lift", "strength, sore")
    assert _names(project, "techniques: [strength]\navoid: [bend]") == ["lift"]


@pytest.mark.parametrize(
    ("when", "is_by_finding"),
    [
        ("If the front feels tight.", True),
        ("Only if walking is comfortable.", True),
        ("", False),
        ("On two legs, if you like.", False),
        ("From a height that is easy.", False),
    ],
)
def test_words_that_begin_with_a_condition_depend_on_what_one_finds(
    tmp_path: Path, when: str, *, is_by_finding: bool
) -> None:
    library, _ = read_library(small_project(tmp_path))
    clam = library.pages["exercise", "clam"]
    assert isinstance(clam, Exercise)
    assert FirstExercise(clam, when).is_by_finding == is_by_finding


@pytest.mark.parametrize(
    ("when", "is_limited"),
    [
        ("", False),
        ("If the front feels tight.", False),
        ("For pain in the middle of the buttock.", False),
        ("For the sit bone, instead.", False),
        ("Unless the side of your hip is sore.", False),
        ("On two legs.", True),
        ("If it nags at the front. Lower it slowly.", True),
        ("If pain is mild.", True),
        ("For adults, on two legs.", True),
        ("Only if walking is comfortable.", True),
        ("Gently.", True),
    ],
)
def test_all_words_but_those_for_whom_limit_the_dose(
    tmp_path: Path, when: str, *, is_limited: bool
) -> None:
    library, _ = read_library(small_project(tmp_path))
    clam = library.pages["exercise", "clam"]
    assert isinstance(clam, Exercise)
    assert FirstExercise(clam, when).is_limited == is_limited


@pytest.mark.parametrize(
    ("when", "sided"),
    [
        ("On two legs.", False),
        ("If neither calf is swollen. On both legs.", False),
        ("Every other day, on both feet.", False),
        ("Every other day, on two legs first.", True),
        ("In a small range.", True),
    ],
)
def test_who_uses_both_legs_does_not_change_sides(tmp_path: Path, when: str, sided: bool) -> None:
    project = small_project(tmp_path)
    _exercise(project, "raise", "strength")
    path = project / "exercises/raise.md"
    write(path, path.read_text("utf-8").replace("reps: 8}", "reps: 8, per_side: true}"))
    front = f"start_with:\n  - exercise: raise\n    when: {when}\n"
    write(project / "docs/symptoms/sore.md", page(SYMPTOM + front))
    library, _ = read_library(project)
    symptom = library.pages["symptom", "sore"]
    assert isinstance(symptom, Symptom)
    (first,) = first_exercises(library, symptom)
    assert first.at_most is not None
    assert first.at_most.per_side is sided
    assert first.exercise.dosage.per_side


@pytest.mark.parametrize(
    ("more", "is_told"),
    [
        ("dosage: {reps: 6}", True),
        ("dosage: {reps: 6, per_side: true}", False),
        ("how: On both feet.\n    dosage: {reps: 6}", False),
        ("how: On the sore side.\n    dosage: {reps: 6}", False),
        ("when: Before bed.", False),
        ("how: Small lifts of the weaker leg.\n    dosage: {reps: 6}", False),
        ("when: If your legs feel tired.\n    dosage: {reps: 6}", True),
        ("when: Not if the foot tingles.\n    dosage: {reps: 6}", True),
        ("when: Before bed, side-lying on a mat.\n    dosage: {reps: 6}", True),
        ("when: If the sore leg is stiff.\n    dosage: {reps: 6}", True),
        ("how: Side-lying, with the foot flat.\n    dosage: {reps: 6}", True),
    ],
)
def test_a_dose_that_forgets_the_sides_is_told(tmp_path: Path, more: str, is_told: bool) -> None:
    project = small_project(tmp_path)
    _exercise(project, "reach", "stretch")
    path = project / "exercises/reach.md"
    path.write_text(path.read_text().replace("reps: 8}", "reps: 8, per_side: true}"))
    start = f"start_with:\n  - exercise: reach\n    {more}\n"
    write(project / "docs/symptoms/sore.md", page(SYMPTOM + start))
    _, report = read_library(project)
    found = [p for p in report.problems if p.code is Code.START_SIDES]
    assert [p.severity for p in found] == (["warning"] if is_told else [])


def test_how_is_read_with_when_and_alone_while_one_moves(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    start = (
        "start_with:\n  - exercise: clam\n    when: Every other day.\n    how: In a small range.\n"
    )
    assert _started(project, start) == [("clam", "Every other day. In a small range.")]
    clam = read_library(project)[0].pages["exercise", "clam"]
    assert isinstance(clam, Exercise)
    told = FirstExercise(clam, "Every other day. In a small range.", how="In a small range.")
    assert told.in_motion == "In a small range."
    # Where a page does not tell them apart, what asks for another form is still read.
    assert FirstExercise(clam, "Every other day. On two legs.").in_motion == "On two legs."
    assert FirstExercise(clam, "Every other day.").in_motion == ""
