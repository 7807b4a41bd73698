"""``kinopress new``: a page to fill in, right from the first line."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from kinopress.cli.options import project_option
from kinopress.content.model.kinds import LISTS
from kinopress.content.model.names import slug_from
from kinopress.content.model.pages import Kind
from kinopress.problems import ExitCode, Refusal
from kinopress.project.folder import cannot_write, find_project
from kinopress.project.new_page import _FOLDER_OF, _taken, check_title, write_new, yaml_text
from kinopress.project.page_templates import KINDS, new_page


@click.command()
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("title", nargs=-1, required=True, metavar="TITLE")
@project_option
def command(kind: Kind, title: tuple[str, ...], project_dir: Path | None) -> int:
    """Write a new page to fill in. It is a draft until you take its draft line out.

    \b
    Example:
      kinopress new exercise "Bird dog"
    """  # noqa: D301 - the sign itself tells click to keep the lines below it apart
    project = find_project(project_dir)
    words = " ".join(title)  # with quotes or without
    # What cannot be seen (control characters, halves of letters) the coach cannot correct either.
    words = " ".join("".join(c for c in words if c.isprintable() or c.isspace()).split())
    slug = slug_from(words)
    folder = _FOLDER_OF[kind]
    path = f"{folder}/{slug}.md"
    taken = LISTS if kind == "page" else ("index",)
    if problem := check_title(words, slug, taken) or _taken(project, folder, slug):
        raise Refusal([problem], ExitCode.USAGE)
    try:
        write_new(project / path, new_page(kind, yaml_text(words), dt.date.today()))
    except OSError as error:
        raise cannot_write(project / path, error) from None
    click.echo(f"Written: {path}")
    if kind == "video":
        click.echo(
            f"Put the film beside it as videos/{slug}.mp4 (or .mov), then take the draft line out."
        )
    return ExitCode.OK
