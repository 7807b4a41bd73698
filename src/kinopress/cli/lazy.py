"""Commands whose modules are read only when they are used, so that ``check`` starts at once."""

from __future__ import annotations

import importlib
from collections.abc import Mapping

import click
from click.shell_completion import CompletionItem


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

        def resolve_command(
            self, ctx: click.Context, args: list[str]
        ) -> tuple[str | None, click.Command | None, list[str]]:
            if args and args[0].casefold() in modules:
                args = [args[0].casefold(), *args[1:]]
            name = args[0] if args else ""
            if name and name not in modules and not name.startswith("-"):
                # Looking for what was meant needs a library that takes as long to load as what prints the version.
                from kinopress.cli.terminal.mistyped import meant_instead  # noqa: PLC0415

                args = [meant_instead(name, modules, ctx), *args[1:]]
            return super().resolve_command(ctx, args)

        def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
            from kinopress.cli.terminal.completing import completions  # noqa: PLC0415

            options = click.Command.shell_complete(self, ctx, incomplete)
            return [*map(CompletionItem, completions(modules, incomplete)), *options]

    return Verbs
