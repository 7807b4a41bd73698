"""``security.txt``: whom to tell who finds a hole in the site (RFC 9116; pure)."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

from kinopress.content.model.library import Library
from kinopress.content.relations.reaching import CONTACT
from kinopress.pages.found.address import moment, root_of, whole
from kinopress.pages.links import page_path

PATH = ".well-known/security.txt"
_MONTHS = 11
"""It should be out of date in less than a year (RFC 9116, 2.5.5)."""


def security_files(library: Library) -> dict[str, bytes]:
    """The file, where the site is the whole of its host and its contact page says how to reach the coach.

    It names that page and not her e-mail address, which anybody could gather here. It is out of date on the first of a
    month, so that a build of the next day says the same.
    """
    root = root_of(library)
    page = library.pages.get(("page", CONTACT))
    if page is None or not library.settings.coach.can_be_asked:
        return {}
    if not root or urlsplit(root).path != "/":
        return {}  # machines look for it at the root of a host and nowhere else
    months = library.today.year * 12 + library.today.month - 1 + _MONTHS
    expires = moment(library, dt.date(months // 12, months % 12 + 1, 1)).astimezone(dt.UTC)
    lines = (
        f"Contact: {whole(root, page_path(page))}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {library.settings.language}",
        f"Canonical: {root}{PATH}",
    )
    return {PATH: ("\n".join(lines) + "\n").encode()}
