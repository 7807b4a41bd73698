"""The built site as a release: every file is still as it was made, and has a name that hosts can hold."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from kinopress import __version__
from kinopress.codes import Code
from kinopress.content.forms.settings.output_folder import RELEASES, site_place
from kinopress.content.model.library import Library
from kinopress.content.model.settings import Settings
from kinopress.media.clip import Clip
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.project.placing import unread
from kinopress.publish.headers import kind_of
from kinopress.publish.plan import LocalRelease, Publication
from kinopress.publish.record import HostFile, is_safe_path
from kinopress.system.release_record import Release, is_as_made, read_release, why_unread
from kinopress.system.releases import Releases

Elsewhere = Mapping[str, tuple[HostFile, str]]
NOTHING: Elsewhere = MappingProxyType({})
"""Every film of the site is on this computer."""


def elsewhere(library: Library, clips: Mapping[str, Clip]) -> Elsewhere:
    """Files of films that are not on this computer: path on the site → file, and the page it is for."""
    return {
        clip.site_path(output): (
            HostFile(output.bytes, output.sha256, kind_of(clip.site_path(output))),
            library.pages[("video", slug)].path,
        )
        for slug, clip in clips.items()
        if clip.elsewhere
        for output in clip.manifest.outputs
    }


def film_pages(clips: Mapping[str, Clip]) -> dict[str, str]:
    """What others are told the address of, the MP4 files and JPEG posters of films: path on the site → film's page."""
    return {
        clip.site_path(output): slug
        for slug, clip in clips.items()
        for output in clip.manifest.outputs
        if output.mime in {"video/mp4", "image/jpeg"}
    }


def built_site(
    project: Path,
    settings: Settings,
    films: Elsewhere = NOTHING,
    pages: Mapping[str, str] = MappingProxyType({}),
) -> LocalRelease:
    """What was built last.

    Args:
        project: The project's folder.
        settings: Its settings.
        films: Files of the site that only a host has.
        pages: The page of each film's files; see :func:`film_pages`.

    Raises:
        Refusal: there is no site, a file was changed since, or has a name that cannot be published (exit code 1).
    """
    folder = site_place(project, settings.site_dir).folder
    record = read_release(folder)
    if record is None or not record.whole:
        problem = Problem(
            settings.site_dir,
            "no site has been built here yet",
            "build it: kinopress build",
            Code.PUBLISH_CHANGED,
        )
        raise Refusal([problem], ExitCode.CONTENT)
    problems = []
    for path, made in record.files.items():
        file = folder / path
        name = f"{settings.site_dir}/{path}"
        if not is_safe_path(path):
            problems.append(
                Problem(
                    name,
                    "not every host can hold a file of this name",
                    "give it a name of letters, digits and hyphens, then build again",
                    Code.PUBLISH_NAME,
                )
            )
        elif not os.path.lexists(file):
            problems.append(
                Problem(
                    name,
                    "this file has been removed since it was built",
                    "build it again: kinopress build",
                    Code.PUBLISH_CHANGED,
                )
            )
        elif is_as_made(str(file), file.lstat(), made):
            continue
        elif why := why_unread(str(file)):
            problems.append(unread(name, why))
        else:
            problems.append(
                Problem(
                    name,
                    "this file has been changed since it was built",
                    "move it away (a change belongs in the page it is made from), then build again: kinopress build",
                    Code.PUBLISH_CHANGED,
                )
            )
    if problems:
        raise Refusal(problems, ExitCode.CONTENT)
    files = {**_files(record), **{p: file for p, (file, _) in films.items()}}
    only_there = {path: page for path, (_, page) in films.items() if path not in record.files}
    shown = {path: page for path, page in pages.items() if path in files}
    return LocalRelease(files, folder, __version__, site_name(settings), only_there, shown)


def kept_site(project: Path, settings: Settings, wanted: Mapping[str, HostFile]) -> Path | None:
    """A folder on this computer that has these files of a release: the site as it is, or one that is kept."""
    folder = site_place(project, settings.site_dir).folder
    record = read_release(folder)
    there = [] if record is None else [(folder, record)]
    there += [(kept.folder, kept.release) for kept in Releases(project / RELEASES).all()]
    for place, release in there:
        files = _files(release)
        if all(
            files.get(path) == file
            and os.path.lexists(place / path)
            and is_as_made(str(place / path), (place / path).lstat(), release.files[path])
            for path, file in wanted.items()
        ):
            return place
    return None


def site_name(settings: Settings) -> str:
    """Whose site it is, as everybody may know it."""
    return settings.site_url or settings.site_name


def refuse_private(plan: Publication, local: LocalRelease, project: Path) -> None:
    """Look once more at what is about to be sent.

    Raises:
        Refusal: a file reveals its source (exit code 1).
    """
    from kinopress.privacy.walk import private_files  # noqa: PLC0415 - what looks into files is loaded where that is done

    folder = local.folder
    if folder is None:
        return
    files = {step.path: folder / step.path for step in plan.steps if step.sent}
    if problems := private_files(files, project):
        raise Refusal(problems, ExitCode.CONTENT)


def _files(record: Release) -> dict[str, HostFile]:
    return {
        path: HostFile(made.size_bytes, made.sha256, kind_of(path))
        for path, made in record.files.items()
    }
