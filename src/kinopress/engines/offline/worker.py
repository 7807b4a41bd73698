"""The service worker of a release: which files a device keeps, with a digest of each.

Written when the whole site is in its folder, from what is there: what is not published is in no list. A browser keeps
a release whole or not at all, so the worker compares each file with its digest.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import posixpath
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from kinopress.engines import look
from kinopress.media.lasting import is_lasting
from kinopress.system import disk
from kinopress.system.walking import paths_below

WORKER = "sw.js"
"""At the site's root, since a worker answers for the folder it is in, and without a digest: browsers know it by its name."""

_WORKERS = look.THEME / "workers" / "web"
_LISTS = "assets/offline"
_DIGITS = 16
_TEXTS = frozenset({"html", "css", "js", "json", "svg", "vtt", "woff2"})
_PICTURES = frozenset({"webp", "png", "jpg", "jpeg", "avif", "gif"})
_PICTURES_MAX_BYTES = 500_000
"""The coach's pictures are kept until they are so many bytes together, the small ones first."""
_LEFT = ("404.html", "assets/javascripts/", "assets/icons/", "assets/images/", "media/")
"""What nobody meets offline, or is kept one by one: films with their posters. So is what begins with a dot: ours.

A machine without the films builds the same site, and there they have no posters either.
"""
_ON_PAPER = "sheet.svg"
"""Drawings for print: who prints is at home."""


def write_worker(
    site: Path,
    *,
    is_kept: bool,
    packed: dict[str, int] | None = None,
    digests: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Write the worker, and the list it keeps, into a finished site.

    Args:
        site: The folder of the site.
        is_kept: Whether devices keep it; otherwise the worker removes what they have kept of it.
        packed: SHA-256 of a file → how many bytes it is sent as, as far as that is known; it gets what is found.
        digests: SHA-256 of files by their path, as far as they are known.

    Raises:
        OSError: it cannot be read or written.
    """
    if not is_kept:
        disk.write(site / WORKER, (_WORKERS / "removing.js").read_bytes())
        return
    rows, size = _rows(site, {} if packed is None else packed, digests)
    said = json.dumps({"files": rows}, ensure_ascii=False, separators=(",", ":")).encode()
    release = hashlib.sha256(said).hexdigest()[:_DIGITS]
    disk.make_folder(site / _LISTS)
    disk.write(site / _LISTS / f"list-{release}.json", said)
    first = f'const RELEASE="{release}",BYTES={size},FILES={len(rows)};\n'.encode()
    disk.write(site / WORKER, first + (_WORKERS / "worker.js").read_bytes())


def _rows(
    site: Path, packed: dict[str, int], digests: Mapping[str, str]
) -> tuple[list[tuple[str, str, int]], int]:
    """Address below the root, digest and whether the name tells the content; and how many bytes are sent, packed."""
    known = dict(packed)
    packed.clear()
    rows, size = [], 0
    for path in _kept(site):
        is_text, sha256 = _ending(path) in _TEXTS, digests.get(path, "")
        sent = known.get(sha256) if is_text else None
        if sent is None:  # a page that has not changed need not be read
            with open(f"{site}/{path}", "rb") as file:  # noqa: PTH123 - thousands: Path costs more
                data = file.read()
            sha256 = hashlib.sha256(data).hexdigest()
            sent = known.get(sha256) if is_text else len(data)
            if sent is None:
                sent = sent_as(data)
        if is_text:
            packed[sha256] = sent
        size += sent
        rows.append((_address(path), sha256[:_DIGITS], int(is_lasting(path))))
    return rows, size


def sent_as(data: bytes) -> int:
    """How many bytes a text is sent as, packed as nginx does it where nobody says how well: the most that a reader fetches.

    Others pack better and send an eighth less; to find that out takes three times as long, and a thousand pages 0.3 s.
    """
    return len(gzip.compress(data, 1, mtime=0))


def _kept(site: Path) -> list[str]:
    every = sorted(paths_below(site))
    found = [
        path
        for path in every
        if not path.startswith((".", *_LEFT)) and posixpath.basename(path) != _ON_PAPER
    ]
    texts = [path for path in found if _ending(path) in _TEXTS]
    left = _PICTURES_MAX_BYTES
    pictures = []
    sizes = {p: (site / p).stat().st_size for p in found if _ending(p) in _PICTURES}
    for path, size in sorted(sizes.items(), key=lambda it: (it[1], it[0])):
        if (left := left - size) < 0:
            break
        pictures.append(path)
    return sorted(texts + pictures)


def _address(path: str) -> str:
    """As pages link it: a page by its folder."""
    folder, name = posixpath.split(path)
    if name != "index.html":
        return quote(path)
    return f"{quote(folder)}/" if folder else ""


def _ending(path: str) -> str:
    return path.rpartition(".")[2].casefold()
