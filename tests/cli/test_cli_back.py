"""``kinopress back``: the site as it was before a build."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from kinopress.problems import ExitCode
from support.command import type_in
from support.projects import page, small_project, write

Capture = pytest.CaptureFixture[str]


def build(project: Path, capsys: Capture, words: str) -> None:
    write(project / "docs/index.md", page(f"title: A small site\ndescription: {words}."))
    assert type_in(capsys, "build", "--project", project).code == ExitCode.OK


def says(project: Path, words: str) -> bool:
    return words in (project / "site/index.html").read_text("utf-8")


def test_the_site_is_put_back_and_the_next_build_makes_the_new_one_again(
    tmp_path: Path, capsys: Capture
) -> None:
    project = small_project(tmp_path)
    none = type_in(capsys, "back", "--project", project)
    assert none.code == ExitCode.USAGE
    assert "no earlier site is kept yet" in none.err
    for words in ("The first words", "The second words", "The third words"):
        build(project, capsys, words)
    write(project / "site/own.txt", "mine")
    back = type_in(capsys, "back", "--project", project)
    assert back.code == ExitCode.OK, back.err
    assert re.search(r"built on \d+ \w+ \d{4} at \d\d:\d\d, \d+ pages", back.out)
    assert says(project, "The second words")
    assert (project / "site/own.txt").read_text() == "mine"
    listed = type_in(capsys, "back", "--list", "--project", project).out.splitlines()
    assert len(listed) == 2
    assert type_in(capsys, "back", listed[1].split()[0], "--project", project).code == ExitCode.OK
    assert says(project, "The first words")
    again = type_in(capsys, "build", "--project", project)
    assert "Built in" in again.out
    assert says(project, "The third words")
    assert "Nothing has changed" in type_in(capsys, "build", "--project", project).out


def test_what_cannot_be_put_back_is_said_and_the_site_stays(
    tmp_path: Path, capsys: Capture
) -> None:
    project = small_project(tmp_path)
    assert (
        "No earlier site is kept yet" in type_in(capsys, "back", "--list", "--project", project).out
    )
    build(project, capsys, "The first words")
    build(project, capsys, "The second words")
    unknown = type_in(capsys, "back", "xyz", "--project", project)
    assert (unknown.code, "no earlier site is called “xyz”" in unknown.err) == (
        ExitCode.USAGE,
        True,
    )
    (kept,) = (project / ".kinopress/releases").glob("*/index.html")
    words = kept.read_text("utf-8")
    kept.write_text(words.replace("first", "worst"), "utf-8")
    changed = type_in(capsys, "back", "--project", project)
    assert changed.code == ExitCode.USAGE
    assert kept.relative_to(project).as_posix() in changed.err
    assert "back-changed" in changed.err
    kept.write_text(words, "utf-8")
    write(project / "site/404.html", "changed by hand")
    in_the_way = type_in(capsys, "back", "--project", project)
    assert in_the_way.code == ExitCode.USAGE
    assert "site/404.html" in in_the_way.err
    assert says(project, "The second words")


def test_a_torn_site_is_named_and_no_older_one_is_put_back_in_its_stead(
    tmp_path: Path, capsys: Capture
) -> None:
    project = small_project(tmp_path)
    for words in ("The first words", "The second words", "The third words"):
        build(project, capsys, words)
    listed = type_in(capsys, "back", "--list", "--project", project).out.splitlines()
    second, first = (line.split()[0] for line in listed)
    (kept,) = (project / ".kinopress/releases").glob(f"{second}*/index.html")
    kept.write_text(kept.read_text("utf-8") + "longer", "utf-8")
    for name in ([], [second], [f" {second.upper()} "]):
        torn = type_in(capsys, "back", *name, "--project", project)
        assert torn.code == ExitCode.USAGE
        assert kept.relative_to(project).as_posix() in torn.err
        assert "back-changed" in torn.err
        assert says(project, "The third words")
    again = type_in(capsys, "back", "--list", "--project", project).out.splitlines()
    assert [line.split()[0] for line in again] == [first, second]
    assert "changed or gone" in again[1]
    assert type_in(capsys, "back", first, "--project", project).code == ExitCode.OK
    assert says(project, "The first words")


def test_only_a_site_that_is_kept_is_said_to_be_kept(tmp_path: Path, capsys: Capture) -> None:
    project = small_project(tmp_path)
    build(project, capsys, "The first words")
    build(project, capsys, "The second words")
    shutil.rmtree(project / "site")
    back = type_in(capsys, "back", "--project", project)
    assert (back.code, "it replaced" in back.out) == (ExitCode.OK, False)
    build(project, capsys, "The third words")
    back = type_in(capsys, "back", "--project", project)
    assert (back.code, "The site it replaced is kept" in back.out) == (ExitCode.OK, True)


@pytest.mark.parametrize("what", ["file", "link", "its name"])
def test_a_site_that_cannot_be_kept_is_said_and_what_is_in_the_way_is_named(
    tmp_path: Path, capsys: Capture, what: str
) -> None:
    project = small_project(tmp_path)
    build(project, capsys, "The first words")
    kept = project / ".kinopress/releases"
    if what == "its name":  # somebody's file, where the site would be kept
        build(project, capsys, "The second words")
        (kept / next(kept.iterdir()).name / "mine.txt").write_text("mine")
        build(project, capsys, "The first words")
    elif what == "file":
        kept.write_text("mine")
    else:
        kept.symlink_to("nowhere")
    write(project / "docs/index.md", page("title: A small site\ndescription: The last words."))
    answer = type_in(capsys, "build", "--project", project)
    assert answer.code == ExitCode.OK
    assert says(project, "The last words")
    assert re.search(r"^\.kinopress/releases\S*: an earlier site cannot", answer.out, re.MULTILINE)
    assert answer.out.count("[back-unkept]") == 1
    assert not any(".next-" in path.name or ".old-" in path.name for path in project.iterdir())
    if what == "file":
        assert kept.read_text() == "mine"
        kept.unlink()
        build(project, capsys, "More words")
        assert "cannot be kept" not in type_in(capsys, "build", "--force", "--project", project).out
        assert len(type_in(capsys, "back", "--list", "--project", project).out.splitlines()) == 1
