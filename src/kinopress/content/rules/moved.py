"""Whether every old address leads to a page that is there."""

from __future__ import annotations

from collections.abc import Iterator

from kinopress.codes import Code
from kinopress.content.data.redirects import REDIRECTS
from kinopress.content.model.library import Library
from kinopress.content.model.names import either, nearest
from kinopress.content.model.pages import Pages
from kinopress.content.model.shared import GONE
from kinopress.content.relations.moved import last_address, list_at, pages_by_address
from kinopress.problems import Problem


def redirect_problems(library: Library, pages: Pages) -> Iterator[Problem]:
    """What is wrong with the list of old addresses."""
    redirects = library.shared.redirects
    there = pages_by_address(pages) if redirects else {}
    for redirect in redirects:
        last = last_address(redirects, redirect.old)
        page = there.get(redirect.old)
        wrong: tuple[str, str, Code] | None = None
        if page is not None or list_at(redirect.old):
            what = page.path if page is not None else "a list that is made automatically"
            wrong = (
                f"{what} has this address, so readers cannot be led away from it",
                "remove this line, or rename the page",
                Code.REDIRECT_OVER_PAGE,
            )
        elif last is None:
            wrong = (
                "this address leads back to itself",
                "write the address of a page after the colon",
                Code.REDIRECT_CIRCLE,
            )
        elif last != GONE and last not in there and list_at(last) is None:
            close = nearest(last, there, 2)
            wrong = (
                f"there is no page {last}, so readers would be led nowhere",
                f"did you mean {either(close)}?"
                if close
                else "write the address of a page that is there, like exercises/clam, or gone",
                Code.REDIRECT_BROKEN,
            )
        if wrong is not None:
            yield Problem(REDIRECTS, *wrong, line=redirect.line, field=redirect.old)
