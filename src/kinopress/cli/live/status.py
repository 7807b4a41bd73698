"""``kinopress status``: what readers have, what they would get, what waits for its day."""

from __future__ import annotations

from pathlib import Path

import click

from kinopress.cli.live.words import moment, say_agenda, short, to_option, to_send
from kinopress.cli.options import look_rarely_for_garbage, project_option
from kinopress.cli.terminal.report import print_problems
from kinopress.problems import ExitCode
from kinopress.project.folder import find_project
from kinopress.project.live.status import PlaceStatus, Status, status


@click.command()
@to_option
@project_option
def command(to: str | None, project_dir: Path | None) -> int:
    """Say what is live, what publishing would change, and what waits.

    Compares with the site that was built last; nothing is built or sent.

    \b
    Example:
      kinopress status
    """  # noqa: D301 - the sign itself tells click to keep the lines below it apart
    look_rarely_for_garbage()
    found = status(find_project(project_dir), to)
    for place in found.places:
        _say(place)
    if not found.places:
        click.echo("No place to publish to is set in mkdocs.yml (extra.kinopress.publish).")
    _say_not_built(found)
    say_agenda(found.agenda)
    for path in found.drafts:
        click.echo(f"Draft: {path}")
    for line in found.encrypted:
        click.echo(line)
    for line in found.overdue:
        click.echo(line)
    errors = len(found.report.errors)
    if errors:
        click.echo(f"Before you publish: {errors} to put right; kinopress check shows them.")
    if any(place.problems.errors for place in found.places):
        return ExitCode.PUBLISH
    return ExitCode.OK


_NAMED_MAX = 12


def _say_not_built(found: Status) -> None:
    """What the site that was built last does not have yet."""
    if not (found.due or found.saved_since):
        return
    click.echo("Not in the site that was built last; the next kinopress publish builds it:")
    for page in found.due[:_NAMED_MAX]:
        click.echo(f"  due now: {page.title} ({page.path})")
    due = {page.path for page in found.due}
    saved = [path for path in found.saved_since if path not in due]
    for path in saved[:_NAMED_MAX]:
        click.echo(f"  saved since: {path}")
    more = max(0, len(found.due) - _NAMED_MAX) + max(0, len(saved) - _NAMED_MAX)
    if more:
        click.echo(f"  and {more} more")


def _say(place: PlaceStatus) -> None:
    print_problems(place.problems)
    name = f"{place.name} ({place.place})"
    if place.live is None:
        if not place.problems.errors:
            click.echo(f"{name}: nothing has been published there yet.")
    else:
        shown = {True: ", and readers get it", False: ", but readers may not get it", None: ""}
        click.echo(
            f"{name}: release {short(place.live.id)} of {moment(place.live.published)} is there"
            f"{shown[place.shown]}."
        )
    if place.plan is None:
        if not place.problems.errors:
            click.echo("  No whole site is built on this computer to compare with it.")
    elif place.plan.nothing_to_do:
        click.echo("  The site that was built last is the one that is there.")
    else:
        click.echo(f"  The site that was built last differs. {to_send(place.plan)}")
