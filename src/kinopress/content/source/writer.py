"""Changes to a page that leave every other byte of its file as it is (pure).

A form, a rename or a command changes fields by their names. Each change replaces the characters of the value
itself, at the place where the reader's own parser found it: comments, order, quotes, indentation, line ends
and a byte-order mark stay. The result is read again, and refused unless it says what was there before
plus the change that was asked for. What cannot be read is not changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kinopress.codes import Code
from kinopress.content.model.characters import without_unseen
from kinopress.content.source.changes import with_body, with_value, without
from kinopress.content.source.document import decode, parse_document
from kinopress.content.source.seen import Where, field_name, seen_of
from kinopress.content.source.yaml.words import Value, value_of
from kinopress.problems import ExitCode, Problem, Refusal


@dataclass(frozen=True, slots=True)
class Put:
    """Set a field or an entry, or add it where there is none yet.

    A list or group is compared with what is there, and only what differs is written.

    Attributes:
        where: The way to it; groups on the way that are missing are made.
        value: What it is to be.
        order: Names of fields in the order in which they should be; a new field comes after those before it.
    """

    where: Where
    value: Value
    order: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Remove:
    """Remove a field or an entry, with its line; nothing happens where there is none."""

    where: Where


@dataclass(frozen=True, slots=True)
class Body:
    r"""Set the text below the fields: what is after the line end of the second ``---``, with any line ends."""

    text: str


Change = Put | Remove | Body


def token(data: bytes) -> str:
    """What a form keeps to know whether a file is still the one it was filled from: a digest of its bytes."""
    return hashlib.sha256(data).hexdigest()


def body_text(data: bytes, path: str) -> str:
    r"""The text below the fields as :class:`Body` sets it, its lines ended by ``\n``.

    Raises:
        Refusal: the file cannot be read; with its problems.
    """
    return seen_of(data, path, is_page=True, any_tags=False).body


def body_line(data: bytes, path: str) -> int:
    """The line of the file on which :func:`body_text` begins, from 1."""
    document = parse_document(decode(data, path)[0] or "", path)[0]
    return document.body_line + document.body.startswith("\n")


def fields_of(data: bytes, path: str, *, is_page: bool = True) -> Value:
    """The fields of a page, or of a file that is YAML, as values: what a form is filled with.

    Raises:
        Refusal: the file cannot be read; with its problems.
    """
    return value_of(seen_of(data, path, is_page=is_page, any_tags=False).fields)


def changed_page(data: bytes, path: str, changes: Iterable[Change]) -> bytes:
    """The bytes of a page after some changes; the same bytes where they change nothing.

    Args:
        data: The bytes of its file.
        path: The file, for problems.
        changes: What to do, one after the other.

    Raises:
        Refusal: its fields cannot be read, or a change cannot be made without changing something else.
    """
    return _changed(data, path, changes, is_page=True, any_tags=False)


def changed_yaml(
    data: bytes, path: str, changes: Iterable[Change], *, any_tags: bool = False
) -> bytes:
    """:func:`changed_page` for a file that is YAML from its first line: lists in ``docs/data``, the settings.

    Args:
        data: The bytes of the file.
        path: The file, for problems.
        changes: What to do, one after the other.
        any_tags: Whether values with a ``!tag`` are of another program, and no mistakes.

    Raises:
        Refusal: as :func:`changed_page`.
    """
    return _changed(data, path, changes, is_page=False, any_tags=any_tags)


def _changed(
    data: bytes, path: str, changes: Iterable[Change], *, is_page: bool, any_tags: bool
) -> bytes:
    seen = seen_of(data, path, is_page=is_page, any_tags=any_tags)
    for change in changes:
        if isinstance(change, Body):
            seen = with_body(seen, change.text)
        elif isinstance(change, Remove):
            seen = without(seen, change.where)
        else:
            value = _as_read(change.value, path, change.where)
            seen = with_value(seen, change.where, value, change.order)
    return seen.raw.encode("utf-8")


def _as_read(value: Value, path: str, where: Where) -> Value:
    """A value without the characters that the reader passes over.

    Raises:
        Refusal: it contains a character that no file may contain.
    """
    if isinstance(value, str):
        words = without_unseen(value.replace("\r\n", "\n").replace("\r", "\n"))
        _, problems = decode(words.encode("utf-8", "replace"), path)
        if problems:
            field = field_name(where)
            hint = "delete what was pasted there and type it again"
            message = "there is an invisible character in these words"
            problem = Problem(path, message, hint, Code.FILE_CHARACTER, field=field)
            raise Refusal([problem], ExitCode.CONTENT)
        return words
    if isinstance(value, Mapping):
        return {name: _as_read(inner, path, (*where, name)) for name, inner in value.items()}
    if isinstance(value, Sequence):
        return [_as_read(inner, path, (*where, at)) for at, inner in enumerate(value)]
    return value
