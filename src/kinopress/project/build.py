"""Checking, encoding, building aside and putting in place whole."""

from __future__ import annotations

import contextlib
import errno
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.forms.settings.output_folder import site_place
from kinopress.content.forms.settings.read import FILE, read_settings
from kinopress.content.model.library import Library
from kinopress.content.rules.held import count
from kinopress.content.source.kept_pages import KeptPages
from kinopress.engines.memory import Memory, read_memory, write_memory
from kinopress.media.clip import Clip
from kinopress.pages.again import Renderings
from kinopress.pictures.store import LOOKED, forget_damaged
from kinopress.problems import ExitCode, Problem, Refusal, Report
from kinopress.project.drawings.cards import LIST as CARDS
from kinopress.project.events import SILENT, Listener
from kinopress.project.films.made.list import LIST as FILMS
from kinopress.project.folder import MEDIA, cannot_write, only_run
from kinopress.project.made_from import (
    STAMP,
    Look,
    Noted,
    look_at,
    look_at_clients,
    programs,
    read_noted,
    write_noted,
)
from kinopress.project.placing import digests, of_another, put_in_place, tell
from kinopress.project.prepare import Preparation, prepare
from kinopress.project.read import gone_pages
from kinopress.project.remembered.read import READ, read_before
from kinopress.project.remembered.rendered import RENDERED, read_renderings, write_renderings
from kinopress.project.telling.unchanged import looked_at_beside, to_say
from kinopress.system.processors.memory import give_back
from kinopress.system.release_record import read_release
from kinopress.system.stamps import HASHES_NAME, forget_hashes

PAGES = Path(".kinopress/cache/pages.json")
"""What the last build made of each page."""


@dataclass(frozen=True, slots=True)
class Built:
    """What became of a build.

    Attributes:
        library: What the coach wrote.
        report: Every problem found.
        ``anew``: A site was put in place; ``False``: nothing had changed, or there were errors.
        clips: The films that the pages show, by slug.
    """

    library: Library
    report: Report
    anew: bool
    clips: Mapping[str, Clip] = field(default_factory=dict)


def build(
    project: Path, listener: Listener = SILENT, *, force: bool = False, quick: bool = False
) -> Built:
    """Build a project's site aside, and put it in place when it is whole.

    Args:
        project: The project's folder.
        listener: Is told how films and pictures come along.
        force: Build although nothing has changed, and make every page again.
        quick: Make only what is needed to publish; the next build makes the rest.

    Raises:
        Refusal: settings (exit code 2), environment (3), busy (5).
    """
    began_s = time.time()
    try:
        with only_run(project, "building the site"):
            _look_for_folders_in_place_of_files(project, force=force)
            return _build(project, listener, force=force, quick=quick)
    except OSError as error:
        refusal = cannot_write(project / str(error.filename or "site"), error)
        raise Refusal(
            _with_the_site(project, began_s, refusal.problems), refusal.exit_code
        ) from None


def _with_the_site(project: Path, began_s: float, problems: Iterable[Problem]) -> Iterator[Problem]:
    """What ended a build, each problem with what that means for the site in its place, where one is."""
    record = None
    with contextlib.suppress(OSError, Refusal):
        record = read_release(site_place(project, read_settings(project).site_dir).folder)
    if record is None:
        yield from problems
        return
    is_new = record.made_s >= began_s
    now = "is the new one, and complete" if is_new else "is as it was"
    for problem in problems:
        yield replace(problem, message=f"{problem.message}; the site in its place {now}")


def _look_for_folders_in_place_of_files(project: Path, *, force: bool) -> None:
    """Name every folder that is in the place of a file of ours, where one of them ends the build anyway.

    Raises:
        Refusal: one is where this build must write or delete a file (exit code 3).
    """
    ends = [FILMS, CARDS]
    slows = [STAMP, PAGES, READ, RENDERED, LOOKED]
    (ends if force else slows).append(MEDIA / HASHES_NAME)
    if any((project / file).is_dir() for file in ends):
        there = [file for file in (*ends, *slows) if (project / file).is_dir()]
        error = IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        problems = [p for file in there for p in cannot_write(project / file, error).problems]
        raise Refusal(problems, ExitCode.ENVIRONMENT)


def _build(project: Path, listener: Listener, *, force: bool, quick: bool) -> Built:
    look = look_at(project)  # before anything is read: a change meanwhile is seen next time
    settings = read_settings(project)
    of_clients = look_at_clients(project, settings.clients)
    place = site_place(project, settings.site_dir)
    if place.is_of_another():
        raise Refusal([of_another(place, project, Code.SETTINGS_OUTPUT)], ExitCode.USAGE)
    recovered = tell(place.recover(), place, project)
    if force:
        _read_whatever_was_made(project)
    asked: list[Problem] = []

    def stamp_of(prepared: Preparation) -> str:
        # Without its files here, the site that was built with them is another one; so it is with other bytes.
        films = sorted(
            f"{clip.manifest.digest}-{clip.manifest.site_name}{'-elsewhere' if clip.elsewhere else ''}"
            for clip in prepared.clips.values()
        )
        return " ".join(
            [look.digest, prepared.library.today.isoformat(), str(place.folder), *films]
        )

    def is_there(prepared: Preparation) -> bool:
        asked[:] = prepared.report.problems
        noted = read_noted(project)
        if force or noted is None or noted.release != place.release():
            return False
        is_same = noted.alone and noted.is_of(look) and noted.stamp == stamp_of(prepared)
        return is_same and place.is_whole()

    renderings = (
        Renderings() if force else read_renderings(project, programs=programs(), site=place.folder)
    )
    known = KeptPages() if force else read_before(project)
    prepared = prepare(
        project,
        listener,
        quick=quick,
        enough=is_there,
        look_for_private_data=False,
        renderings=renderings,
        known=known,
        meanwhile=partial(_load_engine, is_first=force or not (project / PAGES).is_file()),
    )
    library, report, site = prepared.library, prepared.report, prepared.site
    report.extend(recovered)
    if site is None:
        noted = read_noted(project)
        if noted is not None and not report.errors and not quick:
            # What was found without a change is what is found without a change the next time.
            beside = looked_at_beside(project, library.settings.site_dir)
            said = _said(library, asked, (look, of_clients), beside)
            write_noted(project, replace(noted, fresh=look.fresh, said=said))
        return Built(library, report, False, prepared.clips)

    from kinopress.engines.mkdocs.build import build_with_mkdocs  # noqa: PLC0415 - slow to load
    from kinopress.engines.mkdocs.events import policy_said  # noqa: PLC0415 - slow to load
    from kinopress.privacy.walk import private_data  # noqa: PLC0415 - see _load_engine
    from kinopress.project.servers import add_hosts_file, write_settings  # noqa: PLC0415 - the same

    memory = (
        Memory(place.folder, programs=programs(), shares=False)
        if force
        else remembered(project, place.folder)
    )
    memory.known = digests(site.files, prepared.clips.values())
    memory.noted = site.digests
    with place.workshop(None if force else memory.begun) as made:
        report.extend(build_with_mkdocs(project, library, site, made, memory=memory))
        if not report.errors:
            policy = policy_said(site, library)
            add_hosts_file(made, policy)
            write_settings(project, policy)
            report.extend(private_data(made, site.files, project, looked_at=memory.kept))
        if report.errors:
            return Built(library, report, anew=False)
        digested = {**memory.files, **memory.known}
        problems = put_in_place(place, made, digested, project, Code.SETTINGS_OUTPUT, afresh=force)
        report.extend(problems)
    # Its texts, which nobody asks for any more, make room for what is written now.
    prepared.site = site = None
    give_back()
    remember = partial(_remember, report)
    remember(PAGES, lambda: write_memory(project / PAGES, memory, programs=programs()))
    remember(READ, lambda: known.write(project / READ, programs=programs()))
    remember(RENDERED, lambda: write_renderings(project, renderings, programs=programs()))
    noted = Noted(
        stamp_of(prepared), place.release() or "", look.fresh, alone=_is_alone(project, memory)
    )
    if not (
        library.films or prepared.clips
    ):  # what is said of films that are there is not known yet
        beside = looked_at_beside(project, library.settings.site_dir)
        found = [problem for problem in asked if problem.code is not Code.PAGE_GONE]
        found += gone_pages(project, library)
        noted = replace(noted, said=_said(library, found, (look, of_clients), beside))
    _remember(
        report,
        STAMP,
        lambda: write_noted(project, noted),
        "no build can tell whether anything has changed, and each takes longer",
    )
    return Built(library, report, True, prepared.clips)


def _load_engine(*, is_first: bool) -> None:
    import kinopress.privacy.walk  # noqa: PLC0415 - slow to load
    import kinopress.project.servers  # noqa: PLC0415, F401 - the same
    from kinopress.engines.mkdocs.build import load_ahead  # noqa: PLC0415 - the same

    load_ahead(is_first=is_first)


def _remember(
    report: Report,
    file: Path,
    write: Callable[[], None],
    costs: str = "each build starts from scratch and takes longer",
) -> None:
    """Write down what only makes the next build faster; a folder in its place is somebody's, and stays.

    The site is in place by now, so what cannot be written is said, and the build has done what it was asked for.
    """
    try:
        write()
    except IsADirectoryError:
        report.add(
            Problem(
                file.as_posix(),
                f"a folder is in the place of this file, so {costs}",
                "move that folder away",
                Code.CANNOT_WRITE,
                severity="warning",
            )
        )


def _read_whatever_was_made(project: Path) -> None:
    """Take no stamp for proof that a picture or a film is as it was made: bits that rot on the disk change none."""
    forget_damaged(project)
    forget_hashes(project / MEDIA / HASHES_NAME)


def _said(
    library: Library, problems: list[Problem], looks: tuple[Look, Look], beside: Look
) -> dict[str, object]:
    """What is told without a build the next time; nothing where stamps do not tell yet that all is as it was.

    Args:
        library: What the coach wrote.
        problems: What was found.
        looks: At the sources and at the files of clients, before any of them was read.
        beside: See :func:`.looked_at_beside`.
    """
    _, of_clients = looks
    if any(look.unread for look in (*looks, beside)):
        return {}
    settings = library.settings
    return to_say(
        problems,
        count(library),
        day=library.today,
        timezone=settings.timezone,
        site_dir=settings.site_dir,
        clients=settings.clients,
        of_clients=of_clients,
        beside=beside,
    )


def _is_alone(project: Path, memory: Memory) -> bool:
    """Whether a site is made of the sources and nothing else: a hook or another plugin may read anything."""
    return bool(memory.made) and b"!ENV" not in (project / FILE).read_bytes()


def remembered(project: Path, site: Path) -> Memory:
    """What the last build made of each page, as far as the programs are still the same.

    Args:
        project: The project's folder.
        site: The folder with the last site.
    """
    return read_memory(project / PAGES, site, programs=programs())
