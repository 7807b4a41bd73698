"""Which exercise is harder than which, by what the pages say of their easier and harder neighbours."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from kinopress.content.model.library import Library
from kinopress.content.model.pages import Exercise


class Ladders:
    """The rungs between exercises: a page's ``harder`` leads up, its ``easier`` leads up to itself."""

    def __init__(self, exercises: Iterable[Exercise]) -> None:
        self._up: dict[str, set[str]] = {}
        for exercise in exercises:
            if exercise.harder is not None:
                self._rung(exercise.slug, exercise.harder.text)
            if exercise.easier is not None:
                self._rung(exercise.easier.text, exercise.slug)

    def _rung(self, low: str, high: str) -> None:
        if low != high:  # harder than itself: said where the field is checked
            self._up.setdefault(low, set()).add(high)

    def harder(self, slug: str) -> frozenset[str]:
        """Every exercise above this one, however many rungs up; itself too where the rungs go round."""
        found: set[str] = set()
        waiting = deque(self._up.get(slug, ()))
        while waiting:
            at = waiting.popleft()
            if at not in found:
                found.add(at)
                waiting.extend(self._up.get(at, ()))
        return frozenset(found)

    def is_harder(self, exercise: str, than: str) -> bool:
        """Whether one exercise is above another, and not below it as well."""
        return exercise in self.harder(than) and than not in self.harder(exercise)

    def ring(self, slug: str) -> list[str]:
        """The shortest way up from an exercise to itself, without the end; empty where there is none."""
        ways: deque[list[str]] = deque([[slug]])
        seen = {slug}
        while ways:
            way = ways.popleft()
            for above in sorted(self._up.get(way[-1], ())):
                if above == slug:
                    return way
                if above not in seen:
                    seen.add(above)
                    ways.append([*way, above])
        return []


def ladders_of(library: Library) -> Ladders:
    """The ladders of the exercises that are shown."""
    return library.once(_of_all)


def _of_all(library: Library) -> Ladders:
    return Ladders(library.exercises)
