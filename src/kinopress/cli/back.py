"""``kinopress back``: an earlier site in place again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from kinopress.cli.options import project_option
from kinopress.cli.terminal.report import print_problems
from kinopress.problems import ExitCode, Report
from kinopress.project.earlier import earlier_sites, put_back, torn_sites
from kinopress.project.folder import find_project
from kinopress.publish.record import is_page
from kinopress.system.releases import Kept

_SHOWN_DIGITS = 8


@click.command()
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--list", "only_list", is_flag=True, help="Only list the earlier sites.")
@project_option
def command(name: str | None, only_list: bool, project_dir: Path | None) -> int:
    """Put the site back as it was before the last build.

    The last three are kept. Your own files are not touched, and the site that
    is there now is kept as well: the same command brings it back.

    \b
    Example:
      kinopress back
      kinopress back --list
    """  # noqa: D301 - the sign itself tells click to keep the lines below it apart
    project = find_project(project_dir)
    if only_list:
        kept = earlier_sites(project)
        for one in kept:
            click.echo(f"{one.digest[:_SHOWN_DIGITS]}  {_words(one)}")
        torn = torn_sites(project)
        for one in torn:
            click.echo(f"{one.digest[:_SHOWN_DIGITS]}  {_words(one)}; a file is changed or gone")
        if not kept and not torn:
            click.echo("No earlier site is kept yet: a site is kept when a build replaces it.")
        return ExitCode.OK
    done = put_back(project, name)
    print_problems(Report(done.problems))
    click.echo(f"This site is in place again: {_words(done.kept)}.")
    click.echo(f"It is here: {done.site}")
    if done.replaced:
        click.echo("The site it replaced is kept: kinopress back brings that one back.")
    elif done.replaced is not None:
        click.echo("The site it replaced is not kept.")
    click.echo("Your own files are not changed: the next kinopress build makes the site from them.")
    return ExitCode.OK


def _words(kept: Kept) -> str:
    pages = sum(is_page(path) for path in kept.release.files)
    many = f"{pages} page{'' if pages == 1 else 's'}"
    if not kept.release.made_s:
        return many
    built = datetime.fromtimestamp(kept.release.made_s).astimezone()
    return f"built on {built.day} {built:%B %Y} at {built:%H:%M}, {many}"
