"""``kinopress plan forget``: all that is kept of a client's plan is deleted."""

from __future__ import annotations

from pathlib import Path

import click

from kinopress.cli.clients.names import client_argument, library_of
from kinopress.cli.options import project_option
from kinopress.cli.terminal.asking import somebody_is_there
from kinopress.problems import ExitCode
from kinopress.project.clients.forget import NOT_RECALLED, forget, look_at_forgetting
from kinopress.project.clients.share import CANNOT_RECALL, KNOWN_HERE
from kinopress.project.folder import find_project


@click.command()
@client_argument
@click.option("--earlier", is_flag=True, help="Delete only earlier plans whose day has come.")
@click.option("--yes", is_flag=True, help="Do not ask whether you are sure.")
@project_option
def command(name: str, earlier: bool, yes: bool, project_dir: Path | None) -> int:
    """Delete all that is kept of a client: the plan, earlier ones, the file made, what came back.

    It says what it cannot reach. With --earlier the plan that runs stays.

    \b
    Example:
      kinopress plan forget sk-1
      kinopress plan forget sk-1 --earlier
    """  # noqa: D301 - click reads the escape
    project = find_project(project_dir)
    library = library_of(project)
    found = look_at_forgetting(project, library, name, earlier_alone=earlier)
    for file in found.files:
        click.echo(f"Will be gone: {name}/{file}")
    for _ in found.pages:
        click.echo("Will be withdrawn: an encrypted page")
    if not yes:
        if not somebody_is_there():
            raise click.UsageError("Nobody is here to be asked: add --yes to delete them.")
        if not click.confirm("Delete these for good?", default=False):
            click.echo("Nothing was deleted.")
            return ExitCode.OK
    done = forget(project, library, name, found)
    rest = "" if earlier else f", and the folder {name}"
    click.echo(f"Deleted: {len(done.files)} file{'' if len(done.files) == 1 else 's'}{rest}.")
    for path in done.elsewhere:
        click.echo(f"Also there, and yours to delete: {path}")
    for path in done.not_looked_into:
        click.echo(f"Could not be looked into, so see yourself whether it is of them: {path}")
    if done.in_git is None:
        click.echo("Git does not say what it has kept of this folder: look in its history.")
    elif done.in_git:
        click.echo(
            "Git has kept some of it: delete the repository's history of that folder, and what was sent of it."
        )
    for place in sorted(set(done.out_there)):
        click.echo(f"Their encrypted page is still {place}.")
    click.echo(KNOWN_HERE)
    click.echo(NOT_RECALLED)
    if done.pages:
        click.echo(CANNOT_RECALL)
    return ExitCode.OK if done.is_all else ExitCode.CONTENT
