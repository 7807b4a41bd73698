"""A plan for one client: begun, checked, listed, deleted; and nothing of it is on the way to readers."""

from __future__ import annotations

import bz2
import dataclasses
import datetime as dt
import errno
import gzip
import io
import lzma
import os
import re
import shutil
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest

from kinopress.cli.terminal.days import day_from
from kinopress.content.forms.private.plan import COPIED
from kinopress.content.model.clients import day_to_delete
from kinopress.content.model.pages import Plan
from kinopress.content.read import read_library
from kinopress.content.rules.private.plan import private_problems
from kinopress.project.clients.folder import names_of, read_client
from support.clients import PLAN, change, code_of, project_with_plan
from support.command import type_in
from support.projects import contents, write

Capture = pytest.CaptureFixture[str]
A_DAY = "2026-11-30"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return project_with_plan(tmp_path / "site-of-anna")


def begin(project: Path, capsys: Capture, name: str, *more: str) -> Path:
    answer = type_in(
        capsys, "plan", "new", name, "--assessed", A_DAY, *more, "--project", project
    )  # fmt: skip
    assert answer.code == 0, answer.err
    return project / "clients" / name / "plan.md"


def test_a_plan_is_begun_with_a_public_one_and_keeps_its_words(
    project: Path, capsys: Capture
) -> None:
    file = begin(project, capsys, "sk-1", "--from", PLAN, "--own-words", "It grabs: “here”")
    public = (project / f"docs/plans/{PLAN}.md").read_text("utf-8")
    written = file.read_text("utf-8").splitlines()
    front = public.split("---\n")[1].splitlines()
    own = {"plan_id", "assessed", "delete_on", "own_words", "---"}
    copied = [line for line in written if line.partition(":")[0] not in own]
    assert set(copied) <= set(front)
    left_out = [line for line in front if line and line not in copied]
    kept = {line.partition(":")[0] for line in left_out if not line.startswith((" ", "#"))}
    assert not kept & set(COPIED)
    library, _ = read_library(project)
    private, report = read_client(project, library, "sk-1")
    assert private is not None
    assert not report.errors
    assert private.about.own_words == "It grabs: “here”"
    assert private.about.shown_name is None
    assert private.about.delete_on == dt.date(2027, 1, 13) == day_to_delete(dt.date(2026, 11, 30))
    assert _days(private.plan) == _days(library.plans[0])


def _days(plan: Plan) -> list[tuple[int, list[str], str | None]]:
    return [(day.number, [name.text for name in day.do], day.also) for day in plan.days]


def test_two_plans_have_different_numbers(project: Path, capsys: Capture) -> None:
    first, second = (begin(project, capsys, f"c-{n}", "--from", PLAN) for n in (1, 2))
    assert first.read_text("utf-8") != second.read_text("utf-8")
    lines = {file.read_text("utf-8").splitlines()[1] for file in (first, second)}
    assert len(lines) == 2


def test_an_empty_plan_says_what_is_missing(project: Path, capsys: Capture) -> None:
    begin(project, capsys, "sk-1")
    answer = type_in(capsys, "plan", "check", "sk-1", "--json", "--project", project)
    assert answer.code == 1
    assert {"list-empty", "client-consent"} <= set(answer.codes)


@pytest.mark.parametrize(
    ("name", "code"),
    [("Sam Kay", "client-name"), ("../sam", "client-name"), ("sam/kay", "client-name"), ("x" * 41, "client-name")],
)  # fmt: skip
def test_a_folder_has_a_plain_name(project: Path, capsys: Capture, name: str, code: str) -> None:
    before = contents(project)
    answer = type_in(capsys, "plan", "new", name, "--project", project)
    assert answer.code == 2
    assert f"[{code}]" in answer.err
    assert contents(project) == before


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        (["SK!"], ["client-name"]),
        (["../x", "--from", "nope"], ["client-name", "client-from"]),
        (["sk-1", "--from", "nope"], ["client-exists", "client-from"]),
        (["sk-1"], ["client-exists"]),
        (["nobody", "--again"], ["client-unknown"]),
        ([], []),
    ],
)
@pytest.mark.parametrize("asks", [True, False])
def test_what_cannot_be_begun_is_all_said_before_the_words_to_ask_with(
    project: Path,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
    line: list[str],
    codes: list[str],
    asks: bool,
) -> None:
    begin(project, capsys, "sk-1", "--from", PLAN)
    before = contents(project)
    monkeypatch.setattr("kinopress.cli.clients.new.somebody_is_there", lambda: asks and bool(line))
    answer = type_in(capsys, "plan", "new", *line, "--project", project)
    assert answer.code == 2
    assert re.findall(r"\[(client-\w+)\]$", answer.err, re.MULTILINE) == codes
    assert "Is that all right with you?" not in answer.out + answer.err
    assert contents(project) == before


def test_a_plan_that_cannot_be_written_leaves_no_client(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(project, capsys, "sk-1", "--from", PLAN)
    before = contents(project)
    full = OSError(errno.ENOSPC, "No space left on device")
    with monkeypatch.context() as patched:
        patched.setattr("kinopress.system.disk.write", lambda *_, **__: (_ for _ in ()).throw(full))
        assert type_in(capsys, "plan", "new", "sk-2", "--project", project).code == 3
    assert contents(project) == before
    assert names_of(project / "clients") == ["sk-1"]


@pytest.mark.parametrize(
    ("name", "like"),
    [
        ("Maria Bright", "mb-1"),
        ("maria.bright@x.example", "mbx-1"),
        ("Zoë", "z-1"),
        ("../", "sk-1"),
    ],
)
def test_initials_are_proposed_and_never_the_name(
    project: Path, capsys: Capture, name: str, like: str
) -> None:
    answer = type_in(capsys, "plan", "new", name, "--project", project)
    hint = answer.err.partition("; ")[2]
    assert f"like {like} [" in hint
    assert "bright" not in hint


def test_the_words_to_ask_with_come_before_anything_is_typed(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(question: str) -> str:
        shown = capsys.readouterr().out
        asked.append(shown)
        return {0: "sk-1", 1: "empty", 4: "n"}.get(len(asked) - 1, "")

    monkeypatch.setattr("kinopress.cli.clients.new.somebody_is_there", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", answer)
    assert type_in(capsys, "plan", "new", "--project", project).code == 0
    assert "Is that all right with you?" in asked[0]
    assert "Is that all right with you?" not in "".join(asked[1:])
    monkeypatch.setattr("kinopress.cli.clients.new.somebody_is_there", lambda: False)
    # The coach's own words, once she has changed them; none where she says that she has asked.
    write(project / "clients/consent.txt", "May I keep this?\n")
    told = type_in(capsys, "plan", "new", "sk-2", "--project", project)
    assert "May I keep this?" in told.err + told.out
    told = type_in(capsys, "plan", "new", "sk-3", "--consent", A_DAY, "--project", project)
    assert "May I keep this?" not in told.err + told.out


def test_the_check_says_what_making_would_say(project: Path, capsys: Capture) -> None:
    file = begin(project, capsys, "sk-1", "--from", PLAN)
    tomorrow = read_library(project)[0].today + dt.timedelta(days=1)
    for consent in ("", f"consent: {tomorrow}\n"):
        change(file, "assessed:", f"{consent}assessed:")
        answer = type_in(capsys, "plan", "check", "sk-1", "--project", project)
        assert answer.code == 0
        assert "Nothing stops the plan" not in answer.out
        assert "without consent kinopress plan make makes no file" in answer.out
        assert type_in(capsys, "plan", "make", "sk-1", "--project", project).code == 1
        change(file, f"{consent}assessed:", "assessed:")
    begin(project, capsys, "sk-2", "--from", PLAN, "--consent", A_DAY)
    answer = type_in(capsys, "plan", "check", "sk-2", "--project", project)
    assert "without consent" not in answer.out


def test_what_is_wrong_in_a_plan_for_one_is_put_right_in_it(project: Path, capsys: Capture) -> None:
    """A page of the site is not changed for one client: no hint names one."""
    file = begin(project, capsys, "sk-1", "--from", PLAN, "--consent", A_DAY)
    page = project / "exercises/clam.md"
    change(page, "dosage:\n", "dosage:\n  days_per_week: 1\n")
    report = read_client(project, read_library(project)[0], file.parent.name)[1]
    often = [problem for problem in report if problem.code == "plan-too-often"]
    assert often
    for problem in often:
        assert "days_per_week" not in problem.hint
        assert ".md" not in problem.hint


def test_days_to_come_are_not_days_missed(project: Path, capsys: Capture) -> None:
    begin(project, capsys, "sk-1", "--from", PLAN, "--consent", A_DAY)
    private, _ = read_client(project, read_library(project)[0], "sk-1")
    assert private is not None
    sent = {"id": private.about.identity, "start": "2026-12-01", "sent": "2026-12-03",
            "days": {"1": {"pain": 2, "done": ["clam"]}}}  # fmt: skip
    for more, come in (({}, 3), ({"start": None}, 1)):
        went = project.parent / "went.txt"
        write(went, code_of({**sent, **more}))
        out = type_in(capsys, "plan", "read", str(went), "--project", project).out
        rows = [line.split(None, 1) for line in out.splitlines() if line[:3].strip().isdigit()]
        to_come = {int(day) for day, words in rows if words == "to come"}
        assert to_come == set(range(come + 1, 15))
        assert " so far done whole" in out


def test_what_is_missing_is_asked_for_on_a_terminal_only(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = type_in(capsys, "plan", "new", "--project", project)
    assert answer.code == 2
    assert "kinopress plan new sk-1" in answer.err
    answers = ["sk-1", PLAN, "It grabs on stairs.", "Sam", "y"]
    for verb in ("new", "forget"):
        monkeypatch.setattr(f"kinopress.cli.clients.{verb}.somebody_is_there", lambda: True)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: answers.pop(0))
    assert type_in(capsys, "plan", "new", "--project", project).code == 0
    library, _ = read_library(project)
    private, report = read_client(project, library, "sk-1")
    assert private is not None
    assert not report.errors
    assert private.about.own_words == "It grabs on stairs."
    assert private.about.consent == library.today
    assert private.about.shown_name == "Sam"
    # The name may be on the line already, and so may the rest: what is given is not asked for.
    answers = ["empty", "Sitting hurts.", "", "n"]
    assert type_in(capsys, "plan", "new", "sk-2", "--project", project).code == 0
    assert "Sitting hurts." in (project / "clients/sk-2/plan.md").read_text("utf-8")
    answers = ["Stairs again.", "y"]
    more = ("sk-2", "--again", "--shown-name", "Sam")
    assert type_in(capsys, "plan", "new", *more, "--project", project).code == 0
    assert "Stairs again." in (project / "clients/sk-2/plan.md").read_text("utf-8")
    assert answers == []
    for answer_, there in (("n", True), ("y", False)):
        answers.append(answer_)
        assert type_in(capsys, "plan", "forget", "sk-1", "--project", project).code == 0
        assert (project / "clients/sk-1").exists() is there


def test_a_day_that_has_not_come_is_no_consent(project: Path, capsys: Capture) -> None:
    begin(project, capsys, "sk-1", "--from", PLAN, "--consent", "2099-01-01")
    answer = type_in(capsys, "plan", "make", "sk-1", "--project", project)
    assert answer.code == 1
    assert "[client-consent]" in answer.err


def test_a_day_of_consent_that_would_be_guessed_is_asked_for_with_its_year() -> None:
    today = dt.date(2026, 11, 30)
    with pytest.raises(ValueError, match="write the year as well, like 2025-12-03"):
        day_from("3 Dec", today, past=True, near=True)
    assert day_from("28 Nov", today, past=True, near=True) == dt.date(2026, 11, 28)
    assert day_from("30 Dec", dt.date(2027, 1, 2), past=True, near=True) == dt.date(2026, 12, 30)
    assert day_from("3 Dec 2025", today, past=True, near=True) == dt.date(2025, 12, 3)


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        (f"consent: {A_DAY}", "consent: 2099-01-01", "client-consent", "has not come yet"),
        (f"consent: {A_DAY}", "consent: 2025-12-03", "client-days", "before the assessment"),
        (f"assessed: {A_DAY}", "assessed: 2099-01-01", "client-days", "has not come yet"),
        ("delete_on: 2027-01-13", "delete_on: 2026-12-05", "client-days", "day 14"),
        ("delete_on: 2027-01-13", "delete_on: 2030-01-13", "client-days", "longer than a year"),
        ("\n---\n", "\n---\n[[nonsense]]\n", "link-broken", "nonsense"),
        ("\n---\n", "\n---\n{{ contact }}\n", "client-words", "{{ contact }}"),
        ("\n---\n", "\n---\n![A clam](clam.jpg)\n", "client-words", "picture"),
    ],
)
def test_what_cannot_be_meant_is_said(
    project: Path, capsys: Capture, old: str, new: str, code: str, words: str
) -> None:
    file = begin(project, capsys, "sk-1", "--from", PLAN, "--consent", A_DAY)
    if old == "\n---\n":
        text = file.read_text("utf-8")
        file.write_text(text + new.removeprefix(old), "utf-8")
    else:
        change(file, old, new)
    answer = type_in(capsys, "plan", "check", "sk-1", "--project", project)
    said = " ".join((answer.out + answer.err).split())
    assert f"[{code}]" in said, said
    assert words in said


def test_a_file_that_is_older_than_the_plan_is_said(project: Path, capsys: Capture) -> None:
    file = begin(project, capsys, "sk-1", "--from", PLAN)
    made = file.with_name("14-days.html")
    made.write_text("made", "utf-8")
    for seconds, said in ((2, "handed over"), (-2, "the file is older than the plan")):
        at = file.stat().st_mtime + seconds
        os.utime(made, (at, at))
        assert said in type_in(capsys, "plan", "list", "--project", project).out


def test_a_plan_of_rest_alone_and_a_side_of_what_has_none_are_said(
    project: Path, capsys: Capture
) -> None:
    library, _ = read_library(project)
    file = begin(project, capsys, "sk-1", "--from", PLAN, "--consent", A_DAY)
    private, _ = read_client(project, library, "sk-1")
    assert private is not None
    rest = dataclasses.replace(
        private.plan, days=tuple(dataclasses.replace(day, do=()) for day in private.plan.days)
    )
    today = dt.date(2026, 11, 30)
    found = private_problems(library, dataclasses.replace(private, plan=rest), today)
    assert "client-rest" in {problem.code for problem in found}
    page = project / "exercises/clam.md"
    both = page.read_text("utf-8").replace("per side", "")
    page.write_text(both.replace("per_side: true", "per_side: false"), "utf-8")
    change(file, "{exercise: clam, sets: 1}", "{exercise: clam, sets: 1, side: left}")
    answer = type_in(capsys, "plan", "check", "sk-1", "--project", project)
    assert "[client-side]" in answer.out + answer.err


def test_a_plan_is_not_written_over_and_the_next_one_keeps_the_last(
    project: Path, capsys: Capture
) -> None:
    file = begin(project, capsys, "sk-1", "--from", PLAN)
    before = file.read_bytes()
    answer = type_in(capsys, "plan", "new", "sk-1", "--project", project)
    assert answer.code == 2
    assert "[client-exists]" in answer.err
    assert file.read_bytes() == before
    begin(project, capsys, "sk-1", "--again", "--consent", A_DAY)
    assert (file.parent / f"earlier/until-{A_DAY}-01.md").read_bytes() == before
    assert file.read_bytes() != before
    change(file, "{exercise: clam, sets: 1}", "{exercise: clam, sets: 2, side: left}")
    answer = type_in(capsys, "plan", "check", "sk-1", "--project", project)
    assert answer.code == 0, answer.out
    assert "Since the last plan:\n  Clam: " in answer.out
    assert "2 × 15, left only, day 9, 11, 13 (was " in answer.out


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("title:", "measured: {0: {toe-tuch: 3}}\ntitle:", "client-measured"),
        ("title:", "measured: {1: {toe-touch: 3}}\ntitle:", "client-measured"),
        ("title:", "measured: {0: {toe-touch: 3 cm}}\ntitle:", "client-measured"),
        ("title:", "measured: {0: {toe-touch: {left: 3, right: 4}}}\ntitle:", "client-measured"),
        ("title:", "measured: {0: {toe-touch: {up: 3}}}\ntitle:", "client-measured"),
        ("title:", "measured: [3]\ntitle:", "client-measured"),
        ('plan_id: "', 'plan_id: "x', "client-number"),
        ("assessed: 2026-11-30", "assessed: 30/11/2026", "date-form"),
        ("exercise: clam, sets: 1", "exercise: clam, side: both", "choice-unknown"),
        ("title:", "description: A page.\ntitle:", "field-unknown"),
    ],
)
def test_a_mistake_is_named_with_its_line(
    project: Path, capsys: Capture, old: str, new: str, code: str
) -> None:
    file = begin(project, capsys, "sk-1", "--from", PLAN, "--consent", A_DAY)
    change(file, old, new)
    answer = type_in(capsys, "plan", "check", "sk-1", "--json", "--project", project)
    assert answer.code == 1
    errors = [p for p in answer.json["problems"] if p["severity"] == "error"]
    assert [p["code"] for p in errors] == [code]
    assert errors[0]["line"] is not None


def test_the_rules_of_public_plans_hold(project: Path, capsys: Capture) -> None:
    """Two strength days in a row are an error for a client as for everybody."""
    file = begin(project, capsys, "sk-1", "--from", PLAN, "--consent", A_DAY)
    library, _ = read_library(project)
    rest = next(day for day in library.plans[0].days if not day.do)
    strength = library.plans[0].days[rest.number - 2]
    line = next(
        x for x in file.read_text("utf-8").splitlines() if x.startswith(f"  {rest.number}: ")
    )
    change(file, line + "\n", f"  {rest.number}: {{do: [{strength.do[0].text}]}}\n")
    answer = type_in(capsys, "plan", "check", "sk-1", "--json", "--project", project)
    assert answer.code == 1
    assert "plan-strength-close" in answer.codes


def test_what_is_overdue_is_said_by_the_list_the_check_and_the_doctor(
    project: Path, capsys: Capture
) -> None:
    file = begin(project, capsys, "sk-1", "--from", PLAN)
    change(file, "delete_on: 2027-01-13", "delete_on: 2026-11-01")
    assert "OVERDUE" in type_in(capsys, "plan", "list", "--project", project).out
    codes = type_in(capsys, "plan", "check", "sk-1", "--json", "--project", project).codes
    assert {"client-delete", "client-consent", "client-unshown"} == set(codes)
    found = type_in(capsys, "doctor", "--json", "--project", project).json["clients"]
    assert found["overdue"] == ["sk-1"]
    assert found["folder"] == "clients"
    assert "kinopress plan forget sk-1" in type_in(capsys, "doctor", "--project", project).out


def test_what_is_overdue_of_a_plan_that_cannot_be_read_is_said_too(
    project: Path, capsys: Capture
) -> None:
    file = begin(project, capsys, "sk-1", "--from", PLAN)
    change(file, "delete_on: 2027-01-13", "delete_on: 2026-11-01")
    change(file, "title:", "title: [")
    assert "OVERDUE" in type_in(capsys, "plan", "list", "--project", project).out
    found = type_in(capsys, "doctor", "--json", "--project", project).json["clients"]
    assert found["overdue"] == found["unread"] == ["sk-1"]


def say_of_earlier(project: Path, capsys: Capture) -> dict[str, str]:
    """What is said wherever somebody would look."""
    doors = (("plan", "list"), ("doctor",), ("status",), ("plan", "check", "sk-1"))
    answers = {" ".join(words): type_in(capsys, *words, "--project", project) for words in doors}
    return {words: answer.out + answer.err for words, answer in answers.items()}


@pytest.mark.parametrize("breaks", ["", "title: [", "assessed: x"])
def test_an_earlier_plan_whose_day_has_come_is_named_and_can_go_alone(
    project: Path, capsys: Capture, breaks: str
) -> None:
    """By everything that names the one that runs, also when nobody can read the rest of it."""
    file = begin(project, capsys, "sk-1", "--from", PLAN, "--consent", A_DAY)
    first = number_of(file)
    for form in ([], ["--text"]):
        assert type_in(capsys, "plan", "make", "sk-1", *form, "--project", project).code == 0
    keep(project, capsys, first)
    begin(project, capsys, "sk-1", "--again", "--consent", A_DAY)
    keep(project, capsys, number_of(file))
    begin(project, capsys, "sk-1", "--again", "--consent", A_DAY)
    runs = number_of(file)
    oldest, last = sorted((file.parent / "earlier").iterdir())
    for words, said in say_of_earlier(project, capsys).items():
        assert "--earlier" not in said, words
    none = type_in(capsys, "plan", "forget", "sk-1", "--earlier", "--yes", "--project", project)
    assert (none.code, "client-earlier-none" in none.err) == (2, True)
    change(oldest, "delete_on: 2027-01-13", "delete_on: 2026-11-01")
    if breaks:
        field = breaks.partition(":")[0]
        text = oldest.read_text("utf-8")
        oldest.write_text(
            "".join(
                f"{breaks}\n" if line.startswith(f"{field}:") else line
                for line in text.splitlines(keepends=True)
            ),
            "utf-8",
        )
    for words, said in say_of_earlier(project, capsys).items():
        assert ("forget sk-1 --earlier" in said) is (words != "status"), words
        assert ("1 client's plan is to be deleted" in said) is (words == "status"), words
    shutil.copy(last, project / "docs/data/kept.txt")
    before = contents(file.parent)
    answer = type_in(capsys, "plan", "forget", "sk-1", "--earlier", "--yes", "--project", project)
    assert answer.code == 0, answer
    gone = {path for path in before if path not in contents(file.parent)}
    assert gone == {
        f"earlier/{oldest.name}",
        "14-days.html",
        "14-days.txt",
        "came-back/001.txt",
    }
    assert contents(file.parent).items() <= before.items()
    assert number_of(file) == runs
    for words, said in say_of_earlier(project, capsys).items():
        assert "--earlier" not in said, words


def number_of(file: Path) -> str:
    return file.read_text("utf-8").partition('plan_id: "')[2][:32]


def keep(project: Path, capsys: Capture, number: str) -> None:
    """Something came back of a plan."""
    sent = project.parent / "sent.txt"
    write(sent, code_of({"id": number, "days": {"1": {"pain": 2}}}))
    assert type_in(capsys, "plan", "read", sent, "--project", project).code == 0


def test_an_earlier_plan_of_which_nobody_knows_the_day_is_named(
    project: Path, capsys: Capture
) -> None:
    file = begin(project, capsys, "sk-1", "--from", PLAN)
    begin(project, capsys, "sk-1", "--again")
    (earlier,) = (file.parent / "earlier").iterdir()
    earlier.write_bytes(b"\0\0\0")
    for words, said in say_of_earlier(project, capsys).items():
        assert "cannot be read" in said.lower() or "unreadable  when" in said, words
        assert (earlier.name in said) is (words != "status"), words


def test_the_copy_of_a_run_that_broke_off_takes_nothing_of_the_plan_that_runs(
    project: Path, capsys: Capture
) -> None:
    """The plan was copied to the earlier ones, and the next one never written."""
    file = begin(project, capsys, "sk-1", "--from", PLAN, "--consent", A_DAY)
    assert type_in(capsys, "plan", "make", "sk-1", "--project", project).code == 0
    keep(project, capsys, number_of(file))
    copy = file.parent / "earlier/until-2026-11-30-01.md"
    write(copy, file.read_text("utf-8"))
    change(copy, "delete_on: 2027-01-13", "delete_on: 2026-11-01")
    before = contents(file.parent)
    answer = type_in(capsys, "plan", "forget", "sk-1", "--earlier", "--yes", "--project", project)
    assert answer.code == 0, answer
    assert {path for path in before if path not in contents(file.parent)} == {
        f"earlier/{copy.name}"
    }


def packed_in(kind: str, data: bytes) -> bytes:
    if kind == "zip":
        into = io.BytesIO()
        with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("clients/sk-1/plan.md", data)
        return into.getvalue()
    return {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}[kind](data)


@pytest.mark.parametrize("kind", ["zip", "gz", "bz2", "xz"])
def test_a_packed_copy_is_found(project: Path, capsys: Capture, kind: str) -> None:
    file = begin(project, capsys, "sk-1", "--from", PLAN)
    packed = packed_in(kind, file.read_bytes())
    assert number_of(file).encode() not in packed
    (project / "backup.dat").write_bytes(packed)
    answer = type_in(capsys, "plan", "forget", "sk-1", "--yes", "--project", project)
    assert answer.code == 1
    assert "Also there, and yours to delete: backup.dat" in answer.out
    assert "looked into" not in answer.out


def test_what_cannot_be_looked_into_is_named(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too large, unreadable, packed in a way that nothing here opens, or broken: each may hold the client."""
    begin(project, capsys, "sk-1", "--from", PLAN)
    for name in ("large.bin", "film.mp4"):
        with (project / name).open("wb") as file:
            file.truncate(200_000_001)
    (project / "backup.7z").write_bytes(b"7z\xbc\xaf\x27\x1c and more")
    (project / "half.gz").write_bytes(gzip.compress(b"a" * 999)[:20])
    (project / "bomb.gz").write_bytes(gzip.compress(bytes(200_000_001), 1))
    (project / "broken.zip").write_bytes(packed_in("zip", b"abc" * 99)[:60])
    write(project / "shut.txt", "")
    (project / "shut").mkdir()
    (project / "dead-link").symlink_to("nowhere")
    opened, listed = Path.read_bytes, os.scandir

    def read_bytes(path: Path) -> bytes:
        if path.name == "shut.txt":
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return opened(path)

    def scandir(path: str = ".") -> object:
        if os.fspath(path).endswith("/shut"):
            raise PermissionError(13, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    monkeypatch.setattr(os, "scandir", scandir)
    answer = type_in(capsys, "plan", "forget", "sk-1", "--yes", "--project", project)
    assert answer.code == 1
    named = {
        line.rpartition(": ")[2] for line in answer.out.splitlines() if "be looked into" in line
    }
    assert named == {"large.bin", "backup.7z", "half.gz", "bomb.gz", "broken.zip", "shut.txt", "shut/"}  # fmt: skip
    assert "Also there" not in answer.out


def test_without_a_number_nothing_can_be_looked_for_and_that_is_said(
    project: Path, capsys: Capture
) -> None:
    (project / "clients/sk-1").mkdir(parents=True)
    answer = type_in(capsys, "plan", "forget", "sk-1", "--yes", "--project", project)
    assert answer.code == 1
    assert "any file, since no plan of theirs here has the number" in answer.out
    assert not (project / "clients/sk-1").exists()


def test_forgetting_deletes_the_folder_alone_and_names_copies_elsewhere(
    project: Path, capsys: Capture, tmp_path: Path
) -> None:
    file = begin(project, capsys, "sk-1", "--from", PLAN)
    begin(project, capsys, "sk-2", "--from", PLAN)
    outside = tmp_path / "outside.txt"
    outside.write_text("not ours", "utf-8")
    (file.parent / "link").symlink_to(outside)
    shutil.copy(file, project / "docs/data/copy.txt")
    before = {path: data for path, data in contents(project).items() if "clients/sk-1/" not in path}
    refused = type_in(capsys, "plan", "forget", "sk-1", "--project", project)
    assert refused.code == 2  # nobody is here to be asked
    assert file.exists()
    answer = type_in(capsys, "plan", "forget", "sk-1", "--yes", "--project", project)
    assert answer.code == 1
    assert "Also there, and yours to delete: docs/data/copy.txt" in answer.out
    assert "cannot be recalled" in answer.out
    assert not file.parent.exists()
    assert outside.read_text("utf-8") == "not ours"
    left = contents(project)
    assert left.pop(".kinopress/cache/lock") == b""  # of whoever holds the project
    assert left == before


def test_what_is_left_of_a_client_without_a_plan_is_listed_and_deleted(
    project: Path, capsys: Capture
) -> None:
    """Only folders that were made for clients count: hers are not on the list, and cannot be forgotten."""
    file = begin(project, capsys, "sk-1", "--from", PLAN)
    begin(project, capsys, "sk-1", "--again")
    file.unlink()
    write(project / "clients/my-letters/letter.txt", "Dear")
    assert "sk-1" in type_in(capsys, "plan", "list", "--project", project).out
    assert type_in(capsys, "plan", "check", "sk-1", "--project", project).code == 1
    assert "check sk-1" in type_in(capsys, "doctor", "--project", project).out
    assert type_in(capsys, "plan", "forget", "my-letters", "--yes", "--project", project).code == 2
    assert type_in(capsys, "plan", "forget", "sk-1", "--yes", "--project", project).code == 0
    assert [path.name for path in (project / "clients").iterdir() if path.is_dir()] == [
        "my-letters"
    ]


def test_git_never_has_a_plan_and_the_doctor_says_if_it_does(
    project: Path, capsys: Capture
) -> None:
    file = begin(project, capsys, "sk-1", "--from", PLAN)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b"]
    subprocess.run([*git, "init", "-q"], cwd=project, check=True)
    subprocess.run([*git, "add", "-A"], cwd=project, check=True)
    listed = subprocess.run([*git, "ls-files"], cwd=project, check=True, capture_output=True)
    assert b"clients" not in listed.stdout
    assert type_in(capsys, "doctor", "--json", "--project", project).json["clients"]["in_git"] == []
    assert b"mkdocs.yml" in listed.stdout
    subprocess.run([*git, "add", "-f", file], cwd=project, check=True)
    subprocess.run([*git, "commit", "-qm", "all"], cwd=project, check=True)
    subprocess.run([*git, "rm", "-q", "--cached", file], cwd=project, check=True)
    subprocess.run([*git, "commit", "-qm", "gone"], cwd=project, check=True)
    found = type_in(capsys, "doctor", "--json", "--project", project).json["clients"]
    assert found["in_git"] == ["sk-1"]  # history keeps it
    answer = type_in(capsys, "plan", "forget", "sk-1", "--yes", "--project", project)
    assert answer.code == 1
    assert "Git has kept some of it" in answer.out
    # Of a client who was forgotten as well, and of the last one.
    assert "IN GIT      clients/sk-1" in type_in(capsys, "doctor", "--project", project).out


def test_a_git_that_does_not_answer_is_not_taken_for_one_that_kept_nothing(
    project: Path, capsys: Capture
) -> None:
    begin(project, capsys, "sk-1", "--from", PLAN)
    write(project / ".git/HEAD", "damaged")
    assert "git         does not say" in type_in(capsys, "doctor", "--project", project).out
    answer = type_in(capsys, "plan", "forget", "sk-1", "--yes", "--project", project)
    assert answer.code == 1
    assert "Git does not say what it has kept" in answer.out


def test_a_plan_that_cannot_be_read_has_copies_as_well(project: Path, capsys: Capture) -> None:
    file = begin(project, capsys, "sk-1", "--from", PLAN)
    shutil.copy(file, project / "docs/data/copy.txt")
    file.write_text(file.read_text("utf-8").replace("title:", "title: [", 1), "utf-8")
    assert "cannot be read" in type_in(capsys, "plan", "list", "--project", project).out
    answer = type_in(capsys, "plan", "forget", "sk-1", "--yes", "--project", project)
    assert "Also there, and yours to delete: docs/data/copy.txt" in answer.out


@pytest.mark.parametrize(
    "folder",
    [
        "docs/clients", "site", "..", "exercises", ".kinopress/x", "a/../docs", ".git/x", "src",
        "../site-of-anna/docs/articles", "{project}/docs/articles", "{project}", "private", "private/people", "../web/x",
    ],
)  # fmt: skip
def test_a_folder_of_the_site_cannot_be_that_of_clients(
    project: Path, capsys: Capture, folder: str
) -> None:
    """Whatever it is called: it is where the disk says, and where others read there is no folder of clients."""
    (project / "private").symlink_to(project / "docs/articles")
    settings = project / "mkdocs.yml"
    own = (
        f"    clients: {folder.format(project=project)}\n    publish: {{web: {{folder: ../web}}}}\n"
    )
    change(settings, "  kinopress:\n", f"  kinopress:\n{own}")
    line = settings.read_text("utf-8").splitlines().index(own.splitlines()[0]) + 1
    answer = type_in(capsys, "check", "--project", project)
    assert answer.code == 2
    assert f"mkdocs.yml:{line}: extra.kinopress.clients: " in answer.err
    assert answer.err.count("[client-folder]") == 1


def test_a_private_plan_among_public_ones_is_refused_in_words_without_a_name(
    project: Path, capsys: Capture
) -> None:
    """Whoever copies the file to the wrong place: the site is not built, and nothing of it is repeated."""
    file = begin(project, capsys, "sk-1", "--from", PLAN, "--own-words", "It goes knockhundred.")
    shutil.copy(file, project / "docs/plans/mine.md")
    answer = type_in(capsys, "build", "--project", project)
    assert answer.code == 1
    assert "docs/plans/mine.md:5: own_words: this is about one person" in answer.out
    assert "knockhundred" not in answer.out
    assert not (project / "site").exists()


def test_without_consent_nothing_is_made(project: Path, capsys: Capture) -> None:
    file = begin(project, capsys, "sk-1", "--from", PLAN)
    for form in ([], ["--text"]):
        answer = type_in(capsys, "plan", "make", "sk-1", *form, "--project", project)
        assert answer.code == 1
        assert "[client-consent]" in answer.err
    assert [path.name for path in file.parent.iterdir()] == ["plan.md"]


def test_the_message_is_all_of_the_plan_in_words(project: Path, capsys: Capture) -> None:
    more = ("--consent", A_DAY, "--own-words", "It grabs.", "--shown-name", "Sam")
    file = begin(project, capsys, "sk-1", "--from", PLAN, *more)
    change(
        file, "{exercise: clam, sets: 1}", "{exercise: clam, sets: 3, side: right, words: Slowly.}"
    )
    file.write_text(
        file.read_text("utf-8")
        + "\n## Mind\n\n**Slow** is [better](/exercises/clam/), [[clam|so]].\n",
        "utf-8",
    )
    page = project / "exercises/clam.md"
    page.write_text(
        page.read_text("utf-8")
        + "\n## If it is too hard\n\nOpen it half as far. To progress, wait.\n",
        "utf-8",
    )
    assert type_in(capsys, "plan", "make", "sk-1", "--text", "--project", project).code == 0
    said = file.with_name("14-days.txt").read_text("utf-8")
    assert said.startswith("14 days for weak glutes\nFor Sam\n“It grabs.”\n")
    assert "- Clam: 3 × 15, right side only (Slowly.)\n" in said
    assert "Day 9: Strong 2. Last strength day amber or red? Strong 1 instead.\n" in said
    for words in (
        "Open the top knee",
        "Amber 4–5: Wait a day.",
        "Bend forwards",
        "Keep two strength days",
        "\nMind\n\nSlow is better, so.\n",
        "- Easier: Open it half as far.\n",
    ):
        assert words in said
    assert "<" not in said


def test_the_folder_may_be_outside_the_project(project: Path, capsys: Capture) -> None:
    change(
        project / "mkdocs.yml", "  kinopress:\n    ", "  kinopress:\n    clients: ../people\n    "
    )
    answer = type_in(capsys, "plan", "new", "sk-1", "--from", PLAN, "--project", project)
    assert answer.code == 0, answer.err
    assert names_of(project.parent / "people") == ["sk-1"]
    assert not (project / "clients").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_what_is_written_about_a_client_is_for_its_writer_alone(
    project: Path, capsys: Capture
) -> None:
    """Whatever the computer gives new files; a folder that is there keeps what its owner wants."""
    before = os.umask(0o022)
    try:
        file = begin(project, capsys, "sk-1", "--from", PLAN, "--consent", A_DAY)
        begin(project, capsys, "sk-1", "--again", "--consent", A_DAY)
        for form in ([], ["--text"]):
            assert type_in(capsys, "plan", "make", "sk-1", *form, "--project", project).code == 0
        assert type_in(capsys, "plan", "share", "sk-1", "--project", project).code == 0
        (project / "clients/hers").mkdir(mode=0o755)
        (project / "clients/hers").chmod(0o755)
        begin(project, capsys, "hers", "--from", PLAN)
    finally:
        os.umask(before)
    modes = {
        path.relative_to(project).as_posix(): path.stat().st_mode & 0o777
        for path in (project / "clients", *(project / "clients").rglob("*"))
    }
    assert modes.pop("clients/hers") == 0o755
    assert len(modes) > 6
    for path, mode in modes.items():
        assert mode == (0o700 if (project / path).is_dir() else 0o600), path
    assert (project / ".kinopress/shared").stat().st_mode & 0o777 == 0o700
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_check_says_that_a_file_is_older_than_the_plan_and_making_it_ends_that(
    project: Path, capsys: Capture
) -> None:
    file = begin(project, capsys, "sk-1", "--from", PLAN, "--consent", A_DAY)
    made = file.with_name("14-days.html")
    made.write_text("of the plan before", "utf-8")
    at = file.stat().st_mtime - 10
    os.utime(made, (at, at))
    answer = type_in(capsys, "plan", "check", "sk-1", "--project", project)
    assert answer.code == 0
    assert "clients/sk-1/14-days.html: this was made before the plan was changed" in answer.out + answer.err  # fmt: skip
    assert "[client-old-file]" in answer.out + answer.err
    answer = type_in(capsys, "plan", "make", "sk-1", "--project", project)
    assert "client-old-file" not in answer.out + answer.err
    assert made.read_bytes()[:9] == b"<!doctype"
    answer = type_in(capsys, "plan", "check", "sk-1", "--project", project)
    assert "client-old-file" not in answer.out + answer.err


@pytest.mark.parametrize(
    ("unit", "good", "bad"),
    [("cm", -30, -300), ("degrees", 120, 300), ("score 0–10", 10, 11), ("0–5 checklist", 0, -1)],
)
def test_a_value_that_no_body_has_is_said(
    project: Path, capsys: Capture, unit: str, good: int, bad: int
) -> None:
    tests = project / "docs/data/tests.yml"
    text = tests.read_text("utf-8")
    begins = text.index("toe-touch")
    at = text.index("unit:", begins)
    tests.write_text(f"{text[:at]}unit: {unit}{text[text.index(chr(10), at) :]}", "utf-8")
    file = begin(project, capsys, "sk-1", "--from", PLAN, "--consent", A_DAY)
    change(file, "title:", f"measured: {{0: {{toe-touch: {good}}}}}\ntitle:")
    assert type_in(capsys, "plan", "check", "sk-1", "--project", project).code == 0
    change(file, f"toe-touch: {good}", f"toe-touch: {bad}")
    answer = type_in(capsys, "plan", "check", "sk-1", "--project", project)
    assert answer.code == 1
    assert f"{bad} ({unit}) cannot be meant: it goes from" in answer.out
    assert "[client-measured]" in answer.out


CANARIES = (b"Zephyrine", b"Quillfeather", b"knockhundred", b"wobblethorpe")
"""Words that are in nothing but the private plans: a folder's name, a shown name, own words, the coach's words."""


def _everything(data: bytes, depth: int = 3) -> bytes:
    """Bytes with what is packed in them."""
    found = [data]
    if depth and data[:2] == b"\x1f\x8b":
        found.append(_everything(gzip.decompress(data), depth - 1))
    if depth and data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            found += [_everything(packed.read(name), depth - 1) for name in packed.namelist()]
    return b"\n".join(found)


def _with_canaries(folder: Path) -> list[str]:
    found = []
    for path, _, names in os.walk(folder):
        for name in names:
            file = Path(path, name)
            data = file.read_bytes()
            if ".git/objects" in file.as_posix():
                data = zlib.decompress(data)
            said = (
                file.relative_to(folder).as_posix().encode() + b"\n" + _everything(data)
            ).lower()
            if any(canary.lower() in said for canary in CANARIES):
                found.append(file.relative_to(folder).as_posix())
    return sorted(found)


def test_no_byte_of_a_private_plan_leaves_its_folder(
    project: Path, capsys: Capture, tmp_path: Path
) -> None:
    """Three plans, one overdue: site, feeds, index, offline list, records, releases, archives, git have nothing."""
    change(
        project / "mkdocs.yml",
        "  kinopress:\n    ",
        "  kinopress:\n    publish: {web: {folder: ../web}, zip: {zip: ../site.zip}}\n    ",
    )
    settings = project / "mkdocs.yml"
    settings.write_text("site_url: https://anna.invalid/\n" + settings.read_text("utf-8"), "utf-8")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@b"]
    for number in (1, 2, 3):
        more = ("--shown-name", "Quillfeather", "--own-words", "It goes knockhundred at night.")
        file = begin(
            project, capsys, f"zephyrine-{number}", "--from", PLAN, "--consent", A_DAY, *more
        )
        file.write_text(file.read_text("utf-8") + "\nMind the wobblethorpe.\n", "utf-8")
        for form in ([], ["--text"]):
            made = type_in(
                capsys, "plan", "make", f"zephyrine-{number}", *form, "--project", project
            )
            assert made.code == 0, made
    change(file, "delete_on: 2027-01-13", "delete_on: 2026-11-01")
    begin(project, capsys, "zephyrine-2", "--again")
    outside = {path for path in contents(project) if not path.startswith("clients/")}
    for words in (
        ("check",),
        ("build",),
        ("stage", tmp_path / "plain"),
        ("publish", "--to", "web", "--no-wait"),
        ("publish", "--to", "zip", "--no-wait"),
        ("doctor",),
        ("status", "--to", "web"),
    ):
        answer = type_in(capsys, *words, "--project", project)
        if words[0] != "doctor":
            assert not any(
                c.decode().lower() in (answer.out + answer.err).lower() for c in CANARIES
            )
        if words[0] == "publish":  # nobody serves it here, so nobody can say that readers have it
            assert "Published: release" in answer.out, answer
        else:
            assert answer.code == 0, (words, answer)
    change(project / "docs/index.md", "---\n\n", "---\n\nAnother release.\n\n")
    assert (
        type_in(capsys, "build", "--project", project).code == 0
    )  # the first goes to the kept releases
    assert (project / ".kinopress/releases").is_dir()
    subprocess.run([*git, "init", "-q"], cwd=project, check=True)
    subprocess.run([*git, "add", "-A"], cwd=project, check=True)
    subprocess.run([*git, "commit", "-qm", "all"], cwd=project, check=True)
    found = _with_canaries(tmp_path)
    assert found  # they are where they belong, so there was something to find
    assert {path.split("/")[1] for path in found} == {"clients"}
    assert {path.split("/")[2].rpartition("-")[0] for path in found} == {"zephyrine"}
    assert outside < set(contents(project))
