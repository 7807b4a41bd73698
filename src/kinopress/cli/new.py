"""``kinopress new``: a page to fill in, right from the first line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from kinopress.cli.options import project_option
from kinopress.content.model.kinds import KINDS
from kinopress.content.model.pages import Kind
from kinopress.problems import ExitCode
from kinopress.project.folder import find_project
from kinopress.project.new.page import write_page


@click.command()
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("title", nargs=-1, required=True, metavar="TITLE")
@project_option
def command(kind: Kind, title: tuple[str, ...], project_dir: Path | None) -> int:
    """Write a new page to fill in. It is a draft until you take its draft line out.

    \b
    Example:
      kinopress new exercise "Bird dog"
    """  # noqa: D301 - the sign itself tells click to keep the lines below it apart
    project = find_project(project_dir)
    path = write_page(project, kind, " ".join(title), dt.date.today())  # with quotes or without
    click.echo(f"Written: {path}")
    if kind == "video":
        film = path.removesuffix(".md")
        click.echo(f"Put the film beside it as {film}.mp4 (or .mov), then remove the draft line.")
    return ExitCode.OK
