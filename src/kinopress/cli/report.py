"""Problems as a person or another program reads them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import click

from kinopress.problems import Problem, Refusal


def print_problems(problems: Iterable[Problem]) -> None:
    """Errors first, then warnings, one a line."""
    found = list(problems)
    errors = [p for p in found if p.severity == "error"]
    warnings = [p for p in found if p.severity == "warning"]
    for problem in errors:
        click.echo(str(problem))
    if warnings:
        if errors:
            click.echo()
        click.echo("Worth a look (nothing is stopped by these):")
        for problem in warnings:
            click.echo(str(problem))


def print_json(problems: Iterable[Problem], counts: Mapping[str, int], **more: Any) -> None:
    """The form other programs read."""
    values = {"problems": [p.as_dict() for p in problems], "counts": dict(counts), **more}
    click.echo(json.dumps(values, ensure_ascii=False, indent=1))


def print_refusal(refusal: Refusal) -> None:
    """Why a command could not go on."""
    for problem in refusal.problems:
        click.echo(str(problem), err=True)


def summary(problems: Iterable[Problem], counts: Mapping[str, int]) -> str:
    """One line: what was looked at, what was found."""
    found = list(problems)
    errors = sum(p.severity == "error" for p in found)
    warnings = len(found) - errors
    pages = sum(number for kind, number in counts.items() if kind != "held")
    said = [_many(pages, "page")]
    if counts.get("held"):
        said.append(f"{counts['held']} held back")
    said.append(_many(errors, "problem"))
    if warnings:
        said.append(_many(warnings, "warning"))
    return ", ".join(said) + "."


def _many(number: int, what: str) -> str:
    return f"no {what}s" if number == 0 else f"{number} {what}{'' if number == 1 else 's'}"
