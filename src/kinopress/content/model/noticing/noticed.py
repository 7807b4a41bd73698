"""Fields whose readers are noticed: what a page was made from is then known by its making, not by what somebody thinks.

A page or a library is as ever until it is watched (:mod:`kinopress.content.model.noticing.watched`): a watched one notes
each of these fields when it is read, whoever reads it and however deep.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")

Seen = set[int | str]
"""What was read: a field of a page by its number, a name that was looked up, or what is beside a page."""

ORDER, TITLED = "\0order ", "\0titled "
"""Before the name of a class: the order of the pages of that kind was asked for. No name that somebody looks up begins so."""

BESIDE = "\0beside "
"""Before what is beside the library and the name of a page: that page's was asked for, or, without a name, all of them."""

STEP = 16
"""Numbers that each page has: at most so many fields are noticed."""

_WATCHED = "_watched"


class Asked:
    """What is read of watched pages.

    Attributes:
        seen: What was read so far.
    """

    __slots__ = ("seen",)

    def __init__(self) -> None:
        self.seen: Seen = set()

    def during(self, make: Callable[[], T]) -> tuple[T, Seen]:
        """What comes of a step, and what was read meanwhile."""
        before, self.seen = self.seen, set()
        try:
            return make(), self.seen
        finally:
            self.seen = before


class Noticed:
    """A field that notes that it is read, in a watched object; in any other it is a field as ever.

    Its value may be a function, which then gives it when it is read first.

    Args:
        name: Its name.
        number: Its number among those of its class.
    """

    def __init__(self, name: str, number: int) -> None:
        self.name, self.number = name, number

    def __get__(self, owner: Any, cls: type | None = None) -> Any:
        """Its value."""
        if owner is None:
            return self
        values = owner.__dict__
        watched = values.get(_WATCHED)
        if watched is not None:
            watched[0].seen.add(watched[1] + self.number)
        value = values[self.name]
        if callable(value):
            value = values[self.name] = value()
        return value

    def __set__(self, owner: Any, value: object) -> None:
        """Set it: when the object is made."""
        owner.__dict__[self.name] = value


def notice(kind: type, names: tuple[str, ...]) -> None:
    """Let fields of a class be noticed.

    Args:
        kind: A class of values whose fields are in the object itself, not in slots.
        names: The fields.
    """
    for number, name in enumerate(names):
        setattr(kind, name, Noticed(name, number))


def watched_copy(it: T, asked: Asked, at: int) -> T:
    """The same object, of which is noted what is read.

    Args:
        it: A page or a library.
        asked: What takes the notes.
        at: Its number among all that are watched.
    """
    copy = object.__new__(type(it))
    copy.__dict__.update(it.__dict__)
    copy.__dict__[_WATCHED] = (asked, at * STEP)
    return copy


def watcher(it: object) -> Asked | None:
    """What takes the notes of an object; ``None`` when nobody does."""
    watched = it.__dict__.get(_WATCHED)
    return None if watched is None else watched[0]
