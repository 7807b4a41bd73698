"""What the command line understands of what people type, and that it asks only who is there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from kinopress.cli.terminal import asking
from kinopress.cli.terminal.completing import completions
from kinopress.cli.terminal.days import day_from
from kinopress.cli.verbs import kinopress
from support.command import type_in
from support.projects import small_project

Capture = pytest.CaptureFixture[str]
TODAY = dt.date(2026, 11, 29)  # a Sunday


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", "2026-11-29"),
        ("Tomorrow", "2026-11-30"),
        ("2026-12-01", "2026-12-01"),
        ("2026/1/5", "2026-01-05"),
        ("1 Dec", "2026-12-01"),
        ("1st of December", "2026-12-01"),
        ("Dec 1", "2026-12-01"),
        ("dec. 1st, 2027", "2027-12-01"),
        ("the 3rd of May", "2027-05-03"),
        ("29 Nov", "2026-11-29"),
        ("28 Nov", "2027-11-28"),
        ("29 February", "2028-02-29"),
        ("13/12/2026", "2026-12-13"),
        ("12.13.2026", "2026-12-13"),
        ("12/12/2026", "2026-12-12"),
        ("Monday", "2026-11-30"),
        ("next sun", "2026-12-06"),
    ],
)
def test_a_day_is_understood_as_people_write_it(words: str, day: str) -> None:
    assert day_from(words, TODAY).isoformat() == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", "2026-11-29"),
        ("yesterday", "2026-11-28"),
        ("28 Nov", "2026-11-28"),
        ("1 Dec", "2025-12-01"),
        ("29 February", "2024-02-29"),
        ("Saturday", "2026-11-28"),
        ("Sunday", "2026-11-22"),
        ("2026-12-01", "2026-12-01"),
    ],
)
def test_of_what_has_happened_the_last_such_day_is_meant(words: str, day: str) -> None:
    assert day_from(words, TODAY, past=True).isoformat() == day


@pytest.mark.parametrize("words", ["next monday", "Next Sun"])
def test_a_day_that_is_to_come_is_not_taken_for_one_that_was(words: str) -> None:
    with pytest.raises(ValueError, match="has not come yet; write a day that has"):
        day_from(words, TODAY, past=True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("01/12/2026", "can be two days; write 2026-12-01 for 1 December, or 2026-01-12 for 12 January"),
        ("31 June", "there is no day “31 June”"),
        ("30 February 2026", "there is no day"),
        ("2026-13-01", "there is no day"),
        ("0026-01-05", "the year 0026 cannot be meant; write a year from 1990 to 2100"),
        ("5 January 9999", "the year 9999 cannot be meant"),
        ("soon", "write it like 2026-11-29, 29 November or tomorrow"),
        ("1 Ju", "is not written as a date"),
        ("", "is not written as a date"),
    ],
)  # fmt: skip
def test_what_means_no_day_or_two_is_not_guessed(words: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        day_from(words, TODAY)


def _there(monkeypatch: pytest.MonkeyPatch, answers: list[str]) -> None:
    """Somebody sits at the terminal and answers."""
    for module in ("terminal.mistyped", "new", "change.rename"):
        monkeypatch.setattr(f"kinopress.cli.{module}.somebody_is_there", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: answers.pop(0))


def test_a_typing_mistake_is_asked_back_on_a_terminal(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = small_project(tmp_path)
    _there(monkeypatch, ["y"])
    answer = type_in(capsys, "chekc", "--project", project)
    assert answer.code == 0
    assert "no problems" in answer.out
    _there(monkeypatch, ["n"])
    answer = type_in(capsys, "chekc", "--project", project)
    assert answer.code == 2
    assert "did you mean kinopress check?" in answer.err


def test_nobody_is_asked_where_nobody_is(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = small_project(tmp_path)
    monkeypatch.setattr(asking.sys.stdin, "isatty", lambda: False, raising=False)
    for words, said in (
        (("chekc",), "did you mean kinopress check?"),
        (("new",), "say which kind of page: "),
        (("new", "article"), 'kinopress new article "Bird dog"'),
        (("new", "article", "A", "--date", "01/12/2026"), "can be two days"),
        (("new", "muscle", "A", "--date", "2026-12-01"), "leave out --date"),
    ):
        answer = type_in(capsys, *words, "--project", project)
        assert answer.code == 2
        assert said in answer.err


def test_of_two_pages_of_one_name_a_person_chooses_and_a_program_is_refused(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = small_project(tmp_path)
    clam = (project / "exercises/clam.md").read_text("utf-8")
    (project / "docs/articles").mkdir(exist_ok=True)
    (project / "docs/articles/clam.md").write_text(
        "---\ntitle: Clams\ndescription: About.\ndraft: true\n---\nText.\n", "utf-8"
    )
    answer = type_in(capsys, "rename", "clam", "zzz", "--project", project)
    assert answer.code == 2
    assert "2 pages are called this: docs/articles/clam.md, exercises/clam.md" in answer.err
    _there(monkeypatch, ["exercises/clam.md"])
    assert type_in(capsys, "rename", "clam", "zzz", "--project", project).code in (0, 1)
    assert (project / "exercises/zzz.md").read_text("utf-8") == clam
    assert (project / "docs/articles/clam.md").is_file()


def test_new_asks_for_what_is_missing(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = small_project(tmp_path)
    _there(monkeypatch, ["article", "Hills in winter"])
    answer = type_in(capsys, "new", "--date", "2099-12-01", "--project", project)
    assert answer.code == 0
    text = (project / "docs/articles/hills-in-winter.md").read_text("utf-8")
    assert "date: 2099-12-01\n" in text


def test_a_command_is_known_in_any_case(tmp_path: Path, capsys: Capture) -> None:
    assert type_in(capsys, "CHECK", "--project", small_project(tmp_path)).code == 0


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["CH"], ["CHeck"]),
        (["b"], ["build", "back"]),
        (["rename", "CL"], ["CLam"]),
        (["rename", "glut"], ["gluteus-maximus", "gluteus-medius"]),
        (["new", "EX"], ["exercise"]),
        (["xyz"], []),
    ],
)
def test_the_shell_completes_in_any_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: list[str], offered: list[str]
) -> None:
    monkeypatch.chdir(small_project(tmp_path))
    *words, last = typed
    complete = ShellComplete(kinopress, {}, "kinopress", "_KINOPRESS_COMPLETE")
    assert [item.value for item in complete.get_completions(words, last)] == offered


@pytest.mark.parametrize("begun", ["stif", "STIF", "Stif", "mobility, stif", " sTi"])
def test_completing_takes_no_letter_away(begun: str) -> None:
    last = begun.rpartition(",")[2]
    found = completions(["Stiffness", "Stiff after sitting", "Strength"], last)
    assert len(found) == 2
    assert all(name.startswith(last) for name in found)


@pytest.mark.parametrize(
    ("verb", "module", "said"),
    [
        ("publish", "kinopress.cli.live.publish", "kinopress status says what is live"),
        ("check", "kinopress.cli.check", "Nothing was changed."),
        ("build", "kinopress.cli.build", "the next run resumes from there"),
    ],
)
def test_whoever_stops_a_run_is_told_what_that_leaves(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, verb: str, module: str, said: str
) -> None:
    def stopped(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"{module}.find_project", stopped)
    answer = type_in(capsys, verb)
    assert (answer.code, said in answer.err) == (3, True)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "serve --port abc",
            "usage: --port: “abc” is not a whole number from 1 to 65535; kinopress serve --help shows what it takes",
        ),
        (
            "studio --port 99999",
            "usage: --port: “99999” is not a whole number from 1 to 65534; kinopress studio --help shows what it takes",
        ),
        (
            "publish --to",
            "usage: --to: it needs a value; kinopress publish --help shows what it takes",
        ),
        (
            "plan list --project",
            "usage: --project: it needs a value; kinopress plan list --help shows what it takes",
        ),
    ],
)
def test_what_is_missing_after_an_option_or_is_no_number_is_said_in_words(
    capsys: Capture, typed: str, said: str
) -> None:
    answer = type_in(capsys, *typed.split())
    assert (answer.code, answer.out, answer.err) == (2, "", f"{said} [usage]\n")
