"""Which sources have changed: the system tells it at once where it does, and a look now and then finds what it did not.

A system tells nothing of folders on other computers, and some programs that share folders tell nothing of their own. So nobody
relies on it. What both find counts once, because each change is compared with what was there when it was last looked at.
"""

from __future__ import annotations

import contextlib
import os
import stat
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

_LOOKS_S = 0.2
"""How often to look, where the system has told nothing yet."""

_LOOKS_BESIDE_S = 1.0
"""The same where it tells."""

_TOLD = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
"""What the system is asked for: not that a file was read, which pages do when they are made."""

_Stamp = tuple[int, int, int]
_Identity = tuple[int, int]


class Watching(threading.Thread):
    """Looks for changes of files until it is stopped.

    Attributes:
        is_told: Whether the system says what has changed, as far as is known.
    """

    def __init__(self, paths: Iterable[Path], changed: Callable[[], object]) -> None:
        """Look at what is there now; whatever is other later is a change.

        Args:
            paths: Files and folders, which may come later, or go and come back as another branch is checked out.
            changed: Is called after each change, in a thread of its own.
        """
        super().__init__(daemon=True)
        self.is_told = False
        self._paths = [os.path.realpath(path) for path in paths]
        self._changed = changed
        self._lock = threading.Lock()
        self._ends, self._sooner = threading.Event(), threading.Event()
        self._system = _system()
        self._watched: dict[str, tuple[_Identity, ObservedWatch]] = {}
        self._stamps: dict[str, _Stamp] = {}
        with self._lock:
            self._listen()  # before looking: what changes between the two is told, and heard when all is looked at
            self._stamps = dict(_stamps(self._paths))

    def run(self) -> None:
        """Look again and again."""
        while not self._ends.is_set():
            self._sooner.wait(_LOOKS_BESIDE_S if self.is_told else _LOOKS_S)
            self._sooner.clear()
            if not self._ends.is_set():
                self.look()

    def look(self) -> None:
        """Look at all that is watched."""
        self._listen()
        with self._lock:
            now = dict(_stamps(self._paths))
            is_other, self._stamps = now != self._stamps, now
        if is_other:
            self.is_told = False
            self._changed()

    def heard(self, path: str) -> None:
        """Look at one file of which the system says that it has changed."""
        self.is_told = True
        with self._lock:
            now = _stamp(path)
            if now == self._stamps.get(path):
                return
            if now is None:
                del self._stamps[path]
            else:
                self._stamps[path] = now
        self._changed()

    def heard_of_folder(self) -> None:
        """Look at everything soon: what is in a folder that came or went is told for some of it only."""
        self._sooner.set()

    def stop(self) -> None:
        """Look no more."""
        self._ends.set()
        self._sooner.set()
        if self._system is not None and self._system.is_alive():
            self._system.stop()

    def _listen(self) -> None:
        """Ask to be told of what is there now, also in place of what has gone: who watched that has ended with it."""
        if self._system is None:
            return
        now = {path: _identity(path) for path in self._paths}
        # Files of one folder are told of together: none of them is heard any more once the system is asked no longer.
        ended = {watch for path, (was, watch) in self._watched.items() if now[path] != was}
        self._watched = {path: it for path, it in self._watched.items() if it[1] not in ended}
        for watch in ended:
            with contextlib.suppress(OSError, KeyError, RuntimeError):
                self._system.unschedule(watch)
        for path, identity in now.items():
            if identity is None or path in self._watched:
                continue
            try:
                # A file is often replaced by another one; its folder knows that.
                at = Path(path)
                is_folder = at.is_dir()
                watch = self._system.schedule(
                    _Told(self, path),
                    str(at if is_folder else at.parent),
                    recursive=is_folder,
                    event_filter=_TOLD,
                )
                self._watched[path] = identity, watch
            except (OSError, KeyError, RuntimeError):
                self.is_told = False  # as on a system that watches no more folders at once


class _Told(FileSystemEventHandler):
    """Hears what the system says about one of the paths."""

    def __init__(self, watching: Watching, path: str) -> None:
        self.watching, self.path = watching, path

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Look at what it names."""
        for named in (event.src_path, event.dest_path):
            path = os.fsdecode(named)
            if not _is_in(path, self.path):
                continue
            if event.is_directory or path == self.path:
                self.watching.heard_of_folder()
            if not event.is_directory:
                self.watching.heard(path)


def _system() -> BaseObserver | None:
    """What tells on this system, listening; ``None`` where nothing does."""
    try:
        observer = Observer()
        observer.start()
    except (OSError, RuntimeError):  # as where too many programs are told already
        return None
    return observer


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + os.sep)


def _stamps(paths: Iterable[str]) -> Iterator[tuple[str, _Stamp]]:
    """Each file that is there, those in folders included."""
    been: set[_Identity] = set()
    folders = []
    for path in paths:
        if (known := _stamp(path)) is not None:
            yield path, known
        else:
            folders.append(path)
    while folders:
        folder = folders.pop()
        identity = _identity(folder)
        if identity is None or identity in been:
            continue  # a link that leads back
        been.add(identity)
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):  # it has gone meanwhile, or leads nowhere
                    at = entry.stat()
                    if stat.S_ISDIR(at.st_mode):
                        folders.append(entry.path)
                    else:
                        yield entry.path, _stamp_of(at)


def _stamp(path: str) -> _Stamp | None:
    """By what a file is known again; ``None``: no file is there."""
    try:
        at = os.stat(path)  # noqa: PTH116 - for thousands of them Path costs more
    except OSError:
        return None
    return None if stat.S_ISDIR(at.st_mode) else _stamp_of(at)


def _stamp_of(at: os.stat_result) -> _Stamp:
    return at.st_mtime_ns, at.st_size, at.st_ino


def _identity(path: str) -> _Identity | None:
    """Which file or folder is there; ``None``: nothing."""
    try:
        at = os.stat(path)  # noqa: PTH116 - as above
    except OSError:
        return None
    return at.st_dev, at.st_ino
