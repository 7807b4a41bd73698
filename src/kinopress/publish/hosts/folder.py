"""A folder from which a web server on this computer, or on a drive that it shares, gives pages to readers.

A release is made beside the folder and takes its place in one step, as a built site does
(:mod:`kinopress.system.release`): what somebody else put there stays, and the releases before are kept beside it,
where no web server looks. Files that are the same are one file on the disk.

A large file that has to be copied first goes into a folder of its own beside it, named by its digest. A run that is
interrupted, maybe after an hour of copying films to a slow drive, finds it there again.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from kinopress.publish.hosts.here import folder_around
from kinopress.publish.limits import NO_LIMITS, Limits
from kinopress.publish.plan import Holdings, LocalRelease, Publication
from kinopress.publish.record import (
    BYTES_MAX,
    NAME,
    HostFile,
    HostRelease,
    UnreadableRecord,
    read_record,
    record_bytes,
)
from kinopress.publish.target import HostError, Told
from kinopress.system import disk
from kinopress.system.atomic import copy_whole, is_left_aside, write_bytes
from kinopress.system.lock import hold
from kinopress.system.release import InTheWay, OfAnother, Place
from kinopress.system.release_record import RECORD, Made, is_as_made, is_real_folder, read_release
from kinopress.system.releases import Kept, Releases

_MADE_FOR = "published"
"""A built site names its project instead, so the two are never taken for one another."""
_LINKED_FROM_BYTES = 100_000
"""A larger file is a film, a picture or a handout: it can be one file on the disk for several releases."""
_OURS = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Folder:
    """A folder as a :class:`~kinopress.publish.target.Target`.

    Args:
        folder: Where; it need not be there yet, the folder around it must be.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.releases = Releases(self._beside("releases"))
        self.place = Place(folder, _MADE_FOR, lambda _: False, self.releases)

    @property
    def limits(self) -> Limits:
        """See :class:`~kinopress.publish.target.Target`."""
        return NO_LIMITS

    @contextmanager
    def lock(self) -> Iterator[None]:
        """See :class:`~kinopress.publish.target.Target`."""
        around = folder_around(self.folder)
        name = self._beside("lock").name
        with hold(around, path=str(self.folder), doing="publishing", wait_s=5.0, name=name):
            self.place.recover()
            yield

    def read_record(self) -> HostRelease | None:
        """See :class:`~kinopress.publish.target.Target`."""
        folder_around(self.folder)
        return _record_in(self.folder)

    def holdings(self, host: HostRelease | None, local: LocalRelease) -> Holdings:
        """See :class:`~kinopress.publish.target.Target`."""
        placed = read_release(self.folder)
        if placed is not None and placed.made_for != _MADE_FOR:
            raise _filled_by_a_build()
        sizes = dict(_sizes_below(self.folder))
        kept = self._edition(local.id) if local.folder is None else None
        contents = {file.sha256 for file in local.files.values()} if kept is not None else set()
        changed = {
            path
            for path, made in (placed.files if placed is not None else {}).items()
            if path in sizes and _seems_changed(self.folder / path, made)
        }
        return Holdings(sizes, frozenset(contents), frozenset(changed))

    def send(self, plan: Publication, local: LocalRelease, told: Told) -> None:
        """See :class:`~kinopress.publish.target.Target`."""
        incoming = self._beside("incoming")
        for step in plan.steps:
            if not step.sent or local.folder is None:
                continue
            if step.file.size_bytes < _LINKED_FROM_BYTES:  # as quickly copied again as looked for
                told(step, True)
                continue
            there = incoming / step.file.sha256
            is_there = there.is_file() and there.stat().st_size == step.file.size_bytes
            if not is_there:
                disk.make_folder(incoming)
                copy_whole(local.folder / step.path, there)
            told(step, not is_there)

    def switch(self, plan: Publication, local: LocalRelease, told: Told) -> None:
        """See :class:`~kinopress.publish.target.Target`."""
        files = plan.all_files()
        known = {path: file.sha256 for path, file in files.items()}
        kept = self._edition(local.id) if local.folder is None else None
        before = read_release(self.folder)
        ours = before.files if before is not None else {}
        try:
            with self.place.workshop() as made:
                for path, file in files.items():
                    source = self._source(path, file, local, kept, ours.get(path))
                    if source is None:  # retired, and somebody deleted it: nobody needs it any more
                        known.pop(path)
                    else:
                        _take(source, made / path)
                write_bytes(made / NAME, record_bytes(plan.settled))
                self.place.put(made, known)
        except InTheWay as found:
            first, is_ours = sorted(found.paths.items())[0]
            what = (
                "has been changed since it was published"
                if is_ours
                else "was not put there by Kinopress"
            )
            raise HostError(
                f"a file there {what}, and the site must write it",
                "move that file away, then run this again",
                in_the_way=first,
            ) from None
        except OfAnother:
            raise _filled_by_a_build() from None
        self._forget_incoming()
        self._forget_releases({one.id for one in plan.settled.editions[1:]})

    def put_beside(self, folder: Path, paths: Sequence[str]) -> None:
        """See :class:`~kinopress.publish.target.Beside`."""
        for path in paths:
            write_bytes(self.folder / path, (folder / path).read_bytes())

    def read_beside(self, path: str) -> bytes | None:
        """See :class:`~kinopress.publish.target.Beside`."""
        file = self.folder / path
        return file.read_bytes() if _is_there(file) else None

    def remove_beside(self, paths: Sequence[str]) -> None:
        """See :class:`~kinopress.publish.target.Beside`."""
        for top in (self.folder, *(kept.folder for kept in self.releases.all())):
            for path in paths:
                file = top / path
                for one in (file, *_left_aside(file)):
                    if _is_there(one):
                        disk.remove(one)
                for around in (file.parent, file.parent.parent):
                    with contextlib.suppress(OSError):
                        disk.remove_folder(around)  # never more than an empty folder

    def _source(
        self, path: str, file: HostFile, local: LocalRelease, kept: Kept | None, ours: Made | None
    ) -> Path | None:
        """Where the bytes of one file are; ``None``: nowhere."""
        here = self.folder / path
        if ours is not None and ours.sha256 == file.sha256 and _is_as_made(here, ours):
            return here
        incoming = self._beside("incoming") / file.sha256
        if incoming.is_file():
            return incoming
        if path not in local.files:
            return None
        if local.folder is not None:
            return local.folder / path
        if kept is not None:
            there = kept.folder / path
            if _is_as_made(there, kept.release.files[path]):
                return there
            raise HostError(
                "a file of the earlier release has been changed or removed there",
                "publish again: kinopress publish",
                where=str(there),
            )
        return None

    def _edition(self, wanted: str) -> Kept | None:
        """A release that is kept, by its id."""
        for kept in self.releases.all():
            with contextlib.suppress(UnreadableRecord):
                record = _record_in(kept.folder)
                if record is not None and record.id == wanted:
                    return kept
        return None

    def _forget_releases(self, wanted: set[str]) -> None:
        """Delete kept releases other than these; the live one was kept when it was put in place again."""
        for kept in self.releases.all():
            with contextlib.suppress(UnreadableRecord):
                record = _record_in(kept.folder)
                if record is not None and record.id not in wanted:
                    self.releases.drop(kept)

    def _beside(self, what: str) -> Path:
        return self.folder.with_name(f".{self.folder.name}.{what}")

    def _forget_incoming(self) -> None:
        incoming = self._beside("incoming")
        with contextlib.suppress(FileNotFoundError), os.scandir(incoming) as entries:
            for entry in list(entries):
                if _OURS.fullmatch(entry.name):
                    disk.remove(Path(entry.path))
        with contextlib.suppress(OSError):
            disk.remove_folder(incoming)  # never more than an empty folder


def _filled_by_a_build() -> HostError:
    return HostError(
        "kinopress build fills this folder itself",
        "name a different one: the site is built first and then published",
    )


def _is_there(file: Path) -> bool:
    try:
        return stat.S_ISREG(file.lstat().st_mode)
    except OSError:
        return False


def _left_aside(file: Path) -> list[Path]:
    """What runs that were killed while they wrote a file left beside it."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        return [one for one in file.parent.iterdir() if is_left_aside(one.name, file.name)]
    return []


def _is_as_made(file: Path, made: Made) -> bool:
    return _is_there(file) and is_as_made(str(file), file.lstat(), made)


def _seems_changed(file: Path, made: Made) -> bool:
    """Whether somebody changed a file; one with its old size and time is not read, since the switch reads it."""
    at = file.lstat()
    if stat.S_ISREG(at.st_mode) and (at.st_size, at.st_mtime_ns) == (
        made.size_bytes,
        made.changed_ns,
    ):
        return False
    return not is_as_made(str(file), at, made)


def _take(source: Path, target: Path) -> None:
    disk.make_folder(target.parent)
    if source.stat().st_size >= _LINKED_FROM_BYTES:
        with contextlib.suppress(OSError):  # another disk, or one without hard links
            disk.link(source, target)
            return
    disk.copy(source, target)


def _record_in(folder: Path) -> HostRelease | None:
    file = folder / NAME
    if not _is_there(file):
        return None
    if file.stat().st_size > BYTES_MAX:
        raise UnreadableRecord(newer=False)
    return read_record(file.read_bytes())


def _sizes_below(folder: Path) -> Iterator[tuple[str, int]]:
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            entries = list(os.scandir(folder / below))
        except FileNotFoundError:
            continue
        for entry in entries:
            path = below + entry.name
            if is_real_folder(entry):
                waiting.append(f"{path}/")
            elif path not in {RECORD, NAME}:
                yield path, entry.stat(follow_symlinks=False).st_size


def sizes_below(folder: Path) -> Mapping[str, int]:
    """Every file below a folder: path → size in bytes; the records are not counted."""
    return dict(_sizes_below(folder))
