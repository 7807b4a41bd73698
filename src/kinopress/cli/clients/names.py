"""What the verbs of ``kinopress plan`` share: the name of a client, and the project's pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kinopress.cli.terminal.completing import completions
from kinopress.content.forms.settings.read import read_settings
from kinopress.content.model.library import Library
from kinopress.content.read import read_library
from kinopress.problems import Refusal
from kinopress.project.clients.folder import names_of
from kinopress.project.films.made.kept import kept_films
from kinopress.project.folder import find_project

F = TypeVar("F", bound=Callable[..., Any])


def client_names(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The clients whose names begin with what was typed, for the Tab key."""
    del param
    try:
        project = find_project(ctx.params.get("project_dir"))
        folder = project / read_settings(project).clients
    except Refusal:
        return []
    return completions(names_of(folder), incomplete)


def client_argument(function: F) -> F:
    """The name of a client who has a plan."""
    return click.argument("name", shell_complete=client_names)(function)


def library_of(project: Path) -> Library:
    """The pages of the site, drafts included: a client's plan may name an exercise that waits."""
    return read_library(project, kept=kept_films(project))[0]
