"""Stamps of files, and SHA-256 of large ones, remembered while the stamp stays the same.

A stamp is (device, inode, size, modified, changed). Writing to a file changes its times
even when its size stays; setting the modification time back by hand still changes the
"changed" time. So a remembered hash is trusted without reading a byte: 0.02 ms where
reading 500 MB takes a second or more. Bits that rot on the disk change no stamp; only
reading everything finds them. On Windows "changed" is when the file was made: there a time set back by hand goes unseen.

``hashes.json`` is a cache: it may be deleted at any time, and a damaged one is ignored.
"""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kinopress.system import disk
from kinopress.system.kept import read_kept, write_kept

HASHES_NAME = "hashes.json"
_VERSION = 2
# A file changed this recently could change again within one tick of its file system's
# clock (2 s on FAT) and keep its stamp; its hash is not remembered yet. git does the same.
RACY_NS = 2_000_000_000
# 1000 files are 150 films; more are dropped oldest first. One entry has about 130 bytes.
_ENTRIES_MAX = 5000


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of a file, read now."""
    import hashlib  # noqa: PLC0415 - it loads OpenSSL, and a stamp needs none

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stamp(path: Path) -> str:
    """What changes whenever a file's bytes do."""
    status = path.stat()
    return f"{status.st_dev}-{stamp_of(status)}"


def stamp_of(status: os.stat_result) -> str:
    """A file's stamp without its device, whose number changes on some disks at each start: for whoever knows the path."""
    parts = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return "-".join(map(str, parts))


def is_racy(status: os.stat_result) -> bool:
    """Whether a file was saved so lately that it could be saved again and keep its stamp.

    A time to come says nothing: a camera's clock may be a year ahead.
    """
    now_ns = time.time_ns()
    return any(abs(now_ns - at) < RACY_NS for at in (status.st_mtime_ns, status.st_ctime_ns))


@dataclass(slots=True)
class HashCache:
    """Remembered hashes of one media folder."""

    path: Path
    _entries: dict[str, str] = field(default_factory=dict)
    _changed: bool = False

    @classmethod
    def load(cls, path: Path) -> HashCache:
        """Read the cache, or begin an empty one."""
        return cls(path, read_kept(path, _known) or {})

    def sha256(self, path: Path) -> str:
        """The file's hash, from memory when its stamp is known."""
        before = stamp(path)
        if known := self._entries.get(before):
            return known
        digest = sha256_of(path)
        if stamp(path) == before and not is_racy(path.stat()):
            self._entries[before] = digest
            self._changed = True
        return digest

    def save(self) -> None:
        """Write the cache, whole or not at all; a failure costs only time later."""
        if not self._changed:
            return
        entries = dict(list(self._entries.items())[-_ENTRIES_MAX:])
        with contextlib.suppress(OSError):
            write_kept(self.path, {"version": _VERSION, "sha256": entries}, indent=0)
            self._changed = False


def forget_hashes(path: Path) -> None:
    """Have every file read again the next time its hash is asked for."""
    with contextlib.suppress(FileNotFoundError):
        disk.remove(path)


def _known(raw: Any) -> dict[str, str]:
    known = raw["sha256"]
    if raw["version"] != _VERSION or not all(isinstance(one, str) for one in known.values()):
        raise ValueError
    return dict(known)
