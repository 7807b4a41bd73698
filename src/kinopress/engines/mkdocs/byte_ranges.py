"""Parts of a file over HTTP: what a browser asks for when a reader moves along a film (RFC 9110, section 14).

MkDocs' preview answers every request with the whole file. Chromium then cannot move within a film, and
Safari, which asks for the first two bytes to learn whether it can, does not play it at all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus
from os import fstat
from typing import Any, BinaryIO
from wsgiref.util import FileWrapper

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_RANGE = re.compile(
    r"[ \t]*bytes[ \t]*=[ \t]*([0-9]{0,18})[ \t]*-[ \t]*([0-9]{0,18})[ \t]*", re.IGNORECASE
)
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class ByteRange:
    """The bytes from ``first`` to ``last``, both included."""

    first: int
    last: int


class Beyond(Exception):  # noqa: N818 - an answer, not a defect
    """No byte of the file is in what is asked for."""


def asked_part(header: str, size: int) -> ByteRange | None:
    """The part of a file of ``size`` bytes that a ``Range`` header asks for.

    Returns:
        ``None`` when the header asks for nothing this server gives in parts (several parts at
        once, another unit, a slip): the whole file is the right answer then.

    Raises:
        Beyond: when no byte of the file is in what is asked for.
    """
    match = _RANGE.fullmatch(header)
    if match is None or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        count = min(int(last), size)
        if count == 0:
            raise Beyond
        return ByteRange(size - count, size - 1)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise Beyond
    return ByteRange(int(first), min(int(last), size - 1) if last else size - 1)


def in_parts(application: Application) -> Application:
    """An application whose files can be asked for in parts, and whose answers to HEAD have no body."""

    def ranged(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        answers: list[tuple[str, list[tuple[str, str]]]] = []

        def note(status: str, headers: list[tuple[str, str]], *_: Any) -> None:
            answers.append((status, headers))

        body = application(environ, note)
        status, headers = answers[-1]
        headers = list(headers)
        file = _file_of(body) if status.startswith("200") else None
        if file is not None:
            status, headers, body = _answer(environ, file, headers)
        start_response(status, headers)
        if environ.get("REQUEST_METHOD") == "HEAD":
            with suppress(AttributeError):
                body.close()  # type: ignore[attr-defined]
            return []
        return body

    return ranged


def _file_of(body: Iterable[bytes]) -> BinaryIO | None:
    """The file on disk behind an answer, if that is what it is made of."""
    file: BinaryIO | None = getattr(body, "filelike", None)
    try:
        return file if file is not None and file.fileno() >= 0 else None
    except OSError:
        return None


def _answer(
    environ: dict[str, Any], file: BinaryIO, headers: list[tuple[str, str]]
) -> tuple[str, list[tuple[str, str]], Iterable[bytes]]:
    about = fstat(file.fileno())
    mark = f'"{about.st_mtime_ns:x}-{about.st_size:x}"'
    changed = formatdate(about.st_mtime, usegmt=True)
    kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
    kept += [("Accept-Ranges", "bytes"), ("ETag", mark), ("Last-Modified", changed)]
    header = environ.get("HTTP_RANGE", "")
    same = environ.get("HTTP_IF_RANGE", mark).strip() in (mark, changed)
    part = None
    if header and same and environ.get("REQUEST_METHOD") == "GET":
        try:
            part = asked_part(header, about.st_size)
        except Beyond:
            file.close()
            status = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
            kept += [("Content-Range", f"bytes */{about.st_size}"), ("Content-Length", "0")]
            return f"{status.value} {status.phrase}", kept, []
    if part is None:
        return "200 OK", [*kept, ("Content-Length", str(about.st_size))], FileWrapper(file)
    kept += [
        ("Content-Range", f"bytes {part.first}-{part.last}/{about.st_size}"),
        ("Content-Length", str(part.last - part.first + 1)),
    ]
    return "206 Partial Content", kept, _Bytes(file, part)


class _Bytes:
    """The bytes of a part, a piece at a time; closes the file."""

    def __init__(self, file: BinaryIO, part: ByteRange) -> None:
        self.file, self.part = file, part

    def __iter__(self) -> Iterator[bytes]:
        self.file.seek(self.part.first)
        left = self.part.last - self.part.first + 1
        while left > 0 and (piece := self.file.read(min(_CHUNK, left))):
            left -= len(piece)
            yield piece

    def close(self) -> None:
        """Close the file; the server calls it, also when the browser has gone away."""
        self.file.close()
