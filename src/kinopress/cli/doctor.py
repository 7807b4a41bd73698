"""``kinopress doctor``: is this computer ready, and what is set?"""

from __future__ import annotations

import json
import os
import platform
import shutil
import tempfile
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import click

from kinopress import __version__
from kinopress.cli.options import json_option, project_option
from kinopress.content.model.settings import Settings
from kinopress.content.rules.held import count
from kinopress.problems import ExitCode, Refusal
from kinopress.project.folder import find_project
from kinopress.project.read import read_project

_DISK_WANTED_BYTES = 2_000_000_000
"""A two-minute film in all its renditions stays far below this; less free space is worth a word."""


_AV1 = {
    "libsvtav1": "films are made as AV1 (SVT-AV1) and as H.264",
    "libaom-av1": "films are made as AV1 up to 720 (libaom, which is slow) and as H.264",
    None: "this FFmpeg has no AV1 encoder: films are made as H.264 only, which plays everywhere",
}


_PACKAGES = ("mkdocs", "mkdocs-material", "markdown", "python-frontmatter", "ffmpeg-python", "av")

_WRITTEN = (
    ".",
    ".kinopress",
    ".kinopress/media",
    ".kinopress/cache",
    "videos",
    "docs",
    "exercises",
)
"""Folders of a project in which some command writes, where they are there."""


@click.command()
@project_option
@json_option
def command(project_dir: Path | None, as_json: bool) -> int:
    """Look at this computer and this project, and say what is missing.

    \b
    Example:
      kinopress doctor
    """  # noqa: D301 - the sign itself tells click to keep the lines below it apart
    computer = _computer()
    if not as_json:
        _say_computer(computer)
    project = find_project(project_dir)
    found = _project(project)
    if as_json:
        click.echo(json.dumps({**computer, **found}, ensure_ascii=False, indent=1))
    else:
        _say_project(found)
    ready = computer["ffmpeg"]["path"] and not found["cannot_write"]
    return ExitCode.OK if ready else ExitCode.ENVIRONMENT


def _computer() -> dict[str, Any]:
    """What this computer brings."""
    return {
        "kinopress": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "packages": {name: metadata.version(name) for name in _PACKAGES},
        "ffmpeg": _ffmpeg(),
    }


def _ffmpeg() -> dict[str, str | None]:
    from kinopress.video.ffmpeg.binary import find_encoder  # noqa: PLC0415 - starts a program

    try:
        encoder = find_encoder()
    except Refusal as refusal:
        missing = " ".join(f"{p.message}; {p.hint}" for p in refusal.problems)
        return {"version": None, "path": None, "av1": None, "missing": missing}
    return {"version": encoder.version, "path": encoder.path, "av1": encoder.av1, "missing": None}


def _say_computer(computer: Mapping[str, Any]) -> None:
    click.echo(
        f"kinopress   {computer['kinopress']}, Python {computer['python']} on {computer['system']}"
    )
    for name, version in computer["packages"].items():
        click.echo(f"{name:<19} {version}")
    ffmpeg = computer["ffmpeg"]
    if ffmpeg["missing"]:
        click.echo(f"ffmpeg      {ffmpeg['missing']}")
        return
    click.echo(f"ffmpeg      {ffmpeg['version']}")
    click.echo(f"            {ffmpeg['path']}")
    click.echo(f"AV1         {_AV1[ffmpeg['av1']]}")


def _project(project: Path) -> dict[str, Any]:
    """What there is of a project, and what stands in its way."""
    library, report = read_project(project)
    return {
        "project": str(project),
        "disk_free_bytes": shutil.disk_usage(project).free,
        "cannot_write": cannot_write_in(project),
        "counts": count(library),
        "errors": len(report.errors),
        "warnings": len(report.warnings),
        "notes": len(report.notes),
        "not_set": missing_settings(library.settings),
    }


def cannot_write_in(project: Path) -> dict[str, str]:
    """Folders of a project in which nothing can be written, and why.

    Tried, because permissions alone do not tell: a disk can be full or read-only. What is tried
    is a file without a name, which is gone at once.
    """
    found = {}
    for name in _WRITTEN:
        folder = project / name
        if not os.path.lexists(folder):
            continue
        try:
            with tempfile.TemporaryFile(dir=folder) as tried:
                tried.write(b"?")
        except OSError as error:
            found[name] = (error.strerror or str(error)).lower()
    return found


def _say_project(found: Mapping[str, Any]) -> None:
    free = found["disk_free_bytes"]
    click.echo(
        f"disk        {free / 1e9:.1f} GB free"
        + ("" if free > _DISK_WANTED_BYTES else "; films may need more: free some space")
    )
    click.echo(f"project     {found['project']}")
    for name, why in found["cannot_write"].items():
        where = "this folder" if name == "." else f"{name}/"
        click.echo(f"read-only   {where}: nothing can be written there ({why})")
    counts = found["counts"].items()
    click.echo("pages       " + ", ".join(_many(number, kind) for kind, number in counts if number))
    click.echo(
        f"check       {_many(found['errors'], 'problems')}, {_many(found['warnings'], 'warnings')}"
        + (
            " (kinopress check lists them)"
            if found["errors"] or found["warnings"] or found["notes"]
            else ""
        )
    )
    for line in found["not_set"]:
        click.echo(f"not set     {line}")


def _many(number: int, what: str) -> str:
    """``what`` is the word for many: 1 video, 2 videos, 3 held back."""
    if what == "held":
        return f"{number} held back"
    return f"{number or 'no'} {what if number != 1 else what.removesuffix('s')}"


def missing_settings(settings: Settings) -> list[str]:
    """What readers or search engines would miss, with where to set it."""
    coach = settings.coach
    missing = []
    if not settings.site_url:
        missing.append(
            "site_url in mkdocs.yml: the address of the site, for search engines and the sitemap"
        )
    if not (coach.email or coach.phone or coach.booking_url):
        missing.append(
            "coach.email, coach.phone or coach.booking_url in mkdocs.yml: readers cannot reach you"
        )
    return missing
