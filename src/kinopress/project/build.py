"""Checking, encoding, building aside and putting in place whole."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from kinopress.codes import Code
from kinopress.content.forms.output_folder import site_place
from kinopress.content.forms.settings import read_settings
from kinopress.content.model.kinds import SOURCE_TOPS
from kinopress.content.model.library import Library
from kinopress.engines.memory import Memory, read_memory, write_memory
from kinopress.media.clip import Clip
from kinopress.media.note import ENDING as NOTE_ENDING
from kinopress.privacy.walk import private_data
from kinopress.problems import ExitCode, Refusal, Report
from kinopress.project.events import SILENT, Listener
from kinopress.project.folder import cannot_write, only_run
from kinopress.project.placing import digests, of_another, put_in_place, tell
from kinopress.project.prepare import Preparation, prepare
from kinopress.project.servers import add_hosts_file, write_settings
from kinopress.system.atomic import write_json

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

STAMP = Path(".kinopress/cache/build.json")
PAGES = Path(".kinopress/cache/pages.json")
"""What the last build made of each page."""


@dataclass(frozen=True, slots=True)
class Built:
    """What became of a build.

    Attributes:
        library: What the coach wrote.
        report: Every problem found.
        again: Whether a site was put in place; ``False``: nothing had changed, or there were errors.
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
    try:
        with only_run(project, "building the site"):
            return _build(project, listener, force=force, quick=quick)
    except OSError as error:
        raise cannot_write(project / str(error.filename or "site"), error) from None


def _build(project: Path, listener: Listener, *, force: bool, quick: bool) -> Built:
    sources = fingerprint(project)  # before they are read: a change meanwhile is seen next time
    place = site_place(project, read_settings(project).site_dir)
    if place.is_of_another():
        raise Refusal([of_another(place, project, Code.SETTINGS_OUTPUT)], ExitCode.USAGE)
    recovered = tell(place.recover(), place, project)

    def stamp_of(prepared: Preparation) -> str:
        # Without its files here, the site that was built with them is another one.
        films = sorted(
            f"{clip.manifest.digest}{'-elsewhere' if clip.elsewhere else ''}"
            for clip in prepared.clips.values()
        )
        return " ".join([sources, prepared.library.today.isoformat(), str(place.folder), *films])

    def is_there(prepared: Preparation) -> bool:
        if force or (release := place.release()) is None:
            return False
        return _read_stamp(project) == (stamp_of(prepared), release) and place.is_whole()

    prepared = prepare(project, listener, quick=quick, enough=is_there, look_for_private_data=False)
    library, report, site = prepared.library, prepared.report, prepared.site
    report.extend(recovered)
    if site is None:
        return Built(library, report, False, prepared.clips)

    # Both are slow to load.
    from kinopress.engines.mkdocs.build import build_with_mkdocs  # noqa: PLC0415
    from kinopress.engines.mkdocs.events import policy_said  # noqa: PLC0415

    memory = Memory(place.folder) if force else remembered(project, place.folder)
    with place.workshop() as made:
        report.extend(build_with_mkdocs(project, library, site, made, memory=memory))
        if not report.errors:
            policy = policy_said(site, library)
            add_hosts_file(made, policy)
            write_settings(project, policy)
            report.extend(private_data(made, site.files, project, looked_at=memory.kept))
        if report.errors:
            return Built(library, report, anew=False)
        known = {**digests(site.files, prepared.clips.values()), **memory.files}
        problems = put_in_place(place, made, known, project, Code.SETTINGS_OUTPUT, afresh=force)
        report.extend(problems)
    write_memory(project / PAGES, memory, programs=_programs())
    write_json(project / STAMP, {"stamp": stamp_of(prepared), "release": place.release()})
    return Built(library, report, True, prepared.clips)


def fingerprint(project: Path) -> str:
    """A digest of what a site is made from: sources by size and time, settings, programs."""
    seen = hashlib.sha256(_programs().encode())
    _add_stamps(seen, [project / top for top in SOURCE_TOPS])
    seen.update((project / "mkdocs.yml").read_bytes())
    return seen.hexdigest()


def remembered(project: Path, site: Path) -> Memory:
    """What the last build made of each page, as far as the programs are still the same.

    Args:
        project: The project's folder.
        site: The folder with the last site.
    """
    return read_memory(project / PAGES, site, programs=_programs())


@functools.cache
def _programs() -> str:
    """A digest of the programs that make pages."""
    versions = [
        f"{name} {metadata.version(name)}"
        for name in (
            "kinopress",
            "mkdocs",
            "mkdocs-material",
            "markdown",
            "jinja2",
            "markupsafe",
            "pymdown-extensions",
        )
    ]
    seen = hashlib.sha256("\n".join([sys.version, *versions]).encode())
    _add_stamps(seen, [Path(__file__).parents[1]])
    return seen.hexdigest()


def _add_stamps(seen: Hash, folders: Iterable[Path]) -> None:
    for folder in folders:
        for root, names, files in os.walk(folder):
            names[:] = sorted(n for n in names if n != "__pycache__" and not n.startswith("."))
            for name in sorted(files):
                if name.endswith(NOTE_ENDING):
                    continue  # written by a publication; what it says is told by the films' digests
                path = f"{root}/{name}"
                seen.update(os.fsencode(f"{path} {_stamp_of(path)}\n"))


def is_built_from(project: Path, release: str) -> bool:
    """Whether a site is what the last build made from the sources as they are now, films aside.

    Args:
        project: The project's folder.
        release: The digest of the site.
    """
    built = _read_stamp(project)
    return (
        built is not None
        and built[1] == release
        and built[0].startswith(f"{fingerprint(project)} ")
    )


def _stamp_of(path: str) -> str:
    """A file's size and time; a link that leads nowhere or to itself is its own, and the check says so."""
    for look in (os.stat, os.lstat):
        with contextlib.suppress(OSError):
            found = look(path)
            return f"{found.st_size} {found.st_mtime_ns}"
    return "gone"  # since its folder was listed


def _read_stamp(project: Path) -> tuple[str, str] | None:
    """What the last build was made from, and the digest of the release that it put in place.

    The release counts because an earlier one may be there again, or a power cut came between.
    """
    try:
        value = json.loads((project / STAMP).read_text("utf-8"))
        return str(value["stamp"]), str(value["release"])
    except (OSError, ValueError, TypeError, KeyError):
        return None
