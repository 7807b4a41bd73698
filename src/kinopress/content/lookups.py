"""What to say when a name leads nowhere: the names nearest to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kinopress.content.fields import Mention
from kinopress.content.form import nearest
from kinopress.content.kinds import Page, Term
from kinopress.problems import Problem

if TYPE_CHECKING:
    from kinopress.content.vocabulary import Vocabulary


def unknown_term(
    vocabulary: Vocabulary,
    page: Page,
    mention: Mention,
    code: str,
    what: str,
    kind: type[Term] = Term,
) -> Problem:
    """A tag or other name of a term that no page gives."""
    close = [t.title for t in vocabulary.nearest(mention.text) if isinstance(t, kind)]
    hint = (
        f"did you mean {either(close)}?"
        if close
        else f"look in the A–Z for the right {what}, or add a page for it"
    )
    return Problem(
        page.path, mention.line, mention.field, f"there is no {what} “{mention.text}”", hint, code
    )


def either(names: list[str]) -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def unknown_key(
    path: str, mention: Mention, known: Mapping[str, object], what: str, where: str, code: str
) -> Problem:
    """A key that a shared file does not hold."""
    close = nearest(mention.text, known, 2)
    hint = f"did you mean {either(close)}?" if close else f"add it to {where}, or remove it here"
    return Problem(
        path,
        mention.line,
        mention.field,
        f"there is no {what} “{mention.text}” in {where}",
        hint,
        code,
    )
