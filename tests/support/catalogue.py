"""The catalogue of the program's words for readers, gathered from where they are shown.

``python tests/support/catalogue.py`` writes ``readers.pot`` again and brings the other languages up to it: words that
are new there have no translation yet, and words that are gone leave.
"""

from __future__ import annotations

import ast
import importlib
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

import kinopress
from kinopress.content.data.words import CATALOGUES, IN_SCRIPTS
from kinopress.content.model.kinds import KINDS
from kinopress.content.model.language.words import ENGLISH, LANGUAGES_WITH_WORDS, MONTHS
from kinopress.content.model.pages import LEVELS as EXERCISE_LEVELS
from kinopress.engines import look
from kinopress.engines import settings as engine
from kinopress.figures.anatomy.plates import VIEWS as PLATE_VIEWS
from kinopress.pages.kinds.exercise import USUAL
from kinopress.pages.parts.body.map import VIEWS
from kinopress.pages.parts.choices import LEVELS, NOTHING, POSITIONS
from kinopress.pages.parts.start import FORM_WORDS, LATER, LATER_WORDS, TODAY
from kinopress.pages.parts.warning_signs import CHECKED, CHECKED_WORDS
from kinopress.pages.parts.wording import (
    FAMILY_LABELS,
    PHASE_LABELS,
    PHASE_WORDS,
    STEP_LABELS,
    STRUCTURE_LABELS,
)
from kinopress.pages.text import TO_COME

PACKAGE = Path(kinopress.__file__).parent
ROOMS = ("content", "engines", "finder", "pages", "project")
"""Where words for readers are. The studio and the command line talk to the coach alone."""
_SHOWN_BY = {"phrase": None, "in_html": None, "linked": None, "counted": (2, 3)}
SCRIPTS = PACKAGE.parents[1] / "web" / "src"
_HEADER = """\
# What the program itself says to readers, around the words of a coach.
# Gathered by tests/support/catalogue.py; words that are marked fuzzy were reviewed by nobody.
"""


def gathered() -> Catalog:
    """Everything there is to translate."""
    catalogue = Catalog(project="kinopress", header_comment=_HEADER, fuzzy=False)
    found: set[str | tuple[str, str]] = {*_in_tables(), *_in_code()}
    scripts = set(_in_scripts())
    for message in sorted(found | scripts, key=lambda it: it if isinstance(it, str) else it[0]):
        catalogue.add(message, auto_comments=[IN_SCRIPTS] if message in scripts else [])
    return catalogue


def _in_tables() -> Iterator[str]:
    """Words that data brings to readers."""
    for row in KINDS.values():
        yield from filter(
            None, (row.label, row.labels, row.listed, row.in_full, row.tagged, row.about)
        )
    yield from (label for _, label in engine.MENU)
    yield from engine.LISTS_AT_THE_FOOT.values()
    yield from (*MONTHS, *VIEWS.values())
    yield from (*FAMILY_LABELS.values(), *STRUCTURE_LABELS.values(), *STEP_LABELS.values())
    yield from (*POSITIONS, *LEVELS, *EXERCISE_LEVELS, NOTHING.label)
    yield from (USUAL, TO_COME, TODAY, LATER, LATER_WORDS, FORM_WORDS)
    yield from filter(None, (*CHECKED.values(), *CHECKED_WORDS.values()))
    yield from (*PHASE_LABELS.values(), *PHASE_WORDS.values())
    yield from (words for _, _, words in PLATE_VIEWS.values())


def _in_code() -> Iterator[str | tuple[str, str]]:
    """Words that are given to ``phrase``, ``in_html``, ``linked`` and ``counted``, in modules and in templates of pages."""
    for room in ROOMS:
        for file in sorted((PACKAGE / room).rglob("*.py")):
            name = ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts)
            known = vars(importlib.import_module(name.removesuffix(".__init__")))
            yield from shown_by(ast.parse(file.read_text("utf-8")), known)
    for file in sorted(look.THEME.rglob("*.html")):
        with file.open("rb") as opened:
            for _, message, _, _ in extract("jinja2.ext:babel_extract", opened, _SHOWN_BY):
                yield message if isinstance(message, str) else (message[0], message[1])


def _in_scripts() -> Iterator[str | tuple[str, str]]:
    """Words that are given to ``phrase`` and ``counted`` in web/src."""
    for file in sorted(SCRIPTS.rglob("*.ts")):
        text = file.read_text("utf-8")
        yield from re.findall(r'\bphrase\(\s*"([^"]+)"', text)
        yield from re.findall(r'\bcounted\([^"]*?"([^"]+)",\s*"([^"]+)"', text)


def shown_by(
    module: ast.AST, known: Mapping[str, object] = MappingProxyType({})
) -> Iterator[str | tuple[str, str]]:
    """The words of a module for readers. Babel's own reader of Python does not look inside an f-string.

    Words that are given by the name they have in the module, alone or in a table, are found by ``known``.

    Raises:
        TypeError: words are put together before they are translated, so no catalogue can know them.
    """
    for node in ast.walk(module):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
        if name not in _SHOWN_BY:
            continue
        first, *others = node.args[1:3] if name == "counted" else node.args[:1]
        if isinstance(first, ast.JoinedStr):
            message = f"line {node.lineno}: put values into words by their names in braces"
            raise TypeError(message)
        yield from _by_name(first, known)
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            many = [o.value for o in others if isinstance(o, ast.Constant)]
            yield (first.value, str(many[0])) if many else first.value
        if name == "linked":  # the words of each link are the first of a pair
            for link in node.keywords:
                said = link.value.elts[0] if isinstance(link.value, ast.Tuple) else None
                if isinstance(said, ast.Constant):
                    yield str(said.value)


def _by_name(given: ast.expr, known: Mapping[str, object]) -> Iterator[str]:
    """The words that a name, a table or a choice of both stands for; none for what only a run can know."""
    match given:
        case ast.IfExp(body=one, orelse=other):
            for choice in (one, other):
                yield from _by_name(choice, known)
                if isinstance(choice, ast.Constant):
                    yield str(choice.value)
        case ast.Name(id=name) if isinstance(words := known.get(name), str):
            yield words
        case ast.Subscript(value=ast.Name(id=name)) if isinstance(
            table := known.get(name), Mapping
        ):
            yield from (words for words in table.values() if isinstance(words, str))


def as_text(catalogue: Catalog) -> str:
    """A catalogue as its file: without places and times, which change without a word being another."""
    written = io.BytesIO()
    write_po(
        written, catalogue, width=100, no_location=True, omit_header=False, ignore_obsolete=True
    )
    lines = written.getvalue().decode("utf-8").splitlines(keepends=True)
    changing = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Generated-By")
    dropped = ("Report-Msgid-Bugs-To", "Language-Team")
    return "".join(
        line for line in lines if not line.startswith(tuple(f'"{x}' for x in changing + dropped))
    )


def brought_up(language: str, template: Catalog) -> Catalog:
    """A language's catalogue with all the words there are now; new ones have no translation."""
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    catalogue.update(template, no_fuzzy_matching=True)
    return catalogue


def main() -> None:
    """Write all catalogues again."""
    template = gathered()
    (CATALOGUES / "readers.pot").write_text(as_text(template), "utf-8")
    for language in LANGUAGES_WITH_WORDS:
        if language != ENGLISH:
            file = CATALOGUES / f"{language}.po"
            if not file.exists():
                file.write_text("", "utf-8")
            file.write_text(as_text(brought_up(language, template)), "utf-8")


if __name__ == "__main__":
    main()
