"""A client's plan is deleted, wherever this project still has it; what cannot be recalled is said."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kinopress.content.model.library import Library
from kinopress.project.clients.folder import (
    clients_of,
    folder_of,
    names_of,
    plans_of,
    shown_path,
)
from kinopress.project.folder import cannot_write
from kinopress.system import disk
from kinopress.system.process import ask

_LOOKED_AT_BYTES = 200_000_000
_LEFT_OUT = frozenset({".git", ".venv", "node_modules"})
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
        in_git: Whether git has kept something of the folder.
    """

    name: str
    files: tuple[str, ...]
    elsewhere: tuple[str, ...]
    in_git: bool


def look_at_forgetting(project: Path, library: Library, name: str) -> Forgettable:
    """What would go, and where else something of it is.

    Raises:
        Refusal: there is no such client (exit code 2).
    """
    own = folder_of(project, library, name)
    files = tuple(path.relative_to(own).as_posix() for path in _below(own) if not _is_folder(path))
    marks = [private.about.identity.encode() for private in plans_of(project, own, name)]
    elsewhere = tuple(_with_marks(project, own, marks))
    return Forgettable(name, files, elsewhere, name in kept_by_git(project, library))


def forget(project: Path, library: Library, name: str) -> Forgettable:
    """Delete the folder of a client: everything in it, and nothing else. A link goes, not what it leads to.

    Raises:
        Refusal: there is no such client (exit code 2), or something cannot be deleted (3).
    """
    found = look_at_forgetting(project, library, name)
    own = folder_of(project, library, name)
    # The plan goes last: a run that broke off is simply run again.
    paths = sorted(_below(own), key=lambda path: (path == own / "plan.md", -len(path.parts)))
    try:
        for path in [p for p in paths if not _is_folder(p)]:
            disk.remove(path)
        for path in [p for p in paths if _is_folder(p)]:
            disk.remove_folder(path)
        disk.remove_folder(own)
        disk.flush(own.parent)
    except OSError as error:
        raise cannot_write(own, error) from None
    return found


def kept_by_git(project: Path, library: Library) -> list[str]:
    """The clients of whom git has kept something, now or ever; none where there is no git."""
    folder = clients_of(project, library)
    if not folder.is_dir():
        return []
    names = names_of(folder)
    found = set()
    for words in (
        ["ls-files", "-z", "--", "."],
        ["log", "--all", "--format=", "--name-only", "--relative", "-z", "--", "."],
    ):
        try:
            answer = ask(["git", *words], wall_s=_GIT_S, cwd=str(folder))
        except OSError:
            return []
        if answer.returncode == 0:
            said = answer.stdout.decode("utf-8", "replace")
            found |= {path.strip().partition("/")[0] for path in said.split("\0")}
    return [name for name in names if name in found]


def _below(folder: Path) -> Iterator[Path]:
    """Everything in a folder, deepest last; links are not followed."""
    for path, folders, files in os.walk(folder):
        yield from (Path(path) / name for name in sorted((*folders, *files)))


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _with_marks(project: Path, own: Path, marks: list[bytes]) -> Iterator[str]:
    """Files of the project outside the client's folder that hold the number of one of their plans."""
    for path, folders, files in os.walk(project):
        folders[:] = [f for f in folders if f not in _LEFT_OUT and Path(path, f) != own]
        for name in files:
            file = Path(path, name)
            try:
                if file.is_symlink() or file.stat().st_size > _LOOKED_AT_BYTES:
                    continue
                data = file.read_bytes()
            except OSError:
                continue
            if any(mark in data for mark in marks):
                yield shown_path(project, file)
