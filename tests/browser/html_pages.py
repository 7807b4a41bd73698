"""Built pages read as files: their head, their links, what they fetch, and the order things stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote, urlsplit

VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}
FETCHED = {"img": "src", "source": "src", "track": "src", "video": "poster", "script": "src"}


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening tag."""

    name: str
    attributes: dict[str, str | None]

    def has_class(self, name: str) -> bool:
        return name in (self.attributes.get("class") or "").split()


@dataclass
class HtmlPage:
    """One page of a built site.

    Attributes:
        address: From the site's root: ``symptoms/groin-pain/``; the home page is empty.
        tags: Every opening tag in the order of the page.
        ids: Every id, as often as it stands there.
        title: The text of ``<title>``.
        h1: The texts of all top headings.
        unbalanced: Closing tags that close nothing open.
    """

    address: str
    tags: list[Tag] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    title: str = ""
    h1: list[str] = field(default_factory=list)
    unbalanced: list[str] = field(default_factory=list)

    def named(self, name: str) -> list[Tag]:
        return [tag for tag in self.tags if tag.name == name]

    def meta(self, name: str) -> str | None:
        """The content of ``<meta name=…>`` or ``<meta property=…>``."""
        for tag in self.named("meta"):
            if name in (tag.attributes.get("name"), tag.attributes.get("property")):
                return tag.attributes.get("content")
        return None

    def first(self, class_: str, name: str | None = None) -> int | None:
        """How many tags stand before the first one of a class."""
        for at, tag in enumerate(self.tags):
            if tag.has_class(class_) and name in (None, tag.name):
                return at
        return None

    def links(self) -> list[str]:
        return [href for tag in self.named("a") if (href := tag.attributes.get("href")) is not None]

    def fetched(self) -> list[str]:
        """What the page loads from the site: pictures, films, captions, styles, icons; none that is within the page."""
        found = [
            address
            for tag in self.tags
            if (address := tag.attributes.get(FETCHED.get(tag.name, "")))
            and not address.startswith("data:")
        ]
        for tag in self.tags:
            found += [
                part.split()[0] for part in (tag.attributes.get("srcset") or "").split(",") if part
            ]
        found += [
            href
            for tag in self.named("link")
            if (tag.attributes.get("rel") or "") in ("stylesheet", "icon")
            and (href := tag.attributes.get("href"))
        ]
        return found

    def resolve(self, address: str) -> tuple[str, str]:
        """An address written on this page, from the site's root, and its anchor."""
        parts = urlsplit(address)
        path = unquote(parts.path)
        if not path:
            return self.address, unquote(parts.fragment)
        base = "/" if path.startswith("/") else f"/{self.address}"
        found = normpath(join(base, path)).lstrip("/")
        found = "" if found == "." else found
        is_folder = path.endswith(("/", "/.", "/..")) or path in (".", "..")
        return (f"{found}/" if is_folder and found else found), unquote(parts.fragment)


class _Reader(HTMLParser):
    def __init__(self, page: HtmlPage) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = Tag(tag, dict(attrs))
        self.page.tags.append(found)
        if found.attributes.get("id"):
            self.page.ids.append(str(found.attributes["id"]))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "h1":
            self.page.h1.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        elif tag not in VOID:
            self.page.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        if "title" in self.open and "svg" not in self.open:
            self.page.title += data.strip()
        if "h1" in self.open:
            self.page.h1[-1] += data


def read_page(file: Path, address: str) -> HtmlPage:
    """Read one built page."""
    page = HtmlPage(address)
    reader = _Reader(page)
    reader.feed(file.read_text("utf-8"))
    reader.close()
    page.unbalanced += reader.open
    return page


def read_site(folder: Path) -> dict[str, HtmlPage]:
    """Every page of a built site by its address."""
    pages = {}
    for file in sorted(folder.rglob("*.html")):
        address = file.relative_to(folder).as_posix().removesuffix("index.html")
        pages[address] = read_page(file, address)
    return pages


_MOMENT = re.compile(r"t=\d+(?:\.\d+)?")


def broken_links(pages: dict[str, HtmlPage], folder: Path) -> list[tuple[str, str]]:
    """Links that lead to no page, file or anchor, or away by other than the usual ways: (page, link)."""
    broken = []
    for page in pages.values():
        for link in page.links():
            scheme = urlsplit(link).scheme
            if scheme:
                good = scheme in ("https", "mailto", "tel")
            else:
                address, anchor = page.resolve(link)
                target = pages.get(address)
                there = target is not None or (folder / address).is_file()
                marked = not anchor or (target is not None and anchor in target.ids)
                # A second of a film is a place in its file, as browsers understand it.
                is_moment = address.endswith(".mp4") and _MOMENT.fullmatch(anchor) is not None
                good = there and (marked or is_moment)
            if not good:
                broken.append((page.address, link))
    return broken
