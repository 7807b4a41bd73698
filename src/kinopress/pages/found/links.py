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
    first, last = ", ".join(links[:-1]), links[-1]
    if FILMS not in feeds:
        line = place.in_html(
            "Follow new articles in a feed reader: {first} or {last}.", first=first, last=last
        )
    else:
        words = place.in_html("follow new films")
        films = element("a", words, href=place.url(FILMS.path), type=FILMS.mime)
        line = place.in_html(
            "Follow new films and articles in a feed reader: {first} or {last}. In an app that plays video podcasts, {films}.",
            first=first,
            last=last,
            films=films,
        )
    return parts.block(element("p", line, class_="kp-follow-feeds"))
