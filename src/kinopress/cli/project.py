"""Where is the project? And may a second run write in it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from kinopress.content.film_files import check_film_files
from kinopress.content.library import Library, read_library
from kinopress.content.settings import FILE
from kinopress.problems import ExitCode, Problem, Refusal, Report

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
    """Everything the coach wrote, and every problem, those of files beside films included.

    Raises:
        Refusal: when the settings cannot be used (exit code 2).
    """
    library, report = read_library(project, show_held=show_held)
    report.extend(check_film_files(project, library.films))
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
    """The environment's refusal to let us write."""
    what = (error.strerror or str(error)).lower()
    problem = Problem(
        str(path),
        None,
        None,
        f"it cannot be written ({what})",
        "free some space, or change the folder's permissions so that you may write there; "
        "then run it again",
        "cannot-write",
    )
    return Refusal([problem], ExitCode.ENVIRONMENT)
