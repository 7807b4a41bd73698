"""Values in the words of YAML, several ways of each: the reader decides which of them says what is meant (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Union

from kinopress.content.model.nodes import Fields, Items, Node, Text
from kinopress.content.source.yaml.places import Style
from kinopress.content.source.yaml.reader import parse_fields
from kinopress.patterns import lazily

Value = Union[str, bool, int, float, None, Sequence["Value"], Mapping[str, "Value"]]  # noqa: UP007 - names itself
"""What a field may be set to. Words in quotes here are a text, also where they look like a number."""

Read = Union[tuple[str, str], list["Read"], dict[str, "Read"]]  # noqa: UP007 - names itself
"""What is read of a value, to compare: of a scalar its type and words, nothing of lines, quotes and comments."""

_NEEDS_ESCAPE = lazily(r'[\\"\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]')
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def read_of(node: Node) -> Read:
    """What is read of a node."""
    if isinstance(node, Text):
        return (node.type, "" if node.type == "nothing" else node.text)
    if isinstance(node, Items):
        return [read_of(item) for item in node.items]
    return {name: read_of(value) for name, value in node.entries.items()}


def read_of_value(value: Value) -> Read:
    """What will be read of a value once it is written."""
    if value is None:
        return ("nothing", "")
    if isinstance(value, bool):
        return ("flag", "true" if value else "false")
    if isinstance(value, int):
        return ("whole", str(value))
    if isinstance(value, float):
        return ("decimal", repr(value))
    if isinstance(value, str):
        return ("text", value)
    if isinstance(value, Mapping):
        return {name: read_of_value(inner) for name, inner in value.items()}
    return [read_of_value(inner) for inner in value]


def value_of(node: Node) -> Value:
    """A node as a value: what a form is filled with. Numbers in other forms than figures stay text."""
    if isinstance(node, Items):
        return [value_of(item) for item in node.items]
    if isinstance(node, Fields):
        return {name: value_of(inner) for name, inner in node.entries.items()}
    if node.type == "nothing":
        return None
    if node.type == "flag":
        return node.text.casefold() == "true"
    if node.type == "whole" and node.text == str(_whole(node.text)):
        return int(node.text)
    if node.type == "decimal" and node.text == repr(float(node.text)):
        return float(node.text)
    return node.text


def _whole(words: str) -> int | None:
    return int(words) if re.fullmatch(r"-?[0-9]{1,18}", words) else None


def typed(words: str) -> Value:
    """What somebody typed into a field, as they would have meant it in the file: ``8`` is a number, ``8–12`` a text."""
    fields, problems = parse_fields(f"k: {words}", "")
    if fields is not None and not problems and isinstance(node := fields.entries["k"], Text):
        value = value_of(node)
        if node.type != "nothing" and not isinstance(value, str) and node.text == words:
            return value
    return words


def scalar_words(value: Value, style: Style, indent: int, *, in_brackets: bool) -> Iterator[str]:
    """Ways to write a value that is neither a list nor a group, the best first.

    Args:
        value: The value.
        style: How the value before it was written.
        indent: The column of what the value belongs to.
        in_brackets: Whether it is within a list or group in brackets.
    """
    if not isinstance(value, str):
        yield (
            {True: "true", False: "false", None: "null"}[value]
            if isinstance(value, bool) or value is None
            else repr(value)
        )
        return
    if "\n" in value or style in ("|", ">"):
        if not in_brackets:
            yield from _in_lines(value, style, indent)
    elif value and style == "'":
        yield "'" + value.replace("'", "''") + "'"
    elif value and style != '"':
        yield value
    yield _in_quotes(value)


def _in_lines(value: str, style: Style, indent: int) -> Iterator[str]:
    body = value.rstrip("\n")
    ends = len(value) - len(body)
    sign = ("-", "")[ends] if ends < 2 else "+"
    if not body or body[:1] in " \t":
        return
    below = " " * (indent + 2)
    folded = (
        [re.sub(r"\n", "\n\n", body)] if style == ">" and not re.search(r"\n[ \t\n]", body) else []
    )
    for words, begins in [*((text, ">") for text in folded), (body, "|")]:
        lines = "\n".join(below + line if line else "" for line in words.split("\n"))
        yield f"{begins}{sign}\n{lines}" + "\n" * max(ends - 1, 0)


def _in_quotes(value: str) -> str:
    def escaped(match: re.Match[str]) -> str:
        sign = match[0]
        return _SHORT.get(sign) or (
            f"\\x{ord(sign):02x}" if ord(sign) < 0x100 else f"\\u{ord(sign):04x}"
        )

    return '"' + _NEEDS_ESCAPE.sub(escaped, value) + '"'


def in_brackets(value: Value) -> str:
    """A value on one line, as it may be anywhere."""
    if isinstance(value, Mapping):
        inner = ", ".join(f"{name_words(k)}: {in_brackets(v)}" for k, v in value.items())
        return f"{{{inner}}}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(in_brackets(one) for one in value)}]"
    return next(
        words
        for words in scalar_words(value, "plain", 0, in_brackets=True)
        if words.startswith('"') or _says(f"k: [{words}, {words}]", [value, value])
    )


def name_words(name: str) -> str:
    """The name of a field as it is written before its colon."""
    fields, problems = parse_fields(f"{name}: 1\n", "")
    plain = fields is not None and not problems and list(fields.entries) == [name]
    return name if plain and "," not in name else _in_quotes(name)


def in_lines(value: Value, indent: int) -> list[str]:
    """A list or group below the other, each line with its indentation; lists of plain values stay in brackets."""
    before = " " * indent
    if isinstance(value, Mapping):
        return [line for name, inner in value.items() for line in field_lines(name, inner, indent)]
    lines: list[str] = []
    for one in value if isinstance(value, Sequence) and not isinstance(value, str) else ():
        if isinstance(one, Mapping) and one:
            inside = in_lines(one, indent + 2)
            lines += [f"{before}- {inside[0].lstrip(' ')}", *inside[1:]]
        else:
            lines.append(f"{before}- {_on_a_line(one, indent)}")
    return lines


def field_lines(name: str, value: Value, indent: int) -> list[str]:
    """A field with its value, in lines of their own."""
    begins = f"{' ' * indent}{name_words(name)}:"
    if value and is_in_lines(value):
        return [begins, *in_lines(value, indent + 2)]
    return f"{begins} {_on_a_line(value, indent)}".split("\n")


def is_in_lines(value: Value) -> bool:
    """Whether a new value is written below its name rather than beside it: groups, and lists of groups."""
    if isinstance(value, Mapping):
        return bool(value)
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and any(isinstance(one, Mapping) for one in value)
    )


def _on_a_line(value: Value, indent: int) -> str:
    if isinstance(value, Mapping) or (isinstance(value, Sequence) and not isinstance(value, str)):
        return in_brackets(value)
    ways = list(scalar_words(value, "plain", indent, in_brackets=False))
    before = " " * indent
    return next((w for w in ways[:-1] if _says(f"{before}k: {w}\n", value)), ways[-1])


def _says(text: str, value: Value) -> bool:
    fields, problems = parse_fields(text, "")
    return (
        fields is not None and not problems and read_of(fields.entries["k"]) == read_of_value(value)
    )
