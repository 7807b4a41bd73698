"""A short way through Python-Markdown for HTML we made ourselves.

Cards, chips and boxes stand in a page as one line of HTML each. Markdown would parse every
such line twice to find that nothing in it is Markdown: 29 % of a build of 1000 pages. This
extension puts those lines aside as they are, before any parser sees them; the pages are
the same without it.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import NormalizeWhitespace, Preprocessor
from markdown.treeprocessors import InlineProcessor

BLOCKS = (
    *("aside", "details", "div", "dl", "figure", "form", "nav", "ol", "p", "section", "table"),
    "ul",
)
"""The elements our blocks begin and end with."""

_NAMES = "|".join(BLOCKS)
_OURS = re.compile(rf"<({_NAMES})\b[^\n]*</\1>(?:<({_NAMES})\b[^\n]*</\2>)?")
"""A block, or two. In a page that says its language Markdown reads such lines itself, where nothing puts them aside, and
takes an element behind words or behind another block for words, and its end for that of the whole page's."""
_SIGN = re.compile(r"[\\`*_\[<&~]|  \n")
"""Without one of these no pattern of ours or of Markdown finds anything inside a line."""

# Before MkDocs' own look at raw HTML (21) and Markdown's (20), after line ends are made one kind (30).
_PRIORITY = 25
_FIRST = 30  # Markdown's own for this step
_INLINE_PRIORITY = 20  # Markdown's own for this step


_ODD = ("\r", "\t", "\x02", "\x03", " \n")
"""Without one of these Markdown's first step only puts two empty lines at the end of a text."""


class _Plain(NormalizeWhitespace):
    def run(self, lines: list[str]) -> list[str]:
        """White space as Markdown expects it; few texts have any that is not so already."""
        text = "\n".join(lines) + "\n"
        return super().run(lines) if any(odd in text for odd in _ODD) else [*lines, "", ""]


class _KeepOwnHtml(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        """Replace each line of ours that is alone by a placeholder of its own."""
        kept = []
        fenced = False
        for number, line in enumerate(lines):
            if line.startswith(("```", "~~~")):
                fenced = not fenced
            alone = (
                not fenced and line.startswith("<") and not (number and lines[number - 1].strip())
            )
            if alone and _OURS.fullmatch(line):
                kept.append(self.md.htmlStash.store(line))
            else:
                kept.append(line)
        return kept


class _OnlySigns(InlineProcessor):
    # Markdown's own step, by the name that Python gives it outside: were it called otherwise one day, this would be
    # one that nobody takes, and pages would be as they are.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if not _SIGN.search(data):
            return data
        step = InlineProcessor._InlineProcessor__handleInline  # type: ignore[attr-defined]
        found: str = step(self, data, patternIndex)
        return found


class OwnHtml(Extension):
    """Registers the short way."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's own name
        """Add all of it to a converter."""
        md.preprocessors.register(_Plain(md), "normalize_whitespace", _FIRST)
        md.preprocessors.register(_KeepOwnHtml(md), "kinopress_own_html", _PRIORITY)
        md.treeprocessors.register(_OnlySigns(md), "inline", _INLINE_PRIORITY)
