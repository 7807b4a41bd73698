"""``kinopress publish``: build, send what has changed, and see that readers get it."""

from __future__ import annotations

from pathlib import Path

import click

from kinopress.cli.live.words import ToldOfPublishing, chosen, say_published, to_option
from kinopress.cli.options import look_rarely_for_garbage, project_option
from kinopress.project.folder import find_project
from kinopress.project.live.publish import publish
from kinopress.project.live.wish import Wish


@click.command()
@to_option
@click.option("--dry-run", is_flag=True, help="Only say what would change; nothing is sent.")
@click.option(
    "--due",
    is_flag=True,
    help="For a computer that publishes by itself: asks nothing, names what went live.",
)
@click.option(
    "--clear",
    is_flag=True,
    help="Also delete at once what readers no longer need. There is no way back then.",
)
@click.option(
    "--adopt", is_flag=True, help="The site there is this one; only its address has changed."
)
@click.option(
    "--no-wait", is_flag=True, help="Ask the site once, and do not wait until it changes."
)
@project_option
def command(
    to: str | None,
    dry_run: bool,
    due: bool,
    clear: bool,
    adopt: bool,
    no_wait: bool,
    project_dir: Path | None,
) -> int:
    """Build the site and publish what has changed.

    Where to is in mkdocs.yml, under publish. Readers have the old site or the
    new one, never half of each; kinopress rollback brings the old one back.

    \b
    Example:
      kinopress publish
      kinopress publish --dry-run
    """  # noqa: D301 - the sign itself tells click to keep the lines below it apart
    look_rarely_for_garbage()
    project = find_project(project_dir)
    wish = Wish(
        to if due else chosen(project, to),
        dry_run=dry_run,
        clear=clear,
        adopt=adopt,
        wait_s=0 if no_wait else None,
        due=due,
    )
    return say_published(publish(project, wish, ToldOfPublishing()), due=due)
