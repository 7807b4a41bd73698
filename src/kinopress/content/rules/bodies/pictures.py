"""Has each picture of a page a text that says what is seen?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kinopress.codes import Code
from kinopress.content.markdown.marks import Mark
from kinopress.content.model.pages import Page
from kinopress.problems import Problem, shortened

DECORATIVE = "decorative"
"""Written as the text of a picture that says nothing: ``![decorative](line.png)``."""


def alternative_text(mark: Mark) -> str | None:
    """What a picture shows, in words; empty for one that only decorates, ``None`` when nobody said.

    ``<img alt="">`` is explicit in HTML; in Markdown an empty text is a forgotten one.
    """
    if mark.words is not None and mark.words.casefold() == DECORATIVE:
        return ""
    if not mark.words and not mark.rest.startswith("<"):
        return None
    return " ".join(mark.words.split()) if mark.words is not None else None


def picture_problems(page: Page, marks: Iterable[Mark]) -> Iterator[Problem]:
    """A warning for each picture that is nothing to somebody who cannot see it."""
    for mark in marks:
        if mark.kind == "picture" and alternative_text(mark) is None:
            target = shortened(mark.target)
            yield Problem(
                page.path,
                f"the picture {target} has no description for people who cannot see it",
                f"write what it shows, like ![Lying on the side]({target}), or ![{DECORATIVE}]"
                f"({target}) if it is only decoration",
                Code.PICTURE_ALT,
                line=mark.line,
                severity="warning",
            )
