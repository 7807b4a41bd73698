"""Words that promise more than anybody knows, such as “cures”, “treats” and “guaranteed”.

The UK's advertising code (CAP Code, section 12) wants evidence for every claim about health, and
leaves the treatment of serious conditions to those who are qualified. A list of words cannot judge a sentence.
It points at the ones worth a second look, so it warns and stops nothing, and it knows when a
word says what is *not* so (“this does not cure anything”, “no test is proven to”).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kinopress.codes import Code
from kinopress.content.model.pages import Page
from kinopress.content.text.prose import Passage, passages
from kinopress.patterns import lazily
from kinopress.problems import Problem, quoted

_INSTEAD = {
    r"cur(?:e|es|ed|ing|able)": "say what it may ease, and for whom",
    # Not “treatment”, which a physiotherapist gives, and not “treat that as urgent”.
    r"treat(?:s|ed|ing)?(?!(?:\s+[\w’'-]+){0,6}?\s+as\b)": "say that it can help with it",
    # Not “fixed”, unless somebody's body was: a foot or a date can be fixed.
    r"fix(?:es|ing|ed\s+(?:my|your|his|her|our|their))?": "say that it can help with it",
    r"guarantee(?:s|d|ing)?": "omit it: nobody can promise that",
    r"miracles?|miraculous(?:ly)?": "say what was found instead",
    r"(?:clinically|scientifically|medically)\s+proven|prove[ns]?\s+to": "say what the trial found and cite it",
    r"risk[\s-]free": "say what can go wrong and when to stop",
    r"instant(?:ly)?\s+(?:relief|results?)": "say how long it took, and in whom",
    r"100\s?%\s+(?:safe|effective)": "give the figure a trial found and cite it",
    r"prevent(?:s|ed|ing)?\s+(?:\w+\s+)?injur(?:y|ies)": "say how many fewer there were, and in whom",
}
"""A word in all its forms, and what to write instead."""

_STEMS = (
    "cure",
    "curing",
    "curab",
    "treat",
    "fix",
    "guarant",
    "mirac",
    "prove",
    "risk",
    "instant",
    "100",
    "prevent",
)
"""Most pages hold none of these: a plain search for them costs a tenth of one for the pattern."""
_WORDS = lazily(
    r"(?<![\w-])(?:" + "|".join(f"({pattern})" for pattern in _INSTEAD) + r")(?![\w-])",
    re.IGNORECASE,
)
_HINTS = tuple(_INSTEAD.values())
_DENIED = lazily(
    r"(?:\b(?:not?|never|nor|neither|nobody|nothing|none|cannot|without|hardly|rather\s+than)|n[’']t)\b"
    r"(?:[\s,]+[^\s,.!?:;]+){0,6}[\s,]+$",
    re.IGNORECASE,
)
_DENIED_AFTER = lazily(r"\s+(?:nothing|nobody|none|no)\b", re.IGNORECASE)


def promise_problems(
    page: Page, title_of: Callable[[str], str], allowed: tuple[str, ...]
) -> Iterator[Problem]:
    """A warning for each word that promises; ``allowed`` are phrases in which one may be."""
    words = f"{_front(page)}\n{page.body}".lower()
    if not any(stem in words for stem in _STEMS):
        return
    for passage in passages(page, title_of):
        yield from promises_in(page.path, passage, allowed)


def promises_in(path: str, passage: Passage, allowed: tuple[str, ...]) -> Iterator[Problem]:
    """The same for words that are no page's, such as a sentence of the settings."""
    plain = passage.text.lower()
    if not any(stem in plain for stem in _STEMS):
        return
    spared = [" ".join(phrase.casefold().split()) for phrase in allowed]
    for match in _WORDS.finditer(passage.text):
        if not _is_denied(passage.text, match) and not _is_allowed(passage, match, spared):
            hint = _HINTS[(match.lastindex or 1) - 1]
            yield Problem(
                path,
                f"{quoted(match[0])} promises more than we know",
                f"{hint}, or allow the phrase in mkdocs.yml (allowed_phrases)",
                Code.WORD_PROMISE,
                line=passage.line_at(match.start()),
                field=passage.field,
                severity="warning",
            )


def _front(page: Page) -> str:
    """All texts of the front matter, roughly: enough to see whether a closer look is worth it."""
    steps = getattr(page, "steps", ())
    starts = getattr(page, "start_with", None) or ()
    texts = [page.title, page.description, *(step.text for step in steps)]
    texts += [start.words for start in starts]
    texts += [str(getattr(page, name, None) or "") for name in ("alt", "evidence", "caution")]
    return "\n".join(texts)


def _is_denied(text: str, match: re.Match[str]) -> bool:
    """Whether the sentence says that it is not so: up to seven words before, or one after."""
    before = text[max(0, match.start() - 120) : match.start()]
    return bool(_DENIED.search(before) or _DENIED_AFTER.match(text, match.end()))


def _is_allowed(passage: Passage, match: re.Match[str], spared: list[str]) -> bool:
    """Whether the word is inside a phrase the settings allow, in any case and spacing."""
    around = " ".join(
        passage.text[max(0, match.start() - 120) : match.end() + 120].casefold().split()
    )
    word = " ".join(match[0].casefold().split())
    return any(word in phrase and phrase in around for phrase in spared)
