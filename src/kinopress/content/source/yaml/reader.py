"""From YAML to nodes with line numbers, or to problems in a coach's words. The only place that knows YAML.

PyYAML's C parser gives events; they are joined to nodes here, without recursion and within
bounds, so that no file can make it run away. Values are told apart by the YAML 1.2 core
schema: ``rest: 1:30`` stays text, ``on`` stays a word and a date stays the text the coach
wrote. Nothing here raises for a mistake in a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

from kinopress.codes import Code
from kinopress.content.model.nodes import Fields, Items, Node, Scalar, Text
from kinopress.content.source.yaml.mistakes import (
    Mistake,
    Noticed,
    explain,
    invisible,
    special_sign,
)
from kinopress.content.source.yaml.signs import straightened
from kinopress.patterns import lazily
from kinopress.problems import Problem, quoted

try:
    from yaml.cyaml import CParser as _Parser  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover - PyYAML built without libyaml: slower, same result

    class _Parser(yaml.reader.Reader, yaml.scanner.Scanner, yaml.parser.Parser):  # type: ignore[no-redef]
        def __init__(self, text: str) -> None:
            yaml.reader.Reader.__init__(self, text)
            yaml.scanner.Scanner.__init__(self)
            yaml.parser.Parser.__init__(self)


REPEATED_MAX = 20_000
"""More values than this repeated by aliases in one file is an alias bomb, not writing.

What is written out needs no limit: it is never much more than its file.
"""

DEPTH_MAX = 12
"""Deeper nesting than this is not a front matter."""

_CORE_SCHEMA: tuple[tuple[Scalar, re.Pattern[str]], ...] = (
    ("flag", re.compile(r"true|True|TRUE|false|False|FALSE")),
    ("whole", re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")),
    ("decimal", re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")),
    ("nothing", re.compile(r"~|null|Null|NULL|")),
)
"""https://yaml.org/spec/1.2.2/#103-core-schema"""

_NOT_ONLY_TEXT = frozenset(["", *"-+.0123456789tTfFnN~"])
"""How a plain scalar begins that may be something else than text; an empty one may be nothing."""

_TAGS: dict[str, Scalar] = {
    "!": "text",
    "tag:yaml.org,2002:str": "text",
    "tag:yaml.org,2002:int": "whole",
    "tag:yaml.org,2002:float": "decimal",
    "tag:yaml.org,2002:bool": "flag",
    "tag:yaml.org,2002:null": "nothing",
}
_COLLECTION_TAGS = ("!", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map")

_OTHER_BREAKS = "\x85\u2028\u2029"
"""YAML 1.1 ends a line at these, editors do not: as spaces they cannot shift the lines we name."""

_REMARK = lazily(r"[ \t]+(#.*)")

_REFUSED = lazily("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
"""What YAML takes nowhere (https://yaml.org/spec/1.1/#c-printable), of what UTF-8 can hold."""


def parse_fields(
    text: str, path: str, *, any_tags: bool = False
) -> tuple[Fields | None, list[Problem]]:
    """The fields of a YAML text whose top is a mapping.

    Args:
        text: The YAML; its first line is line 1 of the file.
        path: For the problems.
        any_tags: Take values with a ``!tag`` as text: other programs read them.

    Returns:
        The fields, or ``None`` where the YAML cannot be read, and the problems.
    """
    text, signs = as_parsed(text)
    joiner = _Joiner(any_tags=any_tags)
    fields: Fields | None = None
    mistake: Mistake | None = None
    try:
        node = joiner.join(text)
        if isinstance(node, Fields):
            fields = node
        elif node is None or (isinstance(node, Text) and node.type == "nothing"):
            fields = Fields(1)
        else:
            mistake = _no_fields(node.line)
    except Mistake as found:
        mistake = found
    except yaml.MarkedYAMLError as error:
        mistake = explain(_noticed(error), text.split("\n"))
    except (yaml.YAMLError, ValueError):
        refused = _REFUSED.search(text)
        mistake = invisible(text.count("\n", 0, refused.start() if refused else 0) + 1)
    mistakes = [*signs, *joiner.noted, mistake] if mistake else [*signs, *joiner.noted]
    return fields, [
        Problem(path, m.message, m.hint, m.code, line=m.line, field=m.name) for m in mistakes
    ]


def as_parsed(text: str) -> tuple[str, list[Mistake]]:
    """A text as it is given to the parser, line for line, and what had to be set straight in it."""
    if not text.isascii():
        for sign in _OTHER_BREAKS:
            text = text.replace(sign, " ")
    return straightened(text)


def new_parser(text: str) -> Any:
    """The parser that reads every YAML of a project: ``get_event`` gives what is in the text, then ``None``."""
    return _Parser(text)


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    node: Items | Fields
    anchor: str | None
    before: int
    key: str | None = None
    keep: bool = True


class _Joiner:
    """Joins the parser's events to nodes, bounded in number and depth."""

    def __init__(self, *, any_tags: bool) -> None:
        self.any_tags = any_tags
        self.noted: list[Mistake] = []
        self.count = 0  # of all values so far, those that an alias repeats each time
        self.repeated = 0  # of those among them that an alias repeats
        self.root: Node | None = None
        self.open: list[_Open] = []
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.named: dict[
            str, tuple[int, str | None]
        ] = {}  # single values, until an alias asks for one

    def join(self, text: str) -> Node | None:
        """The topmost node of a text, or ``None`` when it is empty.

        Raises:
            Mistake: when nodes cannot be made of it.
            yaml.YAMLError: when it is not YAML.
        """
        lines = text.split("\n") if " #" in text or "\t#" in text else []
        next_event: Callable[[], Any] = new_parser(text).get_event
        scalar, mapping, sequence = (
            yaml.ScalarEvent,
            yaml.MappingStartEvent,
            yaml.SequenceStartEvent,
        )
        put, open_, any_tags = self._put, self.open, self.any_tags
        while (event := next_event()) is not None:
            kind = type(event)
            if kind is scalar:
                line = event.start_mark.line + 1
                value: str = event.value
                tag, style = event.tag, event.style
                top = open_[-1] if open_ else None
                if top is not None and top.key is None and not style and tag is None:
                    names = top.node.key_lines if type(top.node) is Fields else None
                    if names is not None and value not in names and event.anchor is None:
                        # The name of a field, which is nearly every other value.
                        self.count += 1
                        top.key, top.keep, names[value] = value, True, line
                        continue
                node = Text(line, value, "text")
                if tag is not None or style == '"' or value[:1] in _NOT_ONLY_TEXT:
                    node.type = self._scalar_type(event, line)
                    node.tagged = "" if tag is None or tag in _TAGS else tag
                if any_tags:
                    node.plain = not style and tag is None
                if lines and not style:
                    end = event.end_mark
                    # What is left out at the very end is below the last line.
                    written = lines[end.line] if end.line < len(lines) else ""
                    if "#" in written:
                        behind = _REMARK.match(written, end.column)
                        node.comment = behind[1].rstrip() if behind else ""
                if event.anchor is not None:
                    self.named.setdefault(event.anchor, (line, top.key if top else None))
                    self.anchors[event.anchor] = (node, 1)
                put(node)
            elif kind is mapping or kind is sequence:
                self._begin(event, event.start_mark.line + 1)
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                done = self.open.pop()
                if done.anchor is not None:
                    self.anchors[done.anchor] = (done.node, self.count - done.before)
            elif kind is yaml.AliasEvent:
                self._alias(event.anchor, event.start_mark.line + 1)
            elif kind is yaml.DocumentStartEvent and self.root is not None:
                raise Mistake(
                    event.start_mark.line + 1,
                    "a second part begins here",
                    "remove the line that begins with ---",
                    Code.FRONT_MATTER_SECOND,
                )
        if self.named and not self.any_tags:
            # A name that nothing asks for is the first word of a text that begins with &, and would be lost.
            raise special_sign(*next(iter(self.named.values())))
        return self.root

    def _put(self, node: Node, values: int = 1) -> None:
        """Give a node its place."""
        self.count += values
        if self.repeated > REPEATED_MAX:
            raise Mistake(
                node.line,
                "this part repeats itself without end",
                "write the values out, without the characters & and *",
                Code.FRONT_MATTER_RUNAWAY,
            )
        if len(self.open) > DEPTH_MAX:
            raise Mistake(
                node.line,
                f"values are nested more than {DEPTH_MAX} levels deep here",
                "write a plain list, or one value per line; check for brackets that are never closed",
                Code.FRONT_MATTER_RUNAWAY,
            )
        if not self.open:
            self.root = node
            return
        top = self.open[-1]
        into = top.node
        if isinstance(into, Items):
            into.items.append(node)
        elif top.key is None:
            self._key(top, into, node)
        else:
            if top.keep:
                into.entries[top.key] = node
            top.key = None

    def _key(self, top: _Open, fields: Fields, node: Node) -> None:
        if not isinstance(node, Text):
            raise Mistake(
                node.line,
                "there is a list or a group where a name should be",
                "write one word before the colon; put a text that begins with [ or { in quotes",
                Code.FRONT_MATTER_KEY,
            )
        top.key, top.keep = node.text, node.text not in fields.key_lines
        if top.keep:
            fields.key_lines[node.text] = node.line
            if self.any_tags and not node.plain:
                fields.quoted |= {node.text}
        else:
            first = fields.key_lines[node.text]
            self.noted.append(
                Mistake(
                    node.line,
                    f"{quoted(node.text)} appears here a second time (first on line {first})",
                    "keep one of the two",
                    Code.FRONT_MATTER_KEY_TWICE,
                    node.text,
                )
            )

    def _begin(self, event: Any, line: int) -> None:
        tagged = event.tag is not None and event.tag not in _COLLECTION_TAGS
        if tagged and not self.any_tags:
            raise _unknown_tag(event.tag, line)
        node = Fields(line) if isinstance(event, yaml.MappingStartEvent) else Items(line, [])
        node.tagged = (event.tag or "") if tagged else ""
        before = self.count
        self._put(node)
        self.open.append(_Open(node, event.anchor, before))

    def _alias(self, name: str, line: int) -> None:
        if name not in self.anchors:
            raise special_sign(line)
        self.named.pop(name, None)
        node, values = self.anchors[name]
        self.repeated += values
        self._put(node, values)

    def _scalar_type(self, event: Any, line: int) -> Scalar:
        if event.tag is not None:
            if event.tag not in _TAGS and not self.any_tags:
                raise _unknown_tag(event.tag, line)
            return _TAGS.get(event.tag, "text")
        value: str = event.value
        if event.style == '"' and _REFUSED.search(value):
            raise invisible(line)
        if not event.implicit[0] or value[:1] not in _NOT_ONLY_TEXT:
            return "text"
        return next((kind for kind, form in _CORE_SCHEMA if form.fullmatch(value)), "text")


def _unknown_tag(tag: str, line: int) -> Mistake:
    return Mistake(
        line,
        f"{quoted(tag.replace('tag:yaml.org,2002:', '!!'))} has a special meaning that is not used here",
        "remove the word that begins with !, or put the whole text in quotes",
        Code.FRONT_MATTER_TAG,
    )


def _no_fields(line: int) -> Mistake:
    return Mistake(
        line,
        "there are no fields here",
        "write one field per line, like title: Clam, with a space after the colon",
        Code.FRONT_MATTER_NO_FIELDS,
    )


def _noticed(error: yaml.MarkedYAMLError) -> Noticed:
    stop = error.problem_mark or error.context_mark
    start = error.context_mark or stop
    return Noticed(
        f"{error.context or ''} {error.problem or ''}",
        start.line if start is not None else 0,
        stop.line if stop is not None else 0,
        stop.column if stop is not None else 0,
    )
