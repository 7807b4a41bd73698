"""``kinopress stage``: the plain pages go into a folder of their own, and nothing else is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.command import files_no_larger_than, start, type_in
from support.projects import contents, page, small_project, write

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project(tmp_path / "site-of-anna")


def test_a_new_folder_and_an_empty_one_are_filled(
    project: Path, tmp_path: Path, capsys: Capture
) -> None:
    (tmp_path / "empty").mkdir()
    for folder in ("new/folder", "empty"):
        answer = type_in(capsys, "stage", tmp_path / folder, "--project", project)
        assert answer.code == 0
        assert answer.out == f"9 pages, no problems.\nThe plain pages: {tmp_path / folder}\n"
        assert (tmp_path / folder / "mkdocs.yml").is_file()
        assert "# Clam" in (tmp_path / folder / "docs/exercises/clam.md").read_text("utf-8")


def test_a_folder_it_wrote_before_is_replaced_whole(
    project: Path, tmp_path: Path, capsys: Capture
) -> None:
    plain = tmp_path / "plain"
    type_in(capsys, "stage", plain, "--project", project)
    (project / "docs/symptoms/weak-glutes.md").unlink()
    assert type_in(capsys, "stage", plain, "--project", project).code == 0
    assert not (plain / "docs/symptoms/weak-glutes.md").exists()


def test_a_folder_with_other_things_is_refused_and_left_alone(
    project: Path, tmp_path: Path, capsys: Capture
) -> None:
    write(tmp_path / "letters/dear.txt", "Dear coach")
    before = contents(tmp_path)
    answer = type_in(capsys, "stage", tmp_path / "letters", "--project", project)
    assert answer.code == 2
    assert answer.err == (
        f"{tmp_path / 'letters'}: this folder already contains other things;"
        " name an empty folder or a new one [stage-not-empty]\n"
    )
    assert type_in(capsys, "stage", tmp_path / "letters/dear.txt", "--project", project).code == 2
    after = contents(tmp_path)
    assert {path: after.get(path) for path in before} == before


def test_own_files_in_a_staged_folder_stay_and_changed_ones_stop_it(
    project: Path, tmp_path: Path, capsys: Capture
) -> None:
    plain = tmp_path / "plain"
    type_in(capsys, "stage", plain, "--project", project)
    write(plain / "site/index.html", "what another engine built here")
    again = type_in(capsys, "stage", plain, "--project", project)
    assert again.code == 0
    assert f"{plain}/site: this was not made by a build; it was left where it is" in again.out
    write(plain / "docs/exercises/clam.md", "changed by hand")
    before = contents(plain)
    changed = type_in(capsys, "stage", plain, "--project", project)
    assert changed.code == 2
    assert changed.err.startswith(
        f"{plain}/docs/exercises/clam.md: this file has been changed since"
    )
    assert contents(plain) == before


def test_a_folder_staged_by_an_earlier_version_is_moved_aside_where_it_differs(
    project: Path, tmp_path: Path, capsys: Capture
) -> None:
    write(tmp_path / "plain/.kinopress-stage", "Made by kinopress stage.\n")
    write(tmp_path / "plain/docs/gone.md", "an old page, or a new one of mine")
    answer = type_in(capsys, "stage", tmp_path / "plain", "--project", project)
    assert answer.code == 0
    assert "[output-kept]" in answer.out
    assert (tmp_path / "plain.kept/docs/gone.md").read_text() == "an old page, or a new one of mine"
    assert not (tmp_path / "plain/docs/gone.md").exists()


@pytest.mark.parametrize("folder", ["/", "HOME", ".", "docs/plain", ".."])
def test_places_where_things_live_are_refused(
    folder: str, project: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(project)
    target = tmp_path / "home" if folder == "HOME" else Path(folder)
    before = contents(tmp_path)
    answer = type_in(capsys, "stage", target)
    assert answer.code == 2
    assert answer.err.rstrip().endswith("[stage-folder]")
    assert contents(tmp_path) == before


def test_a_mistake_in_the_words_stages_nothing(
    project: Path, tmp_path: Path, capsys: Capture
) -> None:
    write(project / "docs/articles/hills.md", page("title: Hills"))
    answer = type_in(capsys, "stage", tmp_path / "plain", "--project", project)
    assert answer.code == 1
    assert not (tmp_path / "plain").exists()


def test_a_full_disk_ends_with_3_and_keeps_what_was_staged_before(
    project: Path, tmp_path: Path
) -> None:
    plain = tmp_path / "plain"
    assert start("stage", plain, cwd=project).code == 0
    before = contents(plain)
    for size in (0, 2_000):
        answer = start("stage", plain, cwd=project, before=files_no_larger_than(size))
        assert answer.code == 3
        assert answer.err.rstrip().endswith("[cannot-write]")
        assert contents(plain) == before
