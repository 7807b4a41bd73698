"""``kinopress studio``: the week's work as pages in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from kinopress.cli.options import project_option
from kinopress.problems import ExitCode
from kinopress.project.folder import find_project
from kinopress.studio.apart.programs import compiled_apart
from kinopress.system.processors.memory import keep_one_heap


@click.command()
@project_option
@click.option(
    "--port",
    default=8321,
    show_default=True,
    type=click.IntRange(1, 65534),
    help="The port to serve on; the preview takes the next one.",
)
@click.option(
    "--open/--no-open", "open_browser", default=True, help="Open the browser, or only say where."
)
def command(project_dir: Path | None, port: int, open_browser: bool) -> int:
    """Publish from the browser: new films, problems, the build.

    Only this computer can reach it, and only with the link that it prints.

    \b
    Example:
      kinopress studio
    """  # noqa: D301 - click reads the escape
    project = find_project(project_dir)
    keep_one_heap()
    with compiled_apart() as templates:
        from kinopress.studio.run import run_studio  # noqa: PLC0415 - it is compiled now

        run_studio(project, click.echo, templates, port=port, open_browser=open_browser)
    return ExitCode.OK
