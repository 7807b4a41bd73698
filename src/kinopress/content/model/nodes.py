"""Values as the coach wrote them, each with its line: what YAML becomes before it is checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Scalar = Literal["text", "whole", "decimal", "flag", "nothing"]


@dataclass(slots=True)
class Text:
    """One scalar as written, with the type YAML 1.2 gives it.

    ``comment`` is what is after it on its line after a ``#``, which YAML takes for a comment.
    ``tagged``, of every node, is the word with ! that is before it, if there is one: another program makes
    the value of what is written, so its shape here says nothing about it. ``plain``: it is in settings, which another
    program reads as well, and without quotes.
    """

    line: int
    text: str
    type: Scalar
    comment: str = ""
    tagged: str = ""
    plain: bool = False


@dataclass(slots=True)
class Items:
    """A list."""

    line: int
    items: list[Node]
    tagged: str = ""


@dataclass(slots=True)
class Fields:
    """A mapping; ``key_lines`` says where each key is.

    ``quoted``: keys that are words whatever they look like; known only of settings, as ``plain`` of a :class:`Text`.
    """

    line: int
    entries: dict[str, Node] = field(default_factory=dict)
    key_lines: dict[str, int] = field(default_factory=dict)
    tagged: str = ""
    quoted: frozenset[str] = frozenset()


Node = Text | Items | Fields
