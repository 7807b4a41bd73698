"""Where is the project? And may a second run write in it?"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from kinopress.content.library import Library, read_library
from kinopress.content.settings import FILE
from kinopress.pages.anchors import anchor_problems
from kinopress.pages.clips import kept_films
from kinopress.problems import ExitCode, Problem, Refusal, Report

_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}
_IN_THE_WAY = {errno.EEXIST, errno.ENOTDIR, errno.EISDIR}
_IN_USE = {errno.EBUSY, errno.ETXTBSY}
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

F = TypeVar("F", bound=Callable[..., Any])


def project_option(function: F) -> F:
    """Every verb takes ``--project DIR``."""
    return click.option(
        "--project",
        "project_dir",
        type=click.Path(path_type=Path),
        default=None,
        help="The folder with mkdocs.yml. By default this folder or the nearest above it.",
    )(function)


def json_option(function: F) -> F:
    """``--json`` for other programs."""
    return click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")(
        function
    )


def find_project(given: Path | None) -> Path:
    """The project folder.

    Raises:
        Refusal: when there is no ``mkdocs.yml`` (exit code 2).
    """
    start = (given or Path.cwd()).absolute()
    candidates = [start] if given is not None else [start, *start.parents]
    for folder in candidates:
        if (folder / FILE).is_file():
            return folder
    where = str(given) if given is not None else "this folder or those above it"
    problem = Problem(
        where,
        None,
        None,
        "there is no mkdocs.yml here",
        "go to the project's folder, or name it with --project",
        "project-missing",
    )
    raise Refusal([problem], ExitCode.USAGE)


def read_project(project: Path, *, show_held: bool = False) -> tuple[Library, Report]:
    """Everything the coach wrote, and every problem, those of linked files and of places on pages included.

    Raises:
        Refusal: when the settings cannot be used (exit code 2).
    """
    library, report = read_library(project, show_held=show_held, kept=kept_films(project))
    if library.assets:
        # What opens pictures takes longer to load than a small site to check.
        from kinopress.pages.publishing import check_linked_files  # noqa: PLC0415

        report.extend(check_linked_files(project, library))
    report.extend(anchor_problems(library))
    return library, report


@contextmanager
def only_run(project: Path, doing: str, wait_s: float = 10.0) -> Iterator[None]:
    """Hold the project while its site is written.

    Raises:
        Refusal: when another run holds it for longer than ``wait_s`` (exit code 5), or the
            folder cannot be written to (exit code 3).
    """
    from kinopress.video.lock import hold  # noqa: PLC0415 - check and new need no lock

    folder = project / ".kinopress" / "cache"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, error) from None
    with hold(folder, path="site", doing=doing, wait_s=wait_s):
        yield


def cannot_write(path: Path, error: OSError) -> Refusal:
    """The environment's refusal to let us write, which says where.

    Args:
        path: What could not be written; an absolute path is shown whole.
        error: Why.
    """
    named = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else path
    place = (named if named.is_absolute() else path).absolute()
    what = (error.strerror or str(error)).lower()
    if error.errno in _NOT_ALLOWED:
        folder = place if place.is_dir() else place.parent
        hint = f"make sure that you may write in the folder {folder}, then run this again"
    elif error.errno in _IN_THE_WAY:
        hint = "move away what lies in its place, then run this again"
    elif error.errno in _IN_USE:
        hint = "close the program that uses it, then run this again"
    elif error.errno in _FULL:
        hint = "free some space, then run this again"
    else:
        hint = "check the disk and the folder it lies in, then run this again"
    problem = Problem(
        str(place),
        None,
        None,
        f"it cannot be written ({what})",
        hint,
        "cannot-write",
    )
    return Refusal([problem], ExitCode.ENVIRONMENT)
