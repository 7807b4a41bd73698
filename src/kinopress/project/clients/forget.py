"""A client's plan is deleted, wherever this project still has it, or earlier ones alone; what cannot be recalled is said."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.model.library import Library
from kinopress.content.source.document import read_file
from kinopress.problems import ExitCode, Problem, Refusal, quoted
from kinopress.project.clients.copies import UNKNOWN, copies_of
from kinopress.project.clients.export import kept_export
from kinopress.project.clients.folder import (
    CAME_BACK,
    EARLIER,
    MESSAGE,
    OURS,
    PLAN_FILE,
    clients_of,
    earlier_of,
    folder_of,
    is_older,
    numbers_in,
)
from kinopress.project.clients.share import left_at, pages_of, places_with
from kinopress.project.clients.shared_pages import SharedPage, withdraw
from kinopress.project.folder import cannot_write, only_run
from kinopress.system import disk
from kinopress.system.process import ask

_GIT_S = 60.0

NOT_RECALLED = (
    "What cannot be recalled: the file on the client's device and in messages, what they printed, and copies of this"
    " computer (backups, synchronised folders). Ask the client to delete theirs, and delete yours there."
)


@dataclass(frozen=True, slots=True)
class Forgettable:
    """What deleting a client's plan means.

    Attributes:
        name: The client's folder.
        files: All files that go, from the folder's root.
        elsewhere: Other files of the project in which a plan of theirs is, or a copy of what was handed over.
        in_git: Whether git has kept something of the folder; ``None`` where git does not say.
        pages: The numbers of their encrypted pages that wait here for a publication, or are published.
        out_there: Where readers can have these still, and what removes them: once for each.
        not_looked_into: What may be of them as well, for all that could be seen.
        earlier_alone: Only earlier plans go whose day has come, with what belongs to them alone.
    """

    name: str
    files: tuple[str, ...]
    elsewhere: tuple[str, ...]
    in_git: bool | None
    pages: tuple[str, ...] = ()
    out_there: tuple[str, ...] = ()
    not_looked_into: tuple[str, ...] = ()
    earlier_alone: bool = False

    @property
    def is_all(self) -> bool:
        """Whether nothing of them is left in the project, as far as could be seen."""
        return not self.elsewhere and not self.not_looked_into and self.in_git is False


@dataclass(frozen=True, slots=True)
class _Going:
    """What goes of a client.

    Attributes:
        files: The files in their folder.
        numbers: The numbers of the plans that go with them.
        is_known: Whether any of these plans has a number, the plan's that runs included.
    """

    files: tuple[Path, ...]
    numbers: tuple[bytes, ...]
    is_known: bool


def look_at_forgetting(
    project: Path, library: Library, name: str, *, earlier_alone: bool = False
) -> Forgettable:
    """What would go, and where else something of it is.

    Args:
        project: The project's folder.
        library: The site's pages.
        name: The client's folder.
        earlier_alone: Only earlier plans whose day has come.

    Raises:
        Refusal: there is no such client, or no such plan of theirs (exit code 2).
    """
    own = folder_of(project, library, name)
    going = _going(project, library, own, earlier_alone=earlier_alone)
    copies = copies_of(project, own, going.numbers) if going.is_known else UNKNOWN
    pages = _pages(project, library, name, going)
    kept = _kept(clients_of(project, library))
    return Forgettable(
        name,
        tuple(path.relative_to(own).as_posix() for path in going.files),
        copies.found,
        None if kept is None else name in kept,
        tuple(page.number for page in pages),
        tuple(
            left_at(library.settings, key, where)
            for page in pages
            for key, where in places_with(project, page).items()
        ),
        copies.not_looked_into,
        earlier_alone,
    )


def forget(
    project: Path,
    library: Library,
    name: str,
    found: Forgettable | None = None,
    *,
    earlier_alone: bool = False,
) -> Forgettable:
    """Delete the folder of a client: everything in it, and nothing else. A link goes, not what it leads to.

    Args:
        project: The project's folder.
        library: The site's pages.
        name: The client's folder.
        found: What was looked at before somebody was asked; looked at now without.
        earlier_alone: Delete only earlier plans whose day has come; what was looked at says so itself.

    Raises:
        Refusal: there is no such client, or no such plan of theirs (exit code 2), something cannot be deleted (3), or
            another run holds the project (5).
    """
    found = found or look_at_forgetting(project, library, name, earlier_alone=earlier_alone)
    # A publication would send what is deleted under it, and a file that is being made would come back.
    with only_run(project, "deleting a client's plan"):
        _forget(project, library, name, found)
    return found


def _forget(project: Path, library: Library, name: str, found: Forgettable) -> None:
    own = folder_of(project, library, name)
    going = _going(project, library, own, earlier_alone=found.earlier_alone)
    # Encrypted since it was looked at: nobody asks again whether that is to go as well.
    pages = {page.number for page in _pages(project, library, name, going)}
    withdraw(project, {*found.pages, *pages})
    # The plan goes last: a run that broke off is simply run again.
    files = sorted(
        going.files, key=lambda path: (path == own / PLAN_FILE, path.parent == own / EARLIER)
    )
    try:
        for path in files:
            disk.remove(path)
        if found.earlier_alone:
            return
        for path in sorted(_below(own), key=lambda path: -len(path.parts)):
            disk.remove_folder(path)
        disk.remove_folder(own)
        disk.flush(own.parent)
    except OSError as error:
        raise cannot_write(own, error) from None


def _going(project: Path, library: Library, own: Path, *, earlier_alone: bool) -> _Going:
    """What goes of a client: all in their folder, or earlier plans whose day has come and what is of these alone.

    Raises:
        Refusal: no earlier plan is to be deleted yet (exit code 2).
    """
    plans = (own / PLAN_FILE, *(one.file for one in earlier_of(project, own, own.name)))
    if not earlier_alone:
        files = tuple(path for path in _below(own) if not _is_folder(path))
        numbers = _numbers(plans)
        return _Going(files, numbers, bool(numbers))
    due = [one.file for one in earlier_of(project, own, own.name) if one.is_due(library.today)]
    if not due:
        raise Refusal([_none_due(own.name)], ExitCode.USAGE)
    stays = _numbers(file for file in plans if file not in due)
    # A run that broke off has left a copy of the plan that runs: of that one nothing else goes.
    numbers = tuple(number for number in _numbers(due) if number not in stays)
    return _Going((*due, *_made_of(own, due, numbers)), numbers, bool(_numbers(due)))


def _made_of(own: Path, due: Sequence[Path], numbers: Sequence[bytes]) -> Iterator[Path]:
    """What was made of plans, and what came back of them: by their numbers, a message by when it was written."""
    for file in sorted(own.glob("*.html")):
        if any(number in (read_file(file, "")[0] or b"") for number in numbers):
            yield file
    message = own / MESSAGE
    if message.is_file() and any(is_older(message, file) for file in due):
        yield message
    for file in sorted((own / CAME_BACK).glob("*.txt")):
        export = kept_export(file)
        if export is not None and export.identity.encode() in numbers:
            yield file


def _numbers(files: Iterable[Path]) -> tuple[bytes, ...]:
    """The numbers of plans, out of the bytes: a plan that cannot be read has copies as well."""
    return tuple(dict.fromkeys(number for file in files for number in numbers_in(file)))


def _pages(project: Path, library: Library, name: str, going: _Going) -> list[SharedPage]:
    return [
        page for page in pages_of(project, library, name) if page.plan.encode() in going.numbers
    ]


def _none_due(name: str) -> Problem:
    return Problem(
        "plan",
        f"no earlier plan of {quoted(name)} is to be deleted yet",
        "leave out --earlier to delete all that is kept of them",
        Code.CLIENT_EARLIER_NONE,
        field="--earlier",
    )


def kept_by_git(project: Path, library: Library) -> list[str] | None:
    """The clients of whom git has kept something, now or ever, those forgotten since too.

    None where there is no git; ``None`` where it does not say.
    """
    found = _kept(clients_of(project, library))
    return None if found is None else sorted(found)


def _kept(folder: Path) -> set[str] | None:
    """The folders of clients in a folder that git has, or had; ``None`` where it does not say."""
    if not folder.is_dir():
        return set()
    if not any(
        os.path.lexists(at / ".git") for at in (folder.resolve(), *folder.resolve().parents)
    ):
        return set()
    found: set[str] = set()
    for words in (
        ["ls-files", "-z", "--", "."],
        ["log", "--all", "--format=", "--name-only", "--relative", "-z", "--", "."],
    ):
        try:
            answer = ask(["git", *words], wall_s=_GIT_S, cwd=str(folder))
        except OSError:
            return None
        if answer.returncode != 0:
            return None
        said = answer.stdout.decode("utf-8", "replace")
        for path in said.split("\0"):
            name, *inside = path.strip().split("/")
            if inside and inside[0] in OURS:
                found.add(name)
    return found


def _below(folder: Path) -> Iterator[Path]:
    """Everything in a folder, deepest last; links are not followed."""
    for path, folders, files in os.walk(folder):
        yield from (Path(path) / name for name in sorted((*folders, *files)))


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
