"""The words around the pages: a language's catalogue, and over it the coach's own in ``docs/data/words.yml``."""

from __future__ import annotations

import functools
import gettext
from collections.abc import Callable, Mapping
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.forms import scalars as f
from kinopress.content.forms.form import Desk
from kinopress.content.model.language.words import ENGLISH, Words, blanks
from kinopress.content.model.names import nearest
from kinopress.content.source.document import read_text
from kinopress.content.source.yaml_reader import parse_fields
from kinopress.problems import Problem, quoted

WORDS = "docs/data/words.yml"
CATALOGUES = Path(__file__).with_name("catalogues")
"""``readers.pot`` with everything there is in English, and a file for each other language."""
IN_SCRIPTS = "shown by a script"
"""The comment in ``readers.pot`` of words that are shown by what runs in a reader's browser."""


def read_words(project: Path, language: str, problems: list[Problem]) -> Words:
    """The words of a site; a project need not have any of its own."""
    has_own = (project / WORDS).exists()
    if language == ENGLISH:
        return Words(own=_own(project, {}, problems) if has_own else {})
    forms, form_for = catalogue(language)
    shown = {said: words for words, of in forms.items() for said in of}
    return Words(language, forms, form_for, _own(project, shown, problems) if has_own else {})


@functools.cache
def catalogue(language: str) -> tuple[Mapping[str, tuple[str, ...]], Callable[[int], int]]:
    """What a language has for the English words, and which form of them is for a number.

    Words that nobody has reviewed (``fuzzy``) count: the alternative would be English.
    """
    # Only sites in another language than English need it.
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with (CATALOGUES / f"{language}.po").open("rb") as file:
        found = read_po(file, locale=language)
    forms = {}
    for message in found:
        of_one = message.id if isinstance(message.id, str) else message.id[0]
        said = (
            (message.string,) if isinstance(message.string, str) else (*(message.string or ("",)),)
        )
        if of_one and all(said):
            forms[of_one] = said
    form_for: Callable[[int], int] = gettext.c2py(found.plural_expr)
    return forms, form_for


def english() -> frozenset[str]:
    """All words that the program has for readers, in English; of a number of things, those for one and for many."""
    return frozenset(said for forms in words_by_form() for said in forms)


def words_to_translate() -> frozenset[str]:
    """The keys of a whole catalogue: of a number of things, the words for one stand for both."""
    return frozenset(forms[0] for forms in words_by_form())


def words_by_form() -> tuple[tuple[str, ...], ...]:
    """The same as they belong together: one form, or that for one thing and that for many."""
    return tuple(forms for forms, _ in _in_english())


def script_words() -> tuple[tuple[str, ...], ...]:
    """Those among them that scripts show in a reader's browser."""
    return tuple(forms for forms, comments in _in_english() if IN_SCRIPTS in comments)


@functools.cache
def _in_english() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """All words in their forms, each with the comments it has in the catalogue."""
    from babel.messages.pofile import read_po  # noqa: PLC0415

    with (CATALOGUES / "readers.pot").open("rb") as file:
        found = [(message.id, tuple(message.auto_comments)) for message in read_po(file)]
    return tuple(((id_,) if isinstance(id_, str) else tuple(id_), of) for id_, of in found if id_)


def _own(project: Path, shown: Mapping[str, str], problems: list[Problem]) -> Mapping[str, str]:
    """The coach's own words for the English ones; ``shown`` are words on her pages, and the English for them."""
    text, found = read_text(project / WORDS, WORDS)
    problems += found
    top, found = parse_fields(text, WORDS) if text is not None else (None, [])
    problems += found
    own = {}
    for written, node in top.entries.items() if top is not None else ():
        words = shown.get(written, written)
        desk = Desk(WORDS, problems).at(written)
        if words not in english():
            close = nearest(written, (*english(), *shown))
            desk.report(
                top.key_lines[written] if top is not None else 1,
                "the program shows no such words",
                f"did you mean {quoted(close[0])}?"
                if close
                else "copy them from a page exactly as they are there, or remove the line",
                Code.WORDS_UNKNOWN,
            )
            continue
        said = f.any_text(node, desk)
        if said is not None and _same_blanks(words, said, node.line, desk):
            own[words] = said
    return own


def _same_blanks(words: str, said: str, line: int, desk: Desk) -> bool:
    """Whether what is put into the words has the same places in the coach's own."""
    wanted = blanks(words)
    try:
        good = blanks(said) == wanted
    except ValueError:
        good = False
    if not good:
        needed = " and ".join(f"{{{name}}}" for name in sorted(wanted))
        desk.report(
            line,
            "the names in braces are not the same as in the program's own words",
            f"write {needed} where a value is to be put" if wanted else "leave out the braces",
            Code.WORDS_BLANKS,
        )
    return good
