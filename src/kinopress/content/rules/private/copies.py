"""Does a file that readers get hold what is kept for a client alone?

A copy or another name of a client's file says nothing of where it came from, and a link from a page would
publish it. So all files in the folder of clients are compared with everything that a site is made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kinopress.codes import Code
from kinopress.content.source.private.likeness import Likeness
from kinopress.problems import Problem

_WORDS_MIN = 80
"""Characters of a plan that must come back to be one: less is in many files."""


def private_copies(theirs: Iterable[Likeness], ours: Iterable[Likeness]) -> Iterator[Problem]:
    """A problem for each file that is, or holds, one of a client's.

    Args:
        theirs: The files of clients.
        ours: The files that a site is made of.
    """
    theirs = tuple(theirs)
    by_identity = {one.identity: one.path for one in reversed(theirs)}
    by_digest = {one.digest: one.path for one in reversed(theirs) if one.digest}
    whole = [(one.words, one.path) for one in theirs if len(one.words) >= _WORDS_MIN]
    bodies = [(one.body, one.path) for one in theirs if len(one.body) >= _WORDS_MIN]
    for one in ours:
        found = by_identity.get(one.identity) or by_digest.get(one.digest) or _in(one.words, whole)
        if found is not None:
            yield Problem(
                one.path,
                f"this is also in {found}, and what is there is private",
                "remove this file; if it is not about a client, remove the one there",
                Code.CLIENT_COPY,
            )
        elif (found := _in(one.words, bodies)) is not None:
            yield Problem(
                one.path,
                f"what is written below the fields of {found} is also here, and that file is private",
                "remove those words here; if they are not about a client, remove them there",
                Code.CLIENT_COPY,
            )


def _in(words: str, private: Iterable[tuple[str, str]]) -> str | None:
    """The first client's file whose words are among these."""
    return next((path for theirs, path in private if theirs in words), None)
