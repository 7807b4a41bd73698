"""Forms: which fields may stand in a group, and the desk where their readers report."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from kinopress.content.nodes import Fields, Node, Text
from kinopress.problems import Problem, Severity

T = TypeVar("T")


@dataclass(slots=True)
class Desk:
    """Where readers report: knows the file and the name of the field being read."""

    path: str
    problems: list[Problem]
    field: str = ""

    def at(self, name: str) -> Desk:
        """The same desk for a field inside this one (``dosage`` → ``dosage.hold``)."""
        return Desk(self.path, self.problems, f"{self.field}.{name}" if self.field else name)

    def report(
        self, line: int, message: str, hint: str, code: str, severity: Severity = "error"
    ) -> None:
        """Note a problem with the field this desk stands for."""
        self.problems.append(
            Problem(self.path, line, self.field or None, message, hint, code, severity)
        )


Reader = Callable[[Node, Desk], T | None]
"""Takes what was written and where to report; gives the value, or ``None`` after reporting."""


def nearest(word: str, names: Iterable[str], count: int = 1) -> list[str]:
    """The names most like ``word``, best first; empty when none is like it."""
    known = {name.casefold(): name for name in names}
    close = difflib.get_close_matches(word.casefold(), list(known), n=count, cutoff=0.6)
    return [known[name] for name in close]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: its name, its reader, and what to tell the coach about it."""

    name: str
    read: Reader[Any]
    doc: str
    example: str
    required: bool = False


class Form:
    """A set of fields in which nothing else may stand."""

    def __init__(self, *fields: Field, what: str) -> None:
        self.fields: Mapping[str, Field] = {f.name: f for f in fields}
        self.what = what

    def read(self, node: Node, desk: Desk) -> dict[str, Any] | None:
        """Read every field of ``node``; report unknown and missing ones.

        Returns:
            The values of the fields that were written and right.
        """
        if not isinstance(node, Fields):
            desk.report(
                node.line,
                f"{self.what} has several fields",
                f"write them one a line: {', '.join(list(self.fields)[:4])} …",
                "fields-wanted",
            )
            return None
        values: dict[str, Any] = {}
        for name, value_node in node.entries.items():
            field = self.fields.get(name)
            if field is None:
                line = node.key_lines[name]
                desk.at(name).report(
                    line, f"{self.what} has no field “{name}”", self._guess(name), "field-unknown"
                )
                continue
            value = field.read(value_node, desk.at(name))
            if value is not None:
                values[name] = value
        for field in self.fields.values():
            if field.required and field.name not in node.entries:
                desk.at(field.name).report(
                    node.line,
                    f"{self.what} needs this field",
                    f"add a line like {field.name}: {field.example}",
                    "field-missing",
                )
        return values

    def _guess(self, name: str) -> str:
        close = nearest(name, self.fields)
        meant = _OFTEN_MEANT.get(name.casefold())
        if not close and meant in self.fields:
            close = [meant] if meant else []
        if close:
            return f"did you mean {close[0]}?"
        return "remove the line, or put the text in quotes if it holds a comma"


# Words a coach reaches for that are no field of their own: what they belong to.
_OFTEN_MEANT = {
    **dict.fromkeys(
        (
            "muscle",
            "muscles",
            "musles",
            "symptom",
            "symptoms",
            "technique",
            "techniques",
            "keywords",
            "category",
        ),
        "tags",
    ),
    **dict.fromkeys(("name", "heading"), "title"),
    **dict.fromkeys(("summary", "intro", "about"), "description"),
    **dict.fromkeys(("references", "evidence", "links"), "sources"),
    **dict.fromkeys(("published", "day", "when"), "date"),
    **dict.fromkeys(("instructions", "how"), "steps"),
    **dict.fromkeys(("dose", "repetitions"), "dosage"),
    **dict.fromkeys(("film", "clip"), "video"),
}


def said(node: Node) -> str:
    """What the coach wrote, in quotes, for a message."""
    return f"“{node.text}”" if isinstance(node, Text) else "this"
