"""A folder is known by what the disk says of it, whatever names lead there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kinopress.content.forms.settings import output_folder
from kinopress.content.forms.settings.output_folder import is_private, output_problem


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Its folder ``DOCUM~1`` is ``docs``, by a name that nothing resolves: a short one, or a second place of a disk."""
    project = tmp_path.resolve() / "project"
    (project / "docs/pictures").mkdir(parents=True)
    short, docs = str(project / "DOCUM~1"), str(project / "docs")
    asked = output_folder._identity

    def identity(folder: str) -> tuple[int, int] | None:
        return asked(folder.replace(short, docs))

    monkeypatch.setattr(output_folder, "_identity", identity)
    return project


@pytest.mark.parametrize("folder", ["DOCUM~1", "DOCUM~1/pictures", "DOCUM~1/new/deeper"])
def test_no_other_name_leads_into_the_sources(project: Path, folder: str) -> None:
    said = "the site would be written into docs/, where your sources are"
    assert output_problem(project, folder) == said
    assert not is_private(project, folder, [])


def test_a_folder_of_its_own_is_one(project: Path) -> None:
    assert output_problem(project, "site") is None
    assert is_private(project, "clients", ["site"])


def test_a_name_as_long_as_a_disk_takes_is_looked_at_to_its_end(project: Path) -> None:
    deep = "/".join(["a"] * 1500)
    assert output_problem(project, deep) is None
    assert output_problem(project, f"docs{os.sep}{deep}") is not None
