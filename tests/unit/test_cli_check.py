"""``kinopress check``, and what every command has in common: the project, the settings, the exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinopress.problems import Problem
from support.command import start, type_in
from support.projects import SETTINGS, contents, page, small_project, write

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project(tmp_path / "site-of-anna")


def test_a_right_project_ends_with_0_and_says_so(project: Path) -> None:
    answer = start("check", cwd=project)
    assert (answer.code, answer.out, answer.err) == (0, "9 pages, no problems.\n", "")


def test_every_problem_is_a_line_a_person_can_act_on(project: Path, capsys: Capture) -> None:
    write(
        project / "docs/articles/hills.md",
        page("title: Hills\ndate: 22.11.2026\ntags: [strenth]\nsources: [practice]"),
    )
    write(
        project / "docs/articles/old.md",
        page("title: 7\ndescription: A.\ndate: 2026-11-22\ntags: strength\nsources: [practice]"),
    )
    before = contents(project)
    answer = type_in(capsys, "check", "--project", project)
    assert answer.code == 1
    lines = answer.out.splitlines()
    assert [line.split(": ")[0] for line in lines[:4]] == [
        "docs/articles/hills.md:1",
        "docs/articles/hills.md:3",
        "docs/articles/hills.md:4",
        "docs/articles/old.md:2",
    ]
    assert [line.rpartition("[")[2] for line in lines[:4]] == [
        "field-missing]",
        "date-form]",
        "tag-unknown]",
        "text-wanted]",
    ]
    assert lines[4:6] == ["", "Worth a look (nothing is stopped by these):"]
    assert lines[-1] == "11 pages, 4 problems, 1 warning."
    assert contents(project) == before


def test_json_holds_the_problems_and_the_counts_in_a_fixed_order(
    project: Path, capsys: Capture
) -> None:
    write(
        project / "docs/articles/hills.md",
        page(
            "title: Hills\ndescription: A.\ndate: 22.11.2026\ntags: strength\nsources: [practice]"
        ),
    )
    answer = type_in(capsys, "check", "--json", "--project", project)
    assert (answer.code, answer.err) == (1, "")
    assert list(answer.json) == ["problems", "counts"]
    date, tags = answer.json["problems"]
    keys = ["severity", "path", "line", "field", "message", "hint", "code"]
    assert list(date) == list(tags) == keys
    where = ("docs/articles/hills.md", 4, "date", "date-form")
    assert (date["path"], date["line"], date["field"], date["code"]) == where
    as_text = type_in(capsys, "check", "--project", project).out.splitlines()
    assert str(Problem(**date)) == as_text[0]
    assert (tags["severity"], tags["code"]) == ("warning", "list-as-text")
    assert list(answer.json["counts"].items()) == [
        ("exercises", 1),
        ("symptoms", 1),
        ("muscles", 4),
        ("techniques", 2),
        ("plans", 0),
        ("articles", 1),
        ("videos", 0),
        ("pages", 1),
        ("held", 0),
    ]


def test_a_problem_of_a_whole_file_has_neither_line_nor_field_in_json(
    project: Path, capsys: Capture
) -> None:
    (project / "videos/hip-circles.mp4").write_bytes(b"film")
    (problem,) = type_in(capsys, "check", "--json", "--project", project).json["problems"]
    assert (problem["code"], problem["line"], problem["field"]) == ("film-without-page", None, None)


# Where the project is


def test_the_project_is_found_from_a_folder_inside_it(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project / "docs/muscles")
    assert type_in(capsys, "check").code == 0


def test_a_project_can_be_named_from_elsewhere(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.parent)
    assert type_in(capsys, "check", "--project", project.name).code == 0


def test_a_folder_that_is_no_project_is_named(tmp_path: Path, capsys: Capture) -> None:
    for verb in (["check"], ["build"], ["new", "article", "A"], ["stage", "x"], ["serve"]):
        answer = type_in(capsys, *verb, "--project", tmp_path / "nothing")
        assert answer.code == 2
        assert answer.err == (
            f"{tmp_path / 'nothing'}: there is no mkdocs.yml here;"
            " go to the project's folder, or name it with --project [project-missing]\n"
        )


# Exit code 2: the command or the settings


@pytest.mark.parametrize(
    "words", [[], ["chekc"], ["check", "--fast"], ["new", "poem", "A"], ["new", "article"]]
)
def test_a_command_that_cannot_be_understood_ends_with_2(words: list[str], capsys: Capture) -> None:
    answer = type_in(capsys, *words)
    assert (answer.code, answer.out) == (2, "")
    assert "Usage: kinopress" in answer.err


@pytest.mark.parametrize(
    ("settings", "line", "code"),
    [
        (
            SETTINGS.replace("timezone: Europe/London", "timezone: Llangollen"),
            8,
            "settings-timezone",
        ),
        (SETTINGS.replace("coach:", "couch:"), 9, "setting-unknown"),
        (SETTINGS.replace("    timezone", "\ttimezone"), 8, "settings-tab"),
        (
            SETTINGS.replace("name: Anna Example\n    rev", "email: anna\n    rev"),
            10,
            "settings-email",
        ),
        (SETTINGS + "docs_dir: pages\n", 14, "settings-docs"),
    ],
)
def test_broken_settings_end_with_2_and_name_the_line(
    settings: str, line: int, code: str, project: Path, capsys: Capture
) -> None:
    write(project / "mkdocs.yml", settings)
    for verb in ("check", "build", "doctor"):
        answer = type_in(capsys, verb, "--project", project)
        assert answer.code == 2
        assert answer.err.startswith(f"mkdocs.yml:{line}: ")
        assert answer.err.rstrip().endswith(f"[{code}]")


@pytest.mark.parametrize("folder", ["docs/site", "exercises", ".", "..", "/", "HOME"])
def test_an_output_folder_that_would_destroy_something_ends_with_2(
    folder: str, project: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home/anna"
    write(home / "letter.txt", "Dear coach")
    monkeypatch.setenv("HOME", str(home))
    write(project / "mkdocs.yml", SETTINGS + f"site_dir: {home if folder == 'HOME' else folder}\n")
    before = contents(tmp_path)
    for verb in ("check", "build"):
        answer = type_in(capsys, verb, "--project", project)
        assert answer.code == 2
        assert answer.err.startswith("mkdocs.yml:14: site_dir: the site would be written ")
    after = contents(tmp_path)
    assert {path: after.get(path) for path in before} == before
