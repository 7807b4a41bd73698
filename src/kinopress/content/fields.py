"""Readers for single fields: from what the coach wrote to a checked value.

A reader takes a node and a :class:`Desk` to report to and returns the value, or
``None`` after it has reported why there is none. Nothing is coerced silently:
a duration needs its unit, a switch is ``true`` or ``false`` and nothing else.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from kinopress.content.form import Desk, Reader, T, nearest, said
from kinopress.content.nodes import Fields, Items, Node, Text


@dataclass(frozen=True, slots=True)
class Mention:
    """A name the coach wrote, and where: it is looked up once the whole vocabulary is known."""

    text: str
    line: int
    field: str


def text(node: Node, desk: Desk) -> str | None:
    """One text. A bare number or true/false is refused: it is nearly always a slip."""
    if isinstance(node, Items | Fields):
        desk.report(
            node.line,
            "a single text is wanted here, not a list",
            "write it on one line after the colon",
            "text-wanted",
        )
        return None
    if node.type == "nothing" or not node.text.strip():
        desk.report(
            node.line,
            "nothing is written here",
            "write a few words or remove the line",
            "text-empty",
        )
        return None
    if node.type != "text":
        desk.report(
            node.line,
            f"only “{node.text}” is written here",
            "write words; put it in quotes if you mean it",
            "text-wanted",
        )
        return None
    return " ".join(node.text.split())


def title(node: Node, desk: Desk) -> str | None:
    """The title of a page: words, not a bare number or date."""
    value = text(node, desk)
    if value is not None and re.fullmatch(r"[\d\s./:-]+", value) and isinstance(node, Text):
        desk.report(
            node.line,
            f"“{value}” is only a number or a date",
            "write words a reader understands",
            "text-wanted",
        )
        return None
    return value


def any_text(node: Node, desk: Desk) -> str | None:
    """A text that may look like a number (``3-0-3``, ``2026``)."""
    if isinstance(node, Text) and node.type != "nothing" and node.text.strip():
        return " ".join(node.text.split())
    return text(node, desk)


def flag(node: Node, desk: Desk) -> bool | None:
    """``true`` or ``false``."""
    if isinstance(node, Text) and node.type == "flag":
        return node.text.casefold() == "true"
    said = f"“{node.text}”" if isinstance(node, Text) else "a list"
    desk.report(
        node.line,
        f"{said} is neither true nor false",
        "write true or false, without quotes",
        "flag-wanted",
    )
    return None


def whole(low: int, high: int) -> Reader[int]:
    """A whole number between ``low`` and ``high``."""

    def read(node: Node, desk: Desk) -> int | None:
        if (
            isinstance(node, Text)
            and re.fullmatch(r"\d{1,9}", node.text)
            and low <= int(node.text) <= high
        ):
            return int(node.text)
        desk.report(
            node.line,
            f"{said(node)} is not a whole number from {low} to {high}",
            "write such a number",
            "number-wanted",
        )
        return None

    return read


def date(node: Node, desk: Desk) -> dt.date | None:
    """A day as ``2026-11-22``."""
    if isinstance(node, Text):
        match = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", node.text.strip())
        if match:
            try:
                return dt.date(*(int(part) for part in match.groups()))
            except ValueError:
                desk.report(
                    node.line,
                    f"there is no day {node.text}",
                    "look at the calendar and mend the date",
                    "date-no-such-day",
                )
                return None
    desk.report(
        node.line,
        f"{said(node)} is not a date this page understands",
        "write year-month-day, like 2026-11-22",
        "date-form",
    )
    return None


def choice(*names: str) -> Reader[str]:
    """One word out of a few, whatever its case."""

    def read(node: Node, desk: Desk) -> str | None:
        if isinstance(node, Text):
            word = node.text.strip().casefold()
            if word in names:
                return word
            close = nearest(word, names)
            guess = f'did you mean "{close[0]}"? ' if close else ""
            desk.report(
                node.line,
                f"“{node.text}” is not one of the words for this field",
                f"{guess}choose from {', '.join(names)}",
                "choice-unknown",
            )
            return None
        desk.report(
            node.line,
            "one word is wanted here",
            f"choose from {', '.join(names)}",
            "choice-unknown",
        )
        return None

    return read


SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def slug(node: Node, desk: Desk) -> Mention | None:
    """The file name of another page without its ending; looked up later."""
    value = any_text(node, desk)
    if value is None:
        return None
    if not SLUG.fullmatch(value):
        desk.report(
            node.line,
            f"“{value}” is not the name of a page",
            "write the file's name without folder and ending, like figure-four-stretch",
            "name-slug",
        )
        return None
    return Mention(value, node.line, desk.field)


def mention(node: Node, desk: Desk) -> Mention | None:
    """A name of a term in any of its forms; looked up later."""
    value = any_text(node, desk)
    return None if value is None else Mention(value, node.line, desk.field)


def list_of(reader: Reader[T]) -> Reader[tuple[T, ...]]:
    """A list. One bare entry is accepted as a list of one, with a warning."""

    def read(node: Node, desk: Desk) -> tuple[T, ...] | None:
        if isinstance(node, Text):
            if node.type == "nothing":
                return ()
            if "," in node.text and reader is not text:
                desk.report(
                    node.line,
                    "a list is wanted here, this is one text",
                    f"read as a list; better write [{node.text}]",
                    "list-as-text",
                    "warning",
                )
                parts: list[Node] = [
                    Text(node.line, part.strip(), "text")
                    for part in node.text.split(",")
                    if part.strip()
                ]
            else:
                desk.report(
                    node.line,
                    "a list is wanted here, this is one entry",
                    f"read as a list of one; better write [{node.text}]",
                    "list-as-text",
                    "warning",
                )
                parts = [node]
        elif isinstance(node, Fields):
            desk.report(
                node.line,
                "a list is wanted here, these are fields",
                "write [first, second] or one entry a line after a dash",
                "list-wanted",
            )
            return None
        else:
            parts = node.items
        values = []
        for part in parts:
            value = reader(part, desk)
            if value is not None:
                values.append(value)
        return tuple(values)

    return read
