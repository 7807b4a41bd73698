"""What a host says with each file: its media type, and how long a browser may keep it.

A table of our own, because those of web servers and of Python lack captions, calendars and fonts, and differ from
version to version; a caption file sent as plain text is not shown by any browser.
"""

from __future__ import annotations

from dataclasses import dataclass

from kinopress.media.lasting import is_lasting
from kinopress.publish.record import Kind

TYPES = {
    **dict.fromkeys(("html", "htm"), "text/html; charset=utf-8"),
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "map": "application/json",
    "webmanifest": "application/manifest+json",
    "xml": "application/xml",
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "srt": "application/x-subrip; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "m4a": "audio/mp4",
    "m4s": "video/iso.segment",
    "mp3": "audio/mpeg",
    **dict.fromkeys(("jpg", "jpeg"), "image/jpeg"),
    "png": "image/png",
    "webp": "image/webp",
    "avif": "image/avif",
    "gif": "image/gif",
    "svg": "image/svg+xml",
    "ico": "image/vnd.microsoft.icon",
    "pdf": "application/pdf",
    "gz": "application/gzip",
    "zip": "application/zip",
    "woff2": "font/woff2",
    "woff": "font/woff",
    "ttf": "font/ttf",
    "otf": "font/otf",
}
"""Ending → media type, by IANA's registry (https://www.iana.org/assignments/media-types)."""

_UNKNOWN = "application/octet-stream"

OPENED = frozenset({"html", "htm", "xml", "ics", "webmanifest"})
"""Endings of what a reader, a feed reader or a calendar opens by itself."""
JSON_FEED = "feed.json"
"""The one feed whose ending does not tell."""

CACHED = {
    Kind.LASTING: "public, max-age=31536000, immutable",
    Kind.FILE: "public, max-age=300, must-revalidate",
    Kind.PAGE: "public, max-age=0, must-revalidate",
}
WORKER, WORKER_CACHED = "sw.js", "no-cache"
"""The service worker: it says which release a browser is to keep, so it is asked for again each time."""
RECORD_CACHED = "no-store"
"""For ``release.json``: the one file that must never come out of a cache."""

BESIDE_CACHED = "private, no-store"
"""For encrypted pages: what has been withdrawn must not come out of a cache on the way."""


@dataclass(frozen=True, slots=True)
class Headers:
    """What a host is asked to send with a file."""

    content_type: str
    cache_control: str


def headers_of(path: str, kind: Kind) -> Headers:
    """The headers of one file of a site."""
    return Headers(content_type(path), WORKER_CACHED if path == WORKER else CACHED[kind])


def content_type(path: str) -> str:
    """The media type of a file, by its name."""
    if path == JSON_FEED:
        return "application/feed+json"
    return TYPES.get(_ending(path), _UNKNOWN)


def kind_of(path: str) -> Kind:
    """What becomes of a file when its release is replaced, by its path on the site."""
    if _ending(path) in OPENED or path in (JSON_FEED, WORKER):
        return Kind.PAGE
    return Kind.LASTING if is_lasting(path) else Kind.FILE


def _ending(path: str) -> str:
    name = path.rpartition("/")[2]
    return name.rpartition(".")[2].casefold() if "." in name else ""
