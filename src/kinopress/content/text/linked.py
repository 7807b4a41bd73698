"""Which files of docs/ does the site use, and where does it say so?

Only what a page, a setting or a used style sheet names is published. What merely is in docs/
(a list of clients, a backup, the photo before it was cut) stays where it is, and that is reported.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.markdown.marks import Mark, scan
from kinopress.content.model.kinds import LISTS
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Exercise, Page, Technique, line_of
from kinopress.content.relations.moved import address_of
from kinopress.content.text.style_sheet import is_style_sheet, named_in
from kinopress.content.text.targets import asset_of
from kinopress.problems import Problem

HOST_FILES = ("CNAME", "robots.txt", "_headers", "_redirects", ".nojekyll")
"""Files right in docs/ that a web host asks for by name; no page links them."""

_NAMED_MAX = 5


@dataclass(frozen=True, slots=True)
class Use:
    """One place that uses a file.

    Attributes:
        path: The coach's file that says so.
        line: Its line, if it has one.
        as_picture: It is shown there as a picture.
        public: The place itself is shown to readers today.
    """

    path: str
    line: int | None
    as_picture: bool
    public: bool


def marks_of(page: Page) -> Iterator[Mark]:
    """The marks of everything in a page that may hold links."""
    if isinstance(page, Exercise):
        for step in page.steps:
            yield from scan(step.text, step.line)
    elif isinstance(page, Technique) and page.evidence:
        yield from scan(page.evidence, line_of(page, "evidence") or 1)
    yield from scan(page.body, page.body_line)


def linked_files(project: Path, library: Library) -> dict[str, list[Use]]:
    """Every file of docs/ that is used, by its path, with the places that use it.

    Pages that are held back count as well; their files are published with them.

    Raises:
        OSError: a style sheet that a setting names cannot be read.
    """
    used: dict[str, list[Use]] = {}
    if not library.assets:
        return used
    for key, page in {**library.held, **library.pages}.items():
        for mark in marks_of(page):
            if mark.kind in ("link", "picture", "html"):
                asset = asset_of(library, page, mark)
                if asset is not None:
                    use = Use(page.path, mark.line, mark.kind == "picture", key in library.pages)
                    used.setdefault(asset, []).append(use)
    for name, line in library.settings.extra_files:
        path = f"docs/{posixpath.normpath(name)}"
        if path in library.assets:
            used.setdefault(path, []).append(Use("mkdocs.yml", line, False, True))
    photo = library.settings.coach.photo
    if photo is not None and (asset := photo_asset(library)) is not None:
        used.setdefault(asset, []).append(Use("mkdocs.yml", photo.line, True, True))
    for name in HOST_FILES:
        if f"docs/{name}" in library.assets:
            used.setdefault(f"docs/{name}", []).append(Use(f"docs/{name}", None, False, True))
    sheets = [asset for asset in used if is_style_sheet(asset)]
    for sheet in sheets:  # grows by those that they bring in
        for inside in _named_in_styles(project, sheet, library.assets):
            if is_style_sheet(inside) and inside not in used:
                sheets.append(inside)
            used.setdefault(inside, []).append(Use(sheet, None, False, True))
    return used


def photo_asset(library: Library) -> str | None:
    """The coach's picture that the settings name, as a file of docs/; ``None`` without one."""
    photo = library.settings.coach.photo
    if photo is None:
        return None
    asset = f"docs/{posixpath.normpath(photo.text.removeprefix('docs/'))}"
    return asset if asset in library.assets else None


def _named_in_styles(project: Path, sheet: str, assets: Iterable[str]) -> Iterator[str]:
    known = set(assets)
    text = (project / sheet).read_text("utf-8", "replace")
    yield from (path for path in named_in(sheet, text) if path in known)


def in_place_of_pages(library: Library) -> Iterator[Problem]:
    """Files that would have the address of a page of the site: it can be only one of the two."""
    pages = (*library.pages.values(), *library.held.values())
    taken = {"index", *LISTS, *map(address_of, pages)}
    for asset in library.assets:
        folder, _, name = asset.removeprefix("docs/").rpartition("/")
        if name == "index.html" and (folder or "index") in taken:
            yield Problem(
                asset,
                "this file is where a page of the site belongs",
                "move it out of docs/, or write it as a page",
                Code.FILE_AS_PAGE,
            )


def unlinked_files(assets: Iterable[str], used: Mapping[str, object]) -> Iterator[Problem]:
    """A warning for each folder in which files are that nothing uses."""
    folders: dict[str, list[str]] = {}
    for asset in assets:
        if asset not in used:
            folders.setdefault(posixpath.dirname(asset), []).append(posixpath.basename(asset))
    for folder, names in sorted(folders.items()):
        if len(names) == 1:
            yield Problem(
                f"{folder}/{names[0]}",
                "no page links to this file, so it is not published",
                "link to it from a page, or move it out of docs/",
                Code.FILE_UNLINKED,
                severity="warning",
            )
            continue
        shown = ", ".join(names[:_NAMED_MAX])
        more = f" and {len(names) - _NAMED_MAX} more" if len(names) > _NAMED_MAX else ""
        yield Problem(
            folder,
            f"no page links to {len(names)} files here, so they are not published: {shown}{more}",
            "link to them from a page, or move them out of docs/",
            Code.FILE_UNLINKED,
            severity="warning",
        )
