"""Which old address leads where, however often a page was renamed (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kinopress.content.model.kinds import KINDS, LISTS, OWN_LISTS
from kinopress.content.model.pages import Page, Pages
from kinopress.content.model.shared import Redirect


def address_of(page: Page) -> str:
    """The address of a page from the site's root: ``exercises/clam``, ``about``; the first page is ``index``."""
    address = f"{KINDS[page.kind].site}/{page.slug}".strip("/")
    return address.removesuffix("/index")


def address_at(path: str) -> str:
    """The address of the page in a file, ``docs/muscles/piriformis.md``, that need not be there any more."""
    row = max(
        (row for row in KINDS.values() if path.startswith(f"{row.source}/")),
        key=lambda row: len(row.source),
    )
    slug = path.removeprefix(f"{row.source}/").removesuffix(".md")
    return f"{row.site}/{slug}".strip("/").removesuffix("/index")


def pages_by_address(pages: Pages) -> Mapping[str, Page]:
    """Pages by their address."""
    return {address_of(page): page for page in pages.values()}


def list_at(address: str) -> str | None:
    """The place in the plain tree of a list that is made by itself; ``None`` where none is."""
    if address not in LISTS:
        return None
    return f"{address}.md" if address in OWN_LISTS else f"{address}/index.md"


def last_address(redirects: Iterable[Redirect], address: str) -> str | None:
    """Where an address leads in the end; ``None`` where it leads round in a circle."""
    after = {redirect.old: redirect.new for redirect in redirects}
    seen = set()
    while address in after:
        if address in seen:
            return None
        seen.add(address)
        address = after[address]
    return address
