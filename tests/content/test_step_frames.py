"""Which drawing belongs to which step, and which is shown while a step is being done."""

from __future__ import annotations

from kinopress.content.model.dosage import Step
from kinopress.content.relations.step_frames import (
    frames_of,
    key_frames,
    with_words,
    without_a_step,
)
from kinopress.figures.pose import Motion
from kinopress.figures.pose import Step as Instant


def _steps(*said: tuple[str, int | None]) -> list[Step]:
    return [Step(kind, "Do it.", line, frame) for line, (kind, frame) in enumerate(said)]


NAMED = _steps(("prepare", None), ("prepare", 1), ("step", 2), ("cue", None), ("step", 3))
UNNAMED = _steps(("prepare", None), ("cue", None), ("step", None), ("caution", None))


def test_a_step_has_the_drawing_that_it_names() -> None:
    assert frames_of(NAMED, 3) == (None, 1, 2, None, 3)
    assert frames_of(NAMED, 2) == (None, 1, 2, None, None)
    assert without_a_step(NAMED, 3) == ()


def test_where_no_step_names_one_they_belong_together_in_order_if_there_are_as_many() -> None:
    assert frames_of(UNNAMED, 2) == (1, None, 2, None)
    assert frames_of(UNNAMED, 3) == (None, None, None, None)
    assert without_a_step(UNNAMED, 3) == (1, 2, 3)
    assert frames_of([], 0) == ()


def test_one_that_is_named_ends_all_guessing() -> None:
    steps = _steps(("prepare", None), ("step", 1))
    assert frames_of(steps, 2) == (None, 1)
    assert without_a_step(steps, 2) == (2,)


def test_no_more_than_three_key_frames_are_stills() -> None:
    film = (Instant("a"), Instant("b", key=False), Instant("c"), Instant("d"), Instant("e"))
    motion = Motion("One", "stand", (), film)
    assert [instant.pose for instant in key_frames(motion)] == ["a", "c", "d"]


def test_a_still_knows_the_words_beside_which_it_is_shown() -> None:
    steps = [
        Step("prepare", "Lie down.", 1, 1),
        Step("step", "Push.", 2, 2),
        Step("cue", "Slowly.", 3),
    ]
    film = (Instant("a"), Instant("a", key=False), Instant("b"))
    given = with_words(Motion("One", "lie back", (), film), steps)
    assert [instant.words for instant in given.film] == [("Lie down.",), (), ("Push.",)]
