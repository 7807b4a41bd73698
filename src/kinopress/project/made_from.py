"""What a site is made from, and what the last build noted of it: whether there is anything new.

Sources are known by their stamps. A file that is saved twice within one tick of its disk's clock may keep its stamp, so
of each that was saved just before a build its digest is noted as well, and compared the next time.
"""

from __future__ import annotations

import collections
import contextlib
import functools
import hashlib
import json
import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kinopress.content.model.kinds import SETTINGS_FILE, SOURCE_TOPS
from kinopress.media.note import ENDING as NOTE_ENDING
from kinopress.system.atomic import write_json
from kinopress.system.stamps import RACY_NS, sha256_of

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

STAMP = Path(".kinopress/cache/build.json")
_VERSION = 2
_READ_MAX_BYTES = 16_000_000
"""What is larger is a film that has just been copied: reading it would take longer than a build that remembers the last one."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the sources, the settings and the programs are like at a moment.

    Attributes:
        digest: A digest of them: sources by their stamps, settings by their bytes.
        fresh: Path → SHA-256 of each source that was saved so lately that its stamp says too little; empty for a
            film, which counts as changed the next time.
    """

    digest: str
    fresh: Mapping[str, str]


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
        if not self.stamp.startswith(f"{look.digest} "):
            return False
        try:
            return all(
                sha256 and sha256_of(Path(path)) == sha256 for path, sha256 in self.fresh.items()
            )
        except OSError:
            return False


def look_at(project: Path) -> Look:
    """Look at what a site is made from. Look before anything is read: a change meanwhile is seen the next time.

    Raises:
        OSError: the settings cannot be read.
    """
    latest_ns = time.time_ns() - RACY_NS
    seen = hashlib.sha256(programs().encode())
    fresh = {}
    for path, found in _add_sources(seen, project):
        is_new = max(found.st_mtime_ns, found.st_ctime_ns) > latest_ns
        if is_new and stat.S_ISREG(found.st_mode):  # whoever opens a pipe waits for ever
            with contextlib.suppress(OSError):  # nobody may read it, and the check says so
                is_film = found.st_size > _READ_MAX_BYTES
                fresh[path] = "" if is_film else sha256_of(Path(path))
    return Look(seen.hexdigest(), fresh)


def fingerprint(project: Path) -> str:
    """A digest of what a site is made from: sources by their stamps, settings, programs.

    Raises:
        OSError: the settings cannot be read.
    """
    seen = hashlib.sha256(programs().encode())
    collections.deque(_add_sources(seen, project), maxlen=0)
    return seen.hexdigest()


@functools.cache
def programs() -> str:
    """A digest of the programs that make pages."""
    versions = [
        f"{name} {metadata.version(name)}"
        for name in (
            "kinopress",
            "mkdocs",
            "mkdocs-material",
            "markdown",
            "jinja2",
            "markupsafe",
            "pymdown-extensions",
            "pyyaml",
            "python-frontmatter",
            "babel",
            "segno",
        )
    ]
    seen = hashlib.sha256("\n".join([sys.version, *versions]).encode())
    for path in _files([Path(__file__).parents[1]]):
        seen.update(os.fsencode(f"{path} {_size_and_time(path)}\n"))
    return seen.hexdigest()


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
    try:
        value = json.loads((project / STAMP).read_text("utf-8"))
        noted = Noted(**value["noted"])
        return noted if value["check"] == _check(asdict(noted)) else None
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


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


def _add_sources(seen: Hash, project: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Add what a site is made from to a digest, and give each source with its status on the way."""
    for path in _files([project / top for top in SOURCE_TOPS]):
        if path.endswith(NOTE_ENDING):
            continue  # written by a publication; what it says is told by the films' digests
        found = _status(path)
        if found is None:
            seen.update(os.fsencode(f"{path} gone\n"))  # since its folder was listed
            continue
        stamp = (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
        seen.update(os.fsencode(f"{path} {stamp}\n"))
        yield path, found
    seen.update((project / SETTINGS_FILE).read_bytes())


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
