"""Putting a finished folder in place of the one before, so that nothing is lost that we did not make.

The one mechanism for ``site/`` and for a staged tree:

1. A folder is filled aside, under a name of its own that nobody else has.
2. What is in the place now is looked through. A file that is on its record and is as it
   was made is ours; everything else is somebody's. If that is where the new release must write,
   nothing is done.
3. The two folders change places (:func:`kinopress.system.atomic.replace_folder`).
4. What is somebody's is moved, by rename, to the same path in the new folder. What is ours is
   kept as a release (:mod:`kinopress.system.releases`) or deleted, file by file. What could not go
   back is laid beside, under a name that can be seen.

The new record names the folder it displaced until that is cleared, and so :meth:`Place.recover`
finishes whatever an interrupted run left, at any moment.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kinopress.system import disk
from kinopress.system.atomic import (
    flush_tree,
    identity,
    is_left_aside,
    remove_tree,
    replace_folder,
)
from kinopress.system.release_record import (
    RECORD,
    Displaced,
    Release,
    is_real_folder,
    is_whole,
    list_files,
    read_release,
    write_release,
)
from kinopress.system.releases import Releases, delete_ours, fill, share
from kinopress.system.survey import Survey, look_through, lstat


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
        unkept: Why no earlier release can be kept, so that there is no way back; ``None`` when there is.
    """

    left: tuple[str, ...] = ()
    kept: Path | None = None
    unkept: OSError | None = None


class Place:
    """A folder that is filled again and again.

    Args:
        folder: Where it is, links resolved.
        made_for: Whose it is; see :func:`owner`.
        made_before_records: Tells by its looks a folder that an earlier version filled, which
            wrote no record.
        releases: Where releases are kept that stood there before; ``None``: they are deleted.
    """

    def __init__(
        self,
        folder: Path,
        made_for: str,
        made_before_records: Callable[[Path], bool],
        releases: Releases | None = None,
    ) -> None:
        self.folder = folder
        self.made_for = made_for
        self.made_before_records = made_before_records
        self.releases = releases

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

    def release(self) -> str | None:
        """The digest of the release that lies there; ``None`` when there is none."""
        release = read_release(self.folder)
        return None if release is None else release.digest

    def is_whole(self) -> bool:
        """Whether a release lies there, and no file of it was changed or removed since."""
        release = read_release(self.folder)
        return release is not None and is_whole(self.folder, release)

    # Filling

    @contextmanager
    def workshop(self, begun: dict[str, str] | None = None) -> Iterator[Path]:
        """A new folder beside the place; gone afterwards unless it was put in place.

        Args:
            begun: Gets path → SHA-256 of files that are in it already, for whoever can use or remove them; ``None``: it
                is to be empty.

        Raises:
            OSError: it cannot be made.
        """
        disk.make_folder(self.folder.parent)
        aside = self._beside("next", os.urandom(8).hex())
        there = None
        if begun is not None and self.releases is not None:
            there = self.releases.take_spare(aside, self.made_for)
            begun.update(there or {})
        if there is None:
            disk.make_new_folder(aside)
        mine = identity(aside)
        try:
            if there is None:
                write_release(aside, Release(self.made_for, whole=False))
            yield aside
        finally:
            with contextlib.suppress(OSError):
                if identity(aside) == mine:
                    remove_tree(aside, RECORD)

    def put(self, made: Path, known: Mapping[str, str], *, afresh: bool = False) -> Outcome:
        """Put a filled workshop in place; what stood there is kept, if this place keeps releases.

        Args:
            made: The workshop.
            known: SHA-256 of files in it, where known.
            afresh: Share no large file with what is there.

        Raises:
            `InTheWay`: files that are not ours are where the release must write; nothing is done.
            `OfAnother`: the folder belongs to another project; nothing is done.
            OSError: it cannot be done; the old folder is as it was.
        """
        release = Release(self.made_for, list_files(made, known), made_s=time.time())
        return self._put(made, release, afresh=afresh)

    def _put(self, made: Path, release: Release, *, afresh: bool = False) -> Outcome:
        if not os.path.lexists(self.folder):
            flush_tree(made)
            write_release(made, release)
            replace_folder(made, self.folder, self._beside("old", _token(made.name)))
            return Outcome(unkept=self.releases.in_the_way() if self.releases else None)
        if self.is_of_another():
            raise OfAnother
        old = read_release(self.folder)
        adopted = old is None and self.made_before_records(self.folder)
        survey = look_through(self.folder, old, made, release.files, adopted=adopted)
        if survey.in_the_way:
            raise InTheWay(survey.in_the_way)
        _must_be_movable(self.folder, survey)
        with contextlib.suppress(OSError):  # whoever could open the old folder may open the new one
            disk.set_mode(made, stat.S_IMODE(self.folder.stat().st_mode))
        if old is not None and not afresh:
            # A film that is on the disk already need be neither flushed nor there twice.
            there = {path: old.files[path] for path in survey.ours if path in old.files}
            release = replace(release, files=share(made, release.files, self.folder, there))
        flush_tree(made)
        token = _token(made.name)
        write_release(made, replace(release, displaced=Displaced(token, adopted)))
        gone = replace_folder(
            made, self.folder, self._beside("old", token), expected=survey.identity
        )
        outcome = Outcome() if gone is None else self._settle(gone, survey, keep=old)
        write_release(self.folder, release)
        return outcome

    def put_back(self, digest: str) -> Outcome:
        """Put a kept release in place again: every file is as it was in that release.

        Args:
            digest: The release's digest, or how it begins.

        Raises:
            `LookupError`: none is kept that is called so.
            `NotWhole`: a file of it was changed since; nothing is done.
            `InTheWay`, `OfAnother`, OSError: as :meth:`put`.
        """
        if self.releases is None:
            raise LookupError(digest)
        kept = self.releases.find(digest)
        with self.workshop() as made:
            files = fill(kept, made)
            return self._put(made, Release(self.made_for, files, made_s=kept.release.made_s))

    def _settle(self, gone: Path, survey: Survey, keep: Release | None = None) -> Outcome:
        """Carry over what is not ours, keep or delete what is; see the module's words."""
        kept = _Aside(self.folder)
        left = []
        for path in survey.foreign:
            if _carry(gone, path, self.folder):
                left.append(path)
            else:
                kept.take(gone, path)
        for path in survey.aside:
            kept.take(gone, path)
        if survey.foreign or survey.aside:
            # Were a deletion on the disk before these moves, a power cut would take somebody's file.
            _flush_moved(gone, self.folder, left)
        placed = read_release(self.folder)
        away, unkept = False, None
        try:
            away = bool(self.releases and keep and self.releases.take(gone, keep, survey, placed))
        except OSError as error:
            unkept = error
        if not away:
            delete_ours(gone, survey)
            if os.path.lexists(gone):  # something came while we looked, or cannot be moved
                kept.take_all(gone)
        if self.releases and keep and placed:
            self.releases.settle(self.folder, placed)
        return Outcome(tuple(left), kept.folder, unkept)

    # After an interrupted run

    def recover(self) -> Outcome:
        """Finish or undo what a run left that died; a place that is in order is not touched.

        Only for whoever holds the project: no other run may be filling the place.

        Raises:
            OSError: it cannot be done.
        """
        self._forget_empty()
        asides = self._asides()
        if not os.path.lexists(self.folder):
            self._bring_back(asides)
        outcome = self._finish_displacing()
        placed = read_release(self.folder) is not None
        for aside, release in asides.items():
            if not _is_folder(aside):
                continue
            if not release.whole:
                remove_tree(
                    aside, RECORD
                )  # begun by us, never finished: nothing in it is on a site
            elif placed or (release.displaced and release.displaced.token == _token(aside.name)):
                survey = look_through(aside, release, None, {}, adopted=False)
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
            disk.move(newest, self.folder)
        elif _is_folder(before) and (read_release(before) or self.made_before_records(before)):
            disk.move(before, self.folder)

    def _finish_displacing(self) -> Outcome:
        release = read_release(self.folder)
        if release is None or release.displaced is None or release.made_for != self.made_for:
            return Outcome()
        outcome = Outcome()
        for what in ("next", "old"):  # by which way the two changed places
            gone = self._beside(what, release.displaced.token)
            if self._is_aside(gone.name) and _is_folder(gone):
                survey = look_through(
                    gone,
                    read_release(gone),
                    self.folder,
                    release.files,
                    adopted=release.displaced.adopted,
                )
                survey.aside += survey.in_the_way
                outcome = self._settle(gone, survey, keep=read_release(gone))
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

    def _forget_empty(self) -> None:
        """Remove folders of ours that a run died over before anything was in them."""
        with contextlib.suppress(FileNotFoundError), os.scandir(self.folder.parent) as entries:
            for entry in list(entries):
                if self._is_aside(entry.name) and is_real_folder(entry):
                    aside = Path(entry.path)
                    begun = list(aside.iterdir())
                    if all(is_left_aside(file.name, RECORD) for file in begun):
                        for file in begun:
                            disk.remove(file)
                        disk.remove_folder(aside)

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


def _must_be_movable(folder: Path, survey: Survey) -> None:
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


class _Aside:
    """Where things are kept that have no place any more: ``site.kept`` beside ``site``."""

    def __init__(self, folder: Path) -> None:
        self.place = folder
        self.folder: Path | None = None

    def take(self, gone: Path, path: str) -> None:
        """Keep one entry under its own path."""
        if self.folder is None:
            self.folder = self._free_name()
            disk.make_new_folder(self.folder)
        target = self.folder / path
        with contextlib.suppress(OSError):  # then it stays, and take_all keeps it
            disk.make_folder(target.parent)
            disk.move(gone / path, target)

    def take_all(self, gone: Path) -> None:
        """Keep all that is left of a folder."""
        target = self._free_name()
        disk.move(gone, target)
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
        disk.make_folder(target.parent)
        disk.move(gone / path, target)
    except OSError:
        return False
    return True


def _flush_moved(gone: Path, folder: Path, paths: Iterable[str]) -> None:
    """Have it on the disk that entries lie in another folder now."""
    below = dict.fromkeys(Path(path).parent for path in paths)
    for folders in (folder, gone):
        for at in below:
            with contextlib.suppress(OSError):
                disk.flush(folders / at)
    disk.flush(folder.parent)


def _token(name: str) -> str:
    return name.rpartition("-")[2]


def _is_folder(path: Path) -> bool:
    at = lstat(path)
    return at is not None and stat.S_ISDIR(at.st_mode)
