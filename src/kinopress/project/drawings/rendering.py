"""The second half of the one journey: what pages show is made, and then the pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from kinopress.content.model.library import Library
from kinopress.engines.colours import on_paper
from kinopress.media.clip import Clip
from kinopress.media.figure import Figure
from kinopress.pages.again import Renderings
from kinopress.pages.found.cards import COLOUR, cards_of
from kinopress.pages.published import Published
from kinopress.pages.render import render_site
from kinopress.pages.site import Site
from kinopress.pictures.cards.card import Ready
from kinopress.problems import Report
from kinopress.project.drawings.cards import ready_cards
from kinopress.project.drawings.figures import ready_figures
from kinopress.project.drawings.plates import ready_plates
from kinopress.project.events import Listener
from kinopress.project.publishing import publish
from kinopress.system.processors.shared import do_all


def render(
    project: Path,
    library: Library,
    clips: Mapping[str, Clip],
    report: Report,
    listener: Listener,
    told: Callable[[], AbstractContextManager[None]],
    *,
    draw: bool,
    base: str | None,
    preview: bool,
    renderings: Renderings | None,
    meanwhile: Callable[[], object] | None,
) -> Site | None:
    """Go from what was read, and the films, to finished pages in memory.

    Args:
        project: The project's folder.
        library: What the coach wrote.
        clips: The encoded films, by slug.
        report: What is known to be wrong; it gets what is found.
        listener: Is told how pictures come along.
        told: What refuses inside it is one more problem of a preview.
        draw: Draw what is not there yet.
        base: See :func:`.prepare`, as for the rest.
        preview: Show whatever can be shown.
        renderings: What was rendered the last time; it gets what is rendered now.
        meanwhile: Is done while other processes render, if there are any.

    Returns:
        ``None`` where a mistake ended the journey.

    Raises:
        Refusal: environment (3) or busy (5).
    """
    published = Published()
    with told():
        published, problems = publish(project, library, listener.pictures)
        report.extend(p for p in problems if p not in report.problems)
    if report.errors and not preview:
        return None
    figures: dict[str, Figure] = {}
    with told():
        figures, problems = ready_figures(project, library, listener.figures, draw=draw)
        report.extend(problems)
    if report.errors and not preview:
        return None
    plates = ready_plates(library)
    cards: dict[str, Ready] = {}
    if not preview:  # nobody shares the address of a preview
        chosen = library.settings.colour
        colour = on_paper(chosen) if chosen else COLOUR
        wanted = cards_of(library, clips, figures, plates, colour)
        cards = ready_cards(project, wanted, listener.pictures, draw=draw)
    shown = report.errors if preview else ()
    return render_site(
        library,
        clips,
        project,
        shown,
        base=base,
        published=published,
        figures=figures,
        plates=plates,
        do_all=partial(do_all, meanwhile=meanwhile),
        cards=cards,
        renderings=renderings,
    )
