"""``kinopress video prune``: the one command that deletes from ``.kinopress/media`` and ``.kinopress/pictures``."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from pathlib import Path

import click

from kinopress.cli.options import project_option
from kinopress.cli.progress import size_words
from kinopress.content.model.library import Library
from kinopress.media.manifest import MANIFEST_NAME, ManifestError, read_manifest
from kinopress.pictures.store import FOLDER as PICTURES
from kinopress.pictures.store import unused as unused_pictures
from kinopress.problems import ExitCode, one_line
from kinopress.project.figures import figure_digests
from kinopress.project.films.list import read_records
from kinopress.project.films.status import current
from kinopress.project.folder import MEDIA, cannot_write, find_project, only_run
from kinopress.project.publishing import used_digests
from kinopress.project.read import read_project
from kinopress.system.clearing import Found, Listed, delete, folders_in, look
from kinopress.system.lock import hold
from kinopress.system.stamps import HashCache
from kinopress.video.encode.job import HASHES_NAME
from kinopress.video.encode.store import sweep

_RESULT = re.compile(r"[0-9a-f]{16}")


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
    films = _unused(project, media, library)
    pictures = unused_pictures(project, used_digests(project, library) | figure_digests(library))
    left = [path for found in (*films, *pictures) for path in found.left]
    films, pictures = ([one for one in some if one.is_ours] for some in (films, pictures))
    if not films and not pictures:
        click.echo("Nothing to delete: every web film is used by a page.")
        _name_left(project, left)
        return ExitCode.OK
    for found in films:
        folder = found.folder
        click.echo(
            f"{MEDIA.as_posix()}/{folder.name}: {size_words(found.size_bytes)}, made from {_source(folder)}"
        )
    if pictures:
        of_pictures = size_words(sum(found.size_bytes for found in pictures))
        click.echo(
            f"{PICTURES.as_posix()}: {of_pictures}, made from {_many(len(pictures), 'picture')}"
        )
    named = ((len(films), "web film"), (len(pictures), "made picture"))
    many = " and ".join(_many(number, what) for number, what in named if number)
    total = size_words(sum(found.size_bytes for found in (*films, *pictures)))
    if not yes and not click.confirm(f"Delete {many}, {total}?", default=False):
        click.echo("Nothing was deleted.")
        return ExitCode.OK
    for found in (*films, *pictures):
        delete(found)
    sweep(media)
    click.echo(f"Deleted: {many}, {total}.")
    _name_left(project, left)
    return ExitCode.OK


def _name_left(project: Path, left: Sequence[Path]) -> None:
    """Name what lies among made files and is on no list of them."""
    for path in left:
        shown = one_line(path.relative_to(project).as_posix())
        click.echo(f"Left where it is, since no build made it: {shown}")
    if left:
        click.echo("Look through what was left, and delete it yourself if you do not need it.")


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _look(folder: Path, hashes: HashCache) -> Found:
    """What lies in the folder of a result, by its manifest."""
    listed: dict[str, Listed] | None = None
    with contextlib.suppress(OSError, ManifestError):
        if not (folder / MANIFEST_NAME).is_symlink():
            outputs = read_manifest(folder / MANIFEST_NAME).outputs
            listed = {output.path: Listed(output.bytes, output.sha256) for output in outputs}
    return look(folder, MANIFEST_NAME, listed, hashes.sha256)


def _unused(project: Path, media: Path, library: Library) -> list[Found]:
    """Results that no page's film uses.

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
    found = [
        _look(folder, hashes)
        for folder in folders_in(media)
        if _RESULT.fullmatch(folder.name) and folder not in used and _sha256(folder) not in sources
    ]
    hashes.save()
    return found


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
