"""The links to the feeds in words, for readers: nobody looks into the source of a page for them."""

from __future__ import annotations

from collections.abc import Sequence

from kinopress.pages.found.following import FILMS, Feed
from kinopress.pages.parts import parts
from kinopress.pages.parts.html import element, escape
from kinopress.pages.place import Place

SHOWN_ON = ("index.md", "articles/index.md", "videos/index.md")
"""Home, and the lists of what the feeds bring."""


def follow(place: Place, feeds: Sequence[Feed]) -> str:
    """How to follow what is new; nothing on other pages, or where there is no feed."""
    if not feeds or place.path not in SHOWN_ON:
        return ""
    links = [
        element("a", escape(feed.name), href=place.url(feed.path), type=feed.mime)
        for feed in feeds
        if feed is not FILMS
    ]
    what = "Follow new films and articles" if FILMS in feeds else "Follow new articles"
    line = f"{what} in a feed reader: {', '.join(links[:-1])} or {links[-1]}."
    if FILMS in feeds:
        films = element("a", "follow new films", href=place.url(FILMS.path), type=FILMS.mime)
        line += f" In an app that plays video podcasts, {films}."
    return parts.block(element("p", line, class_="kp-follow-feeds"))
