"""Do links to a place on a page (``clam.md#how-much``) find it there?

What a page has places for is known only when it is made: its own headings, those the site adds,
footnotes, sources. So the pages that such a link leads to are made, and no others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qs, quote, unquote

from kinopress.codes import Code
from kinopress.content.markdown.marks import Mark, plain_address, scan
from kinopress.content.markdown.nesting import is_too_deep
from kinopress.content.model.library import Library
from kinopress.content.model.names import nearest
from kinopress.content.model.pages import Exercise, Page, Technique, line_of
from kinopress.content.text.addresses import is_elsewhere
from kinopress.content.text.targets import find_target
from kinopress.pages.links import page_at, page_path
from kinopress.problems import Problem, shortened

_TOP = ("", "top")
"""What every browser knows: the beginning of the page."""

_FIND = "find.md"
_ASKED = (
    *("q", "kind", "region", "symptom", "muscle", "technique", "level", "position"),
    *("equipment", "film"),
)
"""What may follow ``/find/#?``: the words of a search and its choices, as the finder reads them."""

_PLACES_MAX = 3
_PLACE = re.compile(r"#(?:(?<=[^\s#]#)|(?=[^\s#]))")
"""The sign of a place, and of no heading: it begins with the sign, which is found twenty times as soon as any other letter."""


def anchor_problems(library: Library) -> Iterator[Problem]:
    """A problem for each link of a shown page whose ``#place`` is not on the page it leads to."""
    known: dict[str, frozenset[str]] = {}
    for page in library.pages.values():
        for mark in _marks(page):
            target = plain_address(mark.target)
            before, sign, anchor = target.partition("#")
            if mark.kind not in ("link", "html") or not sign or is_elsewhere(target):
                continue
            # Browsers look for words behind the sign :~: and for a place before it.
            anchor = unquote(anchor).partition(":~:")[0]
            path = _path(library, page, re.split(r"\?", before)[0])
            if path is None or anchor.casefold() in _TOP or (path == _FIND and _is_search(anchor)):
                continue
            if path not in known:
                known[path] = _places(library, path)
            if known[path] and anchor not in known[path]:
                yield Problem(
                    page.path,
                    f"this page has no heading or anchor {shortened('#' + anchor)}"
                    if not before
                    else f"the link to {shortened(target)} finds no heading or anchor #{shortened(anchor)} there",
                    _hint(path, anchor, known[path]),
                    Code.LINK_ANCHOR,
                    line=mark.line,
                )


def _is_search(anchor: str) -> bool:
    """Whether the part behind ``#`` is a search, such as ``?q=hip&level=easy``."""
    asked = parse_qs(anchor[1:], keep_blank_values=True)
    return anchor.startswith("?") and bool(asked) and set(asked) <= set(_ASKED)


def _hint(path: str, anchor: str, places: Iterable[str]) -> str:
    """Where the link may lead instead: what is named is there."""
    if path == _FIND:
        words = parse_qs(anchor.lstrip("?")).get("q", ["sore hip"])[0]
        return f"for a search, write #?q={quote(words)}"
    if close := nearest(anchor, places):
        return f"did you mean #{close[0]}?"
    some = [f"#{place}" for place in sorted(places) if not place.startswith("source-")]
    return f"there are {', '.join(some[:_PLACES_MAX])}; write one of these, or remove the # and what follows"


def _places(library: Library, path: str) -> frozenset[str]:
    # A check of a site without such links loads nothing that makes pages.
    from kinopress.pages.parts.html import anchors_of  # noqa: PLC0415
    from kinopress.pages.render import body_at  # noqa: PLC0415

    page = page_at(library, path)
    if page is not None and is_too_deep(page.body):
        return frozenset()  # the check of that page says so, and nothing could make it
    made = body_at(library, path)
    return anchors_of(made) if made is not None else frozenset()


def _may_lead(text: str) -> bool:
    """Whether a text may have a link to a place: most have none, and reading all for their marks is a twentieth of a check."""
    return "&num" in text or _PLACE.search(text) is not None


def _marks(page: Page) -> list[Mark]:
    marks = scan(page.body, page.body_line) if _may_lead(page.body) else []
    if isinstance(page, Exercise):
        marks += [m for s in page.steps if _may_lead(s.text) for m in scan(s.text, s.line)]
    elif isinstance(page, Technique) and _may_lead(page.evidence or ""):
        marks += scan(page.evidence, line_of(page, "evidence") or 1)
    return marks


def _path(library: Library, page: Page, address: str) -> str | None:
    """The place in the plain tree of the page that an address means, if it means one."""
    if not address:
        return page_path(page)
    found = find_target(library, library.pages, page, address)
    if found is None:
        return None
    path = page_path(found.page) if found.page else found.path
    return path if path.endswith(".md") else None
