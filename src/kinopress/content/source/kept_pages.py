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
from functools import partial
from pathlib import Path
from typing import Any

from kinopress.content.model.noticing.watched import (
    Told,
    Watched,
    facts_told,
    field_told,
    in_order,
)
from kinopress.content.model.pages import NOTICED, Page
from kinopress.problems import Problem
from kinopress.system.kept.as_bytes import read_checked, write_checked

_VERSION = 2
_LATER = "front"
"""The field of a page that is read again when it is asked for."""

Read = tuple[Page, list[Problem]]
Clean = tuple[tuple[int | str, ...], str]
"""What was read of the library to see that nothing is wrong with a page, and a digest of that."""
Looked = tuple[list[Problem], Clean | None]
"""What is wrong with a page, or what was read to see that nothing is."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a project's pages.

    Attributes:
        pages: Path of a file → the digest of its bytes, and the page they give.
        clean: Path of a file → see :data:`Clean`, of each page with which nothing is wrong.
        common: A digest of what all pages were checked with.
        told: What was told of all that was read to see that nothing is wrong; empty where that is not known.
    """

    pages: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    clean: Mapping[str, Clean] = field(default_factory=dict)
    common: str = ""
    told: Told = field(default_factory=dict)


class JustRead:
    """A page that has just been read, here or in another process: packed it is on its way, and when it is kept.

    Args:
        found: The page, and what is wrong with it.
        is_whole: Whether it is packed as it is kept, with digests of what it says.
    """

    def __init__(self, found: Read | None, packed: bytes = b"", *, is_whole: bool = True) -> None:
        self._found, self._is_whole = found, is_whole
        self.packed = _dumped(*found, is_whole=True) if found and is_whole else packed

    def __reduce__(self) -> tuple[type[JustRead], tuple[None, bytes]]:
        """On the way to another process."""
        found = self._found
        return JustRead, (None, self.packed or (_dumped(*found, is_whole=False) if found else b""))

    def here(self, read: Callable[[], Read]) -> Read:
        """The page in this process.

        Args:
            read: Reads it, where it cannot be unpacked.
        """
        return self._found or _loaded(self.packed, read) or read()


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
        self._told: Told = {}
        self._differing: frozenset[int | str] | None = None
        # The values themselves, for whoever reads again in the same process: nobody changes one.
        self._live_before: Mapping[str, tuple[str, Page, list[Problem]]] = {}
        self._live: dict[str, tuple[str, Page, list[Problem]]] = {}
        self.beside = ""
        """A digest of all that pages are checked with beside the other pages."""

    def before(
        self, path: str, taken_for: str, data: bytes, read: Callable[[], Read]
    ) -> Read | None:
        """The page of a file that was read before; ``None`` where it has to be read.

        Args:
            path: The file, relative to the project.
            taken_for: The kind and the name of the page that it gives.
            data: Its bytes.
            read: Reads it.
        """
        known = self._last.pages.get(path)
        live = self._live_before.get(path)
        if known is None:
            return None
        sha256 = _sha256(taken_for, data)
        if live is not None and live[0] == sha256:
            self._pages[path], self._live[path] = known, live
            live[1].__dict__[_LATER] = lambda: (
                read()[0].front
            )  # it may have read another text since
            return live[1], list(live[2])
        if known[0] == sha256:
            found = _loaded(known[1], read)
            if found is not None:
                self._pages[path] = known
                self._live[path] = sha256, found[0], list(found[1])
                return found
        return None

    def read(self, read: Callable[[], Read]) -> JustRead:
        """Read a page that was not read before, in whatever process."""
        page, problems = read()
        return JustRead((page, problems), is_whole=self._is_for_later)

    def add(
        self, path: str, taken_for: str, data: bytes, read: Callable[[], Read], just: JustRead
    ) -> Read:
        """The page of a file that has just been read.

        Args:
            path: The file, relative to the project.
            taken_for: The kind and the name of the page that it gives.
            data: Its bytes.
            read: Reads it.
            just: What came of it.
        """
        page, problems = just.here(read)
        if self._is_for_later:
            sha256 = _sha256(taken_for, data)
            self._pages[path] = sha256, just.packed
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
        self._told, self._differing = {}, None

    def end_checks(self, watched: Watched) -> None:
        """Note what is told of all that was read, when all pages were checked."""
        if self._is_for_later and self._last.clean:
            self._told = watched.told(seen for seen, _ in self._clean.values())

    def was_clean(self, path: str, watched: Watched) -> bool:
        """Whether nothing was wrong with a page, and nothing has changed of what was read to see that.

        Args:
            path: Its file, relative to the project.
            watched: The library.
        """
        clean = self._last.clean.get(path)
        if clean is None or self._common != self._last.common or not self.beside:
            return False
        seen, then = clean
        if not self._last.told:
            is_as_then = watched.now(seen) == then
        else:
            if self._differing is None:
                self._differing = watched.differing(self._last.told)
            is_as_then = self._differing.isdisjoint(seen)
        if is_as_then:
            self._clean[path] = clean
        return is_as_then

    def look(self, watched: Watched, find: Callable[[], Iterable[Problem]]) -> Looked:
        """What is wrong with a page, and what was read to see that, in whatever process.

        Args:
            watched: The library.
            find: Finds it.
        """
        if not self._is_for_later:
            return list(find()), None
        found, read = watched.during(lambda: list(find()))
        if found:
            return found, None
        ordered = in_order(read)
        return found, (ordered, watched.now(ordered))

    def problems(self, path: str, looked: Looked) -> list[Problem]:
        """What was found on a page that was looked at just now; what was read to find nothing is remembered.

        Args:
            path: Its file, relative to the project.
            looked: What :meth:`look` gave.
        """
        found, clean = looked
        if clean is not None:
            self._clean[path] = clean
        return found

    def now(self) -> Kept:
        """What is known now."""
        return Kept(self._pages, self._clean, self._common, self._told)

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
        data = pickle.dumps((now.pages, now.clean, now.common, now.told), pickle.HIGHEST_PROTOCOL)
        write_checked(file, partial(_check, programs), data)


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
    data = read_checked(file, partial(_check, programs))
    if data is None:
        return None
    try:
        return Kept(*_Loading(io.BytesIO(data)).load())
    except Exception:
        return None


def _check(programs: str, data: bytes) -> str:
    return hashlib.sha256(f"{_VERSION} {programs}\n".encode() + data).hexdigest()


def _sha256(taken_for: str, data: bytes) -> str:
    return hashlib.sha256(f"{taken_for}\n".encode("utf-8", "replace") + data).hexdigest()


def _dumped(page: Page, problems: list[Problem], *, is_whole: bool) -> bytes:
    if is_whole:
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
