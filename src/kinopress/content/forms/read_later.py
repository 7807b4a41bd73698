"""What was written in a page, left in its file until somebody asks for it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from kinopress.content.markdown.code_spans import without_remarks
from kinopress.content.model.library import Library
from kinopress.content.model.nodes import Fields
from kinopress.content.model.noticing.watched import Watched
from kinopress.content.model.pages import Page
from kinopress.content.source.document import Document, decode, parse_document, read_file


def read_fronts_later(library: Library, project: Path) -> None:
    """:func:`read_front_later` for all pages of a library that was checked, watched ones too: it is half of what a library takes."""
    every = {**library.held, **library.pages}
    for page in (*every.values(), *library.once(Watched).all_of(every).values()):
        read_front_later(page, project)


def read_front_later(page: Page, project: Path) -> None:
    """Forget what was written in a page's front matter; it is read again when somebody asks for it.

    Args:
        page: The page, which may then be sent to another process, whatever gave it.
        project: The project's folder.
    """
    page.__dict__["front"] = partial(_front_of, project, page.path)


def read_text_later(page: Page, project: Path) -> None:
    """:func:`read_front_later`, and the same for its text."""
    read_front_later(page, project)
    page.__dict__["body"] = partial(_body_of, project, page.path)


def _front_of(project: Path, path: str) -> Fields:
    document = _read_again(project, path)
    return Fields(1) if document is None else document.front


def _body_of(project: Path, path: str) -> str:
    document = _read_again(project, path)
    return "" if document is None else without_remarks(document.body)[0]


def _read_again(project: Path, path: str) -> Document | None:
    data, _ = read_file(project / path, path)
    text, _ = (None, []) if data is None else decode(data, path)
    return None if text is None else parse_document(text, path)[0]
