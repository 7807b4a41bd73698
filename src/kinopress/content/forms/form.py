"""Forms: which fields may be in a group, and the desk where their readers report."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from kinopress.codes import Code
from kinopress.content.model.names import nearest
from kinopress.content.model.nodes import Fields, Items, Node, Text
from kinopress.content.model.slips import COMPARED_MAX
from kinopress.patterns import lazily
from kinopress.problems import Problem, Severity, quoted

T = TypeVar("T")


@dataclass(slots=True)
class Desk:
    """Where readers report: knows the file and the name of the field being read."""

    path: str
    problems: list[Problem]
    field: str = ""

    def at(self, name: str) -> Desk:
        """The same desk for a field inside this one (``dosage`` → ``dosage.hold``)."""
        if len(name) > COMPARED_MAX:
            name = f"{name[:COMPARED_MAX]}…"
        return Desk(self.path, self.problems, f"{self.field}.{name}" if self.field else name)

    def report(
        self, line: int, message: str, hint: str, code: Code, severity: Severity = "error"
    ) -> None:
        """Note a problem with the field this desk stands for; the same one only once a line."""
        problem = Problem(
            self.path, message, hint, code, line=line, field=self.field or None, severity=severity
        )
        if not self.problems or self.problems[-1] != problem:
            self.problems.append(problem)


Reader = Callable[[Node, Desk], T | None]
"""Takes what was written and where to report; gives the value, or ``None`` after reporting."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: its name, its reader, and what to tell the coach about it.

    ``attribute`` is where its value goes, where that has another name than the field.
    """

    name: str
    read: Reader[Any]
    doc: str
    example: str
    required: bool = False
    attribute: str = ""


class Form:
    """A set of fields in which nothing else may be."""

    def __init__(
        self,
        *fields: Field,
        what: str,
        elsewhere: Mapping[str, Callable[[int, Desk], None]] | None = None,
        has_tenths: bool = False,
    ) -> None:
        self.fields: Mapping[str, Field] = {f.name: f for f in fields}
        self.what = what
        self.elsewhere = elsewhere or {}
        """Fields that belong into another file, each with what says so of its line."""
        self.tenths = _TENTHS_ALONE if has_tenths else _TENTHS
        """What is behind the comma of a number; without a unit only where no number is whole (``8,12`` is 8 to 12 there)."""

    def read(self, node: Node, desk: Desk, unfilled: Collection[str] = ()) -> dict[str, Any] | None:
        """Read every field of ``node``; report unknown and missing ones.

        Args:
            node: What was written.
            desk: Where to report.
            unfilled: Fields of which it is reported elsewhere that they wait to be filled in.

        Returns:
            The values of the fields that were written and right.
        """
        if not isinstance(node, Fields):
            desk.report(
                node.line,
                f"{self.what} has several fields",
                f"write them one per line: {', '.join(list(self.fields)[:4])} …",
                Code.FIELDS_WANTED,
            )
            return None
        if not node.entries and not unfilled and not any(f.required for f in self.fields.values()):
            some = ", ".join(list(self.fields)[:4])
            desk.report(
                node.line,
                f"{self.what} needs at least one field here",
                f"write one, like {some}, or remove the line",
                Code.LIST_EMPTY,
            )
            return None
        values: dict[str, Any] = {}
        written: set[str | None] = {*node.entries, *unfilled}
        halves = _split_by_commas(node, self.tenths)
        for name, value_node in node.entries.items():
            field = self.fields.get(name)
            if name in halves:
                if half := halves[name]:
                    whole, with_a_point = half
                    desk.at(name).report(
                        value_node.line,
                        f"a comma splits {quoted(whole)}",
                        f"write {with_a_point}",
                        Code.FIELD_UNKNOWN,
                    )
                continue
            if field is None and name in self.elsewhere:
                self.elsewhere[name](node.key_lines[name], desk.at(name))
                continue
            if field is None:
                meant = self._meant(name)
                written.add(meant)
                desk.at(name).report(
                    node.key_lines[name],
                    f"{self.what} has no field {quoted(name)}",
                    _instead(meant, value_node),
                    Code.FIELD_UNKNOWN,
                )
                continue
            value = self._value(field, value_node, desk.at(name))
            if value is not None:
                values[name] = value
        for field in self.fields.values():
            if field.required and field.name not in written:
                desk.at(field.name).report(
                    node.line,
                    f"{self.what} needs this field",
                    f"add a line like {field.name}: {field.example}",
                    Code.FIELD_MISSING,
                )
        return values

    def _value(self, field: Field, node: Node, desk: Desk) -> Any:
        """What a field reads, once it is known that there is something to read."""
        nothing = isinstance(node, Text) and node.type == "nothing"
        value = field.read(node, Desk(desk.path, [], desk.field) if nothing else desk)
        hint = f"write it like {field.name}: {field.example}"
        if value == () and field.required and (nothing or node == Items(node.line, [])):
            desk.report(
                node.line, f"{self.what} needs at least one entry here", hint, Code.LIST_EMPTY
            )
            return None
        if value is None and nothing:
            if not field.required:
                hint += ", or remove the line"
            desk.report(
                node.line,
                "nothing is written here (what follows a # does not count)",
                hint,
                Code.TEXT_EMPTY,
            )
        return value

    def _meant(self, name: str) -> str | None:
        """The field an unknown name was probably meant to be."""
        close = nearest(name, self.fields)
        meant = close[0] if close else _OFTEN_MEANT.get(name.casefold())
        return meant if meant in self.fields else None


def _split_by_commas(node: Fields, tenths: re.Pattern[str]) -> dict[str, tuple[str, str] | None]:
    """Numbers and times in braces whose decimal comma ends a field (``{to: 3,5 s}``), and the fields their ends look like.

    Returns:
        The name of the field → what was written and how it is written right; ``None`` for the end.
    """
    found: dict[str, tuple[str, str] | None] = {}
    before = ""
    for name, value in node.entries.items():
        first = node.entries.get(before)
        if (
            isinstance(value, Text)
            and isinstance(first, Text)
            and value.type == "nothing"
            and first.text.isdecimal()
            and tenths.fullmatch(name)
        ):
            found[before] = (f"{first.text},{name}", f"{first.text}.{name}")
            found[name] = None
        before = name
    return found


_TENTHS = lazily(r"[0-9]{1,3}\s*(?:s|sec|secs|seconds?|m|min|mins|minutes?)", re.IGNORECASE)
_TENTHS_ALONE = lazily(r"[0-9]{1,3}(?:\s*(?:s|secs?|seconds?))?", re.IGNORECASE)
"""What is behind the comma of a time."""

# Words a coach reaches for that are not fields of their own: what they belong to.
_OFTEN_MEANT = {
    "right": "R",
    "left": "L",
    **dict.fromkeys(("spine", "trunk", "torso"), "lumbar"),
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
    **dict.fromkeys(("telephone", "tel", "mobile", "number", "whatsapp"), "phone"),
    **dict.fromkeys(("mail", "e-mail", "e_mail"), "email"),
    **dict.fromkeys(("book", "booking", "bookings", "booking_link", "calendar"), "booking_url"),
    **dict.fromkeys(("form", "contact_form"), "form_url"),
    **dict.fromkeys(("picture", "portrait", "image"), "photo"),
    **dict.fromkeys(("certificates", "training"), "qualifications"),
    **dict.fromkeys(("address", "location", "town"), "place"),
    **dict.fromkeys(("job", "profession"), "role"),
    **dict.fromkeys(("cost", "costs", "fee"), "price"),
    **dict.fromkeys(("online", "video_call"), "remote"),
    **dict.fromkeys(("duration", "takes"), "length"),
    **dict.fromkeys(("time_zone", "tz"), "timezone"),
    **dict.fromkeys(("s3", "r2", "store"), "bucket"),
    **dict.fromkeys(("ssh", "rsync", "sftp"), "server"),
    **dict.fromkeys(("git", "github", "gitlab", "repo"), "repository"),
}


def _instead(meant: str | None, value: Node) -> str:
    """What to do about an unknown field: one without a value may be what a comma cut off from a text."""
    if meant:
        return f"did you mean {meant}?"
    if isinstance(value, Text) and value.type == "nothing":
        return "remove the line, or put the text in quotes if it contains a comma"
    return "remove the line"


def said(node: Node) -> str:
    """What the coach wrote, in quotes, for a message."""
    return quoted(node.text) if isinstance(node, Text) else "this"
