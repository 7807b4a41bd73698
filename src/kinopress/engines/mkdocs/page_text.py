"""A page as MkDocs' file: its text is made when MkDocs asks for it, which it does for few pages that have not changed."""

from __future__ import annotations

import functools
from urllib.parse import urljoin, urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from kinopress.pages.packed import Packed
from kinopress.pages.site import SitePage
from kinopress.patterns import lazily


class PageFile(File):
    """A page of ours. Its content is as ever where somebody has put another in its place."""

    ours: SitePage

    @classmethod
    def of(cls, page: SitePage, config: MkDocsConfig) -> PageFile:
        """The file of a page."""
        file = cls.generated(config, page.path, content="")
        assert isinstance(file, cls)  # noqa: S101 - so MkDocs makes it
        file.ours = page
        file.__dict__.pop("_said", None)
        return file

    @property
    def _content(self) -> str | bytes | None:
        if "_said" in self.__dict__:
            said: str | bytes | None = self.__dict__["_said"]
            return said
        # An empty line before it: no text can be taken for front matter, which is handed over as a value.
        return f"\n{self.ours.text}"

    @_content.setter
    def _content(self, said: str | bytes | None) -> None:
        self.__dict__["_said"] = said

    @property
    def is_ours(self) -> bool:
        """Whether its content is that of the page."""
        return "_said" not in self.__dict__

    @property
    def bytes_about(self) -> int:
        """How much there is of its content, about, without making or unpacking it; 0 where it has to be made first."""
        if not self.is_ours:
            return len(self.content_bytes)
        body = self.ours.__dict__["body"]
        if isinstance(body, Packed):
            return body.bytes_about
        return len(body) if isinstance(body, str | bytes) else 0


class PageOf(Page):
    """A page whose addresses are put together, where MkDocs takes them apart first: of a thousand in a tenth of the time."""

    def _set_canonical_url(self, base: str | None) -> None:
        before = _before(base or "")
        if before is not None and _PLAIN.fullmatch(self.url):
            self.canonical_url = f"{before[0]}{self.url}"
            self.abs_url = f"{before[1]}{self.url}"
        else:
            super()._set_canonical_url(base)


_PLAIN = lazily(r"(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)+")
"""An address that is the same however it is seen: no step up, no sign with a meaning of its own."""


@functools.cache
def _before(base: str) -> tuple[str, str] | None:
    """What stands before the address of every page, and its path; ``None`` where more than that is to be done."""
    base = base if base.endswith("/") else f"{base}/"
    is_plain = urljoin(base, "a/") == f"{base}a/"
    return (base, urlsplit(base).path) if is_plain and urlsplit(base).netloc else None
