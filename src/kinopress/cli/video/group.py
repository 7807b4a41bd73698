"""``kinopress video``: everything about films, one verb a file."""

from __future__ import annotations

import click

from kinopress.cli.lazy import verbs

VERBS = {
    "add": "video_add",
    "list": "video_list",
    "encode": "video_encode",
    "inspect": "video_inspect",
    "prune": "video_prune",
}
"""Verb → module."""


@click.group(cls=verbs(VERBS))
def command() -> None:
    """Add films, make them ready, look at them, tidy up after them.

    \b
    Example:
      kinopress video list
    """  # noqa: D301 - click reads the escape
