"""``kinopress stage DIR``: the plain tree for another engine."""

from __future__ import annotations

from pathlib import Path

import click

from kinopress.cli.options import project_option
from kinopress.cli.terminal.progress import Told
from kinopress.cli.terminal.report import print_problems, summary
from kinopress.content.rules.held import count
from kinopress.problems import ExitCode
from kinopress.project.folder import find_project
from kinopress.project.stage import stage_project


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@project_option
def command(folder: Path, project_dir: Path | None) -> int:
    """Write the finished pages as plain Markdown that any engine can build.

    \b
    Example:
      kinopress stage /tmp/plain
      cd /tmp/plain && zensical build
    """  # noqa: D301 - the sign itself tells click to keep the lines below it apart
    library, report = stage_project(find_project(project_dir), folder, Told())
    print_problems(report)
    click.echo(summary(report, count(library)))
    if report.errors:
        return ExitCode.CONTENT
    click.echo(f"The plain pages: {folder.absolute()}")
    return ExitCode.OK
