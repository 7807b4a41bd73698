"""Nothing to do: told by stamps alone, before anything is loaded that reads pages.

A build notes what whoever builds again is to be told, should nothing have changed by then. What it is made from is looked
at by :mod:`kinopress.project.made_from`; what else a check looks at is here: the films that were encoded, the
files of clients, what was published from this computer, and the day.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from kinopress.codes import Code
from kinopress.content.forms.settings.output_folder import site_place
from kinopress.content.model.kinds import LISTED
from kinopress.media.note import ENDING as NOTE_ENDING
from kinopress.problems import Problem, Report
from kinopress.project.films.made.list import LIST, TRACKS
from kinopress.project.folder import MEDIA
from kinopress.project.live.known import REMEMBERED
from kinopress.project.made_from import (
    Look,
    Looking,
    are_still,
    look_at,
    look_at_clients,
    read_noted,
)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A site that is as a build would make it.

    Attributes:
        site: Its folder.
        report: Every problem that a build would find; none is an error.
        counts: How many pages of each kind are shown, and how many are held back.
    """

    site: Path
    report: Report
    counts: Mapping[str, int]


def nothing_new(project: Path, today: dt.date | None = None) -> Unchanged | None:
    """What to say when nothing has changed since the last build; ``None`` where something has, or where it is not known.

    Args:
        project: The project's folder.
        today: The day it is; by default the one in the coach's time zone.
    """
    try:
        return _nothing_new(project, today)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None  # a note that is no use: a build finds out


def _nothing_new(project: Path, today: dt.date | None) -> Unchanged | None:
    noted = read_noted(project)
    if noted is None or not noted.alone or not noted.said:
        return None
    said = noted.said
    day = today or dt.datetime.now(ZoneInfo(said["timezone"])).date()
    if day.isoformat() != said["day"] or not noted.is_of(look_at(project)):
        return None
    if said["of_clients"] != look_at_clients(project, said["clients"]).digest:
        return None
    beside = looked_at_beside(project, said["site_dir"])
    if said["beside"] != beside.digest or not are_still(said["fresh"]):
        return None
    place = site_place(project, said["site_dir"])
    if place.is_of_another() or place.release() != noted.release or not place.is_whole():
        return None
    problems = [Problem(**{**one, "code": Code.named(one["code"])}) for one in said["problems"]]
    return Unchanged(project / said["site_dir"], Report(problems), said["counts"])


def to_say(
    problems: Iterable[Problem],
    counts: Mapping[str, int],
    *,
    day: dt.date,
    timezone: str,
    site_dir: str,
    clients: str,
    of_clients: Look,
    beside: Look,
) -> dict[str, object]:
    """What :func:`nothing_new` needs, as plain values.

    Args:
        problems: What a build finds when nothing has changed.
        counts: How many pages of each kind are shown, and how many are held back.
        day: The day on which it was built.
        timezone: The settings' name of the coach's time zone.
        site_dir: The settings' folder of the site.
        clients: The settings' folder of clients.
        of_clients: What :func:`.look_at_clients` gave before anything was read.
        beside: What :func:`looked_at_beside` gave.
    """
    return {
        "problems": [asdict(problem) for problem in problems],
        "counts": dict(counts),
        "day": day.isoformat(),
        "timezone": timezone,
        "site_dir": site_dir,
        "clients": clients,
        "of_clients": of_clients.digest,
        "beside": beside.digest,
        "fresh": dict(beside.fresh),
    }


def looked_at_beside(project: Path, site_dir: str) -> Look:
    """Look at what a check looks at beside the sources.

    Args:
        project: The project's folder.
        site_dir: The settings' folder of the site, of which a check looks which pages there are.
    """
    looking = Looking()
    for file in _beside(project):
        looking.at(str(file))
    for file in sorted((project / MEDIA).rglob("*")):
        looking.at(str(file), is_film=True)
    for row in LISTED:
        try:
            with os.scandir(project / site_dir / row.site) as entries:
                looking.note(f"{row.site}: {sorted(entry.name for entry in entries)}")
        except OSError:
            looking.note(f"{row.site}: none")
    return looking.look()


def _beside(project: Path) -> Iterator[Path]:
    yield project / LIST
    yield from sorted((project / REMEMBERED).glob("published-*.json"))
    yield from sorted((project / "videos").glob(f"*{NOTE_ENDING}"))
    yield from sorted((project / TRACKS).rglob("*"))
