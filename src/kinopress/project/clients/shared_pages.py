"""Encrypted pages: where they wait for the next publication, and which are out there.

What is here is encrypted already and named by chance: neither the folder of clients nor a key is known to whoever
publishes. A page is in a folder of its own below ``.kinopress/shared`` as it will be on the site. Beside them is the list of
what was put where from this computer; nothing else is ever deleted there.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kinopress.codes import Code
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.project.folder import cannot_write
from kinopress.system import disk
from kinopress.system.atomic import (
    make_folder,
    make_private_folder,
    write_bytes,
    write_json,
    write_text,
)
from kinopress.system.kept import read_kept, write_kept

SHARED = Path(".kinopress/shared")
OUT_THERE = "out-there.json"
_WITHDRAWN = "withdrawn.json"
_DAMAGED = "withdrawn.damaged.json"
_NOTE = "page.json"
_FILES = "files"
AT = "p"
"""The folder of the site below which each page has its own."""
_NUMBER = re.compile(r"[a-z2-9]{26}", re.ASCII)
_NAME = re.compile(r"(?:index\.html|style\.css|(?:open|plan)\.js|[a-z]{4,7}(?:-[0-9]{1,3}){0,2}\.bin)", re.ASCII)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SharedPage:
    """A page that is to be, or is, on the site.

    Attributes:
        number: By chance: its name and its address.
        plan: The number of the plan.
        until: The first day on which it is not to be there any more.
        made: The day on which it was made.
        in_link: The key is in the link; otherwise it is behind a passphrase.
        films: How many films are in it.
        folder: Where its files are, below which paths are those of the site.
        files: The paths.
    """

    number: str
    plan: str
    until: dt.date
    made: dt.date
    in_link: bool
    films: int
    folder: Path
    files: tuple[str, ...]

    @property
    def address(self) -> str:
        """Its path on the site."""
        return f"{AT}/{self.number}/"

    def is_older_than(self, plan: Path) -> bool:
        """Whether a plan was changed, or another begun in its file, since the page was made."""
        try:
            made = (self.folder.parent / _NOTE).stat().st_mtime_ns
            return made < plan.stat().st_mtime_ns
        except OSError:
            return False


@dataclass(frozen=True, slots=True)
class Put:
    """What was put at a place.

    Attributes:
        paths: The paths on the site.
        until: The day on which they were to go; a publication removes them.
        whole: All of it is there; otherwise a run broke off.
    """

    paths: tuple[str, ...]
    until: dt.date
    whole: bool


@dataclass(frozen=True, slots=True)
class OutThere:
    """What was put at one place from this computer.

    Attributes:
        where: The place in words.
        pages: By their numbers.
    """

    where: str
    pages: Mapping[str, Put] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A page that is not to be anywhere any more, whoever put it there: another copy of the project may have.

    Attributes:
        paths: Its paths on the site.
        until: The day on which every copy of the project knows that it is over.
        told: The places that know it.
    """

    paths: tuple[str, ...]
    until: dt.date
    told: frozenset[str] = frozenset()


def shared_pages(project: Path) -> list[SharedPage]:
    """All pages that are kept here, by number, but for what cannot be read."""
    found = (_page(folder) for folder in sorted((project / SHARED).glob("*")) if folder.is_dir())
    return [page for page in found if page is not None]


def keep_page(
    project: Path,
    files: Mapping[str, bytes],
    *,
    number: str,
    plan: str,
    until: dt.date,
    made: dt.date,
    in_link: bool,
) -> SharedPage:
    """Write the files of a page; it counts once its note is there.

    Raises:
        Refusal: they cannot be written (exit code 3).
    """
    folder = project / SHARED / number
    films = len({name.split(".")[0].split("-")[1] for name in files if name.startswith("film-")})
    note = {
        "plan": plan,
        "until": until.isoformat(),
        "made": made.isoformat(),
        "in_link": in_link,
        "films": films,
        "files": sorted(files),
    }
    try:
        make_private_folder(project / SHARED)
        make_folder(folder / _FILES / AT / number)
        if not (project / SHARED / ".gitignore").exists():  # whatever the project's own says
            write_text(project / SHARED / ".gitignore", "*\n")
        for name, data in files.items():
            write_bytes(folder / _FILES / AT / number / name, data)
        write_kept(folder / _NOTE, note)
    except OSError as error:
        raise cannot_write(folder, error) from None
    page = _page(folder)
    if page is None:
        raise AssertionError(folder)
    return page


def numbers_among(paths: Iterable[str]) -> set[str]:
    """The numbers of the pages of which files are among those of a place, whoever put them there."""
    parts = (path.split("/") for path in paths)
    return {at[1] for at in parts if len(at) > 2 and at[0] == AT and _NUMBER.fullmatch(at[1])}


def left_by_broken_runs(project: Path) -> list[str]:
    """The numbers of pages that were never finished or are damaged; only for whoever holds the project."""
    return [
        folder.name
        for folder in sorted((project / SHARED).glob("*"))
        if _NUMBER.fullmatch(folder.name) and folder.is_dir() and _page(folder) is None
    ]


def withdraw(project: Path, numbers: Collection[str]) -> None:
    """Delete pages here; the next publication takes them from readers. The note goes first: without it, nothing counts.

    Their numbers are noted until their day, so that every place is told of them.

    Raises:
        Refusal: they cannot be deleted (exit code 3).
    """
    going = [page for page in shared_pages(project) if page.number in numbers]
    if going:
        known = read_withdrawn(project)
        more = {page.number: Withdrawn(page.files, page.until) for page in going}
        try:
            write_withdrawn(project, {**more, **known})
        except OSError as error:
            raise cannot_write(project / SHARED / _WITHDRAWN, error) from None
    for number in numbers:
        folder = project / SHARED / number
        if not _NUMBER.fullmatch(number) or not folder.is_dir():
            continue
        own = folder / _FILES / AT / number
        try:
            for file in [
                folder / _NOTE,
                *sorted(own.glob("*")),
                *sorted(folder.glob(".page.json.*")),
            ]:
                if file.is_file() and (file.parent == folder or _is_made_here(file.name)):
                    disk.remove(file)
            for one in (own, own.parent, own.parent.parent, folder):
                if one.is_dir():
                    disk.remove_folder(one)
        except OSError as error:
            raise cannot_write(folder, error) from None


def _is_made_here(name: str) -> bool:
    """Whether a file of a page's folder is of the page, or is one that a run left while it wrote it."""
    return _NAME.fullmatch(name) is not None or re.fullmatch(r"\..+\.new", name) is not None


def _page(folder: Path) -> SharedPage | None:
    def said(note: Any) -> SharedPage | None:
        names = tuple(note["files"])
        if not (_NUMBER.fullmatch(folder.name) and names and all(map(_NAME.fullmatch, names))):
            return None
        return SharedPage(
            folder.name,
            str(note["plan"]),
            dt.date.fromisoformat(note["until"]),
            dt.date.fromisoformat(note["made"]),
            note["in_link"] is True,
            int(note["films"]),
            folder / _FILES,
            tuple(f"{AT}/{folder.name}/{name}" for name in names),
        )

    return read_kept(folder / _NOTE, said, unchecked=True)  # earlier versions wrote no digest


def read_withdrawn(project: Path) -> dict[str, Withdrawn]:
    """Which pages were withdrawn here, by number; none where the note of them is damaged."""
    return read_kept(project / SHARED / _WITHDRAWN, _withdrawn) or {}


def about_withdrawn(project: Path) -> Iterator[str]:
    """That the note of withdrawn pages is damaged, where it is: what it said is then known to places alone."""
    aside = project / SHARED / _DAMAGED
    if _is_damaged(project) or os.path.lexists(aside):
        name = SHARED / (_DAMAGED if os.path.lexists(aside) else _WITHDRAWN)
        yield (
            f"The note of withdrawn pages, {name.as_posix()}, is damaged: a page that was withdrawn and is"
            " still at a place has to be deleted there by hand, below p/, and another copy of your project may bring one"
            " back. Publish to each place from here before you publish from that copy; then delete the note."
        )


def _is_damaged(project: Path) -> bool:
    file = project / SHARED / _WITHDRAWN
    return os.path.lexists(file) and read_kept(file, _withdrawn) is None


def _withdrawn(value: Any) -> dict[str, Withdrawn]:
    return {
        number: Withdrawn(
            tuple(path for path in one["paths"] if _is_ours(path, number)),
            dt.date.fromisoformat(one["until"]),
            frozenset(map(str, one["told"])),
        )
        for number, one in value.items()
    }


def write_withdrawn(project: Path, pages: Mapping[str, Withdrawn]) -> None:
    """Note which pages were withdrawn; a note that is damaged is put aside, and named until somebody deletes it.

    Raises:
        OSError: it cannot be written.
    """
    if _is_damaged(project):
        disk.rename(project / SHARED / _WITHDRAWN, project / SHARED / _DAMAGED)
    value = {
        number: {
            "paths": list(one.paths),
            "until": one.until.isoformat(),
            "told": sorted(one.told),
        }
        for number, one in pages.items()
    }
    write_kept(project / SHARED / _WITHDRAWN, value)


def read_out_there(project: Path) -> dict[str, OutThere]:
    """What was put where: by the place, as :func:`write_out_there` was told.

    Raises:
        Refusal: the list is damaged (exit code 3): what is out there would be forgotten.
    """
    file = project / SHARED / OUT_THERE
    if not os.path.lexists(file):
        return {}
    # Without a digest: its lines are the coach's to delete where a place can be reached no more.
    found = read_kept(file, _out_there, unchecked=True)
    if found is None:
        problem = Problem(
            (SHARED / OUT_THERE).as_posix(),
            "the list of encrypted pages that are out there is damaged",
            f"delete on the site what is below {AT}/ in folders with long random names, then delete this list",
            Code.CLIENT_SHARE_LIST,
        )
        raise Refusal([problem], ExitCode.ENVIRONMENT)
    return found


def _out_there(value: Any) -> dict[str, OutThere]:
    return {
        key: OutThere(str(one["where"]), dict(_put(one["pages"]))) for key, one in value.items()
    }


def _put(pages: Mapping[str, Any]) -> Iterator[tuple[str, Put]]:
    for number, one in pages.items():
        paths = tuple(path for path in one["paths"] if _is_ours(path, number))
        yield number, Put(paths, dt.date.fromisoformat(one["until"]), one["whole"] is True)


def _is_ours(path: str, number: str) -> bool:
    """Whether a path may be deleted by the list: whatever it says, nothing but a page's own files."""
    before = f"{AT}/{number}/"
    return bool(_NUMBER.fullmatch(number) and path.startswith(before) and _NAME.fullmatch(path.removeprefix(before)))  # fmt: skip


def write_out_there(project: Path, places: Mapping[str, OutThere]) -> None:
    """Note what is where.

    Raises:
        OSError: it cannot be written.
    """
    value = {
        key: {
            "where": one.where,
            "pages": {
                number: {"paths": put.paths, "until": put.until.isoformat(), "whole": put.whole}
                for number, put in one.pages.items()
            },
        }
        for key, one in places.items()
        if one.pages
    }
    write_json(project / SHARED / OUT_THERE, value)
