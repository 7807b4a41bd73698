"""What an address on this site means: one answer for the check and for the pages."""

from __future__ import annotations

import functools
import posixpath
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from kinopress.content.markdown.marks import Mark, plain_address
from kinopress.content.model.kinds import KINDS, LISTS, OWN_LISTS
from kinopress.content.model.library import Library, find_page
from kinopress.content.model.pages import Page, Pages
from kinopress.content.text.addresses import is_elsewhere


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads: to a page, or to another file of the plain tree (a list, a picture).

    ``path`` is the place in the plain tree of what is not a page.
    """

    page: Page | None = None
    path: str = ""


def find_target(library: Library, pages: Pages, page: Page, address: str) -> Target | None:
    """What an address means on a page; ``None`` when it leads nowhere.

    Args:
        library: For pictures, parts of the body and the site's own folder.
        pages: The pages that count as being there.
        page: The page on which the address is.
        address: Without what follows ``#`` or ``?``, as written.
    """
    address = unquote(address)
    if address.startswith("/"):
        return _from_the_root(library, pages, address)
    if address.endswith(".md"):
        linked = link_page(pages, page, address)
        return Target(linked) if linked else None
    if (asset := linked_asset(library.assets, page, address)) is not None:
        return Target(path=asset.removeprefix("docs/"))
    if not _is_site_address(address):
        return None
    here = f"{KINDS[page.kind].site}/{page.slug}".removeprefix("/")
    if posixpath.basename(here) == "index":
        here = posixpath.dirname(here)
    return _on_site(library, pages, posixpath.join("/", here, _without_index(address)))


def asset_of(library: Library, page: Page, mark: Mark) -> str | None:
    """The file of docs/ that a mark means, or ``None`` when it means something else."""
    target = plain_address(mark.target)
    address = re.split(r"[?#]", target, maxsplit=1)[0]
    if is_elsewhere(target) or not address:
        return None
    found = find_target(library, {}, page, address)
    asset = f"docs/{found.path}" if found is not None and found.page is None else ""
    return asset if asset in library.assets else None


def linked_asset(assets: Sequence[str], page: Page, address: str) -> str | None:
    """The picture or document a link means: by where the files lie, or by where they are on the site."""
    at = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), address))
    return _asset_like(assets, at, f"docs/{at}")


def _asset_like(assets: Sequence[str], *paths: str) -> str | None:
    known = _by_looks(tuple(assets))
    return next((known[path] for path in map(looks_like, paths) if path in known), None)


@functools.lru_cache(maxsize=4)
def _by_looks(assets: tuple[str, ...]) -> dict[str, str]:
    """Files by how their names look: a Mac writes an umlaut as two signs, a keyboard as one."""
    return {looks_like(path): path for path in assets}


def files_named(assets: Sequence[str], address: str) -> list[str]:
    """The files that an address which leads nowhere may mean, the likeliest first.

    The same name in another folder, with other capitals, or with another ending.
    """
    wanted = _plain(address)
    base, stem = posixpath.basename(wanted), posixpath.splitext(posixpath.basename(wanted))[0]
    folders = wanted.split("/")[:-1]

    def unlike(asset: str) -> tuple[bool, int, str]:
        parts = _plain(asset).split("/")
        return parts[-1] != base, -len(set(parts) & set(folders)), asset

    return sorted(
        (
            a
            for a in assets
            if stem and posixpath.splitext(posixpath.basename(_plain(a)))[0] == stem
        ),
        key=unlike,
    )


def _plain(path: str) -> str:
    return looks_like(unquote(path.replace("\\", "/"))).casefold()


def address_from(page: Page, file: str) -> str:
    """The address of a file of the project, as a link on a page writes it."""
    if not page.path.startswith("docs/"):
        file = file.removeprefix("docs/")  # exercises and films are beside the folders of docs/
    address = posixpath.relpath(file, posixpath.dirname(page.path) or ".")
    return re.sub(r"[\s%#?()<>\\\"'*_`\[\]|&;:!~]", lambda m: quote(m[0], safe=""), address)


def pages_named(pages: Pages, address: str) -> list[str]:
    """Links to the pages that an address which leads nowhere may mean."""
    name = posixpath.basename(address.removesuffix(".md").rstrip("/")).casefold()
    found = [(kind, slug) for kind, slug in pages if posixpath.basename(slug).casefold() == name]
    if len(found) == 1:
        return [f"[[{found[0][1]}]]"]
    folders = [f"{KINDS[kind].site}/{slug}".removeprefix("/") for kind, slug in found]
    return [f"[[{path}]]" for path in sorted(folders)][:2]


def looks_like(path: str) -> str:
    """The one spelling of all names that look alike."""
    return unicodedata.normalize("NFC", path)


def link_page(pages: Pages, page: Page, address: str) -> Page | None:
    """The page a relative ``.md`` link means: by where the files lie, or by where their pages are on the site."""
    at = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), address))
    on_site = posixpath.normpath(
        posixpath.join(KINDS[page.kind].site or posixpath.dirname(page.slug), address)
    )
    for candidate in (at.removeprefix("docs/"), on_site):
        found = find_page(pages, candidate.removesuffix(".md"))
        if found is not None:
            return found
    return None


def _from_the_root(library: Library, pages: Pages, address: str) -> Target | None:
    """``/muscles/glutes/``: from the root of the site, be it written with the folder the site is in or without."""
    folder = urlsplit(library.settings.site_url or "").path.strip("/")
    at = posixpath.normpath(address).strip("/")
    if folder and (at == folder or at.startswith(f"{folder}/")):
        at = at[len(folder) :].strip("/")
    if (asset := _asset_like(library.assets, f"docs/{at}", at)) is not None:
        return Target(path=asset.removeprefix("docs/"))
    if at.endswith(".md"):
        linked = find_page(pages, at.removeprefix("docs/").removesuffix(".md"))
        return Target(linked) if linked else None
    if address != "/" and not _is_site_address(address):
        return None
    return _on_site(library, pages, _without_index(f"/{at}"))


def _is_site_address(address: str) -> bool:
    plain = _without_index(address)
    return "." not in posixpath.basename(plain.rstrip("/")).strip(".")


def _without_index(address: str) -> str:
    return address[: -len("index.html")] if address.endswith("/index.html") else address


def _on_site(library: Library, pages: Pages, address: str) -> Target | None:
    """What is at an address from the root, such as ``/muscles/`` or ``/exercises/clam/``."""
    at = posixpath.normpath(address).strip("/")
    if at in ("", "."):
        return Target(path="index.md")
    if "/" in at:
        top, _, name = at.rpartition("/")
        if top == "body" and name in library.shared.regions:
            return Target(path=f"{at}.md")
        linked = find_page(pages, at)
    else:
        linked = pages.get(("page", at))
    if linked is not None:
        return Target(linked)
    if at in LISTS:
        return Target(path=f"{at}.md" if at in OWN_LISTS else f"{at}/index.md")
    return None
