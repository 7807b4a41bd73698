"""How far a film is: steps, whole percents and the time left; and such amounts in words."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from kinopress.project.events import Expect

if TYPE_CHECKING:
    from kinopress.video.recipe.estimate import Estimate

_KNOWN_AFTER_S = 1.0
"""Sooner nobody can say how long the rest takes."""


class Timed(ABC):
    """Steps, whole percents and the time left, from shares: a :class:`~kinopress.project.events.Watch` for a door to fill in."""

    def __init__(self, path: str, expect: Expect) -> None:
        self.path, self.expect = path, expect
        self.begun_s: float | None = None
        self.begun_share = 0.0
        self.percent = -1
        self.step = ""
        self.waited: tuple[str, int | None] | None = None

    def waiting(self, who: str, percent: int | None) -> None:
        """See :class:`~kinopress.project.events.Watch`."""
        before, self.waited = self.waited, (who, percent)
        if before != self.waited:
            self.waits(who, percent, first=before is None or before[0] != who)

    def sound(self, share: float) -> None:
        """See :class:`~kinopress.project.events.Watch`."""
        self._tell("measuring", share)

    def share(self, share: float) -> None:
        """See :class:`~kinopress.project.events.Watch`."""
        self._tell("encoding" if share < 1 else "checking", share)

    def _tell(self, step: str, share: float) -> None:
        now = time.monotonic()
        if self.begun_s is None:
            self.announce(self.expect())
        if self.begun_s is None or (self.step, step) == ("measuring", "encoding"):
            self.begun_s = now  # measuring is many times as fast as encoding
            self.begun_share = share
            self.percent = -1
            if step == "encoding" and share > 0:
                self.goes_on(round(100 * share))
        self.step = step
        percent = int(100 * min(1.0, max(0.0, share)))
        if percent > self.percent:
            self.percent = percent
            took_s = now - self.begun_s
            done = share - self.begun_share
            known = done > 0 and took_s >= _KNOWN_AFTER_S
            left_s = took_s * (1 - share) / done if known else None
            self.moved(step, percent, left_s)

    def stopped(self) -> None:
        """See :class:`~kinopress.project.events.Watch`."""
        if self.begun_s is not None:
            self.ended_early()

    @abstractmethod
    def waits(self, who: str, percent: int | None, *, first: bool) -> None:
        """Another run has to end first; ``first``: it is told of that run for the first time."""

    @abstractmethod
    def announce(self, expected: Estimate | None) -> None:
        """There is something to make, and it begins."""

    @abstractmethod
    def goes_on(self, percent: int) -> None:
        """An earlier run ended early, and this much of its encoding is there."""

    @abstractmethod
    def moved(self, step: str, percent: int, left_s: float | None) -> None:
        """One more percent."""

    @abstractmethod
    def ended_early(self) -> None:
        """Somebody ended the run while it made something."""


def about(seconds: float) -> str:
    """A length of time in words that do not pretend to be exact: ``4 minutes``."""
    if seconds < 50:
        return f"{max(5, 5 * round(seconds / 5))} seconds"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} minute{'' if minutes == 1 else 's'}"
    return f"{seconds / 3600:.1f} hours"


def size_words(size: int) -> str:
    """Bytes for a person: ``35 MB``."""
    if size >= 1e9:
        return f"{size / 1e9:.1f} GB"
    if size >= 1e6:
        return f"{size / 1e6:.0f} MB" if size >= 1e7 else f"{size / 1e6:.1f} MB"
    return f"{max(1, round(size / 1e3))} kB"
