"""From a file to its front matter with line numbers and its body.

python-frontmatter says where the front matter begins and ends; what is in it is read by
:mod:`kinopress.content.source.yaml.reader`. Mistakes in a file become problems, never exceptions.
"""

from __future__ import annotations

import os
import re
import stat
from codecs import BOM_UTF32_BE, BOM_UTF32_LE
from dataclasses import dataclass
from pathlib import Path

from frontmatter.default_handlers import YAMLHandler

from kinopress.codes import Code
from kinopress.content.model.characters import SPACES, UNSEEN
from kinopress.content.model.nodes import Fields
from kinopress.content.source.yaml.reader import parse_fields
from kinopress.patterns import lazily
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
    """python-frontmatter's idea of where front matter begins and ends; spaces after ``---`` do no harm."""

    FM_BOUNDARY = re.compile(r"^-{3,}[ \t]*$", re.MULTILINE)


_HANDLER = _Handler()
_FENCE_WITH_SIGNS = lazily(rf"^[{SPACES}{UNSEEN}]*(-{{3,}})[ \t{SPACES}{UNSEEN}]*$", re.MULTILINE)
"""A line --- with characters around it that nobody sees."""


def read_file(file: Path, path: str) -> tuple[bytes | None, list[Problem]]:
    """The bytes of a file; ``None`` with a problem where it cannot be read."""
    try:
        if not stat.S_ISREG(os.stat(file).st_mode):  # noqa: PTH116 - half the time of Path's
            raise OSError(0, "it is a folder or a device, not a file")  # noqa: TRY301
        return file.read_bytes(), []
    except OSError as error:
        what = (error.strerror or "it cannot be opened").lower()
        hint = "check that it exists and that you may open it"
        return None, [
            Problem(path, f"the file cannot be read ({what})", hint, Code.FILE_UNREADABLE)
        ]


def read_text(file: Path, path: str) -> tuple[str | None, list[Problem]]:
    """The text of a file, with one kind of line end and no byte-order mark; ``None`` with a problem otherwise."""
    data, problems = read_file(file, path)
    return (None, problems) if data is None else decode(data, path)


def decode(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """Text from bytes, as :func:`read_text` gives it."""
    for begins, kind in _DOCUMENTS.items():
        if data.startswith(begins):
            return None, [_not_text(path, kind)]
    if data and data.count(0) == len(data):
        message = "this file contains nothing but zeros: it was not saved or copied completely"
        hint = "restore it from a copy, or write it again"
        return None, [Problem(path, message, hint, Code.FILE_ZERO_CHARACTER, line=1)]
    if _is_utf32(data):
        return None, [_encoding(path, 1, "this file is saved as UTF-32")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if _is_utf16(data):
            return None, [_encoding(path, 1, "this file is saved as UTF-16")]
        line = data.count(b"\n", 0, error.start) + 1
        return None, [
            _encoding(
                path, line, "this file is not saved as UTF-8 (a letter on this line cannot be read)"
            )
        ]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    invisible = _INVISIBLE.search(text) if _may_hide(data) else None
    if invisible is None:
        return text, []
    if invisible[0] == "\0" and _is_utf16(data):
        return None, [_encoding(path, 1, "this file is saved as UTF-16")]
    line = text.count("\n", 0, invisible.start()) + 1
    hint = "delete the line and type it again"
    if invisible[0] in _TURNING:
        message = (
            "an invisible character on this line turns the order of the letters after it round, so readers would not"
            " see what the file says"
        )
        return None, [Problem(path, message, hint, Code.FILE_CHARACTER, line=line)]
    if invisible[0] == "\0":
        message = "there is an invisible zero character on this line"
        return None, [Problem(path, message, hint, Code.FILE_ZERO_CHARACTER, line=line)]
    message = "there is an invisible character on this line"
    return None, [Problem(path, message, hint, Code.FILE_CHARACTER, line=line)]


_TURNING = "\u202d\u202e"
"""Left-to-right and right-to-left override; what only marks a name in another writing turns nothing round."""
_INVISIBLE = lazily(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff{_TURNING}]")
"""What no page of the web may contain (https://www.w3.org/TR/xml/#charsets), and the old control characters."""


def _may_hide(data: bytes) -> bool:
    """Whether a text in UTF-8 may match :data:`_INVISIBLE`, seen by its bytes, which costs little."""
    return (
        b"\xc2" in data
        or b"\xef\xbf" in data
        or b"\xe2\x80\xad" in data
        or b"\xe2\x80\xae" in data
        or len(data.translate(None, _CONTROLS)) < len(data)
    )


_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\r"))


def _is_utf32(data: bytes) -> bool:
    """Four bytes for each letter, of which most are zero."""
    return data.startswith((BOM_UTF32_LE, BOM_UTF32_BE)) or (
        len(data) % 4 == 0 and 2 * data.count(0) > len(data)
    )


def _is_utf16(data: bytes) -> bool:
    """By its mark, or because every other byte of Western words is zero."""
    few, many = sorted((data[0:400:2].count(0), data[1:400:2].count(0)))
    return data[:2] in (b"\xff\xfe", b"\xfe\xff") or (many * 4 > len(data[:400]) and few * 4 < many)


_DOCUMENTS = {
    b"{\\rtf": "a word-processor document (RTF)",
    b"PK\x03\x04": "a word-processor document, or an archive",
    b"\xd0\xcf\x11\xe0": "a word-processor document",
    b"%PDF-": "a PDF",
    b"bplist": "a document from a Mac program",
}
"""How files begin that were given the ending of plain text."""


def _not_text(path: str, kind: str) -> Problem:
    message = f"this file is {kind}, not plain text"
    hint = "open it in the program it was made with, and save it as plain text in UTF-8"
    return Problem(path, message, hint, Code.FILE_ENCODING, line=1)


def _encoding(path: str, line: int, message: str) -> Problem:
    return Problem(
        path, message, "save it again with the encoding UTF-8", Code.FILE_ENCODING, line=line
    )


def read_document(file: Path, path: str) -> tuple[Document, list[Problem]]:
    """Read one Markdown file. A mistake gives problems and a document with what could be read."""
    text, problems = read_text(file, path)
    return (unreadable(path), problems) if text is None else parse_document(text, path)


def unreadable(path: str) -> Document:
    """A file of which nothing could be read."""
    return Document(path, Fields(1), "", 1, readable=False)


def parse_document(text: str, path: str) -> tuple[Document, list[Problem]]:
    """Split and compose the text of a Markdown file; see :func:`read_document`."""
    text = with_plain_fences(text)
    if not _HANDLER.detect(text):
        return Document(path, Fields(1), text, 1, readable=False), [_missing(text, path)]
    try:
        front_text, body = split_document(text)
    except ValueError:
        problem = _not_closed(path, *_where_it_should_close(text))
        return Document(path, Fields(1), "", 1, readable=False), [problem]
    fields, problems = parse_fields(front_text, path)
    if fields is None:
        # A --- further down, meant as a line across the page, was taken for the closing one.
        end, _ = _where_it_should_close(front_text)
        if end < (problems[-1].line or 0) + 1 and _is_prose(front_text, end):
            problems = [_not_closed(path, end, _BELOW_THE_LAST)]
    body_line = text.count("\n", 0, len(text) - len(body)) + 1
    document = Document(path, fields or Fields(1), body, body_line, readable=fields is not None)
    return document, problems


def with_plain_fences(text: str) -> str:
    """A text whose lines ``---`` have no characters around them that nobody sees."""
    if text.isascii() or not any("---" in line and not line.isascii() for line in text.split("\n")):
        return text
    return _FENCE_WITH_SIGNS.sub(r"\1", text)


def split_document(text: str) -> tuple[str, str]:
    """The front matter of a text and what is below it; the line ends after the two ``---`` begin them.

    Raises:
        ValueError: it has none, or it is not closed.
    """
    front, body = _HANDLER.split(text)
    return front, body


_BELOW_THE_LAST = "add a line --- below the last field"


def _missing(text: str, path: str) -> Problem:
    message = "the page has no fields at the top"
    hint = "begin the file with a line ---, then title: and the other fields, then a line ---"
    begun = re.search(r"^[ \t]*-{3,}[ \t]*$", text, re.MULTILINE)
    if begun and not text[: begun.start()].strip():
        message = "the fields do not start at the very top of the file"
        hint = "delete the empty lines and spaces before the first ---"
    elif re.match(r"[-–—]{1,3}[ \t]*\n", text):
        hint = "write three hyphens --- as the first line, and nothing else"
    return Problem(path, message, hint, Code.FRONT_MATTER_MISSING, line=1)


def _not_closed(path: str, line: int, hint: str) -> Problem:
    return Problem(path, "the fields are not closed", hint, Code.FRONT_MATTER_NOT_CLOSED, line=line)


def _where_it_should_close(text: str) -> tuple[int, str]:
    """The line of an attempt at ``---``, or the first empty line, or the last line; and what to do there."""
    lines = text.rstrip("\n").split("\n")
    for number, line in enumerate(lines[1:], start=2):
        if re.fullmatch(r"[ \t]*(?:--|-{3,}|[–—]+|\.{3}|…)[ \t]*", line):
            return number, "write three hyphens --- on this line, and nothing else"
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip():
            return number, _BELOW_THE_LAST
    return len(lines), _BELOW_THE_LAST


def _is_prose(front_text: str, line: int) -> bool:
    """Whether what follows a line looks like the text of a page, not like fields."""
    after = "\n".join(front_text.split("\n")[line:]).lstrip("\n")
    return bool(after.strip()) and not re.match(r"[ \t-]|[A-Za-z_][\w-]*[ \t]*:", after)
