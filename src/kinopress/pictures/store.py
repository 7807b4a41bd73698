"""Where made files lie: ``.kinopress/pictures/<first 16 digits of the digest>/``.

The digest is that of the source's bytes and of the recipe, so a picture that lies in two places
is made once, and a second build makes nothing. A folder there is whole or not there: work
happens in a temporary folder beside it, ``made.json`` is written last, one rename makes it real.
What :class:`Looked` remembers of files by their stamp saves reading them; it is a cache and may
be deleted.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kinopress.pictures.made import Made, MadeFile, StoredFile

FOLDER = Path(".kinopress/pictures")
MADE = "made.json"
_LOOKED = "looked.json"
_TEMPORARY = ".tmp-"
_NAME_DIGITS = 16
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


def put(
    project: Path, digest: str, files: Sequence[MadeFile], left_out: Sequence[str] = ()
) -> Made:
    """Keep what was made, in the place of a damaged result if there is one.

    Raises:
        OSError: the disk is full or may not be written to.
    """
    store = project / FOLDER
    store.mkdir(parents=True, exist_ok=True)
    place = store / digest[:_NAME_DIGITS]
    aside = Path(tempfile.mkdtemp(prefix=_TEMPORARY, dir=store))
    try:
        aside.chmod(0o755)  # mkdtemp makes it private; web servers run as someone else
        stored = []
        for file in files:
            (aside / file.name).write_bytes(file.data)
            stored.append(StoredFile(file.name, file.mime, file.width, file.height, len(file.data)))
        values = {
            "digest": digest,
            "files": [asdict(file) for file in stored],
            "left_out": list(left_out),
        }
        (aside / MADE).write_text(json.dumps(values, indent=1), "utf-8")
        if place.exists():
            place.rename(aside / "before")
        try:
            aside.rename(place)
        except OSError:
            if find(project, digest) is None:  # else another run was quicker
                raise
        shutil.rmtree(place / "before", ignore_errors=True)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Made(digest, place, tuple(stored), tuple(left_out))


def unused(project: Path, used: set[str]) -> dict[Path, int]:
    """Folders of the store that nothing uses, those of interrupted runs too, with their sizes in bytes.

    Args:
        project: The project's folder.
        used: The digests that are used.
    """
    names = {digest[:_NAME_DIGITS] for digest in used}
    store = project / FOLDER
    if not store.is_dir():
        return {}
    return {
        folder: sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        for folder in sorted(store.iterdir())
        if folder.is_dir()
        and folder.name not in names
        and (folder.name.startswith(_TEMPORARY) or (folder / MADE).is_file())
    }


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
        beside = self.path.with_name(f"{_TEMPORARY}{os.getpid()}-{_LOOKED}")
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps({"entries": kept}), "utf-8")
            beside.replace(self.path)


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
