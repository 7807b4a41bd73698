"""What a coach is told about each mistake, word for word, and that nothing is touched meanwhile.

Each folder with an ``expected.txt`` is a case: its files are laid over the small good project in
``_base``, and ``expected.txt`` says what the mistake is, what ``kinopress check`` prints and
with which exit code it ends (a note is shown to who asks: ``kinopress check --notes``). What git
or some disks cannot keep is made by ``made.py``.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from invalid.made import MADE
from kinopress.cli.main import main
from kinopress.problems import Problem
from support.codes import problem_codes
from support.projects import contents, write

HERE = Path(__file__).parent
CASES = sorted(file.parent.relative_to(HERE).as_posix() for file in HERE.glob("*/*/expected.txt"))


def _project(case: str, folder: Path) -> Path:
    """The base with a case laid over it, and what an earlier good run has left."""
    shutil.copytree(HERE / "_base", folder)
    shutil.copytree(HERE / case, folder, dirs_exist_ok=True)
    (folder / "expected.txt").unlink()
    for name in ("404.html", "index.html", "exercises/clam/index.html"):
        write(folder / "site" / name, "The last good site.")
    write(folder / ".kinopress/media/0123abcd/480p.mp4", "A rendition that took long.")
    MADE.get(case, lambda _: None)(folder)
    return folder


def _expected(case: str) -> str:
    _, _, transcript = (HERE / case / "expected.txt").read_text("utf-8").partition("\n\n")
    return transcript


def _run(
    verb: str, project: Path, capsys: pytest.CaptureFixture[str], *options: str
) -> tuple[str, int]:
    with pytest.raises(SystemExit) as end:
        main([verb, *options, "--project", str(project)])
    printed = capsys.readouterr()
    return printed.out + printed.err, int(end.value.code or 0)


def _measured(said: str) -> str:
    """Without what is measured, which another processor rounds otherwise, and without names made of digests."""
    said = re.sub(r"pictures/[0-9a-f]{16}", "pictures/…", said)
    return re.sub(r"-?\d+(?:\.\d+)?(?= cm|°| KB| %)", "…", said)


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_said_in_these_words_and_nothing_is_touched(
    case: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    project = _project(case, tmp_path / "home" / "sites" / "hips")
    before = contents(project)
    command = _expected(case).partition("\n")[0]
    verb, *options = command.split()[2:]
    said, code = _run(verb, project, capsys, *options)
    if verb == "check":
        assert f"{command}\n{said}exit {code}\n" == _expected(case)
        assert contents(project) == before
    else:
        assert _measured(f"{command}\n{said}exit {code}\n") == _measured(_expected(case))
    if code != 0 and verb == "check":
        said_by_build, code_of_build = _run("build", project, capsys)
        assert code_of_build == code
        problems = [line for line in said.splitlines() if line.endswith("]")]
        assert [line for line in problems if line not in said_by_build] == []
        after = contents(project)
        assert {path: after.get(path) for path in before} == before
        assert {path.split("/")[1] for path in after.keys() - before.keys()} <= {"cache"}


def test_the_base_is_good(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = tmp_path / "project"
    shutil.copytree(HERE / "_base", project)
    assert _run("check", project, capsys) == ("10 pages, no problems.\n", 0)


def test_every_made_case_is_a_case() -> None:
    assert set(MADE) <= set(CASES)


@pytest.mark.parametrize("case", ["front-matter/several-mistakes", "settings/unknown"])
def test_other_programs_are_told_the_same(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = _project(case, tmp_path / "project")
    with pytest.raises(SystemExit) as end:
        main(["check", "--json", "--project", str(project)])
    told = json.loads(capsys.readouterr().out)["problems"]
    lines = _expected(case).splitlines()
    assert [str(Problem(**problem)) for problem in told] == [x for x in lines if x.endswith("]")]
    assert f"exit {end.value.code}" == lines[-1]


def test_the_command_itself_says_the_same(tmp_path: Path) -> None:
    case = "front-matter/several-mistakes"
    project = _project(case, tmp_path / "project")
    command = [sys.executable, "-m", "kinopress.cli.main", "check"]
    ended = subprocess.run(
        command, cwd=project / "exercises", capture_output=True, encoding="utf-8", check=False
    )
    assert f"$ kinopress check\n{ended.stdout}exit {ended.returncode}\n" == _expected(case)
    assert ended.stderr == ""


def test_every_message_about_words_and_settings_has_a_case() -> None:
    shown = set(re.findall(r"\[([a-z0-9-]+)\]$", "".join(map(_expected, CASES)), re.MULTILINE))
    # The settings are read by the same reader as front matter, under names of their own.
    shown |= {code.replace("front-matter", "settings") for code in shown}
    codes = {
        code
        for code, files in problem_codes().items()
        if any(file.startswith("content/") for file in files)
    }
    # No check gives this one: a change that was asked for is refused with it (tests/content/test_writer.py).
    elsewhere = {"edit-unsafe"}
    # Whether a file takes a page's address is held for check, build and MkDocs together (tests/cli/test_same_verdict.py).
    elsewhere |= {"file-as-page"}
    # These are about a plan for one client, which the check of the site never reads (tests/project/test_client_plans.py).
    elsewhere |= {
        f"client-{what}"
        for what in (
            "consent",
            "days",
            "delete",
            "measured",
            "number",
            "rest",
            "side",
            "unshown",
            "words",
        )
    }
    assert codes - shown == elsewhere
