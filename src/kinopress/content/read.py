"""Everything the coach wrote, read, joined and cross-checked: the Library."""

from __future__ import annotations

import contextlib
import datetime as dt
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kinopress.content.data.shared import read_shared_data
from kinopress.content.forms.pages import read_page
from kinopress.content.forms.settings.read import read_settings
from kinopress.content.model.library import Library
from kinopress.content.model.pages import (
    Exercise,
    Kind,
    Page,
    Term,
)
from kinopress.content.model.shared import SharedData
from kinopress.content.model.vocabulary import build_vocabulary
from kinopress.content.relations.step_frames import with_words
from kinopress.content.source.document import decode, parse_document, read_file, unreadable
from kinopress.content.source.kept_pages import JustRead, KeptPages
from kinopress.content.source.scan import SourceFile, Sources, scan_project
from kinopress.content.source.unread_files import POSE_ENDING
from kinopress.problems import Problem, Report
from kinopress.system.processors.shared import do_all

if TYPE_CHECKING:  # see where poses are read
    from kinopress.figures.pose import Motion


def read_library(
    project: Path,
    *,
    today: dt.date | None = None,
    now: dt.datetime | None = None,
    show_held: bool = False,
    kept: Mapping[str, str] | None = None,
    known: KeptPages | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> tuple[Library, Report]:
    """Read, join and check a whole project.

    Args:
        project: The folder with ``mkdocs.yml``.
        today: Pages dated later are held back; by default the day it is in the settings' time zone.
        now: The moment that tells which day that is, with its zone; by default this one.
        show_held: Show drafts and future pages too (the preview while writing).
        kept: Films that were encoded, by slug with their path: one that is not there is not missed.
        known: Pages that were read before; it gets those that are read now.
        meanwhile: What whoever asked needs next; it is done while other processes read, if there are any.

    Returns:
        The library, and every problem of every file.

    Raises:
        Refusal: when the settings cannot be used (exit code 2).
    """
    settings = read_settings(project)
    today = today or (now or dt.datetime.now(dt.UTC)).astimezone(ZoneInfo(settings.timezone)).date()
    report = Report()
    report.extend(settings.warnings)
    sources = scan_project(project, kept)
    beside: list[tuple[SharedData, list[Problem]]] = []

    def read_what_is_beside() -> None:
        beside.append(read_shared_data(project, settings.help, settings.language))
        _load_what_checks()
        if meanwhile is not None:
            meanwhile()

    known = known or KeptPages(is_for_later=False)
    read = _read_pages(sources, known, meanwhile=read_what_is_beside)
    ((shared, problems),) = beside
    report.extend(problems)
    report.extend(sources.problems)
    pages: dict[tuple[Kind, str], Page] = {}
    for (kind, slug), page, problems in read:
        pages[kind, slug] = page
        report.extend(problems)
    terms = [p for p in pages.values() if isinstance(p, Term)]
    vocabulary, problems = build_vocabulary(terms, _unread_names(project, terms))
    report.extend(problems)
    held = {
        key: p for key, p in pages.items() if p.draft or (p.date is not None and p.date > today)
    }
    shown = pages if show_held else {key: p for key, p in pages.items() if key not in held}
    exercises = {slug: p for (_, slug), p in pages.items() if isinstance(p, Exercise)}
    motions: dict[str, Motion] = {}
    unread: set[str] = set()
    if any((project / "exercises").glob(f"*{POSE_ENDING}")):
        # What reads poses takes as long to load as forty pages to check.
        from kinopress.content.data.poses import read_poses  # noqa: PLC0415
        from kinopress.content.rules.figures.seconds import pose_seconds_problems  # noqa: PLC0415

        motions, problems = read_poses(project, exercises)
        motions |= {name: with_words(m, exercises[name].steps) for name, m in motions.items()}
        report.extend(problems)
        report.extend(pose_seconds_problems(exercises, motions))
        unread = {problem.path for problem in problems if problem.severity == "error"}
    from kinopress.content.rules.check import check_library  # noqa: PLC0415 - see _load_what_checks
    from kinopress.content.rules.figures.frames import frame_problems  # noqa: PLC0415 - as above
    from kinopress.content.rules.private.copies import private_copies  # noqa: PLC0415 - as above
    from kinopress.content.source.private.likeness import client_likenesses  # noqa: PLC0415

    report.extend(frame_problems(exercises, motions, unread))
    library = Library(
        settings, shared, vocabulary, shown, held, sources.films, sources.assets, today, motions
    )
    report.extend(check_library(library, pages, known))
    made_of = [*sources.assets, *(page.path for page in pages.values()), *_of_films(sources)]
    report.extend(private_copies(*client_likenesses(project, settings.clients, made_of)))
    if sources.films:
        # What reads captions takes a tenth as long to load as a small site to check.
        from kinopress.content.captions.check import check_captions  # noqa: PLC0415
        from kinopress.content.rules.signs import spoken_problems  # noqa: PLC0415

        said = partial(spoken_problems, shared)
        report.extend(check_captions(project, sources.films, said))
    return library, report


def _of_films(sources: Sources) -> Iterator[str]:
    """The files that films, their captions and their posters come from."""
    for film in sources.films.values():
        yield film.path
        yield from (*film.captions.values(), *film.subrip.values())
        if film.poster is not None:
            yield film.poster


def _load_what_checks() -> None:
    """It takes as long to load as fifty pages to read, which other processes do meanwhile."""
    import kinopress.content.rules.check  # noqa: PLC0415
    import kinopress.content.rules.figures.frames  # noqa: PLC0415
    import kinopress.content.rules.private.copies  # noqa: PLC0415
    import kinopress.content.source.private.likeness  # noqa: PLC0415, F401


def _read_pages(
    sources: Sources, known: KeptPages, meanwhile: Callable[[], object]
) -> list[tuple[tuple[Kind, str], Page, list[Problem]]]:
    files = [_SourceRead.of(source) for source in sources.pages]
    before = [file.before(known) for file in files]
    new = [at for at, found in enumerate(before) if found is None]
    read = do_all(
        [partial(known.read, files[at].read) for at in new],
        [len(files[at].data or b"") for at in new],
        meanwhile=meanwhile,
    )
    just = dict(zip(new, read, strict=True))
    every = []
    for at, (file, found) in enumerate(zip(files, before, strict=True)):
        page, problems = found or file.after(known, just.pop(at))
        every.append(((file.source.kind, file.source.slug), page, problems))
    return every


@dataclass(frozen=True, slots=True)
class _SourceRead:
    """A file of a page, and its bytes; ``None`` with a problem where it cannot be read."""

    source: SourceFile
    data: bytes | None
    problems: list[Problem]

    @classmethod
    def of(cls, source: SourceFile) -> _SourceRead:
        return cls(source, *read_file(source.file, source.path))

    @property
    def taken_for(self) -> str:
        return f"{self.source.kind} {self.source.slug} {self.source.path}"

    def read(self) -> tuple[Page, list[Problem]]:
        """The page that it gives."""
        source = self.source
        if self.data is not None:
            return _page_of(source, self.data)
        page, more = read_page(source.kind, source.slug, unreadable(source.path))
        return page, [*self.problems, *more]

    def before(self, known: KeptPages) -> tuple[Page, list[Problem]] | None:
        """The page, where it was read before."""
        if self.data is None:
            return None
        return known.before(self.source.path, self.taken_for, self.data, self.read)

    def after(self, known: KeptPages, just: JustRead) -> tuple[Page, list[Problem]]:
        """The page, now that it has been read."""
        if self.data is None:
            return just.here(self.read)
        return known.add(self.source.path, self.taken_for, self.data, self.read, just)


def _page_of(source: SourceFile, data: bytes) -> tuple[Page, list[Problem]]:
    """The page that the bytes of a file give."""
    text, problems = decode(data, source.path)
    if text is None:
        document = unreadable(source.path)
    else:
        document, more = parse_document(text, source.path)
        problems += more
    page, more = read_page(source.kind, source.slug, document)
    return page, [*problems, *more]


def _unread_names(project: Path, terms: list[Term]) -> Iterator[str]:
    """The texts of vocabulary pages whose names could not be read: tags may be there."""
    for term in terms:
        if not term.readable or "title" not in term.written:
            with contextlib.suppress(OSError):
                data = (project / term.path).read_bytes()
                yield data.decode(
                    "utf-16" if data[:2] in (BOM_UTF16_LE, BOM_UTF16_BE) else "utf-8", "replace"
                )
