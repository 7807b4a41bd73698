"""Addresses that pages had before, and where they are now: ``docs/data/redirects.yml``.

A list beside the pages rather than a field of each: it outlives a page that is removed, and shows at a
glance which addresses the world may still know.
"""

from __future__ import annotations

from pathlib import Path

from kinopress.codes import Code
from kinopress.content.forms.form import Desk, said
from kinopress.content.model.nodes import Text
from kinopress.content.model.shared import Redirect
from kinopress.content.source.document import read_text
from kinopress.content.source.yaml.reader import parse_fields
from kinopress.patterns import lazily
from kinopress.problems import Problem

REDIRECTS = "docs/data/redirects.yml"
REMOVED = "removed"
"""Where the files of removed pages are, below the project; nothing there is published."""
_ADDRESS = lazily(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*")
_HINT = "write it like exercises/clam, from the root of the site, without .md"


def read_redirects(project: Path, problems: list[Problem]) -> tuple[Redirect, ...]:
    """The addresses that pages had before; a project need not have the file."""
    if not (project / REDIRECTS).exists():
        return ()
    text, found = read_text(project / REDIRECTS, REDIRECTS)
    problems += found
    top, found = parse_fields(text, REDIRECTS) if text is not None else (None, [])
    problems += found
    redirects = []
    for old, node in top.entries.items() if top is not None else ():
        line = top.key_lines[old] if top is not None else 1
        desk = Desk(REDIRECTS, problems).at(old)
        if not _ADDRESS.fullmatch(old):
            desk.report(line, "this is not the address of a page", _HINT, Code.REDIRECT_FORM)
        elif not isinstance(node, Text) or not _ADDRESS.fullmatch(node.text):
            message = f"{said(node)} is not the address of a page"
            desk.report(node.line, message, _HINT, Code.REDIRECT_FORM)
        else:
            redirects.append(Redirect(old, node.text, line))
    return tuple(redirects)


def removed_files(project: Path) -> tuple[str, ...]:
    """The pages that were removed and are kept, by the files that they had."""
    below = project / REMOVED
    return tuple(
        file.relative_to(below).as_posix().partition("/")[2]
        for file in sorted(below.glob("*/**/*.md"))
    )
