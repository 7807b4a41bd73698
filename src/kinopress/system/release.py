"""Putting a finished folder in place of the one before, so that nothing is lost that we did not make.

The one mechanism for ``site/`` and for a staged tree:

1. A folder is filled aside, under a name of its own that nobody else has.
2. What is in the place now is looked through. A file that is on its record and is as it
   was made is ours; everything else is somebody's. If that is where the new release must write,
   nothing is done.
3. The two folders change places: at once where the system can (Linux, macOS), else by two renames.
4. What is somebody's is moved, by rename, to the same path in the new folder. What is ours is
   deleted, file by file. What could not go back is kept beside, under a name that can be seen.

The new record names the folder it displaced until that is cleared, and so :meth:`Place.recover`
finishes whatever an interrupted run left, at any moment.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import os
import re
import secrets
import shutil
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from kinopress.system.release_record import (
    RECORD,
    Displaced,
    Made,
    Release,
    is_as_made,
    is_real_folder,
    is_same,
    list_files,
    read_release,
    write_release,
)


class InTheWay(Exception):  # noqa: N818 - an answer, not a defect
    """Files that are not ours are where the release must write.

    Attributes:
        paths: Path below the folder → whether it is a file of ours that was changed since.
    """

    def __init__(self, paths: Mapping[str, bool]) -> None:
        self.paths = dict(paths)
        super().__init__(", ".join(paths))


class OfAnother(Exception):  # noqa: N818 - an answer, not a defect
    """The folder holds what another project made."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found beside our own files.

    Attributes:
        left: What is not ours and is where it lay, by path below the folder.
        kept: Where things are now that could not stay in their place; ``None`` when there are none.
    """

    left: tuple[str, ...] = ()
    kept: Path | None = None


@dataclass(slots=True)
class _Survey:
    """What is in a folder that is to go; paths are below it, with ``/``."""

    identity: tuple[int, int]
    ours: dict[str, os.stat_result] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    """Those looked into, outer ones first."""
    foreign: list[str] = field(default_factory=list)
    """Topmost entries that go back to their place."""
    aside: list[str] = field(default_factory=list)
    """Topmost entries whose place is taken, or that were made before there were records."""
    in_the_way: dict[str, bool] = field(default_factory=dict)


class Place:
    """A folder that is filled again and again.

    Args:
        folder: Where it is, links resolved.
        made_for: Whose it is; see :func:`owner`.
        made_before_records: Tells by its looks a folder that an earlier version filled, which
            wrote no record.
    """

    def __init__(
        self, folder: Path, made_for: str, made_before_records: Callable[[Path], bool]
    ) -> None:
        self.folder = folder
        self.made_for = made_for
        self.made_before_records = made_before_records

    def is_ours(self) -> bool:
        """Whether the folder may be filled: not there, empty, or filled by us before."""
        if not os.path.lexists(self.folder):
            return True
        if not self.folder.is_dir():
            return False
        with os.scandir(self.folder) as entries:
            if next(entries, None) is None:
                return True
        return read_release(self.folder) is not None or self.made_before_records(self.folder)

    def is_of_another(self) -> bool:
        """Whether another project's release is there."""
        release = read_release(self.folder)
        return release is not None and release.made_for != self.made_for

    def has_release(self) -> bool:
        """Whether a whole release is there."""
        return (self.folder / RECORD).is_file()

    # Filling

    @contextmanager
    def workshop(self) -> Iterator[Path]:
        """A new folder beside the place; gone afterwards unless it was put in place.

        Raises:
            OSError: it cannot be made.
        """
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        aside = self._beside("next", secrets.token_hex(8))
        aside.mkdir()
        mine = _identity(aside)
        try:
            write_release(aside, Release(self.made_for, whole=False))
            yield aside
        finally:
            with contextlib.suppress(OSError):
                if _identity(aside) == mine:
                    shutil.rmtree(aside, ignore_errors=True)

    def put(self, made: Path, known: Mapping[str, str]) -> Outcome:
        """Put a filled workshop in place.

        Args:
            made: The workshop.
            known: SHA-256 of files in it, where known.

        Raises:
            `InTheWay`: files that are not ours are where the release must write; nothing is done.
            `OfAnother`: the folder belongs to another project; nothing is done.
            OSError: it cannot be done; the old folder is as it was.
        """
        release = Release(self.made_for, list_files(made, known))
        if not os.path.lexists(self.folder):
            write_release(made, release)
            made.rename(self.folder)
            return Outcome()
        if self.is_of_another():
            raise OfAnother
        old = read_release(self.folder)
        adopted = old is None and self.made_before_records(self.folder)
        survey = _look_through(self.folder, old, made, release.files, adopted=adopted)
        if survey.in_the_way:
            raise InTheWay(survey.in_the_way)
        _must_be_movable(self.folder, survey)
        self._keep_mode(made)
        displaced = Displaced(_token(made.name), adopted)
        write_release(made, replace(release, displaced=displaced))
        gone = self._change_places(made, survey.identity)
        outcome = self._settle(gone, survey)
        write_release(self.folder, release)
        return outcome

    def _keep_mode(self, made: Path) -> None:
        """The new folder may be opened by whoever could open the old one."""
        with contextlib.suppress(OSError):
            shutil.copymode(self.folder, made)

    def _change_places(self, made: Path, expected: tuple[int, int]) -> Path:
        """Swap; returns where the old folder is now.

        Raises:
            OSError: it cannot be done, or another folder stood there than the one looked through.
        """
        if _exchange(made, self.folder):
            if _identity(made) != expected:
                _exchange(made, self.folder)
                raise OSError(
                    errno.EBUSY, "the folder was changed in the meantime", str(self.folder)
                )
            return made
        spare = self._beside("old", _token(made.name))
        self.folder.rename(spare)
        try:
            if _identity(spare) != expected:
                changed = "the folder was changed in the meantime"
                raise OSError(errno.EBUSY, changed, str(self.folder))  # noqa: TRY301
            made.rename(self.folder)
        except OSError:
            if not os.path.lexists(self.folder):
                spare.rename(self.folder)
            raise
        return spare

    def _settle(self, gone: Path, survey: _Survey) -> Outcome:
        """Carry over what is not ours, delete what is; see the module's words."""
        kept = _Kept(self.folder)
        left = []
        for path in survey.foreign:
            if _carry(gone, path, self.folder):
                left.append(path)
            else:
                kept.take(gone, path)
        for path in survey.aside:
            kept.take(gone, path)
        for path, as_seen in survey.ours.items():
            _delete(gone / path, as_seen)
        for path in reversed(survey.folders[1:]):
            with contextlib.suppress(OSError):
                (gone / path).rmdir()  # never more than an empty folder
        if {name.name for name in gone.iterdir()} <= {RECORD}:
            (gone / RECORD).unlink(missing_ok=True)  # last: without it nobody knows what is ours
            gone.rmdir()
        else:  # something came while we looked, or cannot be moved: it stays, where it can be seen
            kept.take_all(gone)
        return Outcome(tuple(left), kept.folder)

    # After an interrupted run

    def recover(self) -> Outcome:
        """Finish or undo what a run left that died; a place that is in order is not touched.

        Only for whoever holds the project: no other run may be filling the place.

        Raises:
            OSError: it cannot be done.
        """
        asides = self._asides()
        if not os.path.lexists(self.folder):
            self._bring_back(asides)
        outcome = self._finish_displacing()
        placed = read_release(self.folder) is not None
        for aside, release in asides.items():
            if not _is_folder(aside):
                continue
            if not release.whole:
                shutil.rmtree(aside, ignore_errors=True)  # begun by us from nothing, never finished
            elif placed or (release.displaced and release.displaced.token == _token(aside.name)):
                survey = _look_through(aside, release, None, {}, adopted=False)
                if not survey.foreign:
                    self._settle(aside, survey)
        return outcome

    def _bring_back(self, asides: Mapping[Path, Release]) -> None:
        """A run died between two renames: whichever folder is whole goes in."""
        before = self.folder.with_name(f".{self.folder.name}.old")  # as earlier versions named it
        whole = [aside for aside, release in asides.items() if release.whole]
        if whole:
            # A new release names what it displaced; the old one names nothing.
            newest = next((a for a in whole if asides[a].displaced), whole[0])
            newest.rename(self.folder)
        elif _is_folder(before) and (read_release(before) or self.made_before_records(before)):
            before.rename(self.folder)

    def _finish_displacing(self) -> Outcome:
        release = read_release(self.folder)
        if release is None or release.displaced is None or release.made_for != self.made_for:
            return Outcome()
        outcome = Outcome()
        for what in ("next", "old"):  # by which way the two changed places
            gone = self._beside(what, release.displaced.token)
            if self._is_aside(gone.name) and _is_folder(gone):
                survey = _look_through(
                    gone,
                    read_release(gone),
                    self.folder,
                    release.files,
                    adopted=release.displaced.adopted,
                )
                survey.aside += survey.in_the_way
                outcome = self._settle(gone, survey)
        write_release(self.folder, release.settled())
        return outcome

    def _asides(self) -> dict[Path, Release]:
        """Workshops and swapped-out folders of ours beside the place."""
        found = {}
        with contextlib.suppress(FileNotFoundError), os.scandir(self.folder.parent) as entries:
            for entry in entries:
                if self._is_aside(entry.name) and is_real_folder(entry):
                    release = read_release(Path(entry.path))
                    if release is not None and release.made_for == self.made_for:
                        found[Path(entry.path)] = release
        return found

    def _is_aside(self, name: str) -> bool:
        pattern = rf"\.{re.escape(self.folder.name)}\.(?:next|old)-[0-9a-f]{{16}}"
        return re.fullmatch(pattern, name) is not None

    def _beside(self, what: str, token: str) -> Path:
        """A hidden neighbour: on the same disk, so that a rename is enough."""
        return self.folder.with_name(f".{self.folder.name}.{what}-{token}")


def owner(project: Path, folder: Path) -> str:
    """Whose release is in a folder: told by where the project is, as seen from there.

    So a project that is moved or copied together with its site knows it again, two projects that
    name one folder do not take each other's, and no path is in a public file.
    """
    try:
        seen_from_there = os.path.relpath(project.resolve(), folder)
    except ValueError:  # another drive (Windows)
        seen_from_there = str(project.resolve())
    return hashlib.sha256(os.fsencode(seen_from_there)).hexdigest()[:16]


# Looking through what is to go


def _look_through(
    folder: Path,
    old: Release | None,
    new: Path | None,
    new_files: Mapping[str, Made],
    *,
    adopted: bool,
) -> _Survey:
    """Tell ours from everything else, and find what has no room in the new folder.

    Args:
        folder: What is to go.
        old: Its record.
        new: What comes, as it is on the disk (which knows whether ``A`` and ``a`` are one name);
            ``None`` when nothing does.
        new_files: The record of what comes.
        adopted: There is no record, but it was made by us: what differs from the new is laid aside.
    """
    survey = _Survey(_identity(folder))
    files = old.files if old else {}
    ours_hold = {path[:at] for path in files for at, sign in enumerate(path) if sign == "/"}
    waiting: list[tuple[str, bool]] = [("", False)]
    while waiting:
        below, blocked = waiting.pop()
        survey.folders.append(below)
        for entry in sorted(os.scandir(folder / below), key=lambda e: e.name):
            path = below + entry.name
            if path == RECORD and old is not None:
                continue
            here = os.lstat(entry.path)
            theirs = None if new is None or blocked else _lstat(new / path)
            if is_real_folder(entry):
                room = theirs is not None and stat.S_ISDIR(theirs.st_mode)
                if (room or path in ours_hold) and _can_be_listed(entry.path):
                    waiting.append((f"{path}/", blocked or (theirs is not None and not room)))
                    continue
            elif _is_ours(path, entry.path, here, files, new_files if adopted else None):
                survey.ours[path] = here
                continue
            if adopted:
                survey.aside.append(path)
            elif blocked or theirs is not None:
                survey.in_the_way[path] = path in files
            else:
                survey.foreign.append(path)
    return survey


def _is_ours(
    path: str,
    full: str,
    here: os.stat_result,
    files: Mapping[str, Made],
    new_files: Mapping[str, Made] | None,
) -> bool:
    if path == f"{RECORD}.new":  # of a run that died while it wrote the record
        return stat.S_ISREG(here.st_mode)
    made = files.get(path) if new_files is None else new_files.get(path)
    return made is not None and is_as_made(full, here, made)


def _can_be_listed(folder: str) -> bool:
    try:
        os.scandir(folder).close()
    except OSError:
        return False
    return True


def _must_be_movable(folder: Path, survey: _Survey) -> None:
    """Make sure, before anything is done, that what is not ours can be carried over.

    Raises:
        OSError: it cannot, and where.
    """
    for path in (*survey.foreign, *survey.aside):
        here = folder / path
        at = here.lstat()
        if not os.access(here.parent, os.W_OK) or (
            stat.S_ISDIR(at.st_mode) and not os.access(here, os.W_OK)
        ):
            raise PermissionError(errno.EACCES, "it may not be moved", str(here))
        if at.st_dev != survey.identity[0]:
            raise OSError(errno.EXDEV, "it is on another disk", str(here))


# Moving and deleting


class _Kept:
    """Where things are kept that have no place any more: ``site.kept`` beside ``site``."""

    def __init__(self, folder: Path) -> None:
        self.place = folder
        self.folder: Path | None = None

    def take(self, gone: Path, path: str) -> None:
        """Keep one entry under its own path."""
        if self.folder is None:
            self.folder = self._free_name()
            self.folder.mkdir()
        target = self.folder / path
        with contextlib.suppress(OSError):  # then it stays, and take_all keeps it
            target.parent.mkdir(parents=True, exist_ok=True)
            move(gone / path, target)

    def take_all(self, gone: Path) -> None:
        """Keep all that is left of a folder."""
        target = self._free_name()
        gone.rename(target)
        self.folder = self.folder or target

    def _free_name(self) -> Path:
        number = 1
        while True:
            end = "kept" if number == 1 else f"kept-{number}"
            name = self.place.with_name(f"{self.place.name}.{end}")
            if not os.path.lexists(name):
                return name
            number += 1


def _carry(gone: Path, path: str, folder: Path) -> bool:
    """Move an entry to the same path in another folder; never over anything."""
    target = folder / path
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        move(gone / path, target)
    except OSError:
        return False
    return True


def _delete(file: Path, as_seen: os.stat_result) -> None:
    """Delete a file that is still the one that was looked at; what is not stays and is kept."""
    with contextlib.suppress(OSError):
        now = file.lstat()
        if not is_same(now, as_seen):
            return
        try:
            file.unlink()
        except PermissionError:  # made read-only: the file (Windows) or its folder, both ours
            file.parent.chmod(stat.S_IRWXU | stat.S_IMODE(file.parent.stat().st_mode))
            if sys.platform == "win32":
                file.chmod(stat.S_IWRITE)
            file.unlink()


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; False where the system or the disk cannot."""
    return _renamed(one, other, on_linux=2, on_macos=2)  # RENAME_EXCHANGE, RENAME_SWAP


def move(one: Path, to: Path) -> None:
    """Rename, never over anything: in one step where the system can.

    Raises:
        OSError: there is already something of that name, or it cannot be done.
    """
    if _renamed(one, to, on_linux=1, on_macos=4):  # RENAME_NOREPLACE, RENAME_EXCL
        return
    if os.path.lexists(to):
        raise FileExistsError(errno.EEXIST, "there is already something of that name", str(to))
    one.rename(to)


def _renamed(one: Path, other: Path, *, on_linux: int, on_macos: int) -> bool:
    """Rename with a flag that Python does not offer; False where it could not be done."""
    names = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None)
        if sys.platform == "linux":
            here = -100  # AT_FDCWD: names are seen from the current folder
            return bool(library.renameat2(here, names[0], here, names[1], on_linux) == 0)
        if sys.platform == "darwin":
            return bool(library.renamex_np(names[0], names[1], on_macos) == 0)
    except (AttributeError, OSError, TypeError):
        pass
    return False


def _token(name: str) -> str:
    return name.rpartition("-")[2]


def _identity(folder: Path) -> tuple[int, int]:
    at = folder.lstat()
    return at.st_dev, at.st_ino


def _is_folder(path: Path) -> bool:
    at = _lstat(path)
    return at is not None and stat.S_ISDIR(at.st_mode)


def _lstat(path: Path) -> os.stat_result | None:
    try:
        return path.lstat()
    except OSError:
        return None
