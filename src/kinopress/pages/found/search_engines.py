"""What search engines read: the list of pages with their films, and where it is (pure).

https://www.sitemaps.org/protocol.html and https://developers.google.com/search/docs/crawling-indexing/sitemaps.
"""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from kinopress.content.model.library import Library
from kinopress.content.model.pages import Page, Video
from kinopress.media.clip import Clip
from kinopress.pages.found.address import moment, root_of, whole
from kinopress.pages.found.following import film_file
from kinopress.pages.links import page_path

SITEMAP, ROBOTS = "sitemap.xml", "robots.txt"
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_VIDEO = "http://www.google.com/schemas/sitemap-video/1.1"
ET.register_namespace("video", _VIDEO)


def search_files(
    library: Library, clips: Mapping[str, Clip], paths: Iterable[str]
) -> dict[str, bytes]:
    """The sitemap, and a robots.txt that names it; neither while the site's address is not known.

    Args:
        library: What the coach wrote.
        clips: Encoded films by slug.
        paths: The pages of the site by their place in the plain tree.
    """
    root = root_of(library)
    if not root:
        return {}
    files = {SITEMAP: _sitemap(library, clips, root, paths)}
    # Machines look for it at the root of a host and nowhere else.
    if urlsplit(root).path == "/" and f"docs/{ROBOTS}" not in library.assets:
        files[ROBOTS] = f"User-agent: *\nDisallow:\n\nSitemap: {root}{SITEMAP}\n".encode()
    return files


def _sitemap(library: Library, clips: Mapping[str, Clip], root: str, paths: Iterable[str]) -> bytes:
    """Pages with the last day that the coach gave them: the day of the build tells a search engine nothing."""
    pages = {page_path(page): page for page in library.pages.values()}
    urls = ET.Element("urlset", xmlns=_SPACE)
    for path in sorted(paths):
        page = pages.get(path)
        if page is not None and (page.kind, page.slug) in library.held:
            continue
        url = ET.SubElement(urls, "url")
        _add(url, "loc", whole(root, path))
        if page is not None and (day := _last_day(page)) is not None:
            _add(url, "lastmod", day.isoformat())
        clip = clips.get(page.slug) if isinstance(page, Video) else None
        if isinstance(page, Video) and clip is not None:
            _film(url, library, page, clip)
    ET.indent(urls, " ")
    text = ET.tostring(urls, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _last_day(page: Page) -> dt.date | None:
    days = [day for day in (page.date, page.reviewed.on if page.reviewed else None) if day]
    return max(days, default=None)


def _film(url: ET.Element, library: Library, page: Video, clip: Clip) -> None:
    """A film on its own page; a search engine takes none without a picture of it."""
    film = film_file(root_of(library), page, clip)
    if not film.picture:
        return
    video = ET.SubElement(url, f"{{{_VIDEO}}}video")
    _add(video, f"{{{_VIDEO}}}thumbnail_loc", film.picture)
    _add(video, f"{{{_VIDEO}}}title", page.title)
    _add(video, f"{{{_VIDEO}}}description", page.description or page.title)
    _add(video, f"{{{_VIDEO}}}content_loc", film.address)
    _add(video, f"{{{_VIDEO}}}duration", str(max(1, round(film.duration_s))))
    if page.date is not None:
        begins = moment(library, page.date).isoformat(timespec="seconds")
        _add(video, f"{{{_VIDEO}}}publication_date", begins)


def _add(parent: ET.Element, tag: str, words: str) -> None:
    ET.SubElement(parent, tag).text = words
