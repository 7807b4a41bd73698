"""From YAML to nodes with line numbers, or to problems in a coach's words. The only place that knows YAML.

PyYAML's C parser composes; values are resolved by the YAML 1.2 core schema, so ``rest: 1:30``
stays text, ``on`` stays a word and a date stays the text the coach wrote. Nothing here raises
for a mistake in a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NoReturn

import yaml

from kinopress.content.nodes import Fields, Items, Node, Scalar, Text
from kinopress.problems import Problem

_C_PARSER: Any = getattr(yaml, "CParser", None)
"""PyYAML's parser in C; absent where PyYAML was built without libyaml: slower, same result."""


NODES_MAX = 20_000
"""More values than this in one front matter is an alias bomb, not writing."""

DEPTH_MAX = 12
"""Deeper nesting than this is a file that refers to itself."""


class _Resolver(yaml.resolver.BaseResolver):
    """YAML 1.2 core schema (https://yaml.org/spec/1.2.2/#103-core-schema)."""


_STR = "tag:yaml.org,2002:str"
_TYPES: dict[str, Scalar] = {
    _STR: "text",
    "tag:yaml.org,2002:int": "whole",
    "tag:yaml.org,2002:float": "decimal",
    "tag:yaml.org,2002:bool": "flag",
    "tag:yaml.org,2002:null": "nothing",
}
for _tag, _pattern, _first in (
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", "-+0123456789"),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
    ("null", r"^(?:~|null|Null|NULL|)$", "~nN\0"),
):
    _Resolver.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}",
        re.compile(_pattern),
        [c if c != "\0" else "" for c in _first],
    )

if _C_PARSER is not None:

    class _Loader(_C_PARSER, _Resolver):  # type: ignore[misc]
        def __init__(self, text: str) -> None:
            _C_PARSER.__init__(self, text)
            _Resolver.__init__(self)

else:  # pragma: no cover - only where PyYAML has no C part

    class _Loader(  # type: ignore[no-redef]
        yaml.reader.Reader,
        yaml.scanner.Scanner,
        yaml.parser.Parser,
        yaml.composer.Composer,
        _Resolver,
    ):
        def __init__(self, text: str) -> None:
            yaml.reader.Reader.__init__(self, text)
            yaml.scanner.Scanner.__init__(self)
            yaml.parser.Parser.__init__(self)
            yaml.composer.Composer.__init__(self)
            _Resolver.__init__(self)


def compose(text: str) -> Any:
    """The YAML nodes of a text.

    Raises:
        yaml.YAMLError: when it cannot be read.
    """
    return _Loader(text).get_single_node()


class _Mistake(Exception):  # noqa: N818 - it becomes a Problem a few lines further
    def __init__(
        self, line: int, message: str, hint: str, code: str, name: str | None = None
    ) -> None:
        self.line, self.message, self.hint, self.code, self.name = line, message, hint, code, name


class _Walk:
    """Turns YAML nodes into ours; bounded, so that no file can make it run away."""

    def __init__(self, offset: int, note: Callable[[_Mistake], None]) -> None:
        self.offset = offset
        self.note = note
        self.seen = 0

    def value(self, node: Any, depth: int = 0) -> Node:
        self.seen += 1
        line = node.start_mark.line + self.offset
        if self.seen > NODES_MAX or depth > DEPTH_MAX:
            raise _Mistake(
                line,
                "this part repeats or refers to itself without end",
                "write the values out; remove the & and * signs",
                "front-matter-runaway",
            )
        if isinstance(node, yaml.ScalarNode):
            kind = _TYPES.get(node.tag)
            if kind is None:
                self._tagged(node.tag, line)
            return Text(line, node.value, kind)
        if isinstance(node, yaml.SequenceNode):
            if node.tag != "tag:yaml.org,2002:seq":
                self._tagged(node.tag, line)
            return Items(line, [self.value(item, depth + 1) for item in node.value])
        if node.tag != "tag:yaml.org,2002:map":
            self._tagged(node.tag, line)
        fields = Fields(line)
        for key, value in node.value:
            key_line = key.start_mark.line + self.offset
            if not isinstance(key, yaml.ScalarNode):
                raise _Mistake(
                    key_line,
                    "a list or a group stands where a name should",
                    "write one word before the colon",
                    "front-matter-key",
                )
            name = key.value
            if name in fields.entries:
                self.note(
                    _Mistake(
                        key_line,
                        f'"{name}" stands here a second time (first on line {fields.key_lines[name]})',
                        "keep one of the two",
                        "front-matter-key-twice",
                        name,
                    )
                )
                continue
            fields.key_lines[name] = key_line
            fields.entries[name] = self.value(value, depth + 1)
        return fields

    @staticmethod
    def _tagged(tag: str, line: int) -> NoReturn:
        raise _Mistake(
            line,
            f'"{tag.replace("tag:yaml.org,2002:", "!!")}" asks for a kind of value that is not used here',
            "remove the word that begins with !",
            "front-matter-tag",
        )


def parse_fields(
    text: str, path: str, *, first_line: int = 1, below: tuple[str, ...] = ()
) -> tuple[Fields | None, list[Problem]]:
    """Compose YAML text whose top is a mapping.

    Args:
        text: The YAML.
        path: For the problems.
        first_line: Line of the file on which ``text`` begins.
        below: Read only what stands below these keys (``("extra", "kinopress")``); the rest of
            the file may then use tags of its own. Missing keys give empty fields.

    Returns:
        The fields, or ``None`` where the YAML cannot be read, and the problems.
    """
    problems: list[Problem] = []

    def note(m: _Mistake) -> None:
        problems.append(Problem(path, m.line, m.name, m.message, m.hint, m.code))

    try:
        node = compose(text)
    except yaml.MarkedYAMLError as error:
        problems.append(_yaml_problem(error, text, path, first_line))
        return None, problems
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        position = getattr(error, "position", None)
        line = first_line + (text.count("\n", 0, position) if isinstance(position, int) else 0)
        note(
            _Mistake(
                line,
                "a character here cannot be read",
                "delete the line and type it again",
                "front-matter-character",
            )
        )
        return None, problems
    if node is None:
        return Fields(first_line), problems
    walk = _Walk(first_line, note)
    try:
        for name in below:
            node = _child(node, name)
            if node is None:
                return Fields(first_line), problems
        if isinstance(node, yaml.ScalarNode) and node.value == "":
            return Fields(node.start_mark.line + first_line), problems
        value = walk.value(node)
    except _Mistake as mistake:
        note(mistake)
        return None, problems
    except RecursionError:
        note(
            _Mistake(
                first_line,
                "this part refers to itself without end",
                "remove the & and * signs",
                "front-matter-runaway",
            )
        )
        return None, problems
    if not isinstance(value, Fields):
        note(
            _Mistake(
                value.line,
                "there are no fields here",
                "write one field a line, like title: Clam",
                "front-matter-no-fields",
            )
        )
        return None, problems
    return value, problems


def scalar_below(text: str, name: str) -> Text | None:
    """One scalar at the top of a YAML text (``site_name``), read without looking at the rest."""
    try:
        node = _child(compose(text), name)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    if not isinstance(node, yaml.ScalarNode):
        return None
    return Text(node.start_mark.line + 1, node.value, _TYPES.get(node.tag, "text"))


def _child(node: Any, name: str) -> Any:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value == name:
                return value
    return None


def _yaml_problem(error: yaml.MarkedYAMLError, text: str, path: str, first_line: int) -> Problem:
    """What libyaml says, in a coach's words. The line shown is where the mistake is, not where the parser noticed."""
    mark = error.problem_mark or error.context_mark
    index = mark.line if mark is not None else 0
    lines = text.split("\n")
    index = min(index, len(lines) - 1)
    for i, line in enumerate(lines[: index + 1]):
        if re.match(r"^ *\t", line):
            return Problem(
                path,
                i + first_line,
                None,
                "this line is indented with a tab",
                "use spaces at the beginning of the line",
                "front-matter-tab",
            )
    said = error.problem or ""
    name = _key(lines[index])
    if "mapping values" in said:
        return Problem(
            path,
            index + first_line,
            name,
            "there is a colon inside the text",
            'put the whole text in quotes, like title: "Hips: a start"',
            "front-matter-colon",
        )
    if ("alias" in said and "undefined" in said) or "anchor" in said:
        return Problem(
            path,
            index + first_line,
            name,
            "a * or & at the beginning has a special meaning",
            "put the text in quotes",
            "front-matter-quotes",
        )
    if "quoted scalar" in said or "quoted scalar" in (error.context or ""):
        start = error.context_mark.line if error.context_mark is not None else index
        return Problem(
            path,
            start + first_line,
            _key(lines[min(start, len(lines) - 1)]),
            "a quotation mark is opened and not closed",
            "close it at the end of the text",
            "front-matter-quotes",
        )
    if "flow" in said or "flow" in (error.context or "") or "',' or" in said:
        start = error.context_mark.line if error.context_mark is not None else index
        return Problem(
            path,
            start + first_line,
            _key(lines[min(start, len(lines) - 1)]),
            "a bracket [ or { is opened and not closed, or a comma is missing",
            "close it, and put a comma between the entries",
            "front-matter-bracket",
        )
    return Problem(
        path,
        index + first_line,
        name,
        "this line cannot be read as a field",
        "write it as name: value; put the value in quotes if it has special signs in it",
        "front-matter-line",
    )


def _key(line: str) -> str | None:
    match = re.match(r"^\s*(?:- )?([A-Za-z_][\w-]*)\s*:", line)
    return match.group(1) if match else None
