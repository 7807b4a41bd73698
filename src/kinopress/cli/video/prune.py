"""``kinopress video prune``: says what no page uses any more, asks, and has it deleted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from kinopress.cli.options import project_option
from kinopress.pictures.store import FOLDER as PICTURES
from kinopress.problems import ExitCode, one_line
from kinopress.project.films.made.prune import (
    Unused,
    anything_made,
    delete_unused,
    find_unused,
    knows_what_is_used,
    pruning,
)
from kinopress.project.folder import MEDIA, find_project
from kinopress.project.read import read_project
from kinopress.project.telling.timed import size_words


@click.command()
@click.option("--yes", is_flag=True, help="Delete without asking.")
@project_option
def command(yes: bool, project_dir: Path | None) -> int:
    """Delete web films, and pictures made for pages, that no page uses any more.

    Camera films and your own pictures are never touched.

    \b
    Example:
      kinopress video prune
    """  # noqa: D301 - click reads the escape
    project = find_project(project_dir)
    if not anything_made(project):
        click.echo("Nothing to delete: no film has been encoded here.")
        return ExitCode.OK
    with pruning(project):
        return _prune(project, yes=yes)


def _prune(project: Path, *, yes: bool) -> int:
    library, report = read_project(project, show_held=True)
    if not knows_what_is_used(report):
        click.echo("Nothing was deleted: some pages or films cannot be read, so nobody knows")
        click.echo("what they use. kinopress check says which.")
        return ExitCode.CONTENT
    unused = find_unused(project, library)
    if not unused.folders:
        click.echo("Nothing to delete: every web film is used by a page.")
        _name_left(project, delete_unused(project, unused))
        return ExitCode.OK
    many = _name(unused)
    total = size_words(unused.size_bytes)
    if not yes and not click.confirm(f"Delete {many}, {total}?", default=False):
        click.echo("Nothing was deleted.")
        return ExitCode.OK
    left = delete_unused(project, unused)
    click.echo(f"Deleted: {many}, {total}.")
    _name_left(project, left)
    return ExitCode.OK


def _name(unused: Unused) -> str:
    """Name what can be deleted; give how many there are, in words."""
    for film in unused.films:
        click.echo(
            f"{MEDIA.as_posix()}/{film.found.folder.name}: {size_words(film.found.size_bytes)},"
            f" made from {film.made_from or 'a film of an older version, or damaged'}"
        )
    if unused.pictures:
        of_pictures = size_words(sum(found.size_bytes for found in unused.pictures))
        click.echo(
            f"{PICTURES.as_posix()}: {of_pictures}, made from {_many(len(unused.pictures), 'picture')}"
        )
    named = ((len(unused.films), "web film"), (len(unused.pictures), "made picture"))
    return " and ".join(_many(number, what) for number, what in named if number)


def _name_left(project: Path, left: Sequence[Path]) -> None:
    """Name what is among made files and is on no list of them."""
    for path in left:
        shown = one_line(path.relative_to(project).as_posix())
        click.echo(f"Left where it is, since it was not made by a build: {shown}")
    if left:
        click.echo("Look through what was left, and delete it yourself if you do not need it.")


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
