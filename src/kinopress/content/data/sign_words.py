"""The words in which people tell of warning signs, and the rules made of them.

``docs/data/sign_words.yml`` holds groups of phrases; ``say`` in ``docs/data/red_flags.yml`` joins
them to rules. What the search does with both is written in ``web/src/finder/signs.ts``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from sys import intern

from kinopress.codes import Code
from kinopress.content.forms import scalars as f
from kinopress.content.forms.form import Desk, Field, Form
from kinopress.content.model.names import nearest
from kinopress.content.model.nodes import Node
from kinopress.content.model.shared import Phrase, Rule, Slot, WordGroup
from kinopress.content.source.document import read_text
from kinopress.content.source.yaml.reader import parse_fields
from kinopress.patterns import lazily
from kinopress.problems import Problem, quoted

SIGN_WORDS = "docs/data/sign_words.yml"


def named_groups(phrase: Phrase) -> Iterator[str]:
    """The groups that a phrase names, by key."""
    return (word.lower() for word in phrase if _GROUP.fullmatch(word))


_GROUP = lazily(r"[A-Z][A-Z_]+")
_WORDLESS = lazily(r"(?:^|/)[^\w/]*(?:/|$)")
"""An alternative in which nothing is said."""
_SIGNS = lazily(r"([+&!])")


def _phrases(text: str) -> tuple[Phrase, ...] | None:
    if _WORDLESS.search(text):
        return None
    # Thousands of phrases are made of the same few words, which need not be in memory thousands of times.
    return tuple(tuple(map(intern, words.split())) for words in text.split("/"))


def rule(node: Node, desk: Desk) -> Rule | None:
    """``NUMB + between my legs / saddle ! bike``: parts joined by ``+``, ``&`` or ``!``, alternatives by ``/``."""
    value = f.any_text(node, desk)
    if value is None:
        return None
    pieces = _SIGNS.split(f"+ {value}")[1:]
    slots = []
    for sign, text in zip(pieces[::2], pieces[1::2], strict=True):
        said = _phrases(text)
        if said is None:
            desk.report(
                node.line,
                f"in {quoted(value)} there is nothing beside a {sign} or a /",
                "write words on both sides, like numb / tingling + between my legs",
                Code.SAY_FORM,
            )
            return None
        slots.append(Slot({"+": "+", "&": "&", "!": "!"}[sign], said))  # type: ignore[arg-type]
    return tuple(slots)


def _alternatives(node: Node, desk: Desk) -> tuple[Phrase, ...] | None:
    value = f.any_text(node, desk)
    if value is None:
        return None
    said = _phrases(value)
    if said is None:
        desk.report(
            node.line,
            f"in {quoted(value)} there is nothing beside a /",
            "write words on both sides, like numb / tingling",
            Code.SAY_FORM,
        )
    return said


FORM = Form(
    Field(
        "say",
        f.list_of(_alternatives),
        "What people say: alternatives joined by /. CAPITALS name a group further up, .. leaves room for a few words.",
        "[numb / tingling / CANT .. feel]",
        required=True,
    ),
    Field("place", f.flag, "It is a part of the body.", "true"),
    Field("ever", f.flag, "It counts however long ago it was.", "true"),
    Field("near", f.flag, "Alone it makes the search ask about signs.", "true"),
    Field("condition", f.flag, "Names of conditions: asking for symptoms shows the sign.", "true"),
    what="a group of words",
)


def read_sign_words(project: Path, problems: list[Problem]) -> Mapping[str, WordGroup]:
    """The groups by key, in their order; a project need not have the file."""
    if not (project / SIGN_WORDS).exists():
        return {}
    text, found = read_text(project / SIGN_WORDS, SIGN_WORDS)
    problems += found
    top, found = parse_fields(text, SIGN_WORDS) if text is not None else (None, [])
    problems += found
    groups: dict[str, WordGroup] = {}
    for key, node in top.entries.items() if top is not None else ():
        line = top.key_lines[key] if top is not None else 1
        desk = Desk(SIGN_WORDS, problems).at(key)
        if not re.fullmatch(r"[a-z][a-z_]+", key):
            desk.report(
                line,
                f"{quoted(key)} cannot be the name of a group",
                "use lower-case letters and _",
                Code.NAME_SLUG,
            )
            continue
        values = FORM.read(node, desk)
        if values is None or "say" not in values:
            continue
        said = tuple(phrase for row in values.pop("say") for phrase in row)
        problems += unknown_groups(SIGN_WORDS, f"{key}.say", line, said, groups)
        groups[key] = WordGroup(key, said, line, **values)
    return groups


def unknown_groups(
    path: str, field: str, line: int, said: Sequence[Phrase], groups: Mapping[str, WordGroup]
) -> Iterator[Problem]:
    """Groups that phrases name and that are not there, or not yet."""
    # Thousands of phrases name a few dozen groups: each word is looked up only once.
    missing = set(named_groups(tuple(set(chain.from_iterable(said))))) - set(groups)
    if not missing:
        return
    for key in chain.from_iterable(map(named_groups, said)):
        if key in missing:
            close = nearest(key, groups)
            yield Problem(
                path,
                f"there is no group {quoted(key.upper())} further up in {SIGN_WORDS}",
                f"did you mean {close[0].upper()}?"
                if close
                else "write the words in lower-case letters",
                Code.SAY_GROUP,
                line=line,
                field=field,
            )
