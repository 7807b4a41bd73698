"""Whose site this is: only what the coach has set is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from kinopress.project.prepare import prepare
from support.projects import page, small_project, write

HOME = page("title: Hips\ndescription: Where everything begins.", "{{ welcome }}")


def _project(folder: Path, more: str) -> Path:
    project = small_project(folder)
    settings = (project / "mkdocs.yml").read_text("utf-8")
    write(
        project / "mkdocs.yml",
        settings.replace("name: Anna Example\n", f"name: Anna Example\n{more}", 1),
    )
    write(project / "docs/index.md", HOME)
    return project


def _home(project: Path) -> str:
    site = prepare(project).site
    assert site is not None
    return next(p.body for p in site.pages if p.path == "index.md")


def test_a_name_alone_makes_no_face_and_no_promise(tmp_path: Path) -> None:
    shown = _home(_project(tmp_path, ""))
    assert '<div class="kp-welcome"><div><p><strong>Anna Example</strong></p></div></div>' in shown


def test_a_face_and_a_promise_come_from_the_settings(tmp_path: Path) -> None:
    more = "      photo: pictures/me.jpg\n      promise: I answer within two days.\n"
    project = _project(tmp_path, more)
    (project / "docs/pictures").mkdir()
    Image.new("RGB", (1600, 1600), "teal").save(project / "docs/pictures/me.jpg")
    shown = _home(project)
    assert 'alt="Anna Example" class="kp-portrait"' in shown
    assert 'sizes="88px"' in shown
    assert "<p>I answer within two days.</p>" in shown


@pytest.mark.parametrize("written", ["pictures/me.jpg", "../../me.jpg"])
def test_a_picture_that_is_not_there_is_named_with_its_line(written: str, tmp_path: Path) -> None:
    project = _project(tmp_path, f"      photo: {written}\n")
    found = [str(p) for p in prepare(project).report.errors]
    assert len(found) == 1
    assert found[0].startswith("mkdocs.yml:11: extra.kinopress.coach.photo: there is no picture")


def test_a_promise_of_too_much_is_named_with_its_line(tmp_path: Path) -> None:
    project = _project(tmp_path, "      promise: I will cure your pain.\n")
    found = [p for p in prepare(project).report.warnings if p.code == "word-promise"]
    assert [(p.path, p.line, p.field) for p in found] == [
        ("mkdocs.yml", 11, "extra.kinopress.coach.promise")
    ]
