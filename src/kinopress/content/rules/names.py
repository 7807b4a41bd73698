"""What to say when a name leads nowhere: the names nearest to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kinopress.codes import Code
from kinopress.content.model.kinds import KINDS, kind_of
from kinopress.content.model.names import Mention, either, nearest
from kinopress.content.model.pages import Kind, Page, Pages, Term
from kinopress.content.model.vocabulary import Vocabulary
from kinopress.problems import Problem, quoted


def unknown_term(
    vocabulary: Vocabulary,
    path: str,
    mention: Mention,
    code: Code,
    what: str,
    kind: type[Term] = Term,
) -> Iterator[Problem]:
    """A tag or other name of a term that no page gives; silent where an unreadable page may give it."""
    if vocabulary.may_lead_to_unread(mention.text):
        return
    other = vocabulary.resolve(mention.text)
    close = [t.title for t in vocabulary.nearest(mention.text) if isinstance(t, kind)]
    hint = f"did you mean {either(close)}?" if close else _how_to_find(vocabulary, what, kind)
    if other is None and (several := _run_together(vocabulary, mention.text, kind)):
        hint = f"write commas between them, like [{', '.join(several)}]"
    yield Problem(
        path,
        f"there is no {what} {quoted(mention.text)}"
        if other is None
        else f"{quoted(mention.text)} is a {other.kind}, not a {what}",
        hint,
        code,
        line=mention.line,
        field=mention.field,
    )


_WORDS_MAX = 8


def _run_together(vocabulary: Vocabulary, written: str, kind: type[Term]) -> list[str]:
    """The names in a text that has no commas between them; empty where it is not made of names alone."""
    found: list[str] = []
    for part in written.split(";"):
        words = part.split()
        if len(words) > _WORDS_MAX:
            return []
        while words:
            ends = range(len(words), 0, -1)  # the longest first: gluteus medius before gluteus
            end = next((n for n in ends if _names(vocabulary, " ".join(words[:n]), kind)), 0)
            if not end:
                return []
            found.append(" ".join(words[:end]))
            words = words[end:]
    return found if len(found) > 1 else []


def _names(vocabulary: Vocabulary, words: str, kind: type[Term]) -> bool:
    return isinstance(vocabulary.resolve(words), kind)


def _how_to_find(vocabulary: Vocabulary, what: str, kind: type[Term]) -> str:
    """What to do where nothing is like a name: look where there is something to see, or make it."""
    made = kind_of(kind).name if kind is not Term else "technique"
    new = f'kinopress new {made} "…" writes a page, and each page is a {"tag" if kind is Term else what}'
    if any(isinstance(term, kind) for term in vocabulary.terms.values()):
        return f"look in the A–Z for the right {what}, or add a page for it"
    return f"there is none yet: {new}"


def unknown_key(
    path: str, mention: Mention, known: Mapping[str, object], what: str, where: str, code: Code
) -> Problem:
    """A key that a shared file does not hold."""
    close = nearest(mention.text, known, 2)
    hint = f"did you mean {either(close)}?" if close else f"add it to {where}, or remove it here"
    return Problem(
        path,
        f"there is no {what} {quoted(mention.text)} in {where}",
        hint,
        code,
        line=mention.line,
        field=mention.field or None,
    )


def unknown_code(kind: Kind) -> Code:
    """The code for a page of a kind that is not there; a kind without a code of its own has that of a tag."""
    return Code.named(f"{kind}-unknown") if f"{kind}-unknown" in set(Code) else Code.TAG_UNKNOWN


def page_named(
    pages: Pages,
    page: Page,
    mention: Mention,
    kind: Kind,
) -> Iterator[Problem]:
    """A page of one kind that a field names by its file name and that is not there."""
    if (kind, mention.text) in pages:
        return
    close = nearest(mention.text, [slug for k, slug in pages if k == kind], 2)
    hint = (
        f"did you mean {either(close)}?"
        if close
        else f"write the name of a file in {KINDS[kind].source}/ without its ending, or remove the line"
    )
    yield Problem(
        page.path,
        f"there is no {kind} {quoted(mention.text)}",
        hint,
        unknown_code(kind),
        line=mention.line,
        field=mention.field,
    )
