"""``kinopress doctor``: is this computer ready, and what is set?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from kinopress.cli.options import json_option, project_option
from kinopress.problems import ExitCode
from kinopress.project.doctor import look_at_computer, look_at_project
from kinopress.project.folder import find_project

_DISK_WANTED_BYTES = 2_000_000_000
"""A two-minute film in all its renditions stays far below this; less free space is worth a word."""


_AV1 = {
    "libsvtav1": "films are made as AV1 (SVT-AV1) and as H.264",
    "libaom-av1": "films are made as AV1 up to 720 (libaom, which is slow) and as H.264",
    None: "this FFmpeg has no AV1 encoder: films are made as H.264 only, which plays everywhere",
}


@click.command()
@project_option
@json_option
def command(project_dir: Path | None, as_json: bool) -> int:
    """Look at this computer and this project, and say what is missing.

    \b
    Example:
      kinopress doctor
    """  # noqa: D301 - the sign itself tells click to keep the lines below it apart
    computer = look_at_computer()
    if not as_json:
        _say_computer(computer)
    project = find_project(project_dir)
    found = look_at_project(project)
    if as_json:
        click.echo(json.dumps({**computer, **found}, ensure_ascii=False, indent=1))
    else:
        _say_project(found)
    ready = computer["ffmpeg"]["path"] and not found["cannot_write"]
    return ExitCode.OK if ready else ExitCode.ENVIRONMENT


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
    _say_clients(found["clients"])
    if found["not_shown"]:
        names = ", ".join(found["not_shown"])
        click.echo(f"not shown   neither a film nor a pose file: {names}")
    for line in found["unchecked"]:
        click.echo(f"unchecked   {line}")
    for line in found["not_set"]:
        click.echo(f"not set     {line}")
    for line in found["not_found_by_clients"]:
        click.echo(f"no client finds  {line}")


def _say_clients(found: Mapping[str, Any]) -> None:
    if found["plans"]:
        click.echo(
            f"clients     {_many(found['plans'], 'private plans')} in {found['folder']}, no part of the site"
        )
    for name in found["unread"]:
        click.echo(f"unreadable  a client's plan: kinopress plan check {name}")
    for path in found["unread_earlier"]:
        click.echo(f"unreadable  when a client's earlier plan is to be deleted: {path}")
    for name in found["overdue"]:
        click.echo(f"overdue     a client's plan is to be deleted: kinopress plan forget {name}")
    for name in found["overdue_earlier"]:
        click.echo(
            f"overdue     a client's earlier plan is to be deleted: kinopress plan forget {name} --earlier"
        )
    for line in found["encrypted"]:
        click.echo(f"encrypted   {line}")
    if found["in_git"] is None:
        click.echo(f"git         does not say whether it has kept something of {found['folder']}")
    for name in found["in_git"] or ():
        click.echo(
            f"IN GIT      {found['folder']}/{name} is about one person: remove it from git and from what was sent"
        )


def _many(number: int, what: str) -> str:
    """``what`` is the word for many: 1 video, 2 videos, 3 held back."""
    if what == "held":
        return f"{number} held back"
    return f"{number or 'no'} {what if number != 1 else what.removesuffix('s')}"
