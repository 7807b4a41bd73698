"""``kinopress rename``: another name for a page, wherever it is named."""

from __future__ import annotations

from pathlib import Path

import click

from kinopress.cli.options import project_option
from kinopress.cli.terminal.asking import somebody_is_there
from kinopress.cli.terminal.completing import completions
from kinopress.cli.terminal.report import print_problems
from kinopress.content.source.scan import scan_project
from kinopress.problems import ExitCode, Refusal, Report
from kinopress.project.change.rename import SeveralPages, rename
from kinopress.project.folder import find_project


def page_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The names of pages that begin with what was typed, for the Tab key."""
    try:
        project = find_project(ctx.params.get("project_dir"))
    except Refusal:
        return []
    return completions(sorted({page.slug for page in scan_project(project).pages}), incomplete)


@click.command()
@click.argument("old", shell_complete=page_names)
@click.argument("new", nargs=-1, required=True)
@click.option(
    "--no-redirect", is_flag=True, help="Do not lead readers on from the page's old address."
)
@project_option
def command(old: str, new: tuple[str, ...], no_redirect: bool, project_dir: Path | None) -> int:
    """Rename a page: its file, what is beside it, and every link to it.

    Readers who come to the old address are led to the new one. The page's title stays as it is.

    \b
    Example:
      kinopress rename clam clamshell
      kinopress rename videos/hip-circles.md "Circles for the hip"
    """  # noqa: D301 - click reads the escape
    project = find_project(project_dir)
    wanted = " ".join(new)
    try:
        done = rename(project, old, wanted, redirect=not no_redirect)
    except SeveralPages as several:
        if not somebody_is_there():
            raise
        old = click.prompt("Several pages are called this: which", type=click.Choice(several.paths))
        done = rename(project, old, wanted, redirect=not no_redirect)
    for before, after in done.files:
        click.echo(f"Renamed: {before} is now {after}")
    for path in done.changed:
        click.echo(f"Changed: {path}")
    if done.redirect is not None:
        click.echo(f"The old address /{done.redirect[0]}/ leads to /{done.redirect[1]}/.")
    if done.loses_drawing:
        click.echo("Its drawing belongs to the old name and is not shown under the new one.")
    if done.problems:
        click.echo("Something still needs fixing:")
        print_problems(Report(list(done.problems)))
        return ExitCode.CONTENT
    click.echo("Build the site and publish it as usual.")
    return ExitCode.OK
