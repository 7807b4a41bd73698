"""The drop folder: films that a cloud drive, a cable or another program puts there are offered, never taken.

A film is offered when its size has stopped growing, since whoever writes it may take an hour. What a cloud
drive only pretends to have here, and would fetch when it is read, is left alone.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kinopress.content.source.film_files import FILM_ENDINGS
from kinopress.problems import shortened
from kinopress.system.kept import read_kept, write_kept

LOOK_EVERY_S = 5.0
STILL_FOR_S = 9.0
"""A film that was as large all this time is whole; a copy over a slow network writes more often."""
_SHOWN_MAX = 50
_DONE_KEPT = 500


@dataclass(frozen=True, slots=True)
class Offered:
    """A film in the drop folder.

    Attributes:
        key: What it is called in forms: a digest of its name, size and time.
        file: Where it is.
        size: Its bytes.
    """

    key: str
    file: Path
    size: int

    @property
    def name(self) -> str:
        """Its name, to be shown."""
        return shortened(self.file.name)


@dataclass(slots=True)
class _Kept:
    """What is remembered from one start to the next."""

    folder: str = ""
    done: list[str] = field(default_factory=list)


class DropFolder:
    """The folder that is watched.

    Args:
        kept: The file that remembers which folder it is, and which films were dealt with.
    """

    def __init__(self, kept: Path) -> None:
        self._file = kept
        self._lock = threading.Lock()
        self._seen: dict[str, tuple[Offered, float]] = {}
        self._now_s = 0.0
        self._kept = read_kept(kept, lambda value: _Kept(**value), unchecked=True) or _Kept()

    @property
    def folder(self) -> str:
        """The folder, as it was typed; empty: none is watched."""
        return self._kept.folder

    def watch(self, typed: str, project: Path) -> str | None:
        """Watch another folder, or none.

        Args:
            typed: The folder; ``~`` is the person's own; empty: none.
            project: The project, whose own folders need no watching.

        Returns:
            Why it cannot be watched, as a sentence.
        """
        words = typed.strip()
        if words:
            folder = Path(words).expanduser()
            if "\0" in words or not folder.is_absolute():
                return "Write the whole name of the folder, from / on, or from ~ on."
            try:
                if not folder.is_dir():
                    return "There is no such folder."
                if folder.resolve().is_relative_to(project.resolve()):
                    return "This folder is in the project itself; choose one outside it."
            except OSError as error:
                return f"It cannot be opened ({(error.strerror or 'no reason is known').lower()})."
        with self._lock:
            self._kept.folder = words
            self._seen = {}
            self._save()
        return None

    def look(self, now_s: float) -> None:
        """See what is there.

        Args:
            now_s: A clock that only goes forwards, in seconds.
        """
        if not self.folder:
            return
        found = {offered.key: offered for offered in self._films()}
        with self._lock:
            self._seen = {
                key: self._seen.get(key, (offered, now_s)) for key, offered in found.items()
            }
            self._now_s = now_s

    def offered(self) -> list[Offered]:
        """The films that are whole and were not dealt with, by name."""
        with self._lock:
            found = [
                offered
                for key, (offered, since_s) in self._seen.items()
                if self._now_s - since_s >= STILL_FOR_S and key not in self._kept.done
            ]
        return sorted(found, key=lambda offered: offered.file.name)[:_SHOWN_MAX]

    def find(self, key: str) -> Offered | None:
        """A film that is offered."""
        return next((offered for offered in self.offered() if offered.key == key), None)

    def done(self, offered: Offered) -> None:
        """Do not offer it again: it was taken, or nobody wants it.

        Raises:
            OSError: it cannot be remembered.
        """
        with self._lock:
            self._kept.done = [*self._kept.done, offered.key][-_DONE_KEPT:]
            self._save()

    def _films(self) -> list[Offered]:
        films = []
        try:
            entries = sorted(Path(self.folder).expanduser().iterdir())
        except OSError:
            return []  # a drive that is not connected at the moment
        for file in entries:
            if file.suffix.casefold() not in FILM_ENDINGS or file.name.startswith("."):
                continue
            try:
                seen = file.stat()
            except OSError:
                continue
            is_here = getattr(seen, "st_blocks", 1) > 0
            if file.is_file() and seen.st_size > 0 and is_here:
                words = f"{file.name}\0{seen.st_size}\0{seen.st_mtime_ns}"
                key = hashlib.sha256(words.encode("utf-8", "surrogateescape")).hexdigest()[:16]
                films.append(Offered(key, file, seen.st_size))
        return films

    def _save(self) -> None:
        write_kept(self._file, asdict(self._kept), private=True)
