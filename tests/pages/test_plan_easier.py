"""After a red score: what an exercise's own page says of an easier form, and nothing that is harder."""

from __future__ import annotations

import pytest

from kinopress.content.model.pages import Exercise
from kinopress.pages.parts.plan import made_easier


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("Lift half as high, or rest. To progress, hold on.", "Lift half as high, or rest."),
        ("Cannot kneel? Stand on one foot. Later, reach up.", "Cannot kneel? Stand on one foot."),
        ("Two feet first. Next, rise on two. Then on one.", "Two feet first. Next, rise on two."),
        ("To progress, hold for five seconds. Or do less.", ""),
        ("Less of it, or more: a band. Then stop.", ""),
        ("- Lift half as high.\n- Rest.", ""),
        ("Too sore for that?", ""),
        ("", ""),
    ],
)
def test_the_easier_form_is_said_and_nothing_harder(section: str, said: str) -> None:
    body = f"First.\n\n## If it is too hard or too easy\n\n{section}\n\n## When to stop\n\nPain.\n"
    page = Exercise(kind="exercise", path="exercises/x.md", slug="x", title="X", body=body)
    assert made_easier(page) == said
