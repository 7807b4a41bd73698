"""``kinopress build``: whole or not at all, and the last good site is safe whatever happens."""

from __future__ import annotations

import dataclasses
import errno
import functools
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kinopress
from kinopress.cli.build import NO_ADDRESS
from kinopress.content.forms.settings.read import read_settings
from kinopress.problems import Problem, Refusal
from kinopress.project import build as project_build
from kinopress.project.folder import cannot_write, only_run
from kinopress.project.live.site import built_site
from kinopress.project.made_from import look_at, read_noted, write_noted
from kinopress.system import disk, release_record
from kinopress.system.atomic import write_bytes, write_new
from kinopress.system.release_record import RECORD
from support.command import Answer, files_no_larger_than, start, type_in
from support.projects import SETTINGS, contents, page, small_project, write
from support.small_films import make_film

Capture = pytest.CaptureFixture[str]
OLD, NEXT = ".site.old", ".site.next"


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that has been built once, as a process of its own; to copy, not to change."""
    project = small_project(tmp_path_factory.mktemp("built") / "site-of-anna")
    answer = start("build", cwd=project)
    assert answer.code == 0, answer.err
    assert answer.out.splitlines()[0] == "9 pages, no problems."
    assert (project / "site/exercises/clam/index.html").is_file()
    return project


@pytest.fixture
def built(once: Path) -> Iterator[Path]:
    """The built project, put back afterwards file by file; a build sees no change."""
    kept = once.with_name("kept")
    shutil.copytree(once, kept)
    noted = read_noted(once)
    assert noted is not None
    before = look_at(once).digest
    yield once
    shutil.rmtree(once)
    kept.rename(once)
    look = look_at(once)  # copies have stamps of their own
    stamp = noted.stamp.replace(before, look.digest)
    write_noted(once, dataclasses.replace(noted, stamp=stamp, fresh=look.fresh))


def _times(folder: Path) -> dict[str, int]:
    return {str(file): file.stat().st_mtime_ns for file in folder.rglob("*")}


def _break(project: Path) -> None:
    write(project / "docs/articles/hills.md", page("title: Hills\nsources: [practice]"))


def test_a_second_build_says_nothing_has_changed_and_touches_nothing(
    built: Path, capsys: Capture
) -> None:
    sources = ("docs", "exercises", "videos", "site")
    before = {name: (contents(built / name), _times(built / name)) for name in sources}
    answer = type_in(capsys, "build", "--project", built)
    assert answer.code == 0
    assert f"Nothing has changed since the last build: {built / 'site'}" in answer.out
    assert {name: (contents(built / name), _times(built / name)) for name in sources} == before


def test_the_site_can_lie_in_any_folder_of_any_host(once: Path) -> None:
    pages = [page for page in (once / "site").rglob("*.html") if page.name != "404.html"]
    assert len(pages) > 15
    for file in pages:
        addresses = re.findall(r' (?:href|src|poster)="([^"]*)"', file.read_text("utf-8"))
        assert len(addresses) > 10
        assert [address for address in addresses if address.startswith("/")] == [], file


def test_where_to_look_at_it_is_what_this_project_has(built: Path, capsys: Capture) -> None:
    said = type_in(capsys, "build", "--project", built).out
    assert "Look at it with: kinopress serve" in said
    write(built / "scripts/serve.py", "")
    said = type_in(capsys, "build", "--project", built).out
    assert "Look at it with: python3 scripts/serve.py" in said


def test_a_page_of_the_site_that_was_deleted_comes_back(built: Path, capsys: Capture) -> None:
    home = built / "site/index.html"
    before = home.read_bytes()
    home.unlink()
    answer = type_in(capsys, "build", "--project", built)
    assert (answer.code, home.read_bytes()) == (0, before)
    assert "Nothing has changed" not in answer.out


def test_a_page_of_the_site_that_was_changed_is_named_and_never_written_over(
    built: Path, capsys: Capture
) -> None:
    home = built / "site/index.html"
    before = home.read_bytes()
    home.write_bytes(before.replace(b"<title>", b"<title>Mine", 1))
    changed = home.read_bytes()
    answer = type_in(capsys, "build", "--project", built)
    assert (answer.code, home.read_bytes()) == (2, changed)
    assert "site/index.html: this file has been changed since it was built" in answer.err
    home.rename(built / "mine.html")
    assert type_in(capsys, "build", "--project", built).code == 0
    assert home.read_bytes() == before
    os.utime(home, ns=(1, 1))  # a copy of a project has other times, and the same site
    assert "Nothing has changed" in type_in(capsys, "build", "--project", built).out


def test_force_builds_again(built: Path, capsys: Capture) -> None:
    answer = type_in(capsys, "build", "--force", "--json", "--project", built)
    assert (answer.code, answer.json["built"]) == (0, True)


def test_json_says_where_the_site_is_and_whether_it_was_built(built: Path, capsys: Capture) -> None:
    quiet = type_in(capsys, "build", "--json", "--project", built)
    assert list(quiet.json) == ["problems", "counts", "site", "built"]
    assert (quiet.code, quiet.json["site"], quiet.json["built"]) == (0, str(built / "site"), False)
    write(built / "docs/about.md", page("title: About\ndescription: Who we are."))
    again = type_in(capsys, "build", "--json", "--project", built)
    assert (again.code, again.json["built"], again.json["counts"]["pages"]) == (0, True, 2)
    _break(built)
    failed = type_in(capsys, "build", "--json", "--project", built)
    assert (failed.code, failed.json["built"]) == (1, False)
    assert failed.codes == ["field-missing"] * 3


def test_a_failed_check_leaves_the_last_good_site_byte_for_byte(
    built: Path, capsys: Capture
) -> None:
    before = contents(built / "site"), _times(built / "site")
    _break(built)
    answer = type_in(capsys, "build", "--force", "--project", built)
    assert answer.code == 1
    assert answer.out.endswith("The site was not built; the last good one is untouched.\n")
    assert (contents(built / "site"), _times(built / "site")) == before


def test_a_complaint_of_the_site_builder_leaves_the_last_good_site(
    built: Path, capsys: Capture
) -> None:
    before = contents(built / "site")
    write(built / "mkdocs.yml", SETTINGS.replace("- kinopress", "- kinopress\n  - no-such-plugin"))
    answer = type_in(capsys, "build", "--project", built)
    assert answer.code == 2
    assert (
        'plugins: MkDocs cannot use this: The "no-such-plugin" plugin is not installed'
        in answer.err
    )
    assert answer.err.rstrip().endswith("[settings-mkdocs]")
    assert contents(built / "site") == before


_DEEP = f"{'*' * 2000}x{'*' * 2000}"
_DEEP_FRONT = "title: Deep\ndescription: A.\ndate: 2020-01-01\ntags: [stretch]\nsources: [practice]"


def test_a_page_with_too_much_inside_each_other_ends_the_build_with_1(
    built: Path, capsys: Capture
) -> None:
    before = contents(built / "site")
    # Where a list of contents is to go is looked for in one thing inside another.
    write(built / "docs/articles/deep.md", page(_DEEP_FRONT, f"[TOC]\n\n{_DEEP}"))
    answer = type_in(capsys, "build", "--project", built)
    assert answer.code == 1
    assert "too many things nested inside one another" in answer.out
    assert contents(built / "site") == before


def test_a_row_of_a_thousand_signs_is_built_and_said(built: Path, capsys: Capture) -> None:
    write(built / "docs/articles/deep.md", page(_DEEP_FRONT, _DEEP))
    answer = type_in(capsys, "build", "--project", built)
    assert answer.code == 0
    assert "docs/articles/deep.md:9: so many signs in a row" in answer.out
    made = (built / "site/articles/deep/index.html").read_text("utf-8")
    assert made.count("<strong>") == made.count("</strong>") == 1000


@pytest.mark.parametrize("then", ["nothing", "a mistake"])
def test_a_run_that_died_between_the_two_renames_is_put_right_first(
    then: str, built: Path, capsys: Capture
) -> None:
    before = contents(built / "site")
    (built / "site").rename(built / OLD)
    write(built / NEXT / "index.html", "whole, but not yet in place")
    if then == "a mistake":
        _break(built)
    answer = type_in(capsys, "build", "--project", built)
    assert answer.code == (0 if then == "nothing" else 1)
    assert contents(built / "site") == before
    assert not (built / OLD).exists()


def test_what_would_change_is_said_and_nothing_is_put_in_place(
    tmp_path: Path, capsys: Capture
) -> None:
    project = small_project(tmp_path)
    answer = type_in(capsys, "build", "--changes", "--project", project)
    assert answer.code == 0
    assert "new: /exercises/clam/\n" in answer.out
    assert "Nothing was put in place." in answer.out
    assert not (project / "site").exists()
    assert type_in(capsys, "build", "--project", project).code == 0
    answer = type_in(capsys, "build", "--changes", "--project", project)
    assert "The site is already as it would be." in answer.out
    write(project / "exercises/clam.md", "no fields\n")
    answer = type_in(capsys, "build", "--changes", "--json", "--project", project)
    assert answer.code == 1
    assert json.loads(answer.out)["problems"]


@pytest.mark.parametrize("size", [0, 10_000])
def test_a_full_disk_ends_with_3_and_leaves_the_last_good_site(size: int, built: Path) -> None:
    before = contents(built / "site")
    answer = start("build", "--force", cwd=built, before=files_no_larger_than(size))
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.rstrip().endswith("[cannot-write]")
    assert "Traceback" not in answer.err
    assert contents(built / "site") == before
    assert start("build", "--force", cwd=built).code == 0


def test_a_place_that_cannot_be_written_to_ends_with_3(tmp_path: Path, capsys: Capture) -> None:
    project = small_project(tmp_path / "site-of-anna")
    write(project / ".kinopress", "a file where the program's folder should be")
    answer = type_in(capsys, "build", "--project", project)
    assert answer.code == 3
    # Named is what must be moved, not the folder that should be in it.
    assert f"{project}/.kinopress: it cannot be written" in answer.err.replace(os.sep, "/")
    assert "move away what is in its place" in answer.err
    assert not (project / "site").exists()


@pytest.mark.parametrize(
    ("number", "hint"),
    [
        (
            errno.EROFS,
            "make sure that you are allowed to write in the folder {folder}, then run this again",
        ),
        (
            errno.EACCES,
            "make sure that you are allowed to write in the folder {folder}, then run this again",
        ),
        (errno.ENOSPC, "free some space, then run this again"),
        (errno.EBUSY, "close the program that uses it, then run this again"),
        (errno.EIO, "check the disk and the folder it is in, then run this again"),
    ],
)
def test_what_cannot_be_written_is_named_with_its_folder(
    tmp_path: Path, number: int, hint: str
) -> None:
    lock = tmp_path / "lock"
    refusal = cannot_write(tmp_path / "site", OSError(number, "No", str(lock)))
    (problem,) = refusal.problems
    assert (problem.path, problem.hint) == (str(lock), hint.format(folder=tmp_path))
    assert refusal.exit_code == 3


def test_a_file_of_the_program_that_is_missing_is_not_called_a_disk_that_fails(
    tmp_path: Path,
) -> None:
    worker = Path(kinopress.__file__).parent / "theme/workers/web/worker.js"
    (problem,) = cannot_write(tmp_path, FileNotFoundError(errno.ENOENT, "No", str(worker))).problems
    assert problem.path == str(worker)
    assert "the program is not whole" in problem.message
    assert "install kinopress again" in problem.hint
    assert "scripts/build.py" in problem.hint


def test_a_full_disk_is_told_of_the_coachs_file_and_not_of_the_name_it_is_written_under(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes, *, private: bool = False) -> None:
        del data, private
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(disk, "write", full)
    for write_it in (write_new, write_bytes):
        with pytest.raises(OSError, match="No space") as failed:
            write_it(tmp_path / "hip.pose.yml", b"words")
        assert failed.value.filename != str(tmp_path / "hip.pose.yml")
        (problem,) = cannot_write(tmp_path, failed.value).problems
        assert problem.path == str(tmp_path / "hip.pose.yml")


@pytest.mark.parametrize("placed", [False, True])
def test_a_full_disk_says_whether_the_site_is_as_it_was(
    built: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, *, placed: bool
) -> None:
    put_in_place = project_build.put_in_place

    def full(*given: Any, **named: Any) -> list[Problem]:
        if placed:
            put_in_place(*given, **named)
        raise OSError(errno.ENOSPC, "No space left on device", str(built / ".kinopress/cache/x"))

    monkeypatch.setattr(project_build, "put_in_place", full)
    clam = built / "exercises/clam.md"
    clam.write_text(clam.read_text("utf-8") + "\nOther words.\n", "utf-8")
    answer = type_in(capsys, "build", "--project", built)
    assert answer.code == 3
    now = "is the new one, and complete" if placed else "is as it was"
    assert f"no space left on device); the site in its place {now}; free some space" in answer.err
    page = (built / "site/exercises/clam/index.html").read_text("utf-8")
    assert ("Other words." in page) == placed


@pytest.mark.parametrize("command", ["build", "publish"])
def test_a_page_of_the_site_that_cannot_be_read_is_not_called_changed(
    built: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    home = built / "site/index.html"
    before = home.read_bytes()
    os.utime(home, ns=(1, 1))

    def opened(name: str, *given: Any, **named: Any) -> Any:
        if str(name) == str(home):
            raise PermissionError(errno.EACCES, "Permission denied", str(home))
        return open(name, *given, **named)  # noqa: PTH123 - as the program does

    monkeypatch.setattr(release_record, "open", opened, raising=False)
    if command == "build":
        clam = built / "exercises/clam.md"
        clam.write_text(clam.read_text("utf-8") + "\nOther words.\n", "utf-8")
        answer = type_in(capsys, "build", "--project", built)
        said = answer.err
        assert answer.code == 2
    else:
        settings = read_settings(built)
        with pytest.raises(Refusal) as refused:
            built_site(built, settings)
        said = str(refused.value)
    assert "site/index.html: this file cannot be read (permission denied)" in said
    assert "changed" not in said.replace("site/index.html", "")
    assert home.read_bytes() == before


def test_of_a_copy_that_found_no_room_the_copy_is_named(tmp_path: Path) -> None:
    error = OSError(errno.ENOSPC, "No", "/program/style.css", None, str(tmp_path / "style.css"))
    (problem,) = cannot_write(tmp_path, error).problems
    assert problem.path == str(tmp_path / "style.css")


def test_without_an_encoder_a_film_ends_the_build_with_3(built: Path, tmp_path: Path) -> None:
    before = contents(built / "site")
    make_film(built / "videos/hip.mp4")
    write(
        built / "videos/hip.md",
        page("title: Hip\ndescription: A.\nalt: A hip.\ndate: 2020-01-01\ntags: [stretch]"),
    )
    answer = start(
        "build", cwd=built, PATH=str(tmp_path), IMAGEIO_FFMPEG_EXE=str(tmp_path / "no-ffmpeg")
    )
    assert answer.code == 3
    assert answer.err.rstrip().endswith("[ffmpeg-missing]")
    assert contents(built / "site") == before


def test_while_another_process_builds_this_one_ends_with_5(
    built: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kinopress.project.build.only_run", functools.partial(only_run, wait_s=0.2))
    before = contents(built / "site")
    _break(built)
    script = (
        "import sys; from pathlib import Path; from kinopress.project.folder import only_run\n"
        "with only_run(Path(sys.argv[1]), 'building the site'): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(built)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        busy = type_in(capsys, "build", "--project", built)
        other.communicate()
    assert busy.code == 5
    assert "site: Kinopress has been building the site since " in busy.err
    assert busy.err.rstrip().endswith("[media-busy]")
    assert contents(built / "site") == before
    assert type_in(capsys, "build", "--project", built).code == 1


# The output folder


def test_a_folder_with_other_things_in_it_is_never_built_over(
    tmp_path: Path, capsys: Capture
) -> None:
    project = small_project(tmp_path / "site-of-anna")
    write(tmp_path / "letters/dear.txt", "Dear coach")
    write(project / "mkdocs.yml", SETTINGS + "site_dir: ../letters\n")
    answer = type_in(capsys, "build", "--project", project)
    assert answer.code == 2
    assert answer.err.startswith("mkdocs.yml:14: site_dir: this folder contains other things")
    assert answer.err.rstrip().endswith("[settings-output]")
    assert contents(tmp_path / "letters") == {"dear.txt": b"Dear coach"}


def test_another_web_site_named_by_a_slip_is_never_built_over(
    tmp_path: Path, capsys: Capture
) -> None:
    project = small_project(tmp_path / "site-of-anna")
    for name in ("index.html", "404.html", "assets/kinopress.css"):
        write(tmp_path / "garden" / name, "my garden")
    write(project / "mkdocs.yml", SETTINGS + "site_dir: ../garden\n")
    before = contents(tmp_path / "garden")
    answer = type_in(capsys, "build", "--project", project)
    assert answer.code == 2
    assert answer.err.rstrip().endswith("[settings-output]")
    assert contents(tmp_path / "garden") == before


def test_an_empty_folder_and_a_link_to_one_are_built_into_again_and_again(
    tmp_path: Path, capsys: Capture
) -> None:
    project = small_project(tmp_path / "site-of-anna")
    (tmp_path / "public").mkdir()
    (project / "site").symlink_to(tmp_path / "public")
    for _ in range(3):
        assert type_in(capsys, "build", "--force", "--project", project).code == 0
    assert (project / "site").is_symlink()
    assert (tmp_path / "public/index.html").is_file()


# What was not made by a build


def _built(project: Path, capsys: Capture, *options: str) -> Answer:
    return type_in(capsys, "build", *options, "--project", project)


def test_own_files_in_the_output_stay_where_they_are_and_are_named(
    tmp_path: Path, capsys: Capture
) -> None:
    project = small_project(tmp_path / "site-of-anna")
    write(project / "site/thesis.docx", "two years of work")
    write(project / "site/exercises/notes/week-1.txt", "a note")
    first = _built(project, capsys, "--json")
    assert (first.code, first.codes) == (0, ["output-foreign"] * 2)
    assert [p["path"] for p in first.json["problems"]] == [
        "site/exercises/notes",
        "site/thesis.docx",
    ]
    write(project / "docs/about.md", page("title: About\ndescription: Who we are."))
    assert _built(project, capsys).code == 0
    (project / "docs/about.md").unlink()
    assert _built(project, capsys).code == 0
    site = contents(project / "site")
    assert site["thesis.docx"] == b"two years of work"
    assert site["exercises/notes/week-1.txt"] == b"a note"
    assert "index.html" in site and "about/index.html" not in site
    assert not list(project.glob(".site.*"))


@pytest.mark.parametrize("name", ["index.html", "exercises", "assets/kinopress.css"])
def test_an_own_file_where_the_site_must_write_is_named_and_nothing_is_done(
    name: str, tmp_path: Path, capsys: Capture
) -> None:
    project = small_project(tmp_path / "site-of-anna")
    write(project / "site" / name, "mine")
    answer = _built(project, capsys)
    assert answer.code == 2
    assert answer.err == (
        f"site/{name}: this was not made by a build, and a file of the site must go here;"
        " move it away, then run this again [settings-output]\n"
    )
    assert contents(project / "site") == {name: b"mine"}
    assert not list(project.glob(".site.*"))


def test_a_page_changed_by_hand_in_the_output_is_not_written_over(
    built: Path, capsys: Capture
) -> None:
    write(built / "site/index.html", "changed by hand")
    before = contents(built / "site")
    answer = _built(built, capsys, "--force")
    assert answer.code == 2
    assert answer.err.startswith("site/index.html: this file has been changed since it was built")
    assert contents(built / "site") == before


@pytest.mark.parametrize("is_set", [True, False])
def test_a_file_with_the_name_of_the_output_is_said_before_anything_is_done(
    is_set: bool, tmp_path: Path, capsys: Capture
) -> None:
    project = small_project(tmp_path / "site-of-anna")
    write(project / "site", "a letter")
    if is_set:
        write(project / "mkdocs.yml", SETTINGS + "site_dir: site\n")
    before = contents(project)
    for _ in range(2):
        answer = _built(project, capsys)
        assert answer.code == 2
        assert "site_dir: there is a file of this name; " in answer.err
        assert answer.err.rstrip().endswith("[settings-output]")
        assert {p: b for p, b in contents(project).items() if "/cache/" not in p} == before


def test_a_site_of_an_earlier_version_is_moved_aside_whole_but_for_what_is_the_same(
    built: Path, capsys: Capture
) -> None:
    (built / "site" / RECORD).unlink()
    write(built / "site/articles/gone/index.html", "a page that is no more")
    write(built / "site/robots.txt", "mine, perhaps")
    write(built / "site/index.html", "as the version before wrote it")
    answer = _built(built, capsys, "--force", "--json")
    assert (answer.code, answer.codes) == (0, ["page-gone", "output-kept"])
    assert answer.json["problems"][1]["path"] == "site.kept"
    assert contents(built / "site.kept") == {
        "articles/gone/index.html": b"a page that is no more",
        "robots.txt": b"mine, perhaps",
        "index.html": b"as the version before wrote it",
    }
    assert not (built / "site/robots.txt").exists()
    assert "A small site" in (built / "site/index.html").read_text("utf-8")
    assert _built(built, capsys, "--force", "--json").codes == []


def test_two_projects_never_take_each_others_site(tmp_path: Path, capsys: Capture) -> None:
    for name in ("anna", "ben"):
        write(small_project(tmp_path / name) / "mkdocs.yml", SETTINGS + "site_dir: ../public\n")
    assert _built(tmp_path / "anna", capsys).code == 0
    before = contents(tmp_path / "public")
    answer = _built(tmp_path / "ben", capsys)
    assert answer.code == 2
    assert "another project builds into this folder" in answer.err
    assert contents(tmp_path / "public") == before
    assert _built(tmp_path / "anna", capsys, "--force").code == 0


def test_a_project_that_was_moved_or_copied_with_its_site_knows_it_again(
    built: Path, capsys: Capture
) -> None:
    moved = built.with_name("moved")
    shutil.copytree(built, moved)
    assert _built(moved, capsys, "--force", "--json").codes == []
    shutil.rmtree(moved)


@pytest.mark.parametrize("link", ["docs", "videos", ".kinopress"])
def test_a_source_folder_that_is_a_link_is_no_place_for_the_site(
    link: str, tmp_path: Path, capsys: Capture
) -> None:
    project = small_project(tmp_path / "site-of-anna")
    (project / ".kinopress").mkdir()
    (project / link).rename(tmp_path / "elsewhere")
    (project / link).symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    before = contents(tmp_path / "elsewhere")
    for place in ("../elsewhere", "../elsewhere/site", "../Elsewhere/Site", f"{link}/site"):
        write(project / "mkdocs.yml", SETTINGS + f"site_dir: {place}\n")
        answer = _built(project, capsys)
        assert (place, answer.code) == (place, 2)
        assert answer.err.rstrip().endswith("[settings-output]")
    after = contents(tmp_path / "elsewhere")
    assert {path for path in after if not path.startswith("cache/")} == set(before)


def test_folders_of_others_with_names_like_ours_are_left_alone(
    tmp_path: Path, capsys: Capture
) -> None:
    project = small_project(tmp_path / "site-of-anna")
    for name in (OLD, NEXT, ".site.next-0123456789abcdef", ".site.old-0123456789abcdef"):
        write(project / name / "index.html", f"mine, in {name}")
    before = {path: data for path, data in contents(project).items() if "mine, in" in str(data)}
    for _ in range(2):
        assert _built(project, capsys, "--force").code == 0
    assert {path: contents(project).get(path) for path in before} == before


def test_a_link_to_itself_stops_no_command_with_a_traceback(
    tmp_path: Path, capsys: Capture
) -> None:
    project = small_project(tmp_path / "site-of-anna")
    (project / "docs/articles").mkdir()
    (project / "docs/articles/loop.md").symlink_to("loop.md")
    write(project / "docs/muscles/calf.md", page("title: Calf"))
    for verb in (["build"], ["check"], ["stage", tmp_path / "plain"]):
        answer = type_in(capsys, *verb, "--project", project)
        assert answer.code == 1
        assert "docs/articles/loop.md: this is not an ordinary file, but a link" in answer.out
        assert "docs/muscles/calf.md:" in answer.out


def test_folders_as_deep_as_the_disk_allows_are_walked(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = small_project(tmp_path / "s")
    monkeypatch.chdir(project / "docs")
    for _ in range(1500):  # more than Python calls itself
        Path("d").mkdir()
        os.chdir("d")
    try:
        answer = type_in(capsys, "check", "--project", project)
    finally:  # what tidies up after tests calls itself
        for _ in range(1500):
            os.chdir("..")
            Path("d").rmdir()
    assert (answer.code, answer.out) == (0, "9 pages, no problems.\n")


def test_a_site_without_an_address_has_no_empty_sitemap_and_the_build_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = small_project(tmp_path)
    said = type_in(capsys, "build", "--project", project).out
    assert NO_ADDRESS in said
    assert not list((project / "site").glob("sitemap*"))
    assert NO_ADDRESS not in type_in(capsys, "build", "--project", project).out
    settings = project / "mkdocs.yml"
    write(settings, settings.read_text("utf-8") + "site_url: https://example.org/coach/\n")
    assert NO_ADDRESS not in type_in(capsys, "build", "--project", project).out
    sitemap = (project / "site/sitemap.xml").read_text("utf-8")
    assert "<loc>https://example.org/coach/exercises/clam/</loc>" in sitemap
    lost = (project / "site/404.html").read_text("utf-8")
    assert 'href="/coach/assets/kinopress.css"' in lost and 'href="/coach/symptoms/"' in lost
