"""What other programs complain of, in a coach's words: signs in what they say → what happened, what to do."""

from __future__ import annotations

from collections.abc import Iterable

Sign = tuple[tuple[str, ...], str, str]
"""Words of which one must be there, in lower case; what happened; what to do."""

KEY_REFUSED = (
    "permission denied (publickey",
    "permission denied, please",
    "too many authentication",
)
KEY_UNKNOWN = ("host key verification failed", "identification has changed")
NO_SUCH_NAME = ("could not resolve host", "name or service not known")
NO_ANSWER = ("connection refused", "timed out", "no route to host", "network is unreachable")
NO_ROOM = ("no space left", "disk quota")
LOST = ("connection closed", "connection reset", "broken pipe", "connection unexpectedly closed")


def meaning(said: str, table: Iterable[Sign]) -> tuple[str, str] | None:
    """What a program's words mean, by the first row that has a sign of them; ``None``: nobody knows."""
    said = said.casefold()
    for signs, what, hint in table:
        if any(sign in said for sign in signs):
            return what, hint
    return None


def first_line(said: str) -> str:
    """The first line that says anything; empty: none does."""
    return next((line.strip() for line in said.splitlines() if line.strip()), "")
