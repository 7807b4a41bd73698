"""Building, publishing, and asking the site whether readers get it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

from kinopress.codes import Code
from kinopress.content.forms.settings.read import read_settings
from kinopress.content.model.pages import Page
from kinopress.content.model.settings import PublishTo, Settings
from kinopress.content.rules.held import coming
from kinopress.problems import ExitCode, Problem, Refusal, Report
from kinopress.project.events import Listener, Silent
from kinopress.project.films.made.list import read_records
from kinopress.project.folder import cannot_write, only_run
from kinopress.project.live.encrypted import (
    Moved,
    listed_to_anybody,
    move_pages,
    remove_first,
    removed_anyway,
)
from kinopress.project.live.notes import write_notes
from kinopress.project.live.places import (
    choose,
    in_words,
    remember,
    target_of,
    wait_s,
    where,
    with_remembered,
)
from kinopress.project.live.planned import planned
from kinopress.project.live.site import built_site, elsewhere, film_pages, refuse_private
from kinopress.project.live.wish import Wish
from kinopress.publish.answers import Ask, complaints, over_http, sample, wait_until_live
from kinopress.publish.limits import beyond
from kinopress.publish.plan import LocalRelease, Publication, Step
from kinopress.publish.record import HostFile, HostRelease, is_page
from kinopress.publish.target import HostError, Target

_SHOWN_MAX = 20


class PublishListener(Listener, Protocol):
    """Is told how a publication comes along as well; may end it by raising ``Cancelled``."""

    def sent(self, done_bytes: int, of_bytes: int) -> None:
        """So many bytes of those that have to be sent are on the host."""

    def waiting(self, left_s: float) -> None:
        """The site does not show the release yet; it is asked again, for so many seconds."""


class SilentPublishing(Silent):
    """Nobody listens."""

    def sent(self, done_bytes: int, of_bytes: int) -> None:
        """Nobody listens."""

    def waiting(self, left_s: float) -> None:
        """Nobody listens."""


SILENT_PUBLISHING = SilentPublishing()


@dataclass(frozen=True, slots=True)
class Published:
    """What became of it.

    Attributes:
        report: Every problem; with errors of the content nothing was published.
        place: Where to, in words.
        id: The release's id.
        plan: What was done, or would be; ``None``: it did not come to that.
        done: Whether the host has the release now.
        live: Whether the site shows it; ``None``: it was not asked.
        address: The site's address.
        new_pages: Pages that readers did not have before, by path.
        changed_pages: Pages whose words or looks changed.
        since: When the release before was published.
        noted: Notes of films that were written beside their pages, relative to the project.
        agenda: Pages that a later publication gives to readers, by the first day on which one does.
        was_taken_back: It is the release that a rollback took from readers, and was not given to them again.
        page_by_page: The place cannot change several pages in one step, and had to.
        pages: What became of encrypted pages, which are part of no release.
    """

    report: Report
    place: str = ""
    id: str = ""
    plan: Publication | None = None
    done: bool = False
    live: bool | None = None
    address: str | None = None
    new_pages: tuple[str, ...] = ()
    changed_pages: tuple[str, ...] = ()
    since: datetime | None = None
    noted: tuple[str, ...] = ()
    agenda: Mapping[date, Sequence[Page]] = field(default_factory=dict)
    was_taken_back: bool = False
    page_by_page: bool = False
    pages: Moved = field(default_factory=Moved)


@dataclass(frozen=True, slots=True)
class World:
    """What a publication asks of the world around it; a test gives another one."""

    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ask: Ask = over_http
    address: str | None = None
    """Where to ask whether the site is live, if not at ``site_url``."""


def publish(
    project: Path,
    wish: Wish,
    listener: PublishListener = SILENT_PUBLISHING,
    world: World | None = None,
) -> Published:
    """Build what has changed and publish it.

    Args:
        project: The project's folder.
        wish: What is wanted.
        listener: Is told how it comes along.
        world: The world around.

    Raises:
        Refusal: settings (exit code 2), environment (3), the host (4), busy (5).
    """
    world = world or World()
    settings = read_settings(project)
    place = choose(settings, wish.to)
    return removing_first(
        project,
        settings,
        place,
        wish,
        world,
        lambda: _published(project, settings, place, wish, listener, world),
    )


def removing_first(
    project: Path,
    settings: Settings,
    place: PublishTo,
    wish: Wish,
    world: World,
    go: Callable[[], Published],
) -> Published:
    """Remove encrypted pages that are over or withdrawn, and only then do the rest, which may come to nothing.

    Raises:
        Refusal: as :func:`publish`; what was removed is said.
    """
    if wish.dry_run:
        return go()
    away = remove_first(project, settings, place, world.environment, world.now())
    try:
        done = go()
    except Refusal as refusal:
        said = [*refusal.problems, *removed_anyway(place, away)]
        raise Refusal(said, refusal.exit_code) from None
    return replace(done, pages=away.then(done.pages))


def _published(
    project: Path,
    settings: Settings,
    place: PublishTo,
    wish: Wish,
    listener: PublishListener,
    world: World,
) -> Published:
    from kinopress.project.build import build  # noqa: PLC0415 - what only knows a publication makes no page

    built = build(project, listener, quick=wish.quick)
    if built.report.errors:
        return Published(built.report, where(place))
    with only_run(project, "publishing the site"):
        films = elsewhere(built.library, built.clips)
        local = built_site(project, settings, films, film_pages(built.clips))
        done = carry_out(project, settings, place, local, wish, listener, world, built.report)
        done = replace(done, agenda=coming(built.library))
        if wish.dry_run or done.was_taken_back or place.zip is not None:
            return done
        noted, problems = write_notes(project, built.library, built.clips)
        done.report.extend(problems)
        return replace(done, noted=noted)


def carry_out(
    project: Path,
    settings: Settings,
    place: PublishTo,
    local: LocalRelease,
    wish: Wish,
    listener: PublishListener,
    world: World,
    report: Report,
) -> Published:
    """Publish a release; only for whoever holds the project.

    Raises:
        Refusal: as :func:`publish`.
    """
    with in_words(place, project):
        target = target_of(place, project, world.environment)
        with target.lock():
            host = with_remembered(project, place, target.read_record())
            plan = planned(
                target, local, host, world.now, clear=wish.clear, takes_back=wish.takes_back
            )
            if wish.due and host is not None and host.taken_back == local.id:
                # Whatever else waits: what is to go goes on its day.
                pages = move_pages(
                    project, settings, place, target, world.now(), dry_run=wish.dry_run
                )
                report.extend(pages.problems)
                return Published(
                    report, where(place), local.id, plan, was_taken_back=True, pages=pages
                )
            _refuse(plan, place, project, target, local, adopt=wish.adopt)
            if local.folder is None and any(step.sent for step in plan.steps):
                what = "files of the earlier release have gone from there in the meantime"
                raise HostError(what, "run this again")
            refuse_private(plan, local, project)
            if not (wish.dry_run or plan.nothing_to_do):
                told = _told(plan, listener)
                target.send(plan, local, told)
                target.switch(plan, local, told)
                report.extend(_noted(project, place, plan))
            pages = move_pages(
                project,
                settings,
                place,
                target,
                world.now(),
                theirs=plan.theirs,
                ours=local.files,
                dry_run=wish.dry_run,
            )
            report.extend(pages.problems)
    # What a build alone cannot know is known now: the place has those films.
    report.problems = [p for p in report.problems if p.code != Code.FILM_ELSEWHERE]
    report.extend(_about_terms(target, settings, place))
    report.extend(_about_plans(target, plan, place))
    done = not wish.dry_run
    live, address = None, world.address or settings.site_url
    if done and address and place.zip is None:
        problems = ask_the_site(address, plan, place, wish, listener, world)
        report.extend(problems)
        live = not problems
        report.extend(listed_to_anybody(address, pages.numbers, world.ask))
    new, changed = _pages(plan, host)
    since = host.live.published if host is not None and host.live is not None else None
    return Published(
        report,
        where(place),
        local.id,
        plan,
        done,
        live,
        address,
        new,
        changed,
        since,
        page_by_page=place.bucket is not None and bool(changed),
        pages=pages,
    )


def _noted(project: Path, place: PublishTo, plan: Publication) -> list[Problem]:
    """Keep a copy of the record; the site is live by now, so without one that is only a warning."""
    try:
        remember(project, place, plan.settled)
    except OSError as error:
        named = Path(str(error.filename)) if error.filename else project
        (problem,) = cannot_write(named, error).problems
        what = f"the site is published, but this computer could not keep a note of it: {problem.message}"
        return [replace(problem, message=what, severity="warning")]
    return []


def _told(plan: Publication, listener: PublishListener) -> Callable[[Step, bool], None]:
    done = 0

    def told(step: Step, sent: bool) -> None:
        nonlocal done
        if step.sent:
            done += step.file.size_bytes
            listener.sent(done, plan.sends_bytes)

    return told


def ask_the_site(
    address: str,
    plan: Publication,
    place: PublishTo,
    wish: Wish,
    listener: PublishListener,
    world: World,
) -> list[Problem]:
    """Warnings about what readers do not get as they should."""
    files: Mapping[str, HostFile] = plan.release.files()
    wanted = plan.release.id or ""
    seconds = wait_s(place) if wish.wait_s is None else wish.wait_s
    why = wait_until_live(
        address,
        wanted,
        wait_s=seconds,
        ask=world.ask,
        still=lambda _, left: listener.waiting(left),
    )
    if why:
        return [
            Problem(
                address,
                f"readers may not have the release yet: {why}",
                "wait a few minutes, then open this address; if it stays so, check the settings of the host",
                Code.PUBLISH_NOT_LIVE,
                severity="warning",
            )
        ]
    new = [step.path for step in plan.steps]
    return [
        Problem(
            at,
            what,
            "check the settings of the host, then open this address again",
            Code.PUBLISH_NOT_LIVE,
            severity="warning",
        )
        for at, what in complaints(address, files, sample(files, new), world.ask)
    ]


def _refuse(
    plan: Publication,
    place: PublishTo,
    project: Path,
    target: Target,
    local: LocalRelease,
    *,
    adopt: bool,
) -> None:
    """Everything in the way, before the first byte.

    Raises:
        Refusal: with exit code 4.
    """
    if plan.other_site and not adopt:
        problem = Problem(
            where(place),
            f"another site is published there: {plan.other_site}",
            "name another place; or, if it is this one and only its address has changed, add --adopt",
            Code.PUBLISH_OTHER_SITE,
        )
        raise Refusal([problem], ExitCode.PUBLISH)
    problems = in_the_way(plan, place) + films_nowhere(plan, place, local)
    films = {
        record.folder.rpartition("/")[2]: slug for slug, record in read_records(project).items()
    }
    for limit in beyond(target.limits, _files_there(plan, place)):
        if not limit.stops:
            continue
        folder = (limit.path or "").split("/")[1:2]
        slug = films.get(folder[0]) if folder else None
        problems.append(
            Problem(
                where(place) if limit.path is None else f"the film {slug}" if slug else limit.path,
                limit.what,
                "shorten the film with trim, lower short_side_max_px under video in mkdocs.yml, or choose another host"
                if slug
                else f"choose another host ({target.limits.source} gives its limits)",
                Code.PUBLISH_LIMIT,
            )
        )
    if problems:
        raise Refusal(problems, ExitCode.PUBLISH)


def films_nowhere(plan: Publication, place: PublishTo, local: LocalRelease) -> list[Problem]:
    """The pages of films that are neither on this computer nor at a place."""
    pages = {local.elsewhere[step.path] for step in plan.steps if step.path in local.elsewhere}
    return [
        Problem(
            page,
            f"its film is neither on this computer nor whole at {where(place)}",
            "publish there once from the computer that has the film, or copy the film here;"
            f" its name is that of the page, {Path(page).stem}",
            Code.PUBLISH_FILM,
        )
        for page in sorted(pages)
    ]


def in_the_way(plan: Publication, place: PublishTo) -> list[Problem]:
    """The files at a place that nobody may overwrite and the release must write."""
    found = [
        *(
            (
                path,
                "Kinopress did not put this there, and the site must write it",
                "move it away, or choose another place",
            )
            for path in plan.in_the_way
        ),
        *(
            (
                path,
                "this file has been changed there since it was published, and the site must write it",
                "move it away, then publish again; what you want to keep of it belongs in your own files",
            )
            for path in plan.changed
        ),
    ]
    problems = [
        Problem(f"{where(place)}: {path}", what, hint, Code.PUBLISH_IN_THE_WAY)
        for path, what, hint in found[:_SHOWN_MAX]
    ]
    if len(found) > _SHOWN_MAX:
        problems.append(
            Problem(
                where(place),
                f"{len(found) - _SHOWN_MAX} more files there are in the way",
                "choose a place where nothing else is",
                Code.PUBLISH_IN_THE_WAY,
            )
        )
    return problems


def _files_there(plan: Publication, place: PublishTo) -> Mapping[str, HostFile]:
    return plan.release.files() if place.zip is not None else plan.all_files()


def _about_plans(target: Target, plan: Publication, place: PublishTo) -> list[Problem]:
    """What a host takes only from those who pay."""
    hint = f"make sure that you have one ({target.limits.source}), or choose another host"
    return [
        Problem(where(place), limit.what, hint, Code.PUBLISH_TERMS, severity="warning")
        for limit in beyond(target.limits, _files_there(plan, place))
        if not limit.stops
    ]


def _about_terms(target: Target, settings: Settings, place: PublishTo) -> list[Problem]:
    if not (target.limits.terms and settings.coach.booking_url):
        return []
    return [
        Problem(
            where(place),
            f"readers can book on this site, and {target.limits.host} is not for every site: {target.limits.terms}",
            f"read {target.limits.source} before you rely on it",
            Code.PUBLISH_TERMS,
            severity="warning",
        )
    ]


def _pages(plan: Publication, host: HostRelease | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    before: Mapping[str, HostFile] = {} if host is None else {**host.begun, **host.files()}
    pages = [(path, file) for path, file in sorted(plan.release.files().items()) if is_page(path)]
    new = tuple(path for path, _ in pages if path not in before)
    changed = tuple(path for path, file in pages if path in before and before[path] != file)
    return new, changed
