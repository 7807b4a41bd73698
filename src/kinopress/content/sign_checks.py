"""One urgency for each warning sign: no text beside it may say another.

Whom to call and how soon follows from a sign's level (``docs/data/urgency.yml``). What else is
written with a sign, and sentences on pages that name one by ``[[sign:…]]``, must not disagree. A more
urgent word behind an "if" is allowed: "Go to A&E if it grows fast".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kinopress.content.fields import Mention
from kinopress.content.kinds import Kind, Page
from kinopress.content.lookups import unknown_key
from kinopress.content.markup import scan
from kinopress.content.shared_data import FILES
from kinopress.problems import Problem, quoted

if TYPE_CHECKING:
    from kinopress.content.library import Library

Pages = Mapping[tuple[Kind, str], Page]

_SAYS = {
    "999": r"\b999\b|A&E|\bambulance\b|emergency department",
    "urgent": r"\b111\b|\bsame[- ]day\b|\btoday\b|\bthat day\b|\bstraight away\b|\bat once\b|\burgent(?:ly)?\b",
    "gp": r"\bsoon\b|\bthis week\b|\bnext few days\b|\bwithin days\b|\bpromptly\b|\broutine\b",
}
"""Words that say how soon, by the level they belong to. "Your GP" fits two levels and says nothing."""

_CONDITION = re.compile(r"\b(?:if|unless|when|where|rather|instead)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")


def disagreement(text: str, level: str) -> str | None:
    """A word of a text that says another urgency than a level, unless a condition stands with it."""
    for sentence in _SENTENCE.findall(text):
        if _CONDITION.search(sentence):
            continue
        for other, says in _SAYS.items():
            found = re.search(says, sentence, re.IGNORECASE) if other != level else None
            if found:
                return found[0]
    return None


def sign_problems(library: Library, pages: Pages) -> Iterator[Problem]:
    """Signs whose own words disagree with their level, and sentences on pages that do."""
    path = FILES["red_flags"]
    for flag in library.shared.red_flags.values():
        for name, text in (("sign", flag.sign), ("action", flag.action)):
            word = disagreement(text, flag.level)
            if word is not None:
                yield _disagrees(path, flag.line, f"{flag.key}.{name}", word, flag.key, flag.level)
    for page in pages.values():
        yield from _page(library, page)


def _page(library: Library, page: Page) -> Iterator[Problem]:
    flags = library.shared.red_flags
    for mark in scan(page.body, page.body_line):
        if mark.kind != "sign":
            continue
        if library.shared.misses("red_flags", mark.target):
            mention = Mention(mark.target, mark.line, "")
            yield unknown_key(
                page.path, mention, flags, "red flag", FILES["red_flags"], "red-flag-unknown"
            )
        flag = flags.get(mark.target)
        if flag is None:
            continue
        before = re.split(r"[.!?]\s|\n\s*\n", page.body[: mark.start])[-1]
        after = re.split(r"(?<=[.!?])\s|\n\s*\n", page.body[mark.end :])[0]
        word = disagreement(f"{before} {after}", flag.level)
        if word is not None:
            yield _disagrees(page.path, mark.line, None, word, flag.key, flag.level)


def _disagrees(path: str, line: int, field: str | None, word: str, key: str, level: str) -> Problem:
    return Problem(
        path,
        line,
        field,
        f"{quoted(word)} is another urgency than that of {key}, whose level is {level}",
        "remove the word: whom to call and how soon follows from the level",
        "sign-urgency",
    )
