"""``kinopress check``: every problem of every file, and nothing is built."""

from __future__ import annotations

from pathlib import Path

import click

from kinopress.cli.options import json_option, look_rarely_for_garbage, project_option
from kinopress.cli.terminal.report import print_json, print_problems, summary
from kinopress.codes import Code
from kinopress.content.model.library import Library
from kinopress.content.rules.held import count
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.project.check import check_project
from kinopress.project.folder import find_project
from kinopress.project.remembered.read import read_before


@click.command()
@project_option
@json_option
@click.option("--notes", is_flag=True, help="Show the notes for the writer as well.")
@click.option("--reading", is_flag=True, help="Estimate how hard each page is to read, as notes.")
def command(project_dir: Path | None, as_json: bool, notes: bool, reading: bool) -> int:
    """Read everything and say what needs fixing. Nothing is changed.

    \b
    Example:
      kinopress check
      kinopress check --reading
    """  # noqa: D301 - click reads the escape
    look_rarely_for_garbage()
    project = find_project(project_dir)
    try:
        library, report = check_project(project, known=read_before(project, is_for_later=False))
        if reading:
            report.extend(_reading_notes(library))
    except Refusal as refusal:
        if not as_json:
            raise
        print_json(refusal.problems, {})
        return refusal.exit_code
    counts = count(library)
    if as_json:
        print_json(report, counts)
    else:
        shown = notes or reading
        print_problems(report, notes=shown)
        click.echo(summary(report, counts, notes_shown=shown))
    return ExitCode.CONTENT if report.errors else ExitCode.OK


def _reading_notes(library: Library) -> list[Problem]:
    """How hard each page is to read.

    Raises:
        Refusal: when the library that measures it is not installed (exit code 3).
    """
    try:
        # Reading its dictionary takes longer than all of a check.
        from kinopress.content.text.reading_grade import reading_notes  # noqa: PLC0415
    except ImportError:
        problem = Problem(
            "kinopress",
            "the part that measures reading is not installed here",
            "run python3 scripts/check.py --reading, which installs it",
            Code.READING_MISSING,
        )
        raise Refusal([problem], ExitCode.ENVIRONMENT) from None
    return list(reading_notes(library))
