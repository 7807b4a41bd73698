"""``kinopress video encode``: make one film ready now."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from kinopress.cli.options import json_option, project_option
from kinopress.cli.terminal.progress import Told, ToldAsEvents, event, problem_event
from kinopress.cli.terminal.report import print_problems
from kinopress.content.model.films import Film
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Video
from kinopress.media.manifest import MANIFEST_NAME
from kinopress.problems import ExitCode, Problem, Refusal, Report
from kinopress.project.films.elsewhere.asking import other_computers
from kinopress.project.films.encode import encode_film
from kinopress.project.films.made.records import remember
from kinopress.project.films.named import film_named
from kinopress.project.folder import cannot_write, find_project
from kinopress.project.read import read_project
from kinopress.video.encode.elsewhere import Elsewhere


@click.command()
@click.argument("slug", metavar="[SLUG]", required=False)
@click.option("--all", "every", is_flag=True, help="Every film that a page shows, drafts' too.")
@click.option("--quick", is_flag=True, help="Make a 720p film and leave the rest for a build.")
@click.option(
    "--scheduler",
    metavar="[ADDRESS]",
    is_flag=False,
    flag_value="",
    help="Let other computers encode: tcp://name:8786. Without an address, workers on this one.",
)
@project_option
@json_option
def command(
    slug: str | None,
    every: bool,
    quick: bool,
    scheduler: str | None,
    project_dir: Path | None,
    as_json: bool,
) -> int:
    """Make the film videos/SLUG ready for the site now, a draft's too.

    \b
    Example:
      kinopress video encode hip-circles
      kinopress video encode --all --scheduler tcp://192.168.1.20:8786
    """  # noqa: D301 - click reads the escape
    if (slug is None) is not every:
        raise click.UsageError(
            "name one film, or write --all" if not every else "name a film or write --all, not both"
        )
    if not as_json:
        return _encode(slug, project_dir, scheduler, quick=quick, as_json=False)
    try:
        return _encode(slug, project_dir, scheduler, quick=quick, as_json=True)
    except _Failed as failed:
        about, refusal = failed.slug, failed.refusal
    except Refusal as error:
        about, refusal = slug or "", error
    for problem in refusal.problems:
        problem_event(about, problem)
    event("failed", about)
    return refusal.exit_code


class _Failed(Exception):  # noqa: N818 - told as an event, never shown
    """A refusal, and the film at which it came."""

    def __init__(self, slug: str, refusal: Refusal) -> None:
        super().__init__(slug)
        self.slug, self.refusal = slug, refusal


def _encode(
    slug: str | None,
    project_dir: Path | None,
    scheduler: str | None,
    *,
    quick: bool,
    as_json: bool,
) -> ExitCode:
    project = find_project(project_dir)
    library, report = read_project(project, show_held=True)
    if slug is not None:
        films = [film_named(library, slug)]
    else:
        shown = {video.slug for video in library.videos}
        films = [film for film in library.films.values() if film.slug in shown]
    code = ExitCode.OK
    with other_computers(scheduler) as elsewhere:
        run = _Run(project, library, report, quick, as_json, elsewhere)
        for film in films:
            try:
                code = max(code, run.encode(film))
            except Refusal as refusal:
                if not as_json:
                    raise
                raise _Failed(film.slug, refusal) from None
    return code


@dataclass(frozen=True, slots=True)
class _Run:
    """What is the same for each film that is encoded."""

    project: Path
    library: Library
    report: Report
    quick: bool
    as_json: bool
    elsewhere: Elsewhere | None

    def encode(self, film: Film) -> ExitCode:
        """Encode one film and say what became of it."""
        found = self.library.pages.get(("video", film.slug))
        page = found if isinstance(found, Video) else None
        own = {
            film.path,
            *film.captions.values(),
            *film.subrip.values(),
            *([page.path] if page else []),
        }
        problems = [p for p in self.report.errors if p.path in own]
        if problems:
            return _answer(film.slug, problems, None, as_json=self.as_json)
        try:
            made = encode_film(
                self.project,
                self.library,
                film,
                page,
                ToldAsEvents(film.slug) if self.as_json else Told(),
                quick=self.quick,
                patient=True,
                elsewhere=self.elsewhere,
            )
            remember(self.project, film.slug, made.record)
        except OSError as error:
            raise cannot_write(Path(str(error.filename or self.project)), error) from None
        is_here = made.clip is not None and not made.clip.elsewhere
        manifest = made.clip.folder / MANIFEST_NAME if made.clip and is_here else None
        code = _answer(film.slug, made.problems, manifest, as_json=self.as_json)
        if not self.as_json and manifest is not None:
            complete = made.produced.complete
            what = "Ready" if complete else "Ready to publish, more to come with a build"
            click.echo(f"{what}: {manifest.parent}")
        return code


def _answer(
    slug: str, problems: list[Problem], manifest: Path | None, *, as_json: bool
) -> ExitCode:
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
