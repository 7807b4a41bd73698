"""Every page of a muscle, a nerve, a tendon or a joint shows where it is."""

from __future__ import annotations

from kinopress.figures.anatomy.plates import PLATES
from support.own_project import own_library

WITHOUT: dict[str, str] = {}
"""Pages without a drawing, and why."""


def test_every_muscle_page_has_a_drawing_or_a_reason_why_not() -> None:
    pages = {slug for kind, slug in own_library().pages if kind == "muscle"}
    assert pages == {*PLATES, *WITHOUT}
    assert all(WITHOUT.values())
