"""The releases that stood in a place before: kept by digest, so that there is a way back.

Each is in a folder of its own, named by the first digits of its digest, with its record. It came
there by one rename, when another one took its place. Large files that the one in place has as well
are one file on the disk (hard links), so that three sites with films need little more room than one;
pages are not, since somebody may change one where it lies.

Only what the record of a kept release names, with its digest, is ever deleted.

One that is too many may be laid aside instead: the next release is made from it, since most pages stay as they were, and
thousands of files that need neither be deleted nor written again are half of what a small change costs.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import stat
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kinopress.patterns import lazily
from kinopress.system import disk
from kinopress.system.atomic import flush_tree, remove_empty, remove_tree
from kinopress.system.release_record import (
    BY_STAMP_BYTES,
    RECORD,
    Made,
    Release,
    is_as_made,
    is_real_folder,
    is_same,
    is_untouched,
    list_files,
    read_release,
    record_written_ns,
    write_release,
)
from kinopress.system.survey import Survey, look_through, lstat

_RIGHTS = 0o777

KEPT = 3
"""How many are kept beside the one in place."""

_NAME_DIGITS = 16
_OURS = lazily(r"[0-9a-f]{16}")
_COPYING = lazily(r"\.copying-[0-9a-f]{16}")
_SPARE = lazily(r"\.spare-[0-9a-f]{16}")
_SHARED_FROM_BYTES = 100_000
"""A larger file is a film, a picture or a handout, which nobody changes in place."""


class NotWhole(Exception):  # noqa: N818 - an answer, not a defect
    """A kept release is no longer as it was.

    Attributes:
        path: A file of it that was changed or is gone.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(str(path))


@dataclass(frozen=True, slots=True)
class Kept:
    """A release that is kept.

    Attributes:
        folder: Where it lies.
        release: Its record.
    """

    folder: Path
    release: Release

    @property
    def digest(self) -> str:
        """The digest, as its folder is named."""
        return self.folder.name

    def has_all(self) -> bool:
        """Whether all its files are there, by their sizes."""
        return self.first_lacking() is None

    def first_lacking(self) -> Path | None:
        """The first of its files that is gone or has another size; ``None``: all are there."""
        top = str(self.folder)
        for path, made in self.release.files.items():
            at = lstat(f"{top}/{path}")
            if at is None or at.st_size != made.size_bytes:
                return self.folder / path
        return None


class Releases:
    """A folder of kept releases. Only for whoever holds the project.

    Args:
        folder: The folder, which need not be there.
        has_spare: Lay one that is too many aside, for the next release to be made from.
    """

    def __init__(self, folder: Path, *, has_spare: bool = False) -> None:
        self.folder = folder
        # Windows does not say whether somebody has touched a file.
        self.has_spare = has_spare and sys.platform != "win32"

    def all(self) -> list[Kept]:
        """Those that are there with all their files, the last replaced first."""
        return _in_order(self._everything())

    def torn(self) -> list[Kept]:
        """Those that lack a file or have one of another size, the last replaced first."""
        return _by_time(one for one in self._everything() if not one.has_all())

    def find(self, digest: str) -> Kept:
        """The one kept release whose digest is this or begins so.

        Raises:
            `LookupError`: there is none, or several begin so.
        """
        found = [kept for kept in self.all() if kept.release.digest.startswith(digest)]
        if len(found) != 1 or not digest:
            raise LookupError(digest)
        return found[0]

    def take(self, gone: Path, old: Release, survey: Survey, placed: Release | None) -> bool:
        """Keep a release whose place was taken, by one rename.

        Args:
            gone: Its folder.
            old: Its record.
            survey: What was found in it.
            placed: The one that took its place.

        Returns:
            Whether its folder is away now. It is not when it lacks files, when something else is
            in it, when it is kept already, or is the same as the one in place.

        Raises:
            OSError: it should be kept and cannot be; what is in the way is named.
        """
        name = old.digest[:_NAME_DIGITS]
        if old.files.keys() != survey.ours.keys() or (placed and placed.digest == old.digest):
            return False
        if not _holds_only(gone, old):
            return False
        target = self.folder / name
        away = replace(old, displaced=None, replaced_s=time.time())
        if os.path.lexists(target):
            kept = read_release(target)
            if kept is not None and kept.digest == old.digest and Kept(target, kept).has_all():
                write_release(target, replace(kept, replaced_s=away.replaced_s))
                return False
            if kept is None or not self._drop(Kept(target, kept)):
                raise FileExistsError(errno.EEXIST, "something else has its name", str(target))
        if error := self.in_the_way():
            raise error
        try:
            disk.make_folder(self.folder)
            write_release(gone, away)
            disk.move(gone, target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            self._copy(Kept(gone, away), target)
            return False
        disk.flush(self.folder)
        disk.flush(gone.parent)
        return True

    def in_the_way(self) -> OSError | None:
        """What has the folder's name and is not a folder; ``None`` when nothing has."""
        if os.path.lexists(self.folder) and not self.folder.is_dir():
            return NotADirectoryError(errno.ENOTDIR, "it is not a folder", str(self.folder))
        return None

    def _copy(self, old: Kept, target: Path) -> None:
        """Keep a copy of a release that is on another disk; one that was changed meanwhile is not kept.

        Raises:
            OSError: it cannot be copied.
        """
        aside = self.folder / f".copying-{os.urandom(8).hex()}"
        with contextlib.suppress(NotWhole):
            disk.make_new_folder(aside)
            try:
                write_release(aside, replace(old.release, files={}, whole=False))
                files = fill(old, aside)
                flush_tree(aside)
                write_release(aside, replace(old.release, files=files))
                disk.move(aside, target)
                disk.flush(self.folder)
            finally:
                if os.path.lexists(aside):
                    remove_tree(aside, RECORD)

    def settle(self, folder: Path, placed: Release) -> None:
        """Share large files with the release in place, and drop those that are too many.

        Args:
            folder: The place.
            placed: The record of what lies there.
        """
        there = self._everything()
        others = (one for one in _by_time(there) if one.release.digest != placed.digest)
        kept = list(itertools.islice((one for one in others if one.has_all()), KEPT))
        wanted = {one.folder for one in kept}
        for one in kept:
            files = share(one.folder, one.release.files, folder, placed.files)
            if files != one.release.files:
                write_release(one.folder, replace(one.release, files=files))
        for one in there:
            # Too many, in its place again, or not whole since a run died while it was dropped.
            if one.folder not in wanted and not self._lay_aside(one):
                self._drop(one)
        self._forget_copying()

    def _lay_aside(self, one: Kept) -> bool:
        """Keep one that is too many for the next release; answers whether that could be done."""
        if not self.has_spare or self._spares():
            return False
        try:
            if not _holds_only(one.folder, one.release):
                return False  # what is somebody's stays where it is
            disk.move(one.folder, self.folder / f".spare-{one.digest}")
        except OSError:
            return False
        return True

    def take_spare(self, to: Path, made_for: str) -> dict[str, str] | None:
        """Make a workshop of what was laid aside.

        Args:
            to: Where the workshop is to be.
            made_for: Whose it is then.

        Returns:
            Path → SHA-256 of the files that are in it as they were made; ``None`` where there is no workshop.

        Raises:
            OSError: a file cannot be removed; the workshop is there.
        """
        file_mode, folder_mode = disk.usual_modes()
        for kept in self._spares() if self.has_spare else ():
            if not kept.release.whole:  # a run died that had begun to take it
                self._drop(kept)
                continue
            files, written_ns = kept.release.files, record_written_ns(kept.folder)
            try:
                survey = look_through(kept.folder, kept.release, None, {}, adopted=False)
                # Somebody has put something there, or changed a file: that stays. Or folders are not for everybody
                # who may read a new one.
                modes = {mode & _RIGHTS for mode in survey.folder_modes}
                if (
                    survey.foreign
                    or not survey.ours.keys() <= files.keys()
                    or modes != {folder_mode}
                ):
                    self._drop(kept)
                    continue
                # What dies from here on is begun and not finished.
                write_release(kept.folder, replace(kept.release, made_for=made_for, whole=False))
                disk.move(kept.folder, to)
            except OSError:
                continue  # on another disk: it stays there, no longer whole, and is dropped by the next run
            begun = {}
            for path, at in survey.ours.items():
                # A small one has been read if a second name of it has come or gone.
                is_read = at.st_size <= BY_STAMP_BYTES or is_untouched(at, files[path], written_ns)
                if is_read and at.st_mode & _RIGHTS == file_mode:
                    begun[path] = files[path].sha256
                else:
                    disk.remove(to / path)
            return begun
        return None

    def _spares(self) -> list[Kept]:
        """What was laid aside and not taken yet."""
        found = []
        with contextlib.suppress(OSError), os.scandir(self.folder) as entries:
            for entry in entries:
                if _SPARE.fullmatch(entry.name) and is_real_folder(entry):
                    release = read_release(Path(entry.path))
                    if release is not None:
                        found.append(Kept(Path(entry.path), release))
        return found

    def drop(self, kept: Kept) -> bool:
        """Delete what the record of a kept release names; answers whether its folder is gone."""
        return self._drop(kept)

    def _everything(self) -> list[Kept]:
        found = []
        with contextlib.suppress(OSError), os.scandir(self.folder) as entries:
            for entry in entries:
                if _OURS.fullmatch(entry.name) and is_real_folder(entry):
                    release = read_release(Path(entry.path))
                    if release is not None and release.whole:
                        found.append(Kept(Path(entry.path), release))
        return found

    def _forget_copying(self) -> None:
        with contextlib.suppress(OSError), os.scandir(self.folder) as entries:
            for entry in list(entries):
                if _COPYING.fullmatch(entry.name) and is_real_folder(entry):
                    begun = read_release(Path(entry.path))
                    if begun is not None:  # ours from nothing, never finished
                        remove_tree(Path(entry.path), RECORD)

    def _drop(self, kept: Kept) -> bool:
        """Delete what its record names; answers whether the folder is gone."""
        try:
            survey = look_through(kept.folder, kept.release, None, {}, adopted=False)
        except OSError:
            return False
        delete_ours(kept.folder, survey, record_too=True)
        return not os.path.lexists(kept.folder)


def _in_order(found: Iterable[Kept]) -> list[Kept]:
    """Those that have all their files, the last replaced first."""
    return _by_time(kept for kept in found if kept.has_all())


def _by_time(found: Iterable[Kept]) -> list[Kept]:
    return sorted(found, key=lambda kept: (kept.release.replaced_s, kept.digest), reverse=True)


def delete_ours(folder: Path, survey: Survey, *, record_too: bool = False) -> None:
    """Delete what is ours in a folder, and the folder when nothing else lies there.

    The record goes last: without it nobody knows what is ours.

    Args:
        folder: The folder.
        survey: What was found in it.
        record_too: Delete the record also where something else stays.
    """
    top = str(folder)
    disk.many_at_once(lambda one: _delete(f"{top}/{one[0]}", one[1]), list(survey.ours.items()))
    by_depth: dict[int, list[str]] = {}
    for path in survey.folders[1:]:
        by_depth.setdefault(path.count("/"), []).append(path)
    for _, paths in sorted(by_depth.items(), reverse=True):
        disk.many_at_once(lambda path: _remove_if_empty(folder / path), paths)
    alone = {entry.name for entry in folder.iterdir()} <= {RECORD}
    if alone or record_too:
        disk.flush(folder)
        with contextlib.suppress(FileNotFoundError):
            disk.remove(folder / RECORD)
    if alone:
        with contextlib.suppress(OSError):
            disk.remove_folder(folder)


def _remove_if_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):
        remove_empty(folder)


def _delete(name: str, as_seen: os.stat_result) -> None:
    """Delete a file that is still the one that was looked at; what is not stays."""
    with contextlib.suppress(OSError):
        now = os.lstat(name)
        if not is_same(now, as_seen):
            return
        file = Path(name)
        try:
            disk.remove(file)
        except PermissionError:  # made read-only: the file (Windows) or its folder, both ours
            disk.set_mode(file.parent, stat.S_IRWXU | stat.S_IMODE(file.parent.stat().st_mode))
            if sys.platform == "win32":
                disk.set_mode(file, stat.S_IWRITE)
            disk.remove(file)


def fill(kept: Kept, folder: Path) -> Mapping[str, Made]:
    """Put the files of a release into an empty folder, and make sure that they are as they were.

    Args:
        kept: The release.
        folder: Where; large files become second names of the same file where the disk can.

    Returns:
        The files for the record.

    Raises:
        `NotWhole`: a file was changed or is gone.
        OSError: it cannot be written.
    """
    known = {}
    for path, made in kept.release.files.items():
        source, target = kept.folder / path, folder / path
        at = lstat(source)
        if at is None or not is_as_made(str(source), at, made):
            raise NotWhole(source)
        disk.make_folder(target.parent)
        if made.size_bytes >= _SHARED_FROM_BYTES:
            try:
                disk.link(source, target)
                known[path] = made.sha256
                continue
            except OSError:  # a disk without hard links, or another one
                pass
        disk.copy(source, target)
    files = list_files(folder, known)
    for path, made in kept.release.files.items():
        if files[path].sha256 != made.sha256:  # somebody wrote while it was copied
            raise NotWhole(kept.folder / path)
    return files


def _holds_only(folder: Path, release: Release) -> bool:
    """Whether nothing came into a folder since it was looked through."""
    there = set(_names_in(folder))
    return there <= {*release.files, RECORD}


def _names_in(folder: Path) -> list[str]:
    """Every entry below a folder that is no folder, by path with ``/``.

    Raises:
        OSError: it cannot be looked through.
    """
    found, waiting, top = [], [""], str(folder)
    while waiting:
        below = waiting.pop()
        with os.scandir(f"{top}/{below}") as entries:
            for entry in entries:
                if is_real_folder(entry):
                    waiting.append(f"{below}{entry.name}/")
                else:
                    found.append(below + entry.name)
    return found


def share(
    folder: Path, files: Mapping[str, Made], other: Path, there: Mapping[str, Made]
) -> Mapping[str, Made]:
    """Make large files of a folder second names of the same files in another one, where the disk can.

    Args:
        folder: A folder of ours.
        files: What is in it.
        other: Another folder of ours.
        there: What lies there and is known to be as it was made.

    Returns:
        What is in the first folder now: times of change are those of the other's files.
    """
    known = {
        (made.sha256, made.size_bytes): other / path
        for path, made in there.items()
        if made.size_bytes >= _SHARED_FROM_BYTES
    }
    changed = dict(files)
    for path, made in files.items():
        twin = known.get((made.sha256, made.size_bytes))
        if twin is None:
            continue
        ours = folder / path
        with contextlib.suppress(OSError):
            at = twin.lstat()
            if os.path.samestat(at, ours.lstat()) or at.st_size != made.size_bytes:
                continue
            aside = ours.with_name(f".{os.urandom(8).hex()}.shared")
            disk.link(twin, aside)
            disk.rename(aside, ours)
            changed[path] = replace(made, changed_ns=at.st_mtime_ns)
    return changed
