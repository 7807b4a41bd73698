"""``kinopress serve``: the site while writing, with drafts, and problems shown where they belong."""

from __future__ import annotations

from pathlib import Path

import click

from kinopress.cli.options import project_option
from kinopress.cli.terminal.progress import Told
from kinopress.cli.terminal.report import print_problems, summary
from kinopress.content.model.library import Library
from kinopress.content.rules.held import count
from kinopress.engines.mkdocs.preview import serve_with_mkdocs
from kinopress.problems import ExitCode, Report
from kinopress.project.folder import find_project
from kinopress.project.preview import Preview
from kinopress.project.servers import said_with_pages


@click.command()
@project_option
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    help="The port to serve on.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the browser.")
@click.option(
    "--phone", is_flag=True, help="Let phones, and everyone else, on the same network look too."
)
def command(project_dir: Path | None, port: int, open_browser: bool, phone: bool) -> int:
    """Show the site on this computer and reload it whenever a file changes.

    Drafts and pages with a date in the future are shown too. A page with a problem says so.

    \b
    Example:
      kinopress serve --open
      kinopress serve --phone
    """  # noqa: D301 - click reads the escape
    project = find_project(project_dir)
    preview = Preview(project, _say, Told())
    serve_with_mkdocs(
        project,
        preview.now,
        click.echo,
        said=said_with_pages,
        port=port,
        open_browser=open_browser,
        to_network=phone,
    )
    return ExitCode.OK


def _say(library: Library, report: Report) -> None:
    print_problems(report)
    click.echo(summary(report, count(library)))
