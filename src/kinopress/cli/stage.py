"""``kinopress stage DIR``: the plain tree for another engine."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import click

from kinopress.cli.options import project_option
from kinopress.cli.report import print_problems, summary, tell_of_pictures
from kinopress.codes import Code
from kinopress.content.forms.output_folder import output_problem
from kinopress.content.model.library import Library
from kinopress.content.rules.held import count
from kinopress.engines.plain import stage, stage_place
from kinopress.media.clip import Clip
from kinopress.pages.render import Site, render_site
from kinopress.privacy.walk import private_files
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.project.films.encode import encode_films
from kinopress.project.folder import cannot_write, find_project
from kinopress.project.placing import digests, put_in_place, tell
from kinopress.project.publishing import publish
from kinopress.project.read import read_project
from kinopress.system.release import Place


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@project_option
def command(folder: Path, project_dir: Path | None) -> int:
    """Write the finished pages as plain Markdown that any engine can build.

    \b
    Example:
      kinopress stage /tmp/plain
      cd /tmp/plain && zensical build
    """  # noqa: D301 - the sign itself tells click to keep the lines below it apart
    project = find_project(project_dir)
    target = folder.absolute()
    wrong = output_problem(project, str(target))
    if wrong:
        wrong = wrong.replace("the site", "the pages")
        raise Refusal(
            [Problem(str(folder), wrong, "name an empty folder or a new one", Code.STAGE_FOLDER)],
            ExitCode.USAGE,
        )
    library, report = read_project(project)
    try:
        place = stage_place(project, target)
        if not place.is_ours():
            raise Refusal([_not_ours(folder)], ExitCode.USAGE)
        if not report.errors:
            clips, problems, _ = encode_films(project, library)
            report.extend(problems)
            if not report.errors:
                base = urlsplit(library.settings.site_url or "").path.rstrip("/") + "/"
                published, problems = publish(project, library, tell_of_pictures)
                report.extend(problems)
                site = render_site(library, clips, project, base=base, published=published)
                report.extend(private_files(site.files, project))
                if not report.errors:
                    report.extend(_write(place, site, library, clips, project))
    except OSError as error:
        raise cannot_write(Path(str(error.filename or target)), error) from None
    print_problems(report)
    click.echo(summary(report, count(library)))
    if report.errors:
        return ExitCode.CONTENT
    click.echo(f"The plain pages: {target}")
    return ExitCode.OK


def _write(
    place: Place, site: Site, library: Library, clips: Mapping[str, Clip], project: Path
) -> list[Problem]:
    problems = tell(place.recover(), place, project)
    with place.workshop() as made:
        stage(site, library, made)
        known = {f"docs/{path}": sha for path, sha in digests(site.files, clips.values()).items()}
        return problems + put_in_place(place, made, known, project, Code.STAGE_NOT_EMPTY)


def _not_ours(folder: Path) -> Problem:
    return Problem(
        str(folder),
        "this folder holds other things",
        "name an empty folder or a new one",
        Code.STAGE_NOT_EMPTY,
    )
