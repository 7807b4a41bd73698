"""A page goes: its files are moved to a folder beside the site's own, and its address leads on or says that it is gone.

Nothing is deleted: what was moved can be moved back (``put_back.py``). The list of old addresses is written first and the page's own
file moved last, so that a run that was interrupted is simply run again.
"""

from __future__ import annotations

import itertools
import os
from dataclasses import dataclass
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.data.redirects import REMOVED
from kinopress.content.model.kinds import SOURCE_TOPS
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Page
from kinopress.content.model.shared import GONE
from kinopress.content.relations.moved import address_at, address_of, list_at
from kinopress.content.text.renamed import name_of
from kinopress.problems import ExitCode, Problem, Refusal, quoted
from kinopress.project.change.rename import (
    SeveralPages,
    is_known,
    make_sure_of_folders,
    named_after,
    named_on,
    new_errors,
    page_for,
    redirects_with,
)
from kinopress.project.films.made.kept import kept_films
from kinopress.project.folder import cannot_write, only_run
from kinopress.system.atomic import move_whole, write_bytes

FOLDER = REMOVED


@dataclass(frozen=True, slots=True)
class Removable:
    """What a removal would do.

    Attributes:
        path: The page's file.
        address: Its address on the site.
        is_known: Whether readers may know that address.
        named_on: The pages that name it, by file.
        files: Everything that goes with it, by file; its own is the last.
    """

    path: str
    address: str
    is_known: bool
    named_on: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """What became of it.

    Attributes:
        files: The files that were moved, before and after.
        address: The address that the page had.
        leads: Where that leads now, or :data:`GONE`; ``None`` where nobody knew it.
        problems: Problems of the project that were not there before.
    """

    files: tuple[tuple[str, str], ...]
    address: str
    leads: str | None
    problems: tuple[Problem, ...]


def look_at_removal(project: Path, named: str, to: str | None = None) -> Removable:
    """What there is to decide before a page is removed.

    Args:
        project: The project's folder.
        named: The page.
        to: What readers are to get instead, if that is said already, as :func:`remove` takes it.

    Raises:
        SeveralPages: it is not clear which page is meant (exit code 2).
        Refusal: there is no such page, it cannot be removed, or readers cannot get that instead (exit code 2).
    """
    from kinopress.content.read import read_library  # noqa: PLC0415 - who only asks what was removed reads no site

    library, _ = read_library(project, kept=kept_films(project))
    page = _page(project, library, named)
    if to is not None:
        _target(library, page, to)
    known = is_known(project, library, page)
    names = tuple(named_on(project, library, page))
    return Removable(
        page.path, address_of(page), known, names, tuple(_files(project, library, page))
    )


def remove(project: Path, named: str, to: str | None) -> Removed:
    """Move a page and what is named after it away.

    Args:
        project: The project's folder.
        named: The page, as :func:`~kinopress.project.change.rename.page_for` takes it.
        to: The page or list to which readers are led from its address, or :data:`GONE`; ``None`` is enough where
            nobody knows the address.

    Raises:
        SeveralPages: it is not clear which page is meant (exit code 2).
        Refusal: there is no such page, it cannot be removed, or nothing says what its address is to lead to
            (exit code 2); a folder cannot be written to (3). Nothing was changed then.
    """
    try:
        with only_run(project, "removing a page"):
            return _remove(project, named, to)
    except OSError as error:
        raise cannot_write(Path(str(error.filename or project)), error) from None


def _remove(project: Path, named: str, to: str | None) -> Removed:
    from kinopress.content.read import read_library  # noqa: PLC0415 - who only asks what was removed reads no site

    library, report = read_library(project, kept=kept_films(project))
    page = _page(project, library, named)
    address = address_of(page)
    leads = None
    if is_known(project, library, page):
        leads = _target(library, page, to)
    # Earlier addresses go on leading to this one, which leads on: so the page can come back to all of them.
    known = leads is not None
    changes = redirects_with(
        project, library, address, leads or GONE, leads=known, all_at_once=not known
    )
    paths = _files(project, library, page)
    kept = _folder_for(project, page, paths)
    files = [(path, f"{kept}/{path}") for path in paths]
    make_sure_of_folders(project, [*changes, *(path for pair in files for path in pair)])
    for path, data in changes.items():
        write_bytes(project / path, data)
    for path, after in files:
        move_whole(project / path, project / after)
    return Removed(tuple(files), address, leads, tuple(new_errors(project, report.errors, {})))


def _files(project: Path, library: Library, page: Page) -> list[str]:
    """What goes: all that is named after a page, as far as it is there, the page's own file last."""
    return [path for path in named_after(project, library, page) if os.path.lexists(project / path)]


def _page(project: Path, library: Library, named: str) -> Page:
    try:
        page = page_for({**library.held, **library.pages}, named)
    except SeveralPages:
        raise
    except Refusal as refusal:
        if (kept := removed_before(project, named)) is None:
            raise
        problem = Problem(
            named,
            f"this page was removed before; it is now {kept.files[-1][0]}",
            f"there is nothing left to do; to have it back: kinopress remove {to_type(kept.path)} --undo",
            Code.PAGE_NOT_FOUND,
        )
        raise Refusal([problem], refusal.exit_code) from None
    if name_of(page) == "index":
        problem = Problem(
            page.path,
            "this page is the first of its folder, and readers begin there",
            "change what it says instead; a folder that nobody needs you can move away by hand",
            Code.REMOVE_UNSAFE,
        )
        raise Refusal([problem], ExitCode.USAGE)
    return page


@dataclass(frozen=True, slots=True)
class Kept:
    """A page that was removed, as it is kept.

    Attributes:
        path: The file that it had.
        folder: The folder of its own in which it is now, below the project.
        files: What is kept of it: where each file is and where it was, the page's own last.
    """

    path: str
    folder: str
    files: tuple[tuple[str, str], ...]

    @property
    def address(self) -> str:
        """The address that it had."""
        return address_at(self.path)


def removed_pages(project: Path) -> tuple[Kept, ...]:
    """All pages that were removed and are kept, the last one first."""
    found = []
    for folder in sorted((project / FOLDER).glob("*")):
        # A link to a film elsewhere may lead nowhere from here.
        every = [file for file in sorted(folder.rglob("*")) if file.is_file() or file.is_symlink()]
        for own in every:
            path = own.relative_to(folder).as_posix()
            # hip.notes.md is what a coach has put beside the page of a film, and not a page.
            if own.suffix != ".md" or "." in own.stem or path.partition("/")[0] not in SOURCE_TOPS:
                continue
            files = tuple(
                (file.relative_to(project).as_posix(), file.relative_to(folder).as_posix())
                for file in sorted(every, key=lambda file: file == own)
            )
            moved_at = own.parent.stat().st_mtime_ns
            found.append((moved_at, Kept(path, folder.relative_to(project).as_posix(), files)))
    return tuple(kept for _, kept in sorted(found, key=lambda one: one[0], reverse=True))


def removed_before(project: Path, named: str) -> Kept | None:
    """The page of that name that was removed, the last one where there are several; ``None``: there is none.

    Args:
        project: The project's folder.
        named: The page, by its file or the name of its file.
    """
    wanted = named.strip().removeprefix("./").replace("\\", "/").casefold().removesuffix(".md")
    return next(
        (
            kept
            for kept in removed_pages(project)
            if f"/{kept.path}".casefold().endswith(f"/{wanted}.md")
        ),
        None,
    )


def to_type(path: str) -> str:
    """What to type for a page, by its file: its name with its folder, so that no other is meant."""
    return path.removeprefix("docs/").removesuffix(".md")


def _target(library: Library, page: Page, to: str | None) -> str:
    """The address that readers get instead."""
    if to is None:
        what = "readers may know the address of this page"
        hint = "say what they get instead: --to and the name of a page, or --gone"
        raise Refusal([Problem(page.path, what, hint, Code.REMOVE_UNSAFE)], ExitCode.USAGE)
    plain = to.strip().strip("/")
    if plain.casefold() == GONE:
        return GONE
    # A list is named by its address, or by the folder of its pages.
    folder = plain.removeprefix("docs/")
    if list_at(folder) is not None:
        return folder
    target = page_for({**library.held, **library.pages}, to)
    if target is page:
        what = f"{quoted(to)} is the page itself"
        hint = "choose another page, or let its address say that the page is gone"
        raise Refusal([Problem(page.path, what, hint, Code.REMOVE_UNSAFE)], ExitCode.USAGE)
    return address_of(target)


def _folder_for(project: Path, page: Page, paths: list[str]) -> str:
    """A folder in which none of these files is: a new one, or that of a run that was interrupted before the last."""
    name = f"{FOLDER}/{address_of(page).replace('/', '-')}"
    names = itertools.chain([name], (f"{name}-{number}" for number in itertools.count(2)))
    return next(
        one for one in names if not any(os.path.lexists(project / one / path) for path in paths)
    )
