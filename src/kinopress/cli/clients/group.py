"""``kinopress plan``: a plan for one client, one verb per file."""

from __future__ import annotations

import click

from kinopress.cli.lazy import verbs

VERBS = {
    "new": "clients.new",
    "list": "clients.list",
    "check": "clients.check",
    "make": "clients.make",
    "share": "clients.share",
    "unshare": "clients.unshare",
    "read": "clients.read",
    "forget": "clients.forget",
}
"""Verb → module."""


@click.group(cls=verbs(VERBS))
def command() -> None:
    """Make a plan for one client, hand it over, read what comes back, delete it.

    Nothing of it is ever part of the site, but for an encrypted page where
    you ask for one.

    \b
    Example:
      kinopress plan new sk-1 --from tight-hamstrings-14
      kinopress plan make sk-1
    """  # noqa: D301 - click reads the escape
