"""The files of a reader's search, made again only where one of them would come out otherwise.

What the search knows of a page (its headings, its steps) is a small part of its text. So the words of each page are compared,
and a sentence that changes none of them leaves all files as they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import partial

from kinopress.content.model.library import Library
from kinopress.content.model.noticing.noticed import Seen
from kinopress.content.model.noticing.watched import Watched
from kinopress.content.model.pages import Page, Term
from kinopress.finder.film_facts import FilmFacts
from kinopress.finder.index import (
    build_facets,
    build_index,
    build_more,
    searched_pages,
)
from kinopress.finder.page_words import told_of
from kinopress.finder.signs.index import build_signs
from kinopress.pages.again import Renderings, Words, ordered_and_told

_MORE = "assets/finder/more.json"


@dataclass(frozen=True, slots=True)
class SearchFile:
    """A file as it was made.

    Attributes:
        data: Its bytes.
        seen: What of the library it was made from.
        told: Of each page whose words it holds: their digest, what they were made from, and a digest of that.
    """

    data: bytes
    seen: Seen
    told: Mapping[str, tuple[str, tuple[int | str, ...], str]] = field(default_factory=dict)


def search_files_kept(watched: Watched, renderings: Renderings) -> dict[str, bytes]:
    """The files that would come out as they did the last time."""
    found = {}
    for path in _MAKERS:
        if path == _MORE and not _are_told_alike(watched, renderings):
            continue
        data = renderings.file_kept(path, watched)
        if data is not None:
            found[path] = data
    return found


def search_steps(
    watched: Watched, films: Mapping[str, FilmFacts], drawn: Collection[str]
) -> dict[str, Callable[[], SearchFile]]:
    """How each of the files is made."""
    return {path: partial(make, watched, films, drawn) for path, make in _MAKERS.items()}


def remember(path: str, file: SearchFile, watched: Watched, renderings: Renderings) -> None:
    """Remember a file that was made."""
    renderings.add(path, Words.of_file(file.data), file.seen, watched)
    for name, (sha256, seen, now) in file.told.items():
        renderings.put(name, Words(sha256, False, False), seen, now)


def _are_told_alike(watched: Watched, renderings: Renderings) -> bool:
    """Whether each page is told in the words of the last time."""
    if not renderings.last:
        return False
    alike = True
    for page in searched_pages(watched.library):
        if isinstance(page, Term) or renderings.kept(_name(page), watched) is not None:
            continue
        said, seen = watched.during(partial(told_of, watched.library, page))
        sha256 = _digest(said)
        alike = alike and renderings.comes_out(_name(page), sha256)
        renderings.add(_name(page), Words(sha256, False, False), seen, watched)
    return alike


def _name(page: Page) -> str:
    return f"told {page.kind}/{page.slug}"


def _digest(said: Mapping[str, int]) -> str:
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def _index(watched: Watched, films: Mapping[str, FilmFacts], drawn: Collection[str]) -> SearchFile:
    return SearchFile(*watched.during(partial(build_index, watched.library, films, drawn)))


def _facets(watched: Watched, *_: object) -> SearchFile:
    return SearchFile(*watched.during(partial(build_facets, watched.library)))


def _signs(watched: Watched, *_: object) -> SearchFile:
    return SearchFile(*watched.during(partial(build_signs, watched.library)))


def _more(watched: Watched, *_: object) -> SearchFile:
    told: dict[str, tuple[str, tuple[int | str, ...], str]] = {}

    def noted(library: Library, page: Page) -> Mapping[str, int]:
        # What is read for this is not what the file is made from: that is what comes of it.
        said, seen = watched.during(partial(told_of, library, page))
        told[_name(page)] = _digest(said), *ordered_and_told(seen, watched)
        return said

    data, seen = watched.during(partial(build_more, watched.library, noted))
    return SearchFile(data, seen, told)


_MAKERS: dict[str, Callable[[Watched, Mapping[str, FilmFacts], Collection[str]], SearchFile]] = {
    "assets/finder/index.json": _index,
    "assets/finder/facets.json": _facets,
    _MORE: _more,
    "assets/finder/signs.json": _signs,
}
