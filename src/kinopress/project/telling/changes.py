"""What a build would change of the site that is in place: found by building aside, which puts nothing in place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kinopress.content.forms.settings.output_folder import site_place
from kinopress.privacy.walk import private_data
from kinopress.problems import Report
from kinopress.project.build import remembered
from kinopress.project.events import SILENT, Listener
from kinopress.project.folder import cannot_write, only_run
from kinopress.project.placing import digests
from kinopress.project.prepare import prepare
from kinopress.project.servers import add_hosts_file
from kinopress.publish.record import is_page
from kinopress.system.atomic import new_folder, remove_tree, write_text
from kinopress.system.release_record import RECORD, Release, read_release

FOLDER = Path(".kinopress/next")
"""Where the site as it would be is built, to be looked at."""
_MARK = ".kinopress-next"
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Change:
    """A page, or one of the other files, that is new, different or gone.

    Attributes:
        path: Below the site, with ``/``; of a page, its address.
        title: Of a page; empty for others.
    """

    path: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a build would change.

    Attributes:
        report: Every problem; with an error among them nothing was built.
        folder: The site as it would be; ``None``: it was not built.
        new: Pages that readers do not have yet.
        changed: Pages that say something else.
        gone: Pages that would be there no more.
        files: How many other files are new, different or gone.
    """

    report: Report
    folder: Path | None = None
    new: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    gone: tuple[Change, ...] = ()
    files: int = 0

    @property
    def nothing(self) -> bool:
        """Whether the site is already as it would be."""
        return not (self.new or self.changed or self.gone or self.files)


def what_would_change(
    project: Path, listener: Listener = SILENT, *, drafts: bool = False
) -> Changes:
    """Build aside with the films encoded so far, and compare with the site that is in place.

    Args:
        project: The project's folder.
        listener: Is told how pictures come along.
        drafts: Show drafts and pages of later days as well, to look at; then nothing is compared.

    Raises:
        Refusal: settings (exit code 2), environment (3), busy (5).
    """
    try:
        with only_run(project, "looking what a build would change"):
            return _build_aside(project, listener, drafts=drafts)
    except OSError as error:
        raise cannot_write(project / str(error.filename or FOLDER), error) from None


def _build_aside(project: Path, listener: Listener, *, drafts: bool) -> Changes:
    prepared = prepare(project, listener, encode=False, preview=drafts, look_for_private_data=False)
    library, report, site = prepared.library, prepared.report, prepared.site
    if site is None:
        return Changes(report)

    # Both are slow to load.
    from kinopress.engines.mkdocs.build import build_with_mkdocs  # noqa: PLC0415
    from kinopress.engines.mkdocs.events import policy_said  # noqa: PLC0415

    shelf = project / FOLDER
    for old in shelf.glob("*") if shelf.is_dir() else ():
        if (old / _MARK).is_file():
            remove_tree(old, _MARK)
    made = new_folder(shelf, "site-")
    write_text(made / _MARK, "")
    folder = made / "site"
    if drafts:  # what only the coach looks at is kept on no device
        library = replace(library, settings=replace(library.settings, offline=False))
    there = site_place(project, library.settings.site_dir).folder
    memory = None if drafts else remembered(project, there)
    if memory is not None:
        memory.known = digests(site.files, prepared.clips.values())
    report.extend(build_with_mkdocs(project, library, site, folder, memory=memory))
    if not drafts:
        if not report.errors:
            add_hosts_file(folder, policy_said(site, library))
            kept = memory.kept if memory else ()
            report.extend(private_data(folder, site.files, project, looked_at=kept))
        if report.errors:
            return Changes(report)
    titles = {page.path.removesuffix(".md"): page.title for page in site.pages}
    if drafts:
        return Changes(report, folder)
    return _compared(report, folder, read_release(there), titles)


def _compared(
    report: Report, folder: Path, there: Release | None, titles: dict[str, str]
) -> Changes:
    before = {} if there is None else {path: made.sha256 for path, made in there.files.items()}
    after = dict(_digests(folder))
    new = [path for path in after if path not in before]
    changed = [path for path in after if path in before and before[path] != after[path]]
    gone = [path for path in before if path not in after]

    def pages(paths: list[str]) -> tuple[Change, ...]:
        found = [Change(_address(path), _title(path, titles)) for path in paths if is_page(path)]
        return tuple(sorted(found, key=lambda change: change.path))

    others = sum(not is_page(path) for path in (*new, *changed, *gone))
    return Changes(report, folder, pages(new), pages(changed), pages(gone), others)


def _address(path: str) -> str:
    return path.removesuffix("index.html")


def _title(path: str, titles: dict[str, str]) -> str:
    address = _address(path).rstrip("/")
    return titles.get(address) or titles.get(f"{address}/index".lstrip("/")) or ""


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.name != RECORD:
            every = hashlib.sha256()
            with file.open("rb") as opened:
                while piece := opened.read(_CHUNK_BYTES):
                    every.update(piece)
            yield file.relative_to(folder).as_posix(), every.hexdigest()
