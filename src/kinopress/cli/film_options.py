"""What ``kinopress add`` and ``kinopress video add`` share: their options, and what both do with them."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from kinopress.cli.film_add import Added, NewFilm, add_film, split_tags
from kinopress.cli.film_progress import size_words
from kinopress.cli.project import cannot_write
from kinopress.content.library import Library


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a new film on the command line; ``None`` was not said."""

    title: str | None
    tags: str | None
    description: str | None
    alt: str | None
    date: dt.datetime | None


def film_options(function: Callable[..., int]) -> Callable[..., int]:
    """What a page can be told at once; the command gets it as ``said``."""

    @functools.wraps(function)
    def gathered(
        title: str | None,
        tags: str | None,
        description: str | None,
        alt: str | None,
        date: dt.datetime | None,
        **others: Any,
    ) -> int:
        return function(said=Said(title, tags, description, alt, date), **others)

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
        gathered = option(gathered)
    return gathered


def bring_in(
    project: Path, library: Library, file: Path, said: Said, *, title: str, tags: str
) -> tuple[Added, NewFilm]:
    """Copy a film and write its page.

    Raises:
        Refusal: a name is taken or a tag unknown (exit code 2), or nothing can be written (3).
    """
    day = said.date.date() if said.date else library.today
    new = NewFilm(" ".join(title.split()), split_tags(tags), said.description, said.alt, day)
    try:
        return add_film(project, library, file, new), new
    except OSError as error:
        raise cannot_write(project / str(error.filename or "videos"), error) from None


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
