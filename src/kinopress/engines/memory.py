"""What the last build made, so that the next one makes only pages that come out otherwise.

Of each page it holds a digest of all that the page was made from, the digest of its file, and where its links led. A page that
would be made from the same is copied from the site that is in place, once its file is proved to be the one that was made;
any other is made. A memory that is damaged, or of other programs, is not used: that costs time and nothing else.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from kinopress.media.lasting import is_lasting
from kinopress.system import disk
from kinopress.system.kept import read_said, write_said
from kinopress.system.release_record import (
    Made,
    Release,
    is_untouched,
    read_release,
    record_written_ns,
    sha256_of,
)

_VERSION = 3


@dataclass(frozen=True, slots=True)
class PageMade:
    """A page as it was made.

    Attributes:
        made_from: A digest of all that it was made from, but where its links lead.
        sha256: The SHA-256 of its file.
        links: Each place in the tree that a link named → the address it has; empty where there is nothing.
    """

    made_from: str
    sha256: str
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Memory:
    """The pages of the last build, and those of this one.

    Attributes:
        site: The folder with the last site.
        last: What was made then, by place in the tree.
        made: What is made now: the engine fills this and what follows.
        files: Path on the new site → SHA-256, of all its pages.
        kept: The files of the new site that were copied from the last one.
        packed: SHA-256 of a file → how many bytes it is sent as. Packing a file takes longer than all else that
            is done with one that has not changed.
        drawn: A digest of what some files were made from → their SHA-256 by path, as the last build made them.
        drawn_now: The same of this build.
        known: Path on the new site → SHA-256 of files that were digested when they were made, as films are.
        noted: The same of files that are known by their stamps to be as they were made, as pictures are.
        programs: A digest of the programs that make pages now; empty where nothing is to be kept beside them.
        is_alone: Whether nobody but this process can change the last site: its files then become files of the new one as they are.
        shares: Whether files whose names tell their content may be one file on the disk with those of the last site.
        begun: Path → SHA-256 of files that are in the folder of the new site already. In a preview each is one file on the disk with
            that of the last site: none may be written to. Who takes one for the new site takes it out.
    """

    site: Path
    last: Mapping[str, PageMade] = field(default_factory=dict)
    made: dict[str, PageMade] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    packed: dict[str, int] = field(default_factory=dict)
    drawn: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    drawn_now: dict[str, dict[str, str]] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)
    noted: Mapping[str, str] = field(default_factory=dict)
    programs: str = ""
    is_alone: bool = False
    shares: bool = True
    begun: dict[str, str] = field(default_factory=dict)
    _record: tuple[Release | None, int | None] | None = None
    _file_mode: int = field(default_factory=lambda: disk.usual_modes()[0])

    def lasting(self, path: str, source: Path) -> tuple[Path, str] | None:
        """A file of the last site whose name tells its content, and its SHA-256.

        Args:
            path: Its path on the site.
            source: What would be copied there. A name is a promise; what is in it is compared.

        Returns:
            ``None`` where it is not as it was made, or the source has other bytes.

        Raises:
            OSError: the source cannot be read.
        """
        if not self.shares or not is_lasting(path):
            return None
        made = self._untouched(path)
        if made is None or source.stat().st_size != made.size_bytes:
            return None
        file = f"{self.site}/{path}"
        if os.lstat(file).st_mode & 0o777 != self._file_mode:
            return None  # a second name has the same rights: nobody else might be able to read it
        sha256 = self._digest_of(path, source)
        return (Path(file), sha256) if sha256 == made.sha256 else None

    def has_begun_with(self, path: str, source: str, here: str) -> bool:
        """Whether a file whose name tells its content is in the folder of the new site already; one with other bytes is removed.

        Args:
            path: Its path on the site.
            source: What would be copied there.
            here: That place.

        Raises:
            OSError: the source cannot be read, or the file not removed.
        """
        if path not in self.begun:
            return False
        sha256 = self.begun.pop(path)
        if not is_lasting(path) or self._digest_of(path, source) != sha256:
            disk.remove(Path(here))
            return False
        self.files[path] = sha256
        self.kept.add(path)
        return True

    def _digest_of(self, path: str, source: Path | str) -> str:
        return self.known.get(path) or self.noted.get(path) or sha256_of(str(source))

    def _untouched(self, path: str) -> Made | None:
        """What the record says of a file of the last site that nobody has touched since; ``None`` where that is not sure."""
        if self._record is None:
            self._record = read_release(self.site), record_written_ns(self.site)
        release, written_ns = self._record
        made = release.files.get(path) if release is not None else None
        if made is None:
            return None
        try:
            at = os.lstat(f"{self.site}/{path}")
        except OSError:
            return None
        return made if is_untouched(at, made, written_ns) else None

    def once_made(
        self, made_from: str, make: Callable[[], Mapping[str, bytes]]
    ) -> Mapping[str, bytes]:
        """Some files of the last site, or what makes them.

        Args:
            made_from: A digest of all that they are made from.
            make: Makes them: path → bytes.
        """
        last = {
            path: self._file(path, sha256) for path, sha256 in self.drawn.get(made_from, {}).items()
        }
        found = {path: data for path, data in last.items() if data is not None}
        files = found if found and len(found) == len(last) else make()
        self.drawn_now[made_from] = {
            path: hashlib.sha256(data).hexdigest() for path, data in files.items()
        }
        return files

    def _file(self, path: str, sha256: str) -> bytes | None:
        try:
            with open(f"{self.site}/{path}", "rb") as file:  # noqa: PTH123 - a thousand of them: Path costs more
                data = file.read()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == sha256 else None

    def page(
        self, path: str, made_from: str, file: str, address_of: Callable[[str], str]
    ) -> PageMade | None:
        """A page of the last site that would be made again just as it is; ``None`` when there is none.

        Whether its file is still the one that was made is told by :meth:`bring`.

        Args:
            path: Its place in the tree.
            made_from: What it would be made from now.
            file: Its file on the site.
            address_of: What a place in the tree has for an address now.
        """
        last = self.last.get(path)
        if last is None or last.made_from != made_from:
            return None
        if any(address_of(link) != address for link, address in last.links.items()):
            return None
        return last

    def bring(self, file: str, sha256: str, at: str) -> bool:
        """Copy a file of the last site that is as it was made; answers whether it was.

        One that nobody has touched need not be read for that; it is looked at once more after it was copied.

        Args:
            file: Its path on the site.
            sha256: Its SHA-256 when it was made.
            at: Where it is to be; nothing is there yet, or what is begun.

        Raises:
            OSError: it cannot be written.
        """
        if file in self.begun:
            if self.begun.pop(file) == sha256:
                return True
            disk.remove(Path(at))
        to = Path(at)
        if self.is_alone:
            disk.make_folder(to.parent)
            try:
                disk.link(Path(f"{self.site}/{file}"), to)
            except OSError:
                pass  # a disk without hard links
            else:
                return True
        made = self._untouched(file)
        if made is not None and made.sha256 == sha256:
            disk.make_folder(to.parent)
            disk.copy(Path(f"{self.site}/{file}"), to)
            if self._untouched(file) is not None:
                return True
        data = self._file(file, sha256)
        if data is None:
            return False
        disk.make_folder(to.parent)
        disk.write(to, data)
        return True

    def forget_begun(self, folder: Path, lasting: Collection[str] = ()) -> None:
        """Remove from the folder of the new site what was begun and is not part of it.

        Args:
            folder: That folder.
            lasting: What may still be taken.

        Raises:
            OSError: it cannot be removed.
        """
        for path in self.begun.keys() - lasting:
            del self.begun[path]
            file = folder / path
            disk.remove(file)
            for above in file.parents:
                if above == folder or not _removed(above):
                    break

    def add(self, path: str, file: str, page: PageMade, *, kept: bool) -> None:
        """Remember a page of the new site."""
        self.made[path] = page
        self.files[file] = page.sha256
        if kept:
            self.kept.add(file)


def _removed(folder: Path) -> bool:
    """Whether a folder was empty, and so is gone."""
    try:
        disk.remove_folder(folder)
    except OSError:
        return False
    return True


def read_memory(file: Path, site: Path, *, programs: str) -> Memory:
    """What is remembered of the last build; nothing where that cannot be used.

    Args:
        file: Where it was written.
        site: The folder with the last site.
        programs: A digest of the programs that make pages now.
    """

    def take(known: Any) -> Memory:
        pages = {
            path: PageMade(made, sha, links) for path, (made, sha, links) in known["pages"].items()
        }
        return Memory(site, pages, packed=known["packed"], drawn=known["drawn"], programs=programs)

    known = read_said(file, partial(_check, programs), take)
    return known or Memory(site, programs=programs)


def write_memory(file: Path, memory: Memory, *, programs: str) -> None:
    """Write down what a build made, once its site is in place.

    Raises:
        OSError: it cannot be written.
    """
    pages = {
        path: [page.made_from, page.sha256, dict(page.links)] for path, page in memory.made.items()
    }
    known = {"pages": pages, "packed": memory.packed, "drawn": memory.drawn_now}
    write_said(file, partial(_check, programs), known)


def _check(programs: str, said: str) -> str:
    """A digest of all that is remembered, and of who remembers it."""
    return hashlib.sha256(f"{_VERSION} {programs} {said}".encode()).hexdigest()
