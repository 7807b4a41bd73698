"""What a site is made from, and what the last build noted of it: whether there is anything new.

Sources are known by their stamps. A file that is saved twice within one tick of its disk's clock may keep its stamp, so
of each that was saved just before a build its digest is noted as well, and compared the next time. A large film is not read
for that: a build knows it by the SHA-256 for which it was encoded.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kinopress.content.model.kinds import SETTINGS_FILE, SOURCE_TOPS
from kinopress.content.source.film_files import FILM_ENDINGS
from kinopress.content.source.private.files import client_files
from kinopress.media.note import ENDING as NOTE_ENDING
from kinopress.system.atomic import write_json
from kinopress.system.kept import read_kept
from kinopress.system.stamps import is_racy, sha256_of, stamp_of

STAMP = Path(".kinopress/cache/build.json")
_VERSION = 3
_READ_MAX_BYTES = 16_000_000
"""A larger film that has just been copied is not read: that would take longer than a build that remembers the last one."""


@dataclass(frozen=True, slots=True)
class Look:
    """What files are like at a moment.

    Attributes:
        digest: A digest of them, by their stamps.
        fresh: Path → SHA-256 of each that was saved so lately that its stamp says too little.
        unread: Whether some of those were not read (large films, files of clients): of them only a build knows.
    """

    digest: str
    fresh: Mapping[str, str]
    unread: bool


class Looking:
    """Looks at one file after the other.

    Args:
        reads: Whether what was saved only just is read.
    """

    def __init__(self, *, reads: bool = True) -> None:
        self._seen = hashlib.sha256()
        self._fresh: dict[str, str] = {}
        self._unread = False
        self._reads = reads

    def note(self, words: str) -> None:
        """Note something that is not a file."""
        self._seen.update(os.fsencode(f"{words}\n"))

    def at(self, path: str, *, is_film: bool = False, is_private: bool = False) -> None:
        """Look at a file or folder, which may be gone since its folder was listed.

        Args:
            path: Where it is.
            is_film: Whether a build knows it by a digest of its own, so that it need not be read if it is large.
            is_private: Whether it is about a client, so that neither its name nor a digest of it is to be noted.
        """
        found = _status(path)
        if found is None:
            self.note(f"{path} gone")
            return
        self.note(f"{path} {stamp_of(found)}")
        if not self._reads or not is_racy(found):
            return
        if not stat.S_ISREG(found.st_mode):
            return  # whoever opens a pipe waits for ever
        if is_private or (is_film and found.st_size > _READ_MAX_BYTES):
            self._unread = True
            return
        with contextlib.suppress(OSError):  # nobody may read it, and the check says so
            self._fresh[path] = sha256_of(Path(path))

    def look(self) -> Look:
        """What was found."""
        return Look(self._seen.hexdigest(), self._fresh, self._unread)


@dataclass(frozen=True, slots=True)
class Noted:
    """What a build noted of itself.

    Attributes:
        stamp: What the site was made from, films and the day included.
        release: The digest of the site that was put in place.
        fresh: See :attr:`Look.fresh`.
        alone: Whether nothing had a say but these programs: hooks, other plugins and the environment may read anything.
        said: What whoever builds again is told, when nothing has changed; empty where that has to be found out.
    """

    stamp: str
    release: str
    fresh: Mapping[str, str] = field(default_factory=dict)
    alone: bool = True
    said: Mapping[str, Any] = field(default_factory=dict)

    def is_of(self, look: Look) -> bool:
        """Whether the sources are still as they were."""
        return self.stamp.startswith(f"{look.digest} ") and are_still(self.fresh)


def are_still(fresh: Mapping[str, str]) -> bool:
    """Whether files are still as they were noted: see :attr:`Look.fresh`."""
    try:
        return all(sha256_of(Path(path)) == sha256 for path, sha256 in fresh.items())
    except OSError:
        return False


def look_at(project: Path) -> Look:
    """Look at what a site is made from. Look before anything is read: a change meanwhile is seen the next time.

    Raises:
        OSError: the settings cannot be read.
    """
    return _look_at(project, Looking())


def look_at_clients(project: Path, clients: str, *, reads: bool = True) -> Look:
    """Look at the files of clients, with which a check compares what a site is made of. No site is made of them.

    Args:
        project: The project's folder.
        clients: The settings' folder of clients.
        reads: Whether it counts that a file was saved only just.
    """
    looking = Looking(reads=reads)
    looking.note(clients)
    for file in client_files(project / clients):
        looking.at(str(file), is_private=True)
    return looking.look()


def fingerprint(project: Path, clients: str) -> str:
    """A digest of what a check reads: sources and files of clients by their stamps, settings, programs.

    Args:
        project: The project's folder.
        clients: The settings' folder of clients.

    Raises:
        OSError: the settings cannot be read.
    """
    sources = _look_at(project, Looking(reads=False))
    return f"{sources.digest} {look_at_clients(project, clients, reads=False).digest}"


def _look_at(project: Path, looking: Looking) -> Look:
    looking.note(programs())
    films = str(project / "videos")
    for path in _files([project / top for top in SOURCE_TOPS]):
        if path.endswith(NOTE_ENDING):
            continue  # written by a publication; what it says is told by the films' digests
        is_film = path.startswith(films) and path.lower().endswith(FILM_ENDINGS)
        looking.at(path, is_film=is_film)
    looking.note((project / SETTINGS_FILE).read_bytes().hex())
    return looking.look()


@functools.cache
def programs() -> str:
    """A digest of the programs that make pages."""
    seen = hashlib.sha256("\n".join([sys.version, *_versions()]).encode())
    for path in _files([Path(__file__).parents[1]]):
        seen.update(os.fsencode(f"{path} {_size_and_time(path)}\n"))
    return seen.hexdigest()


def _versions() -> list[str]:
    """Each package that Kinopress needs, and what those need in turn, with its version.

    The library that reads this (``importlib.metadata``) takes as long to load and to look as a small site to read.
    """
    installed, found = _installed(), dict[str, str]()
    waiting = ["kinopress"]
    while waiting:
        name = _usual(waiting.pop())
        if name in found:
            continue
        head = _head(installed[name]) if name in installed else ""  # or another system's
        found[name] = "".join(re.findall(r"(?m)^Version: *(.+)", head)[:1]) or "none"
        for needed, when in re.findall(r"(?m)^Requires-Dist: *([\w.-]+)([^\n]*)", head):
            if "extra ==" not in when:
                waiting.append(needed)
    return sorted(f"{name} {version}" for name, version in found.items())


def _installed() -> dict[str, str]:
    """Usual name of a package → the folder with its metadata; the first one on Python's path is what Python takes."""
    found: dict[str, str] = {}
    for place in sys.path:
        with contextlib.suppress(OSError), os.scandir(place) as entries:  # or no folder
            for entry in entries:
                name, _, ending = entry.name.rpartition(".")
                if ending in ("dist-info", "egg-info"):
                    found.setdefault(_usual(name.partition("-")[0]), entry.path)
    return found


def _usual(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _head(folder: str) -> str:
    """A package's metadata, without its description."""
    for file in ("METADATA", "PKG-INFO"):
        with contextlib.suppress(OSError):
            return Path(folder, file).read_text("utf-8", "replace").partition("\n\n")[0]
    return ""


def is_built_from(project: Path, release: str) -> bool:
    """Whether a site is what the last build made from the sources as they are now, films aside.

    Raises:
        OSError: the settings cannot be read.
    """
    noted = read_noted(project)
    return noted is not None and noted.release == release and noted.is_of(look_at(project))


def read_noted(project: Path) -> Noted | None:
    """What the last build noted; ``None`` where nothing is there that can be used.

    The release counts because an earlier one may be there again, or a power cut came between.
    """

    def take(value: Any) -> Noted | None:
        noted = Noted(**value["noted"])
        return noted if value["check"] == _check(asdict(noted)) else None

    return read_kept(project / STAMP, take, unchecked=True)


def write_noted(project: Path, noted: Noted) -> None:
    """Note what a build was made from, once its site is in place.

    Raises:
        OSError: it cannot be written.
    """
    value = asdict(noted)
    write_json(project / STAMP, {"check": _check(value), "noted": value})


def _check(noted: Mapping[str, Any]) -> str:
    said = json.dumps([_VERSION, noted], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def _files(folders: Iterable[Path]) -> Iterator[str]:
    for folder in folders:
        for root, names, files in os.walk(folder):
            names[:] = sorted(n for n in names if n != "__pycache__" and not n.startswith("."))
            for name in sorted(files):
                yield f"{root}/{name}"


def _status(path: str) -> os.stat_result | None:
    """A file's; of a link that leads nowhere or to itself its own, and the check says so."""
    for look in (os.stat, os.lstat):
        with contextlib.suppress(OSError):
            return look(path)
    return None


def _size_and_time(path: str) -> str:
    found = _status(path)
    return "gone" if found is None else f"{found.st_size} {found.st_mtime_ns}"
