"""``kinopress video add``: a film and its page in one line, without questions."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kinopress.cli.options import json_option, project_option
from kinopress.cli.video.film_options import Said, bring_in, film_options, say
from kinopress.content.read import read_library
from kinopress.problems import ExitCode
from kinopress.project.films.add import look_at
from kinopress.project.folder import find_project


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@film_options
@project_option
@json_option
def command(
    file: Path,
    said: Said,
    project_dir: Path | None,
    as_json: bool,
) -> int:
    """Copy a film into videos/ and write its page. The next build encodes it.

    \b
    Example:
      kinopress video add hip.mov --title "Hip circles" --tags "mobility, stiff hips"
    """  # noqa: D301 - click reads the escape
    if said.title is None or said.tags is None:
        missing = "--title" if said.title is None else "--tags"
        raise click.UsageError(f"{missing} is missing (kinopress add asks for what it needs)")
    project = find_project(project_dir)
    look_at(file)
    library, _ = read_library(project)
    added, new = bring_in(project, library, file, said, title=said.title, tags=said.tags)
    if as_json:
        click.echo(json.dumps({"slug": added.slug, "page": added.page, "film": added.film}))
    else:
        say(project, added, new, library.today)
    return ExitCode.OK
