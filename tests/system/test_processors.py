"""One piece of work on several processors: whatever becomes of one of them, the work is done, and none is left over."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from kinopress.system import disk
from kinopress.system.processors.flushing import flushed_meanwhile
from kinopress.system.processors.shared import do_all, share_out
from support.command import HANGS_S

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks that end with their parent")

LONG_S = 600
"""Longer than anybody would wait: a test that hangs is seen."""


def _children() -> set[int]:
    """The processes that this one has begun and that have not been waited for; other tests may have left a browser."""
    found: set[int] = set()
    for task in Path("/proc/self/task").glob("*/children"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # a thread that has ended
            found |= set(map(int, task.read_text("ascii").split()))
    return found


@pytest.mark.parametrize("processes", [1, 2, 3, 8])
def test_what_comes_of_it_is_in_order_however_many_share_the_work(processes: int) -> None:
    weights = [at * 7 % 5 for at in range(6)]
    shared = share_out(weights, lambda at: at * at, processes)
    assert [shared.done[at] for at in range(6)] == [0, 1, 4, 9, 16, 25]
    assert shared.lost == 0


def test_more_than_one_process_shares_the_work() -> None:
    shared = share_out([1] * 4, lambda _: os.getpid(), 2)
    assert len(set(shared.done.values())) == 2
    assert os.getpid() in shared.done.values()


def test_much_that_comes_of_it_fits_through() -> None:
    shared = share_out([1] * 4, lambda at: bytes([at]) * 3_000_000, 2)
    assert all(shared.done[at] == bytes([at]) * 3_000_000 for at in range(4))


def test_no_two_processes_do_the_same_thing(tmp_path: Path) -> None:
    """A page that two processes write at once has the digest of a part of it."""
    many = 50_000
    begun = os.open(tmp_path / "begun", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    share_out([1] * many, lambda at: os.write(begun, at.to_bytes(4, "little")), 4)
    os.close(begun)
    data = (tmp_path / "begun").read_bytes()
    done = [int.from_bytes(data[at : at + 4], "little") for at in range(0, len(data), 4)]
    assert sorted(done) == list(range(many))


def test_whoever_is_ready_takes_what_is_next() -> None:
    """A process that is held up by one thing leaves all others to the rest of them."""
    here, (heard, told) = os.getpid(), os.pipe()

    def step(at: int) -> int:
        if os.getpid() != here:
            os.write(told, b".")
        elif at == 0:
            for _ in range(5):
                os.read(heard, 1)
        return os.getpid()

    shared = share_out([1] * 6, step, 2)
    assert [at for at, pid in shared.done.items() if pid == here] == [0]
    assert sorted(shared.done) == list(range(6))


def test_what_only_this_process_can_do_is_done_while_others_have_begun() -> None:
    here, (heard, told) = os.getpid(), os.pipe()

    def step(at: int) -> int:
        if os.getpid() != here:
            os.write(told, b".")
        return at

    done: list[int] = []
    shared = share_out(
        [1] * 4, step, 2, meanwhile=lambda: done.append(len(os.read(heard, 1)) + os.getpid())
    )
    assert done == [here + 1]
    assert sorted(shared.done) == [0, 1, 2, 3]
    assert share_out([1], lambda at: at, 1, meanwhile=lambda: done.append(here)).done == {0: 0}
    assert done == [here + 1, here]


def test_what_fails_meanwhile_is_raised_and_leaves_no_process() -> None:
    before = _children()

    def fail() -> None:
        raise ValueError("this one")

    with pytest.raises(ValueError, match="this one"):
        share_out([1] * 4, lambda _: time.sleep(LONG_S), 3, meanwhile=fail)
    assert _children() <= before


def test_a_process_that_is_killed_is_counted_and_what_it_had_is_missing() -> None:
    here, before = os.getpid(), _children()

    def step(at: int) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return at

    shared = share_out([1] * 5, step, 2)
    assert shared.lost == 1
    assert sorted(shared.done) == [0, 2, 3, 4]
    assert _children() <= before


class _DiesOnItsWay:
    def __reduce__(self) -> str:
        os.kill(os.getpid(), signal.SIGKILL)
        return ""


def test_of_a_process_that_is_killed_while_it_sends_nothing_is_taken() -> None:
    """Half of what was sent would look like all of it, with steps that failed."""
    here, (heard, told) = os.getpid(), os.pipe()

    def step(at: int) -> object:
        if os.getpid() != here:
            os.write(told, b".")
            return bytes(3_000_000) if at == 1 else _DiesOnItsWay()
        if at == 0:  # the other one has had a first thing, and begins a second
            assert os.read(heard, 1) + os.read(heard, 1) == b".."
        return at

    shared = share_out([1] * 4, step, 2)
    assert shared.lost == 1
    assert sorted(shared.done) == [0, 3]


def test_what_a_step_raises_is_raised_to_whoever_asked_for_it() -> None:
    before = _children()

    def fail() -> int:
        raise ValueError("this one")

    steps = [lambda: 1] * 60 + [fail] + [lambda: 2] * 60
    with pytest.raises(ValueError, match="this one"):
        do_all(steps, [1] * len(steps))
    assert _children() <= before


def test_ctrl_c_leaves_no_process_and_waits_for_none() -> None:
    here, before = os.getpid(), _children()

    def step(at: int) -> int:
        if os.getpid() == here:
            raise KeyboardInterrupt
        time.sleep(LONG_S)
        return at

    with pytest.raises(KeyboardInterrupt):
        share_out([1] * 4, step, 3)
    assert _children() <= before


def test_a_run_that_is_killed_takes_its_processes_with_it(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    run = os.fork()
    if run == 0:

        def step(at: int) -> int:
            if os.getpid() != run_pid:
                note.with_name("aside").write_text(str(os.getpid()), "ascii")
                note.with_name("aside").rename(note)
            time.sleep(LONG_S)
            return at

        run_pid = os.getpid()
        share_out([1, 1], step, 2)
        os._exit(1)
    ends = time.monotonic() + HANGS_S
    while not note.exists():
        assert time.monotonic() < ends
        time.sleep(0.01)
    helper = int(note.read_text("ascii"))
    os.kill(run, signal.SIGKILL)
    os.waitpid(run, 0)
    while _runs(helper):
        assert time.monotonic() < ends
        time.sleep(0.01)


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in ("Z", "X")


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a build: a browser of other tests has threads in this process, beside which no process is forked."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


@pytest.mark.usefixtures("alone")
def test_a_folder_is_flushed_while_it_is_filled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, (heard, told) = _children(), os.pipe()
    monkeypatch.setattr(
        disk, "flush_disk_of", lambda folder: os.write(told, os.fsencode(folder)) > 0
    )
    with flushed_meanwhile(tmp_path):
        assert os.read(heard, 1000).startswith(os.fsencode(tmp_path))
        assert _children() > before
    assert _children() <= before


@pytest.mark.usefixtures("alone")
def test_what_the_disk_refuses_meanwhile_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk tells of its error once, and tells it to the process that flushes."""
    heard, told = os.pipe()

    def refused(_: Path) -> bool:
        os.write(told, b".")
        raise OSError

    monkeypatch.setattr(disk, "flush_disk_of", refused)
    with pytest.raises(OSError, match=str(tmp_path)), flushed_meanwhile(tmp_path):
        os.read(heard, 1)


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("works", [True, False])
def test_what_fails_while_a_folder_is_flushed_leaves_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, works: bool
) -> None:
    monkeypatch.setattr(disk, "flush_disk_of", lambda _: works)
    before = _children()
    with pytest.raises(KeyboardInterrupt), flushed_meanwhile(tmp_path):
        raise KeyboardInterrupt
    assert _children() <= before
