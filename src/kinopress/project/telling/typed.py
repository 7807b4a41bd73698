"""The text of a page as it is being written, as HTML to look at; nothing is saved."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from kinopress.content.forms.pages import read_page
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Kind
from kinopress.content.source.document import parse_document
from kinopress.pages.links import page_path, url_of
from kinopress.pages.parts.html import converted
from kinopress.pages.place import Place
from kinopress.pages.text import render_body
from kinopress.patterns import lazily

_FILE = lazily(r'href="(?![a-z]+:|/|#)([^"#]+\.md)(#[^"]*)?"')
"""A link to a page by its file, which an engine makes an address."""


def typed_body(library: Library, kind: Kind, path: str, text: str, base: str) -> str:
    """The text of a page as readers will have it, but for films and pictures that are not made yet.

    Args:
        library: Everything else, for what the text links to and cites.
        kind: The kind of page.
        path: Its file, relative to the project.
        text: The text below its fields.
        base: Where the site is, for its links; ends with ``/``.
    """
    slug = path.rpartition("/")[2].removesuffix(".md")
    document, _ = parse_document(f"---\ntitle: A page\n---\n\n{text}\n", path)
    page, _ = read_page(kind, slug, document)
    place = page_path(page)
    html = converted(render_body(Place(library, {}, place, base), page))

    def address(found: re.Match[str]) -> str:
        file, mark = unquote(found[1]), found[2] or ""
        return f'href="{base}{url_of(posixpath.normpath(posixpath.join(place, "..", file)))}{mark}"'

    return _FILE.sub(address, html)
