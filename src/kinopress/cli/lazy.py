"""Commands whose modules are read only when they are used, so that ``check`` starts at once."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

import click


def verbs(modules: Mapping[str, str]) -> type[click.Group]:
    """A group of commands.

    Args:
        modules: Verb → module in this package; each has a ``command``.
    """

    class Verbs(click.Group):
        def list_commands(self, ctx: click.Context) -> list[str]:
            return list(modules)

        def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
            if cmd_name not in modules:
                return None
            module = importlib.import_module(f"kinopress.cli.{modules[cmd_name]}")
            command: click.Command = module.command
            return command

    return Verbs
