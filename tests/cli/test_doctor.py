"""``kinopress doctor``: is this computer ready, and what is not set?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kinopress.video.ffmpeg.binary import find_encoder
from support.command import start, type_in
from support.projects import SETTINGS, contents, page, small_project, write

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project(tmp_path / "site-of-anna")


def _lines(out: str, what: str) -> list[str]:
    return [line.removeprefix(what).strip() for line in out.splitlines() if line.startswith(what)]


def test_it_names_the_ffmpeg_that_makes_the_films(project: Path, capsys: Capture) -> None:
    answer = type_in(capsys, "doctor", "--project", project)
    assert answer.code == 0
    assert _lines(answer.out, "ffmpeg ") == [find_encoder().version]
    assert find_encoder().path in answer.out


def test_it_names_what_is_not_set(project: Path, capsys: Capture) -> None:
    first, second = _lines(type_in(capsys, "doctor", "--project", project).out, "not set")
    assert first.startswith("site_url in mkdocs.yml: ")
    assert second.startswith("coach.email, coach.phone, coach.booking_url or ")


def test_it_names_no_numbers_of_a_country_that_nobody_chose(project: Path, capsys: Capture) -> None:
    (project / "docs/data/help.yml").unlink()
    out = type_in(capsys, "doctor", "--project", project).out
    assert "United Kingdom" not in out
    assert _lines(out, "check")[0].startswith("1 problem,")


@pytest.mark.parametrize(
    "contact",
    ["email: anna@example.org", "phone: 01234 567890", "booking_url: https://example.org"],
)
def test_it_is_silent_about_what_is_set(contact: str, project: Path, capsys: Capture) -> None:
    settings = SETTINGS.replace("name: Anna Example\n    rev", f"{contact}\n    rev")
    write(project / "mkdocs.yml", settings + "site_url: https://example.org/\n")
    assert _lines(type_in(capsys, "doctor", "--project", project).out, "not set") == []


def test_it_counts_pages_and_problems(project: Path, capsys: Capture) -> None:
    write(project / "docs/articles/hills.md", page("title: Hills\ndraft: true"))
    out = type_in(capsys, "doctor", "--project", project).out
    counted = "1 exercise, 1 symptom, 4 muscles, 2 techniques, 1 page, 1 held back"
    assert _lines(out, "pages") == [counted]
    assert _lines(out, "check") == ["3 problems, no warnings (kinopress check lists them)"]


def test_it_names_exercises_that_nothing_shows(project: Path, capsys: Capture) -> None:
    out = type_in(capsys, "doctor", "--project", project).out
    assert _lines(out, "not shown") == ["neither a film nor a pose file: clam"]
    pose = "start: stand\nposes: {tall: {floor: [feet]}}\nfilm: [{pose: tall, hold: 1}]\n"
    write(project / "exercises/clam.pose.yml", pose)
    assert _lines(type_in(capsys, "doctor", "--project", project).out, "not shown") == []


def test_without_an_ffmpeg_it_ends_with_3_and_says_how_to_get_one(
    project: Path, tmp_path: Path
) -> None:
    answer = start(
        "doctor", cwd=project, PATH=str(tmp_path), IMAGEIO_FFMPEG_EXE=str(tmp_path / "no-ffmpeg")
    )
    assert answer.code == 3
    (said,) = _lines(answer.out, "ffmpeg ")
    assert said.startswith("no FFmpeg was found that can make web videos")
    assert "pip install" in said
    assert _lines(answer.out, "project") == [str(project)]


def test_outside_a_project_it_still_speaks_of_the_computer(tmp_path: Path, capsys: Capture) -> None:
    answer = type_in(capsys, "doctor", "--project", tmp_path)
    assert answer.code == 2
    assert _lines(answer.out, "ffmpeg ") == [find_encoder().version]
    assert answer.err.rstrip().endswith("[project-missing]")


def test_it_tells_other_programs_the_same(project: Path, capsys: Capture) -> None:
    told = type_in(capsys, "doctor", "--json", "--project", project)
    assert told.code == 0
    assert told.json["ffmpeg"]["path"] == find_encoder().path
    assert (told.json["project"], told.json["errors"]) == (str(project), 0)
    assert told.json["counts"]["muscles"] == 4
    assert told.json["cannot_write"] == {}
    assert len(told.json["not_set"]) == 2


def test_it_says_whose_numbers_nobody_has_checked(project: Path, capsys: Capture) -> None:
    """`init` says so once; the site may be live long after."""
    help_, signs = (project / f"docs/data/{name}.yml" for name in ("help", "red_flags"))
    told = help_.read_text("utf-8")

    def said() -> list[str]:
        return _lines(type_in(capsys, "doctor", "--project", project).out, "unchecked ")

    write(help_, told.replace("checked: read", "checked: none"))
    of_help, of_advice, of_signs = said()
    assert of_help.startswith("docs/data/help.yml: nobody has compared whom readers call (")
    every = re.fullmatch(
        r"docs/data/help\.yml: nobody has compared (\d+) of (\d+) sentences .* with a source; .+",
        of_advice,
    )
    assert every is not None
    assert every[1] == every[2]
    assert of_signs.startswith(
        "docs/data/red_flags.yml: nobody has compared 1 of 1 warning signs with a source; compare "
    )
    write(help_, told.replace("checked: none", "checked: read"))
    assert said() == [of_signs]
    sign = signs.read_text("utf-8")
    write(signs, sign.replace("level: gp", "level: gp, checked: read"))
    assert said() == []


def test_it_notices_a_folder_in_which_nothing_can_be_written(
    project: Path, capsys: Capture
) -> None:
    write(project / ".kinopress", "a file where the program's folder should be")
    answer = type_in(capsys, "doctor", "--project", project)
    assert answer.code == 3
    (said,) = _lines(answer.out, "read-only")
    assert said.startswith(".kinopress/: nothing can be written there (")
    told = type_in(capsys, "doctor", "--json", "--project", project).json
    assert list(told["cannot_write"]) == [".kinopress"]


def test_it_leaves_nothing_behind(project: Path, capsys: Capture) -> None:
    before = contents(project)
    type_in(capsys, "doctor", "--project", project)
    assert contents(project) == before
