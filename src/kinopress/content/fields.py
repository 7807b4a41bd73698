"""Readers for single fields: from what the coach wrote to a checked value.

A reader takes a node and a :class:`Desk` to report to and returns the value, or
``None`` after it has reported why there is none. Nothing is coerced silently:
a duration needs its unit, a switch is ``true`` or ``false`` and nothing else.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from kinopress.content.document import Fields, Items, Node, Text
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

    def report(self, line: int, message: str, hint: str, code: str, severity: Severity = "error") -> None:
        """Note a problem with the field this desk stands for."""
        self.problems.append(Problem(self.path, line, self.field or None, message, hint, code, severity))


Reader = Callable[[Node, Desk], T | None]


@dataclass(frozen=True, slots=True)
class Mention:
    """A name the coach wrote, and where: it is looked up once the whole vocabulary is known."""

    text: str
    line: int
    field: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A number or a range of numbers, both ends included. The field says the unit."""

    low: float
    high: float

    def __str__(self) -> str:
        low, high = _plain(self.low), _plain(self.high)
        return low if low == high else f"{low}–{high}"


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else f"{number:g}"


def nearest(word: str, names: Iterable[str], count: int = 1) -> list[str]:
    """The names most like ``word``, best first; empty when none is like it."""
    known = {name.casefold(): name for name in names}
    close = difflib.get_close_matches(word.casefold(), list(known), n=count, cutoff=0.6)
    return [known[name] for name in close]


def text(node: Node, desk: Desk) -> str | None:
    """One text. A bare number or true/false is refused: it is nearly always a slip."""
    if isinstance(node, Items | Fields):
        desk.report(node.line, "a single text is wanted here, not a list", "write it on one line after the colon", "text-wanted")
        return None
    if node.type == "nothing" or not node.text.strip():
        desk.report(node.line, "nothing is written here", "write a few words or remove the line", "text-empty")
        return None
    if node.type != "text":
        desk.report(node.line, f"only “{node.text}” is written here", "write words; put it in quotes if you mean it", "text-wanted")
        return None
    return " ".join(node.text.split())


def title(node: Node, desk: Desk) -> str | None:
    """The title of a page: words, not a bare number or date."""
    value = text(node, desk)
    if value is not None and re.fullmatch(r"[\d\s./:-]+", value) and isinstance(node, Text):
        desk.report(node.line, f"“{value}” is only a number or a date", "write words a reader understands", "text-wanted")
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
    desk.report(node.line, f"{said} is neither true nor false", "write true or false, without quotes", "flag-wanted")
    return None


def whole(low: int, high: int) -> Reader[int]:
    """A whole number between ``low`` and ``high``."""

    def read(node: Node, desk: Desk) -> int | None:
        if isinstance(node, Text) and re.fullmatch(r"\d{1,9}", node.text) and low <= int(node.text) <= high:
            return int(node.text)
        desk.report(node.line, f"{_said(node)} is not a whole number from {low} to {high}", "write such a number", "number-wanted")
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
                desk.report(node.line, f"there is no day {node.text}", "look at the calendar and mend the date", "date-no-such-day")
                return None
    desk.report(node.line, f"{_said(node)} is not a date this page understands", "write year-month-day, like 2026-11-22", "date-form")
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
            desk.report(node.line, f"“{node.text}” is not one of the words for this field", f"{guess}choose from {', '.join(names)}", "choice-unknown")
            return None
        desk.report(node.line, "one word is wanted here", f"choose from {', '.join(names)}", "choice-unknown")
        return None

    return read


_NUMBER = r"(\d+(?:\.\d+)?)"
_RANGE = re.compile(rf"^{_NUMBER}(?:\s*(?:-|–|to)\s*{_NUMBER})?\s*(.*)$")
_CLOCK = re.compile(
    rf"^(?:{_NUMBER}\s*h(?:ours?)?\s*)?(?:{_NUMBER}\s*(?:min|minutes?|m)\s*)?(?:{_NUMBER}\s*(?:s|sec|seconds?)\s*)?$"
)


def seconds(node: Node, desk: Desk) -> float | None:
    """One duration or moment with its unit: ``30 s``, ``1 min 30 s``. Seconds."""
    amount = duration(node, desk)
    if amount is None:
        return None
    if amount.low != amount.high:
        desk.report(node.line, f"{_said(node)} is a range", "write one time, like 12.5 s", "duration-range")
        return None
    return amount.low


def moment(node: Node, desk: Desk) -> float | None:
    """A moment of a film with its unit; ``0 s`` is the beginning. Seconds."""
    if isinstance(node, Text) and re.fullmatch(r"0+(\.0+)?\s*(s|sec|seconds?|min|minutes?)", node.text.strip()):
        return 0.0
    return seconds(node, desk)


def duration(node: Node, desk: Desk) -> Amount | None:
    """A duration with its unit, or a range of seconds or minutes (``5–10 s``). Seconds."""
    if isinstance(node, Text):
        said = node.text.strip()
        if node.type in ("whole", "decimal"):
            desk.report(node.line, f"“{said}” has no unit", f"write {said} s or {said} min", "dosage-unit")
            return None
        if re.fullmatch(r"\d+:\d{1,2}(:\d{1,2})?", said):
            desk.report(node.line, f"“{said}” can be read in two ways", "write the units, like 1 min 30 s", "dosage-unit")
            return None
        match = _CLOCK.match(said)
        if match and any(match.groups()):
            hours, minutes, secs = (float(part) if part else 0.0 for part in match.groups())
            total = hours * 3600 + minutes * 60 + secs
            return _ordered(total, total, node, desk)
        match = _RANGE.match(said)
        if match:
            unit = {"s": 1, "sec": 1, "seconds": 1, "min": 60, "minutes": 60}.get(match.group(3))
            if unit is not None:
                low = float(match.group(1)) * unit
                high = float(match.group(2) or match.group(1)) * unit
                return _ordered(low, high, node, desk)
            if not match.group(3):
                desk.report(node.line, f"“{said}” has no unit", f"write {said} s or {said} min", "dosage-unit")
                return None
    desk.report(node.line, f"{_said(node)} is not a length of time", "write it like 30 s, 1 min 30 s or 5–10 s", "duration-form")
    return None


def percent(node: Node, desk: Desk) -> Amount | None:
    """A percentage with its sign, or a range: ``20 %``, ``20–25 %``. 0 to 100."""
    if isinstance(node, Text):
        match = _RANGE.match(node.text.strip())
        if match and match.group(3) == "%":
            low, high = float(match.group(1)), float(match.group(2) or match.group(1))
            if high > 100:
                desk.report(node.line, f"{_said(node)} is more than everything", "write a number up to 100 %", "dosage-range")
                return None
            return _ordered(low, high, node, desk)
        if match and not match.group(3):
            desk.report(node.line, f"{_said(node)} has no unit", f"write {node.text.strip()} %", "dosage-unit")
            return None
    desk.report(node.line, f"{_said(node)} is not a percentage", "write it like 20 % or 20–25 %", "dosage-range")
    return None


def count(low: int, high: int) -> Reader[Amount]:
    """A whole number or a range of whole numbers within ``low`` and ``high`` (``3``, ``3–5``, ``3-5``)."""

    def read(node: Node, desk: Desk) -> Amount | None:
        if isinstance(node, Text):
            match = _RANGE.match(node.text.strip())
            if match and match.group(3) in ("", "reps") and "." not in node.text:
                first, last = float(match.group(1)), float(match.group(2) or match.group(1))
                if low <= first and last <= high:
                    return _ordered(first, last, node, desk)
        desk.report(node.line, f"{_said(node)} is not a number from {low} to {high}", f"write a number like {max(low, 3)} or a range like {max(low, 3)}–{max(low, 3) + 2}", "dosage-range")
        return None

    return read


def _ordered(low: float, high: float, node: Node, desk: Desk) -> Amount | None:
    if low > high:
        desk.report(node.line, f"{_said(node)} goes down instead of up", "write the smaller number first", "dosage-range")
        return None
    if high <= 0:
        desk.report(node.line, f"{_said(node)} is nothing", "write a number above 0 or remove the line", "dosage-range")
        return None
    return Amount(low, high)


SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def slug(node: Node, desk: Desk) -> Mention | None:
    """The file name of another page without its ending; looked up later."""
    value = any_text(node, desk)
    if value is None:
        return None
    if not SLUG.fullmatch(value):
        desk.report(node.line, f"“{value}” is not the name of a page", "write the file's name without folder and ending, like figure-four-stretch", "name-slug")
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
                desk.report(node.line, "a list is wanted here, this is one text", f"read as a list; better write [{node.text}]", "list-as-text", "warning")
                parts: list[Node] = [Text(node.line, part.strip(), "text") for part in node.text.split(",") if part.strip()]
            else:
                desk.report(node.line, "a list is wanted here, this is one entry", f"read as a list of one; better write [{node.text}]", "list-as-text", "warning")
                parts = [node]
        elif isinstance(node, Fields):
            desk.report(node.line, "a list is wanted here, these are fields", "write [first, second] or one entry a line after a dash", "list-wanted")
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
            desk.report(node.line, f"{self.what} has several fields", f"write them one a line: {', '.join(list(self.fields)[:4])} …", "fields-wanted")
            return None
        values: dict[str, Any] = {}
        for name, value_node in node.entries.items():
            field = self.fields.get(name)
            if field is None:
                line = node.key_lines[name]
                desk.at(name).report(line, f"{self.what} has no field “{name}”", self._guess(name), "field-unknown")
                continue
            value = field.read(value_node, desk.at(name))
            if value is not None:
                values[name] = value
        for field in self.fields.values():
            if field.required and field.name not in node.entries:
                desk.at(field.name).report(node.line, f"{self.what} needs this field", f"add a line like {field.name}: {field.example}", "field-missing")
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
    **dict.fromkeys(("muscle", "muscles", "musles", "symptom", "symptoms", "technique", "techniques", "keywords", "category"), "tags"),
    **dict.fromkeys(("name", "heading"), "title"),
    **dict.fromkeys(("summary", "intro", "about"), "description"),
    **dict.fromkeys(("references", "evidence", "links"), "sources"),
    **dict.fromkeys(("published", "day", "when"), "date"),
    **dict.fromkeys(("instructions", "how"), "steps"),
    **dict.fromkeys(("dose", "repetitions"), "dosage"),
    **dict.fromkeys(("film", "clip"), "video"),
}


def _said(node: Node) -> str:
    return f"“{node.text}”" if isinstance(node, Text) else "this"
