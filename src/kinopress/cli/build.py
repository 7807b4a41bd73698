"""``kinopress build``: check, encode, build aside, put in place whole."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
import os
import time
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinopress.cli.placing import digests, of_another, put_in_place, tell
from kinopress.cli.project import (
    cannot_write,
    find_project,
    json_option,
    only_run,
    project_option,
    read_project,
)
from kinopress.cli.report import print_json, print_problems, summary, tell_of_pictures
from kinopress.content.library import Library, count
from kinopress.content.output_folder import site_place
from kinopress.problems import ExitCode, Refusal, Report

if TYPE_CHECKING:
    from kinopress.pages.embed import Clip

_GC_THRESHOLD = 50_000
"""A build makes values by the hundred thousand and keeps nearly all: looking for garbage after
every 700 of them, as Python does by itself, finds little and costs a tenth of the time."""

STAMP = Path(".kinopress/cache/build.json")

NO_ADDRESS = (
    "Not set: site_url in mkdocs.yml, the address of the site. Without it there is no sitemap, and in a "
    "folder of its host the page for wrong addresses needs a script to find its style and its links."
)


@click.command()
@project_option
@json_option
@click.option("--force", is_flag=True, help="Build again although nothing changed.")
@click.option(
    "--quick", is_flag=True, help="Make new films at 720p first; the next build makes the rest."
)
def command(project_dir: Path | None, as_json: bool, force: bool, quick: bool) -> int:
    """Check everything, encode new films, and build the site.

    The last good site stays as it is until the new one is complete.

    \b
    Example:
      kinopress build
    """  # noqa: D301 - the sign itself tells click to keep the lines below it apart
    gc.set_threshold(_GC_THRESHOLD)
    project = find_project(project_dir)
    begun = time.perf_counter()
    try:
        with only_run(project, "building the site"):
            library, report, built = build(project, quiet=as_json, force=force, quick=quick)
    except OSError as error:
        raise cannot_write(project / str(error.filename or "site"), error) from None
    counts = count(library)
    site = project / library.settings.site_dir
    if as_json:
        print_json(report, counts, site=str(site), built=built)
    else:
        print_problems(report)
        click.echo(summary(report, counts))
        _say(report, site, built, time.perf_counter() - begun)
        if built and not library.settings.site_url:
            click.echo(NO_ADDRESS)
    return ExitCode.CONTENT if report.errors else ExitCode.OK


def _say(report: Report, site: Path, built: bool, took_s: float) -> None:
    if report.errors:
        click.echo(
            "The site was not built; the last good one is untouched."
            if site.is_dir()
            else "The site was not built."
        )
        return
    what = f"Built in {took_s:.1f} s" if built else "Nothing has changed since the last build"
    click.echo(f"{what}: {site}")
    click.echo("Look at it with: python3 scripts/serve.py")


def build(
    project: Path, *, quiet: bool = False, force: bool = False, quick: bool = False
) -> tuple[Library, Report, bool]:
    """Build a project's site.

    Returns:
        The library, all problems, and whether a site was built (False: nothing had changed, or errors).

    Raises:
        Refusal: settings (2), environment (3), busy (5).
        OSError: the disk is full or may not be written to.
    """
    from kinopress.pages.privacy import private_data  # noqa: PLC0415
    from kinopress.pages.publishing import publish  # noqa: PLC0415
    from kinopress.pages.render import render_site  # noqa: PLC0415

    sources = fingerprint(project)  # before they are read: a change meanwhile is seen next time
    library, report = read_project(project)
    place = site_place(project, library.settings.site_dir)
    if place.is_of_another():
        raise Refusal([of_another(place, project, "settings-output")], ExitCode.USAGE)
    report.extend(tell(place.recover(), place, project))
    if report.errors:
        return library, report, False
    clips: dict[str, Clip] = {}
    if library.films:
        # Opening films loads FFmpeg's libraries: a site without films need not wait for them.
        from kinopress.cli.films import encode_films  # noqa: PLC0415

        clips, problems, _ = encode_films(project, library, quiet=quiet, quick=quick)
        report.extend(problems)
    if report.errors:
        return library, report, False
    films = sorted(clip.manifest.digest for clip in clips.values())
    stamp = " ".join([sources, library.today.isoformat(), str(place.folder), *films])
    if not force and place.has_release() and _read_stamp(project) == stamp:
        return library, report, False

    from kinopress.pages.mkdocs_build import build_with_mkdocs  # noqa: PLC0415

    published, problems = publish(project, library, None if quiet else tell_of_pictures)
    report.extend(problems)
    if report.errors:
        return library, report, False
    site = render_site(library, clips, project, published=published)
    with place.workshop() as made:
        report.extend(build_with_mkdocs(project, library, site, made))
        if not report.errors:
            report.extend(private_data(made, site.files, project))
        if report.errors:
            return library, report, False
        known = digests(site.files, clips.values())
        report.extend(put_in_place(place, made, known, project, "settings-output"))
    (project / STAMP).parent.mkdir(parents=True, exist_ok=True)
    (project / STAMP).write_text(json.dumps({"stamp": stamp}), "utf-8")
    return library, report, True


def fingerprint(project: Path) -> str:
    """A digest of what a site is made from: sources by size and time, settings, programs."""
    seen = hashlib.sha256()
    versions = [
        f"{name} {metadata.version(name)}"
        for name in ("kinopress", "mkdocs", "mkdocs-material", "markdown")
    ]
    seen.update("\n".join(versions).encode())
    for folder in (
        project / "docs",
        project / "exercises",
        project / "videos",
        Path(__file__).parents[1],
    ):
        for root, names, files in os.walk(folder):
            names[:] = sorted(n for n in names if n != "__pycache__" and not n.startswith("."))
            for name in sorted(files):
                path = f"{root}/{name}"
                seen.update(os.fsencode(f"{path} {_stamp_of(path)}\n"))
    seen.update((project / "mkdocs.yml").read_bytes())
    return seen.hexdigest()


def _stamp_of(path: str) -> str:
    """A file's size and time; a link that leads nowhere or to itself is its own, and the check says so."""
    for look in (os.stat, os.lstat):
        with contextlib.suppress(OSError):
            found = look(path)
            return f"{found.st_size} {found.st_mtime_ns}"
    return "gone"  # since its folder was listed


def _read_stamp(project: Path) -> str | None:
    try:
        value = json.loads((project / STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return value.get("stamp") if isinstance(value, dict) else None
