"""A site is built without its camera films where what was made of them is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kinopress.project.films.made.list import read_records
from support.command import type_in
from support.projects import small_project
from support.small_films import film_page, make_film

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def encoded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with an encoded film, captions beside it; to copy, not to change."""
    project = small_project(tmp_path_factory.mktemp("kept") / "site")
    make_film(project / "videos/hip.mov", seconds=2)
    film_page(project, "hip", "trim: {from: 0.5 s}")
    words = "WEBVTT\n\n00:00.600 --> 00:01.500\nSlowly.\n"
    (project / "videos/hip.en.vtt").write_text(words, "utf-8")
    with pytest.raises(SystemExit):
        from kinopress.cli.main import main

        main(["build", "--project", str(project)])
    return project


@pytest.fixture
def elsewhere(encoded: Path, tmp_path: Path) -> Path:
    """The project on another computer: copied without the camera film and the finished site."""
    project = tmp_path / "laptop"
    shutil.copytree(encoded, project, ignore=shutil.ignore_patterns("hip.mov", "site"))
    return project


def test_the_site_is_the_same_without_the_camera_film(
    encoded: Path, elsewhere: Path, capsys: Capture
) -> None:
    answer = type_in(capsys, "build", "--project", elsewhere)
    assert (answer.code, answer.err) == (0, "")
    page = "site/videos/hip/index.html"
    assert (elsewhere / page).read_text("utf-8") == (encoded / page).read_text("utf-8")
    assert "<video" in (elsewhere / page).read_text("utf-8")
    for file in (encoded / "site/media").rglob("*.*"):
        copy = elsewhere / file.relative_to(encoded)
        assert copy.read_bytes() == file.read_bytes()
    assert (elsewhere / "site/videos/hip.en.vtt").is_file()
    # And again: the list still knows it, nothing is pruned, the list of films says ready.
    assert set(read_records(elsewhere)) == {"hip"}
    assert type_in(capsys, "build", "--force", "--project", elsewhere).code == 0
    assert "Nothing to delete" in type_in(capsys, "video", "prune", "--project", elsewhere).out
    assert "ready" in type_in(capsys, "video", "list", "--project", elsewhere).out
    assert type_in(capsys, "video", "encode", "hip", "--project", elsewhere).code == 0


@pytest.mark.parametrize(
    "fields", [(), ("trim: {from: 1 s}",), ("trim: {from: 0.5 s}", "poster: 1 s")]
)
def test_what_the_page_asks_for_now_needs_the_film(
    elsewhere: Path, capsys: Capture, fields: tuple[str, ...]
) -> None:
    film_page(elsewhere, "hip", *fields)
    answer = type_in(capsys, "build", "--project", elsewhere)
    assert answer.code == 1
    assert "does not fit what its page or mkdocs.yml asks for now" in answer.out
    assert "[film-missing]" in answer.out
    assert set(read_records(elsewhere)) == {"hip"}, "undoing the change is enough"
    film_page(elsewhere, "hip", "trim: {from: 0.5 s}")
    assert type_in(capsys, "build", "--project", elsewhere).code == 0


@pytest.mark.parametrize("damage", ["gone", "short", "flipped"])
def test_what_is_damaged_is_no_film(elsewhere: Path, capsys: Capture, damage: str) -> None:
    (rendition,) = (elsewhere / ".kinopress/media").glob("*/h264-*.mp4")
    data = bytearray(rendition.read_bytes())
    if damage == "gone":
        rendition.unlink()
    else:
        data[len(data) // 2] ^= 1
        rendition.write_bytes(data if damage == "flipped" else data[:-9])
    answer = type_in(capsys, "build", "--project", elsewhere)
    assert answer.code == 1
    assert "[film-missing]" in answer.out
    assert not (elsewhere / "site").exists()
