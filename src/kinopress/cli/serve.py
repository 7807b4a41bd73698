"""``kinopress serve``: the site while writing, with drafts, and problems shown where they belong."""

from __future__ import annotations

from pathlib import Path

import click

from kinopress.cli.options import project_option
from kinopress.cli.report import print_problems, summary, tell_of_pictures
from kinopress.content.model.library import Library
from kinopress.content.rules.held import count
from kinopress.engines.mkdocs import build as mkdocs_build
from kinopress.engines.mkdocs.plugin import Prepared
from kinopress.media.clip import Clip
from kinopress.pages.published import Published
from kinopress.pages.render import render_site
from kinopress.privacy.walk import private_files
from kinopress.problems import ExitCode, Refusal, Report
from kinopress.project.films.encode import encode_films
from kinopress.project.folder import cannot_write, find_project
from kinopress.project.publishing import publish
from kinopress.project.read import read_project


@click.command()
@project_option
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Where to serve."
)
@click.option("--open", "open_browser", is_flag=True, help="Open the browser.")
@click.option(
    "--phone", is_flag=True, help="Let phones, and everybody else, in the same network look too."
)
def command(project_dir: Path | None, port: int, open_browser: bool, phone: bool) -> int:
    """Show the site on this computer and reload it whenever a file changes.

    Drafts and pages with a date in the future are shown too. A page with a problem says so.

    \b
    Example:
      kinopress serve --open
      kinopress serve --phone
    """  # noqa: D301 - click reads the escape
    project = find_project(project_dir)
    library, _ = read_project(project, show_held=True)  # settings that cannot be used stop here
    preview = _Preview(library)
    mkdocs_build.serve_with_mkdocs(
        project, preview.read, port=port, open_browser=open_browser, to_network=phone
    )
    return ExitCode.OK


class _Preview:
    """Reads, encodes and renders for the preview; shows what can be shown, whatever is wrong."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def read(self, project: Path, preview: bool) -> Prepared:
        """The pages as they are now; settings that cannot be used leave the last ones in force."""
        report = Report()
        try:
            self.library, report = read_project(project, show_held=preview)
        except Refusal as refusal:
            report.extend(refusal.problems)
        clips: dict[str, Clip] = {}
        try:
            clips, problems, _ = encode_films(project, self.library)
            report.extend(problems)
        except Refusal as refusal:
            report.extend(refusal.problems)
        except OSError as error:
            report.extend(cannot_write(Path(str(error.filename or project)), error).problems)
        published = Published()
        try:
            published, problems = publish(project, self.library, tell_of_pictures)
            report.extend(p for p in problems if p not in report.problems)
        except OSError as error:
            report.extend(cannot_write(Path(str(error.filename or project)), error).problems)
        site = render_site(self.library, clips, project, report.errors, published=published)
        report.extend(private_files(site.files, project))
        print_problems(report)
        click.echo(summary(report, count(self.library)))
        return Prepared(self.library, site)
