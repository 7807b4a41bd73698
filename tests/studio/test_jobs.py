"""Jobs: one after another, the urgent first, each with a state that a killed studio cannot spoil."""

from __future__ import annotations

import errno
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kinopress.codes import Code
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.studio.apart.teller import Teller
from kinopress.studio.jobs import Job, Jobs
from kinopress.system.kept import read_kept
from support.command import HANGS_S


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[Jobs]:
    made = Jobs(tmp_path / "jobs")
    yield made
    made.end()


def over(jobs: Jobs, key: str) -> Job:
    ends = time.monotonic() + HANGS_S
    while time.monotonic() < ends:
        job = jobs.of(key)
        if job is not None and job.is_over:
            return job
        time.sleep(0.01)
    raise AssertionError(key)


def test_the_urgent_go_first_and_the_result_is_kept(jobs: Jobs) -> None:
    order: list[str] = []

    def work(name: str) -> Callable[[Teller], dict[str, str]]:
        def do(teller: Teller) -> dict[str, str]:
            teller.tell("Working", 50)
            order.append(name)
            return {"name": name}

        return do

    jobs.add("late", "Late", work("late"), urgency=2)
    jobs.add("soon", "Soon", work("soon"), urgency=0)
    jobs.start()
    assert over(jobs, "late").result == {"name": "late"}
    assert order == ["soon", "late"]


def test_a_long_job_gives_way_and_is_begun_again(jobs: Jobs) -> None:
    begun = threading.Event()
    order: list[str] = []

    def long(teller: Teller) -> None:
        order.append("long")
        begun.set()
        while "urgent" not in order:
            teller.tell("Encoding")
            time.sleep(0.01)

    jobs.add("long", "Long", long, urgency=2, gives_way=True)
    jobs.start()
    begun.wait(HANGS_S)
    jobs.add("urgent", "Urgent", lambda _: order.append("urgent"), urgency=0)
    assert over(jobs, "long").state == "done"
    assert order == ["long", "urgent", "long"]


def test_stopping_waits_until_it_no_longer_works(jobs: Jobs) -> None:
    begun, ended = threading.Event(), threading.Event()

    def work(teller: Teller) -> None:
        begun.set()
        try:
            while True:
                teller.tell("Encoding")
        finally:
            ended.set()

    jobs.add("film", "Film", work)
    jobs.start()
    begun.wait(HANGS_S)
    jobs.stop("film")
    assert ended.is_set()
    assert over(jobs, "film").state == "stopped"


@pytest.mark.parametrize("is_urgent", [False, True], ids=["stop", "more-urgent"])
def test_a_job_that_waits_for_another_run_ends_though_that_says_nothing_new(
    jobs: Jobs, is_urgent: bool
) -> None:
    begun, order = threading.Event(), list[str]()

    def work(teller: Teller) -> None:
        watch = teller.film("videos/hip.mov", lambda: None)
        while "urgent" not in order:
            watch.waiting("Kinopress, which is running in another window", None)
            begun.set()
            time.sleep(0.01)

    jobs.add("film", "Film", work, urgency=2, gives_way=True)
    jobs.start()
    assert begun.wait(HANGS_S)
    job = jobs.of("film")
    assert job is not None
    assert job.step == "Waiting for Kinopress, which is running in another window"
    if is_urgent:
        jobs.add("urgent", "Urgent", lambda _: order.append("urgent"), urgency=0)
        assert over(jobs, "urgent").state == "done"
    else:
        jobs.stop("film")
        assert over(jobs, "film").state == "stopped"


def test_of_one_key_only_one_waits(jobs: Jobs) -> None:
    first = jobs.add("site", "Site", lambda _: None)
    assert jobs.add("site", "Site", lambda _: None).id == first.id


def test_a_build_that_runs_does_not_do_for_what_was_written_since(jobs: Jobs) -> None:
    begun, go_on = threading.Event(), threading.Event()
    read: list[str] = []
    written = "before"

    def build(_: Teller) -> None:
        read.append(written)
        begun.set()
        go_on.wait(HANGS_S)

    jobs.start()
    jobs.add("site", "Site", build, again=True)
    begun.wait(HANGS_S)
    written = "after"
    second = jobs.add("site", "Site", build, again=True)
    assert jobs.add("site", "Site", build, again=True).id == second.id  # one that waits will do
    go_on.set()
    over(jobs, "site")
    assert read == ["before", "after"]


def test_what_goes_wrong_is_said_in_words(jobs: Jobs, caplog: pytest.LogCaptureFixture) -> None:
    def refuse(_: Teller) -> None:
        problem = Problem("hip.mov", "it is no film", "send another", Code.MEDIA_MISSING)
        raise Refusal([problem], ExitCode.CONTENT)

    def break_down(_: Teller) -> None:
        raise ZeroDivisionError("a secret detail")

    def ask_nobody(_: Teller) -> None:
        raise ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")

    jobs.add("refused", "Film", refuse)
    jobs.add("unanswered", "Film", ask_nobody)
    jobs.add("broken", "Film", break_down)
    jobs.start()
    refused, broken = over(jobs, "refused"), over(jobs, "broken")
    unanswered = over(jobs, "unanswered")
    assert (unanswered.state, unanswered.step) == ("failed", broken.step)
    assert refused.step == "It is no film"
    assert refused.problems[0]["hint"] == "send another"
    assert broken.state == "failed"
    assert "secret" not in broken.step
    assert "secret" in caplog.text


def test_jobs_of_a_killed_studio_are_told_as_stopped(tmp_path: Path) -> None:
    killed = Jobs(tmp_path / "jobs")
    killed.add("film", "Film", lambda _: None)  # it never worked: the studio was killed
    (tmp_path / "jobs" / "other.json").write_text('{"half of')
    after = Jobs(tmp_path / "jobs")
    found = after.of("film")
    assert found is not None
    assert found.state == "stopped"
    kept = read_kept(tmp_path / f"jobs/{found.id}.json", dict)
    assert kept is not None
    assert kept["state"] == "stopped"


def test_a_page_is_told_only_what_has_changed(jobs: Jobs) -> None:
    jobs.add("one", "One", lambda _: None)
    seen = max(job.change for job in jobs.since(0))
    assert jobs.since(seen) == []
    jobs.add("two", "Two", lambda _: None)
    assert [job.key for job in jobs.since(seen)] == ["two"]
