"""A film that the studio has taken in moves into videos/, and is never without a page or a place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kinopress.content.read import read_library
from kinopress.project.films.add import NewFilm, add_film
from kinopress.project.new.page import write_page
from kinopress.system import disk
from support.projects import small_project

NEW = NewFilm("Bridge", ("strength",), "A bridge.", "Hips rise.", dt.date(2026, 1, 2))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project(tmp_path / "project")


def added(project: Path, film: Path) -> None:
    library, _ = read_library(project)
    add_film(project, library, film, NEW, beside={".en.vtt": b"WEBVTT\n"}, ours=True)


@pytest.fixture
def film(tmp_path: Path) -> Path:
    file = tmp_path / "film.mp4"
    file.write_bytes(b"the only copy")
    return file


def test_a_film_in_its_place_keeps_its_page_where_the_folder_cannot_be_flushed(
    project: Path, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = disk.flush

    def flush(path: Path) -> None:
        if not film.exists():  # it has moved
            raise OSError(5, "Input/output error", str(path))
        real(path)

    monkeypatch.setattr(disk, "flush", flush)
    added(project, film)
    assert (project / "videos/bridge.mp4").read_bytes() == b"the only copy"
    assert (project / "videos/bridge.md").is_file()
    assert (project / "videos/bridge.en.vtt").is_file()


def test_a_film_that_cannot_be_moved_stays_where_it_was_without_a_page(
    project: Path, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "move", fails)
    with pytest.raises(OSError, match="No space"):
        added(project, film)
    assert film.read_bytes() == b"the only copy"
    assert list((project / "videos").iterdir()) == []


def test_a_page_that_waited_is_as_it_was_where_its_film_cannot_be_moved(
    project: Path, film: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = write_page(project, "video", "Bridge", dt.date(2026, 1, 2))
    before = (project / path).read_bytes()

    real = disk.move
    seen = []

    def fails(one: Path, to: Path) -> None:
        if one != film:
            real(one, to)
            return
        seen.append((project / path).read_bytes())
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched, pytest.raises(OSError, match="No space"):
        patched.setattr(disk, "move", fails)
        added(project, film)
    assert [b"A bridge." in page for page in seen] == [True], "the page was filled before it failed"
    assert film.read_bytes() == b"the only copy"
    assert (project / path).read_bytes() == before
    assert [one.name for one in (project / "videos").iterdir()] == ["bridge.md"]
    added(project, film)
    assert "A bridge." in (project / path).read_text("utf-8")
    assert (project / "videos/bridge.mp4").read_bytes() == b"the only copy"
