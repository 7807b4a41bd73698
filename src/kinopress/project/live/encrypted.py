"""Encrypted pages go out with a publication, and those whose time is over, or that were withdrawn, are removed.

They are part of no release: no record names them, and neither a rollback nor a release that is kept has any. What was put
where is noted before anything is sent, so that a run that broke off leaves nothing that is not known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from kinopress.codes import Code
from kinopress.content.model.settings import PublishTo, Settings
from kinopress.problems import Problem
from kinopress.project.clients.share import keeps_all
from kinopress.project.clients.shared_pages import (
    OutThere,
    Put,
    SharedPage,
    live_pages,
    read_out_there,
    write_out_there,
)
from kinopress.project.live.places import place_key, where
from kinopress.publish.target import Beside, Target


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of encrypted pages at a place.

    Attributes:
        put: How many came.
        removed: How many went.
        there: How many there are in the end.
        problems: Warnings.
    """

    put: int = 0
    removed: int = 0
    there: int = 0
    problems: tuple[Problem, ...] = ()

    def in_words(self, *, would: bool = False) -> str:
        """What became of them, in a sentence; empty where nothing did. ``would``: it was only looked at."""
        verb = "would be " if would else ""
        done = [
            f"{number} encrypted page{'' if number == 1 else 's'} {verb}{word}"
            for number, word in ((self.put, "put there"), (self.removed, "removed"))
            if number
        ]
        return f"{' and '.join(done)}; {self.there or 'none'} in all." if done else ""


def move_pages(
    project: Path,
    settings: Settings,
    place: PublishTo,
    target: Target,
    now: dt.datetime,
    *,
    dry_run: bool = False,
) -> Moved:
    """Put encrypted pages at a place and remove those whose time is over; only for whoever holds place and project.

    Raises:
        HostError: the place does not do it; what it has is noted.
        Refusal: the list of what is out there is damaged (exit code 3).
        OSError: a file cannot be read, or the list not be written.
    """
    wanted = {page.number: page for page in live_pages(project, _today(settings, now))}
    places = read_out_there(project)
    key = place_key(place)
    out = places.get(key, OutThere(where(place)))
    if not isinstance(target, Beside):
        return Moved(problems=_nowhere(place, wanted))
    gone = [number for number in out.pages if number not in wanted]
    new = [page for number, page in wanted.items() if not _is_whole(out.pages.get(number))]
    if not dry_run and (gone or new):
        # Away first: should the rest fail, at least that is done.
        target.remove_beside([path for number in gone for path in out.pages[number].paths])
        pages = {number: put for number, put in out.pages.items() if number in wanted}
        pages |= {page.number: Put(_in_order(page), page.until, False) for page in new}
        _note(project, places, key, out, pages)
        for page in new:
            target.put_beside(page.folder, _in_order(page))
            pages[page.number] = replace(pages[page.number], whole=True)
        _note(project, places, key, out, pages)
    return Moved(len(new), len(gone), len(wanted))


def _note(
    project: Path,
    places: dict[str, OutThere],
    key: str,
    out: OutThere,
    pages: Mapping[str, Put],
) -> None:
    places[key] = replace(out, pages=dict(pages))
    write_out_there(project, places)


def _is_whole(put: Put | None) -> bool:
    return put is not None and put.whole


def _in_order(page: SharedPage) -> tuple[str, ...]:
    """The page itself last: it asks for the others."""
    return tuple(sorted(page.files, key=lambda path: (path.endswith(".html"), path)))


def _today(settings: Settings, now: dt.datetime) -> dt.date:
    return now.astimezone(ZoneInfo(settings.timezone)).date()


def _nowhere(place: PublishTo, wanted: Mapping[str, SharedPage]) -> tuple[Problem, ...]:
    if not wanted:
        return ()
    return (
        Problem(
            where(place),
            f"no encrypted page was put there: {keeps_all(place)}",
            "hand the plan over as a file (kinopress plan make), or publish to a server, a bucket or a folder as well",
            Code.CLIENT_SHARE_PLACE,
            severity="warning",
        ),
    )
