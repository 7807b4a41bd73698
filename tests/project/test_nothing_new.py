"""Nothing to do is said at once, and only when it is true."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kinopress.media.clip import Clip
from kinopress.media.note import ENDING as NOTE_ENDING
from kinopress.project import made_from, prepare
from kinopress.project.build import build
from kinopress.project.films.made.list import LIST, TRACKS
from kinopress.project.folder import MEDIA
from kinopress.project.made_from import STAMP, is_built_from, read_noted
from kinopress.project.telling.unchanged import nothing_new
from kinopress.system import stamps
from kinopress.system.release_record import RECORD
from support.command import start
from support.found import clip, found_project
from support.projects import SETTINGS, page, small_project, write

HOME = "docs/index.md"
FILM = "videos/clam.mp4"
LARGE_BYTES = 17_000_000
YEAR_S = 365 * 86_400


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with something to say: a page without a link to it waits for its day."""
    project = small_project(tmp_path_factory.mktemp("built") / "mine")
    write(
        project / "docs/articles/hills.md",
        page(
            "title: Hills\ndescription: Of hills.\ntags: [strength]\nsources: [practice]\ndate: 2099-01-01"
        ),
    )
    assert build(project).report.errors == []
    return project


@pytest.fixture
def again(built: Path) -> Path:
    """The project without clients, and nothing has changed since its build."""
    for of_another_test in ("clients", STAMP):
        shutil.rmtree(built / of_another_test, ignore_errors=True)
    build(built)
    assert nothing_new(built) is not None
    return built


def test_what_is_said_is_what_a_build_finds_out(built: Path) -> None:
    build(built, force=True)
    noted = nothing_new(built)
    found = build(built)
    after = nothing_new(built)
    assert noted is not None and not found.anew
    assert noted == after
    assert [str(one) for one in noted.report] == [str(one) for one in found.report]
    assert any("waits until" in str(one) for one in noted.report)
    assert (noted.counts["articles"], noted.counts["held"], noted.counts["muscles"]) == (0, 1, 4)
    assert noted.site == built / "site"


def _edit(project: Path) -> None:
    write(project / HOME, page("title: A small site\ndescription: Where it begins."))


def _alter(file: Path) -> None:
    """Other bytes, as many, with the old time: a program that copies files may do that."""
    before = file.stat()
    data = file.read_bytes()
    file.write_bytes(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (len(data), before.st_mtime_ns)


def _alter_a_source(project: Path) -> None:
    _alter(project / HOME)


def _alter_the_settings(project: Path) -> None:
    _alter(project / "mkdocs.yml")


def _alter_a_page_of_the_site(project: Path) -> None:
    _alter(project / "site/index.html")


def _publish(project: Path) -> None:
    write(project / ".kinopress/cache/published-there.json", "{}")


def _lose_a_page_of_the_site(project: Path) -> None:
    (project / "site/index.html").unlink()


def _put_the_site_of_another_there(project: Path) -> None:
    record = project / "site" / RECORD
    write(record, json.dumps({**json.loads(record.read_text("utf-8")), "made_for": "another"}))


def _lay_a_page_into_the_site(project: Path) -> None:
    write(project / "site/articles/old/index.html", "old")


def _spoil_the_note(project: Path) -> None:
    file = project / STAMP
    write(file, file.read_text("utf-8").replace('"muscles":4', '"muscles":5'))


def _lose_the_note(project: Path) -> None:
    (project / STAMP).unlink()


def _write_a_plan_for_a_client(project: Path) -> None:
    write(project / "clients/ab-1/plan.md", "Anna is afraid of stairs.")


def _alter_what_is_kept_of_a_client(project: Path) -> None:
    _alter(project / "clients/sk-1/photo.jpg")


def _rename_what_is_kept_of_a_client(project: Path) -> None:
    (project / "clients/sk-1/photo.jpg").rename(project / "clients/sk-1/knee.jpg")


CHANGES = [
    _write_a_plan_for_a_client,
    _alter_what_is_kept_of_a_client,
    _rename_what_is_kept_of_a_client,
    _edit,
    _alter_a_source,
    _alter_the_settings,
    _alter_a_page_of_the_site,
    _publish,
    _lose_a_page_of_the_site,
    _put_the_site_of_another_there,
    _lay_a_page_into_the_site,
    _spoil_the_note,
    _lose_the_note,
]


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """All was saved long ago: no digest is noted, so that stamps have to tell."""
    monkeypatch.setattr(stamps, "RACY_NS", 0)


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("change", CHANGES)
def test_whatever_a_build_would_look_at_is_looked_at(
    again: Path, change: Callable[[Path], None]
) -> None:
    write(again / "clients/sk-1/photo.jpg", "A photo of a knee.")
    build(again)
    assert nothing_new(again) is not None
    noted = read_noted(again)
    assert noted is not None and not noted.fresh
    change(again)
    assert nothing_new(again) is None
    if change in (_alter_a_page_of_the_site, _put_the_site_of_another_there):
        shutil.rmtree(again / "site")  # no build goes over it


def test_a_copy_of_a_plan_that_is_written_later_stops_a_build(tmp_path: Path) -> None:
    """The folder of clients is where the settings say."""
    project = small_project(tmp_path / "mine")
    write(project / "mkdocs.yml", SETTINGS + "    clients: ../people\n")
    write(project / "docs/handout.txt", "Anna is afraid of stairs.")
    write(project / HOME, page("title: A small site\ndescription: One.", "[Take it](handout.txt)"))
    assert build(project).report.errors == []
    assert nothing_new(project) is not None
    write(tmp_path / "people/ab-1/plan.md", "Anna is afraid of stairs.")
    assert nothing_new(project) is None
    assert [problem.code for problem in build(project).report.errors] == ["client-copy"]
    assert nothing_new(project) is None


def test_nothing_that_names_a_client_is_noted(again: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a plan that was saved only just only a build knows: its digest is not noted either."""
    file = again / "clients/qz-7/plan.md"
    write(file, "Quentin is afraid of stairs.")
    _only_just_saved(file, monkeypatch)
    build(again, force=True)
    assert nothing_new(again) is None
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    for kept in (again / ".kinopress").rglob("*"):
        if kept.is_file():
            assert not [one for one in ("qz-7", digest) if one.encode() in kept.read_bytes()], kept
    _later(monkeypatch)
    build(again)
    assert nothing_new(again) is not None


def test_a_plan_that_is_written_while_a_build_reads_is_seen_the_next_time(
    again: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def and_save(*arguments: Any, **named: Any) -> prepare.Preparation:
        prepared = prepare.prepare(*arguments, **named)
        write(again / "clients/ab-2/plan.md", "Saved meanwhile.")
        return prepared

    monkeypatch.setattr(stamps, "RACY_NS", 0)
    _edit(again)
    with monkeypatch.context() as during:
        during.setattr("kinopress.project.build.prepare", and_save)
        assert build(again).anew
    assert nothing_new(again) is None


def test_another_day_is_a_change(again: Path) -> None:
    assert nothing_new(again, dt.date(2099, 1, 1)) is None


def test_another_program_is_a_change(again: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_from, "programs", lambda: "another")
    assert nothing_new(again) is None


def test_every_package_that_kinopress_needs_is_a_program() -> None:
    versions = made_from._versions()
    for name in ("kinopress", "pygments", "mkdocs-material-extensions", "pathspec", "markupsafe"):
        assert f"{name} {metadata.version(name)}" in versions
    assert not any(one.startswith("pytest ") for one in versions)


def test_what_is_saved_while_a_build_reads_is_seen_the_next_time(
    again: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def and_save(*arguments: Any, **named: Any) -> prepare.Preparation:
        prepared = prepare.prepare(*arguments, **named)
        write(again / HOME, page("title: A small site\ndescription: Saved meanwhile."))
        return prepared

    _edit(again)
    with monkeypatch.context() as during:
        during.setattr("kinopress.project.build.prepare", and_save)
        assert build(again).anew
    assert nothing_new(again) is None
    assert build(again).anew
    assert "Saved meanwhile." in (again / "site/index.html").read_text("utf-8")


@pytest.mark.parametrize("words", [None, "Of mine."])
def test_a_folder_in_the_place_of_the_note_costs_time_and_is_said_each_time(
    again: Path, words: str | None
) -> None:
    """The site is in place before its note is written: whoever ended with an error then would have built it."""
    (again / STAMP).unlink()
    (again / STAMP).mkdir()
    if words is not None:
        write(again / STAMP / "of-mine.txt", words)
    _edit(again)
    for _ in range(2):
        answer = start("build", cwd=again)
        assert (answer.code, "Nothing has changed" in answer.out) == (0, False)
        assert (
            f"{STAMP.as_posix()}: a folder is in the place of this file, so no build can tell whether anything "
            "has changed, and each takes longer; move that folder away [cannot-write]"
        ) in answer.out


def _only_just_saved(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands still at the moment at which a file was saved, however long a build takes."""
    saved_ns = file.stat().st_ctime_ns
    monkeypatch.setattr(stamps, "time", SimpleNamespace(time_ns=lambda: saved_ns))


def test_a_file_saved_twice_within_one_tick_of_the_clock_has_changed(
    again: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its stamp is the same, as on a disk whose clock ticks every two seconds."""
    file = again / HOME
    write(file, page("title: A small site\ndescription: One."))
    _only_just_saved(file, monkeypatch)
    then, status = file.stat(), made_from._status

    def same(path: str) -> os.stat_result | None:
        return then if Path(path) == file else status(path)

    monkeypatch.setattr(made_from, "_status", same)
    assert build(again).anew
    assert nothing_new(again) is not None
    write(file, page("title: A small site\ndescription: Two."))
    assert nothing_new(again) is None
    assert build(again).anew
    assert "Two." in (again / "site/index.html").read_text("utf-8")


@pytest.mark.parametrize("more", ["hooks: [hook.py]\n", "site_author: !ENV [OWNER, nobody]\n"])
def test_what_others_programs_read_nobody_knows(tmp_path: Path, more: str) -> None:
    project = small_project(tmp_path)
    write(project / "hook.py", "")
    write(project / "mkdocs.yml", more + SETTINGS)
    assert build(project).report.errors == []
    assert nothing_new(project) is None
    assert build(project).anew


def test_a_build_that_finds_nothing_new_loads_nothing_that_reads_pages(again: Path) -> None:
    answer = start("build", cwd=again, PYTHONPROFILEIMPORTTIME="1")
    assert "Nothing has changed" in answer.out
    for slow in ("kinopress.project.build", "kinopress.content.read", "yaml", "mkdocs", "markdown"):
        assert f" {slow}\n" not in answer.err


# With films


@pytest.fixture(scope="module")
def filmed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a film that counts as encoded, and a file wherever a check looks; not built yet."""
    project = found_project(tmp_path_factory.mktemp("filmed") / "mine")
    (project / MEDIA / "clam").mkdir(parents=True)
    _clip(project)
    for path in BESIDE:
        if not (project / path).exists():
            write(project / path, "{}\n")
    return project


BESIDE = (
    str(LIST),
    str(TRACKS / "clam/clam.en.vtt"),
    str(MEDIA / "clam/360p.mp4"),
    f"videos/clam{NOTE_ENDING}",
    ".kinopress/cache/published-there.json",
)


def _clip(project: Path) -> Clip:
    made = clip(project / MEDIA / "clam")
    outputs = tuple(
        dataclasses.replace(one, sha256=hashlib.sha256(b"-" * one.bytes).hexdigest())
        for one in made.manifest.outputs
    )
    return dataclasses.replace(made, manifest=dataclasses.replace(made.manifest, outputs=outputs))


@pytest.fixture
def filmed(filmed_once: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    encoded = _clip(filmed_once)

    def add(project: Path, prepared: prepare.Preparation, *_: Any, **__: Any) -> None:
        prepared.clips = {"clam": encoded}

    monkeypatch.setattr(prepare, "_add_films", add)
    monkeypatch.setattr("kinopress.privacy.walk.private_data", lambda *_, **__: [])
    return filmed_once


def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three seconds go by."""
    now_ns = time.time_ns() + 3 * 10**9
    monkeypatch.setattr(stamps, "time", SimpleNamespace(time_ns=lambda: now_ns))


def test_what_is_said_of_films_is_known_once_a_whole_build_found_nothing_new(filmed: Path) -> None:
    assert build(filmed, force=True).report.errors == []
    assert nothing_new(filmed) is None
    assert not build(filmed, quick=True).anew
    assert nothing_new(filmed) is None
    assert not build(filmed).anew
    assert nothing_new(filmed) is not None


@pytest.mark.parametrize("old", [True, False])
@pytest.mark.parametrize("path", BESIDE)
def test_whatever_a_check_looks_at_is_looked_at(
    filmed: Path, path: str, old: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if old:
        monkeypatch.setattr(stamps, "RACY_NS", 0)
    else:
        _only_just_saved(filmed / path, monkeypatch)
    build(filmed)
    build(filmed)
    assert nothing_new(filmed) is not None
    if not old:  # saved within one tick of the disk's clock
        monkeypatch.setattr(made_from, "stamp_of", lambda status: "the same")
        build(filmed)
        build(filmed)
        assert nothing_new(filmed) is not None
    _alter(filmed / path)
    assert nothing_new(filmed) is None


@pytest.mark.parametrize("ahead_s", [0, YEAR_S])
def test_a_large_film_that_was_copied_only_just_is_not_built_again(
    filmed: Path, ahead_s: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build knows it by its digest; without one, nobody says that nothing has changed."""
    film = filmed / FILM
    os.truncate(film, LARGE_BYTES)
    os.utime(film, (time.time() + ahead_s,) * 2)
    _only_just_saved(film, monkeypatch)
    build(filmed)
    noted = read_noted(filmed)
    assert noted is not None and is_built_from(filmed, noted.release)
    assert not build(filmed).anew
    assert nothing_new(filmed) is None
    _later(monkeypatch)
    assert not build(filmed).anew
    assert nothing_new(filmed) is not None


def test_a_large_film_that_is_copied_as_it_is_is_read(
    again: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No digest of another's is known of it."""
    film = again / "docs/clam.mp4"
    film.touch()
    os.truncate(film, LARGE_BYTES)
    _only_just_saved(film, monkeypatch)
    look = made_from.look_at(again)
    film.unlink()
    assert str(film) in look.fresh and not look.unread
