"""A file of fields as the reader sees it, with the place of everything it says in the file itself (pure).

The parser is given text in which unseen characters are left out and fences are plain. :class:`Seen` knows, for each
character that it was given, where that is in the file, so that a change can replace these bytes and no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kinopress.codes import Code
from kinopress.content.model.nodes import Fields
from kinopress.content.source.document import (
    decode,
    parse_document,
    split_document,
    with_plain_fences,
)
from kinopress.content.source.yaml.places import Place, find_places
from kinopress.content.source.yaml.reader import as_parsed, parse_fields
from kinopress.content.source.yaml.words import Read, read_of
from kinopress.problems import ExitCode, Problem, Refusal

Where = tuple[str | int, ...]
"""The way to a value: ``("dosage", "hold")``, ``("steps", 2, "cue")``. Entries are counted from 0."""


def seen_of(data: bytes, path: str, *, is_page: bool, any_tags: bool) -> Seen:
    """A file as the reader sees it.

    Raises:
        Refusal: it cannot be read; with its problems.
    """
    _, problems = decode(data, path)
    if problems:
        raise Refusal(problems, ExitCode.CONTENT)
    return Seen(data.decode("utf-8"), path, is_page=is_page, any_tags=any_tags)


class Seen:
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
            raise unsafe(path, None, ())
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

    def again(self, raw: str) -> Seen:
        """Another text of the same file."""
        return Seen(raw, self.path, is_page=self.is_page, any_tags=self.any_tags)

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


def said_at(read: Read, where: Where) -> Read | None:
    """What is said at a place; ``None`` where nothing is."""
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


def with_said(read: Read, where: Where, new: Read | None) -> Read:
    """What is read with another value at a place; without it where the new one is ``None``."""
    step, rest = where[0], where[1:]
    if isinstance(read, dict) and isinstance(step, str):
        inner = with_said(read[step], rest, new) if rest else new
        changed = {name: value for name, value in read.items() if inner is not None or name != step}
        return changed if inner is None else {**changed, step: inner}
    if isinstance(read, list) and isinstance(step, int):
        inner = with_said(read[step], rest, new) if rest else new
        return [*read[:step], *([] if inner is None else [inner]), *read[step + 1 :]]
    raise KeyError(step)


def unsafe(path: str, line: int | None, where: Where) -> Refusal:
    """What is said of a change that would change something else."""
    message = "this cannot be changed here without changing something else in the file"
    hint = "open the file in an editor and change it there; write values out that are repeated with & and *"
    problem = Problem(path, message, hint, Code.EDIT_UNSAFE, line=line, field=field_name(where))
    return Refusal([problem], ExitCode.CONTENT)


def first_that_says(seen: Seen, ways: Iterable[str], wanted: Read, where: Where) -> Seen:
    """The first of several texts that says what is wanted, and no more."""
    for raw in ways:
        try:
            now = seen.again(raw)
        except Refusal:
            continue
        if now.read == wanted and now.body == seen.body:
            return now
    place = place_of(seen, where)
    raise unsafe(seen.path, seen.line(place.start) if place else None, where)


def place_of(seen: Seen, where: Where) -> Place | None:
    """Where in the YAML what is said at a place is written; ``None`` where nothing is."""
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


def is_in_brackets(seen: Seen, where: Where) -> bool:
    """Whether the list or group that a way leads to is in brackets, or within such a one."""
    return any(
        place is not None and place.style == "flow"
        for length in range(len(where) + 1)
        for place in [place_of(seen, where[:length])]
    )


def field_name(where: Where) -> str | None:
    """The way to a value as messages name it: entries counted from 1."""
    return ".".join(str(s + 1) if isinstance(s, int) else s for s in where) or None
