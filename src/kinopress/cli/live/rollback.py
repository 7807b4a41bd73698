"""``kinopress rollback``: an earlier release live again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from kinopress.cli.live.words import (
    ToldOfPublishing,
    chosen,
    moment,
    say_published,
    short,
    to_option,
)
from kinopress.cli.options import project_option
from kinopress.problems import ExitCode
from kinopress.project.folder import find_project
from kinopress.project.live.publish import Published
from kinopress.project.live.rollback import earlier_releases, roll_back
from kinopress.project.live.wish import Wish
from kinopress.publish.record import Edition, is_page


@click.command()
@click.argument("release", metavar="[RELEASE]", required=False)
@click.option("--list", "only_list", is_flag=True, help="Only list the releases that are there.")
@to_option
@click.option(
    "--no-wait", is_flag=True, help="Ask the site once, and do not wait until it changes."
)
@project_option
def command(
    release: str | None, only_list: bool, to: str | None, no_wait: bool, project_dir: Path | None
) -> int:
    """Give readers the release before the last one again.

    It takes seconds, since its films are still there. Your own files and the
    site on this computer do not change.

    \b
    Example:
      kinopress rollback
      kinopress rollback --list
    """  # noqa: D301 - the sign itself tells click to keep the lines below it apart
    project = find_project(project_dir)
    to = chosen(project, to)
    if only_list:
        editions = earlier_releases(project, to)
        for number, one in enumerate(editions):
            live = ", live" if number == 0 else ""
            pages = sum(is_page(path) for path in one.files)
            click.echo(f"{short(one.id)}  {_published(one)}, {pages} pages{live}")
        if not editions:
            click.echo("Nothing has been published there yet.")
        return ExitCode.OK
    wish = Wish(to, wait_s=0 if no_wait else None)
    done = roll_back(project, wish, release, ToldOfPublishing())
    code = say_published(done, rolled_back=True)
    if done.done and done.place:
        _say_which_is_next(earlier_releases(project, to), done)
    click.echo("The next kinopress publish gives readers the site as your files are.")
    return code


def _published(one: Edition) -> str:
    """When readers had a release first, and when it was put back: two that were put back by turns are told apart."""
    words = f"published on {moment(one.first_published)}"
    return words if one.before is None else f"{words}, put back on {moment(one.published)}"


def _say_which_is_next(editions: Sequence[Edition], done: Published) -> None:
    """Which release readers have, and which another rollback would give: the one that was live until now."""
    if len(editions) < 2:
        return
    now, next_one = editions[0], editions[1]
    # Of an address that does not answer, a warning has just said that readers may not have it yet.
    who = f"{done.place} now has" if done.live is False else "Readers now have"
    click.echo(f"{who[:1].upper()}{who[1:]} release {short(now.id)}, {_published(now)}.")
    click.echo(
        f"Another kinopress rollback would give them {short(next_one.id)} of {moment(next_one.first_published)}"
        " again; for a different one, see kinopress rollback --list."
    )
