"""Is what a coach writes in the text of a page read as it was meant?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from kinopress.codes import Code
from kinopress.content.forms.pages import FORMS
from kinopress.content.markdown.code_spans import open_fence
from kinopress.content.markdown.html.placed import blocks_in_words, named_twice
from kinopress.content.markdown.html.tags import Tag, read_tags
from kinopress.content.markdown.html.typed import shown_signs
from kinopress.content.markdown.mark_slips import Slip, mark_slips
from kinopress.content.markdown.marks import Mark, addresses_in, citation_keys, scan
from kinopress.content.markdown.nesting import brackets_left_open, too_deep
from kinopress.content.markdown.shown_otherwise import shown_otherwise
from kinopress.content.markdown.unread_marks import unread_marks
from kinopress.content.markdown.writers.doubts import may_doubt
from kinopress.content.markdown.writers.settle import settle
from kinopress.content.model.library import Library
from kinopress.content.model.names import Mention
from kinopress.content.model.nodes import Items, Text
from kinopress.content.model.pages import Exercise, Page, Pages, Technique, line_of
from kinopress.content.rules.bodies.footnotes import footnote_problems
from kinopress.content.rules.bodies.links import (
    held_problems,
    link_problems,
    mark_problem,
    srcset_problems,
)
from kinopress.content.rules.bodies.pictures import picture_problems
from kinopress.content.rules.names import unknown_key
from kinopress.content.text.blocks import block_problem, named_in_block
from kinopress.problems import Problem, Severity, quoted


def body_problems(library: Library, pages: Pages, page: Page) -> Iterator[Problem]:
    """Links, citations and blocks in the text of a page and in its steps."""
    inline: list[Mark] = []
    if isinstance(page, Exercise):
        inline = [mark for step in page.steps for mark in scan(step.text, step.line)]
    elif isinstance(page, Technique) and page.evidence:
        inline = scan(page.evidence, line_of(page, "evidence") or 1)
    marks = scan(page.body, page.body_line)
    if page.readable:  # what is where is not known otherwise
        tags = read_tags(page.body, page.body_line)
        yield from chain(
            _html(library, pages, page, tags),
            _code(page),
            _slips(library, page),
            footnote_problems(page),
        )
        deep = [*too_deep(page.body, page.body_line, tags)]
        yield from _said(page, deep, Code.NESTED_DEEPLY)
        if not deep:
            yield from _lists(page)
    for mark in inline:
        if mark.kind in ("block", "stray"):
            yield mark_problem(
                page,
                mark,
                "a {{ block }} cannot be used here",
                "move it into the text of the page",
                Code.BLOCK_UNKNOWN,
            )
    yield from picture_problems(page, [*inline, *marks])
    yield from _citations(library, page, [*inline, *marks])
    held: set[str] = set()
    for problem in chain(
        _blocks(library, pages, page, marks), link_problems(library, pages, page, [*inline, *marks])
    ):
        if problem.code != Code.LINK_HELD or problem.message not in held:
            yield problem
        held.add(problem.message)  # once a page is enough


def _html(library: Library, pages: Pages, page: Page, tags: list[Tag]) -> Iterator[Problem]:
    """HTML that is wrong in itself, and attributes a browser does not obey here."""
    if not tags:
        return
    yield from _said(page, blocks_in_words(page.body, tags), Code.HTML_NESTING, "warning")
    yield from _said(page, named_twice(page.body, tags), Code.HTML_ATTRIBUTE, "warning")
    for shown in shown_signs(page.body, tags):
        message = f"readers see the markup of {quoted(shown.words)}: in <{shown.element}> no Markdown is read"
        yield Problem(
            page.path, message, shown.hint, Code.HTML_MARKDOWN, line=shown.line, severity="warning"
        )
    for tag in tags:
        if tag.wrong is not None:
            if wrong := tag.wrong.message:
                yield Problem(page.path, wrong, tag.wrong.hint, tag.wrong.code, line=tag.line)
            continue
        if addresses_in(tag, "srcset"):
            yield from [*srcset_problems(library, pages, page, tag)] or [
                Problem(
                    page.path,
                    f"srcset= in <{tag.name}> is left out: pictures are given several sizes and formats automatically",
                    "write the picture like ![what is seen](address) instead",
                    Code.HTML_LEFT_OUT,
                    line=tag.line,
                    severity="warning",
                )
            ]
        for attribute in tag.attributes:
            if attribute.name in ("style", "ping") or attribute.name.startswith(("on", "data-")):
                yield Problem(
                    page.path,
                    f"{attribute.name}= in <{tag.name}> does nothing on this site",
                    "remove it",
                    Code.HTML_ATTRIBUTE,
                    line=tag.line,
                    severity="warning",
                )


def _code(page: Page) -> Iterator[Problem]:
    at = open_fence(page.body)
    if at is not None:
        message = "code begins here and is not closed"
        hint = "write the same characters, like ```, on a line of their own where it ends"
        yield Problem(page.path, message, hint, Code.CODE_NOT_CLOSED, line=page.body_line + at)


def _slips(library: Library, page: Page) -> Iterator[Problem]:
    texts = [(page.body, page.body_line)]
    if isinstance(page, Exercise):
        texts += [(step.text, step.line) for step in page.steps]
    elif isinstance(page, Technique) and page.evidence:
        texts.append((page.evidence, line_of(page, "evidence") or 1))
    for text, line in texts:
        yield from _said(page, mark_slips(text, line, library.shared.references), Code.MARK_SLIP)
        yield from _said(page, unread_marks(text, line), Code.MARK_UNREAD, "warning")
        if text is not page.body:
            yield from _said(page, brackets_left_open(text, line), Code.NESTED_DEEPLY)
        else:
            yield from _said(page, shown_otherwise(text, line), Code.MARK_UNREAD, "warning")


def _said(
    page: Page, slips: Iterable[Slip], code: Code, severity: Severity = "error"
) -> Iterator[Problem]:
    for slip in slips:
        yield Problem(page.path, slip.message, slip.hint, code, line=slip.line, severity=severity)


def _lists(page: Page) -> Iterator[Problem]:
    if not page.remark_lines and not may_doubt(page.body):
        return
    for doubt in settle(page.body, page.remark_lines).doubts:
        space, neighbour = "leave an empty line above it", "one above"
        if doubt.lacks_space:
            space, neighbour = f"write a space after each {doubt.sign}", "next"
        yield Problem(
            page.path,
            f"the {doubt.sign} at the beginning may mean a list; it is shown as words",
            f"for a list, {space}; for words, join this line to the {neighbour}",
            Code.LIST_UNCLEAR,
            line=page.body_line + doubt.line - 1,
            severity="warning",
        )


def _blocks(library: Library, pages: Pages, page: Page, marks: list[Mark]) -> Iterator[Problem]:
    shared = library.shared
    unread = "red_flags" in shared.unread or bool(shared.left_out.get("red_flags"))
    flags = None if unread else shared.red_flags
    for mark in marks:
        if mark.kind == "stray":
            message = f"{quoted(mark.target)} is in the middle of other words"
            yield mark_problem(page, mark, message, "put it on a line of its own", Code.BLOCK_LINE)
        elif mark.kind == "block" and (wrong := block_problem(mark.target, pages, flags)):
            yield mark_problem(page, mark, wrong[0], wrong[1], Code.BLOCK_UNKNOWN)
        elif mark.kind == "block" and (held := named_in_block(mark.target, pages)):
            yield from held_problems(library, page, mark, held, "this block is empty")


def _citations(library: Library, page: Page, marks: list[Mark]) -> Iterator[Problem]:
    """Each source that is cited and not listed, once; that a listed one is unknown is reported there."""
    told = {m.text for m in page.sources}
    for mark in marks:
        for key in citation_keys(mark.target) if mark.kind == "citation" else ():
            if key in told:
                continue
            if library.shared.misses("references", key):
                yield unknown_key(
                    page.path,
                    Mention(key, mark.line, ""),
                    library.shared.references,
                    "source",
                    "docs/data/references.yml",
                    Code.SOURCE_UNKNOWN,
                )
            elif sources_were_read(page):
                told.add(key)
                yield mark_problem(
                    page,
                    mark,
                    f"[@{key}] is not in this page's sources",
                    f"add {key} to the field sources",
                    Code.SOURCE_NOT_LISTED,
                )


def sources_were_read(page: Page) -> bool:
    """Whether the sources are what the coach wrote, or a mistake said elsewhere has swallowed them."""
    written = page.written
    if page.sources or not page.readable:
        return page.readable
    found = page.front.entries.get("sources")
    # An empty list, or nothing after the colon, is what somebody half-finished leaves behind.
    is_empty = not (
        found.items
        if isinstance(found, Items)
        else found.text
        if isinstance(found, Text)
        else found
    )
    return is_empty and all(name in FORMS[page.kind].fields for name in written)
