"""Does a file that readers get hold what is kept for a client alone?

A copy or another name of a client's file says nothing of where it came from, and a link from a page would
publish it. So all files in the folder of clients are compared with everything that a site is made of.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kinopress.codes import Code
from kinopress.problems import Problem

_TEXT_MAX = 1_000_000
"""Bytes: no plan is longer, and a film is not looked through for one."""
_WORDS_MIN = 80
"""Characters of a plan that must come back to be one: less is in many files."""
_AT_ONCE = 1 << 20


@dataclass(slots=True)
class _Private:
    """What is in the folder of clients, by all that a copy of it has in common with it."""

    by_inode: dict[tuple[int, int], str] = field(default_factory=dict)
    by_size: dict[int, list[tuple[Path, str]]] = field(default_factory=dict)
    words: list[tuple[str, str]] = field(default_factory=list)


def private_copies(project: Path, clients: str, paths: Iterable[str]) -> Iterator[Problem]:
    """A problem for each file that is, or holds, one of a client's.

    Args:
        project: The project's folder.
        clients: The folder of clients, seen from there.
        paths: The files that a site is made of, relative to the project.
    """
    folder = project / clients
    try:
        if not folder.is_dir():
            return
    except OSError:  # what may not be looked into is said by whoever needs it
        return
    private = _look(folder, clients)
    if not private.by_inode:
        return
    for path in paths:
        try:
            theirs = _theirs(project / path, private)
        except OSError:  # that it cannot be read is said elsewhere
            continue
        if theirs is not None:
            yield Problem(
                path,
                f"this is also in {theirs}, and what is there is private",
                "remove this file; if it is about no client, remove the one there",
                Code.CLIENT_COPY,
            )


def _look(folder: Path, shown: str) -> _Private:
    private = _Private()
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(at) / name
            called = f"{shown}/{file.relative_to(folder).as_posix()}"
            try:
                seen = file.stat()
                if not file.is_file() or not seen.st_size:
                    continue
                private.by_inode.setdefault((seen.st_dev, seen.st_ino), called)
                private.by_size.setdefault(seen.st_size, []).append((file, called))
                if name.endswith(".md") and len(words := _words(file, seen.st_size)) >= _WORDS_MIN:
                    private.words.append((words, called))
            except OSError:
                continue
    return private


def _theirs(file: Path, private: _Private) -> str | None:
    """The client's file that a file is or holds."""
    seen = file.stat()
    if not seen.st_size:
        return None
    if (same := private.by_inode.get((seen.st_dev, seen.st_ino))) is not None:
        return same
    alike = private.by_size.get(seen.st_size, ())
    if alike:
        digest = _digest(file)
        for other, called in alike:
            if _digest(other) == digest:
                return called
    words = _words(file, seen.st_size) if private.words else ""
    return next((called for theirs, called in private.words if theirs in words), None)


def _digest(file: Path) -> bytes:
    digest = hashlib.sha256()
    with file.open("rb") as data:
        while part := data.read(_AT_ONCE):
            digest.update(part)
    return digest.digest()


def _words(file: Path, size: int) -> str:
    """The words of a text with one space between two, however it was saved; of anything else, nothing."""
    if size > _TEXT_MAX:
        return ""
    data = file.read_bytes()
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    if not wide and b"\0" in data[:4096]:
        return ""
    text = data.decode("utf-16" if wide else "utf-8-sig", "replace")
    return " ".join(text.split())
