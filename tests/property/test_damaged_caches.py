"""Whatever becomes of what the program keeps for itself, a build makes the same site: damage costs time and nothing else."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from browser.test_handed import POSES
from kinopress.media.manifest import MANIFEST_NAME
from kinopress.pictures import store
from kinopress.pictures.store import LOOKED
from kinopress.problems import Refusal
from kinopress.project.build import PAGES, build
from kinopress.project.check import check_project
from kinopress.project.drawings.cards import LIST as CARDS
from kinopress.project.films.made.list import LIST
from kinopress.project.folder import MEDIA
from kinopress.project.made_from import STAMP
from kinopress.project.remembered.read import READ
from kinopress.project.remembered.rendered import RENDERED
from kinopress.system.kept import read_kept, write_kept
from kinopress.system.release_record import RECORD
from kinopress.system.stamps import HASHES_NAME
from support.projects import contents, page, small_project, write
from support.small_films import film_page, make_film

KEPT = Path(".kinopress")
DEEP = 100_000
"""Brackets; Python's reader of JSON gives up long before."""


def _turned(data: bytes, at: float = 0.5) -> bytes:
    """One bit of a file turned; its size stays."""
    if not data:
        return data
    place = min(int(len(data) * at), len(data) - 1)
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


WAYS: dict[str, Callable[[bytes], bytes]] = {
    "a bit in the middle is another": _turned,
    "a bit near the end is another": lambda data: _turned(data, 0.97),
    "zeros": lambda data: bytes(len(data)),
    "cut off": lambda data: data[: len(data) // 2],
    "empty": lambda _: b"",
    "brackets": lambda _: b"[" * DEEP + b"]" * DEEP,
    "objects": lambda _: b'{"check":' * DEEP,
    "another shape": lambda _: b'{"kept": [], "check": 3, "files": 7, "digest": null}',
    "a list": lambda _: b"[[], 1, null]",
    "a text": lambda _: b'"text"',
    "binary": lambda data: bytes(range(256)) * (len(data) // 256 + 1),
    "no number": lambda _: b"NaN",
    "no numbers": lambda data: data.replace(b"1", b"NaN").replace(b"2", b"1e999"),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A built project with a film, a picture, a figure and cards; to copy, not to change. And its site."""
    project = small_project(tmp_path_factory.mktemp("kept") / "mine")
    make_film(project / "videos/hip.mp4", seconds=0.6)
    film_page(project, "hip")
    write(project / "videos/hip.en.vtt", "WEBVTT\n\n00:00.000 --> 00:00.400\nOpen the knee.\n")
    write(project / "exercises/clam.pose.yml", POSES)
    (project / "docs/pictures").mkdir()
    Image.new("RGB", (300, 200), "teal").save(project / "docs/pictures/hill.png")
    words = "![A hill](../pictures/hill.png)"
    write(
        project / "docs/articles/hills.md",
        page(
            "title: Hills\ndescription: Up.\ndate: 2026-01-01\ntags: [strength]\nsources: [practice]",
            words,
        ),
    )
    built = build(project)
    assert built.anew, built.report.errors
    return project, _site(project)


@pytest.fixture
def project(whole: tuple[Path, dict[str, bytes]], tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(whole[0], tmp_path / "mine"))


def _site(project: Path) -> dict[str, bytes]:
    """The site as readers have it, and what the record says of it."""
    files = contents(project / "site")
    record = files.pop(RECORD)
    assert json.loads(record)["kept"]["whole"] is True
    return files


def _kept(project: Path) -> list[Path]:
    files = [file for file in sorted((project / KEPT).rglob("*")) if file.is_file()]
    assert len(files) > 15, files
    return files


def _build_again(project: Path, *, force: bool = False) -> dict[str, bytes]:
    write(project / "docs/articles/hills.md", (project / "docs/articles/hills.md").read_text())
    os.utime(project / "docs/articles/hills.md", ns=(1, 1))  # else nothing is to be done
    built = build(project, force=force)
    assert built.report.errors == []
    return _site(project)


@pytest.mark.parametrize("turn", range(3))
def test_damage_to_all_that_is_kept_costs_time_only(
    project: Path, whole: tuple[Path, dict[str, bytes]], turn: int
) -> None:
    """Each file is damaged in its own way, and in another one the next time."""
    ways = list(WAYS.values())
    for number, file in enumerate(_kept(project)):
        if file.suffix != ".mp4" and file.name != "lock":
            way = ways[(number * 5 + turn * 4) % len(ways)]
            file.write_bytes(way(file.read_bytes()))
    check_project(project)
    assert _build_again(project) == whole[1]


def test_each_damaged_file_by_itself_costs_time_only(
    project: Path, whole: tuple[Path, dict[str, bytes]]
) -> None:
    """The others are whole and lead to the damaged one, which they do not once all are damaged."""
    done = set()
    for file in _kept(project):
        data = file.read_bytes()
        kind = file.name if file.suffix == ".json" else file.suffix or file.name
        if file.suffix == ".mp4" or kind in done:
            continue
        done.add(kind)
        file.write_bytes(_turned(data))
        assert _build_again(project) == whole[1], file
    assert len(done) > 10


def test_a_folder_in_the_place_of_what_is_remembered_costs_time_only_and_is_said(
    project: Path, whole: tuple[Path, dict[str, bytes]]
) -> None:
    remembered = [PAGES, READ, RENDERED, STAMP]
    for path in remembered:
        (project / path).unlink()
        write(project / path / "of-mine.txt", "Words.")
    os.utime(project / "docs/articles/hills.md", ns=(1, 1))
    built = build(project)
    assert (built.anew, built.report.errors) == (True, [])
    said = [problem.path for problem in built.report.warnings if problem.code == "cannot-write"]
    assert sorted(said) == sorted(path.as_posix() for path in remembered)
    assert _site(project) == whole[1]
    assert [(project / path / "of-mine.txt").read_text() for path in remembered] == ["Words."] * 4
    again = build(project)
    assert (again.anew, again.report.errors, _site(project)) == (True, [], whole[1])
    for path in remembered:
        shutil.rmtree(project / path)
    build(project)
    assert not build(project).anew


@pytest.mark.parametrize("force", [True, False])
def test_folders_that_end_a_build_are_all_named_at_once(project: Path, force: bool) -> None:
    hashes = MEDIA / HASHES_NAME
    ours = [STAMP, PAGES, READ, RENDERED, LIST, CARDS, LOOKED, hashes]
    for path in ours:
        (project / path).unlink(missing_ok=True)
        write(project / path / "of-mine.txt", "Words.")
    with pytest.raises(Refusal) as ended:
        build(project, force=force)
    assert ended.value.exit_code == 3
    said = [problem.path for problem in ended.value.problems]
    assert sorted(said) == sorted(str(project / path) for path in ours)
    for path in (LIST, CARDS):
        (project / path / "of-mine.txt").unlink()
        (project / path).rmdir()
    if not force:
        assert build(project).report.errors == []
    assert (project / hashes / "of-mine.txt").read_text() == "Words."


@pytest.mark.parametrize("alone", [LIST, CARDS])
def test_a_folder_that_ends_a_build_ends_it_by_itself(project: Path, alone: Path) -> None:
    (project / alone).unlink(missing_ok=True)
    (project / alone).mkdir(parents=True)
    with pytest.raises(Refusal) as ended:
        build(project)
    assert [problem.path for problem in ended.value.problems] == [str(project / alone)]


def test_a_rendition_that_is_damaged_is_made_again(project: Path) -> None:
    film, *_ = sorted((project / MEDIA).rglob("*.mp4"))
    whole_film = film.read_bytes()
    film.write_bytes(_turned(whole_film))
    site = _build_again(project)
    assert film.read_bytes() != _turned(whole_film)
    assert film.read_bytes() in site.values()


def test_bits_that_rot_without_another_stamp_are_found_when_all_is_made_again(
    project: Path, whole: tuple[Path, dict[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _build_again(project)
    pictures = [
        file
        for file in (project / store.FOLDER).rglob("*")
        if file.is_file() and file.suffix != ".json"
    ]
    assert len({file.suffix for file in pictures}) > 2
    for file in pictures:
        file.write_bytes(_turned(file.read_bytes()))
    monkeypatch.setattr(store, "stamp_of", lambda _: "as before")
    for made in (project / store.FOLDER).rglob(store.MADE):
        values = read_kept(made, dict)
        assert values is not None
        write_kept(made, values | {"stamps": ["as before"] * len(values["files"])})
    assert _build_again(project, force=True) == whole[1]


def test_lists_of_earlier_versions_are_still_read(
    project: Path, whole: tuple[Path, dict[str, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [project / LIST, *(project / store.FOLDER).rglob(store.MADE)]
    for file in files:
        values = json.loads(file.read_text("utf-8"))["kept"]
        values.pop("stamps", None)
        file.write_text(json.dumps(values))
    for file in (project / MEDIA).rglob(MANIFEST_NAME):
        values = json.loads(file.read_text("utf-8"))
        del values["check"]
        file.write_text(json.dumps(values))
    monkeypatch.setattr(store, "put", None)  # nothing is made again
    assert _build_again(project) == whole[1]
