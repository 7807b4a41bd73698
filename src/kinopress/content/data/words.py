"""The words around the pages: a language's catalogue, and over it the coach's own in ``docs/data/words.yml``."""

from __future__ import annotations

import functools
import gettext
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.forms import scalars as f
from kinopress.content.forms.form import Desk
from kinopress.content.model.language.words import ENGLISH, Words, blanks
from kinopress.content.model.names import nearest
from kinopress.content.source.document import read_text
from kinopress.content.source.yaml.reader import parse_fields
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
        return _with_own(Words(), project, problems) if has_own else Words()
    words = Words(language, *catalogue(language))
    return _with_own(words, project, problems) if has_own else words


@functools.cache
def words_in(language: str) -> Words:
    """The program's words in a language, without the coach's own, which are in the language of her site."""
    return Words() if language == ENGLISH else Words(language, *catalogue(language))


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


def _with_own(words: Words, project: Path, problems: list[Problem]) -> Words:
    """The words with the coach's own, which she writes below those that her pages show, or below the English ones.

    What she has replaced already is on her pages too, so that can be copied as well.
    """
    text, found = read_text(project / WORDS, WORDS)
    problems += found
    top, found = parse_fields(text, WORDS) if text is not None else (None, [])
    problems += found
    own: dict[str, str] = {}
    forms = dict(words.forms)
    hers: dict[str, str] = {}  # what she has written → what it stands for
    for written, node in top.entries.items() if top is not None else ():
        desk = Desk(WORDS, problems).at(written)
        copied = _as_shown(written, words.forms, hers)
        if copied is None:
            line = top.key_lines[written] if top is not None else 1
            _report_unknown(written, line, words.forms, desk)
            continue
        said = f.any_text(node, desk)
        if said is None or not _same_blanks(copied, said, node.line, desk):
            continue
        hers[said] = copied
        if copied in english():
            own[copied] = said
        for one, of in words.forms.items():
            if copied in of and len(of) == 1:
                own[one] = said
            elif copied in of:
                now = zip(of, forms[one], strict=True)
                forms[one] = tuple(said if form == copied else changed for form, changed in now)
    return replace(words, forms=forms, own=own)


def _as_shown(
    written: str, forms: Mapping[str, tuple[str, ...]], hers: Mapping[str, str]
) -> str | None:
    """The words that are meant, English or of the language of the site: as they are, else in any case and spacing."""
    shown = {said for of in forms.values() for said in of}
    if written in shown or written in english():
        return written
    if written in hers:
        return hers[written]
    alike = {words for words in (*shown, *english()) if _loosely(words) == _loosely(written)}
    return alike.pop() if len(alike) == 1 else None


def _loosely(words: str) -> str:
    return " ".join(words.casefold().replace("’", "'").split())


def _report_unknown(
    written: str, line: int, forms: Mapping[str, tuple[str, ...]], desk: Desk
) -> None:
    known = [*english(), *(said for of in forms.values() for said in of)]
    if blank := _with_blanks(written, known):
        names = " and ".join(f"{{{name}}}" for name in sorted(blanks(blank)))
        desk.report(
            line,
            f"{names} belongs where the page shows a value of its own",
            f'write "{blank}" instead, with the quotation marks, and keep {names} in your own words too',
            Code.WORDS_UNKNOWN,
        )
        return
    close = nearest(written, known)
    desk.report(
        line,
        "no page shows these words of the program",
        f"did you mean {quoted(close[0])}?"
        if close
        else "copy menu words, buttons or headings from a page exactly as they are there;"
        " words of your own pages are changed in their files",
        Code.WORDS_UNKNOWN,
    )


def _with_blanks(written: str, known: Iterable[str]) -> str | None:
    """The words of the program that look like this once values are put in, such as a number for ``{n}``."""
    found = []
    for words in known:
        pieces = re.split(r"\{(\w+)\}", words)
        said = "".join(pieces[::2])
        if len(pieces) == 1 or not any(map(str.isalpha, said)):
            continue
        pattern = "".join(
            re.escape(piece) if i % 2 == 0 else r"\d+" if piece == "n" else ".+"
            for i, piece in enumerate(pieces)
        )
        if re.fullmatch(pattern, written, re.IGNORECASE):
            found.append((len(said), words))
    return max(found)[1] if found else None


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
