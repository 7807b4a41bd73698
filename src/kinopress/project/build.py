"""Checking, encoding, building aside and putting in place whole."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from importlib import metadata
from pathlib import Path

from kinopress.cli.report import tell_of_pictures
from kinopress.codes import Code
from kinopress.content.forms.output_folder import site_place
from kinopress.content.model.library import Library
from kinopress.media.clip import Clip
from kinopress.problems import ExitCode, Refusal, Report
from kinopress.project.placing import digests, of_another, put_in_place, tell
from kinopress.project.read import read_project

STAMP = Path(".kinopress/cache/build.json")


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
    from kinopress.pages.render import render_site  # noqa: PLC0415
    from kinopress.privacy.walk import private_data  # noqa: PLC0415
    from kinopress.project.publishing import publish  # noqa: PLC0415

    sources = fingerprint(project)  # before they are read: a change meanwhile is seen next time
    library, report = read_project(project)
    place = site_place(project, library.settings.site_dir)
    if place.is_of_another():
        raise Refusal([of_another(place, project, Code.SETTINGS_OUTPUT)], ExitCode.USAGE)
    report.extend(tell(place.recover(), place, project))
    if report.errors:
        return library, report, False
    clips: dict[str, Clip] = {}
    if library.films:
        # Opening films loads FFmpeg's libraries: a site without films need not wait for them.
        from kinopress.project.films.encode import encode_films  # noqa: PLC0415

        clips, problems, _ = encode_films(project, library, quiet=quiet, quick=quick)
        report.extend(problems)
    if report.errors:
        return library, report, False
    films = sorted(clip.manifest.digest for clip in clips.values())
    stamp = " ".join([sources, library.today.isoformat(), str(place.folder), *films])
    if not force and place.has_release() and _read_stamp(project) == stamp:
        return library, report, False

    from kinopress.engines.mkdocs.build import build_with_mkdocs  # noqa: PLC0415

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
        report.extend(put_in_place(place, made, known, project, Code.SETTINGS_OUTPUT))
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
