"""What a reader meets at an address that a page had before: a small page that leads on, and lists for hosts.

A page by itself works on any host. It is not for search engines, names the page's true address, and leads on
without a script; the script, a file of the site's own, also carries along what is after ``?`` and ``#``, which
browsers drop otherwise. Hosts that read ``_redirects`` answer before the page is fetched at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from kinopress.content.model.kinds import KINDS
from kinopress.content.model.language.words import ENGLISH, Words
from kinopress.content.model.library import Library
from kinopress.content.model.shared import GONE
from kinopress.content.relations.moved import last_address, list_at, pages_by_address
from kinopress.pages.links import page_path, relative_url, url_of
from kinopress.pages.parts.html import element, escape

SCRIPT = "assets/moved.js"
HOSTS = "_redirects"

_LEAD_ON = b"""\
// Meta refresh drops what is after ? and #; this carries it along. Runs before the page is read further.
(() => {
  const to = new URL(document.currentScript.dataset.to, location.href);
  if (to.origin === location.origin) {
    to.search = location.search;
    to.hash = location.hash;
    location.replace(to);
  }
})();
"""
_POLICY = "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'"


def moved(library: Library) -> dict[str, bytes]:
    """The files of all old addresses, by their place in the plain tree; none where no page was renamed.

    An old address whose page is held back leads nowhere until that page appears. One whose page was removed
    says so.
    """
    gone = {f"{old}/index.html": _gone_page(library, old) for old in _gone(library)}
    leads = list(_leads(library))
    if not leads:
        return gone
    files = {f"{old}/index.html": _page(library, old, new, title) for old, new, title in leads}
    files |= gone
    files[SCRIPT] = _LEAD_ON
    if f"docs/{HOSTS}" not in library.assets:
        root = f"{urlsplit(library.settings.site_url or '').path.rstrip('/')}/"
        lines = [f"{root}{old}/ {root}{url_of(new)} 301" for old, new, _ in leads]
        files[HOSTS] = "".join(f"{line}\n" for line in lines).encode()
    return files


def _leads(library: Library) -> Iterator[tuple[str, str, str]]:
    """Old address, place of the page in the plain tree, its title."""
    redirects = library.shared.redirects
    there = pages_by_address(library.pages) if redirects else {}
    for redirect in redirects:
        last = last_address(redirects, redirect.old)
        if last is None or redirect.old in there or list_at(redirect.old):
            continue
        page, index = there.get(last), list_at(last)
        if page is not None:
            yield redirect.old, page_path(page), page.title
        elif index is not None:
            yield redirect.old, index, library.settings.site_name


def _gone(library: Library) -> Iterator[str]:
    """Old addresses of pages that were removed, and to which no page has come since."""
    redirects = library.shared.redirects
    there = pages_by_address(library.pages) if redirects else {}
    for redirect in redirects:
        is_gone = last_address(redirects, redirect.old) == GONE and GONE not in there
        if is_gone and redirect.old not in there and not list_at(redirect.old):
            yield redirect.old


def _gone_page(library: Library, old: str) -> bytes:
    """What a reader finds where a page was removed: the way to the list it was in, and home."""
    here, folder = f"{old}.md", old.partition("/")[0]
    words = library.shared.words
    ways = [element("a", escape(library.settings.site_name), href=relative_url(here, "index.md"))]
    labels = next((kind.labels for kind in KINDS.values() if kind.site == folder), None)
    if labels and (index := list_at(folder)) is not None:
        to = relative_url(here, index)
        ways.insert(0, element("a", escape(words.phrase(labels)), href=to))
    title = words.phrase("This page is no longer here")
    removed = escape(words.phrase("It has been removed."), quote=False)
    body = element("h1", escape(title)) + element("p", f"{removed} {' · '.join(ways)}")
    return _html(words, title, [], body)


def _page(library: Library, old: str, new: str, title: str) -> bytes:
    words = library.shared.words
    here = f"{old}.md"
    to, script = relative_url(here, new), relative_url(here, SCRIPT)
    site = library.settings.site_url
    canonical = f"{site.rstrip('/')}/{url_of(new)}" if site else to
    more = [
        f'<link rel="canonical" href="{escape(canonical)}">',
        f'<script src="{escape(script)}" data-to="{escape(to)}"></script>',
        f'<meta http-equiv="refresh" content="0; url={escape(to)}">',
    ]
    moved_to = escape(words.phrase("This page has moved: {link}"), quote=False)
    said = moved_to.format(link=element("a", escape(title), href=to))
    body = element("h1", escape(title)) + element("p", said)
    return _html(words, words.phrase("{title}: this page has moved", title=title), more, body)


def _html(words: Words, title: str, more: list[str], body: str) -> bytes:
    head = "\n".join(
        [
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            element("title", escape(title)),
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="referrer" content="no-referrer">',
            '<meta name="robots" content="noindex">',
            '<meta name="color-scheme" content="light dark">',
            *more,
        ]
    )
    body = element("main", body)
    language = "en-GB" if words.language == ENGLISH else words.language
    return f'<!doctype html>\n<html lang="{language}">\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'.encode()
