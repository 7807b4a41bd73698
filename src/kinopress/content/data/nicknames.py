"""What people call things that have no page here, and the pages that fit: ``docs/data/nicknames.yml``."""

from __future__ import annotations

from pathlib import Path

from kinopress.codes import Code
from kinopress.content.forms import scalars as f
from kinopress.content.forms.form import Desk
from kinopress.content.model.shared import Nickname
from kinopress.content.source.document import read_text
from kinopress.content.source.yaml.reader import parse_fields
from kinopress.problems import Problem

NICKNAMES = "docs/data/nicknames.yml"


def read_nicknames(project: Path, problems: list[Problem]) -> tuple[Nickname, ...]:
    """The names people use for things without a page; a project need not have the file."""
    if not (project / NICKNAMES).exists():
        return ()
    text, found = read_text(project / NICKNAMES, NICKNAMES)
    problems += found
    top, found = parse_fields(text, NICKNAMES) if text is not None else (None, [])
    problems += found
    nicknames = []
    for key, node in top.entries.items() if top is not None else ():
        line = top.key_lines[key] if top is not None else 1
        tags = f.list_of(f.mention)(node, Desk(NICKNAMES, problems).at(key))
        names = tuple(name for part in key.split("/") if (name := " ".join(part.split())))
        if tags and names:
            nicknames.append(Nickname(names, tags, line))
        elif tags == ():
            Desk(NICKNAMES, problems).at(key).report(
                line, "there is no tag here", "write one or more: [piriformis]", Code.LIST_EMPTY
            )
    return tuple(nicknames)
