"""``kinopress plan check``: is a client's plan right?"""

from __future__ import annotations

from pathlib import Path

import click

from kinopress.cli.clients.names import client_argument, library_of
from kinopress.cli.options import json_option, project_option
from kinopress.cli.terminal.report import print_json, print_problems
from kinopress.problems import ExitCode, Report
from kinopress.project.clients.folder import no_consent, read_client
from kinopress.project.clients.since import changed_since
from kinopress.project.folder import find_project


@click.command()
@client_argument
@json_option
@project_option
def command(name: str, as_json: bool, project_dir: Path | None) -> int:
    """Check a client's plan: all that holds for a public plan, and what is only so for one person.

    \b
    Example:
      kinopress plan check sk-1
    """  # noqa: D301 - click reads the escape
    project = find_project(project_dir)
    library = library_of(project)
    private, report = read_client(project, library, name)
    if as_json:
        print_json(report, {})
    else:
        print_problems(report)
        if not report.errors:
            click.echo(_verdict(report))
        if private is not None and not report.errors:
            changes = changed_since(project, library, name)
            if changes:
                click.echo("Since the last plan:")
            for line in changes:
                click.echo(f"  {line}")
    return ExitCode.CONTENT if report.errors else ExitCode.OK


def _verdict(report: Report) -> str:
    """What ``plan make`` would say of a plan without an error."""
    if no_consent(report) is not None:
        return "The plan can be done, but without consent kinopress plan make makes no file."
    return "Nothing stops the plan." if report.warnings else "The plan is right."
