"""``kinopress video``: everything about films, one verb a file."""

from __future__ import annotations

import importlib

import click

VERBS = {
    "add": "video_add",
    "list": "video_list",
    "encode": "video_encode",
    "inspect": "video_inspect",
    "prune": "video_prune",
}
"""Verb → module. A verb's module is read only when it is used."""


class _Verbs(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        command: click.Command = importlib.import_module(f"kinopress.cli.{VERBS[cmd_name]}").command
        return command


@click.group(cls=_Verbs)
def command() -> None:
    """Add films, make them ready, look at them, tidy up after them.

    \b
    Example:
      kinopress video list
    """  # noqa: D301 - click reads the escape
