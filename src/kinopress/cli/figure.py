"""``kinopress figure NAME``: draw the figure of one exercise and say where it lies."""

from __future__ import annotations

from pathlib import Path

import click

from kinopress.cli.options import project_option
from kinopress.cli.terminal.report import print_problems
from kinopress.media.figure import MOVING, SHEET
from kinopress.problems import ExitCode, Report
from kinopress.project.figures import one_figure, six_views
from kinopress.project.folder import find_project


@click.command()
@click.argument("name")
@click.option("--views", is_flag=True, help="Also show its last drawing from six sides.")
@project_option
def command(name: str, project_dir: Path | None, *, views: bool) -> int:
    """Draw the figure of an exercise from its pose file, and say what is doubtful about it.

    \b
    Example:
      kinopress figure clam
      kinopress figure clam --views
    """  # noqa: D301 - the sign itself tells click to keep the lines below it apart
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
    return ExitCode.CONTENT if report.errors else ExitCode.OK
