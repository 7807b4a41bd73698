"""``kinopress check``, and what every command has in common: the project, the settings, the exit codes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.config.defaults import MkDocsConfig

from kinopress.content.model.slips import is_near
from kinopress.problems import Problem
from support.command import start, type_in
from support.projects import SETTINGS, contents, page, small_project, write
from support.small_films import film_page, make_film

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project(tmp_path / "site-of-anna")


def test_a_right_project_ends_with_0_and_says_so(project: Path) -> None:
    answer = start("check", cwd=project)
    assert (answer.code, answer.out, answer.err) == (0, "9 pages, no problems.\n", "")


EMPTY = "videos/hip.mp4: the file is empty (0 bytes); copy it from the camera again [media-empty]"


@pytest.mark.parametrize(
    ("field", "code"), [("", 1), ("draft: true", 0), ("date: 2099-01-01", 0), (None, 0)]
)
def test_a_film_that_cannot_be_encoded_is_said_before_its_page_is_shown(
    field: str | None, code: int, project: Path, capsys: Capture
) -> None:
    """A page that waits for its day would else end the build of that day, when nobody looks."""
    (project / "videos/hip.mp4").touch()
    if field is not None:
        film_page(project, "hip")
        text = (project / "videos/hip.md").read_text("utf-8")
        if field.startswith("date"):
            text = text.replace("date: 2026-01-05", field)
        else:
            text = text.replace("title:", f"{field}\ntitle:".lstrip(), 1)
        write(project / "videos/hip.md", text)
    answer = type_in(capsys, "check", "--project", project)
    assert (answer.code, EMPTY in answer.out + answer.err) == (code, True)


OBEYED = {
    *("site_name", "site_url", "site_description", "site_author", "site_dir", "docs_dir"),
    *("copyright", "theme", "plugins", "extra", "extra_css", "hooks", "validation"),
    *("remote_branch", "remote_name"),
}
"""What a site may set in words of MkDocs."""


def test_every_setting_of_mkdocs_is_obeyed_or_said_to_change_nothing(
    project: Path, capsys: Capture
) -> None:
    known = {name for name, _ in MkDocsConfig()._schema} - {"config_file_path", "pages"}
    assert known >= OBEYED
    settings = (project / "mkdocs.yml").read_text("utf-8")
    refused = sorted(known - OBEYED)
    assert len(refused) > 15
    write(project / "mkdocs.yml", settings + "".join(f"{name}: x\n" for name in refused))
    answer = type_in(capsys, "check", "--project", project, "--json")
    told = [p["field"] for p in answer.json["problems"] if p["code"] == "setting-unused"]
    assert (answer.code, sorted(told)) == (2, refused)


@pytest.mark.parametrize("value", ["x", "[x]", "{x: y}", "3", "true", ""])
def test_of_a_setting_that_changes_nothing_its_shape_is_not_judged(
    value: str, project: Path, capsys: Capture
) -> None:
    settings = (project / "mkdocs.yml").read_text("utf-8")
    known = {name for name, _ in MkDocsConfig()._schema} - {"config_file_path", "pages"}
    refused = sorted(known - OBEYED)
    write(project / "mkdocs.yml", settings + "".join(f"{name}: {value}\n" for name in refused))
    answer = type_in(capsys, "check", "--project", project, "--json")
    told = [(p["field"], p["code"]) for p in answer.json["problems"]]
    assert sorted(told) == [(name, "setting-unused") for name in refused]


def test_a_check_loads_nothing_that_only_a_build_needs(project: Path) -> None:
    write(
        project / "videos/hip.md",
        page("title: Hip\ndescription: A film.\ndate: 2026-11-22\ntags: [strength]\nalt: A hip."),
    )
    make_film(project / "videos/hip.mp4")
    script = (
        "import sys\n"
        "from kinopress.cli.main import main\n"
        "try:\n"
        "    main(['check'])\n"
        "except SystemExit:\n"
        "    print(*sorted(sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=project, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "kinopress.content.rules.bodies.links" in loaded
    assert not loaded & {"markdown", "mkdocs", "av", "PIL", "pypdf"}
    assert not {name for name in loaded if name.startswith("kinopress.finder")}
    assert not loaded & {
        "kinopress.system.release",
        "kinopress.media.manifest",
        "kinopress.pages.parts.html",
    }


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
    assert lines[4:6] == ["", "Worth a look (these stop nothing):"]
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
    make_film(project / "videos/hip-circles.mp4")
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


@pytest.mark.skipif(os.name == "nt", reason="named pipes of POSIX")
@pytest.mark.parametrize("kind", ["pipe", "folder", "link"])
def test_settings_that_are_no_file_are_not_waited_for_and_named(
    project: Path, capsys: Capture, kind: str
) -> None:
    settings = project / "mkdocs.yml"
    settings.unlink()
    if kind == "pipe":
        os.mkfifo(settings)
    elif kind == "folder":
        settings.mkdir()
    else:
        settings.symlink_to("nowhere.yml")
    for verb in (["check"], ["build"], ["new", "article", "A"], ["stage", "x"], ["serve"]):
        answer = type_in(capsys, *verb, "--project", project)
        assert answer.code == 2
        assert answer.err == (
            f"{project}: what is named mkdocs.yml here is not a file, or leads to none;"
            " put the settings file itself in its place [project-missing]\n"
        )


# Exit code 2: the command or the settings


@pytest.mark.parametrize(
    "words", [[], ["chekc"], ["check", "--fast"], ["new", "poem", "A"], ["new", "article"]]
)
def test_a_command_that_cannot_be_understood_ends_with_2(words: list[str], capsys: Capture) -> None:
    answer = type_in(capsys, *words)
    assert (answer.code, answer.out) == (2, "")
    if words:
        assert re.fullmatch(r"usage: [^\n;]+; [^\n;]+ \[usage\]\n", answer.err), answer.err
    else:
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
        assert answer.err.startswith("mkdocs.yml:14: site_dir: the site would ")
    after = contents(tmp_path)
    assert {path: after.get(path) for path in before} == before


# What is nearly right


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["chekc"], "kinopress check"),
        (["biuld"], "kinopress build"),
        (["nw"], "kinopress new"),
        (["video", "lst"], "kinopress video list"),
        (["video", "inspct"], "kinopress video inspect"),
    ],
)
def test_a_mistyped_command_is_answered_with_the_one_that_was_meant(
    typed: list[str], meant: str, capsys: Capture
) -> None:
    answer = type_in(capsys, *typed)
    assert answer.code == 2
    assert f"there is no command “{typed[-1]}”; did you mean {meant}?" in answer.err


def test_a_command_like_no_other_is_answered_with_all_of_them(capsys: Capture) -> None:
    answer = type_in(capsys, "publish-everything")
    assert answer.code == 2
    assert "choose from check, build, serve" in answer.err


def test_no_hint_on_an_empty_project_leads_to_what_is_not_there(
    project: Path, capsys: Capture
) -> None:
    for file in (*project.glob("docs/*/*.md"), *project.glob("exercises/*.md")):
        file.unlink()
    write(
        project / "docs/about.md",
        page(
            "title: About\ndescription: A.\ntags: [clam]", "See [[clam]] and [this](../clam.jpg)."
        ),
    )
    out = type_in(capsys, "check", "--project", project).out
    assert "there is none yet: kinopress new technique" in out
    assert "[[clam]] leads nowhere; write that page first (kinopress new)" in out
    assert "the link to ../clam.jpg leads to a file that is not here; put the file there" in out
    assert "A–Z" not in out and "like [[clam]]" not in out
    for said in type_in(capsys, "check", "--json", "--project", project).json["problems"]:
        assert "front matter" not in said["message"] + said["hint"]


@pytest.mark.parametrize(
    ("word", "name", "near"),
    [
        ("strech", "stretch", True),
        ("strecth", "stretch", True),
        ("stretching", "stretch", True),
        ("musles", "muscles", True),
        ("piriformus", "piriformis", True),
        ("does", "do", True),
        ("deltoid", "deload", False),
        ("deltoid", "load management", False),
        ("rest", "test", True),
        ("hip", "lip", True),
        ("hip", "hop on", False),
        ("", "a", True),
        ("calf", "half way", False),
    ],
)
def test_a_guess_is_a_slip_of_the_finger_and_no_more(word: str, name: str, near: bool) -> None:
    assert is_near(word, name) is near


def test_a_page_that_was_renamed_is_found_by_its_words(project: Path, capsys: Capture) -> None:
    (project / "exercises/clam.md").rename(project / "exercises/side-lying-clam.md")
    write(project / "docs/about.md", page("title: About\ndescription: A.", "See [[clam]]."))
    out = type_in(capsys, "check", "--project", project).out
    assert "[[clam]] leads nowhere; did you mean [[side-lying-clam]]?" in out


@given(st.text("abcde", min_size=4, max_size=12), st.data())
def test_one_slip_is_always_forgiven(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for typed in (word[:at] + word[at + 1 :], word[:at] + "x" + word[at:], swapped):
        assert is_near(typed, word)


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such name")
@pytest.mark.parametrize("sign", ["\n", "\r", "\t"])
@pytest.mark.parametrize("other", [True, False])
def test_a_name_that_cannot_be_shown_is_said_to_be_one(
    project: Path, capsys: Capture, sign: str, other: bool
) -> None:
    folder = project / "docs/articles"
    text = page(
        "title: Hills\ndescription: Up.\ndate: 2026-01-01\ntags: [strength]\nsources: [practice]"
    )
    write(folder / f"a{sign}b.md", text)
    if other:
        write(folder / "a b.md", text)
        write(folder / "a-b.md", text)
    answer = type_in(capsys, "check", "--project", project, "--json")
    told = [(p["code"], p["message"]) for p in answer.json["problems"] if p["code"] == "name-slug"]
    end = "name contains a line break, or another character that cannot be shown"
    if not other:
        end = "name cannot be part of a web address"
    assert told == [("name-slug", f"this file's {end}")]
    twice = [p["message"] for p in answer.json["problems"] if p["code"] == "slug-twice"]
    assert twice == (["docs/articles/a-b.md makes the same page"] if other else [])
