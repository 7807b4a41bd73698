"""``kinopress video list``: every film and its state."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from kinopress.cli.options import json_option, project_option
from kinopress.media.length import length_words
from kinopress.problems import ExitCode
from kinopress.project.films.status import Standing, standings
from kinopress.project.folder import find_project
from kinopress.project.read import read_project
from kinopress.project.telling.timed import size_words

_HEAD = ("film", "state", "date", "length", "filmed", "for the web", "title")


@click.command()
@project_option
@json_option
def command(project_dir: Path | None, as_json: bool) -> int:
    """List all films, newest first, and what is to be done with each.

    \b
    Example:
      kinopress video list
    """  # noqa: D301 - click reads the escape
    project = find_project(project_dir)
    library, _ = read_project(project, show_held=True)
    found = standings(project, library)
    if as_json:
        films = [{**asdict(s), "date": s.date.isoformat() if s.date else None} for s in found]
        click.echo(json.dumps({"films": films}, ensure_ascii=False, indent=1))
        return ExitCode.OK
    if not found:
        click.echo("No films yet. kinopress add FILE brings one in.")
        return ExitCode.OK
    rows = [_HEAD, *map(_row, found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD) - 1)]
    for row in rows:
        cells = [f"{cell:<{width}}" for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[-1]]).rstrip())
    click.echo(_total(found))
    return ExitCode.OK


def _total(found: list[Standing]) -> str:
    """How much all films take on the web space, against what was filmed."""
    shown = [standing for standing in found if standing.state in ("ready", "quick only")]
    web = sum(standing.web_bytes or 0 for standing in shown)
    filmed = sum(standing.source_bytes or 0 for standing in shown)
    waiting = sum(s.state == "to encode" for s in found)
    more = f"; {waiting} more to encode" if waiting else ""
    if not web:
        return f"On the site: no film yet{more}."
    of = f", made from {size_words(filmed)}" if filmed else ""
    return f"On the site: {size_words(web)} of films{of}{more}."


def _row(standing: Standing) -> tuple[str, ...]:
    return (
        standing.slug,
        standing.state,
        standing.date.isoformat() if standing.date else "",
        length_words(standing.duration_s) if standing.duration_s is not None else "",
        size_words(standing.source_bytes) if standing.source_bytes is not None else "",
        size_words(standing.web_bytes) if standing.web_bytes is not None else "",
        standing.title or "",
    )
