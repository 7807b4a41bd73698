"""``kinopress plan read``: what a client sent back, in a table and in words."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kinopress.cli.clients.names import library_of
from kinopress.cli.options import project_option
from kinopress.codes import Code
from kinopress.problems import ExitCode, Problem, Refusal, one_line
from kinopress.project.clients.export import (
    LARGEST_BYTES,
    Row,
    checks_of,
    export_in,
    in_sum,
    keep_export,
    plan_of,
    rows_of,
)
from kinopress.project.folder import find_project

_BAR = "▇"


@click.command()
@click.argument("file", type=click.Path(allow_dash=True, path_type=Path))
@click.option("--no-keep", is_flag=True, help="Show it only; keep nothing in the client's folder.")
@project_option
def command(file: Path, no_keep: bool, project_dir: Path | None) -> int:
    """Read what a client sent back: FILE, or - for a text that you paste (end with Ctrl-D).

    \b
    Example:
      kinopress plan read how-it-went.txt
    """  # noqa: D301 - click reads the escape
    project = find_project(project_dir)
    text = _text(file)
    library = library_of(project)
    export = export_in(text)
    private = plan_of(project, library, export)
    rows = rows_of(library, private.plan, export)
    click.echo(f"{private.client}: {private.plan.title}")
    click.echo(
        f"Day 1 was {export.start or 'not chosen'}; sent on {export.sent or 'a day not said'}."
    )
    click.echo(in_sum(rows))
    click.echo()
    click.echo("day  done  pain                 morning after")
    for row in rows:
        for line in _lines(row):
            click.echo(line)
    checks = checks_of(library, private, export)
    if checks:
        click.echo()
    for check in checks:
        values = ", ".join(f"day {day}: {value:g}" for day, value in check.values.items())
        click.echo(
            f"{check.title} ({check.unit}): {values}"
            + (f" ({check.change})" if check.change else "")
        )
    for number, past in enumerate(export.earlier, 1):
        days = ", ".join(str(day) for day in past.days)
        click.echo(
            f"Before week {number} was begun again, day 1 was {past.start}; entries for day {days or '–'}."
        )
    if not no_keep and keep_export(project, library, private, text):
        click.echo("Kept in the client's folder.")
    return ExitCode.OK


def _text(file: Path) -> str:
    try:
        if str(file) == "-":
            data = sys.stdin.buffer.read(LARGEST_BYTES + 1)
        else:
            with file.open("rb") as opened:
                data = opened.read(LARGEST_BYTES + 1)
    except OSError as error:
        what = (error.strerror or "it cannot be opened").lower()
        problem = Problem(
            str(file),
            f"the file cannot be read ({what})",
            "check that it exists and that you may open it",
            Code.FILE_UNREADABLE,
        )
        raise Refusal([problem], ExitCode.CONTENT) from None
    if len(data) > LARGEST_BYTES:
        problem = Problem(
            str(file),
            "this is far larger than any export",
            "choose the text file that the client's plan saved",
            Code.EXPORT_FOREIGN,
        )
        raise Refusal([problem], ExitCode.CONTENT)
    return data.decode("utf-8", "replace")


def _lines(row: Row) -> list[str]:
    if row.to_come:
        return [f"{row.day:>3}  to come"]
    if not row.planned and row.pain is None and not row.note:
        return [f"{row.day:>3}  rest"]
    done = f"{row.done}/{row.planned}" if row.planned else "rest"
    pain = "" if row.pain is None else f"{row.pain:>2} {_BAR * row.pain} {row.colour}".rstrip()
    settled = "" if row.settled is None else "settled" if row.settled else "not settled"
    found = [f"{row.day:>3}  {done:<4}  {pain:<19}  {settled}".rstrip()]
    if row.left_out:
        found.append(f"     left out: {', '.join(row.left_out)}")
    return found + [f"     “{one_line(line)}”" for line in row.note.splitlines() if line.strip()]
