"""Pages that were read before: a file whose bytes are the same gives the same page, so it is not read for its meaning again.

What is kept is known by the digest of a file and by what the file was taken for. Front matter with its lines is most of what
reading costs, and hardly anybody asks for it once a page is good: it is read again when somebody does.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import io
import pickle
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from kinopress.content.model.noticing.watched import Watched, facts_told, field_told, in_order
from kinopress.content.model.pages import NOTICED, Page
from kinopress.problems import Problem
from kinopress.system.atomic import write_bytes

_VERSION = 1
_DIGITS = 64
_LATER = "front"
"""The field of a page that is read again when it is asked for."""

Read = tuple[Page, list[Problem]]
Clean = tuple[tuple[int | str, ...], str]
"""What was read of the library to see that nothing is wrong with a page, and a digest of that."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a project's pages.

    Attributes:
        pages: Path of a file → the digest of its bytes, and the page they give.
        clean: Path of a file → see :data:`Clean`, of each page with which nothing is wrong.
        common: A digest of what all pages were checked with.
    """

    pages: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    clean: Mapping[str, Clean] = field(default_factory=dict)
    common: str = ""


class KeptPages:
    """Pages that were read before, and those that are read now.

    Args:
        last: What was known the last time.
        is_for_later: Whether somebody writes it down or reads again: to make ready what nobody asks for
            would take a fifth of a check.
    """

    def __init__(self, last: Kept | None = None, *, is_for_later: bool = True) -> None:
        self._last = last or Kept()
        self._is_for_later = is_for_later
        self._pages: dict[str, tuple[str, bytes]] = {}
        self._clean: dict[str, Clean] = {}
        self._common = ""
        # The values themselves, for whoever reads again in the same process: nobody changes one.
        self._live_before: Mapping[str, tuple[str, Page, list[Problem]]] = {}
        self._live: dict[str, tuple[str, Page, list[Problem]]] = {}
        self.beside = ""
        """A digest of all that pages are checked with beside the other pages."""

    def page(self, path: str, taken_for: str, data: bytes, read: Callable[[], Read]) -> Read:
        """The page of a file.

        Args:
            path: The file, relative to the project.
            taken_for: The kind and the name of the page that it gives.
            data: Its bytes.
            read: Reads it.
        """
        sha256 = hashlib.sha256(f"{taken_for}\n".encode("utf-8", "replace") + data).hexdigest()
        known = self._last.pages.get(path)
        live = self._live_before.get(path)
        if live is not None and live[0] == sha256 and known is not None:
            self._pages[path], self._live[path] = known, live
            live[1].__dict__[_LATER] = lambda: (
                read()[0].front
            )  # it may have read another text since
            return live[1], list(live[2])
        if known is not None and known[0] == sha256:
            found = _loaded(known[1], read)
            if found is not None:
                self._pages[path] = known
                self._live[path] = sha256, found[0], list(found[1])
                return found
        page, problems = read()
        if self._is_for_later:
            self._pages[path] = sha256, _dumped(page, problems)
            self._live[path] = sha256, page, list(problems)
        return page, problems

    @property
    def is_of_use(self) -> bool:
        """Whether it is worth knowing what a check reads."""
        return self._is_for_later or bool(self._last.clean)

    def begin_checks(self, watched: Watched, more: object) -> None:
        """Look at a library, and at what else all pages are checked with, before any is."""
        said = f"{self.beside} {watched.common} {more!r}"
        self._common = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()

    def problems(
        self, path: str, watched: Watched, find: Callable[[], Iterable[Problem]]
    ) -> list[Problem]:
        """What is wrong with a page; one that was clean is not looked at again while nothing of what was read has changed.

        Args:
            path: Its file, relative to the project.
            watched: The library.
            find: Finds it.
        """
        clean = self._last.clean.get(path)
        if clean is not None and self._common == self._last.common and self.beside:
            seen, then = clean
            if watched.now(seen) == then:
                self._clean[path] = clean
                return []
        if not self._is_for_later:
            return list(find())
        found, read = watched.during(lambda: list(find()))
        if not found:
            ordered = in_order(read)
            self._clean[path] = ordered, watched.now(ordered)
        return found

    def now(self) -> Kept:
        """What is known now."""
        return Kept(self._pages, self._clean, self._common)

    def next(self) -> KeptPages:
        """What is known the next time."""
        following = KeptPages(self.now())
        following._live_before = self._live
        return following

    def write(self, file: Path, *, programs: str) -> None:
        """Write down what is known, where that is anything new.

        Raises:
            OSError: it cannot be written.
        """
        now = self.now()
        if now == self._last and file.exists():
            return
        data = pickle.dumps((now.pages, now.clean, now.common), pickle.HIGHEST_PROTOCOL)
        write_bytes(file, _check(programs, data).encode() + data)


def read_kept_pages(file: Path, *, programs: str, is_for_later: bool = True) -> KeptPages:
    """What was written down; nothing where that is damaged or of other programs.

    Args:
        file: Where it was written.
        programs: A digest of the programs that read pages now.
        is_for_later: See :class:`KeptPages`.
    """
    kept = _written_down(file, programs)
    return KeptPages(kept, is_for_later=is_for_later)


def _written_down(file: Path, programs: str) -> Kept | None:
    try:
        if not file.is_file():  # a named pipe would be waited for without end
            return None
        whole = file.read_bytes()
    except OSError:
        return None
    check, data = whole[:_DIGITS], whole[_DIGITS:]
    if check != _check(programs, data).encode():
        return None
    try:
        return Kept(*_Loading(io.BytesIO(data)).load())
    except Exception:
        return None


def _check(programs: str, data: bytes) -> str:
    return hashlib.sha256(f"{_VERSION} {programs}\n".encode() + data).hexdigest()


def _dumped(page: Page, problems: list[Problem]) -> bytes:
    facts_told(page)
    for name in NOTICED:
        if name != _LATER:
            field_told(page, name)
    lean = object.__new__(type(page))
    lean.__dict__.update(page.__dict__)
    del lean.__dict__[_LATER]
    into = io.BytesIO()
    _Dumping(into, pickle.HIGHEST_PROTOCOL).dump((lean, problems))
    return into.getvalue()


def _loaded(data: bytes, read: Callable[[], Read]) -> Read | None:
    try:
        page, problems = _Loading(io.BytesIO(data)).load()
        page.__dict__[_LATER] = lambda: read()[0].front
    except Exception:
        return None
    return page, problems


class _Dumping(pickle.Pickler):
    def reducer_override(self, it: Any) -> Any:
        """Values with slots by their fields in order: a third of the time that they take by name."""
        cls = type(it)
        if is_dataclass(cls) and "__slots__" in cls.__dict__:
            every = fields(cls)
            if all(one.init and not one.kw_only for one in every):
                return cls, tuple(getattr(it, one.name) for one in every)
        return NotImplemented


class _Loading(pickle.Unpickler):
    """Makes values of this program and nothing else, whatever a file asks for."""

    def find_class(self, module: str, name: str) -> Any:
        return _class(module, name)


@functools.cache
def _class(module: str, name: str) -> Any:
    """A class of values of this program; a page has a dozen, and they are the same for each."""
    if (module, name) == ("datetime", "date"):
        return dt.date
    found = getattr(sys.modules.get(module), name, None)
    is_value = isinstance(found, type) and (is_dataclass(found) or issubclass(found, Enum))
    if not module.startswith("kinopress.") or not is_value:
        raise pickle.UnpicklingError(f"{module}.{name}")
    return found
