"""What a build of thousands of pages does otherwise, to hold less: nothing of it is to be seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinopress.content.forms.read_later import read_fronts_later
from kinopress.content.model.noticing.watched import Watched
from kinopress.content.model.pages import line_of
from kinopress.content.read import read_library
from kinopress.content.source.kept_pages import KeptPages
from kinopress.pages import render
from kinopress.pages.again import Renderings
from kinopress.pages.packed import Packed
from kinopress.project.build import build
from kinopress.project.prepare import prepare
from support.projects import contents, small_project


def test_a_build_whose_texts_are_packed_makes_the_same_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = small_project(tmp_path / "project")
    assert build(project).anew
    before = contents(project / "site")
    monkeypatch.setattr(render, "_PACKS_FROM", 0)
    packed: list[bytes] = []
    pack = Packed.of

    def noted(text: bytes) -> Packed:
        packed.append(text)
        return pack(text)

    monkeypatch.setattr(Packed, "of", noted)
    assert build(project, force=True).anew
    assert len(packed) > 5
    after = contents(project / "site")
    for made in (before, after):
        del made[".kinopress-release.json"]  # it says when each was written
    assert after == before


def test_front_matter_that_is_left_in_its_files_still_names_its_lines(tmp_path: Path) -> None:
    """It is half of what a library takes, and asked for where something is wrong."""
    project = small_project(tmp_path / "project")
    known = KeptPages()
    library, _ = read_library(project, known=known)
    watched = library.once(Watched).all_of(library.pages)
    lines = {key: line_of(page, "title") for key, page in library.pages.items()}
    assert len(lines) > 5
    read_fronts_later(library, project)
    for pages in (library.pages, watched):
        assert all(callable(page.__dict__["front"]) for page in pages.values())
        assert {key: line_of(page, "title") for key, page in pages.items()} == lines


def test_what_many_pages_have_read_is_kept_once(tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    renderings = Renderings()
    prepared = prepare(project, renderings=renderings, known=KeptPages())
    assert prepared.site is not None
    names: dict[str, set[int]] = {}
    for page in renderings.made.values():
        for one in page.seen:
            if isinstance(one, str):
                names.setdefault(one, set()).add(id(one))
    assert len(names) > 10
    assert {len(each) for each in names.values()} == {1}
