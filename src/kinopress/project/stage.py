"""Writing the finished pages as a plain tree that another engine can build."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from kinopress.codes import Code
from kinopress.content.forms.settings.output_folder import output_problem
from kinopress.content.forms.settings.read import read_settings
from kinopress.content.model.library import Library
from kinopress.engines.plain import stage, stage_place
from kinopress.pages.site import Site
from kinopress.problems import ExitCode, Problem, Refusal, Report
from kinopress.project.events import SILENT, Listener
from kinopress.project.folder import cannot_write
from kinopress.project.placing import digests, put_in_place, tell
from kinopress.project.prepare import Preparation, prepare
from kinopress.system.release import Place


def stage_project(
    project: Path, folder: Path, listener: Listener = SILENT
) -> tuple[Library, Report]:
    """Write the plain tree into a folder that is new, empty, or was staged before.

    Args:
        project: The project's folder.
        folder: Where the tree goes, as the person named it.
        listener: Is told how films and pictures come along.

    Returns:
        The library, and every problem; after errors nothing was written.

    Raises:
        Refusal: settings or folder (exit code 2), environment (3), busy (5).
    """
    target = folder.absolute()
    wrong = output_problem(project, str(target))
    if wrong:
        wrong = wrong.replace("the site", "the pages")
        raise Refusal(
            [Problem(str(folder), wrong, "name an empty folder or a new one", Code.STAGE_FOLDER)],
            ExitCode.USAGE,
        )
    base = urlsplit(read_settings(project).site_url or "").path.rstrip("/") + "/"
    try:
        place = stage_place(project, target)
        if not place.is_ours():
            raise Refusal([_not_ours(folder)], ExitCode.USAGE)
        prepared = prepare(project, listener, base=base)
        if prepared.site is not None and not prepared.report.errors:
            _write(place, prepared, prepared.site, project)
    except OSError as error:
        raise cannot_write(Path(str(error.filename or target)), error) from None
    return prepared.library, prepared.report


def _write(place: Place, prepared: Preparation, site: Site, project: Path) -> None:
    prepared.report.extend(tell(place.recover(), place, project))
    with place.workshop() as made:
        stage(site, prepared.library, made)
        known = digests(site.files, prepared.clips.values())
        known = {f"docs/{path}": sha256 for path, sha256 in known.items()}
        prepared.report.extend(put_in_place(place, made, known, project, Code.STAGE_NOT_EMPTY))


def _not_ours(folder: Path) -> Problem:
    return Problem(
        str(folder),
        "this folder already contains other things",
        "name an empty folder or a new one",
        Code.STAGE_NOT_EMPTY,
    )
