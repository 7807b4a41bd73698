"""Nothing to do is said at once, and only when it is true."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kinopress.project import made_from
from kinopress.project.build import build
from kinopress.project.made_from import STAMP
from kinopress.project.telling.unchanged import nothing_new
from support.command import start
from support.projects import SETTINGS, page, small_project, write

HOME = "docs/index.md"


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
    """The project, and nothing has changed since its build."""
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


def _date_back(project: Path) -> None:
    """Other words, as many, with the old time: a program that copies files may do that."""
    file = project / HOME
    before = file.stat()
    words = file.read_text("utf-8")
    file.write_text(words.replace("begins", "starts"), "utf-8")
    assert file.stat().st_size == before.st_size
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def _publish(project: Path) -> None:
    write(project / ".kinopress/cache/published-there.json", "{}")


def _lose_a_page_of_the_site(project: Path) -> None:
    (project / "site/index.html").unlink()


def _lay_a_page_into_the_site(project: Path) -> None:
    write(project / "site/articles/old/index.html", "old")


def _spoil_the_note(project: Path) -> None:
    file = project / STAMP
    write(file, file.read_text("utf-8").replace('"muscles":4', '"muscles":5'))


def _lose_the_note(project: Path) -> None:
    (project / STAMP).unlink()


@pytest.mark.parametrize(
    "change",
    [
        _edit,
        _date_back,
        _publish,
        _lose_a_page_of_the_site,
        _lay_a_page_into_the_site,
        _spoil_the_note,
        _lose_the_note,
    ],
)
def test_whatever_a_build_would_look_at_is_looked_at(
    again: Path, change: Callable[[Path], None]
) -> None:
    change(again)
    assert nothing_new(again) is None


def test_another_day_is_a_change(again: Path) -> None:
    assert nothing_new(again, dt.date(2099, 1, 1)) is None


def test_another_program_is_a_change(again: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_from, "programs", lambda: "another")
    assert nothing_new(again) is None


def test_a_file_saved_twice_within_one_tick_of_the_clock_has_changed(
    again: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its stamp is the same, as on a disk whose clock ticks every two seconds."""
    file = again / HOME
    write(file, page("title: A small site\ndescription: One."))
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
