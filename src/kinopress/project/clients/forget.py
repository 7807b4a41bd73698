"""A client's plan is deleted, wherever this project still has it; what cannot be recalled is said."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kinopress.content.model.library import Library
from kinopress.content.source.document import read_file
from kinopress.project.clients.folder import (
    EARLIER,
    OURS,
    PLAN_FILE,
    clients_of,
    folder_of,
    numbers_in,
    shown_path,
)
from kinopress.project.clients.share import pages_of, places_with
from kinopress.project.clients.shared_pages import SHARED, withdraw
from kinopress.project.folder import cannot_write, only_run
from kinopress.system import disk
from kinopress.system.process import ask

_LOOKED_AT_BYTES = 200_000_000
_LEFT_OUT = frozenset({".git", ".venv", "node_modules"})
_FILMS = frozenset({".mp4", ".mov", ".m4v", ".webm", ".mkv", ".avi"})
"""Nothing writes a plan into a film."""
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
        files: All files in it, from the folder's root.
        elsewhere: Other files of the project in which a plan of theirs is, or a copy of what was handed over.
        in_git: Whether git has kept something of the folder; ``None`` where git does not say.
        pages: The numbers of their encrypted pages that wait here for a publication, or are published.
        out_there: Where readers can have these still, in words: once for each.
    """

    name: str
    files: tuple[str, ...]
    elsewhere: tuple[str, ...]
    in_git: bool | None
    pages: tuple[str, ...] = ()
    out_there: tuple[str, ...] = ()


def look_at_forgetting(project: Path, library: Library, name: str) -> Forgettable:
    """What would go, and where else something of it is.

    Raises:
        Refusal: there is no such client (exit code 2).
    """
    own = folder_of(project, library, name)
    files = tuple(path.relative_to(own).as_posix() for path in _below(own) if not _is_folder(path))
    elsewhere = tuple(_with_marks(project, own, _marks(own)))
    pages = pages_of(project, library, name)
    kept = _kept(clients_of(project, library))
    return Forgettable(
        name,
        files,
        elsewhere,
        None if kept is None else name in kept,
        tuple(page.number for page in pages),
        tuple(where for page in pages for where in places_with(project, page)),
    )


def forget(
    project: Path, library: Library, name: str, found: Forgettable | None = None
) -> Forgettable:
    """Delete the folder of a client: everything in it, and nothing else. A link goes, not what it leads to.

    Args:
        project: The project's folder.
        library: The site's pages.
        name: The client's folder.
        found: What was looked at before somebody was asked; looked at now without.

    Raises:
        Refusal: there is no such client (exit code 2), something cannot be deleted (3), or another run holds the
            project (5).
    """
    found = found or look_at_forgetting(project, library, name)
    # A publication would send what is deleted under it, and a file that is being made would come back.
    with only_run(project, "deleting a client's plan"):
        _forget(project, library, name, found)
    return found


def _forget(project: Path, library: Library, name: str, found: Forgettable) -> None:
    own = folder_of(project, library, name)
    # Encrypted since it was looked at: nobody asks again whether that is to go as well.
    withdraw(project, {*found.pages, *(page.number for page in pages_of(project, library, name))})
    # The plan goes last: a run that broke off is simply run again.
    paths = sorted(_below(own), key=lambda path: (path == own / PLAN_FILE, -len(path.parts)))
    try:
        for path in [p for p in paths if not _is_folder(p)]:
            disk.remove(path)
        for path in [p for p in paths if _is_folder(p)]:
            disk.remove_folder(path)
        disk.remove_folder(own)
        disk.flush(own.parent)
    except OSError as error:
        raise cannot_write(own, error) from None


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


def _marks(own: Path) -> list[bytes]:
    """The numbers of a client's plans, out of the bytes: a plan that cannot be read has copies as well."""
    files = (own / PLAN_FILE, *sorted((own / EARLIER).glob("*.md")))
    return list(dict.fromkeys(number for file in files for number in numbers_in(file)))


def _with_marks(project: Path, own: Path, marks: list[bytes]) -> Iterator[str]:
    """Files of the project outside the client's folder that hold the number of one of their plans."""
    for path, folders, files in os.walk(project):
        folders[:] = [
            f
            for f in folders
            if f not in _LEFT_OUT and Path(path, f) not in (own, project / SHARED)
        ]
        for name in files:
            file = Path(path, name)
            if file.suffix.casefold() in _FILMS:
                continue
            try:
                if file.is_symlink() or file.stat().st_size > _LOOKED_AT_BYTES:
                    continue
            except OSError:
                continue
            data, _ = read_file(file, "")
            if data is not None and any(mark in data for mark in marks):
                yield shown_path(project, file)
