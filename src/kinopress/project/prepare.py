"""The one journey of a project to its pages: read, check, encode, publish, render, look for private data.

Every door goes this way: ``build``, ``stage``, the preview, and plain ``mkdocs build``. So what one
of them finds, all of them find.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kinopress.content.forms.read_later import read_fronts_later
from kinopress.content.model.library import Library
from kinopress.content.source.kept_pages import KeptPages
from kinopress.media.clip import Clip
from kinopress.problems import Refusal, Report
from kinopress.project.check import check_project, look_on
from kinopress.project.events import SILENT, Listener
from kinopress.project.films.made.ready import read_clips
from kinopress.project.folder import cannot_write
from kinopress.project.read import read_project
from kinopress.project.remembered.read import beside_pages

if TYPE_CHECKING:  # slow to load, see _load_what_renders
    from kinopress.pages.again import Renderings
    from kinopress.pages.site import Site


@dataclass(slots=True)
class Preparation:
    """How far a project came on its way.

    Attributes:
        library: What the coach wrote.
        report: Every problem found.
        clips: The encoded films, by slug.
        site: The pages; ``None`` where a mistake, or an answer of ``enough``, ended the journey.
    """

    library: Library
    report: Report
    clips: dict[str, Clip] = field(default_factory=dict)
    site: Site | None = None


def prepare(
    project: Path,
    listener: Listener = SILENT,
    *,
    encode: bool = True,
    quick: bool = False,
    base: str | None = None,
    preview: bool = False,
    enough: Callable[[Preparation], bool] | None = None,
    look_for_private_data: bool = True,
    today: dt.date | None = None,
    renderings: Renderings | None = None,
    known: KeptPages | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> Preparation:
    """Go from the coach's files to finished pages in memory.

    Args:
        project: The project's folder.
        listener: Is told how films and pictures come along.
        encode: Make films that are new; otherwise those encoded so far are shown.
        quick: Make only what is needed to publish; the next run makes the rest.
        base: The path of the site on its host, as pages of a plain tree need it; ``None``: addresses are
            relative, so that the site may be in any folder.
        preview: Show whatever can be shown, drafts included, mistakes or not.
        enough: Asked when the films are known; ``True`` ends the journey there.
        look_for_private_data: Look through the files that would be published. A build looks
            through all that its engine wrote instead.
        today: The day it is; by default the one in the coach's time zone.
        renderings: What was rendered the last time; it gets what is rendered now.
        known: Pages that were read before; it gets those that are read now.
        meanwhile: What whoever asked needs next; it is done while other processes render, if there are any.

    Returns:
        How far it came. A mistake ends the journey, but not that of a preview.

    Raises:
        Refusal: settings (exit code 2), environment (3) or busy (5); in a preview the last two are
            problems like others.
    """
    beside = beside_pages(project) if known is not None or renderings is not None else None
    if known is not None:
        known.beside = beside or ""
    read = read_project if encode else check_project
    library, report = read(
        project,
        show_held=preview,
        today=today,
        known=known,
        meanwhile=_load_what_renders,
    )
    prepared = Preparation(library, report)
    if report.errors and not preview:
        if encode:
            look_on(project, library, report)  # as a check does: every problem in one run
        return prepared
    if known is not None:
        read_fronts_later(library, project)
    with _told(report, project, preview=preview):
        _add_films(project, prepared, listener, encode=encode, quick=quick, patient=not preview)
    if report.errors and not preview:
        if encode:
            look_on(project, library, report)  # films without a page, and those that came after
        return prepared
    if enough and enough(prepared):
        return prepared
    # Loaded by now, see above.
    from kinopress.project.drawings.rendering import render  # noqa: PLC0415

    if renderings is not None:
        renderings.beside = beside or ""
        if beside is None:
            renderings.last = {}
    prepared.site = render(
        project,
        library,
        prepared.clips,
        report,
        listener,
        partial(_told, report, project, preview=preview),
        draw=encode,
        base=base,
        preview=preview,
        renderings=renderings,
        meanwhile=meanwhile,
    )
    if prepared.site is not None and look_for_private_data:
        from kinopress.privacy.walk import private_files  # noqa: PLC0415 - a build looks otherwise

        report.extend(private_files(prepared.site.files, project))
    return prepared


def _load_what_renders() -> None:
    """It takes longer to load than a hundred pages to read, which other processes do meanwhile."""
    import kinopress.project.drawings.rendering  # noqa: PLC0415, F401


def _add_films(
    project: Path,
    prepared: Preparation,
    listener: Listener,
    *,
    encode: bool,
    quick: bool,
    patient: bool,
) -> None:
    if not encode:
        prepared.clips = read_clips(project, prepared.library)
    elif prepared.library.films:
        # Opening films loads FFmpeg's libraries: a site without films need not wait for them.
        from kinopress.project.films.encode import encode_films  # noqa: PLC0415

        prepared.clips, problems, _ = encode_films(
            project, prepared.library, listener, quick=quick, patient=patient
        )
        prepared.report.extend(problems)


@contextmanager
def _told(report: Report, project: Path, *, preview: bool) -> Iterator[None]:
    """What ends a build is one more problem of a preview."""
    try:
        yield
    except Refusal as refusal:
        if not preview:
            raise
        report.extend(refusal.problems)
    except OSError as error:
        unwritten = cannot_write(Path(str(error.filename or project)), error)
        if not preview:
            raise unwritten from None
        report.extend(unwritten.problems)
