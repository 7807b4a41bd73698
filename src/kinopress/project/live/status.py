"""What is live, what a publication would change, and what waits for its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.forms.settings.output_folder import site_place
from kinopress.content.forms.settings.read import FILE
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Page
from kinopress.content.model.settings import PublishTo, Settings
from kinopress.content.relations.moved import address_of
from kinopress.content.rules.held import coming
from kinopress.problems import Problem, Refusal, Report
from kinopress.project.clients.overdue import about_overdue
from kinopress.project.films.made.ready import read_clips
from kinopress.project.folder import only_run
from kinopress.project.live.encrypted import about_pages
from kinopress.project.live.places import in_words, target_of, where, with_remembered
from kinopress.project.live.planned import planned
from kinopress.project.live.publish import (
    SILENT_PUBLISHING,
    World,
    ask_the_site,
    films_nowhere,
    in_the_way,
)
from kinopress.project.live.site import built_site, elsewhere, film_pages
from kinopress.project.live.wish import Wish
from kinopress.project.made_from import is_built_from
from kinopress.project.read import read_project
from kinopress.publish.plan import LocalRelease, Publication
from kinopress.publish.record import Edition, HostRelease
from kinopress.system.release_record import read_release


@dataclass(frozen=True, slots=True)
class PlaceStatus:
    """One place to publish to.

    Attributes:
        name: Its name in the settings.
        place: What it is, in words.
        live: The release there; ``None``: nothing was published there yet.
        plan: What publishing the site that was built last would do; ``None``: none was built.
        shown: Whether the site's address shows that release; ``None``: it was not asked.
        problems: What is the matter.
    """

    name: str
    place: str
    live: Edition | None
    plan: Publication | None
    shown: bool | None
    problems: Report


@dataclass(frozen=True, slots=True)
class Status:
    """What readers have, and what they will get next.

    Attributes:
        places: Every place, or the one that was asked for.
        agenda: Pages that wait for a day, by that day, the next one first.
        drafts: Pages that are drafts, by file.
        report: The problems of the content.
        due: Pages that readers may see today and that are not in the site that was built last.
        saved_since: Files that were saved since that build, by path.
        encrypted: What is to be said of encrypted pages that should not be where they are.
        overdue: What is to be said of clients' plans whose day has come.
    """

    places: tuple[PlaceStatus, ...]
    agenda: Mapping[dt.date, Sequence[Page]]
    drafts: tuple[str, ...]
    report: Report
    due: tuple[Page, ...] = ()
    saved_since: tuple[str, ...] = ()
    encrypted: tuple[str, ...] = ()
    overdue: tuple[str, ...] = ()


def status(project: Path, to: str | None = None, world: World | None = None) -> Status:
    """Look at every place, or one; changes nothing there.

    Raises:
        Refusal: settings (exit code 2); a place that is named cannot be asked (4), busy (5).
    """
    world = world or World()
    library, report = read_project(project)
    settings = library.settings
    wanted = [place for place in settings.publish.values() if to in {None, place.name}]
    if not wanted and to is not None:
        from kinopress.project.live.places import choose  # noqa: PLC0415 - it says what is meant

        choose(settings, to)
    with only_run(project, "looking at what is published"):
        try:
            clips = read_clips(project, library)
            films = elsewhere(library, clips)
            local: LocalRelease | None = built_site(project, settings, films, film_pages(clips))
        except Refusal:
            local = None
        places = tuple(_look(project, settings, place, local, world) for place in wanted)
    encrypted = tuple(about_pages(project, settings, library.today))
    drafts = sorted(page.path for page in library.held.values() if page.draft)
    due, saved = ((), ()) if local is None else _not_built(project, library)
    overdue = tuple(about_overdue(project, library))
    return Status(places, coming(library), tuple(drafts), report, due, saved, encrypted, overdue)


def _broke_off(place: PublishTo) -> Problem:
    """Only where pages change one after another; elsewhere a run that breaks off changes nothing for readers."""
    return Problem(
        where(place),
        "the last publication there was ended on its way, so readers may meet pages of two releases",
        "run kinopress publish again: it puts every page right",
        Code.PUBLISH_BROKE_OFF,
        severity="warning",
    )


def _not_built(project: Path, library: Library) -> tuple[tuple[Page, ...], tuple[str, ...]]:
    """Pages that are due and not in the site that was built last, and files that were saved since."""
    release = read_release(site_place(project, library.settings.site_dir).folder)
    saved: tuple[str, ...] = ()
    # From the same sources only the day can have brought a page.
    if release is not None and not is_built_from(project, release.digest):
        pages = {page.path for page in (*library.pages.values(), *library.held.values())}
        films = {film.path for film in library.films.values()}
        others = {FILE, *library.assets, *_data_files(project)}
        saved = tuple(
            path
            for path in sorted(pages | films | others)
            if _saved_s(project / path) > release.made_s > 0
        )
    due = sorted(
        (
            page
            for page in library.pages.values()
            if page.date is not None
            and release is not None
            and f"{address_of(page)}/index.html" not in release.files
        ),
        key=lambda page: (page.date or dt.date.min, page.title),
    )
    return tuple(due), saved


def _data_files(project: Path) -> Iterator[str]:
    for file in (project / "docs/data").glob("*"):
        yield file.relative_to(project).as_posix()


def _saved_s(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:  # a film that is on another computer
        return 0.0


def _look(
    project: Path, settings: Settings, place: PublishTo, local: LocalRelease | None, world: World
) -> PlaceStatus:
    problems = Report()
    host: HostRelease | None = None
    plan, shown = None, None
    try:
        with in_words(place, project):
            target = target_of(place, project, world.environment)
            # Whoever only reads holds nothing there; git reads through a repository of our own, here.
            with target.lock() if place.repository is not None else nullcontext():
                host = with_remembered(project, place, target.read_record())
                if host is not None and host.live is not None and host.begun:
                    problems.extend([_broke_off(place)])
                if local is not None:
                    plan = planned(target, local, host, world.now)
                    problems.extend(in_the_way(plan, place))
                    problems.extend(films_nowhere(plan, place, local))
    except Refusal as refusal:
        problems.extend(refusal.problems)
    address = world.address or settings.site_url
    live = host.live if host is not None else None
    if live is not None and address and place.zip is None:
        alone = Publication(HostRelease(), (), HostRelease((live,)))
        found = ask_the_site(address, alone, place, Wish(wait_s=0), SILENT_PUBLISHING, world)
        problems.extend(found)
        shown = not found
    return PlaceStatus(place.name, where(place), live, plan, shown, problems)
