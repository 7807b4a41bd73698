"""``kinopress remove``: a page goes, and readers who know its address are not left alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from kinopress.cli.change.rename import page_names
from kinopress.cli.options import project_option
from kinopress.cli.terminal.asking import somebody_is_there
from kinopress.cli.terminal.report import print_problems, print_refusal
from kinopress.content.model.shared import GONE
from kinopress.problems import ExitCode, Problem, Refusal, Report
from kinopress.project.change.put_back import put_back
from kinopress.project.change.remove import FOLDER, Removable, look_at_removal, remove, to_type
from kinopress.project.change.rename import SeveralPages
from kinopress.project.folder import find_project


@click.command()
@click.argument("page", shell_complete=page_names)
@click.option("--to", metavar="PAGE", help="Lead readers of its address to this page.")
@click.option("--gone", is_flag=True, help="Tell readers of its address that the page is gone.")
@click.option("--undo", is_flag=True, help="Put a page that was removed back where it was.")
@project_option
def command(page: str, to: str | None, gone: bool, undo: bool, project_dir: Path | None) -> int:
    """Remove a page: its file and what is beside it are moved to removed/.

    Readers may know its address: they are led to another page, or told that
    it is gone. Pages that name it are listed; their words are yours to change.

    \b
    Example:
      kinopress remove clam --to glute-bridge
      kinopress remove videos/old-film.md --gone
      kinopress remove clam --undo
    """  # noqa: D301 - click reads the escape
    if gone and to is not None:
        raise click.UsageError("--gone and --to say different things; leave out one of them")
    if undo and (gone or to is not None):
        raise click.UsageError("--undo puts a page back; leave out --to and --gone")
    project = find_project(project_dir)
    if undo:
        return _undo(project, page)
    leads = GONE if gone else to
    try:
        found = look_at_removal(project, page, leads)
    except SeveralPages as several:
        if not somebody_is_there():
            raise
        page = click.prompt(
            "Several pages are called this: which", type=click.Choice(several.paths)
        )
        found = look_at_removal(project, page, leads)
    for path in found.named_on:
        click.echo(f"Names it: {path}")
    if found.is_known and leads is None and somebody_is_there():
        click.echo(f"Readers may know /{found.address}/.")
        leads = _ask(project, found)
    done = remove(project, found.path, leads)
    for before, after in done.files:
        click.echo(f"Moved: {before} is now {after}")
    if done.leads == GONE:
        click.echo(f"At /{done.address}/ readers are told that the page is gone.")
    elif done.leads is not None:
        click.echo(f"The address /{done.address}/ leads to /{done.leads}/.")
    click.echo(f"To have it back: kinopress remove {to_type(found.path)} --undo")
    return _said_at_the_end(
        done.problems,
        f"Build the site and publish it as usual. What is in {FOLDER}/ is yours to keep or delete.",
    )


def _undo(project: Path, page: str) -> int:
    done = put_back(project, page)
    for before, after in done.files:
        click.echo(f"Moved back: {before} is now {after}")
    click.echo(f"The page has its address /{done.address}/ again.")
    return _said_at_the_end(done.problems, "Build the site and publish it as usual.")


def _said_at_the_end(problems: Sequence[Problem], words: str) -> int:
    """What there is to put right, or else what comes next."""
    if problems:
        click.echo("Something still needs fixing:")
        print_problems(Report(list(problems)))
        return ExitCode.CONTENT
    click.echo(words)
    return ExitCode.OK


def _ask(project: Path, found: Removable) -> str:
    """What readers get instead; a wrong answer is told what is wrong with it, and asked for again."""
    while True:
        answer = str(click.prompt("What do they get instead: the name of a page, or gone"))
        try:
            look_at_removal(project, found.path, answer)
        except Refusal as refusal:
            print_refusal(refusal)
        else:
            return answer
