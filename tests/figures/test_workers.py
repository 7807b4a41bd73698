"""Several figures at once: the same drawings as one by one, and no process is left behind."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from kinopress.figures import workers
from kinopress.figures.draw import draw
from kinopress.figures.pose import Motion, Pose, Step
from kinopress.figures.workers import draw_all
from support.clam import CLAM
from support.command import HANGS_S

STANDING = Motion("Stand", "stand", (Pose("only"),), (Step("only", hold_s=1),))
"""Drawn in a fifth of the time."""


def test_figures_drawn_at_the_same_time_are_those_drawn_alone() -> None:
    motions = {"clam": CLAM, "still": STANDING}
    drawn = dict(draw_all(motions))
    assert drawn == {name: draw(motion, name) for name, motion in motions.items()}


@pytest.fixture
def drawn_here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What this process was asked to draw; the drawing itself is of no matter."""
    asked: list[str] = []

    def note(motion: object, name: str) -> str:
        asked.append(name)
        return f"{name}, drawn here"

    monkeypatch.setattr(workers, "draw_alone", note)
    return asked


def test_where_no_process_can_be_started_they_are_drawn_here(
    monkeypatch: pytest.MonkeyPatch, drawn_here: list[str]
) -> None:
    def none(*_: object) -> None:
        raise OSError("no room for processes")

    monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", none)
    drawn = list(draw_all({"clam": CLAM, "shell": CLAM}))
    assert drawn == [("clam", "clam, drawn here"), ("shell", "shell, drawn here")]
    assert drawn_here == ["clam", "shell"]


def test_what_a_process_that_was_ended_left_is_drawn_here(
    monkeypatch: pytest.MonkeyPatch, drawn_here: list[str]
) -> None:
    def one_and_no_more(motions: object, number: int) -> object:
        yield "clam", "clam, drawn there"
        raise BrokenProcessPool

    monkeypatch.setattr(workers, "_together", one_and_no_more)
    drawn = list(draw_all({"clam": CLAM, "shell": CLAM}))
    assert drawn == [("clam", "clam, drawn there"), ("shell", "shell, drawn here")]
    assert drawn_here == ["shell"]


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are counted on Linux")
def test_what_draws_does_its_sums_without_threads_of_its_own() -> None:
    """They would take three times the processor time of a figure; a machine with one processor has none."""
    ask = "import kinopress.figures.draw, os; print(len(os.listdir('/proc/self/task')))"
    others = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    command = [sys.executable, "-c", ask]
    said = subprocess.run(command, env=others, capture_output=True, text=True, check=True)
    assert said.stdout == "1\n"


_DRAWS = """\
import pickle
import signal
import sys
from pathlib import Path
from kinopress.figures.workers import draw_all

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background ignores it
    motion = pickle.loads(Path(sys.argv[1]).read_bytes())
    for name, _ in draw_all({f"clam-{number}": motion for number in range(40)}):
        print(name, flush=True)
        sys.stdin.readline()  # until the test has done what it wants to do to this run
"""


def _until(what: Callable[[], bool]) -> None:
    begun_s = time.monotonic()
    while not what():
        assert time.monotonic() - begun_s < HANGS_S
        time.sleep(0.05)


def _runs(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="reads /proc")
@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGINT])
def test_a_build_that_is_ended_leaves_no_process_behind(by: signal.Signals, tmp_path: Path) -> None:
    program = tmp_path / "draws.py"
    program.write_text(_DRAWS)
    motion = tmp_path / "clam"
    motion.write_bytes(pickle.dumps(CLAM))
    with subprocess.Popen(
        [sys.executable, str(program), str(motion)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:
        assert run.stdout is not None
        assert run.stdout.readline().startswith(b"clam-")
        children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
        theirs = [int(child) for child in children.read_text().split()]
        assert theirs
        run.send_signal(by)
        drawn_after, _ = run.communicate()
    assert len(drawn_after.split()) < 20, "it went on to the end"
    _until(lambda: not any(map(_runs, theirs)))
