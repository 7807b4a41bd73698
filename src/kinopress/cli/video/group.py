"""``kinopress video``: everything about films, one verb per file."""

from __future__ import annotations

import click

from kinopress.cli.lazy import verbs

VERBS = {
    "add": "video.add",
    "list": "video.list",
    "encode": "video.encode",
    "inspect": "video.inspect",
    "prune": "video.prune",
    "worker": "video.worker",
}
"""Verb → module."""


@click.group(cls=verbs(VERBS))
def command() -> None:
    """Add films, make them ready, look at them, tidy up after them.

    \b
    Example:
      kinopress video list
    """  # noqa: D301 - click reads the escape
