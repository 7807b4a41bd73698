"""The parts of one film, handed out: which computer makes which, and what becomes of those that do not come back.

That is decided here and not by Dask: each computer has as many as it makes at once, a part of one that is gone goes to
another, and one that cannot (another version, no room, no film) gets no more.
"""

from __future__ import annotations

import hashlib
import math
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kinopress.codes import Code
from kinopress.problems import Problem
from kinopress.video.cluster.computers import GONE, Computers
from kinopress.video.cluster.orders import Film, NotMade, PartMade, PartOrder, program_version
from kinopress.video.cluster.scheduler import lost
from kinopress.video.cluster.sending import Sender
from kinopress.video.cluster.worker import run_part
from kinopress.video.encode.elsewhere import Order
from kinopress.video.ffmpeg.binary import find_encoder
from kinopress.video.recipe.part_files import Span
from kinopress.video.recipe.segments import (
    Segment,
    pictures_of_a_part,
    plan_segments,
    seek_second,
)
from kinopress.video.source.packets import keyframes

_SLICE_S = 0.1
_LOOK_S = 1.0
_TRIES = 3
"""So many computers may fail at a part before this one makes it."""


@dataclass(slots=True)
class _Running:
    """A part that some computer is making."""

    segment: Segment
    worker: str
    since: float = field(default_factory=time.monotonic)


class HandingOut(threading.Thread):
    """One film whose parts are made elsewhere: :class:`~kinopress.video.encode.elsewhere.Spread`.

    The thread that runs it is the only one that touches its rows.
    """

    def __init__(self, computers: Computers, order: Order, film_max_bytes: int) -> None:
        """Nothing begins before ``start``.

        Args:
            computers: Who makes parts.
            order: What is to be made.
            film_max_bytes: The largest film that is sent to a computer that does not find it.
        """
        super().__init__(daemon=True, name="kinopress-cluster")
        self._computers, self._order, self._film_max_bytes = computers, order, film_max_bytes
        recipe = order.recipe
        self._film = Film(str(order.source.absolute()), order.sha256, order.source.stat().st_size)
        self._version = find_encoder().version
        self._ended = threading.Event()
        self._done = threading.Event()
        self._problem: Problem | None = None
        self._raised: BaseException | None = None
        self._keyframes: list[float] = []
        self._running: dict[Any, _Running] = {}
        self._waiting: deque[Segment] = deque()
        self._made: set[tuple[int, int | None]] = set()
        self._failed: dict[int, set[str]] = {}
        self._left_out: dict[str, str] = {}
        self._longest_s = 0.0
        self._sent: set[str] = set()
        self._sender = Sender(computers, self._film)
        self._length = max(1, round((recipe.length_s or 0.0) * recipe.fps))
        self._share = 0.0

    # What whoever waits for it asks.

    @property
    def share(self) -> float:
        """See :class:`~kinopress.video.encode.elsewhere.Spread`."""
        return self._share

    def wait(self, within_s: float) -> bool:
        """See :class:`~kinopress.video.encode.elsewhere.Spread`.

        Raises:
            OSError: a part that came cannot be written.
        """
        over = self._done.wait(within_s)
        if over and self._raised is not None:
            raise self._raised
        return over

    def problem(self) -> Problem | None:
        """See :class:`~kinopress.video.encode.elsewhere.Spread`."""
        return self._problem

    def end(self) -> None:
        """Take back what is still being made; FFmpeg is stopped there."""
        self._ended.set()
        self.join(timeout=10.0)

    # The thread.

    def run(self) -> None:
        """Have everything made."""
        try:
            self._all()
        except BaseException as error:
            self._raised = error
        try:
            self._give_up(list(self._running))
            self._sender.end()
        except BaseException as error:
            self._raised = self._raised or error
        finally:
            self._done.set()

    def _all(self) -> None:
        recipe = self._order.recipe
        if not recipe.probe.jumps and not recipe.probe.clock_jumps:
            self._keyframes = keyframes(self._order.source, recipe.probe.video_index)
        rows = {name: self._order.rows[name] for name in recipe.films}
        segments = plan_segments(
            self._length,
            pictures_of_a_part(recipe.settings.part_s, recipe.fps),
            {name: row.begun for name, row in rows.items()},
            {
                name: {n: part.pictures for n, part in row.later.items()}
                for name, row in rows.items()
            },
        )
        self._waiting.extend(segments)
        workers = dict[str, int]()
        looked = -math.inf
        answered = fit = time.monotonic()
        while (self._waiting or self._running) and not self._ended.is_set():
            if (now := time.monotonic()) >= looked + _LOOK_S:
                looked = now
                try:
                    workers = dict(self._computers.workers())
                    answered = time.monotonic()
                except (OSError, TimeoutError, RuntimeError):
                    if self._is_lost(now - answered):
                        self._computers.lost = True
                        self._problem = lost(self._order.display_path)
                        return
                    if self._computers.client.status != "running":
                        workers = {}  # what they were making is lost with the way to them
                self._requeue_lost(workers)
                self._left_out |= self._sender.failed()
            if self._fit(workers) or answered < looked:
                fit = now
            elif workers or now - fit > self._computers.patience.workers_s:
                self._problem = self._nobody(workers)
                return
            self._assign(workers)
            if not any(self._look_at(future) for future in list(self._running) if future.done()):
                self._ended.wait(_SLICE_S)
            if any(len(tried) >= min(_TRIES, len(workers)) for tried in self._failed.values()):
                return  # the film is such that it is better made in one piece, here

    def _is_lost(self, silent_s: float) -> bool:
        """Whether the scheduler is given up, after so many seconds without an answer."""
        closed = self._computers.client.status in ("closed", "closing")
        return closed or silent_s > self._computers.patience.scheduler_s

    def _fit(self, workers: Mapping[str, int]) -> list[str]:
        """Those that can make a part, or will when they have the film."""
        out = self._left_out.keys() | self._computers.refused.keys()
        return [worker for worker in workers if worker not in out]

    def _assign(self, workers: Mapping[str, int]) -> None:
        for worker in self._fit(workers):
            if self._sender.is_sending(worker):
                continue
            busy = sum(running.worker == worker for running in self._running.values())
            for _ in range(workers[worker] - busy):
                segment = self._next(worker)
                if segment is None:
                    break
                self._submit(segment, worker)

    def _next(self, worker: str) -> Segment | None:
        """What a computer that has nothing to do makes now."""
        for segment in list(self._waiting):
            if worker not in self._failed.get(segment.first, ()):
                self._waiting.remove(segment)
                return segment
        if self._waiting:
            return None
        # Everything is being made. Of what takes suspiciously long, the first one that comes back is taken.
        patience_s = max(self._computers.patience.part_s, 3 * self._longest_s)
        now = time.monotonic()
        by_segment: dict[Segment, list[_Running]] = {}
        for running in self._running.values():
            by_segment.setdefault(running.segment, []).append(running)
        for segment, runs in by_segment.items():
            slow = all(now - one.since > patience_s for one in runs)
            if slow and all(one.worker != worker for one in runs):
                return segment
        return None

    def _submit(self, segment: Segment, worker: str) -> None:
        recipe = self._order.recipe
        at_s = recipe.from_s + float(segment.first / recipe.fps)
        seek_s = seek_second(self._keyframes, at_s, recipe.trim.from_s) if segment.first else None
        order = PartOrder(
            self._film,
            replace(recipe, wanted=frozenset(segment.names)),
            segment.names,
            Span(segment.first, segment.end, seek_s),
            self._version,
            program_version(),
        )
        future = self._computers.client.submit(
            run_part, order, workers=[worker], allow_other_workers=False, pure=False, retries=0
        )
        self._running[future] = _Running(segment, worker)

    def _requeue_lost(self, workers: Mapping[str, int]) -> None:
        """Take what computers that are gone were making."""
        gone = [future for future, one in self._running.items() if one.worker not in workers]
        for future in gone:
            self._again(future)

    def _again(self, future: Any) -> None:
        one = self._running.get(future)
        self._give_up([future])
        if one is None or (one.segment.first, one.segment.end) in self._made:
            return
        if all(other.segment != one.segment for other in self._running.values()):
            self._waiting.appendleft(one.segment)

    def _give_up(self, futures: list[Any]) -> None:
        for future in futures:
            self._running.pop(future, None)
        if futures:
            self._computers.ask(lambda: self._computers.client.cancel(futures, force=True))

    def _look_at(self, future: Any) -> bool:
        """Take in what became of a part that is no longer being made."""
        one = self._running[future]
        try:
            made = future.result(timeout=self._computers.patience.scheduler_s)
        except GONE:
            self._again(future)
            return True
        except Exception as error:
            self._leave_out(
                one.worker, f"it cannot run Kinopress ({type(error).__name__})", "version"
            )
            self._again(future)
            return True
        if isinstance(made, PartMade):
            self._take(one, made)
            self._give_up(
                [
                    other
                    for other, running in self._running.items()
                    if running.segment == one.segment
                ]
            )
        elif isinstance(made, NotMade):
            self._not_made(one, made)
            self._again(future)
        return True

    def _take(self, one: _Running, made: PartMade) -> None:
        segment = one.segment
        for name in segment.names:
            data = made.files[name]
            wanted = None if segment.end is None else segment.end - segment.first
            damaged = hashlib.sha256(data).hexdigest() != made.sha256[name]
            pictures = None if damaged else self._order.rows[name].take(segment.first, data)
            if pictures is None or wanted not in (None, pictures):
                self._failed.setdefault(segment.first, set()).add(one.worker)
                self._waiting.appendleft(segment)
                return
        self._made.add((segment.first, segment.end))
        self._longest_s = max(self._longest_s, time.monotonic() - one.since)
        there = min(
            row.begun.pictures + sum(part.pictures for part in row.later.values())
            for row in (self._order.rows[name] for name in self._order.recipe.films)
        )
        self._share = min(1.0, there / self._length)

    def _not_made(self, one: _Running, why: NotMade) -> None:
        if why.why == "failed":
            self._failed.setdefault(one.segment.first, set()).add(one.worker)
        elif why.why == "film" and self._sender.was_sent_after(one.worker, one.since):
            return  # another part of its, begun without the film as well, has asked for it
        elif why.why == "film" and one.worker not in self._sent:
            if self._film.bytes > self._film_max_bytes:
                size = f"{self._film.bytes / 1e9:.1f} GB, more than the {self._film_max_bytes / 1e9:.1f} GB"
                self._leave_out(one.worker, f"{why.words}, and it has {size} that are sent", "film")
            else:
                self._sent.add(one.worker)
                self._sender.send(one.worker)
        elif why.why != "stopped":
            self._leave_out(one.worker, why.words, why.why)

    def _leave_out(self, worker: str, words: str, why: str) -> None:
        self._left_out[worker] = words
        self._computers.left_out[worker] = words
        if why == "version":
            self._computers.refused[worker] = words

    def _nobody(self, workers: Mapping[str, int]) -> Problem:
        known = self._left_out | self._computers.refused
        each = [f"{worker}: {known[worker]}" for worker in workers if worker in known]
        what = "; ".join(each) if each else "none has come to the scheduler"
        return Problem(
            self._order.display_path,
            f"there is no computer that can encode it ({what})",
            "start a worker with the same versions, enough room and the folder of the films (kinopress video worker), "
            "or leave --scheduler out; parts that had come back are kept",
            Code.CLUSTER_WORKERS,
        )
