"""What stands on an article's page besides its words."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.command import type_in
from support.projects import page, small_project, write

Capture = pytest.CaptureFixture[str]


def _article(folder: Path, tags: str, capsys: Capture) -> str:
    """The page of an article with these tags, as every site builder gets it."""
    project = small_project(folder / "site-of-anna")
    write(
        project / "docs/articles/hills.md",
        page(
            "title: Hills\ndescription: Up and down.\ndate: 2026-11-22\n"
            + f"tags: [{tags}]\nsources: [practice]",
            "Lean into it.",
        ),
    )
    assert type_in(capsys, "stage", folder / "plain", "--project", project).code == 0
    return (folder / "plain/docs/articles/hills.md").read_text("utf-8")


def test_the_warning_signs_of_its_symptoms_come_before_its_words_and_exercises(
    tmp_path: Path, capsys: Capture
) -> None:
    html = _article(tmp_path, "weak glutes, gluteus medius", capsys)
    places = [html.index(words) for words in ("No better", "Lean into it.", "Exercises to try")]
    assert places == sorted(places)
    assert "your GP or a physiotherapist this week." in html


def test_without_a_symptom_among_its_tags_it_speaks_of_no_warning_signs(
    tmp_path: Path, capsys: Capture
) -> None:
    assert "warning signs" not in _article(tmp_path, "gluteus medius", capsys)
