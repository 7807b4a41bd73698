"""``kinopress video add``: a film and its page in one line, without questions."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kinopress.cli.film_add import Added, NewFilm, add_film, look_at, split_tags
from kinopress.cli.film_progress import size_words
from kinopress.cli.project import cannot_write, find_project, json_option, project_option
from kinopress.content.library import read_library
from kinopress.problems import ExitCode

F = TypeVar("F", bound=Callable[..., Any])


def film_options(function: F) -> F:
    """What a page can be told at once."""
    for option in reversed(
        (
            click.option("--title", help="The heading of its page."),
            click.option("--tags", help="Muscles, symptoms and techniques, with commas between."),
            click.option("--description", help="One sentence that says what it shows."),
            click.option("--alt", help="What is seen, for those who cannot see it."),
            click.option(
                "--date",
                type=click.DateTime(["%Y-%m-%d"]),
                help="The day it appears, like 2026-11-22; today by default.",
            ),
        )
    ):
        function = option(function)
    return function


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@film_options
@project_option
@json_option
def command(
    file: Path,
    title: str | None,
    tags: str | None,
    description: str | None,
    alt: str | None,
    date: dt.datetime | None,
    project_dir: Path | None,
    as_json: bool,
) -> int:
    """Copy a film into videos/ and write its page. The next build encodes it.

    \b
    Example:
      kinopress video add hip.mov --title "Hip circles" --tags "mobility, stiff hips"
    """  # noqa: D301 - click reads the escape
    if title is None or tags is None:
        missing = "--title" if title is None else "--tags"
        raise click.UsageError(f"{missing} is missing (kinopress add asks for what it needs)")
    project = find_project(project_dir)
    look_at(file)
    library, _ = read_library(project)
    day = date.date() if date else library.today
    new = NewFilm(" ".join(title.split()), split_tags(tags), description, alt, day)
    try:
        added = add_film(project, library, file, new)
    except OSError as error:
        raise cannot_write(project / str(error.filename or "videos"), error) from None
    if as_json:
        click.echo(json.dumps({"slug": added.slug, "page": added.page, "film": added.film}))
    else:
        say(project, added, new)
    return ExitCode.OK


def say(project: Path, added: Added, new: NewFilm) -> None:
    """Tell what was written and what comes next."""
    if added.copied:
        size = size_words((project / added.film).stat().st_size)
        click.echo(f"Copied: {added.film} ({size})")
    click.echo(f"Written: {added.page}")
    unsaid = [
        name for name, words in (("description", new.description), ("alt", new.alt)) if not words
    ]
    if unsaid:
        click.echo(f"Better in your own words there: {' and '.join(unsaid)}.")
    click.echo("The next build encodes it: python3 scripts/build.py")
