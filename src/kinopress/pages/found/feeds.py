"""The feeds as files: RSS 2.0, Atom (RFC 4287), JSON Feed 1.1, and the films as a podcast (pure).

The formats are small, so the standard library writes them; the tests read them with another parser.
What each asks for: https://www.rssboard.org/rss-specification, https://www.jsonfeed.org/version/1.1/,
https://podcasters.apple.com/support/823, https://podcasting2.org.
"""

from __future__ import annotations

import datetime as dt
import json
import xml.etree.ElementTree as ET
from email.utils import format_datetime

from kinopress.pages.found.address import whole
from kinopress.pages.found.following import (
    ATOM,
    FILMS,
    ITEMS_MAX,
    JSON,
    RSS,
    FilmFile,
    Followed,
    Item,
    feeds_of,
)

_ATOM = "http://www.w3.org/2005/Atom"
_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST = "https://podcastindex.org/namespace/1.0"
for _prefix, _space in (("atom", _ATOM), ("itunes", _ITUNES), ("podcast", _PODCAST)):
    ET.register_namespace(_prefix, _space)
_CATEGORY = "Health & Fitness"
"""One of Apple's (https://podcasters.apple.com/support/1691)."""


def feed_files(found: Followed | None) -> dict[str, bytes]:
    """The feeds that there are, and the chapters that they name: place in the plain tree → bytes."""
    if found is None:
        return {}
    there = feeds_of(found)
    writers = {RSS: _rss, ATOM: _atom, JSON: _json, FILMS: _films}
    files = {feed.path: writers[feed](found) for feed in there}
    for item in found.films[:ITEMS_MAX]:
        if item.film and item.film.chapters:
            files[item.film.chapters_path] = _chapters(item.film)
    return files


def _rss(found: Followed) -> bytes:
    rss = ET.Element("rss", version="2.0")
    channel = _channel(rss, found, RSS.path, found.title)
    for item in found.items[:ITEMS_MAX]:
        _rss_item(channel, item)
    return _written(rss)


def _channel(rss: ET.Element, found: Followed, path: str, title: str) -> ET.Element:
    channel = ET.SubElement(rss, "channel")
    _add(channel, "title", title)
    _add(channel, "link", found.root)
    _add(channel, "description", found.about)
    _add(channel, "language", found.language)
    if found.copyright:
        _add(channel, "copyright", found.copyright)
    # The newest page's day, not the day of the build: a build with nothing new changes no feed.
    _add(channel, "lastBuildDate", format_datetime(found.items[0].published))
    _add(
        channel,
        f"{{{_ATOM}}}link",
        rel="self",
        type=RSS.mime,
        href=whole(found.root, path),
    )
    return channel


def _rss_item(channel: ET.Element, item: Item) -> ET.Element:
    entry = ET.SubElement(channel, "item")
    _add(entry, "title", item.title)
    _add(entry, "link", item.address)
    _add(entry, "description", item.summary)
    _add(entry, "guid", item.id, isPermaLink="false")
    _add(entry, "pubDate", format_datetime(item.published))
    for tag in item.tags:
        _add(entry, "category", tag)
    if item.film is not None:
        film = item.film
        _add(entry, "enclosure", url=film.address, length=str(film.size_bytes), type=film.mime)
    return entry


def _films(found: Followed) -> bytes:
    """The films for apps that play video podcasts; Apple's and Spotify's own play none of a feed."""
    rss = ET.Element("rss", version="2.0")
    channel = _channel(rss, found, FILMS.path, found.title)
    _add(channel, f"{{{_ITUNES}}}author", found.author)
    _add(channel, f"{{{_ITUNES}}}explicit", "false")
    _add(channel, f"{{{_ITUNES}}}type", "episodic")
    _add(channel, f"{{{_ITUNES}}}category", text=_CATEGORY)
    if found.cover:
        _add(channel, f"{{{_ITUNES}}}image", href=found.cover)
        image = ET.SubElement(channel, "image")
        _add(image, "url", found.cover)
        _add(image, "title", found.title)
        _add(image, "link", found.root)
    _add(channel, f"{{{_PODCAST}}}guid", found.films_id)
    _add(channel, f"{{{_PODCAST}}}medium", "video")
    for item in found.films[:ITEMS_MAX]:
        entry, film = _rss_item(channel, item), item.film
        assert film is not None  # noqa: S101 - only films are here
        _add(entry, f"{{{_ITUNES}}}duration", str(max(1, round(film.duration_s))))
        _add(entry, f"{{{_ITUNES}}}explicit", "false")
        if film.picture:
            _add(entry, f"{{{_ITUNES}}}image", href=film.picture)
        for language, address in film.transcripts.items():
            _add(
                entry,
                f"{{{_PODCAST}}}transcript",
                url=address,
                type="text/vtt",
                language=language,
                rel="captions",
            )
        if film.chapters:
            address = whole(found.root, film.chapters_path)
            _add(entry, f"{{{_PODCAST}}}chapters", url=address, type="application/json+chapters")
    return _written(rss)


def _atom(found: Followed) -> bytes:
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": found.language})
    address = whole(found.root, ATOM.path)
    _add(feed, "id", address)
    _add(feed, "title", found.title)
    _add(feed, "subtitle", found.about)
    _add(feed, "updated", _iso(found.items[0].published))
    _add(feed, "link", rel="self", type=ATOM.mime, href=address)
    _add(feed, "link", rel="alternate", type="text/html", href=found.root)
    if found.copyright:
        _add(feed, "rights", found.copyright)
    _add(ET.SubElement(feed, "author"), "name", found.author)
    for item in found.items[:ITEMS_MAX]:
        entry = ET.SubElement(feed, "entry")
        _add(entry, "id", item.id)
        _add(entry, "title", item.title)
        _add(entry, "link", rel="alternate", type="text/html", href=item.address)
        _add(entry, "published", _iso(item.published))
        _add(entry, "updated", _iso(item.published))
        _add(entry, "summary", item.summary)
        for tag in item.tags:
            _add(entry, "category", term=tag)
        if item.film is not None:
            film = item.film
            _add(
                entry,
                "link",
                rel="enclosure",
                type=film.mime,
                length=str(film.size_bytes),
                href=film.address,
            )
    return _written(feed)


def _json(found: Followed) -> bytes:
    author = {"name": found.author, "url": found.root}
    items = []
    for item in found.items[:ITEMS_MAX]:
        entry: dict[str, object] = {
            "id": item.id,
            "url": item.address,
            "title": item.title,
            "content_text": item.summary,
            "date_published": _iso(item.published),
        }
        if item.picture:
            entry["image"] = item.picture
        if item.tags:
            entry["tags"] = item.tags
        if item.film is not None:
            film = item.film
            entry["attachments"] = [
                {
                    "url": film.address,
                    "mime_type": film.mime,
                    "size_in_bytes": film.size_bytes,
                    "duration_in_seconds": round(film.duration_s, 3),
                }
            ]
        items.append(entry)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": found.title,
        "home_page_url": found.root,
        "feed_url": whole(found.root, JSON.path),
        "description": found.about,
        "language": found.language,
        "authors": [author],
        "items": items,
    }
    return _json_bytes(feed)


def _chapters(film: FilmFile) -> bytes:
    """Named moments as podcast apps read them."""
    marks = [
        {"startTime": round(chapter.at_s, 3), "title": chapter.title} for chapter in film.chapters
    ]
    return _json_bytes({"version": "1.2.0", "chapters": marks})


def _json_bytes(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _iso(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _add(parent: ET.Element, tag: str, words: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, tag, attributes)
    if words:
        made.text = words
    return made


def _written(root: ET.Element) -> bytes:
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()
