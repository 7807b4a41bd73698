"""``kinopress captions``: a draft of a film's captions, to be corrected."""

from __future__ import annotations

from pathlib import Path

import click

from kinopress.cli.options import project_option
from kinopress.content.source.film_files import DRAFT_ENDING
from kinopress.problems import ExitCode
from kinopress.project.folder import find_project
from kinopress.project.new.captions import draft_captions

_LINE_EVERY_PERCENT = 25


class _Told:
    """A line at each quarter."""

    def __init__(self) -> None:
        self.quarters = 0

    def __call__(self, share: float) -> None:
        quarters = int(100 * share) // _LINE_EVERY_PERCENT
        if quarters > self.quarters:
            self.quarters = quarters
            click.echo(f"heard {quarters * _LINE_EVERY_PERCENT} % of the film", err=True)


@click.command()
@click.argument("film")
@click.option("--lang", default="en", show_default=True, help="The language it speaks.")
@project_option
def command(film: str, lang: str, project_dir: Path | None) -> int:
    """Draft the captions of a film: a program listens, you correct.

    A draft is never published. It needs pip install 'kinopress[captions]' and a
    model in a folder of yours; nothing is fetched from the internet.

    \b
    Example:
      kinopress captions hip-circles
    """  # noqa: D301 - click reads the escape
    project = find_project(project_dir)
    draft = draft_captions(project, film, lang, _Told())
    if not draft.captions:
        click.echo(f"Nothing was understood; {draft.path} is empty.")
        return ExitCode.OK
    click.echo(f"Drafted: {draft.path}, {draft.captions} captions.")
    after = draft.path.removesuffix(DRAFT_ENDING) + ".vtt"
    click.echo(f"Correct it beside the film, then rename it to {after}. Until then nobody sees it.")
    return ExitCode.OK
