"""``kinopress new``: a page to fill in, right from the first line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from kinopress.cli.options import project_option
from kinopress.content.model.kinds import KINDS
from kinopress.content.model.pages import Kind
from kinopress.figures.pose import STARTS
from kinopress.problems import ExitCode
from kinopress.project.folder import find_project
from kinopress.project.new.page import write_page


@click.command()
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("title", nargs=-1, required=True, metavar="TITLE")
@click.option(
    "--pose",
    type=click.Choice(STARTS),
    help="For an exercise: also write a pose file for its figure, which begins like this.",
)
@project_option
def command(kind: Kind, title: tuple[str, ...], pose: str | None, project_dir: Path | None) -> int:
    """Write a new page to fill in. It is a draft until you take its draft line out.

    \b
    Example:
      kinopress new exercise "Bird dog"
      kinopress new exercise "Bird dog" --pose "all fours"
    """  # noqa: D301 - the sign itself tells click to keep the lines below it apart
    if pose is not None and kind != "exercise":
        raise click.UsageError("Only an exercise has a figure: leave out --pose.")
    project = find_project(project_dir)
    words = " ".join(title)  # with quotes or without
    written = write_page(project, kind, words, dt.date.today(), pose)
    click.echo(f"Written: {' and '.join(written)}")
    if pose is not None:
        click.echo(f"Draw its figure with: kinopress figure {Path(written[0]).stem}")
    if kind == "video":
        film = written[0].removesuffix(".md")
        click.echo(f"Put the film beside it as {film}.mp4 (or .mov), then remove the draft line.")
    return ExitCode.OK
