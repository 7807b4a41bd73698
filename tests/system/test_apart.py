"""What is done in a process of its own: it answers, says how far it is, can be told to end, and takes everything with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kinopress.codes import Code
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.project.change.save import Clash
from kinopress.project.events import Cancelled
from kinopress.system.processors.apart import Lost, Say, apart, here


@pytest.fixture(autouse=True)
def _tests_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test asks for is in this file, which the other process has to find."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))


def whose() -> tuple[int, bool]:
    import colorsys  # noqa: F401 - nothing else here needs it

    return os.getpid(), "colorsys" in sys.modules


def count(to: int, say: Say) -> str:
    for step in range(to):
        say("counting", step)
    return "counted"


def count_and_tidy(mark: Path, say: Say) -> None:
    try:
        count(1000, say)
    finally:
        mark.write_text("tidied", "utf-8")


def print_and_ask() -> str:
    print("to be read by nobody")  # noqa: T201 - as a library would
    return sys.stdin.read()


def refuse() -> None:
    raise Refusal([Problem("a.md", "it is wrong", "fix it", Code.FIELD_MISSING)], ExitCode.BUSY)


def clash() -> None:
    raise Clash("a.md", b"there", b"wanted", "kept.md")


def open_nothing(file: Path) -> bytes:
    return file.read_bytes()


def break_a_pipe() -> None:
    raise BrokenPipeError(32, "theirs")


def break_down() -> None:
    raise ZeroDivisionError("a defect")


def read_past_the_end() -> None:
    raise EOFError("End of file")


class FilmEndsError(EOFError, ValueError):
    """As PyAV has one: its "End of file" is both."""


def read_past_the_end_of_a_film() -> None:
    raise FilmEndsError(541478725, "End of file")


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_what_it_loads_and_where_it_runs_is_elsewhere() -> None:
    sys.modules.pop("colorsys", None)
    process, loaded = apart(whose)
    assert process != os.getpid()
    assert loaded
    assert "colorsys" not in sys.modules


@pytest.mark.parametrize("way", [apart, here])
def test_it_says_how_far_it_is_in_order(way: object) -> None:
    said: list[tuple[str, int]] = []
    assert way(count, 3, say=lambda *words: said.append(words)) == "counted"  # type: ignore[operator]
    assert said == [("counting", 0), ("counting", 1), ("counting", 2)]


def test_who_listens_may_end_it_and_it_tidies_up_first(tmp_path: Path) -> None:
    def stop(_: str, step: int) -> None:
        if step == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        apart(count_and_tidy, tmp_path / "mark", say=stop)
    assert (tmp_path / "mark").read_text("utf-8") == "tidied"


def test_what_is_printed_there_is_not_taken_for_an_answer(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert apart(print_and_ask) == ""
    captured = capfd.readouterr()
    assert captured.out == ""
    assert "to be read by nobody" in captured.err


def test_a_refusal_comes_back_whole() -> None:
    with pytest.raises(Refusal) as refused:
        apart(refuse)
    (problem,) = refused.value.problems
    assert (problem.message, problem.code) == ("it is wrong", Code.FIELD_MISSING)
    assert refused.value.exit_code == ExitCode.BUSY


def test_a_refusal_that_knows_more_still_knows_it() -> None:
    with pytest.raises(Clash) as refused:
        apart(clash)
    assert (refused.value.there, refused.value.wanted, refused.value.kept) == (
        b"there",
        b"wanted",
        "kept.md",
    )


def test_a_file_that_cannot_be_opened_comes_back_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as missing:
        apart(open_nothing, tmp_path / "nothing")
    assert missing.value.filename == str(tmp_path / "nothing")


def test_a_defect_is_told_in_the_terminal_and_is_no_refusal(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(Lost):
        apart(break_down)
    assert "ZeroDivisionError: a defect" in capfd.readouterr().err


@pytest.mark.parametrize("do", [read_past_the_end, read_past_the_end_of_a_film])
def test_a_file_that_ends_too_early_is_a_defect_that_is_told_as_well(
    do: Callable[[], None], capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Lost):
        apart(do)
    assert "End of file" in capfd.readouterr().err


def test_where_nobody_asks_any_more_nothing_is_told() -> None:
    other = subprocess.run(
        [sys.executable, "-c", "from kinopress.system.processors.apart import answer; answer()"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert (other.returncode, other.stdout, other.stderr) == (0, b"", b"")


def test_one_that_is_killed_is_lost() -> None:
    with pytest.raises(Lost):
        apart(be_killed)


def test_where_no_process_can_be_had_it_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(Lost):
        apart(whose)


def test_a_pipe_that_broke_there_is_not_taken_for_ours() -> None:
    with pytest.raises(BrokenPipeError, match="theirs"):
        apart(break_a_pipe)
