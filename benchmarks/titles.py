"""Every page's title, as readers may type it, and whether it leads to its page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from kinopress.content.model.kinds import KINDS
from kinopress.content.model.library import Library
from kinopress.content.model.pages import NoTag, Page, Term
from kinopress.finder.stems import words


@dataclass(frozen=True, slots=True)
class Typed:
    """A title as it was typed: the page meant, which way of typing, and what stands in the field."""

    page: Page
    way: str
    typed: str


def typed_titles(library: Library) -> list[Typed]:
    """Every title in every way of typing it."""
    return [
        Typed(page, way, typed)
        for page in library.pages.values()
        for way, typed in _typings(page.title)
    ]


def wrong(library: Library, asked: Sequence[Typed], firsts: Sequence[Sequence[str]]) -> list[str]:
    """Those that did not lead to their page, as lines to read. ``firsts``: for each the first page found, if any."""
    pages = {address(page): page for page in library.pages.values()}
    title_of = Counter(page.title for page in pages.values())
    return [
        f"{one.way}: {one.typed!r} is {address(one.page)}, first came {[*found]}"
        for one, found in zip(asked, firsts, strict=True)
        if not _is_right(one.typed, one.page, pages.get(found[0]) if found else None, title_of)
    ]


def address(page: Page) -> str:
    """How results name a page: ``exercises/clam``."""
    return f"{KINDS[page.kind].site or 'pages'}/{page.slug}"


def _with_a_slip(title: str, at: int) -> str:
    """One letter of a longer word left out, doubled, changed or swapped with the next."""
    letters = list(title)
    places = [
        n
        for n in range(1, len(title) - 2)
        if all(c.isascii() and c.isalpha() for c in title[n - 1 : n + 3])
    ]
    if not places:
        return title
    n = places[crc32(f"{title} {at}".encode()) % len(places)]
    match at % 4:
        case 0:
            del letters[n]
        case 1:
            letters.insert(n, letters[n])
        case 2:
            letters[n] = "x" if letters[n] != "x" else "q"
        case _:
            letters[n], letters[n + 1] = letters[n + 1], letters[n]
    return "".join(letters)


_AMERICAN = (
    (r"ogramme", "ogram"),
    (r"entre\b", "enter"),
    (r"([^aeiou])our\b", r"\1or"),
    (r"ell(ed|ing|er)\b", r"el\1"),
    (r"(\w{3})is(e|ed|es|ing|ation)\b", r"\1iz\2"),
    (r"lys(e|ed|ing)\b", r"lyz\1"),
    (r"aed", "ed"),
)
"""British endings and the American ones."""


def _american(title: str) -> str:
    for british, american in _AMERICAN:
        title = re.sub(british, american, title)
    return title


def _typings(title: str) -> Iterator[tuple[str, str]]:
    """Ways of typing a title."""
    yield "as it stands", title
    yield "small", title.lower()
    yield "large", title.upper()
    yield "without signs", "".join(c if c.isalnum() else " " for c in title)
    yield "without hyphens", title.replace("-", "")
    yield "without spaces", title.replace(" ", "")
    yield "with hyphens", title.replace(" ", "-")
    yield "another apostrophe", title.translate({ord("'"): "’", ord("’"): "`"})
    if title[-1].isalpha():
        yield "its last word another number", title[:-1] if title.endswith("s") else f"{title}s"
    yield "without its first letter", title[1:]
    spaces = [at for at, letter in enumerate(title) if letter == " "]
    if spaces:
        at = spaces[crc32(title.encode()) % len(spaces)]
        yield "with a space lost", title[:at] + title[at + 1 :]
    if (american := _american(title)) != title:
        yield "American", american
    for at in range(4):
        yield "with a slip", _with_a_slip(title, at)
    shorter = title.rpartition(" ")[0]
    if shorter:
        yield "without its last word", shorter


def _names_of(page: Page) -> list[str]:
    named = [page.title]
    if isinstance(page, Term):
        named += [*page.aliases, *page.lay]
    if isinstance(page, NoTag):
        named += page.also_called
    return [" ".join(words(name)) for name in named]


def _is_right(typed: str, page: Page, first: Page | None, title_of: Counter[str]) -> bool:
    """Whether the page that came first is the one meant, or what was typed is a name of that one as well."""
    if first is None:
        return False
    if first is page or (title_of[page.title] > 1 and first.title == page.title):
        return True
    shorter = " ".join(words(typed))
    return page.title.startswith(typed) and any(n.startswith(shorter) for n in _names_of(first))
