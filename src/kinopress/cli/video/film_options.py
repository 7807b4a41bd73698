"""What ``kinopress add`` and ``kinopress video add`` share: their options, and what both do with them."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from kinopress.cli.terminal.days import Day
from kinopress.content.model.library import Library
from kinopress.project.films.add import Added, NewFilm, add_film, split_tags
from kinopress.project.folder import cannot_write
from kinopress.project.telling.timed import size_words


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a new film on the command line; ``None`` was not said."""

    title: str | None
    tags: str | None
    description: str | None
    alt: str | None
    date: dt.date | None


def film_options(function: Callable[..., int]) -> Callable[..., int]:
    """What a page can be told at once; the command gets it as ``said``."""

    @functools.wraps(function)
    def gathered(
        title: str | None,
        tags: str | None,
        description: str | None,
        alt: str | None,
        date: dt.date | None,
        **others: Any,
    ) -> int:
        return function(said=Said(title, tags, description, alt, date), **others)

    for option in reversed(
        (
            click.option("--title", help="The heading of its page."),
            click.option("--tags", help="Muscles, symptoms and techniques, separated by commas."),
            click.option("--description", help="One sentence that says what it shows."),
            click.option("--alt", help="What is seen, for those who cannot see it."),
            click.option(
                "--date",
                type=Day(),
                help="The day it appears, like 2026-11-22, 1 Dec or tomorrow; today by default.",
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
    day = said.date or library.today
    new = NewFilm(" ".join(title.split()), split_tags(tags), said.description, said.alt, day)
    try:
        return add_film(project, library, file, new), new
    except OSError as error:
        raise cannot_write(project / str(error.filename or "videos"), error) from None


def say(project: Path, added: Added, new: NewFilm, today: dt.date) -> None:
    """Tell what was written and what comes next."""
    if added.copied:
        size = size_words((project / added.film).stat().st_size)
        click.echo(f"Copied: {added.film} ({size})")
    if added.filled:
        click.echo(f"Its page was there: {added.page}. What you had written in it stays.")
    else:
        click.echo(f"Written: {added.page}")
    unsaid = [
        name for name, words in (("description", new.description), ("alt", new.alt)) if not words
    ]
    if unsaid and not added.filled:
        click.echo(
            f"It is a draft: write {' and '.join(unsaid)} there, then remove its draft line."
        )
        return
    if added.is_draft:
        click.echo("It is a draft: when it says what it should, remove its draft line.")
        return
    if new.date > today:
        click.echo(
            f"Readers will see it from the first build on {new.date.day} {new.date:%B %Y} or later."
        )
    else:
        click.echo(
            "Readers will see it after the next build; to keep it back, add a line draft: true."
        )
    script = "scripts/build.py"
    build = f"python3 {script}" if (project / script).is_file() else "kinopress build"
    click.echo(f"The next build encodes it: {build}")
