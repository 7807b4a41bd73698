"""Whole addresses: a feed reader, a messenger and a search engine know no page from which one could be relative."""

from __future__ import annotations

import datetime as dt
from urllib.parse import quote
from zoneinfo import ZoneInfo

from kinopress.content.model.library import Library
from kinopress.content.model.pages import Page
from kinopress.content.relations.moved import address_of, last_address
from kinopress.pages.links import url_of


def root_of(library: Library) -> str:
    """The address of the site with its last slash; empty while it is not known."""
    site = library.settings.site_url
    return f"{site.rstrip('/')}/" if site else ""


def whole(root: str, path: str) -> str:
    """The whole address of a file of the plain tree."""
    return root + quote(url_of(path))


def lasting_id(library: Library, page: Page) -> str:
    """What a page is known by for ever: its first address, whatever its title is and wherever it is now."""
    root, redirects, here = root_of(library), library.shared.redirects, address_of(page)
    first = next((r.old for r in redirects if last_address(redirects, r.old) == here), here)
    return f"{root}{quote(first)}/"


def moment(library: Library, day: dt.date) -> dt.datetime:
    """When a day begins where the coach lives: her pages are dated by the day."""
    return dt.datetime.combine(day, dt.time(), ZoneInfo(library.settings.timezone))
