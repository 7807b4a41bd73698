"""A page as engines read it: front matter, and the text below it."""

from __future__ import annotations

import json
from html import escape

from kinopress.pages.parts.html import plain_text
from kinopress.pages.site import SitePage


def front_matter(page: SitePage) -> dict[str, object]:
    """What an engine must know of a page, by the names that MkDocs and Zensical have for it."""
    # Engines put these two into <title> and <meta> as they are: they are escaped here, once.
    return {
        "title": escape(page.title, quote=False),
        "description": escape(plain_text(page.description)),
        "hide": ["navigation"],
    }


def page_file(page: SitePage) -> str:
    """The whole file of a page in the plain tree."""
    lines = "".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n"
        for key, value in front_matter(page).items()
    )
    return f"---\n{lines}---\n\n{page.text}"
