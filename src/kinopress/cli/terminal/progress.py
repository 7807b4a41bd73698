"""What a person, or a program, is told while a film is made."""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
from typing import TYPE_CHECKING

import click

from kinopress.problems import Problem
from kinopress.project.events import Expect, Watch
from kinopress.project.telling.timed import Timed, about, size_words

if TYPE_CHECKING:  # slow to load: a build without films foresees none
    from kinopress.video.recipe.estimate import Estimate

_LONG_S = 60.0
"""Below a minute nobody needs to be told beforehand how long it takes."""
_BAR_SIGNS = 20
_LINE_EVERY = 0.25
"""Without a terminal: a line at each quarter."""
_PICTURES_A_LINE = 10
_FIGURES_A_LINE = 5
_IN_WORDS = {"measuring": "measuring the sound"}
"""What a step is called for a person, where that is more than its name."""


def _beforehand(path: str, expected: Estimate | None) -> str:
    if expected is None or expected.seconds < _LONG_S:
        return f"{path}: encoding"
    took, size = about(expected.seconds), size_words(expected.bytes)
    return f"{path}: this takes about {took} and {size} of disk"


def _goes_on(path: str, percent: int) -> str:
    return f"{path}: resumed at {percent} %, where the last run ended"


def _waits(path: str, who: str) -> str:
    return f"{path}: waiting for {who}; Ctrl-C ends the waiting and changes nothing"


def _ended_early(path: str) -> str:
    return f"{path}: stopped; what has been encoded is kept, and the next run resumes from there"


def _show(words: str = "", *, nl: bool = True) -> None:
    """Write to a person who may have gone: a film is made all the same."""
    with contextlib.suppress(OSError):
        click.echo(words, nl=nl, err=True)


class Bar(Timed):
    """For a terminal: one line that moves."""

    def waits(self, who: str, percent: int | None, *, first: bool) -> None:
        """See :class:`~kinopress.project.telling.timed.Timed`."""
        if first:
            _show(_waits(self.path, who))
        if percent is not None:
            self._line(f"{self.path}: the other run is at {percent} %")

    def announce(self, expected: Estimate | None) -> None:
        """See :class:`~kinopress.project.telling.timed.Timed`."""
        if expected is not None and expected.seconds >= _LONG_S:
            _show(_beforehand(self.path, expected))

    def goes_on(self, percent: int) -> None:
        """See :class:`~kinopress.project.telling.timed.Timed`."""
        self._line(_goes_on(self.path, percent))
        _show()

    def moved(self, step: str, percent: int, left_s: float | None) -> None:
        """See :class:`~kinopress.project.telling.timed.Timed`."""
        filled = _BAR_SIGNS * percent // 100
        left = f", {about(left_s)} left" if left_s is not None and percent < 100 else ""
        bar = "#" * filled + "." * (_BAR_SIGNS - filled)
        self._line(f"{self.path}: {_IN_WORDS.get(step, step)} [{bar}] {percent:3d} %{left}")

    def ended_early(self) -> None:
        """See :class:`~kinopress.project.telling.timed.Timed`."""
        self._line(_ended_early(self.path))

    def done(self, *, encoded: bool) -> None:
        """See :class:`Watch`."""
        if encoded:
            self._line(f"{self.path}: encoded")
        if self.begun_s is not None or self.waited is not None:
            _show()

    def _line(self, words: str) -> None:
        width = shutil.get_terminal_size().columns - 1
        _show(f"\r{words[:width]:<{width}}", nl=False)


class Lines(Timed):
    """For a file or another program's window: plain lines."""

    def __init__(self, path: str, expect: Expect) -> None:
        super().__init__(path, expect)
        self.next = _LINE_EVERY
        self.told_of_wait = 0.0

    def waits(self, who: str, percent: int | None, *, first: bool) -> None:
        """See :class:`~kinopress.project.telling.timed.Timed`."""
        if first:
            self.told_of_wait = 0.0
            _show(_waits(self.path, who))
        if percent is not None and percent / 100 >= self.told_of_wait + _LINE_EVERY:
            self.told_of_wait = percent / 100 - percent / 100 % _LINE_EVERY
            _show(f"{self.path}: the other run is at {percent} %")

    def announce(self, expected: Estimate | None) -> None:
        """See :class:`~kinopress.project.telling.timed.Timed`."""
        _show(_beforehand(self.path, expected))

    def goes_on(self, percent: int) -> None:
        """See :class:`~kinopress.project.telling.timed.Timed`."""
        self.next = _LINE_EVERY * (percent / 100 // _LINE_EVERY + 1)
        _show(_goes_on(self.path, percent))

    def moved(self, step: str, percent: int, left_s: float | None) -> None:
        """See :class:`~kinopress.project.telling.timed.Timed`."""
        if percent / 100 < self.next - _LINE_EVERY:  # the next step began
            self.next = _LINE_EVERY
        if percent / 100 >= self.next and percent < 100:
            self.next = percent / 100 - percent / 100 % _LINE_EVERY + _LINE_EVERY
            left = f", {about(left_s)} left" if left_s is not None else ""
            _show(f"{self.path}: {_IN_WORDS.get(step, step)} {percent} %{left}")

    def ended_early(self) -> None:
        """See :class:`~kinopress.project.telling.timed.Timed`."""
        _show(_ended_early(self.path))

    def done(self, *, encoded: bool) -> None:
        """See :class:`Watch`."""
        if encoded:
            _show(f"{self.path}: encoded")


class Events(Timed):
    """For a program: one JSON object per line on the standard output."""

    def __init__(self, slug: str, path: str, expect: Expect) -> None:
        super().__init__(path, expect)
        self.slug = slug

    def waits(self, who: str, percent: int | None, *, first: bool) -> None:
        """See :class:`~kinopress.project.telling.timed.Timed`."""
        event("waiting", self.slug, who=who, percent=percent)

    def announce(self, expected: Estimate | None) -> None:
        """See :class:`~kinopress.project.telling.timed.Timed`."""
        if expected is not None:
            event("expected", self.slug, seconds=round(expected.seconds), bytes=expected.bytes)

    def goes_on(self, percent: int) -> None:
        """See :class:`~kinopress.project.telling.timed.Timed`."""
        event("resumed", self.slug, percent=percent)

    def moved(self, step: str, percent: int, left_s: float | None) -> None:
        """See :class:`~kinopress.project.telling.timed.Timed`."""
        left = None if left_s is None else round(left_s, 1)
        event("progress", self.slug, step=step, percent=percent, left_s=left)

    def ended_early(self) -> None:
        """See :class:`~kinopress.project.telling.timed.Timed`."""
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
