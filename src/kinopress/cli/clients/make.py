"""``kinopress plan make``: what is handed over to a client."""

from __future__ import annotations

from pathlib import Path

import click

from kinopress.cli.clients.names import client_argument, library_of
from kinopress.cli.options import project_option
from kinopress.cli.terminal.progress import Told
from kinopress.cli.terminal.report import print_problems
from kinopress.problems import ExitCode
from kinopress.project.clients.films import films_of
from kinopress.project.clients.hand_over import hand_over, write_message
from kinopress.project.folder import find_project


@click.command()
@client_argument
@click.option(
    "--films", is_flag=True, help="Put the films of its exercises inside; the file is large then."
)
@click.option("--text", is_flag=True, help="Write it as a message in plain words instead.")
@project_option
def command(name: str, films: bool, text: bool, project_dir: Path | None) -> int:
    """Make a client's plan into one file, which opens by a tap and needs no network.

    \b
    Example:
      kinopress plan make sk-1
      kinopress plan make sk-1 --films
    """  # noqa: D301 - click reads the escape
    if films and text:
        raise click.UsageError("--text has no films; leave out one of them")
    project = find_project(project_dir)
    library = library_of(project)
    if text:
        made = write_message(project, library, name)
    else:
        there, size = films_of(project, library, name)
        if films and there:
            click.echo(f"With {_films(len(there))} inside: {_size(size)} more.")
        made = hand_over(project, library, name, films=films, listener=Told())
    print_problems(made.report)
    if made.path is None:
        click.echo("Nothing was made.")
        return ExitCode.CONTENT
    click.echo(f"Made: {made.path} ({_size(made.size_bytes)})")
    if made.films and not films:
        click.echo(
            f"With {_films(len(made.films))} inside it would be {_size(made.with_films_bytes)}: add --films."
        )
    click.echo(
        "Paste it into a message."
        if text
        else "Send it as a file. Whoever has it can open it, so check whom you send it to."
    )
    return ExitCode.OK


def _films(number: int) -> str:
    return "its film" if number == 1 else f"its {number} films"


def _size(number: int) -> str:
    return f"{number / 1e6:.1f} MB" if number >= 1e6 else f"{number / 1000:.0f} KB"
