"""A film on its way to computers that do not find it."""

from __future__ import annotations

import math
import queue
import threading
import time
from pathlib import Path

from kinopress.video.cluster.computers import END_S, Computers
from kinopress.video.cluster.films import PIECE_BYTES
from kinopress.video.cluster.orders import Film
from kinopress.video.cluster.worker import run_forget, run_piece


class Sender(threading.Thread):
    """Sends a film to computers that do not find it, one after the other: they share the way through the scheduler."""

    def __init__(self, computers: Computers, film: Film) -> None:
        super().__init__(daemon=True, name="kinopress-sender")
        self._computers, self._film = computers, film
        self._asked: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._sending: set[str] = set()
        self._to: list[str] = []
        self._sent_at: dict[str, float] = {}
        self._failed: dict[str, str] = {}
        self._ended = threading.Event()

    def send(self, worker: str) -> None:
        """Send it to a computer."""
        self._sending.add(worker)
        self._to.append(worker)
        self._asked.put(worker)
        if not self.is_alive():
            self.start()

    def is_sending(self, worker: str) -> bool:
        """Whether a computer is still to get it."""
        return worker in self._sending

    def was_sent_after(self, worker: str, began: float) -> bool:
        """Whether a computer got the film, or is still to get it, only after a part was begun there."""
        return self.is_sending(worker) or began < self._sent_at.get(worker, -math.inf)

    def failed(self) -> dict[str, str]:
        """To whom it could not be sent since this was asked last, and why."""
        failed, self._failed = self._failed, {}
        for worker, why in failed.items():
            self._computers.left_out[worker] = why
        return failed

    def end(self) -> None:
        """Send no more, and have it removed where it was sent."""
        self._ended.set()
        self._asked.put(None)
        if self.is_alive():
            self.join(timeout=5.0)
        if self._to:
            self._computers.ask(self._have_it_removed)

    def _have_it_removed(self) -> None:
        known = self._computers.workers()
        for worker in self._to:
            if worker in known:
                self._computers.client.submit(
                    run_forget, self._film.sha256, workers=[worker], pure=False
                ).result(timeout=END_S)

    def run(self) -> None:
        """Send to whoever is asked for."""
        while (worker := self._asked.get()) is not None:
            try:
                if why := self._send(worker):
                    self._failed[worker] = f"the film cannot be sent to it ({why})"
            except Exception as error:
                self._failed[worker] = f"the film cannot be sent to it ({type(error).__name__})"
            self._sent_at[worker] = time.monotonic()
            self._sending.discard(worker)

    def _send(self, worker: str) -> str | None:
        offset = 0
        with Path(self._film.path).open("rb") as film:
            while not self._ended.is_set() and (data := film.read(PIECE_BYTES)):
                kept = self._computers.client.submit(
                    run_piece, self._film, offset, data, workers=[worker], pure=False
                )
                if why := kept.result(timeout=self._computers.patience.scheduler_s):
                    return str(why)
                offset += len(data)
        return None
