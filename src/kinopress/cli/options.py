"""Options that several verbs take, and how a run of them treats memory."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

_GC_THRESHOLD = 50_000
"""A run makes values by the hundred thousand and keeps nearly all: looking for garbage after
every 700 of them, as Python does by itself, finds little and costs a tenth of the time."""


def look_rarely_for_garbage() -> None:
    """For a verb that reads a whole project and then ends."""
    gc.set_threshold(_GC_THRESHOLD)


def project_option(function: F) -> F:
    """Every verb takes ``--project DIR``."""
    return click.option(
        "--project",
        "project_dir",
        type=click.Path(path_type=Path),
        default=None,
        help="The folder with mkdocs.yml. By default this folder or the nearest above it.",
    )(function)


def json_option(function: F) -> F:
    """``--json`` for other programs."""
    return click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")(
        function
    )
