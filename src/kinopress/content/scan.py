"""Which files are there, and which page does each of them give?

Looks at names only; opens nothing.
"""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from kinopress.content.fields import SLUG
from kinopress.content.kinds import Kind
from kinopress.problems import Problem

FOLDERS: dict[str, Kind] = {
    "docs/articles": "article",
    "docs/muscles": "muscle",
    "docs/symptoms": "symptom",
    "docs/techniques": "technique",
    "exercises": "exercise",
    "videos": "video",
}
FILM_ENDINGS = (
    ".mp4",
    ".mov",
    ".m4v",
    ".mkv",
    ".webm",
    ".avi",
    ".mts",
    ".m2ts",
    ".mpg",
    ".mpeg",
    ".ts",
    ".3gp",
)
CAPTION_ENDING = re.compile(r"^(?P<slug>.+)\.(?P<lang>[a-z]{2,3}(?:-[A-Za-z]{2,4})?)\.vtt$")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One Markdown file and the page it gives."""

    kind: Kind
    slug: str
    path: str
    file: Path


@dataclass(frozen=True, slots=True)
class Film:
    """A film beside its page, and its captions by language."""

    slug: str
    path: str
    file: Path
    captions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything found in docs/, exercises/ and videos/.

    ``assets`` are the other files below docs/ (pictures, documents), copied as they are.
    """

    pages: tuple[SourceFile, ...]
    films: dict[str, Film]
    assets: tuple[str, ...]
    problems: tuple[Problem, ...]


def slug_from(words: str) -> str:
    """Words as a file name: ``MET for piriformis`` → ``met-for-piriformis``."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:80].strip("-")


def _ignored(name: str) -> bool:
    """What computers leave lying about: .DS_Store, ._film.mov, Thumbs.db, editors' copies."""
    return (
        name.startswith((".", "~$"))
        or name.endswith(("~", ".swp", ".tmp"))
        or name in ("Thumbs.db", "desktop.ini", "__pycache__")
    )


def _walk(folder: Path, prefix: str) -> list[tuple[str, Path]]:
    found: list[tuple[str, Path]] = []
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except OSError:
        return found
    for entry in entries:
        if _ignored(entry.name):
            continue
        path = f"{prefix}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            found += _walk(Path(entry.path), path)
        else:
            found.append((path, Path(entry.path)))
    return found


def scan_project(project: Path) -> Sources:
    """List the sources of a project; names that cannot be used are problems."""
    problems: list[Problem] = []
    pages: list[SourceFile] = []
    films: dict[str, Film] = {}
    assets: list[str] = []
    captions: list[tuple[str, str, str]] = []
    taken: dict[tuple[Kind, str], str] = {}
    for top in ("docs", "exercises", "videos"):
        for path, file in _walk(project / top, top):
            folder, _, name = path.rpartition("/")
            ending = Path(name).suffix.casefold()
            if top == "videos" and folder == "videos" and ending in FILM_ENDINGS:
                _film(path, file, films, problems)
            elif top == "videos" and folder == "videos" and (match := CAPTION_ENDING.match(name)):
                captions.append((match["slug"], match["lang"], path))
            elif path.startswith("docs/data/"):
                continue
            elif ending in (".md", ".markdown") and not (top == "videos" and folder != "videos"):
                source = _page(path, file, problems)
                if source is None:
                    continue
                key = (source.kind, unicodedata.normalize("NFC", source.slug).casefold())
                if key in taken:
                    problems.append(
                        Problem(
                            path,
                            None,
                            None,
                            f"{taken[key]} gives the same page",
                            "give one of the two files another name",
                            "slug-twice",
                        )
                    )
                    continue
                taken[key] = path
                pages.append(source)
            elif top == "docs":
                assets.append(path)
    for slug, lang, path in captions:
        if slug in films:
            films[slug].captions[lang] = path
        else:
            problems.append(
                Problem(
                    path,
                    None,
                    None,
                    f"there is no film {slug} beside these captions",
                    "give the captions the film's name, like hip.en.vtt beside hip.mp4",
                    "captions-alone",
                    "warning",
                )
            )
    return Sources(tuple(pages), films, tuple(assets), tuple(problems))


def _film(path: str, file: Path, films: dict[str, Film], problems: list[Problem]) -> None:
    slug = Path(path).stem
    if not SLUG.fullmatch(slug):
        better = slug_from(slug) or "hip-week-1"
        problems.append(
            Problem(
                path,
                None,
                None,
                "this film's name cannot be part of a web address",
                f"rename it to {better}{Path(path).suffix.casefold()}",
                "name-slug",
            )
        )
        return
    if slug in films:
        problems.append(
            Problem(
                path,
                None,
                None,
                f"{films[slug].path} is a film with the same name",
                "keep one of the two, or rename one",
                "film-twice",
            )
        )
        return
    films[slug] = Film(slug, path, file)


def _page(path: str, file: Path, problems: list[Problem]) -> SourceFile | None:
    stem = Path(path).stem
    kind: Kind = "page"
    slug = path.removeprefix("docs/").rsplit(".", 1)[0]
    for folder, of_folder in FOLDERS.items():
        if path.startswith(f"{folder}/"):
            kind, slug = of_folder, stem
            break
    if not SLUG.fullmatch(stem):
        better = slug_from(stem) or "new-page"
        problems.append(
            Problem(
                path,
                None,
                None,
                "this file's name cannot be part of a web address",
                f"rename it to {better}.md: small letters, numbers and hyphens",
                "name-slug",
            )
        )
        return None
    if kind != "page" and stem == "index":
        problems.append(
            Problem(
                path,
                None,
                None,
                "this list is made by itself",
                "give the file another name",
                "name-taken",
            )
        )
        return None
    return SourceFile(kind, slug, path, file)
