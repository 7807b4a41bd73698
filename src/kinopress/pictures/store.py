"""Where made files are: ``.kinopress/pictures/<first 16 digits of the digest>/``.

The digest is that of the source's bytes and of the recipe, so a picture that is in two places
is made once, and a second build makes nothing. A folder there is whole or not there: work
happens in a temporary folder beside it, one rename makes it real. ``made.json`` lists the files
with their digests and is written first, so that only they are ever deleted.

What is taken out is what was put in: a file whose stamp is not the one that was noted is read and compared with its
digest. A stamp is a look: 1,200 files of 40 kB take 4 ms to look at and 57 ms to read (processor time, November 2026).
Bits that rot on the disk change no stamp: :func:`forget_damaged` reads everything.

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
from dataclasses import asdict, dataclass, field, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from kinopress.pictures.made import Made, MadeFile, StoredFile
from kinopress.system import disk
from kinopress.system.atomic import aside_of, flush_trees, new_folder
from kinopress.system.clearing import Found, Listed, delete, folders_in, look, put_in_place
from kinopress.system.kept import checked, read_kept, write_kept
from kinopress.system.stamps import sha256_of, stamp_of

FOLDER = Path(".kinopress/pictures")
MADE = "made.json"
LOOKED = FOLDER / "looked.json"
_TEMPORARY = ".tmp-"
NAME_DIGITS = 16
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
    folder = project / FOLDER / digest[:NAME_DIGITS]
    listed = read_kept(folder / MADE, _listed, unchecked=True)
    if listed is None or listed.digest != digest:
        return None
    stamps = _whole(folder, listed)
    if stamps is None:
        return None
    if stamps != listed.stamps:  # copied from elsewhere, say: next time a look is enough
        with contextlib.suppress(OSError):
            _note(folder, replace(listed, stamps=stamps))
    return Made(digest, folder, listed.files, listed.left_out)


def forget_damaged(project: Path) -> None:
    """Read all that was made, and forget what is not as it was made: it is made again when it is needed.

    Raises:
        OSError: the store cannot be looked into.
    """
    store = project / FOLDER
    for folder in folders_in(store) if store.is_dir() else ():
        listed = read_kept(folder / MADE, _listed, unchecked=True)
        if listed is not None and _whole(folder, replace(listed, stamps=())) is None:
            with contextlib.suppress(OSError):
                disk.remove(folder / MADE)


@dataclass(frozen=True, slots=True)
class _Listed:
    """What a list says.

    Attributes:
        digest: Of the source and the recipe.
        files: What was made.
        left_out: What was not.
        stamps: One for each file, as it was when its digest was known to be right.
    """

    digest: str
    files: tuple[StoredFile, ...]
    left_out: tuple[str, ...]
    stamps: tuple[str, ...] = ()


def _listed(values: Any) -> _Listed:
    return _Listed(
        str(values["digest"]),
        tuple(StoredFile(**value) for value in values["files"]),
        tuple(values["left_out"]),
        tuple(values.get("stamps", ())),
    )


def _note(folder: Path, listed: _Listed) -> None:
    write_kept(folder / MADE, asdict(listed), indent=1)


def _write(file: Path, listed: _Listed) -> None:
    """:func:`_note`, for a list that is flushed with others."""
    disk.write(file, json.dumps(checked(asdict(listed)), indent=1).encode())


def _whole(folder: Path, listed: _Listed) -> tuple[str, ...] | None:
    """The stamps of files that are as they were made; ``None`` where one is not."""
    stamps, top = [], str(folder)
    for file, known in zip_longest(listed.files, listed.stamps[: len(listed.files)]):
        path = f"{top}/{file.name}"
        try:
            status = os.stat(path)  # noqa: PTH116 - a thousand of them: Path costs more
            if not stat.S_ISREG(status.st_mode) or status.st_size != file.bytes:
                return None
            stamp = stamp_of(status)
            if file.sha256 and stamp != known and sha256_of(Path(path)) != file.sha256:
                return None
        except OSError:
            return None
        stamps.append(stamp)
    return tuple(stamps)


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
    lists: list[_Listed] = []
    made: list[Made] = []
    try:
        for one in results:
            asides.append(new_folder(store, _TEMPORARY))
            listed = _Listed(one.digest, tuple(map(_stored, one.files)), tuple(one.left_out))
            _write(asides[-1] / MADE, listed)
            lists.append(listed)
        flush_trees(asides)  # only what such a list names is ever deleted
        for aside, one, listed in zip(asides, results, lists, strict=True):
            for file in one.files:
                disk.write(aside / file.name, file.data)
            stamps = tuple(stamp_of((aside / file.name).stat()) for file in one.files)
            _write(aside_of(aside / MADE), replace(listed, stamps=stamps))
        flush_trees(asides)
        for aside, listed in zip(asides, lists, strict=True):
            disk.rename(aside_of(aside / MADE), aside / MADE)
            place = store / listed.digest[:NAME_DIGITS]
            one_made = Made(listed.digest, place, listed.files, listed.left_out)
            try:
                put_in_place(aside, place, {file.name for file in listed.files} | {MADE})
            except OSError:
                quicker = find(project, listed.digest)  # another run was
                if quicker is None:
                    raise
                one_made = quicker
            made.append(one_made)
    except OSError:
        known = [there for one in results if (there := find(project, one.digest)) is not None]
        if len(known) < len(results):
            raise
        return known
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
    names = {digest[:NAME_DIGITS] for digest in used}
    store = project / FOLDER
    if not store.is_dir():
        return []
    return [
        _look(folder)
        for folder in folders_in(store)
        if _OURS.fullmatch(folder.name) and folder.name not in names
    ]


def _ours(values: Any) -> list[StoredFile]:
    return [StoredFile(**value) for value in values["files"]]


def _look(folder: Path) -> Found:
    """What is in a folder of the store, by its list."""
    listed: dict[str, Listed] | None = None
    with contextlib.suppress(OSError):
        if stat.S_ISREG((folder / MADE).lstat().st_mode):
            known = read_kept(folder / MADE, _ours, unchecked=True)
            if known is not None:
                listed = {file.name: Listed(file.bytes, file.sha256) for file in known}
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
        path = project / LOOKED
        return cls(path, read_kept(path, _entries) or {})

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
            write_kept(self.path, {"entries": kept})


def _entries(values: Any) -> dict[str, str]:
    entries = values["entries"]
    if not all(isinstance(one, str) for one in entries.values()):
        raise TypeError
    return dict(entries)


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
