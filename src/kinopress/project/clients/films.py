"""The films that could go with a client's plan: looked up in what is kept of them, before anything is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.model.clients import PrivatePlan
from kinopress.content.model.library import Library
from kinopress.content.relations.of_client import films_in, with_drafts
from kinopress.media.clip import Clip
from kinopress.media.manifest import Output
from kinopress.media.to_keep import to_keep
from kinopress.problems import ExitCode, Problem, Refusal, Report
from kinopress.project.clients.folder import no_consent, read_client
from kinopress.project.films.made.ready import read_clips


def films_of(
    project: Path, library: Library, name: str, today: dt.date | None = None
) -> tuple[tuple[str, ...], int]:
    """The films that could go with a client's plan, and how large they are.

    Raises:
        Refusal: there is no such client (exit code 2), or no consent (1).
    """
    private, _ = ready_plan(project, library, name, today)
    if private is None:
        return (), 0
    library = with_drafts(library, private)
    there = films_there(library, read_clips(project, library), private)
    return tuple(there), sum(output.bytes for _, output in there.values())


def films_there(
    library: Library, clips: Mapping[str, Clip], private: PrivatePlan
) -> dict[str, tuple[Clip, Output]]:
    """The films of a plan that are on this computer, each as it is kept on a device."""
    return {
        slug: (clips[slug], to_keep(clips[slug]))
        for slug in films_in(library, private)
        if slug in clips and not clips[slug].elsewhere
    }


def ready_plan(
    project: Path, library: Library, name: str, today: dt.date | None
) -> tuple[PrivatePlan | None, Report]:
    """The plan, where nothing stops it; without consent nothing is made.

    Raises:
        Refusal: as :func:`films_of`.
    """
    private, report = read_client(project, library, name, today)
    found = no_consent(report)
    if found is not None:
        problem = Problem(found.path, found.message, found.hint, found.code)
        raise Refusal([problem], ExitCode.CONTENT)
    # What is older than the plan is being made again.
    report.problems = [p for p in report.problems if p.code != Code.CLIENT_OLD_FILE]
    return (None if report.errors else private), report
