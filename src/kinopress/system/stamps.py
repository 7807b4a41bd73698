"""SHA-256 of large files, remembered while a file's stamp stays the same.

A stamp is (device, inode, size, modified, changed). Writing to a file changes its times
even when its size stays; setting the modification time back by hand still changes the
"changed" time. So a remembered hash is trusted without reading a byte: 0.02 ms where
reading 500 MB takes a second or more. Bits that rot on the disk change no stamp; only
reading everything finds them.

``hashes.json`` is a cache: it may be deleted at any time, and a damaged one is ignored.
"""

from __future__ import annotations

import contextlib
import json
import time
from dataclasses import dataclass, field
from pathlib import Path

from kinopress.system.atomic import write_json

_VERSION = 1
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
    parts = (
        status.st_dev,
        status.st_ino,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
    )
    return "-".join(map(str, parts))


@dataclass(slots=True)
class HashCache:
    """Remembered hashes of one media folder."""

    path: Path
    _entries: dict[str, str] = field(default_factory=dict)
    _changed: bool = False

    @classmethod
    def load(cls, path: Path) -> HashCache:
        """Read the cache, or begin an empty one."""
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return cls(path)
        known = raw.get("sha256") if isinstance(raw, dict) else None
        if not isinstance(known, dict) or raw.get("version") != _VERSION:
            return cls(path)
        return cls(path, {key: value for key, value in known.items() if isinstance(value, str)})

    def sha256(self, path: Path) -> str:
        """The file's hash, from memory when its stamp is known."""
        before = stamp(path)
        if known := self._entries.get(before):
            return known
        digest = sha256_of(path)
        status = path.stat()
        newest_ns = max(status.st_mtime_ns, status.st_ctime_ns)
        if stamp(path) == before and abs(time.time_ns() - newest_ns) > RACY_NS:
            self._entries[before] = digest
            self._changed = True
        return digest

    def save(self) -> None:
        """Write the cache, whole or not at all; a failure costs only time later."""
        if not self._changed:
            return
        entries = dict(list(self._entries.items())[-_ENTRIES_MAX:])
        with contextlib.suppress(OSError):
            write_json(self.path, {"version": _VERSION, "sha256": entries}, indent=0)
            self._changed = False
