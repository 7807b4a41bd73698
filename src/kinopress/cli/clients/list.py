"""``kinopress plan list``: who has a plan, and what is overdue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from kinopress.cli.clients.names import library_of
from kinopress.cli.options import project_option
from kinopress.content.model.library import Library
from kinopress.problems import ExitCode
from kinopress.project.clients.folder import Listed, clients_of, listed_clients, shown_path
from kinopress.project.clients.overdue import earlier_in_words, unread_in_words
from kinopress.project.clients.share import pages_in_words
from kinopress.project.folder import find_project
from kinopress.project.live.encrypted import about_pages


@click.command()
@project_option
def command(project_dir: Path | None) -> int:
    """List the clients who have a plan: what was handed over, which encrypted page is out there, until when.

    \b
    Example:
      kinopress plan list
    """  # noqa: D301 - click reads the escape
    project = find_project(project_dir)
    library = library_of(project)
    folder = shown_path(project, clients_of(project, library))
    found = list(listed_clients(project, library))
    if not found:
        click.echo(f"No client has a plan (they would be in {folder}).")
        _say_left(project, library)
        return ExitCode.OK
    width = max(len(one.name) for one in found)
    for one in found:
        click.echo(f"{one.name:<{width}}  {', '.join(_said(project, library, one))}")
    click.echo(f"They are in {folder}.")
    _say_left(project, library)
    return ExitCode.OK


def _said(project: Path, library: Library, one: Listed) -> Iterator[str]:
    """What is to be said of a client."""
    if one.private is None:
        yield f"cannot be read: kinopress plan check {one.name}"
        if one.is_overdue:
            yield f"OVERDUE: to be deleted by now: kinopress plan forget {one.name}"
    else:
        about = one.private.about
        yield f"assessed {about.assessed}"
        if one.is_file_older:
            yield f"the file is older than the plan: kinopress plan make {one.name}"
        else:
            yield "handed over" if one.handed_over else "not handed over yet"
        yield f"{one.came_back} came back" if one.came_back else "nothing came back yet"
        yield (
            f"OVERDUE: to be deleted on {about.delete_on}"
            if one.is_overdue
            else f"kept until {about.delete_on}"
        )
        yield from pages_in_words(project, library, one.name)
    if earlier := earlier_in_words(one):
        yield f"OVERDUE: {earlier}"
    yield from unread_in_words(project, one)


def _say_left(project: Path, library: Library) -> None:
    for line in about_pages(project, library.settings, library.today):
        click.echo(line)
