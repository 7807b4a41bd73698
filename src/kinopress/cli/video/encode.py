"""``kinopress video encode``: make one film ready now."""

from __future__ import annotations

from pathlib import Path

import click

from kinopress.cli.options import json_option, project_option
from kinopress.cli.terminal.progress import Told, ToldAsEvents, event, problem_event
from kinopress.cli.terminal.report import print_problems
from kinopress.content.model.pages import Video
from kinopress.media.manifest import MANIFEST_NAME
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.project.films.encode import encode_film
from kinopress.project.films.named import film_named
from kinopress.project.films.records import remember
from kinopress.project.folder import cannot_write, find_project
from kinopress.project.read import read_project


@click.command()
@click.argument("slug", metavar="SLUG")
@click.option("--quick", is_flag=True, help="Make a 720p film and leave the rest for a build.")
@project_option
@json_option
def command(slug: str, quick: bool, project_dir: Path | None, as_json: bool) -> int:
    """Make the film videos/SLUG ready for the site now, a draft's too.

    \b
    Example:
      kinopress video encode hip-circles
    """  # noqa: D301 - click reads the escape
    if not as_json:
        return _encode(slug, project_dir, quick=quick, as_json=False)
    try:
        return _encode(slug, project_dir, quick=quick, as_json=True)
    except Refusal as refusal:
        for problem in refusal.problems:
            problem_event(slug, problem)
        event("failed", slug)
        return refusal.exit_code


def _encode(slug: str, project_dir: Path | None, *, quick: bool, as_json: bool) -> int:
    project = find_project(project_dir)
    library, report = read_project(project, show_held=True)
    film = film_named(library, slug)
    found = library.pages.get(("video", film.slug))
    page = found if isinstance(found, Video) else None
    own = {
        film.path,
        *film.captions.values(),
        *film.subrip.values(),
        *([page.path] if page else []),
    }
    problems = [p for p in report.errors if p.path in own]
    if problems:
        return _answer(film.slug, problems, None, as_json=as_json)

    try:
        listener = ToldAsEvents(film.slug) if as_json else Told()
        made = encode_film(project, library, film, page, listener, quick=quick, patient=True)
        remember(project, film.slug, made.record)
    except OSError as error:
        raise cannot_write(Path(str(error.filename or project)), error) from None
    is_here = made.clip is not None and not made.clip.elsewhere
    manifest = made.clip.folder / MANIFEST_NAME if made.clip and is_here else None
    code = _answer(film.slug, made.problems, manifest, as_json=as_json)
    if not as_json and manifest is not None:
        what = "Ready" if made.produced.complete else "Ready to publish, more to come with a build"
        click.echo(f"{what}: {manifest.parent}")
    return code


def _answer(slug: str, problems: list[Problem], manifest: Path | None, *, as_json: bool) -> int:
    if as_json:
        for problem in problems:
            problem_event(slug, problem)
        if manifest is None:
            event("failed", slug)
        else:
            event("done", slug, manifest=str(manifest))
    else:
        print_problems(problems)
    return ExitCode.CONTENT if manifest is None else ExitCode.OK
