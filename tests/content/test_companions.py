"""Which exercises are said to go with another: of the same place, and neither instead of it nor against its symptoms."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinopress.content.model.pages import Exercise, Page, Technique
from kinopress.content.read import read_library
from kinopress.content.relations.companions import companions, exercises_to_try
from kinopress.content.relations.related import nearest
from support.projects import page, small_project, write

EXERCISES = {
    "push-out": "piriformis, met-one, Sore bum",
    "push-in": "piriformis, met-two",
    "ball": "piriformis, press, Sore",
    "roll": "quads, press, Sore",
    "lift": "piriformis, strength",
    "kick": "quads, strength",
    "heavy-lift": "piriformis, strength",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = small_project(tmp_path)
    for slug, family in (("met-one", "met"), ("met-two", "met"), ("press", "self-care")):
        front = f"title: {slug}\ndescription: A way.\nfamily: {family}\nsources: [practice]"
        write(project / f"docs/techniques/{slug}.md", page(front))
    muscle = "title: Quads\ndescription: A muscle.\nkind: muscle\nregions: [buttock]\nsources: [practice]"
    write(project / "docs/muscles/quads.md", page(muscle))
    symptom = (
        "description: It is sore.\nregions: [buttock]\nsuspects: [piriformis]\n"
        "red_flags: [not-settling]\nsources: [practice]"
    )
    write(project / "docs/symptoms/sore.md", page(f"title: Sore\n{symptom}"))
    write(project / "docs/symptoms/sore-bum.md", page(f"title: Sore bum\n{symptom}\navoid: [ball]"))
    for slug, tags in EXERCISES.items():
        more = "level: hard\neasier: lift" if slug == "heavy-lift" else "level: easy"
        front = (
            f"title: {slug}\ndescription: A move.\ntags: [{tags}]\n{more}\nposition: standing\n"
            "dosage: {sets: 2, reps: 8}\nsteps:\n  - step: Move.\nsources: [practice]"
        )
        write(project / f"exercises/{slug}.md", page(front))
    return project


def test_what_goes_well_with_an_exercise_is_near_it_and_not_instead_of_it(project: Path) -> None:
    library, report = read_library(project)
    assert [p for p in report.problems if p.severity == "error"] == []

    def beside(slug: str) -> set[str]:
        exercise = library.pages["exercise", slug]
        assert isinstance(exercise, Exercise)
        return {other.slug for other in companions(library, exercise)} & EXERCISES.keys()

    # A push and its opposite are a choice; the ball is left out with the symptom of the first.
    assert beside("push-out") == {"lift", "heavy-lift"}
    assert beside("push-in") == {"ball", "lift", "heavy-lift"}
    # Pressing the buttock and rolling the thigh have a technique and sore muscles in common, and no muscle.
    assert beside("ball") == {"push-in", "lift", "heavy-lift"}
    assert beside("roll") == {"kick"}
    # A harder form of an exercise is another day's; a technique alone is no reason.
    assert beside("lift") == {"push-out", "push-in", "ball"}
    assert beside("kick") == {"roll"}


def test_an_article_offers_nothing_that_its_symptom_leaves_out(project: Path) -> None:
    front = "title: Read\ndescription: To read.\ndate: 2026-01-01\ntags: [Sore bum, piriformis]\nsources: [practice]"
    write(project / "docs/articles/read.md", page(front))
    library, _ = read_library(project)
    offered = {e.slug for e in exercises_to_try(library, library.pages["article", "read"])}
    assert {"push-out", "lift"} <= offered
    assert "ball" not in offered


def test_the_nearest_share_most_and_of_equals_the_first_title_comes_first(project: Path) -> None:
    """Which :func:`nearest` finds without looking at each page: here each is looked at."""
    library, _ = read_library(project)

    def shared(one: Page, other: Page) -> float:
        of = [term for term in library.terms(one.about) if other in library.tagged[term.slug]]
        weights = [0.25 if isinstance(term, Technique) else 1.0 for term in of]
        counts = [len(library.tagged[term.slug]) for term in of]
        return sum(weight / count for weight, count in zip(weights, counts, strict=True))

    compared = 0
    for one in library.pages.values():
        found = [(-shared(one, e), e.title.casefold(), e) for e in library.exercises if e != one]
        ranked = [e.slug for score, _, e in sorted(found, key=lambda it: it[:2]) if score]
        assert [e.slug for e in nearest(library, one, Exercise)] == ranked, one.path
        compared += len(ranked)
    assert compared > 20
