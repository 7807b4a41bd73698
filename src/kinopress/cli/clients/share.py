"""``kinopress plan share``: an encrypted page of a client's plan, for the next publication."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from kinopress.cli.clients.names import client_argument, library_of
from kinopress.cli.options import project_option
from kinopress.cli.terminal.days import Day
from kinopress.cli.terminal.progress import Told
from kinopress.cli.terminal.report import print_problems
from kinopress.problems import ExitCode
from kinopress.project.clients.films import films_of
from kinopress.project.clients.share import CANNOT_RECALL, share
from kinopress.project.folder import find_project
from kinopress.project.telling.timed import size_words


@click.command()
@client_argument
@click.option("--films", is_flag=True, help="Put the films of its exercises there as well.")
@click.option(
    "--in-link",
    is_flag=True,
    help="The link alone opens it; without this it needs eight words too.",
)
@click.option(
    "--until",
    type=Day(),
    help="The day on which it goes, like 2026-12-20; by default that on which the plan is deleted.",
)
@project_option
def command(
    name: str, films: bool, in_link: bool, until: dt.date | None, project_dir: Path | None
) -> int:
    """Encrypt a client's plan for a page of the site that no page leads to.

    The next publication puts it there, and the first one on its day or later
    removes it. A page of theirs that is there already goes then. What opens
    it is shown once: send it another way than the link.

    \b
    Example:
      kinopress plan share sk-1
      kinopress plan share sk-1 --films --until 2026-12-20
    """  # noqa: D301 - click reads the escape
    project = find_project(project_dir)
    library = library_of(project)
    if films:
        there, size = films_of(project, library, name)
        if there:
            click.echo(
                f"With {len(there)} film{'' if len(there) == 1 else 's'}, {size_words(size)}."
            )
        else:
            click.echo("With no films: there are none of its exercises.")
    made = share(project, library, name, films=films, in_link=in_link, until=until, listener=Told())
    print_problems(made.report)
    if made.page is None:
        click.echo("Nothing was made.")
        return ExitCode.CONTENT
    click.echo(f"Encrypted: {size_words(made.size_bytes)}, until {made.page.until}.")
    click.echo(f"  Address: {made.address}")
    if made.passphrase is not None:
        click.echo(f"  Words:   {made.passphrase}")
        click.echo("They are shown once and kept nowhere. Send them another way than the address.")
    else:
        click.echo("This link is shown once and kept nowhere. Whoever has it can open the page.")
    if made.withdrawn:
        click.echo("Their page of before is withdrawn: it goes with the next publication.")
    click.echo(
        "The words to ask for consent with say that nothing is on your website: ask the client again first."
    )
    click.echo("Next: kinopress publish")
    click.echo(CANNOT_RECALL)
    return ExitCode.OK
