"""Work that takes longer than a page: one job after another, each with a state that outlives the page.

A job's state is one small JSON file, written aside and renamed, so that it is never half of one.
"""

from __future__ import annotations

import contextlib
import logging
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

from kinopress.problems import ExitCode, Problem, Refusal, one_line
from kinopress.project.events import Cancelled
from kinopress.project.folder import cannot_use
from kinopress.studio.apart.teller import Teller
from kinopress.system import disk
from kinopress.system.kept import read_kept, write_kept
from kinopress.system.processors.apart import Lost

State = Literal["waiting", "running", "done", "failed", "stopped"]
OVER: frozenset[str] = frozenset({"done", "failed", "stopped"})
_SAVED_EVERY_S = 1.0
_KEPT = 40
LOG = logging.getLogger("kinopress.studio")
AFTER_LOST = "if the terminal does not say why, close other programs and try again"
"""What to do where a process ended without an answer."""


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work, as it is now.

    Attributes:
        id: What it is called in addresses.
        key: What it works on: of one key only one job waits or runs.
        subject: What it works on, in words.
        state: How far it is.
        step: What it does at the moment, in words.
        percent: How much of that step is done; ``None``: nobody knows.
        left_s: Seconds until the step is done; ``None``: nobody knows.
        problems: Why it failed, or what it found, as :meth:`~kinopress.problems.Problem.as_dict` has them.
        result: What it leaves, as plain values.
        change: Grows with every change of any job.
        begun_s: When it was asked for, in seconds since 1970.
        ended_s: When it was over; 0 before.
    """

    id: str
    key: str
    subject: str
    state: State = "waiting"
    step: str = "Waiting"
    percent: int | None = None
    left_s: float | None = None
    problems: list[dict[str, Any]] = field(default_factory=list)
    result: dict[str, Any] = field(default_factory=dict)
    change: int = 0
    begun_s: float = 0.0
    ended_s: float = 0.0

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in OVER


Work = Callable[[Teller], Mapping[str, Any] | None]
"""What a job does; what it returns becomes the job's result. It may raise a refusal or ``Cancelled``."""


@dataclass(slots=True)
class _Queued:
    id: str
    work: Work
    urgency: int
    gives_way: bool
    stop: threading.Event = field(default_factory=threading.Event)


class Jobs:
    """All jobs of a run, and those of earlier runs that are still worth showing.

    Args:
        folder: Where their states are kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.RLock()
        self._woken = threading.Condition(self._lock)
        self._jobs: dict[str, Job] = {}
        self._queue: list[_Queued] = []
        self._running: _Queued | None = None
        self._ends = False
        self._changes = 0
        self._saved_s: dict[str, float] = {}
        self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
        disk.make_folder(folder)
        self._load()

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def end(self) -> None:
        """Stop what runs, keep what is made, and come back when that is done."""
        with self._lock:
            self._ends = True
            for queued in (*self._queue, *([self._running] if self._running else [])):
                queued.stop.set()
            self._woken.notify_all()
        if self._thread.is_alive():
            self._thread.join()

    def add(
        self,
        key: str,
        subject: str,
        work: Work,
        *,
        urgency: int = 1,
        gives_way: bool = False,
        again: bool = False,
    ) -> Job:
        """A job to be done.

        Args:
            key: What it works on; one of the same key that still waits or runs is the answer instead.
            subject: What it works on, in words.
            work: What it does.
            urgency: Lower ones go first.
            gives_way: It ends for a more urgent one and is begun again after it.
            again: One that runs already does not do: it may have read what has changed since.
        """
        with self._lock:
            for known in self._jobs.values():
                if known.key == key and (known.state == "waiting" or not (known.is_over or again)):
                    return known
            job = Job(secrets.token_hex(8), key, subject, begun_s=time.time())
            self._jobs[job.id] = job
            self._queue.append(_Queued(job.id, work, urgency, gives_way))
            self.change(job.id, state="waiting")
            self._woken.notify_all()
            return self._jobs[job.id]

    def stop(self, key: str) -> None:
        """Stop the job of a key, and come back when it no longer works."""
        with self._lock:
            waiting = [q for q in self._queue if self._jobs[q.id].key == key]
            for queued in waiting:
                self._queue.remove(queued)
                self.change(queued.id, state="stopped", step="Stopped")
            running = self._running
            if running is None or self._jobs[running.id].key != key:
                return
            running.stop.set()
            while self._running is running:
                self._woken.wait(timeout=1)

    def get(self, job_id: str) -> Job | None:
        """A job by its name."""
        with self._lock:
            return self._jobs.get(job_id)

    def of(self, key: str) -> Job | None:
        """The last job of a key."""
        with self._lock:
            found = [job for job in self._jobs.values() if job.key == key]
            return max(found, key=lambda job: job.begun_s, default=None)

    def since(self, change: int) -> list[Job]:
        """Every job that has changed since, the oldest change first."""
        with self._lock:
            found = [job for job in self._jobs.values() if job.change > change]
            return sorted(found, key=lambda job: job.change)

    def _has_more_urgent(self, queued: _Queued) -> bool:
        """Whether a running job has to let another go first."""
        with self._lock:
            return queued.gives_way and any(q.urgency < queued.urgency for q in self._queue)

    def change(self, job_id: str, **values: Any) -> None:
        """Change what is known of a job, and note it on the disk: a new state at once, a percent now and then."""
        with self._lock:
            before = self._jobs[job_id]
            self._changes += 1
            job = replace(before, **values, change=self._changes)
            if job.is_over and not before.is_over:
                job = replace(job, ended_s=time.time(), percent=None, left_s=None)
            self._jobs[job_id] = job
            now = time.monotonic()
            due = now - self._saved_s.get(job_id, 0.0) >= _SAVED_EVERY_S
            if job.state == before.state and job.step == before.step and not due:
                return
            self._saved_s[job_id] = now
            with contextlib.suppress(OSError):  # a full disk stops no job that writes elsewhere
                write_kept(self.folder / f"{job_id}.json", asdict(job), private=True)

    def _work(self) -> None:
        while True:
            with self._lock:
                while not self._queue and not self._ends:
                    self._woken.wait()
                if self._ends:
                    for queued in self._queue:
                        self.change(queued.id, state="stopped", step="Stopped with the studio")
                    return
                queued = min(self._queue, key=lambda q: q.urgency)
                self._queue.remove(queued)
                self._running = queued
                self.change(queued.id, state="running", step="Beginning")
            try:
                self._do(queued)
            finally:
                with self._lock:
                    self._running = None
                    self._woken.notify_all()

    def _hear(self, queued: _Queued, *said: Any) -> None:
        """What a running job says: see :class:`~kinopress.studio.apart.teller.Teller`."""
        if queued.stop.is_set() or self._has_more_urgent(queued):
            raise Cancelled
        if said:
            step, percent, left_s = said
            self.change(queued.id, step=step, percent=percent, left_s=left_s)

    def _do(self, queued: _Queued) -> None:
        try:
            result = queued.work(Teller(partial(self._hear, queued)))
        except Cancelled:
            with self._lock:
                if queued.stop.is_set():
                    self.change(queued.id, state="stopped", step="Stopped; what was made is kept")
                else:
                    self.change(
                        queued.id, state="waiting", step="Waiting for something more urgent"
                    )
                    self._queue.append(queued)
        except Refusal as refusal:
            self._fail(queued.id, refusal.problems, busy=refusal.exit_code == ExitCode.BUSY)
        except Lost:
            self.change(
                queued.id,
                state="failed",
                step=f"It stopped before it was done; {AFTER_LOST}",
            )
        except Exception as error:
            unusable = cannot_use(error) if isinstance(error, OSError) else None
            if unusable is not None:
                self._fail(queued.id, unusable.problems, busy=False)
                return
            LOG.exception("a job of the studio")
            what = "Something went wrong inside Kinopress; the terminal has the details"
            self.change(queued.id, state="failed", step=what)
        else:
            self.change(queued.id, state="done", step="Done", result=dict(result or {}))

    def _fail(self, job_id: str, problems: list[Problem], *, busy: bool) -> None:
        said = [problem.as_dict() for problem in problems]
        first = one_line(problems[0].message) if problems else "It did not work"
        step = (
            "Another run of Kinopress is at it; try again"
            if busy
            else first[:1].upper() + first[1:]
        )
        self.change(job_id, state="failed", step=step, problems=said)

    def _load(self) -> None:
        """The jobs of earlier runs; what was not over then was stopped with its studio."""
        found = []
        for file in self.folder.glob("*.json"):
            job = read_kept(file, lambda value: Job(**value), unchecked=True)
            if job is not None:  # of this version, and ours
                found.append(job)
        found.sort(key=lambda job: job.begun_s)
        for job in found[:-_KEPT]:
            for ending in ("json", "jsonl"):  # earlier versions wrote the second
                with contextlib.suppress(OSError):
                    disk.remove(self.folder / f"{job.id}.{ending}")
        for job in found[-_KEPT:]:
            self._jobs[job.id] = job
            if not job.is_over:
                self.change(job.id, state="stopped", step="Stopped with the studio")
            self._changes = max(self._changes, job.change)
