"""The text of a page as it is being written, as HTML to look at, and what is wrong with it; nothing is saved."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import unquote

from kinopress.codes import Code
from kinopress.content.forms.pages import read_page
from kinopress.content.model.library import Library
from kinopress.content.model.names import Mention
from kinopress.content.model.pages import Kind, Page
from kinopress.content.rules.bodies.body import body_problems
from kinopress.content.source.document import parse_document
from kinopress.pages.links import page_path, url_of
from kinopress.patterns import lazily
from kinopress.problems import Problem

_FILE = lazily(r'href="(?![a-z]+:|/|#)([^"#]+\.md)(#[^"]*)?"')
"""A link to a page by its file, which an engine makes an address."""
_FRONT = "---\ntitle: A page\n---\n\n"
"""Fields that are in order, so that nothing but the text can be wrong."""


def typed_body(
    library: Library,
    kind: Kind,
    path: str,
    text: str,
    base: str,
    sources: Iterable[str] | None = None,
) -> str:
    """The text of a page as readers will have it, but for films and pictures that are not made yet.

    Args:
        library: Everything else, for what the text links to and cites.
        kind: The kind of page.
        path: Its file, relative to the project.
        text: The text below its fields.
        base: Where the site is, for its links; ends with ``/``.
        sources: What its field of sources holds now; ``None``: what its file says.
    """
    from kinopress.pages.parts.html import converted  # noqa: PLC0415 - loads what makes pages
    from kinopress.pages.place import Place  # noqa: PLC0415
    from kinopress.pages.text import render_body  # noqa: PLC0415

    page, _ = _read(library, kind, path, text, sources)
    place = page_path(page)
    html = converted(render_body(Place(library, {}, place, base), page))

    def address(found: re.Match[str]) -> str:
        file, mark = unquote(found[1]), found[2] or ""
        return f'href="{base}{url_of(posixpath.normpath(posixpath.join(place, "..", file)))}{mark}"'

    return _FILE.sub(address, html)


def typed_problems(
    library: Library, kind: Kind, path: str, text: str, sources: Iterable[str] | None = None
) -> list[Problem]:
    """What is wrong with a text, each with its line in the text.

    Args:
        library: Everything else, for what the text links to and cites.
        kind: The kind of page.
        path: Its file, relative to the project.
        text: The text below its fields.
        sources: What its field of sources holds now; ``None``: what its file says.
    """
    page, found = _read(library, kind, path, text, sources)
    found += body_problems(library, {**library.pages, **library.held}, page)
    above = _FRONT.count("\n")
    return [
        replace(problem, line=problem.line - above)
        for problem in sorted(found, key=lambda problem: problem.line or 0)
        if problem.line is not None and problem.line > above and not problem.field
    ]


def can_be_shown(problems: Iterable[Problem]) -> bool:
    """Whether a text with these problems can be made HTML."""
    return all(problem.code != Code.NESTED_DEEPLY for problem in problems)


def _read(
    library: Library, kind: Kind, path: str, text: str, sources: Iterable[str] | None
) -> tuple[Page, list[Problem]]:
    """A text as a page, with the sources of the page it is of: those are what it may cite."""
    slug = path.rpartition("/")[2].removesuffix(".md")
    document, problems = parse_document(f"{_FRONT}{text}\n", path)
    page, more = read_page(kind, slug, document)
    known = [*library.pages.values(), *library.held.values()]
    there = next((one for one in known if one.path == path), None)
    named = None if sources is None else tuple(sources)
    if there is not None and named in (None, tuple(one.text for one in there.sources)):
        page = replace(page, sources=there.sources, front=there.front)
    elif named is not None:
        page = replace(page, sources=tuple(Mention(key, 1, "sources") for key in named))
    return page, [*problems, *more]
