"""The built site as a release: every file is still as it was made, and has a name that hosts can hold."""

from __future__ import annotations

import os
from pathlib import Path

from kinopress import __version__
from kinopress.codes import Code
from kinopress.content.forms.output_folder import RELEASES, site_place
from kinopress.content.model.settings import Settings
from kinopress.privacy.walk import private_files
from kinopress.problems import ExitCode, Problem, Refusal
from kinopress.publish.headers import kind_of
from kinopress.publish.plan import LocalRelease, Publication
from kinopress.publish.record import HostFile, is_safe_path, release_id
from kinopress.system.release_record import Release, is_as_made, read_release
from kinopress.system.releases import Releases


def built_site(project: Path, settings: Settings) -> LocalRelease:
    """What was built last.

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
        elif not os.path.lexists(file) or not is_as_made(str(file), file.lstat(), made):
            problems.append(
                Problem(
                    name,
                    "this file has been changed or removed since it was built",
                    "build it again: kinopress build --force",
                    Code.PUBLISH_CHANGED,
                )
            )
    if problems:
        raise Refusal(problems, ExitCode.CONTENT)
    return LocalRelease(_files(record), folder, __version__, site_name(settings))


def kept_site(project: Path, settings: Settings, wanted: str) -> Path | None:
    """The folder of a release on this computer, by its id: the site as it is, or one that is kept."""
    folder = site_place(project, settings.site_dir).folder
    record = read_release(folder)
    there = [] if record is None else [(folder, record)]
    there += [(kept.folder, kept.release) for kept in Releases(project / RELEASES).all()]
    for place, release in there:
        if release_id(_files(release)) == wanted:
            whole = all(
                os.path.lexists(place / path)
                and is_as_made(str(place / path), (place / path).lstat(), made)
                for path, made in release.files.items()
            )
            if whole:
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
