"""Names: how a page is named, how another mentions it, which names are like it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from kinopress.content.model.characters import without_unseen
from kinopress.content.model.slips import COMPARED_MAX, nearest_words
from kinopress.patterns import lazily


@dataclass(frozen=True, slots=True)
class Mention:
    """A name the coach wrote, and where: it is looked up once the whole vocabulary is known."""

    text: str
    line: int
    field: str


SLUG = lazily(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def nearest(word: str, names: Iterable[str], count: int = 1) -> list[str]:
    """The names most like ``word``, best first; empty when none is like it."""
    known = {name.casefold(): name for name in names}
    close = nearest_words(without_unseen(word)[:COMPARED_MAX].casefold(), known, count)
    return [known[name] for name in close]


TITLE_MAX = 120
"""Characters. A tab, a card of the search, a list and the picture of a shared page have room for about that many."""
SLUG_MAX = 80
"""Longer names fill the address line; with the endings of a film's renditions some disks refuse them."""


OF_WINDOWS = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)
"""Names of devices, which no file on Windows can have, whatever its ending
(https://learn.microsoft.com/windows/win32/fileio/naming-a-file)."""


def slug_from(words: str) -> str:
    """Words as a file name: ``MET for piriformis`` → ``met-for-piriformis``."""
    plain = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")[:SLUG_MAX].strip("-")
    return f"{slug}-1" if slug in OF_WINDOWS else slug


def either(names: list[str]) -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
