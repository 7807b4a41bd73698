"""Writing front matter as a coach would: plain words, short lists in brackets, groups below their name."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

_PLAIN = re.compile(r"[A-Za-z0-9](?:(?!: | #)[^\n])*(?<![ :])")
"""Text that YAML reads as it stands after a name; in brackets it must do without commas and brackets too."""


def front_matter(fields: Mapping[str, object]) -> str:
    """The fields as YAML, one a line."""
    return "".join(f"{name}:{_value(value, '')}\n" for name, value in fields.items())


def _value(value: object, indent: str) -> str:
    if isinstance(value, Mapping):
        below = indent + "  "
        return "".join(f"\n{below}{name}:{_value(of, below)}" for name, of in value.items())
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        entries = [(name, text) for entry in value for name, text in entry.items()]
        return "".join(f"\n{indent}  - {name}: {_scalar(text)}" for name, text in entries)
    if isinstance(value, list):
        return f" [{', '.join(_scalar(entry, inside='[]{},') for entry in value)}]"
    return f" {_scalar(value)}"


def _scalar(value: object, inside: str = "") -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if _PLAIN.fullmatch(text) and not any(sign in text for sign in inside):
        return text
    return json.dumps(text, ensure_ascii=False)
