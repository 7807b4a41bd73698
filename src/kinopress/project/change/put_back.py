"""A page that was removed comes back: its files to where they were, and its address is its own again.

The list of old addresses is written first and the page's own file moved last, so that a run that was interrupted is
simply run again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.data.redirects import REDIRECTS
from kinopress.content.source.writer import Remove, changed_yaml
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.project.change.remove import FOLDER, Kept, removed_before
from kinopress.project.change.rename import make_sure_of_folders, new_errors
from kinopress.project.films.made.kept import kept_films
from kinopress.project.folder import cannot_write, only_run
from kinopress.system import disk
from kinopress.system.atomic import move_whole, write_bytes


@dataclass(frozen=True, slots=True)
class PutBack:
    """What became of it.

    Attributes:
        path: The page's file.
        files: The files that were moved, before and after.
        address: The address at which readers get the page again.
        problems: Problems of the project that were not there before.
    """

    path: str
    files: tuple[tuple[str, str], ...]
    address: str
    problems: tuple[Problem, ...]


def put_back(project: Path, named: str) -> PutBack:
    """Undo :func:`~kinopress.project.change.remove.remove`.

    What was written since stays: a file that has taken the place of one of those is named, and nothing is done.

    Args:
        project: The project's folder.
        named: The page, by its file or the name of its file; of several, the one that was removed last.

    Raises:
        Refusal: no page of that name was removed, or something is in its place (exit code 2); a folder cannot be
            written to (3).
    """
    try:
        with only_run(project, "putting a page back"):
            return _put_back(project, named)
    except OSError as error:
        raise cannot_write(Path(str(error.filename or project)), error) from None


def _put_back(project: Path, named: str) -> PutBack:
    from kinopress.content.read import read_library  # noqa: PLC0415 - who only asks what was removed reads no site

    kept = removed_before(project, named)
    if kept is None:
        message = "no page of this name was removed"
        hint = f"write the name of its file as it is in {FOLDER}/"
        raise Refusal([Problem(named, message, hint, Code.PAGE_NOT_FOUND)], ExitCode.USAGE)
    if problems := list(_in_the_way(project, kept)):
        raise Refusal(problems, ExitCode.USAGE)
    _, report = read_library(project, kept=kept_films(project))
    changes = _without_redirect(project, kept.address)
    make_sure_of_folders(project, [*changes, *(path for pair in kept.files for path in pair)])
    for path, data in changes.items():
        write_bytes(project / path, data)
    for one, other in kept.files:
        move_whole(project / one, project / other)
    _remove_empty(project / kept.folder)
    problems = new_errors(project, report.errors, {})
    return PutBack(kept.path, kept.files, kept.address, tuple(problems))


def _in_the_way(project: Path, kept: Kept) -> Iterator[Problem]:
    for _, path in kept.files:
        if os.path.lexists(project / path):
            yield Problem(
                path,
                "something of this name is there again, so the removed page cannot come back",
                "rename it or move it away first",
                Code.PAGE_EXISTS,
            )


def _without_redirect(project: Path, address: str) -> dict[str, bytes]:
    file = project / REDIRECTS
    if not file.exists():
        return {}
    data = file.read_bytes()
    changed = changed_yaml(data, REDIRECTS, [Remove((address,))])
    return {REDIRECTS: changed} if changed != data else {}


def _remove_empty(folder: Path) -> None:
    """Remove the folders that the removal made; one with something in it stays."""
    for place in sorted([folder, *folder.rglob("*")], reverse=True):
        try:
            disk.remove_folder(place)
        except OSError:
            return
