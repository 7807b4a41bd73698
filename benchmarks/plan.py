"""Which pages a benchmark site has: how many of each kind, and their titles. The same N, the same pages."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

import words

TERMS_MAX = 123
FEWEST = 40
"""With fewer pages not every kind would have one."""
PLAIN = ("index", "about", "contact", "when-to-get-help")


@dataclass(frozen=True, slots=True)
class Draft:
    """One page before it is written for one of the two programs.

    Attributes:
        folder: Its folder on the site: ``exercises``, or empty for a plain page.
        front: Its front matter as Kinopress reads it; tags are titles of terms.
        body: Its text with ``[[page]]`` links and ``[@source]`` citations.
    """

    folder: str
    slug: str
    title: str
    front: dict[str, object]
    body: str


class Dice:
    """Choices that look random and are the same on every computer."""

    def __init__(self, seed: str) -> None:
        self.seed, self.thrown = seed, 0

    def below(self, sides: int) -> int:
        """A number from 0 up to, not including, ``sides``."""
        self.thrown += 1
        return crc32(f"{self.seed} {self.thrown}".encode()) % sides

    def some(self, of: tuple[str, ...], count: int) -> list[str]:
        """``count`` different entries (all of them, where there are fewer)."""
        left = list(of)
        return [left.pop(self.below(len(left))) for _ in range(min(count, len(left)))]


@dataclass(frozen=True, slots=True)
class Plan:
    """The titles of every kind, each by its slug."""

    muscles: dict[str, str]
    symptoms: dict[str, str]
    techniques: dict[str, str]
    exercises: dict[str, str]
    articles: dict[str, str]


def slug_of(title: str) -> str:
    """A title as a file name."""
    return title.casefold().replace(" ", "-")


def titles(names: tuple[tuple[str, ...], tuple[str, ...]], count: int) -> dict[str, str]:
    """``count`` different titles: every pair of the two lists, then the pairs again with a number."""
    pairs = [f"{first} {second}" for second in names[1] for first in names[0]]
    named = [
        pairs[i % len(pairs)] + (f" {i // len(pairs) + 1}" if i >= len(pairs) else "")
        for i in range(count)
    ]
    return {slug_of(title): title for title in named}


def make_plan(pages: int) -> Plan:
    """How many pages of each kind, and their names; ``pages`` is at least ``FEWEST``."""
    terms = min(TERMS_MAX, pages // 4)
    muscles, techniques = round(terms * 55 / TERMS_MAX), round(terms * 21 / TERMS_MAX)
    rest = pages - terms - len(PLAIN)
    articles = round(rest / 4)
    return Plan(
        titles(words.MUSCLE_NAMES, muscles),
        titles(words.SYMPTOM_NAMES, terms - muscles - techniques),
        titles(words.TECHNIQUE_NAMES, techniques),
        titles(words.EXERCISE_NAMES, rest - articles),
        titles(words.ARTICLE_NAMES, articles),
    )
