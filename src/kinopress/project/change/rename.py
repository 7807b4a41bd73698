"""A page gets another name: its file and what is beside it, every link to it, and a way on from its old address.

Links are changed first and the page's own file last, so that a run that was interrupted is simply run again.

Which pages does the world know? Those that are not held back today, and those that the site in its folder, or what
was published from this computer last, contains. No host is asked: one redirect too many harms nobody, one too few is
a dead link in somebody's bookmarks.
"""

from __future__ import annotations

import errno
import os
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.data.nicknames import NICKNAMES
from kinopress.content.data.redirects import REDIRECTS
from kinopress.content.model.kinds import KINDS, LISTS
from kinopress.content.model.library import Library, find_page
from kinopress.content.model.names import either, nearest, slug_from
from kinopress.content.model.pages import Page, Pages, Term, Video
from kinopress.content.relations.moved import address_of
from kinopress.content.source.film_files import FILM_ENDINGS
from kinopress.content.source.unread_files import POSE_ENDING, UNFINISHED
from kinopress.content.source.writer import (
    Body,
    Change,
    Put,
    Remove,
    body_text,
    changed_page,
    changed_yaml,
    fields_of,
)
from kinopress.content.text.renamed import (
    fields_with_new_name,
    is_named_by_file,
    name_of,
    text_with_new_name,
)
from kinopress.media.note import ENDING as NOTE_ENDING
from kinopress.media.note import note_path
from kinopress.problems import ExitCode, Problem, Refusal, quoted
from kinopress.project.films.made.kept import kept_films
from kinopress.project.films.made.list import read_records
from kinopress.project.films.made.records import forget, remember
from kinopress.project.folder import cannot_write, only_run
from kinopress.project.live.known import published_paths
from kinopress.project.new.page import check_title
from kinopress.system.atomic import move_whole, write_bytes

_ABOUT = b"# Addresses that pages had before, and where they are now. kinopress rename and remove write it.\n"


@dataclass(frozen=True, slots=True)
class Renamed:
    """What became of a rename.

    Attributes:
        files: The files that were renamed, before and after.
        changed: The files in which the page is named.
        redirect: The old address that leads to the new one; ``None`` where nobody knew it.
        problems: Problems of the project that were not there before.
        loses_drawing: Whether the program has a drawing for the old name of a muscle, and none for the new one.
    """

    files: tuple[tuple[str, str], ...]
    changed: tuple[str, ...]
    redirect: tuple[str, str] | None
    problems: tuple[Problem, ...]
    loses_drawing: bool = False


def rename(project: Path, old: str, new: str, *, redirect: bool = True) -> Renamed:
    """Give a page another name.

    Args:
        project: The project's folder.
        old: The page: the name of its file, with or without folder and ending.
        new: Its new name; words become the name of a file as they do for a new page.
        redirect: Lead readers on from the old address, if the world may know it.

    Raises:
        SeveralPages: it is not clear which page is meant.
        Refusal: there is no such page, the name cannot be had, or a file that names the page cannot be
            changed; nothing was changed then (exit code 2 or 1). A folder cannot be written to, and nothing was
            changed; or the disk fails midway, and running it again finishes it (3).
    """
    try:
        with only_run(project, "renaming a page"):
            return _rename(project, old, new, redirect=redirect)
    except OSError as error:
        raise cannot_write(Path(str(error.filename or project)), error) from None


def _rename(project: Path, old: str, new: str, *, redirect: bool) -> Renamed:
    from kinopress.content.read import read_library  # noqa: PLC0415 - who only asks what was removed reads no site
    from kinopress.figures.anatomy.plates import PLATES  # noqa: PLC0415 - as below

    library, report = read_library(project, kept=kept_films(project))
    pages = {**library.held, **library.pages}
    page = page_for(pages, old)
    name = slug_from(new.removesuffix(".md").replace("\\", "/").rpartition("/")[2])
    files = _files(project, library, page, name)
    _refuse_taken(project, page, new, name, files)
    before = report.errors

    changes = dict(_pages(project, library, pages, page, name))
    changes |= _nicknames(project, library, page, name)
    address = address_of(page)
    after = f"{address.rpartition('/')[0]}/{name}".strip("/")
    leads = redirect and is_known(project, library, page)
    changes |= redirects_with(project, library, address, after, leads=leads)
    make_sure_of_folders(project, [*changes, *(path for pair in files for path in pair)])
    own = changes.pop(page.path, None)
    for path, data in changes.items():
        write_bytes(project / path, data)
    if own is not None:
        write_bytes(project / page.path, own)
    record = read_records(project).get(page.slug) if isinstance(page, Video) else None
    if record is not None:
        # Before the page has its new name: a run that ends between the two finds it under both.
        remember(project, name, record)
    for one, other in files:
        move_whole(project / one, project / other)
    if record is not None:
        forget(project, {page.slug: record})
    worse = new_errors(project, before, {other: one for one, other in files})
    changed = tuple(sorted([*changes, *([page.path] if own is not None else [])]))
    leading = (address, after) if leads else None
    loses = page.kind == "muscle" and page.slug in PLATES and name not in PLATES
    return Renamed(tuple(files), changed, leading, tuple(worse), loses)


def new_errors(project: Path, before: list[Problem], were: Mapping[str, str]) -> list[Problem]:
    """Errors of the project that were not there before.

    Args:
        project: The project's folder.
        before: Its errors as they were.
        were: What files were called then, where that has changed.
    """
    from kinopress.content.read import read_library  # noqa: PLC0415 - who only asks what was removed reads no site

    left = Counter((p.path, p.code) for p in before)
    _, report = read_library(project, kept=kept_films(project))
    worse = []
    for problem in report.errors:
        of = (were.get(problem.path, problem.path), problem.code)
        left[of] -= 1
        if left[of] < 0:
            worse.append(problem)
    return worse


class SeveralPages(Refusal):
    """A command names several pages, and a person at the terminal can say which.

    Attributes:
        paths: Their files, as seen from the project.
    """

    def __init__(self, named: str, pages: list[Page]) -> None:
        self.paths = tuple(sorted(page.path for page in pages))
        problem = Problem(
            named,
            f"{len(pages)} pages are called this: {', '.join(self.paths)}",
            f"write which file you mean, like {self.paths[0]}",
            Code.PAGE_NOT_FOUND,
        )
        super().__init__([problem], ExitCode.USAGE)


def page_for(pages: Pages, named: str) -> Page:
    """The page that a command names: by its file, by the name of that file, or else by its title.

    Raises:
        SeveralPages: it is not clear which (exit code 2).
        Refusal: there is none (exit code 2).
    """
    plain = named.strip().removeprefix("./").replace("\\", "/").casefold()
    name = plain.removesuffix(".md").removeprefix("docs/").strip("/")
    every = list(pages.values())
    by_path = [page for page in every if plain == page.path.casefold()]
    by_name = [page for page in every if _has_name(page, name)]
    by_title = [page for page in every if plain == page.title.casefold()]
    found = by_path or by_name or by_title
    if len(found) == 1:
        return found[0]
    if found:
        raise SeveralPages(named, found)
    close = nearest(name, [name_of(page) for page in every], 2)
    hint = f"did you mean {either(close)}?" if close else "write the name of its file, like clam"
    problem = Problem(named, "there is no page of this name", hint, Code.PAGE_NOT_FOUND)
    raise Refusal([problem], ExitCode.USAGE)


def _has_name(page: Page, name: str) -> bool:
    """Whether a page's file is called so, with or without its folder."""
    row, slug = KINDS[page.kind], page.slug.casefold()
    return name == slug or name in {
        f"{folder}/{slug}" for folder in (row.site, row.source.removeprefix("docs/")) if folder
    }


def named_after(project: Path, library: Library, page: Page) -> list[str]:
    """The files that have the page's name, the page itself last."""
    folder = page.path.rpartition("/")[0]
    paths = []
    pose = f"{folder}/{page.slug}{POSE_ENDING}"
    if page.kind == "exercise" and os.path.lexists(project / pose):
        paths.append(pose)  # one with mistakes in it, too
    film = library.films.get(page.slug) if isinstance(page, Video) else None
    if film is not None:
        paths += [*film.captions.values(), *film.subrip.values()]
        paths += [film.poster] if film.poster else []
        paths += [film.path] if film.original else []
    if isinstance(page, Video):
        paths += _beside(project / folder, page.slug, folder, {*paths, page.path})
    if page.kind == "video" and (project / note_path(page.slug)).is_file():
        paths.append(note_path(page.slug))
    return [*paths, page.path]


def _beside(place: Path, slug: str, folder: str, known: Collection[str]) -> list[str]:
    """What else is named after a film, for the coach: drafts of captions, a second poster, captions nothing reads.

    Films are left out, for the one that is shown may be on another disk; so are those that are still coming.
    """
    endings = (*FILM_ENDINGS, *UNFINISHED, NOTE_ENDING)
    try:
        names = sorted(entry.name for entry in os.scandir(place) if entry.is_file())
    except OSError:
        return []
    paths = [
        f"{folder}/{name}"
        for name in names
        if name.startswith(f"{slug}.") and not name.casefold().endswith(endings)
    ]
    return [path for path in paths if path not in known]


def _files(project: Path, library: Library, page: Page, name: str) -> list[tuple[str, str]]:
    """The files that have the page's name, before and after."""
    own = page.path.rpartition("/")[2]
    paths = named_after(project, library, page)
    length = len(own.partition(".")[0])
    return [
        (path, f"{base}/{name}{last[length:]}")
        for path in paths
        for base, _, last in [path.rpartition("/")]
    ]


def _refuse_taken(
    project: Path, page: Page, new: str, name: str, files: list[tuple[str, str]]
) -> None:
    row = KINDS[page.kind]
    folder = page.path.rpartition("/")[0]
    if name_of(page) == "index":
        message = "this page is the first of its folder, and has its name from that"
        is_fixed = folder in {"docs", *(k.source for k in KINDS.values())}
        hint = (
            "leave its file as it is; its title you can change in the file"
            if is_fixed
            else f"rename the folder {folder} instead"
        )
        raise Refusal([Problem(page.path, message, hint, Code.RENAME_UNSAFE)], ExitCode.USAGE)
    problem = _other_folder(page, new)
    taken = ("index",) if row.site or "/" in page.slug else LISTS
    if problem is None and (found := check_title(" ".join(new.split()), name, taken)):
        problem = replace(
            found, path=page.path, field="", hint="choose a name in words, with letters from a to z"
        )
    if problem is None and name == name_of(page):
        problem = Problem(
            page.path, "the page has this name already", "choose another name", Code.PAGE_EXISTS
        )
    folders = [k.source for k in KINDS.values() if k.is_tag] if row.is_tag else []
    others = [f"{folder}/{name}.md" for folder in folders]
    own_last = [other for _, other in files]
    for path in dict.fromkeys([*others, *reversed(own_last)]):  # the page before what is beside it
        if problem is None and os.path.lexists(project / path):
            what = "a page of this name is there already"
            if not path.endswith(".md"):
                what = "a file of this name is there already, and what is beside the page would take its place"
            problem = Problem(path, what, "choose another name", Code.PAGE_EXISTS)
    if problem is not None:
        raise Refusal([problem], ExitCode.USAGE)


def _other_folder(page: Page, new: str) -> Problem | None:
    """Why a new name with a folder in it cannot be had: nothing of what was typed is dropped in silence."""
    folder = new.replace("\\", "/").rpartition("/")[0].strip()
    own = page.path.rpartition("/")[0]
    if folder in {"", own, own.removeprefix("docs/")}:
        return None
    return Problem(
        page.path,
        f"it cannot be called {quoted(new)}: a page stays in its folder when it is renamed",
        "write the new name alone, without a folder and without /",
        Code.RENAME_UNSAFE,
    )


def make_sure_of_folders(project: Path, paths: list[str]) -> None:
    """Files are replaced and moved in their folders: each has to be one that we may write in.

    Raises:
        OSError: one is not.
    """
    for folder in dict.fromkeys((project / path).parent for path in paths):
        there = next(up for up in (folder, *folder.parents) if os.path.lexists(up))
        if not there.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(there))
        if not os.access(there, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(there))


def named_on(project: Path, library: Library, page: Page) -> list[str]:
    """The pages that name a page, by file, those included that could not be changed for another name."""
    pages = {**library.held, **library.pages}
    found = set()
    try:
        for path, _ in _pages(project, library, pages, page, "renamed"):
            found.add(path)
    except Refusal as refusal:
        found |= {problem.path for problem in refusal.problems}
    return sorted(found - {page.path})


def _pages(
    project: Path, library: Library, pages: Pages, page: Page, name: str
) -> Iterator[tuple[str, bytes]]:
    """Every page that names it, changed."""
    problems: list[Problem] = []
    for on in pages.values():
        data = (project / on.path).read_bytes()
        try:
            body = body_text(data, on.path)
            fields = fields_of(data, on.path)
        except Refusal as refusal:
            if name_of(page).encode() in data or on is page:
                problems += refusal.problems
            continue
        changes: list[Change] = []
        puts, lost = fields_with_new_name(library, pages, on, fields, page, name)
        changes += puts
        now = text_with_new_name(library, pages, on, body, page, name)
        if now != body:
            changes.append(Body(now))
        problems += [
            Problem(
                on.path,
                "the name of the page could not be found again in this field",
                "write the field as a list in brackets, then run this again",
                Code.RENAME_UNSAFE,
                line=mention.line,
                field=mention.field,
            )
            for mention in lost
        ]
        try:
            changed = changed_page(data, on.path, changes)
        except Refusal as refusal:
            problems += refusal.problems
            continue
        if changed != data:
            yield on.path, changed
    if problems:
        raise Refusal(problems, ExitCode.CONTENT)


def _nicknames(project: Path, library: Library, page: Page, name: str) -> dict[str, bytes]:
    """The list of nicknames, changed where it names the page by its file."""
    if not library.shared.nicknames:
        return {}
    data = (project / NICKNAMES).read_bytes()
    fields = fields_of(data, NICKNAMES, is_page=False)
    changes: list[Change] = []
    for key, tags in fields.items() if isinstance(fields, Mapping) else ():
        for at, words in enumerate(tags if isinstance(tags, list) else []):
            term = library.vocabulary.resolve(words) if isinstance(words, str) else None
            pages = {**library.held, **library.pages}
            named = (
                is_named_by_file(library, words, page)
                if isinstance(page, Term)
                else term is None and isinstance(words, str) and find_page(pages, words) is page
            )
            if named and isinstance(words, str):
                folder = words.rpartition("/")[0]
                changes.append(Put((key, at), f"{folder}/{name}".strip("/")))
    changed = changed_yaml(data, NICKNAMES, changes)
    return {NICKNAMES: changed} if changed != data else {}


def redirects_with(
    project: Path, library: Library, old: str, new: str, *, leads: bool, all_at_once: bool = True
) -> dict[str, bytes]:
    """The list of old addresses: those that led to the old one lead to the new one, none leads from it.

    Args:
        project: The project's folder.
        library: Everything, with the list as it is.
        old: An address that no page has any more.
        new: Where its readers go.
        leads: Whether it has to lead there: somebody may know it.
        all_at_once: Readers of still earlier addresses are led straight to the new one; else by the old one.
    """
    file = project / REDIRECTS
    data = file.read_bytes() if file.exists() else _ABOUT
    changes: list[Change] = [
        Put((r.old,), new)
        for r in library.shared.redirects
        if all_at_once and r.new == old and r.old != new
    ]
    changes.append(Remove((new,)))
    if leads:
        changes.append(Put((old,), new))
    changed = changed_yaml(data, REDIRECTS, changes)
    return {REDIRECTS: changed} if changed != data else {}


def is_known(project: Path, library: Library, page: Page) -> bool:
    """Whether readers may know the address of a page: see above."""
    path = f"{address_of(page)}/index.html"
    is_shown = (page.kind, page.slug) in library.pages
    is_built = (project / library.settings.site_dir / path).is_file()
    return is_shown or is_built or path in published_paths(project)
