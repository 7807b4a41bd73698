"""Changes to a page that leave every other byte of its file as it is (pure).

A form, a rename or a command changes fields by their names. Each change replaces the characters of the value
itself, at the place where the reader's own parser found it: comments, order, quotes, indentation, line ends
and a byte-order mark stay. The result is read again, and refused unless it says what was there before
plus the change that was asked for. What cannot be read is not changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kinopress.codes import Code
from kinopress.content.model.characters import without_unseen
from kinopress.content.model.nodes import Fields
from kinopress.content.source.document import (
    decode,
    parse_document,
    split_document,
    with_plain_fences,
)
from kinopress.content.source.yaml_places import Entry, Place, find_places
from kinopress.content.source.yaml_reader import as_parsed, parse_fields
from kinopress.content.source.yaml_words import (
    Read,
    Value,
    field_lines,
    in_brackets,
    in_lines,
    is_in_lines,
    name_words,
    read_of,
    read_of_value,
    scalar_words,
    value_of,
)
from kinopress.problems import ExitCode, Problem, Refusal

Where = tuple[str | int, ...]
"""The way to a value: ``("dosage", "hold")``, ``("steps", 2, "cue")``. Entries are counted from 0."""


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
    return _seen(data, path, is_page=True, any_tags=False).body


def fields_of(data: bytes, path: str, *, is_page: bool = True) -> Value:
    """The fields of a page, or of a file that is YAML, as values: what a form is filled with.

    Raises:
        Refusal: the file cannot be read; with its problems.
    """
    return value_of(_seen(data, path, is_page=is_page, any_tags=False).fields)


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
    seen = _seen(data, path, is_page=is_page, any_tags=any_tags)
    for change in changes:
        if isinstance(change, Body):
            seen = _with_body(seen, change.text)
        elif isinstance(change, Remove):
            seen = _without(seen, change.where)
        else:
            value = _as_read(change.value, path, change.where)
            seen = _with(seen, change.where, value, change.order)
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
            field = _field_name(where)
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


def _field_name(where: Where) -> str | None:
    """The way to a value as messages name it: entries counted from 1."""
    return ".".join(str(s + 1) if isinstance(s, int) else s for s in where) or None


def _seen(data: bytes, path: str, *, is_page: bool, any_tags: bool) -> _Seen:
    _, problems = decode(data, path)
    if problems:
        raise Refusal(problems, ExitCode.CONTENT)
    return _Seen(data.decode("utf-8"), path, is_page=is_page, any_tags=any_tags)


class _Seen:
    """A file as the reader sees it: what it says, and where.

    Attributes:
        raw: The whole file, with its own line ends and byte-order mark.
        text: Its YAML, as it is given to the parser.
        read: What the fields say.
        root: Where they are; ``None`` where there are none.
        body: The text below the second ``---``.
    """

    def __init__(self, raw: str, path: str, *, is_page: bool, any_tags: bool = False) -> None:
        self.raw, self.path, self.is_page, self.any_tags = raw, path, is_page, any_tags
        text, problems = decode(raw.encode("utf-8"), path)
        fields: Fields | None = None
        self.body = ""
        if text is not None and is_page:
            document, problems = parse_document(text, path)
            fields, self.body = document.front, document.body.removeprefix("\n")
        elif text is not None:
            fields, problems = parse_fields(text, path, any_tags=any_tags)
        if text is None or fields is None or problems:
            raise Refusal(problems, ExitCode.CONTENT)
        self.fields = fields
        self.read = read_of(fields)
        fenced = with_plain_fences(text)
        front = split_document(fenced)[0] if is_page else fenced
        self.text = as_parsed(front)[0]
        self.begins = fenced.index(front, fenced.index("---") + 3) if is_page else 0
        body_begins = len(fenced) - len(self.body) if is_page else len(fenced)
        whole = fenced[: self.begins] + self.text + fenced[self.begins + len(front) :]
        self.body_begins = body_begins - len(fenced) + len(whole)
        origin = _origins(raw, whole)
        if origin is None:
            raise _unsafe(path, None, ())
        self.origin = origin
        self.root = find_places(self.text)
        if self.root is not None and self.root.kind == "text":
            self.root = None

    @property
    def line_end(self) -> str:
        """How the file ends its lines, by the first of them."""
        at = self.raw.find("\n")
        if at < 0:
            return "\r" if "\r" in self.raw else "\n"
        return "\r\n" if self.raw[at - 1 : at] == "\r" else "\n"

    def spliced(self, start: int, end: int, words: str) -> str:
        """The file with other words at a place of its YAML."""
        return self.replaced(self.begins + start, self.begins + end, words)

    def replaced(self, start: int, end: int, words: str) -> str:
        """The file with other words at a place of it, counted as the reader counts."""
        words = words.replace("\n", self.line_end)
        return self.raw[: self.origin[start]] + words + self.raw[self.origin[end] :]

    def again(self, raw: str) -> _Seen:
        """Another text of the same file."""
        return _Seen(raw, self.path, is_page=self.is_page, any_tags=self.any_tags)

    def line_start(self, at: int) -> int:
        """Where the line of a character begins."""
        return self.text.rfind("\n", 0, at) + 1

    def line_stop(self, at: int) -> int:
        """Where the line of a character ends, before its line end."""
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found

    def column(self, at: int) -> int:
        """How far into its line a character is."""
        return at - self.line_start(at)

    def line(self, at: int) -> int:
        """The line of a character, from 1."""
        return self.text.count("\n", 0, at) + 1


def _origins(raw: str, seen: str) -> Sequence[int] | None:
    """For each character that the reader sees, and the end, where it is in the file; ``None`` if it was made up."""
    if raw == seen:
        return range(len(raw) + 1)
    origins: list[int] = []
    at = 0
    for sign in seen:
        while at < len(raw) and raw[at] != sign:
            if raw[at] == "\r" and sign == "\n":
                break
            if sign == " " and raw[at].isspace() and raw[at] not in "\r\n\t":
                break
            if raw[at].isascii() and raw[at] not in " \t":
                return None
            at += 1
        if at >= len(raw):
            return None
        origins.append(at)
        at += 2 if raw[at] == "\r" and raw[at + 1 : at + 2] == "\n" else 1
    if raw[at:].strip():
        return None
    return [*origins, at]


# What each change should give, worked out on what was read


def _get(read: Read, where: Where) -> Read | None:
    for step in where:
        found: Read | None = None
        if isinstance(read, dict) and isinstance(step, str):
            found = read.get(step)
        elif isinstance(read, list) and isinstance(step, int) and 0 <= step < len(read):
            found = read[step]
        if found is None:
            return None
        read = found
    return read


def _set(read: Read, where: Where, new: Read | None) -> Read:
    """What is read with another value at a place; without it where the new one is ``None``."""
    step, rest = where[0], where[1:]
    if isinstance(read, dict) and isinstance(step, str):
        inner = _set(read[step], rest, new) if rest else new
        changed = {name: value for name, value in read.items() if inner is not None or name != step}
        return changed if inner is None else {**changed, step: inner}
    if isinstance(read, list) and isinstance(step, int):
        inner = _set(read[step], rest, new) if rest else new
        return [*read[:step], *([] if inner is None else [inner]), *read[step + 1 :]]
    raise KeyError(step)


def _unsafe(path: str, line: int | None, where: Where) -> Refusal:
    message = "this cannot be changed here without changing something else in the file"
    hint = "open the file in an editor and change it there; write values out that are repeated with & and *"
    problem = Problem(path, message, hint, Code.EDIT_UNSAFE, line=line, field=_field_name(where))
    return Refusal([problem], ExitCode.CONTENT)


def _first(seen: _Seen, ways: Iterable[str], wanted: Read, where: Where) -> _Seen:
    """The first of several texts that says what is wanted, and no more."""
    for raw in ways:
        try:
            now = seen.again(raw)
        except Refusal:
            continue
        if now.read == wanted and now.body == seen.body:
            return now
    place = _place(seen, where)
    raise _unsafe(seen.path, seen.line(place.start) if place else None, where)


def _place(seen: _Seen, where: Where) -> Place | None:
    place = seen.root
    for step in where:
        if place is None:
            return None
        if isinstance(step, str):
            entry = place.entries.get(step)
            place = entry.value if entry else None
        else:
            place = place.items[step] if step < len(place.items) else None
    return place


def _is_in_brackets(seen: _Seen, where: Where) -> bool:
    """Whether the list or group that a way leads to is in brackets, or within such a one."""
    return any(
        place is not None and place.style == "flow"
        for length in range(len(where) + 1)
        for place in [_place(seen, where[:length])]
    )


# The changes


def _with(seen: _Seen, where: Where, value: Value, order: Sequence[str] = ()) -> _Seen:
    new = read_of_value(value)
    old = _get(seen.read, where)
    if old == new or not where:
        return seen
    if old is None:
        return _added(seen, where, value, order)
    place = _place(seen, where)
    if place is None:
        raise _unsafe(seen.path, None, where)
    try:
        if isinstance(old, list) and isinstance(new, list) and old and place.kind == "list":
            return _merged_list(seen, where, value, old, new)
        if isinstance(old, dict) and isinstance(new, dict) and old and place.kind == "group":
            return _merged_group(seen, where, value, old)
    except Refusal:
        pass  # written as a whole instead
    wanted = _set(seen.read, where, new)
    return _first(seen, _whole_ways(seen, where, place, value), wanted, where)


def _merged_list(
    seen: _Seen, where: Where, value: Value, old: list[Read], new: list[Read]
) -> _Seen:
    if not new or not isinstance(value, Sequence):
        raise _unsafe(seen.path, None, where)
    steps = SequenceMatcher(None, [repr(o) for o in old], [repr(n) for n in new], autojunk=False)
    for _, i1, i2, j1, j2 in reversed([s for s in steps.get_opcodes() if s[0] != "equal"]):
        both = min(i2 - i1, j2 - j1)
        for at in range(i2 - 1, i1 + both - 1, -1):
            seen = _without(seen, (*where, at))
        for at in range(both):
            seen = _with(seen, (*where, i1 + at), value[j1 + at])
        for at in range(j1 + both, j2):
            seen = _inserted(seen, where, i1 + at - j1, value[at])
    return seen


def _merged_group(seen: _Seen, where: Where, value: Value, old: dict[str, Read]) -> _Seen:
    if not value or not isinstance(value, Mapping):
        raise _unsafe(seen.path, None, where)
    for name, inner in value.items():
        seen = _with(seen, (*where, name), inner, list(value))
    for name in old:
        if name not in value:
            seen = _without(seen, (*where, name))
    return seen


def _whole_ways(seen: _Seen, where: Where, place: Place, value: Value) -> Iterator[str]:
    """The file with a value written as a whole over another."""
    above = where[:-1]
    inside = _is_in_brackets(seen, above)
    after = _after_sign(seen, where)
    indent = _indent_of(seen, where)
    gap = " " if place.start == place.end and not seen.text[: place.start].endswith(" ") else ""
    if isinstance(value, Mapping) or (isinstance(value, Sequence) and not isinstance(value, str)):
        below = bool(value) and (is_in_lines(value) or (place.style == "block" and not inside))
        if not inside and below and not (place.style == "flow" and not _any_groups(value)):
            lines = in_lines(value, indent + 2)
            if isinstance(where[-1], int) and isinstance(value, Mapping):
                yield seen.spliced(after, place.end, " " + "\n".join(lines).lstrip(" "))
            elif isinstance(where[-1], str):
                yield seen.spliced(after, place.end, "\n" + "\n".join(lines))
        words = [in_brackets(value)]
    else:
        words = list(scalar_words(value, place.style, indent, in_brackets=inside))
    for way in words:
        yield seen.spliced(place.start, place.end, gap + way)
    for way in words:
        yield seen.spliced(after, place.end, f" {way}")


def _any_groups(value: Value) -> bool:
    if isinstance(value, Mapping):
        return any(_any_groups(one) or isinstance(one, Mapping) for one in value.values())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return any(isinstance(one, Mapping) for one in value)
    return False


def _after_sign(seen: _Seen, where: Where) -> int:
    """Where what is after the colon of a field, or the dash of an entry, begins."""
    above, last = _place(seen, where[:-1]), where[-1]
    if above is None:
        return 0
    if isinstance(last, str):
        return seen.text.index(":", above.entries[last].name_end) + 1
    if above.style == "flow":
        return above.items[last].start
    return _dash(seen, above, last) + 1


def _indent_of(seen: _Seen, where: Where) -> int:
    """The column of the field or the dash to which a value belongs."""
    above, last = _place(seen, where[:-1]), where[-1]
    if above is None:
        return 0
    if isinstance(last, str):
        return seen.column(above.entries[last].start)
    return seen.column(above.start)


def _dash(seen: _Seen, above: Place, index: int) -> int:
    """Where the dash of an entry is, in a list without brackets."""
    if index == 0:
        return above.start
    column = seen.column(above.start)
    at = seen.line_stop(above.items[index - 1].end) + 1
    while at < above.items[index].start:
        if seen.text[at : at + column].strip(" ") == "" and seen.text[at + column] == "-":
            return at + column
        at = seen.line_stop(at) + 1
    raise _unsafe(seen.path, seen.line(above.items[index].start), ())


def _added(seen: _Seen, where: Where, value: Value, order: Sequence[str]) -> _Seen:
    """A field or an entry that was not there."""
    above = _get(seen.read, where[:-1])
    name = where[-1]
    if above is None or above == ("nothing", ""):
        if isinstance(name, int) and name != 0:
            raise _unsafe(seen.path, None, where)
        return _with(seen, where[:-1], {name: value} if isinstance(name, str) else [value])
    if isinstance(name, int) and isinstance(above, list) and name == len(above):
        return _inserted(seen, where[:-1], name, value)
    if not isinstance(name, str) or not isinstance(above, dict):
        raise _unsafe(seen.path, None, where)
    wanted = _set(seen.read, where, read_of_value(value))
    return _first(seen, _field_ways(seen, where[:-1], name, value, order), wanted, where)


def _field_ways(
    seen: _Seen, above: Where, name: str, value: Value, order: Sequence[str]
) -> Iterator[str]:
    group = _place(seen, above)
    if group is None or (not group.entries and group.style != "flow"):
        lines = "\n".join(field_lines(name, value, 0))
        if seen.text.endswith("\n") or not seen.text:
            yield seen.spliced(len(seen.text), len(seen.text), f"{lines}\n")
        yield seen.spliced(len(seen.text), len(seen.text), f"\n{lines}\n")
        return
    names = list(group.entries)
    earlier = list(order[: order.index(name)]) if name in order else names
    before = [n for n in names if n in earlier]
    if _is_in_brackets(seen, above):
        words = f"{name_words(name)}: {in_brackets(value)}"
        if not names:
            yield seen.spliced(
                group.start + seen.text[group.start :].index("{") + 1, group.end - 1, words
            )
        elif before:
            at = group.entries[before[-1]].value.end
            yield seen.spliced(at, at, f", {words}")
        else:
            at = group.entries[names[0]].start
            yield seen.spliced(at, at, f"{words}, ")
        return
    first: Entry = group.entries[names[0]]
    indent = seen.column(first.start)
    words = "\n".join(field_lines(name, value, indent))
    if not before:
        yield seen.spliced(first.start, first.start, f"{words.lstrip(' ')}\n{' ' * indent}")
        return
    entry = group.entries[before[-1]]
    at = seen.line_stop(max(entry.value.end, entry.name_end))
    yield seen.spliced(at, at, f"\n{words}")
    later = names[names.index(before[-1]) + 1 :]
    at = group.entries[later[0]].start - indent if later else len(seen.text)
    yield seen.spliced(at, at, f"{words}\n")


def _inserted(seen: _Seen, where: Where, index: int, value: Value) -> _Seen:
    """A list with one entry more."""
    old, place = _get(seen.read, where), _place(seen, where)
    if not isinstance(old, list) or place is None or place.kind != "list":
        raise _unsafe(seen.path, None, where)
    wanted = (
        _set(seen.read, where, [*old[:index], read_of_value(value), *old[index:]]) if where else old
    )
    return _first(seen, _entry_ways(seen, where, place, index, value), wanted, where)


def _entry_ways(seen: _Seen, where: Where, place: Place, index: int, value: Value) -> Iterator[str]:
    if _is_in_brackets(seen, where):
        words = in_brackets(value)
        if not place.items:
            yield seen.spliced(seen.text.index("[", place.start) + 1, place.end - 1, words)
        elif index:
            yield seen.spliced(place.items[index - 1].end, place.items[index - 1].end, f", {words}")
        else:
            yield seen.spliced(place.items[0].start, place.items[0].start, f"{words}, ")
        return
    indent = seen.column(place.start)
    # Beside entries in braces a new one is in braces too.
    braces = any(one.style == "flow" for one in place.items)
    words = (
        f"{' ' * indent}- {in_brackets(value)}" if braces else "\n".join(in_lines([value], indent))
    )
    if index:
        at = seen.line_stop(place.items[index - 1].end)
        yield seen.spliced(at, at, f"\n{words}")
    else:
        yield seen.spliced(place.start, place.start, f"{words.lstrip(' ')}\n{' ' * indent}")


def _without(seen: _Seen, where: Where) -> _Seen:
    if _get(seen.read, where) is None:
        return seen
    above, last = _place(seen, where[:-1]), where[-1]
    wanted = _set(seen.read, where, None)
    if above is None:
        raise _unsafe(seen.path, None, where)
    ways: Callable[[_Seen, Place, Where], Iterator[str]] = (
        _without_entry if isinstance(last, int) else _without_field
    )
    return _first(seen, ways(seen, above, where), wanted, where)


def _without_field(seen: _Seen, above: Place, where: Where) -> Iterator[str]:
    entries = list(above.entries.values())
    index = list(above.entries).index(str(where[-1]))
    entry = entries[index]
    end = max(entry.value.end, entry.name_end)
    if _is_in_brackets(seen, where[:-1]):
        yield from _without_between(seen, [(e.start, e.value.end) for e in entries], index)
        return
    starts = seen.line_start(entry.start)
    if not seen.text[starts : entry.start].strip(" "):
        if len(entries) > 1 or len(where) == 1:
            yield from _without_lines(seen, starts, end)
    elif index + 1 < len(entries):
        yield seen.spliced(entry.start, entries[index + 1].start, "")
    if len(entries) == 1 and len(where) > 1:
        yield seen.spliced(above.start, above.end, "{}")
        yield seen.spliced(_after_sign(seen, where[:-1]), above.end, " {}")


def _without_entry(seen: _Seen, above: Place, where: Where) -> Iterator[str]:
    index = int(where[-1])
    if _is_in_brackets(seen, where[:-1]):
        yield from _without_between(seen, [(i.start, i.end) for i in above.items], index)
        return
    if len(above.items) == 1:
        yield seen.spliced(_after_sign(seen, where[:-1]), above.end, " []")
        return
    dash = _dash(seen, above, index)
    starts = seen.line_start(dash)
    if not seen.text[starts:dash].strip(" "):
        yield from _without_lines(seen, starts, max(above.items[index].end, dash + 1))
    elif index + 1 < len(above.items):
        yield seen.spliced(dash, _dash(seen, above, index + 1), "")


def _without_lines(seen: _Seen, starts: int, end: int) -> Iterator[str]:
    stop = seen.line_stop(end)
    if stop < len(seen.text):
        yield seen.spliced(starts, stop + 1, "")
    else:
        yield seen.spliced(max(starts - 1, 0), stop, "")


def _without_between(seen: _Seen, spans: list[tuple[int, int]], index: int) -> Iterator[str]:
    """Out of brackets, with the comma before it, or after it where it is the first."""
    start, end = spans[index]
    if index:
        yield seen.spliced(spans[index - 1][1], end, "")
    elif len(spans) > 1:
        yield seen.spliced(start, spans[1][0], "")
    else:
        yield seen.spliced(start, end, "")


def _with_body(seen: _Seen, text: str) -> _Seen:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    old = seen.body
    if text == old:
        return seen
    same = 0
    while same < min(len(old), len(text)) and old[same] == text[same]:
        same += 1
    tail = 0
    while tail < min(len(old), len(text)) - same and old[-1 - tail] == text[-1 - tail]:
        tail += 1
    start = seen.body_begins + same
    end = seen.body_begins + len(old) - tail
    words = text[same : len(text) - tail]
    before = "\n" if not old and not seen.raw.endswith(("\n", "\r")) else ""
    now = seen.again(seen.replaced(start, end, before + words))
    if now.read != seen.read or now.body != text:
        raise _unsafe(seen.path, None, ())
    return now
