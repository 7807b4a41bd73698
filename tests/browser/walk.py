"""Many pages of a site laid out in one window, without opening each: a fifth of the time, and the same answers.

To open a page costs more than to lay it out. Pages that have the same style sheets differ in their body alone, so the
first of them is opened, and the bodies of the others are put in its place one after the other.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from playwright.sync_api import Page

from browser.html_pages import HtmlPage
from browser.server import Served

AT_ONCE = 20
"""How many pages are handed to the browser in one message."""
_NEXT = """htmls => {
    const ask = ASK;
    return htmls.map(html => {
        document.body.replaceWith(new DOMParser().parseFromString(html, 'text/html').body);
        return ask();
    });
}"""


def walk(
    page: Page, site: Served, pages: Iterable[HtmlPage], ask: str
) -> Iterator[tuple[str, Any]]:
    """Ask each page of a site the same.

    Args:
        page: Scripts are off; its pictures may be blocked, for a page says how large they are.
        site: Where the pages are.
        pages: Those that are asked.
        ask: A function of JavaScript that reads what is laid out and answers at once.

    Yields:
        A page's address and its answer, in no particular order.
    """
    for _, alike in itertools.groupby(sorted(pages, key=_around), key=_around):
        found = list(alike)
        page.goto(site.url(found[0].address))
        for at in range(0, len(found), AT_ONCE):
            some = found[at : at + AT_ONCE]
            htmls = [_file(site, one).read_text("utf-8") for one in some]
            answers = page.evaluate(_NEXT.replace("ASK", ask), htmls)
            yield from zip([one.address for one in some], answers, strict=True)


def _file(site: Served, page: HtmlPage) -> Any:
    file = site.folder / page.address
    return file / "index.html" if file.is_dir() else file


def _around(page: HtmlPage) -> str:
    """All that decides how a page is laid out beside its body; a page with styles of its own is like no other."""
    sheets = [
        (page.resolve(tag.attributes["href"] or "")[0], tag.attributes.get("media"))
        for tag in page.named("link")
        if tag.attributes.get("rel") == "stylesheet"
    ]
    whole = [sorted(tag.attributes.items()) for tag in page.named("html")]
    alone = page.address if page.named("style") else ""
    return repr((whole, page.meta("viewport"), sheets, alone))
