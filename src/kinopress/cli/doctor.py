"""``kinopress doctor``: is this computer ready, and what is set?"""

from __future__ import annotations

import platform
import shutil
from importlib import metadata
from pathlib import Path

import click

from kinopress import __version__
from kinopress.cli.project import find_project, project_option, read_project
from kinopress.content.library import count
from kinopress.content.settings import Settings
from kinopress.problems import ExitCode, Refusal

_DISK_WANTED_BYTES = 2_000_000_000
"""A two-minute film in all its renditions stays far below this; less free space is worth a word."""


_AV1 = {
    "libsvtav1": "films are made as AV1 (SVT-AV1) and as H.264",
    "libaom-av1": "films are made as AV1 up to 720 (libaom, which is slow) and as H.264",
    None: "this FFmpeg has no AV1 encoder: films are made as H.264 only, which plays everywhere",
}


@click.command()
@project_option
def command(project_dir: Path | None) -> int:
    """Look at this computer and this project, and say what is missing.

    \b
    Example:
      kinopress doctor
    """  # noqa: D301 - the sign itself tells click to keep the lines below it apart
    ready = True
    click.echo(
        f"kinopress   {__version__}, Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    )
    for name in (
        "mkdocs",
        "mkdocs-material",
        "markdown",
        "python-frontmatter",
        "ffmpeg-python",
        "av",
    ):
        click.echo(f"{name:<19} {metadata.version(name)}")
    ready &= _ffmpeg()
    project = find_project(project_dir)
    free = shutil.disk_usage(project).free
    click.echo(
        f"disk        {free / 1e9:.1f} GB free"
        + ("" if free > _DISK_WANTED_BYTES else "; films may need more: free some space")
    )
    library, report = read_project(project)
    counts = count(library)
    click.echo(f"project     {project}")
    click.echo(
        "pages       " + ", ".join(_many(number, kind) for kind, number in counts.items() if number)
    )
    click.echo(
        f"check       {_many(len(report.errors), 'problems')}, {_many(len(report.warnings), 'warnings')}"
        + (" (kinopress check lists them)" if report.problems else "")
    )
    for line in missing_settings(library.settings):
        click.echo(f"not set     {line}")
    return ExitCode.OK if ready else ExitCode.ENVIRONMENT


def _many(number: int, what: str) -> str:
    """``what`` is the word for many: 1 video, 2 videos, 3 held back."""
    if what == "held":
        return f"{number} held back"
    return f"{number or 'no'} {what if number != 1 else what.removesuffix('s')}"


def _ffmpeg() -> bool:
    from kinopress.video.ffmpeg_binary import find_encoder  # noqa: PLC0415 - starts a program

    try:
        encoder = find_encoder()
    except Refusal as refusal:
        for problem in refusal.problems:
            click.echo(f"ffmpeg      {problem.message}; {problem.hint}")
        return False
    click.echo(f"ffmpeg      {encoder.version}")
    click.echo(f"            {encoder.path}")
    click.echo(f"AV1         {_AV1[encoder.av1]}")
    return True


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
