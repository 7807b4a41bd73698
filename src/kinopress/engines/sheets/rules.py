"""A style sheet as rules: read from short text (:mod:`kinopress.engines.compact`), kept or left one by one, written again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

_TOKENS = re.compile(
    r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\\.|url\([^)"']*\)|[^{};"'\\u]+|u)+|[{};]""",
    re.DOTALL,
)
_GROUPS = ("@media", "@supports", "@container", "@layer")
_NO_SELECTORS = "@"


@dataclass(frozen=True, slots=True)
class Rule:
    """Selectors, or the name of an at-rule (``@font-face``), and its declarations; a statement has none."""

    head: str
    body: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """Rules under a condition: ``@media print``."""

    head: str
    rules: tuple[Rule | Group, ...]


Sheet = tuple[Rule | Group, ...]


def read(css: str) -> Sheet:
    """The rules of a style sheet without comments."""
    return _inside(iter(_TOKENS.findall(css)))


def _inside(pieces: Iterable[str]) -> Sheet:
    """The rules up to the end of a group, or of the sheet."""
    found: list[Rule | Group] = []
    head = ""
    rest = iter(pieces)
    for piece in rest:
        if piece == "}":
            break
        if piece == ";":
            found.append(Rule(head.strip(), None))
            head = ""
        elif piece != "{":
            head += piece
        else:
            name = head.strip()
            group = name.startswith(_GROUPS)
            found.append(Group(name, _inside(rest)) if group else Rule(name, _body(rest)))
            head = ""
    return tuple(found)


def _body(pieces: Iterable[str]) -> str:
    """Declarations up to the brace that closes them, nested rules included."""
    found: list[str] = []
    depth = 1
    for piece in pieces:
        depth += {"{": 1, "}": -1}.get(piece, 0)
        if not depth:
            break
        found.append(piece)
    return "".join(found)


def written(sheet: Sheet) -> str:
    """The rules as short text."""
    return "".join(_written(one) for one in sheet)


def _written(one: Rule | Group) -> str:
    if isinstance(one, Group):
        return f"{one.head}{{{written(one.rules)}}}"
    return f"{one.head};" if one.body is None else f"{one.head}{{{one.body}}}"


def selectors(head: str) -> list[str]:
    """The selectors of a list: ``:is(a, b)`` is one."""
    if "," not in head:
        return [head]
    if "(" not in head and "[" not in head:
        return head.split(",")
    found, depth, begun = [], 0, 0
    for at, letter in enumerate(head):
        if letter in "([":
            depth += 1
        elif letter in ")]":
            depth -= 1
        elif letter == "," and not depth:
            found.append(head[begun:at])
            begun = at + 1
    return [*found, head[begun:]]


def only(sheet: Sheet, selector: Callable[[str], bool], at_rule: Callable[[Rule], bool]) -> Sheet:
    """The same sheet with some of its rules, in their order.

    Args:
        sheet: The rules.
        selector: Whether a selector is kept; a rule without any left is left out, and so is an empty group.
        at_rule: Whether a rule without selectors (``@page``) is kept.
    """
    found: list[Rule | Group] = []
    for one in sheet:
        if isinstance(one, Group):
            if inside := only(one.rules, selector, at_rule):
                found.append(Group(one.head, inside))
        elif one.head.startswith(_NO_SELECTORS):
            if at_rule(one):
                found.append(one)
        elif kept := [part for part in selectors(one.head) if selector(part)]:
            found.append(Rule(",".join(kept), one.body))
    return tuple(found)


def leaves(sheet: Sheet) -> Iterable[Rule]:
    """Every rule, whatever condition it is under."""
    for one in sheet:
        if isinstance(one, Group):
            yield from leaves(one.rules)
        else:
            yield one
