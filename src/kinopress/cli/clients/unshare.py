"""``kinopress plan unshare``: an encrypted page is withdrawn."""

from __future__ import annotations

from pathlib import Path

import click

from kinopress.cli.clients.names import client_names, library_of
from kinopress.cli.options import project_option
from kinopress.problems import ExitCode
from kinopress.project.clients.share import (
    CANNOT_RECALL,
    KNOWN_HERE,
    left_there,
    unshare,
    unshare_orphans,
)
from kinopress.project.folder import find_project


@click.command()
@click.argument("name", required=False, shell_complete=client_names)
@click.option(
    "--orphans",
    is_flag=True,
    help="The pages of clients whose folder was deleted or moved by hand.",
)
@project_option
def command(name: str | None, orphans: bool, project_dir: Path | None) -> int:
    """Withdraw a client's encrypted page; the next publication removes it.

    \b
    Example:
      kinopress plan unshare sk-1
      kinopress plan unshare --orphans
    """  # noqa: D301 - click reads the escape
    if (name is None) != orphans:
        raise click.UsageError("Name a client, or say --orphans.")
    project = find_project(project_dir)
    library = library_of(project)
    if name is None:
        found = unshare_orphans(project, library.settings)
    else:
        found = unshare(project, library, name)
    click.echo("Withdrawn here." if len(found) == 1 else f"Withdrawn here: {len(found)} pages.")
    for place in sorted(set(left_there(project, library.settings))):
        click.echo(f"It is still {place}.")
    click.echo(
        "Every place hears of it with the next publication there, so that no copy of this project brings it back."
    )
    click.echo(KNOWN_HERE)
    click.echo(CANNOT_RECALL)
    return ExitCode.OK
