"""``kinopress figure NAME``: draw the figure of one exercise and say where it lies."""

from __future__ import annotations

from pathlib import Path

import click

from kinopress.cli.options import project_option
from kinopress.cli.terminal.progress import Told
from kinopress.cli.terminal.report import print_problems
from kinopress.media.figure import MOVING, SHEET
from kinopress.problems import ExitCode, Report
from kinopress.project.drawings.figures import one_figure, six_views
from kinopress.project.drawings.film import FOLDER, write_film
from kinopress.project.folder import cannot_write, find_project


@click.command()
@click.argument("name")
@click.option("--views", is_flag=True, help="Also show its last drawing from six sides.")
@click.option(
    "--film", is_flag=True, help="Also make an MP4 of it, to send where a drawing cannot go."
)
@click.option(
    "--to",
    "folder",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the film goes; without it, into drawn-films.",
)
@project_option
def command(
    name: str, folder: Path | None, project_dir: Path | None, *, views: bool, film: bool
) -> int:
    """Draw the figure of an exercise from its pose file, and say what is doubtful about it.

    \b
    Example:
      kinopress figure clam
      kinopress figure clam --views
      kinopress figure clam --film
    """  # noqa: D301 - the sign itself tells click to keep the lines below it apart
    if folder is not None and not film:
        raise click.UsageError("--to says where a film goes; add --film")
    project = find_project(project_dir)
    figure, problems = one_figure(project, name)
    report = Report(problems)
    print_problems(report, notes=True)
    if figure is None:
        return ExitCode.CONTENT
    for what, file in (("The key frames", SHEET), ("The moving picture", MOVING)):
        size = (figure.folder / file).stat().st_size / 1000
        click.echo(f"{what}: {(figure.folder / file).relative_to(project)} ({size:.0f} KB)")
    sides = six_views(project, name) if views else None
    if sides is not None:
        click.echo(f"From six sides: {sides.relative_to(project)}")
    click.echo("Open them in a browser.")
    if film:
        place = folder or project / FOLDER
        try:
            made = write_film(project, figure, place, Told())
        except OSError as error:
            raise cannot_write(place, error) from None
        size = made.stat().st_size / 1000
        click.echo(
            f"The film: {made.relative_to(project) if made.is_relative_to(project) else made} ({size:.0f} KB, {figure.length_s:.0f} s)"
        )
    return ExitCode.CONTENT if report.errors else ExitCode.OK
