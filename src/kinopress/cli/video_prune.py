"""``kinopress video prune``: the one command that deletes from ``.kinopress/media`` and ``.kinopress/pictures``."""

from __future__ import annotations

import contextlib
import re
import shutil
from pathlib import Path

import click

from kinopress.cli.film_progress import size_words
from kinopress.cli.film_state import current
from kinopress.cli.films import MEDIA
from kinopress.cli.project import (
    cannot_write,
    find_project,
    only_run,
    project_option,
    read_project,
)
from kinopress.content.library import Library
from kinopress.pages.clips import read_records
from kinopress.pages.publishing import used_digests
from kinopress.pictures.store import FOLDER as PICTURES
from kinopress.pictures.store import unused as unused_pictures
from kinopress.problems import ExitCode
from kinopress.video.hashes import HashCache
from kinopress.video.job import HASHES_NAME
from kinopress.video.lock import hold
from kinopress.video.manifest import MANIFEST_NAME, ManifestError, read_manifest
from kinopress.video.store import sweep

_RESULT = re.compile(r"[0-9a-f]{16}")
_OUTPUT = re.compile(
    r"(?:av1|h264|sound|poster|storyboard)[a-z0-9-]*\.(?:mp4|m4a|jpg|webp|avif|vtt)"
)
"""How the files of a result are named, for those whose manifest cannot be read."""


@click.command()
@click.option("--yes", is_flag=True, help="Delete without asking.")
@project_option
def command(yes: bool, project_dir: Path | None) -> int:
    """Delete web films, and pictures made for pages, that no page uses any more.

    Camera films and your own pictures are never touched.

    \b
    Example:
      kinopress video prune
    """  # noqa: D301 - click reads the escape
    project = find_project(project_dir)
    media = project / MEDIA
    if not media.is_dir() and not (project / PICTURES).is_dir():
        click.echo("Nothing to delete: no film has been encoded here.")
        return ExitCode.OK
    try:
        media.mkdir(parents=True, exist_ok=True)
        # A build between the list and the deletion could begin to use what is deleted.
        with (
            only_run(project, "deleting unused web films"),
            hold(media, path=str(MEDIA), doing="deleting unused web films", wait_s=5.0),
        ):
            return _prune(project, media, yes=yes)
    except OSError as error:
        raise cannot_write(media, error) from None


def _prune(project: Path, media: Path, *, yes: bool) -> int:
    library, report = read_project(project, show_held=True)
    unread = [p for p in report.errors if p.path.startswith("videos/") and not p.field]
    if unread:
        click.echo("Nothing was deleted: some pages or films cannot be read, so nobody knows")
        click.echo("what they use. kinopress check says which.")
        return ExitCode.CONTENT
    unused = _unused(project, media, library)
    pictures = unused_pictures(project, used_digests(project, library))
    if not unused and not pictures:
        click.echo("Nothing to delete: every web film is used by a page.")
        return ExitCode.OK
    for folder, size in unused.items():
        click.echo(
            f"{MEDIA.as_posix()}/{folder.name}: {size_words(size)}, made from {_source(folder)}"
        )
    if pictures:
        of_pictures = size_words(sum(pictures.values()))
        click.echo(
            f"{PICTURES.as_posix()}: {of_pictures}, made from {_many(len(pictures), 'picture')}"
        )
    named = ((len(unused), "web film"), (len(pictures), "made picture"))
    many = " and ".join(_many(number, what) for number, what in named if number)
    total = size_words(sum(unused.values()) + sum(pictures.values()))
    if not yes and not click.confirm(f"Delete {many}, {total}?", default=False):
        click.echo("Nothing was deleted.")
        return ExitCode.OK
    left = [path for folder in unused for path in _delete(folder)]
    sweep(media)
    for folder in pictures:
        aside = folder.with_name(f".tmp-pruned-{folder.name}")
        folder.rename(aside)
        shutil.rmtree(aside, ignore_errors=True)
    click.echo(f"Deleted: {many}, {total}.")
    for path in left:
        click.echo(f"Left where it is, since no build made it: {path.relative_to(project)}")
    return ExitCode.OK


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _delete(folder: Path) -> list[Path]:
    """Delete a result: what its manifest names, and what has a name of ours, since that may be damaged.

    Returns:
        What else lies there, and stays.
    """
    ours = {MANIFEST_NAME}
    with contextlib.suppress(OSError, ManifestError):
        ours |= {output.path for output in read_manifest(folder / MANIFEST_NAME).outputs}
    left = [
        file
        for file in sorted(folder.iterdir())
        if file.is_symlink()
        or not file.is_file()
        or not (file.name in ours or _OUTPUT.fullmatch(file.name))
    ]
    # Renamed first: a deletion that is cut short leaves no half of a result.
    if not left:
        folder.rename(folder.with_name(f".tmp-pruned-{folder.name}"))
        return []
    (folder / MANIFEST_NAME).unlink(missing_ok=True)  # first, so that nobody takes it for whole
    for file in folder.iterdir():
        if file not in left:
            file.unlink()
    return left


def _unused(project: Path, media: Path, library: Library) -> dict[Path, int]:
    """Results that no page's film uses, with their sizes in bytes.

    What was made from a film as it is now is known by its record. Without one, everything
    that was ever made from this film counts as used.
    """
    records = read_records(project)
    hashes = HashCache.load(media / HASHES_NAME)
    used: set[Path] = set()
    sources: set[str] = set()
    for video in library.videos:
        film = library.films.get(video.slug)
        if film is None:
            continue
        record = records.get(video.slug)
        if record is not None and (
            not film.original or current(project, library, video.slug, record) is not None
        ):
            used.add(project / record.folder)
        else:
            sources.add(hashes.sha256(film.file))
    hashes.save()
    return {
        folder: sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        for folder in sorted(media.iterdir())
        if folder.is_dir()
        and _RESULT.fullmatch(folder.name)
        and folder not in used
        and _sha256(folder) not in sources
    }


def _sha256(folder: Path) -> str | None:
    try:
        return read_manifest(folder / MANIFEST_NAME).source_sha256
    except (OSError, ManifestError):
        return None


def _source(folder: Path) -> str:
    try:
        return read_manifest(folder / MANIFEST_NAME).source_name
    except (OSError, ManifestError):
        return "a film of an older version, or damaged"
