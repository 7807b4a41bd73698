"""``kinopress new``: a page to fill in, right from the first line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from kinopress.cli.options import project_option
from kinopress.cli.starting.choices import Named
from kinopress.cli.terminal.asking import somebody_is_there
from kinopress.cli.terminal.days import Day
from kinopress.content.model.kinds import KINDS
from kinopress.content.model.pages import Kind
from kinopress.content.source.film_files import FILM_ENDINGS
from kinopress.figures.pose import STARTS
from kinopress.problems import ExitCode
from kinopress.project.folder import find_project
from kinopress.project.new.page import write_page

_DATED: tuple[Kind, ...] = ("article", "video")
"""The kinds whose pages begin with a day."""


@click.command()
@click.argument("kind", type=Named(KINDS, {}), required=False)
@click.argument("title", nargs=-1, metavar="TITLE")
@click.option(
    "--pose",
    type=click.Choice(STARTS),
    help="For an exercise: also write a pose file for its figure, which begins like this.",
)
@click.option(
    "--date",
    type=Day(),
    help="The day an article or a film appears, like 2026-11-22, 1 Dec or tomorrow; today by default.",
)
@project_option
def command(
    kind: Kind | None,
    title: tuple[str, ...],
    pose: str | None,
    date: dt.date | None,
    project_dir: Path | None,
) -> int:
    """Write a new page to fill in. It is a draft until you take its draft line out.

    In a terminal it asks for what is not given.

    \b
    Example:
      kinopress new exercise "Bird dog"
      kinopress new exercise "Bird dog" --pose "all fours"
      kinopress new article "Hills in winter" --date "1 Dec"
    """  # noqa: D301 - the sign itself tells click to keep the lines below it apart
    project = find_project(project_dir)
    if kind is None:
        if not somebody_is_there():
            raise click.UsageError(f"Say which kind of page: {', '.join(KINDS)}.")
        kind = click.prompt("Kind", type=Named(KINDS, {}))
    if date is not None and kind not in _DATED:
        raise click.UsageError(f"A date is for {' and '.join(_DATED)} pages: leave out --date.")
    if pose is not None and kind != "exercise":
        raise click.UsageError("Only an exercise has a figure: leave out --pose.")
    words = " ".join(title)  # with quotes or without
    if not title:
        if not somebody_is_there():
            raise click.UsageError(f'Say the title as well, like kinopress new {kind} "Bird dog".')
        words = click.prompt("Title", type=str)
    written = write_page(project, kind, words, date or dt.date.today(), pose)
    click.echo(f"Written: {' and '.join(written)}")
    if pose is not None:
        click.echo(f"Draw its figure with: kinopress figure {Path(written[0]).stem}")
    if kind == "video":
        film = written[0].removesuffix(".md")
        there = next((e for e in FILM_ENDINGS if (project / f"{film}{e}").is_file()), None)
        if there is None:
            click.echo(
                f'Bring its film in: kinopress add FILE --title "{words}"\n'
                f"Or put it beside the page as {film}.mp4 (or .mov), then remove the draft line."
            )
        else:
            click.echo(
                f"Its film is there: {film}{there}. Fill in the page, then remove the draft line."
            )
    return ExitCode.OK
