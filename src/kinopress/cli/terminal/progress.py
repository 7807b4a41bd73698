"""What a person, or a program, is told while a film is made."""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
import time
from abc import ABC, abstractmethod

import click

from kinopress.problems import Problem
from kinopress.project.events import Expect, Watch
from kinopress.video.recipe.estimate import Estimate

_LONG_S = 60.0
"""Below a minute nobody needs to be told beforehand how long it takes."""
_BAR_SIGNS = 20
_LINE_EVERY = 0.25
"""Without a terminal: a line at each quarter."""
_KNOWN_AFTER_S = 1.0
"""Sooner nobody can say how long the rest takes."""
_PICTURES_A_LINE = 10
_FIGURES_A_LINE = 5
_IN_WORDS = {"measuring": "measuring the sound"}
"""What a step is called for a person, where that is more than its name."""


class _Timed(ABC):
    """Steps, whole percents and the time left, from shares."""

    def __init__(self, path: str, expect: Expect) -> None:
        self.path, self.expect = path, expect
        self.begun_s: float | None = None
        self.begun_share = 0.0
        self.percent = -1
        self.step = ""

    def sound(self, share: float) -> None:
        """See :class:`Watch`."""
        self._tell("measuring", share)

    def share(self, share: float) -> None:
        """See :class:`Watch`."""
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
        """See :class:`Watch`."""
        if self.begun_s is not None:
            self.ended_early()

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


def _beforehand(path: str, expected: Estimate | None) -> str:
    if expected is None or expected.seconds < _LONG_S:
        return f"{path}: encoding"
    took, size = about(expected.seconds), size_words(expected.bytes)
    return f"{path}: this takes about {took} and {size} of disk"


def _goes_on(path: str, percent: int) -> str:
    return f"{path}: resumed at {percent} %, where the last run ended"


def _ended_early(path: str) -> str:
    return f"{path}: stopped; what has been encoded is kept, and the next run resumes from there"


def _show(words: str = "", *, nl: bool = True) -> None:
    """Write to a person who may have gone: a film is made all the same."""
    with contextlib.suppress(OSError):
        click.echo(words, nl=nl, err=True)


class Bar(_Timed):
    """For a terminal: one line that moves."""

    def announce(self, expected: Estimate | None) -> None:
        """See :class:`_Timed`."""
        if expected is not None and expected.seconds >= _LONG_S:
            _show(_beforehand(self.path, expected))

    def goes_on(self, percent: int) -> None:
        """See :class:`_Timed`."""
        self._line(_goes_on(self.path, percent))
        _show()

    def moved(self, step: str, percent: int, left_s: float | None) -> None:
        """See :class:`_Timed`."""
        filled = _BAR_SIGNS * percent // 100
        left = f", {about(left_s)} left" if left_s is not None and percent < 100 else ""
        bar = "#" * filled + "." * (_BAR_SIGNS - filled)
        self._line(f"{self.path}: {_IN_WORDS.get(step, step)} [{bar}] {percent:3d} %{left}")

    def ended_early(self) -> None:
        """See :class:`_Timed`."""
        self._line(_ended_early(self.path))

    def done(self, *, encoded: bool) -> None:
        """See :class:`Watch`."""
        if encoded:
            self._line(f"{self.path}: encoded")
        if self.begun_s is not None:
            _show()

    def _line(self, words: str) -> None:
        width = shutil.get_terminal_size().columns - 1
        _show(f"\r{words[:width]:<{width}}", nl=False)


class Lines(_Timed):
    """For a file or another program's window: plain lines."""

    def __init__(self, path: str, expect: Expect) -> None:
        super().__init__(path, expect)
        self.next = _LINE_EVERY

    def announce(self, expected: Estimate | None) -> None:
        """See :class:`_Timed`."""
        _show(_beforehand(self.path, expected))

    def goes_on(self, percent: int) -> None:
        """See :class:`_Timed`."""
        self.next = _LINE_EVERY * (percent / 100 // _LINE_EVERY + 1)
        _show(_goes_on(self.path, percent))

    def moved(self, step: str, percent: int, left_s: float | None) -> None:
        """See :class:`_Timed`."""
        if percent / 100 < self.next - _LINE_EVERY:  # the next step began
            self.next = _LINE_EVERY
        if percent / 100 >= self.next and percent < 100:
            self.next = percent / 100 - percent / 100 % _LINE_EVERY + _LINE_EVERY
            left = f", {about(left_s)} left" if left_s is not None else ""
            _show(f"{self.path}: {_IN_WORDS.get(step, step)} {percent} %{left}")

    def ended_early(self) -> None:
        """See :class:`_Timed`."""
        _show(_ended_early(self.path))

    def done(self, *, encoded: bool) -> None:
        """See :class:`Watch`."""
        if encoded:
            _show(f"{self.path}: encoded")


class Events(_Timed):
    """For a program: one JSON object per line on the standard output."""

    def __init__(self, slug: str, path: str, expect: Expect) -> None:
        super().__init__(path, expect)
        self.slug = slug

    def announce(self, expected: Estimate | None) -> None:
        """See :class:`_Timed`."""
        if expected is not None:
            event("expected", self.slug, seconds=round(expected.seconds), bytes=expected.bytes)

    def goes_on(self, percent: int) -> None:
        """See :class:`_Timed`."""
        event("resumed", self.slug, percent=percent)

    def moved(self, step: str, percent: int, left_s: float | None) -> None:
        """See :class:`_Timed`."""
        left = None if left_s is None else round(left_s, 1)
        event("progress", self.slug, step=step, percent=percent, left_s=left)

    def ended_early(self) -> None:
        """See :class:`_Timed`."""
        event("stopped", self.slug)

    def done(self, *, encoded: bool) -> None:
        """The end is told by the command, which knows the manifest."""


def event(name: str, slug: str, **values: object) -> None:
    """Write one event."""
    click.echo(json.dumps({"event": name, "slug": slug, **values}, ensure_ascii=False))


def problem_event(slug: str, problem: Problem) -> None:
    """Write a problem as an event."""
    event("problem", slug, **problem.as_dict())


class Told:
    """Tells a person at the command line what a run does: a :class:`~kinopress.project.events.Listener`."""

    def film(self, path: str, expect: Expect) -> Watch:
        """See :class:`~kinopress.project.events.Listener`."""
        return Bar(path, expect) if sys.stderr.isatty() else Lines(path, expect)

    def pictures(self, done: int, of: int) -> None:
        """How far the pictures of pages are, where making them takes a while."""
        if done % _PICTURES_A_LINE == 0 or done == of:
            click.echo(f"pictures for pages: {done} of {of} made", err=True)

    def figures(self, done: int, of: int) -> None:
        """How far the figures of exercises are: one takes a few seconds."""
        if done % _FIGURES_A_LINE == 0 or done == of:
            click.echo(f"figures of exercises: {done} of {of} drawn", err=True)


class ToldAsEvents:
    """Tells another program what becomes of one film: a :class:`~kinopress.project.events.Listener`."""

    def __init__(self, slug: str) -> None:
        self.slug = slug

    def film(self, path: str, expect: Expect) -> Watch:
        """See :class:`~kinopress.project.events.Listener`."""
        event("start", self.slug, source=path)
        return Events(self.slug, path, expect)

    def pictures(self, done: int, of: int) -> None:
        """See :class:`~kinopress.project.events.Listener`."""

    def figures(self, done: int, of: int) -> None:
        """See :class:`~kinopress.project.events.Listener`."""


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
