"""``kinopress plan unshare``: an encrypted page is withdrawn."""

from __future__ import annotations

from pathlib import Path

import click

from kinopress.cli.clients.names import client_argument, library_of
from kinopress.cli.options import project_option
from kinopress.problems import ExitCode
from kinopress.project.clients.share import CANNOT_RECALL, left_there, unshare
from kinopress.project.folder import find_project


@click.command()
@client_argument
@project_option
def command(name: str, project_dir: Path | None) -> int:
    """Withdraw a client's encrypted page; the next publication removes it.

    \b
    Example:
      kinopress plan unshare sk-1
    """  # noqa: D301 - click reads the escape
    project = find_project(project_dir)
    unshare(project, library_of(project), name)
    click.echo("Withdrawn here.")
    for place in sorted(set(left_there(project))):
        click.echo(f"It is still in {place}: kinopress publish removes it.")
    click.echo(CANNOT_RECALL)
    return ExitCode.OK
