"""Where is the project? And may a second run write in it?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


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
