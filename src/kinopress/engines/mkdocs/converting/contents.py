"""Anchors of headings, without the list of contents that Markdown would write into a page beside them.

For each page that list is laid out, written and looked through for HTML, and every element of the page is asked whether it
is to go there; MkDocs makes its own of the headings. It is there as ever on a page that asks for it.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.toc import TocExtension, TocTreeprocessor
from markdown.preprocessors import Preprocessor

_PRIORITY = 29
"""Before Markdown puts HTML aside (20), and our own step does (25): a text that asks for the list may be in it."""


class _Asks(Preprocessor):
    """Whether a page asks for its list of contents."""

    def __init__(self, md: Markdown, marker: str) -> None:
        super().__init__(md)
        self.marker, self.found = marker, True

    def run(self, lines: list[str]) -> list[str]:
        self.found = any(self.marker in line for line in lines)
        return lines


class _Contents(TocTreeprocessor):
    asks: _Asks

    def build_toc_div(self, toc_list: list[Any]) -> Element:
        return super().build_toc_div(toc_list) if self.asks.found else Element("div")

    def replace_marker(self, root: Element, elem: Element) -> None:
        if self.asks.found:
            super().replace_marker(root, elem)


class Contents(TocExtension):
    """The extension of Markdown that gives headings their anchors, quicker."""

    TreeProcessorClass = _Contents

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's own name
        """Add it to a converter."""
        super().extendMarkdown(md)
        step = md.treeprocessors["toc"]
        assert isinstance(step, _Contents)  # noqa: S101 - so Markdown makes it
        step.asks = _Asks(md, step.marker)
        md.preprocessors.register(step.asks, "kinopress_contents", _PRIORITY)
