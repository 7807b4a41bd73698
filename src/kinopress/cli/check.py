"""``kinopress check``: every problem of every file, and nothing is built."""

from __future__ import annotations

from pathlib import Path

import click

from kinopress.cli.project import find_project, json_option, project_option, read_project
from kinopress.cli.report import print_json, print_problems, summary
from kinopress.content.library import count
from kinopress.problems import ExitCode, Refusal


@click.command()
@project_option
@json_option
def command(project_dir: Path | None, as_json: bool) -> int:
    """Read everything and say what is to be mended. Nothing is changed.

    \b
    Example:
      kinopress check
    """  # noqa: D301 - click reads the escape
    project = find_project(project_dir)
    try:
        library, report = read_project(project)
    except Refusal as refusal:
        if not as_json:
            raise
        print_json(refusal.problems, {})
        return refusal.exit_code
    counts = count(library)
    if as_json:
        print_json(report, counts)
    else:
        print_problems(report)
        click.echo(summary(report, counts))
    return ExitCode.CONTENT if report.errors else ExitCode.OK
