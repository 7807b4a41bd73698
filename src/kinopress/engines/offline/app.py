"""The site as an app on a home screen: its manifest and its icons."""

from __future__ import annotations

import contextlib
import hashlib
import json
import posixpath
from functools import partial
from pathlib import Path

from kinopress.content.model.library import Library
from kinopress.engines import look
from kinopress.engines.memory import Memory
from kinopress.pages.site import Site

MANIFEST = "manifest.webmanifest"
TOUCH_ICON = "assets/icons/touch.png"
"""What iPhones put on the home screen: opaque, 180 pixels wide."""

_PLACES = (
    *("assets/icons/192.png", "assets/icons/512.png", "assets/icons/maskable.png"),
    TOUCH_ICON,
)
_BAKED = Path(__file__).parent / "icons"
"""The program's own, by their names."""

_OWN_COLOUR, _PAPER = "#1f5f5b", "#fbf9f5"
"""Behind the program's icon, its own colour; behind a coach's picture, that of a page."""
_SAFE, _ALMOST = 0.6, 0.84
"""The share of the side that a picture takes where a phone cuts a circle out of the icon, or rounds its corners."""


def files(library: Library, site: Site, memory: Memory | None = None) -> dict[str, bytes]:
    """The manifest and the icons it names: tree path → bytes.

    Args:
        library: What the coach wrote.
        site: Its pages and files.
        memory: What the last build made, so that icons are not drawn again.
    """
    picture, paper = _picture(site)
    draw = partial(_drawn, picture, paper)
    made_from = hashlib.sha256(paper.encode() + picture).hexdigest()
    icons = draw() if memory is None else memory.once_made(made_from, draw)
    settings = library.settings
    name = settings.site_name
    value = {
        "name": name,
        "short_name": name,
        "lang": settings.language,
        # Seen from the manifest: the site may be in any folder of its host.
        "start_url": "./",
        "scope": "./",
        "display": "standalone",
        "background_color": _PAPER,
        "theme_color": _PAPER,
        "icons": [
            {"src": "assets/icons/192.png", "sizes": "192x192", "type": "image/png"},
            {"src": "assets/icons/512.png", "sizes": "512x512", "type": "image/png"},
            {
                "src": "assets/icons/maskable.png",
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
    }
    if settings.site_description:
        value["description"] = settings.site_description
    return {MANIFEST: json.dumps(value, ensure_ascii=False, indent=1).encode(), **icons}


def _drawn(picture: bytes, paper: str) -> dict[str, bytes]:
    if paper != _OWN_COLOUR:
        # Pillow cannot read each picture that browsers show, like some .ico.
        with contextlib.suppress(OSError):
            return _icons(picture, paper, edge=_ALMOST)
    return {path: (_BAKED / posixpath.basename(path)).read_bytes() for path in _PLACES}


def own_icons() -> dict[str, bytes]:
    """The program's own icons, drawn: what ``scripts/bake_icons.py`` writes, since they are the same on each site."""
    return _icons((look.THEME / look.FAVICON).read_bytes(), _OWN_COLOUR, edge=1.0)


def _picture(site: Site) -> tuple[bytes, str]:
    """The coach's icon or logo and the colour behind it, or the program's own."""
    for path in (site.favicon, site.logo):
        if file := site.files.get(path):
            return file.read_bytes(), _PAPER
        if path in site.made:
            return site.made[path], _PAPER
    return (look.THEME / look.FAVICON).read_bytes(), _OWN_COLOUR


def _icons(picture: bytes, paper: str, *, edge: float) -> dict[str, bytes]:
    from kinopress.pictures.icons.icon import icon  # noqa: PLC0415 - loads Pillow

    drawn = (
        icon(picture, 192),
        icon(picture, 512),
        icon(picture, 512, share=_SAFE, paper=paper),
        icon(picture, 180, share=edge, paper=paper),
    )
    return dict(zip(_PLACES, drawn, strict=True))
