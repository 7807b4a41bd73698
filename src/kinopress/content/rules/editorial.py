"""What a reader may expect of each page: sources, a caution, no promises. Rules for writers, not for fields."""

from __future__ import annotations

from collections.abc import Iterator

from kinopress.codes import Code
from kinopress.content.data.shared import FILES
from kinopress.content.model.kinds import KINDS
from kinopress.content.model.library import Library, find_page
from kinopress.content.model.pages import Exercise, Page, Pages, line_of
from kinopress.content.rules.bodies.body import sources_were_read
from kinopress.content.text.promises import promise_problems
from kinopress.problems import Problem, Severity, quoted


def editorial_problems_of(library: Library, pages: Pages, page: Page) -> Iterator[Problem]:
    """What a page still needs before a reader can rely on it."""

    def title_of(name: str) -> str:
        found = find_page(pages, name)
        return found.title if found else name

    yield from _sources(page)
    if isinstance(page, Exercise) and page.steps:
        yield from _caution(page)
    yield from promise_problems(page, title_of, library.settings.allowed_phrases)


def _sources(page: Page) -> Iterator[Problem]:
    """A page without a source; silent where a mistake in the field was reported already."""
    asked = KINDS[page.kind].sources
    if asked == "not asked for":
        return
    if page.sources or not page.written or not sources_were_read(page):
        return
    severity: Severity = "error" if asked == "needed" and not page.draft else "note"
    yield Problem(
        page.path,
        "this page does not say what it rests on",
        "add a line like sources: [practice], or the studies it cites",
        Code.SOURCES_MISSING,
        line=page.front.key_lines.get("sources"),
        field="sources",
        severity=severity,
    )


def _caution(page: Exercise) -> Iterator[Problem]:
    if any(step.kind == "caution" for step in page.steps):
        return
    yield Problem(
        page.path,
        "no step says when to stop",
        "add one like - caution: Stop if the groin pinches.",
        Code.CAUTION_MISSING,
        line=line_of(page, "steps"),
        field="steps",
        severity="note",
    )


def unused_references(library: Library, pages: Pages) -> Iterator[Problem]:
    """References that no page and no check names: left over, or forgotten where they belong."""
    named = {m.text for page in pages.values() for m in page.sources}
    named |= {m.text for check in library.shared.checks.values() for m in check.sources}
    for key, reference in library.shared.references.items():
        if key not in named and not any(not page.readable for page in pages.values()):
            yield Problem(
                FILES["references"],
                f"no page names the source {quoted(key)}",
                "cite it where it belongs, or leave it for later",
                Code.SOURCE_UNUSED,
                line=reference.line,
                severity="note",
            )
