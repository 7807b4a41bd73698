"""``kinopress plan new``: a plan for one client is begun."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from kinopress.cli.clients.names import library_of
from kinopress.cli.options import project_option
from kinopress.cli.terminal.asking import somebody_is_there
from kinopress.cli.terminal.days import Day
from kinopress.problems import ExitCode
from kinopress.project.clients.new import About, begin_plan, consent_words, refuse_beginning
from kinopress.project.clients.share import pages_of
from kinopress.project.folder import find_project


@click.command()
@click.argument("name", required=False)
@click.option("--from", "begin_with", metavar="PLAN", help="The public plan to begin with.")
@click.option("--again", is_flag=True, help="Begin with this client's last plan, which is kept.")
@click.option(
    "--assessed",
    type=Day(past=True, near=True),
    help="The day of the assessment, like 2026-11-30; today by default.",
)
@click.option(
    "--consent", type=Day(past=True, near=True), help="The day on which the client agreed."
)
@click.option("--shown-name", metavar="WORDS", help="The name to put on the plan; none by default.")
@click.option(
    "--own-words",
    metavar="WORDS",
    help="What hurts, in the client's own words. A terminal remembers its command lines: leave it out to be asked.",
)
@project_option
def command(
    name: str | None,
    begin_with: str | None,
    again: bool,
    assessed: dt.date | None,
    consent: dt.date | None,
    shown_name: str | None,
    own_words: str | None,
    project_dir: Path | None,
) -> int:
    """Begin a plan for one client. It is never part of the site.

    In a terminal it asks for what is not given. NAME is the client's folder:
    initials and a number are enough.

    \b
    Example:
      kinopress plan new sk-1 --from tight-hamstrings-14 --consent today
      kinopress plan new sk-1 --again
    """  # noqa: D301 - click reads the escape
    if again and begin_with is not None:
        raise click.UsageError("--again and --from say different things; leave out one of them")
    project = find_project(project_dir)
    library = library_of(project)
    today = library.today
    asks = somebody_is_there()
    if name is None and not asks:
        raise click.UsageError("Say the client's folder as well, like kinopress plan new sk-1.")
    refuse_beginning(project, library, name, begin_with=begin_with, again=again)
    if consent is None and not again:
        # Health is not written down first and asked about afterwards.
        click.echo(
            "Ask first whether you may keep this of them. Words to ask with, which nobody who knows the law has reviewed:",
            err=not asks,
        )
        click.echo(_indented(consent_words(project, library)), err=not asks)
        click.echo(err=not asks)
    if name is None:
        name = str(click.prompt("Client (initials and a number are enough)"))
        refuse_beginning(project, library, name, begin_with=begin_with, again=again)
    if asks:
        plans = [plan.slug for plan in library.plans]
        if begin_with is None and not again and plans:
            answer = click.prompt(
                "Begin with", type=click.Choice([*plans, "empty"]), default=plans[0]
            )
            begin_with = None if answer == "empty" else str(answer)
        if own_words is None:
            own_words = str(click.prompt("What hurts, in their words", default="")) or None
        if shown_name is None:
            shown_name = str(click.prompt("Name on the plan (none if empty)", default="")) or None
        if consent is None and click.confirm("Has the client agreed?", default=False):
            consent = today
    about = About(assessed or today, consent, shown_name, own_words)
    begun = begin_plan(project, library, name, about, begin_with=begin_with, again=again)
    click.echo(f"Written: {begun.path}")
    if begun.earlier is not None:
        click.echo(f"The last plan is kept: {begun.earlier}")
    if begun.consent is not None:
        click.echo(f"Words to ask for consent with, to adapt: {begun.consent}")
    if consent is None:
        click.echo(f"Ask for consent, then add a line to it like consent: {today}")
        if again and pages_of(project, library, name):
            click.echo(
                "Their encrypted page goes with the next kinopress publish if it is not there by then."
            )
    click.echo(
        f"It is to be deleted on {begun.delete_on}; kinopress doctor says when that has come."
    )
    click.echo(f"Next: kinopress plan check {name}, then kinopress plan make {name}")
    return ExitCode.OK


def _indented(words: str) -> str:
    return "\n".join(f"  {line}".rstrip() for line in words.splitlines())
