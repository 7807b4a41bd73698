"""An earlier release live again, from what the host has kept or, where it keeps nothing, from this computer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.forms.settings.read import read_settings
from kinopress.content.model.settings import PublishTo, Settings
from kinopress.problems import ExitCode, Problem, Refusal, Report, quoted
from kinopress.project.folder import only_run
from kinopress.project.live.places import choose, in_words, target_of, where
from kinopress.project.live.planned import planned
from kinopress.project.live.publish import (
    SILENT_PUBLISHING,
    Published,
    PublishListener,
    World,
    carry_out,
    removing_first,
)
from kinopress.project.live.site import kept_site, site_name
from kinopress.project.live.wish import Wish
from kinopress.publish.plan import LocalRelease
from kinopress.publish.record import Edition


def earlier_releases(
    project: Path, to: str | None = None, world: World | None = None
) -> tuple[Edition, ...]:
    """The releases whose files a place has: the live one, then those before it.

    Raises:
        Refusal: settings (exit code 2), the host (4), busy (5).
    """
    place = choose(read_settings(project), to)
    with in_words(place, project):
        target = target_of(place, project, (world or World()).environment)
        with target.lock():
            host = target.read_record()
    return () if host is None else host.editions


def roll_back(
    project: Path,
    wish: Wish,
    release: str | None = None,
    listener: PublishListener = SILENT_PUBLISHING,
    world: World | None = None,
) -> Published:
    """Make an earlier release live again; the one that is live now stays the one before it.

    Args:
        project: The project's folder.
        wish: Where, and how long to wait.
        release: How the id of the release begins; ``None``: the one before the live one.
        listener: Is told how it comes along.
        world: The world around.

    Raises:
        Refusal: there is no such release (exit code 2), or as :func:`~kinopress.project.live.publish.publish`.
    """
    world = world or World()
    settings = read_settings(project)
    place = choose(settings, wish.to)
    if place.zip is not None:
        raise _unknown(
            place,
            "nothing can be put back there: a zip file holds one release, the one that was published last",
            "upload the earlier zip file to your host again, if you have kept it",
        )
    return removing_first(
        project,
        settings,
        place,
        wish,
        world,
        lambda: _put_back(project, settings, place, wish, release, listener, world),
    )


def _put_back(
    project: Path,
    settings: Settings,
    place: PublishTo,
    wish: Wish,
    release: str | None,
    listener: PublishListener,
    world: World,
) -> Published:
    with only_run(project, "putting an earlier release back"):
        edition = _chosen(earlier_releases(project, place.name, world), release, place)
        local = LocalRelease(edition.files, None, edition.program, site_name(settings))
        with in_words(place, project):
            target = target_of(place, project, world.environment)
            with target.lock():
                host = target.read_record()
                known = {} if host is None else host.films
                films = {path: known[path] for path in known.keys() & edition.files}
                local = replace(local, films=films)
                plan = planned(target, local, host, world.now)
        if wanted := {step.path: step.file for step in plan.steps if step.sent}:
            folder = kept_site(project, settings, wanted)
            if folder is None:
                raise _unknown(
                    place,
                    "some files of that release are neither there nor on this computer",
                    "choose another one with kinopress rollback --list, or publish again",
                )
            local = replace(local, folder=folder)
        wish = replace(wish, takes_back=True)
        return carry_out(project, settings, place, local, wish, listener, world, Report())


def _chosen(editions: tuple[Edition, ...], release: str | None, place: PublishTo) -> Edition:
    if release is None:
        if len(editions) < 2:
            raise _unknown(place, "there is no earlier release", "publish at least twice first")
        return editions[1]
    found = [one for one in editions if one.id.startswith(release)] if release else []
    if len(found) != 1:
        raise _unknown(
            place,
            f"no release there is called {quoted(release)}",
            "kinopress rollback --list shows them",
        )
    return found[0]


def _unknown(place: PublishTo, what: str, hint: str) -> Refusal:
    return Refusal([Problem(where(place), what, hint, Code.ROLLBACK_UNKNOWN)], ExitCode.USAGE)
