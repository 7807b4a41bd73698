"""Where pages are on the site, and how one reaches another."""

from __future__ import annotations

import functools
import posixpath

from kinopress.content.model.kinds import KINDS
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Page


def page_path(page: Page) -> str:
    """The page's Markdown file in the plain tree: ``exercises/clam.md``, ``about.md``."""
    folder = KINDS[page.kind].site
    return f"{folder}/{page.slug}.md" if folder else f"{page.slug}.md"


@functools.lru_cache(maxsize=65_536)
def url_of(path: str) -> str:
    """The address of a plain-tree file from the site's root: ``exercises/clam/``; the home page is empty."""
    if not path.endswith(".md"):
        return path
    stem = path[:-3]
    if stem == "index" or stem.endswith("/index"):
        return stem[: -len("index")]
    return f"{stem}/"


@functools.lru_cache(maxsize=65_536)
def _steps(address: str) -> list[str]:
    return posixpath.normpath(address).split("/") if address else []


@functools.lru_cache(
    maxsize=4096
)  # a page asks for the same again, and for others than the next page does
def relative_url(from_path: str, to_path: str) -> str:
    """The address of one plain-tree file as written on the page of another."""
    here, there = _steps(url_of(from_path)), _steps(url_of(to_path))
    shared = 0
    for one, other in zip(here, there, strict=False):
        if one != other:
            break
        shared += 1
    address = "/".join([*[".."] * (len(here) - shared), *there[shared:]]) or "."
    return f"{address}/" if to_path.endswith(".md") else address


def relative_file(from_path: str, to_path: str) -> str:
    """The Markdown link from one plain-tree file to another, which any engine can check."""
    return posixpath.relpath(to_path, posixpath.dirname(from_path) or ".")


def page_at(library: Library, path: str) -> Page | None:
    """The shown page that has a place in the plain tree; ``None`` where a list is, or nothing."""
    return library.once(_by_path).get(path)


def _by_path(library: Library) -> dict[str, Page]:
    return {page_path(page): page for page in library.pages.values()}
