"""Problems as a person or another program reads them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import click

from kinopress.problems import Problem, Refusal


def print_problems(problems: Iterable[Problem], *, notes: bool = False) -> None:
    """Errors first, then warnings, then (where they are asked for) notes, one per line."""
    found = list(problems)
    errors = [p for p in found if p.severity == "error"]
    warnings = [p for p in found if p.severity == "warning"]
    for problem in errors:
        click.echo(str(problem))
    if warnings:
        if errors:
            click.echo()
        click.echo("Worth a look (these stop nothing):")
        for problem in warnings:
            click.echo(str(problem))
    for_writers = [p for p in found if p.severity == "note"] if notes else []
    if for_writers:
        if errors or warnings:
            click.echo()
        click.echo("Notes for the writer (a build does not need them):")
        for problem in for_writers:
            click.echo(str(problem))


def print_json(problems: Iterable[Problem], counts: Mapping[str, int], **more: Any) -> None:
    """The form other programs read."""
    values = {"problems": [p.as_dict() for p in problems], "counts": dict(counts), **more}
    click.echo(json.dumps(values, ensure_ascii=False, indent=1))


def print_refusal(refusal: Refusal) -> None:
    """Why a command could not continue."""
    for problem in refusal.problems:
        click.echo(str(problem), err=True)


def summary(
    problems: Iterable[Problem], counts: Mapping[str, int], *, notes_shown: bool = False
) -> str:
    """One line: what was looked at, what was found, and how to see the notes that were not shown."""
    number = Counter(p.severity for p in problems)
    errors, warnings, notes = number["error"], number["warning"], number["note"]
    pages = sum(number for kind, number in counts.items() if kind != "held")
    said = [_many(pages, "page")]
    if counts.get("held"):
        said.append(f"{counts['held']} held back")
    said.append(_many(errors, "problem"))
    if warnings:
        said.append(_many(warnings, "warning"))
    if notes:
        how = "" if notes_shown else " (kinopress check --notes shows them)"
        said.append(_many(notes, "note") + how)
    return ", ".join(said) + "."


def _many(number: int, what: str) -> str:
    return f"no {what}s" if number == 0 else f"{number} {what}{'' if number == 1 else 's'}"
