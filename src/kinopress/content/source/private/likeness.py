"""What a file has in common with each copy of it: its place on the disk, its bytes, its words. Reads, and judges nothing."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kinopress.content.source.document import split_document, with_plain_fences
from kinopress.content.source.private.files import client_files

_TEXT_MAX = 1_000_000
"""Bytes: no plan is longer, and a film is not looked through for one."""
_TEXTS = (".md", ".markdown", ".txt")
"""What a plan, a message to a client and what a client sends are kept in."""
_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Likeness:
    """A file by what copies of it share with it.

    Attributes:
        path: As the coach knows it.
        identity: Its place on the disk, which other names of the same file share.
        digest: Of its bytes; empty where no file that it is compared with has as many.
        words: Its words with one space between two, however it was saved; empty where it is not a text.
        body: Of a client's file, its words below the fields; empty where it has no fields.
    """

    path: str
    identity: tuple[int, int]
    digest: bytes = b""
    words: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    path: str
    file: Path
    status: os.stat_result


def client_likenesses(
    project: Path, clients: str, paths: Iterable[str]
) -> tuple[tuple[Likeness, ...], Iterator[Likeness]]:
    """The files of clients, and those that a site is made of, which are read one after the other when asked for.

    Empty files and those that cannot be read are left out: that is said by whoever needs them.

    Args:
        project: The project's folder.
        clients: The folder of clients, seen from there.
        paths: The files that a site is made of, relative to the project.
    """
    folder = project / clients
    named = ((f"{clients}/{f.relative_to(folder).as_posix()}", f) for f in client_files(folder))
    theirs = list(_found(named))
    if not theirs:
        return (), iter(())
    ours = list(_found((path, project / path) for path in paths))
    alike = {one.status.st_size for one in theirs} & {one.status.st_size for one in ours}
    kept = tuple(_read(theirs, alike, _TEXTS))
    return kept, _read(ours, alike, None if any(one.words for one in kept) else ())


def _found(files: Iterable[tuple[str, Path]]) -> Iterator[_Found]:
    for path, file in files:
        with contextlib.suppress(OSError):
            status = file.stat()
            if stat.S_ISREG(status.st_mode) and status.st_size:
                yield _Found(path, file, status)


def _read(
    files: Iterable[_Found], alike: Collection[int], endings: tuple[str, ...] | None
) -> Iterator[Likeness]:
    """Files as their copies know them.

    Args:
        files: The files.
        alike: Sizes of which the bytes count.
        endings: Of files whose words count; ``None``: those of any text do, and its fields are words like others.
    """
    for one in files:
        try:
            digest = _digest(one.file) if one.status.st_size in alike else b""
            text = ""
            if endings is None or one.path.casefold().endswith(endings):
                text = _text(one.file, one.status.st_size)
        except OSError:
            continue
        identity = (one.status.st_dev, one.status.st_ino)
        body = "" if endings is None else _body(text)
        yield Likeness(one.path, identity, digest, _words(text), _words(body))


def _digest(file: Path) -> bytes:
    digest = hashlib.sha256()
    with file.open("rb") as data:
        while part := data.read(_AT_ONCE):
            digest.update(part)
    return digest.digest()


def _text(file: Path, size: int) -> str:
    """A text, however it was saved; of anything else, nothing."""
    if size > _TEXT_MAX:
        return ""
    data = file.read_bytes()
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not wide and b"\0" in data[:4096]:
        return ""
    text = data.decode("utf-16" if wide else "utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _body(text: str) -> str:
    """What is below the fields of a text; nothing where it has none."""
    try:
        return split_document(with_plain_fences(text))[1]
    except ValueError:
        return ""


def _words(text: str) -> str:
    return " ".join(text.split())
