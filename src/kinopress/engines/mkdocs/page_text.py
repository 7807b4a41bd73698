"""A page as MkDocs' file: its text is made when MkDocs asks for it, which it does for few pages that have not changed."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from kinopress.pages.packed import Packed
from kinopress.pages.site import SitePage


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
    def is_made(self) -> bool:
        """Whether its content need not be made first."""
        return not self.is_ours or isinstance(self.ours.__dict__["body"], str | bytes | Packed)
