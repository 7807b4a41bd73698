"""From a file to its front matter with line numbers and its body.

python-frontmatter says where the front matter begins and ends; what is in it is read by
:mod:`kinopress.content.yaml_reader`. Mistakes in a file become problems, never exceptions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontmatter.default_handlers import YAMLHandler

from kinopress.content.nodes import Fields
from kinopress.content.yaml_reader import compose, parse_fields
from kinopress.problems import Problem


@dataclass(slots=True)
class Document:
    """One Markdown file.

    Attributes:
        path: Relative to the project, with ``/``.
        front: Its front matter, empty when it could not be read.
        body: Everything below the front matter, one kind of line end.
        body_line: Line of the file on which ``body`` begins, from 1.
        readable: False when the text or its front matter could not be read at all.
    """

    path: str
    front: Fields
    body: str
    body_line: int
    readable: bool = True


class _Handler(YAMLHandler):
    """python-frontmatter's idea of where front matter begins and ends, our idea of what is in it."""

    FM_BOUNDARY = re.compile(r"^-{3,}[ \t]*$", re.MULTILINE)

    def load(self, fm: str, **kwargs: object) -> Any:
        """Compose ``fm`` to YAML nodes that know their lines."""
        return compose(fm)


_HANDLER = _Handler()


def read_text(file: Path, path: str) -> tuple[str | None, list[Problem]]:
    """The text of a file, with one kind of line end and no byte-order mark; ``None`` with a problem otherwise."""
    try:
        data = file.read_bytes()
    except OSError as error:
        what = error.strerror or "it cannot be opened"
        return None, [
            Problem(
                path,
                None,
                None,
                f"the file cannot be read ({what.lower()})",
                "check that it exists and that you may open it",
                "file-unreadable",
            )
        ]
    return decode(data, path)


def decode(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """Text from bytes, as :func:`read_text` gives it."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return None, [_encoding(path, 1, "this file is saved as UTF-16")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [
            _encoding(
                path, line, "this file is not saved as UTF-8 (a letter on this line cannot be read)"
            )
        ]
    zero = text.find("\0")
    if zero >= 0:
        line = text.count("\n", 0, zero) + 1
        return None, [
            Problem(
                path,
                line,
                None,
                "an invisible zero character stands on this line",
                "delete the line and type it again",
                "file-zero-character",
            )
        ]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, []


def _encoding(path: str, line: int, message: str) -> Problem:
    return Problem(
        path, line, None, message, "save it again with the encoding UTF-8", "file-encoding"
    )


def read_document(file: Path, path: str) -> tuple[Document, list[Problem]]:
    """Read one Markdown file. A mistake gives problems and a document with what could be read."""
    text, problems = read_text(file, path)
    if text is None:
        return Document(path, Fields(1), "", 1, readable=False), problems
    return parse_document(text, path)


def parse_document(text: str, path: str) -> tuple[Document, list[Problem]]:
    """Split and compose the text of a Markdown file; see :func:`read_document`."""
    if not _HANDLER.detect(text):
        problem = Problem(
            path,
            1,
            None,
            "the page has no front matter",
            "begin the file with a line ---, then title: and the other fields, then a line ---",
            "front-matter-missing",
        )
        return Document(path, Fields(1), text, 1, readable=False), [problem]
    try:
        front_text, body = _HANDLER.split(text)
    except ValueError:
        problem = Problem(
            path,
            1,
            None,
            "the front matter is not closed",
            "put a line --- below its last field",
            "front-matter-not-closed",
        )
        return Document(path, Fields(1), "", 1, readable=False), [problem]
    body_line = text.count("\n", 0, len(text) - len(body)) + 1
    fields, problems = parse_fields(front_text, path, first_line=1)
    document = Document(path, fields or Fields(1), body, body_line, readable=fields is not None)
    return document, problems
