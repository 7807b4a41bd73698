"""The fields of a page as a form shows them, and the typed words as changes to its file (pure).

Each kind's own form says which fields there are. How one is typed follows from what it takes: words, a day,
one word of a few, names with commas between, one entry per line. Deeper ones (a dosage, steps, the
days of a plan) are written as in the file, in a box.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kinopress.content.forms import groups
from kinopress.content.forms import scalars as f
from kinopress.content.forms.form import Field
from kinopress.content.forms.pages import FORMS
from kinopress.content.model.nodes import Fields
from kinopress.content.model.pages import Kind
from kinopress.content.source.writer import Body, Change, Put, Remove
from kinopress.content.source.yaml.reader import parse_fields
from kinopress.content.source.yaml.words import Value, in_lines, value_of
from kinopress.problems import Problem
from kinopress.studio.requests import Form

Shape = Literal["line", "words", "day", "choice", "names", "lines", "file"]
"""How a field is typed; ``file``: in the words of the file."""

BODY = "body"
"""The text below the fields, as the form calls it."""
_LINE_MAX = 70
_WORDS = (f.text, f.title, f.any_text, f.one_name, f.slug, f.mention)
_PICKED: Mapping[str, str] = {
    **dict.fromkeys(("tags", "for", "parent", "suspects", "techniques", "antagonists"), "tags"),
    **dict.fromkeys(("exercises", "easier", "harder", "shown_by"), "exercises"),
    **{name: name for name in ("sources", "regions", "red_flags", "tests")},
    "not_for": "red_flags",
    "avoid": "tags",
}
"""Field → the names that are offered while it is typed."""
YES_NO = {"true": "yes", "false": "no"}
"""What a file says, and what a person does."""


@dataclass(frozen=True, slots=True)
class Control:
    """One field of a page, as it is shown.

    Attributes:
        name: Its name in the file.
        label: The same as a heading.
        doc: What it is for, as the coach's guide says it.
        example: An example, as the guide has it; empty where all there is can be chosen.
        required: Whether every page of the kind needs it.
        shape: How it is typed.
        shown: Its words now.
        options: The words to choose from, where it is a choice: what the file says → what is shown.
        pick: Whose names are offered while it is typed; empty: none.
    """

    name: str
    label: str
    doc: str
    example: str
    required: bool
    shape: Shape
    shown: str
    options: Mapping[str, str] = dataclasses.field(default_factory=dict)
    pick: str = ""

    @property
    def was(self) -> str:
        """What tells whether somebody has typed there since it was shown."""
        return digest(self.shown)


def digest(words: str) -> str:
    """A short form of the words in a field, to see whether they are still the same."""
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:20]


def controls_of(kind: Kind, values: Mapping[str, Value]) -> list[Control]:
    """The form of a page: every field of its kind, with what its file says.

    Args:
        kind: The kind of page.
        values: What the file says, as :func:`~kinopress.content.source.writer.fields_of` gives it.
    """
    return [_control(field, values.get(field.name)) for field in FORMS[kind].fields.values()]


def _control(field: Field, value: Value) -> Control:
    shape, shown = _shape(field, value)
    options: Mapping[str, str] = {}
    doc = field.doc.replace("`", "")
    example = field.example.strip("[]") if shape in ("names", "lines") else field.example
    if shape == "choice":
        example = ""
        if isinstance(field.read, f.Choice):
            options = {name: name for name in field.read.names}
        else:
            options = YES_NO
            for written, said in YES_NO.items():
                doc = re.sub(rf"\b{written}\b", f"“{said}”", doc)
    return Control(
        field.name,
        field.name.replace("_", " ").capitalize(),
        doc,
        example,
        field.required,
        shape,
        shown,
        options,
        _PICKED.get(field.name, "") if shape in ("names", "line") else "",
    )


def _shape(field: Field, value: Value) -> tuple[Shape, str]:
    """How a field is typed, and its words now; a value that does not fit is shown as in the file."""
    wanted = _wanted(field)
    if wanted in ("names", "lines"):
        entries = [] if value is None else value
        sign = "," if wanted == "names" else "\n"
        if (
            isinstance(entries, Sequence)
            and not isinstance(entries, str)
            and all(isinstance(one, str) and one.strip() and sign not in one for one in entries)
        ):
            return wanted, (", " if wanted == "names" else "\n").join(map(str, entries))
        return "file", in_file_words(value)
    if wanted == "file" or not (value is None or isinstance(value, str | bool | int | float)):
        return "file", in_file_words(value)
    words = str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)
    if wanted == "line" and ("\n" in words or len(words) > _LINE_MAX):
        return "words", words
    if wanted == "day" and words and f.day_of(words) is None:
        return "line", words
    return wanted, words


def _wanted(field: Field) -> Shape:
    if field.read is f.flag or isinstance(field.read, f.Choice):
        return "choice"
    if field.read is f.date:
        return "day"
    if field.read is groups.mentions:
        return "names"
    if field.read is groups.names:
        return "lines"
    if field.example.startswith(("[", "{")):
        return "file"
    return "words" if len(field.example) > _LINE_MAX or field.name == "description" else "line"


def in_file_words(value: Value) -> str:
    """A value as it is written below the name of its field; empty where there is none."""
    if value is None:
        return ""
    if isinstance(value, Mapping) or (isinstance(value, Sequence) and not isinstance(value, str)):
        return "\n".join(in_lines(value, 0)) if value else "[]"
    return str(value)


def typed_changes(kind: Kind, form: Form) -> tuple[list[Change], dict[str, str]]:
    """What a form changes: the fields that somebody typed in since they were shown, and no other.

    Args:
        kind: The kind of page.
        form: What was sent; beside each field what it was when it was shown (``was.title``).

    Returns:
        The changes, and by field what cannot be taken as it was typed.
    """
    order = tuple(FORMS[kind].fields)
    changes: list[Change] = []
    wrong: dict[str, str] = {}
    for name in order:
        typed = typed_in(form, name)
        if typed is None or digest(typed) == form.text(f"was.{name}"):
            continue
        value, why = _value(kind, name, form.text(f"shape.{name}"), typed)
        if why:
            wrong[name] = why
        elif value is None:
            changes.append(Remove((name,)))
        else:
            changes.append(Put((name,), value, order))
    body = form.block(BODY) if BODY in form.values else None
    if body is not None and digest(body) != form.text(f"was.{BODY}"):
        changes.append(Body(body))
    return changes, wrong


def typed_in(form: Form, name: str) -> str | None:
    """What was typed in a field; ``None`` where the form had none."""
    key = f"field.{name}"
    return form.block(key) if key in form.values else None


def _value(kind: Kind, name: str, shape: str, typed: str) -> tuple[Value, str]:
    """What was typed as a value, ``None`` for nothing; or why it cannot be one."""
    words = typed.strip()
    if not words:
        return None, ""
    if shape == "names":
        return [one for part in words.replace("\n", ",").split(",") if (one := part.strip())], ""
    if shape == "lines":
        return [one for line in words.split("\n") if (one := line.strip())], ""
    read = FORMS[kind].fields[name].read
    if shape != "file" and (read in _WORDS or isinstance(read, f.Choice)):
        return words, ""
    return _parsed(typed, words)


def _parsed(typed: str, words: str) -> tuple[Value, str]:
    """What is typed in the words of the file."""
    one_line = "\n" not in words
    lines = "\n".join(f"  {line}" for line in typed.rstrip().split("\n"))
    text = f"typed: {words}\n" if one_line and not _is_deep(words) else f"typed:\n{lines}\n"
    fields, problems = parse_fields(text, "")
    if problems or not isinstance(fields, Fields) or "typed" not in fields.entries:
        return None, _why(problems, first_line=1 if text.startswith("typed: ") else 2)
    return value_of(fields.entries["typed"]), ""


def _is_deep(words: str) -> bool:
    return words.startswith("- ") or ": " in words.partition("#")[0] or words.endswith(":")


def _why(problems: Sequence[Problem], first_line: int) -> str:
    if not problems:
        return "This cannot be read; write it like the example."
    found = problems[0]
    line = max(1, (found.line or first_line) - first_line + 1)
    return f"In line {line} of this box: {found.message}; {found.hint}."
