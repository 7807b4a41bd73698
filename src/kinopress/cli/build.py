"""``kinopress build``: check, encode, build aside, put in place whole."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinopress.cli.options import json_option, look_rarely_for_garbage, project_option
from kinopress.cli.terminal.report import print_json, print_problems, summary
from kinopress.problems import ExitCode, Report
from kinopress.project.folder import find_project
from kinopress.project.telling.unchanged import Unchanged, nothing_new

if TYPE_CHECKING:  # slow to load, and not needed where nothing has changed
    from kinopress.project.telling.changes import Changes

NO_ADDRESS = (
    "Not set: site_url in mkdocs.yml, the address of the site. Without it there are no feeds to follow, no pictures "
    "where a page is shared, and no sitemap or data for search engines; and in a folder on its host the page for "
    "wrong addresses needs a script to find its styles and links."
)


@click.command()
@project_option
@json_option
@click.option("--force", is_flag=True, help="Build again even if nothing has changed.")
@click.option(
    "--quick", is_flag=True, help="Make new films at 720p first; the next build makes the rest."
)
@click.option(
    "--changes", is_flag=True, help="Only say what a build would change; nothing is put in place."
)
def command(
    project_dir: Path | None, as_json: bool, force: bool, quick: bool, changes: bool
) -> int:
    """Check everything, encode new films, and build the site.

    The last good site stays as it is until the new one is complete.

    \b
    Example:
      kinopress build
      kinopress build --changes
    """  # noqa: D301 - the sign itself tells click to keep the lines below it apart
    look_rarely_for_garbage()
    project = find_project(project_dir)
    if changes:
        return _changes(project, as_json)
    begun = time.perf_counter()
    # Nothing is written for this, so it waits for no other run.
    unchanged = None if force or quick else nothing_new(project)
    if unchanged is not None:
        return _say_unchanged(unchanged, project, as_json)
    return _build(project, as_json, begun, force=force, quick=quick)


def _build(project: Path, as_json: bool, begun: float, *, force: bool, quick: bool) -> int:
    # Where nothing has changed, none of this is loaded.
    from kinopress.cli.terminal.progress import Told  # noqa: PLC0415
    from kinopress.content.rules.held import count  # noqa: PLC0415
    from kinopress.project.build import build  # noqa: PLC0415
    from kinopress.project.events import SILENT  # noqa: PLC0415

    built = build(project, SILENT if as_json else Told(), force=force, quick=quick)
    library, report = built.library, built.report
    site = project / library.settings.site_dir
    took_s = time.perf_counter() - begun
    _tell(report, count(library), project, site, built.anew, took_s, as_json=as_json)
    if built.anew and not library.settings.site_url and not as_json:
        click.echo(NO_ADDRESS)
    return ExitCode.CONTENT if report.errors else ExitCode.OK


def _say_unchanged(found: Unchanged, project: Path, as_json: bool) -> int:
    _tell(found.report, found.counts, project, found.site, False, 0, as_json=as_json)
    return ExitCode.OK


def _tell(
    report: Report,
    counts: Mapping[str, int],
    project: Path,
    site: Path,
    built: bool,
    took_s: float,
    *,
    as_json: bool,
) -> None:
    if as_json:
        print_json(report, counts, site=str(site), built=built)
        return
    print_problems(report)
    click.echo(summary(report, counts))
    _say(report, project, site, built, took_s)


def _changes(project: Path, as_json: bool) -> int:
    # Slow to load as well.
    from kinopress.cli.terminal.progress import Told  # noqa: PLC0415
    from kinopress.project.events import SILENT  # noqa: PLC0415
    from kinopress.project.telling.changes import what_would_change  # noqa: PLC0415

    return _say_changes(what_would_change(project, SILENT if as_json else Told()), as_json)


def _say_changes(found: Changes, as_json: bool) -> int:
    groups = {"new": found.new, "changed": found.changed, "gone": found.gone}
    if as_json:
        paths = {name: [change.path for change in those] for name, those in groups.items()}
        print_json(found.report, {}, **paths, other_files=found.files)
    else:
        print_problems(found.report)
        for name, those in groups.items():
            for change in those:
                click.echo(f"{name}: /{change.path}")
        if found.files:
            click.echo(f"and {found.files} other files (pictures, films, the search)")
        if found.folder is not None:
            click.echo(
                "The site is already as it would be."
                if found.nothing
                else f"Nothing was put in place. Look at it: {found.folder}"
            )
    return ExitCode.CONTENT if found.folder is None else ExitCode.OK


def _say(report: Report, project: Path, site: Path, built: bool, took_s: float) -> None:
    if report.errors:
        click.echo(
            "The site was not built; the last good one is untouched."
            if site.is_dir()
            else "The site was not built."
        )
        return
    what = f"Built in {took_s:.1f} s" if built else "Nothing has changed since the last build"
    click.echo(f"{what}: {site}")
    script = "scripts/serve.py"
    look = f"python3 {script}" if (project / script).is_file() else "kinopress serve"
    click.echo(f"Look at it with: {look}")
