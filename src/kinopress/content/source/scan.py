"""Which files are there, and which page does each of them give?

Looks at names only; opens nothing.
"""

from __future__ import annotations

import errno
import os
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.model.films import CaptionFile, Film
from kinopress.content.model.kinds import IN_FOLDERS, LISTS, SOURCE_TOPS
from kinopress.content.model.names import OF_WINDOWS, SLUG, SLUG_MAX, slug_from
from kinopress.content.model.pages import Kind
from kinopress.content.source.film_files import (
    CAPTION_NAME,
    DRAFT_ENDING,
    FILM_ENDINGS,
    POSTER_NAME,
    join_captions,
    join_posters,
)
from kinopress.content.source.unread_files import unread_file, unread_folder
from kinopress.media.note import ENDING as NOTE_ENDING
from kinopress.problems import Problem, Severity, one_line


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One Markdown file and the page it gives."""

    kind: Kind
    slug: str
    path: str
    file: Path


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything found in docs/, exercises/ and videos/.

    ``assets`` are the other files below docs/ (pictures, documents). Those that a page links are
    published, made again (:mod:`kinopress.project.publishing`).
    """

    pages: tuple[SourceFile, ...]
    films: dict[str, Film]
    assets: tuple[str, ...]
    problems: tuple[Problem, ...]


def left_lying(name: str) -> bool:
    """What computers leave lying about: .DS_Store, ._film.mov, Thumbs.db, editors' copies."""
    return (
        name.startswith((".", "~$"))
        or name.endswith(("~", ".swp", ".tmp"))
        or name in ("Thumbs.db", "desktop.ini", "__pycache__", "Icon\r")
    )


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a file, or a link to one; a link to itself is not one."""
    try:
        return entry.is_file()
    except OSError:
        return False


def _beside_a_film(name: str) -> bool:
    """Whether a name is that of captions, a poster or a note."""
    captions = Path(name).suffix.casefold() in (".vtt", ".srt")
    return captions or name.endswith(NOTE_ENDING) or POSTER_NAME.match(name) is not None


def _is_slug(name: str) -> bool:
    return len(name) <= SLUG_MAX and SLUG.fullmatch(name) is not None and name not in OF_WINDOWS


def _stem_and_ending(name: str) -> tuple[str, str]:
    """A name in two, the ending in lower case: what ``Path`` says, but thousands of names need no path each."""
    stem, _, ending = name.rpartition(".")
    return (stem, f".{ending.casefold()}") if stem and ending else (name, "")


def _is_unseen(name: str) -> bool:
    """Whether a name is shown otherwise than it is."""
    return one_line(name) != name


def _is_page_name(path: str) -> bool:
    return Path(path).suffix.casefold() in _PAGE_ENDINGS


_PAGE_ENDINGS = (".md", ".markdown")
_SLUG_IN_WORDS = f"lower-case letters, numbers and hyphens, at most {SLUG_MAX}"


def _kind_of(entry: os.DirEntry[str]) -> str:
    """``file``, ``folder``, or what else an entry is, in a coach's words."""
    try:
        if entry.is_dir(follow_symlinks=False):
            return "folder"
        if entry.is_file():
            return "file"
        if not entry.is_symlink():
            return "a pipe, a socket or a device"
        return "a link to a folder" if entry.is_dir() else "a link that leads to no file"
    except OSError as error:
        if error.errno == errno.ELOOP:
            return "a link that leads to itself"
        return f"something that cannot be read ({(error.strerror or str(error)).lower()})"


class _Scan:
    """One walk through the folders of a project."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.problems: list[Problem] = []
        self.pages: list[SourceFile] = []
        self.films: dict[str, Film] = {}
        self.captions: list[CaptionFile] = []
        self.posters: list[tuple[str, str]] = []
        self.assets: list[str] = []
        self.misnamed: list[tuple[str, Path]] = []
        self.taken: dict[tuple[Kind, str], str] = {}
        self.unread: dict[str, list[str]] = {}

    def report(
        self, path: str, message: str, hint: str, code: Code, severity: Severity = "error"
    ) -> None:
        """A problem of a name: it has no line."""
        self.problems.append(Problem(path, message, hint, code, severity=severity))

    def made_by_itself(self, path: str) -> None:
        """A page that would be where a list is."""
        self.report(path, "this list is made automatically", "rename the file", Code.NAME_TAKEN)

    def walk(self, top: Path, prefix: str) -> Iterator[tuple[str, Path]]:
        """Every file below a folder, by name; what is neither a file nor a folder is reported.

        Links to folders are not followed, so a walk ends. Folders may be as deep as the disk
        lets them, so it does not call itself.
        """
        waiting = [self.entries(top, prefix)]
        while waiting:
            entry = next(waiting[-1], None)
            if entry is None:
                waiting.pop()
                continue
            path, found = entry
            kind = _kind_of(found)
            if kind == "folder":
                if path.rpartition("/")[0] == "videos" and Path(path).suffix.casefold() in (
                    FILM_ENDINGS
                ):
                    self.report(
                        path,
                        "this is a folder with a film's name",
                        "put the film itself here, or rename the folder",
                        Code.FILM_FOLDER,
                    )
                elif _is_page_name(path):
                    self.report(
                        path,
                        "this is a folder with a page's name",
                        "put the page's file itself here, or rename the folder",
                        Code.PAGE_FOLDER,
                    )
                elif path.rpartition("/")[0] == "videos" and _beside_a_film(found.name):
                    self.report(
                        path,
                        "this is not an ordinary file, but a folder",
                        "put the file itself here, or rename the folder",
                        Code.FILE_UNREADABLE,
                    )
                waiting.append(self.entries(Path(found.path), path))
            elif kind == "file":
                if found.is_symlink() and self.leads_out(Path(found.path)):
                    self.report(
                        path,
                        "this is a link to a file that is elsewhere, so it is not followed",
                        "put the file itself here, or remove it",
                        Code.FILE_OUTSIDE,
                    )
                    continue
                yield path, Path(found.path)
            else:
                self.report(
                    path,
                    f"this is not an ordinary file, but {kind}",
                    "put the file itself here, or remove it",
                    Code.FILE_UNREADABLE,
                )

    def leads_out(self, link: Path) -> bool:
        """Whether a link leads out of the folders whose files are published.

        A camera film may be on another disk: what is made of it is made here.
        """
        if link.suffix.casefold() in FILM_ENDINGS and link.parent == self.project / "videos":
            return False
        there = link.resolve()
        tops = [(self.project / top).resolve() for top in SOURCE_TOPS]
        return not any(there.is_relative_to(top) for top in tops)

    def entries(self, folder: Path, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
        """What is right in a folder, by name, without what computers leave lying about."""
        try:
            found = sorted(os.scandir(folder), key=lambda e: e.name)
        except OSError as error:
            if not os.path.lexists(folder):
                return
            what = (error.strerror or str(error)).lower()
            if isinstance(error, FileNotFoundError):
                what = "it is a link that leads nowhere"
            self.report(
                prefix,
                f"this folder cannot be read ({what})",
                "check that it is a folder and that you may open it",
                Code.FOLDER_UNREADABLE,
            )
            return
        for entry in found:
            if not left_lying(entry.name):
                yield f"{prefix}/{entry.name}", entry

    def sort(self, path: str, file: Path) -> None:
        """Put one file where it belongs."""
        folder, _, name = path.rpartition("/")
        if path.startswith("docs/data/"):
            return
        stem, ending = _stem_and_ending(name)
        if folder == "videos" and ending in FILM_ENDINGS and _is_slug(stem):
            self.film(path, stem, file)
        elif folder == "videos" and ending in FILM_ENDINGS:
            self.misnamed.append((path, file))
        elif folder == "videos" and (captions := CAPTION_NAME.match(name)):
            form, lang = captions["form"], captions["lang"]
            self.captions.append(CaptionFile(form, captions["slug"], lang, path))
        elif folder == "videos" and (poster := POSTER_NAME.match(name)):
            self.posters.append((poster["slug"], path))
        elif folder == "videos" and name.endswith(DRAFT_ENDING):
            self.report(
                path,
                "this is a draft of captions, and nobody sees it",
                f"correct it, then rename it to {name.removesuffix(DRAFT_ENDING)}.vtt",
                Code.CAPTIONS_DRAFT,
                "note",
            )
        elif folder == "videos" and name.endswith(NOTE_ENDING):
            return  # ours, for a computer without the film
        elif folder.startswith("videos/"):
            self.unread.setdefault("/".join(path.split("/")[:2]), []).append(path)
        elif ending not in _PAGE_ENDINGS:
            if path.startswith("docs/"):
                self.assets.append(path)
            self.problems += unread_file(path)
        elif _is_slug(stem):
            self.page(path, stem, file)
        else:
            self.misnamed.append((path, file))

    def page(self, path: str, slug: str, file: Path, *, well_named: bool = True) -> bool:
        """Note a page; False when another file gives the same one, which is reported."""
        below = path.removeprefix("docs/").rpartition("/")[0]
        kind: Kind = "page"
        for folder, of_folder in IN_FOLDERS.items():
            if path.startswith(f"{folder}/"):
                kind = of_folder
        if kind == "page":
            kind = self.place(path, below, slug) if well_named else kind
        elif slug == "index":
            self.made_by_itself(path)
            return True
        if kind == "page":
            slug = f"{below}/{slug}".removeprefix("/")
        other = self.taken.setdefault((kind, slug), path)
        if other != path:
            looks_alike = unicodedata.normalize("NFC", other) == unicodedata.normalize("NFC", path)
            self.report(
                path,
                "another file, whose name looks just like this one's, makes the same page"
                if looks_alike
                else f"{other} makes the same page",
                "rename or remove one of the two files",
                Code.SLUG_TWICE,
            )
            return False
        self.pages.append(SourceFile(kind, slug, path, file))
        return True

    def place(self, path: str, below: str, slug: str) -> Kind:
        """Is there room for an ordinary page here? One that is in the wrong folder is of another kind."""
        top = below.partition("/")[0]
        home = next((name for name in IN_FOLDERS if name.rpartition("/")[2] == top), None)
        if (not below and slug in LISTS) or (home and slug == "index"):
            self.made_by_itself(path)
        elif home:
            self.report(
                path, f"such pages belong in {home}/", f"move the file to {home}/", Code.NAME_TAKEN
            )
            return IN_FOLDERS[home]
        elif not all(_is_slug(part) for part in below.split("/") if part):
            self.report(
                path,
                "no folder can have this name on Windows"
                if not OF_WINDOWS.isdisjoint(below.split("/"))
                else "a folder's name cannot be part of a web address",
                f"rename the folder: {_SLUG_IN_WORDS}",
                Code.NAME_SLUG,
            )
        return "page"

    def name_misnamed(self) -> None:
        """Pages and films whose files must be renamed are still read, under the names they should have."""
        for path, file in sorted(self.misnamed, key=lambda found: _is_unseen(found[0])):
            stem, ending = _stem_and_ending(path.rpartition("/")[2])
            better = slug_from(stem)
            is_film = ending in FILM_ENDINGS
            what = "film" if is_film else "file"
            if better and not (
                self.film(path, better, file)
                if is_film
                else self.page(path, better, file, well_named=False)
            ):
                if _is_unseen(stem):
                    # Of two names that look alike where they are shown, nobody could tell which file is meant.
                    self.problems.pop()
                    self.report(
                        path,
                        f"this {what}'s name contains a line break, or another character that cannot be shown",
                        f"give it a different name: {_SLUG_IN_WORDS}",
                        Code.NAME_SLUG,
                    )
                continue
            self.report(
                path,
                f"no {what} can have this name on Windows"
                if stem in OF_WINDOWS
                else f"this {what}'s name is too long for a web address"
                if SLUG.fullmatch(stem)
                else f"this {what}'s name cannot be part of a web address",
                f"rename it to {better or 'new-page'}{ending}: {_SLUG_IN_WORDS}",
                Code.NAME_SLUG,
            )

    def film(self, path: str, slug: str, file: Path) -> bool:
        """Note a film; False when another has its name, which is reported."""
        other = self.films.setdefault(slug, Film(slug, path, file))
        if other.path == path:
            return True
        self.report(
            path,
            f"{other.path} is a film with the same name",
            "keep one of the two, or rename one",
            Code.FILM_TWICE,
        )
        return False


def scan_project(project: Path, kept: Mapping[str, str] | None = None) -> Sources:
    """List the sources of a project; names that cannot be used are problems.

    Args:
        project: The folder with ``mkdocs.yml``.
        kept: Films by slug, with their path, of which there is what was made of them. A page whose
            film is not there has such a one.
    """
    scan = _Scan(project)
    for top in SOURCE_TOPS:
        for path, file in scan.walk(project / top, top):
            scan.sort(path, file)
    scan.name_misnamed()
    for folder, files in scan.unread.items():
        if Path(folder).suffix.casefold() not in FILM_ENDINGS:  # of those it is reported already
            scan.problems += unread_folder(folder, files)
    for slug, path in (kept or {}).items():
        if ("video", slug) in scan.taken:
            scan.films.setdefault(slug, Film(slug, path, project / path, original=False))
    scan.problems += join_captions(scan.captions, scan.films)
    scan.problems += join_posters(scan.posters, scan.films)
    return Sources(tuple(scan.pages), scan.films, tuple(scan.assets), tuple(scan.problems))
