"""Where made files are: ``.kinopress/pictures/<first 16 digits of the digest>/``.

The digest is that of the source's bytes and of the recipe, so a picture that is in two places
is made once, and a second build makes nothing. A folder there is whole or not there: work
happens in a temporary folder beside it, one rename makes it real. ``made.json`` lists the files
with their digests and is written first, so that only they are ever deleted.
What :class:`Looked` remembers of files by their stamp saves reading them; it is a cache and may
be deleted.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import stat
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kinopress.pictures.made import Made, MadeFile, StoredFile
from kinopress.system import disk
from kinopress.system.atomic import flush_trees, new_folder, write_json
from kinopress.system.clearing import Found, Listed, delete, folders_in, look, put_in_place

FOLDER = Path(".kinopress/pictures")
MADE = "made.json"
_LOOKED = "looked.json"
_TEMPORARY = ".tmp-"
_NAME_DIGITS = 16
_OURS = re.compile(r"[0-9a-f]{16}|\.tmp-[a-z0-9_]{8}")
"""How results and the folders of interrupted runs are named."""

_ENTRIES_MAX = 20_000
# A file changed this recently could change again within one tick of its file system's clock.
_RACY_NS = 2_000_000_000


def digest_of(data: bytes, recipe: str) -> str:
    """The digest of a source and of what is made of it."""
    return hashlib.sha256(hashlib.sha256(data).digest() + recipe.encode()).hexdigest()


def find(project: Path, digest: str) -> Made | None:
    """What was made before, when all of it is still there."""
    folder = project / FOLDER / digest[:_NAME_DIGITS]
    try:
        values = json.loads((folder / MADE).read_text("utf-8"))
        if values["digest"] != digest:
            return None
        files = tuple(StoredFile(**value) for value in values["files"])
        if any((folder / file.name).stat().st_size != file.bytes for file in files):
            return None
        return Made(digest, folder, files, tuple(values["left_out"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


@dataclass(frozen=True, slots=True)
class Result:
    """What was made of one source and is to be kept: its digest, its files, and what was left out."""

    digest: str
    files: Sequence[MadeFile]
    left_out: Sequence[str] = ()


def put(
    project: Path, digest: str, files: Sequence[MadeFile], left_out: Sequence[str] = ()
) -> Made:
    """Keep what was made, in the place of a damaged result if there is one.

    Raises:
        OSError: the disk is full or may not be written to.
    """
    return put_all(project, [Result(digest, files, left_out)])[0]


def put_all(project: Path, results: Sequence[Result]) -> list[Made]:
    """:func:`put` for many: all of them wait for the disk together.

    Raises:
        OSError: the disk is full or may not be written to; some may be kept.
    """
    store = project / FOLDER
    asides: list[Path] = []
    made = []
    try:
        for one in results:
            asides.append(new_folder(store, _TEMPORARY))
            stored = tuple(map(_stored, one.files))
            values = {
                "digest": one.digest,
                "files": [asdict(file) for file in stored],
                "left_out": list(one.left_out),
            }
            disk.write(asides[-1] / MADE, json.dumps(values, indent=1).encode())
            place = store / one.digest[:_NAME_DIGITS]
            made.append(Made(one.digest, place, stored, tuple(one.left_out)))
        flush_trees(asides)  # only what such a list names is ever deleted
        for aside, one in zip(asides, results, strict=True):
            for file in one.files:
                disk.write(aside / file.name, file.data)
        flush_trees(asides)
        for aside, one, kept in zip(asides, results, made, strict=True):
            put_in_place(aside, kept.folder, {file.name for file in one.files} | {MADE})
    except OSError:
        if any(find(project, one.digest) is None for one in results):  # else another was quicker
            raise
    finally:
        for aside in asides:
            if os.path.lexists(aside):
                delete(_look(aside))
    return made


def _stored(file: MadeFile) -> StoredFile:
    sha256 = hashlib.sha256(file.data).hexdigest()
    return StoredFile(file.name, file.mime, file.width, file.height, len(file.data), sha256)


def unused(project: Path, used: set[str]) -> list[Found]:
    """Folders of the store that nothing uses, those of interrupted runs too.

    Args:
        project: The project's folder.
        used: The digests that are used.

    Raises:
        OSError: one cannot be looked into.
    """
    names = {digest[:_NAME_DIGITS] for digest in used}
    store = project / FOLDER
    if not store.is_dir():
        return []
    return [
        _look(folder)
        for folder in folders_in(store)
        if _OURS.fullmatch(folder.name) and folder.name not in names
    ]


def _look(folder: Path) -> Found:
    """What is in a folder of the store, by its list."""
    listed: dict[str, Listed] | None = None
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError, RecursionError):
        if stat.S_ISREG((folder / MADE).lstat().st_mode):
            values = json.loads((folder / MADE).read_text("utf-8"))
            files = [StoredFile(**value) for value in values["files"]]
            listed = {file.name: Listed(file.bytes, file.sha256) for file in files}
    return look(folder, MADE, listed, unfinished=folder.name.startswith(_TEMPORARY))


@dataclass(slots=True)
class Looked:
    """What is known of files by their stamp: text by (stamp, what was looked for)."""

    path: Path
    entries: dict[str, str] = field(default_factory=dict)
    changed: bool = False

    @classmethod
    def load(cls, project: Path) -> Looked:
        """Read the cache, or begin an empty one."""
        path = project / FOLDER / _LOOKED
        try:
            values = json.loads(path.read_text("utf-8"))
            entries = values["entries"]
            good = isinstance(entries, dict) and all(isinstance(v, str) for v in entries.values())
        except (OSError, ValueError, TypeError, KeyError):
            good = False
        return cls(path, entries if good else {})

    def get(self, file: Path, what: str) -> str | None:
        """What is known, if the file is still the same.

        Raises:
            OSError: there is no such file.
        """
        return self.entries.get(f"{_stamp(file)} {what}")

    def put(self, file: Path, what: str, known: str) -> None:
        """Remember; not of a file that was changed a moment ago, whose stamp may stay when it changes again.

        Raises:
            OSError: there is no such file.
        """
        if time.time_ns() - file.stat().st_mtime_ns > _RACY_NS:
            self.entries[f"{_stamp(file)} {what}"] = known
            self.changed = True

    def save(self) -> None:
        """Write the cache, where that is possible."""
        if not self.changed:
            return
        kept = dict(list(self.entries.items())[-_ENTRIES_MAX:])
        with contextlib.suppress(OSError):
            write_json(self.path, {"entries": kept})


def _stamp(file: Path) -> str:
    status = file.stat()
    return "-".join(
        map(
            str,
            (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns),
        )
    )


@contextlib.contextmanager
def looked(project: Path) -> Iterator[Looked]:
    """The cache, saved afterwards."""
    cache = Looked.load(project)
    try:
        yield cache
    finally:
        cache.save()
