"""Do the links, citations and blocks in a page's text lead somewhere?"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from itertools import chain
from urllib.parse import unquote, urlsplit

from kinopress.codes import Code
from kinopress.content.forms.pages import FORMS
from kinopress.content.markdown.code_spans import blanked_code, open_fence
from kinopress.content.markdown.html_tags import Tag, read_tags
from kinopress.content.markdown.mark_slips import mark_slips
from kinopress.content.markdown.marks import Mark, addresses_in, citation_keys, plain_address, scan
from kinopress.content.markdown.nesting import too_deep
from kinopress.content.markdown.placed_html import blocks_in_words, named_twice
from kinopress.content.markdown.shown_otherwise import shown_otherwise
from kinopress.content.markdown.typed_html import shown_signs
from kinopress.content.markdown.unread_marks import unread_marks
from kinopress.content.markdown.writers_markdown import may_doubt, settle
from kinopress.content.model.library import Library, find_page
from kinopress.content.model.names import Mention, nearest
from kinopress.content.model.pages import Exercise, Page, Pages, Technique, line_of
from kinopress.content.rules.names import unknown_key
from kinopress.content.rules.pictures import picture_problems
from kinopress.content.text.addresses import (
    CORRECT,
    address_problem,
    is_elsewhere,
    is_of_a_computer,
)
from kinopress.content.text.blocks import block_problem, named_in_block
from kinopress.content.text.targets import (
    address_from,
    asset_of,
    files_named,
    find_target,
    looks_like,
    pages_named,
)
from kinopress.patterns import lazily
from kinopress.problems import Problem, quoted, shortened


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
            _html(library, pages, page, tags), _code(page), _slips(library, page), _footnotes(page)
        )
        deep = [*too_deep(page.body, page.body_line, tags)]
        for slip in deep:
            yield Problem(page.path, slip.message, slip.hint, Code.NESTED_DEEPLY, line=slip.line)
        if not deep:
            yield from _lists(page)
    for mark in inline:
        if mark.kind in ("block", "stray"):
            yield _problem(
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
        _blocks(library, pages, page, marks), _links(library, pages, page, [*inline, *marks])
    ):
        if problem.code != Code.LINK_HELD or problem.message not in held:
            yield problem
        held.add(problem.message)  # once a page is enough


def _html(library: Library, pages: Pages, page: Page, tags: list[Tag]) -> Iterator[Problem]:
    """HTML that is wrong in itself, and attributes a browser does not obey here."""
    if not tags:
        return
    for slip in blocks_in_words(page.body, tags):
        yield Problem(
            page.path,
            slip.message,
            slip.hint,
            Code.HTML_NESTING,
            line=slip.line,
            severity="warning",
        )
    for slip in named_twice(page.body, tags):
        yield Problem(
            page.path,
            slip.message,
            slip.hint,
            Code.HTML_ATTRIBUTE,
            line=slip.line,
            severity="warning",
        )
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
        if others := addresses_in(tag, "srcset"):
            dead = [
                problem
                for address in others
                for problem in _link(
                    library,
                    pages,
                    page,
                    Mark("html", tag.start, tag.end, tag.line, address, None, True),
                )
            ]
            yield from dead or [
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
            if attribute.name in ("style", "ping") or attribute.name.startswith("on"):
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
        for slip in mark_slips(text, line, library.shared.references):
            yield Problem(page.path, slip.message, slip.hint, Code.MARK_SLIP, line=slip.line)
        unread = [*unread_marks(text, line)]
        if text is page.body:
            unread += shown_otherwise(text, line)
        for slip in unread:
            yield Problem(
                page.path,
                slip.message,
                slip.hint,
                Code.MARK_UNREAD,
                line=slip.line,
                severity="warning",
            )


_FOOTNOTE_INSIDE = lazily(r"(?<![\\^])\^\[[^\[\]\n]+\](?![(\[])")
_FOOTNOTE = lazily(r"\[\^(?P<name>[^\]\s\[]+)\](?P<colon>:)?")
_FOOTNOTE_OF_WORDS = lazily(r"\[\^(?P<name>[^\]\n\[]*[^\S\n][^\]\n\[]*)\]")


def _footnotes(page: Page) -> Iterator[Problem]:
    """A footnote has a place where it is named and a line where it is written, both in the text of a page."""
    if isinstance(page, Exercise):
        for step in page.steps:
            if found := _FOOTNOTE.search(step.text):
                yield Problem(
                    page.path,
                    f"a footnote {found[0]} cannot be used here",
                    "move it into the text of the page",
                    Code.FOOTNOTE_UNKNOWN,
                    line=step.line,
                    field="steps",
                )
    if "[^" not in page.body and "^[" not in page.body:
        return
    plain = blanked_code(page.body)
    for match in _FOOTNOTE_INSIDE.finditer(plain):
        yield Problem(
            page.path,
            f"a footnote cannot be written inside a sentence: {quoted(match[0])}",
            "write [^1] here, and below, on a line of its own: [^1]: Its words.",
            Code.FOOTNOTE_UNKNOWN,
            line=page.body_line + plain.count("\n", 0, match.start()),
        )
    for match in _FOOTNOTE_OF_WORDS.finditer(plain):
        name = "-".join(match["name"].split()) or "1"
        message = f"the name of the footnote {quoted(match[0])} holds a space"
        yield Problem(
            page.path,
            message,
            f"write [^{name}], here and where it is said",
            Code.FOOTNOTE_UNKNOWN,
            line=page.body_line + plain.count("\n", 0, match.start()),
        )
    said: dict[str, int] = {}
    named: dict[str, int] = {}
    for match in _FOOTNOTE.finditer(plain):
        line = page.body_line + plain.count("\n", 0, match.start())
        at_start = not plain[plain.rfind("\n", 0, match.start()) + 1 : match.start()].strip()
        defines = match["colon"] and at_start
        if defines and match["name"] in said:
            message = f"the footnote [^{match['name']}] is written twice, and readers see only one of them"
            hint = "rename one of the two"
            yield Problem(
                page.path, message, hint, Code.FOOTNOTE_UNUSED, line=line, severity="warning"
            )
        (said if defines else named).setdefault(match["name"], line)
    for name, line in named.items():
        if name not in said:
            message = f"the footnote [^{name}] has no text"
            hint = f"write it below, on a line of its own: [^{name}]: Its words."
            yield Problem(page.path, message, hint, Code.FOOTNOTE_UNKNOWN, line=line)
    for name, line in said.items():
        if name not in named:
            message = f"nothing refers to the footnote [^{name}]"
            hint = f"write [^{name}] after the word it belongs to, or remove it"
            yield Problem(
                page.path, message, hint, Code.FOOTNOTE_UNUSED, line=line, severity="warning"
            )


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


def _links(library: Library, pages: Pages, page: Page, marks: list[Mark]) -> Iterator[Problem]:
    for mark in marks:
        if mark.kind == "page":
            yield from _page_link(library, pages, page, mark)
        elif mark.kind in ("link", "html"):
            yield from _link(library, pages, page, mark)
        elif mark.kind == "picture":
            yield from _picture(library, page, mark)


def _blocks(library: Library, pages: Pages, page: Page, marks: list[Mark]) -> Iterator[Problem]:
    shared = library.shared
    unread = "red_flags" in shared.unread or bool(shared.left_out.get("red_flags"))
    flags = None if unread else shared.red_flags
    for mark in marks:
        if mark.kind == "stray":
            message = f"{quoted(mark.target)} is in the middle of other words"
            yield _problem(page, mark, message, "put it on a line of its own", Code.BLOCK_LINE)
        elif mark.kind == "block" and (wrong := block_problem(mark.target, pages, flags)):
            yield _problem(page, mark, wrong[0], wrong[1], Code.BLOCK_UNKNOWN)
        elif mark.kind == "block" and (held := named_in_block(mark.target, pages)):
            yield from _held(library, page, mark, held, "this block is empty")


def _problem(page: Page, mark: Mark, message: str, hint: str, code: Code) -> Problem:
    return Problem(page.path, message, hint, code, line=mark.line)


def _held(
    library: Library, page: Page, mark: Mark, found: Page, meanwhile: str
) -> Iterator[Problem]:
    """A word about a shown page that leads to one that is kept back."""
    if (found.kind, found.slug) in library.pages or (page.kind, page.slug) not in library.pages:
        return
    yield Problem(
        page.path,
        f"{found.path} is held back, so {meanwhile} for now",
        "it will appear when that page does; nothing to do",
        Code.LINK_HELD,
        line=mark.line,
        severity="warning",
    )


def _page_link(library: Library, pages: Pages, page: Page, mark: Mark) -> Iterator[Problem]:
    found = find_page(pages, mark.target)
    if found is not None:
        yield from _held(library, page, mark, found, "these words have no link")
        return
    close = nearest(mark.target.rpartition("/")[2], [slug for _, slug in pages], 2)
    hint = (
        f"did you mean [[{']] or [['.join(close)}]]?"
        if close
        else "write that page first (kinopress new), or remove the brackets"
    )
    message = f"[[{shortened(mark.target)}]] leads nowhere"
    yield _problem(page, mark, message, hint, Code.LINK_BROKEN)


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
                yield _problem(
                    page,
                    mark,
                    f"[@{key}] is not in this page's sources",
                    f"add {key} to the field sources",
                    Code.SOURCE_NOT_LISTED,
                )


def sources_were_read(page: Page) -> bool:
    """Whether the sources are what the coach wrote, or a mistake said elsewhere has swallowed them."""
    written = page.front.entries
    if page.sources or not page.readable:
        return page.readable
    return "sources" not in written and all(name in FORMS[page.kind].fields for name in written)


def _link(library: Library, pages: Pages, page: Page, mark: Mark) -> Iterator[Problem]:
    """Does a link in Markdown or HTML lead somewhere?"""
    target = plain_address(mark.target)
    shown = shortened(target)
    wrong = address_problem(target, loads=mark.loads)
    if wrong is not None:
        here = files_named(library.assets, target) if is_of_a_computer(target) else []
        hint = f"write {address_from(page, here[0])}" if here else wrong[1]
        yield _problem(page, mark, f"{shown} {wrong[0]}", hint, Code.LINK_BROKEN)
        return
    if is_elsewhere(target):
        return
    address = urlsplit(target).path
    if not address:
        if not target or target.startswith("?"):
            message = "a link has no address" if not target else f"{shown} is not an address"
            yield _problem(page, mark, message, CORRECT, Code.LINK_BROKEN)
        return
    found = find_target(library, pages, page, address)
    if found is not None:
        if found.page is not None:
            yield from _held(library, page, mark, found.page, "these words have no link")
        return
    if address.endswith((".md", "/")) or "." not in posixpath.basename(address):
        meant = pages_named(pages, unquote(address))
        hint = f"write {' or '.join(meant)}" if meant else CORRECT
        yield _problem(page, mark, f"the link to {shown} leads nowhere", hint, Code.LINK_BROKEN)
        return
    alike = files_named(library.assets, address)
    hint = (
        f"write {address_from(page, alike[0])}"
        if alike
        else "put the file there (pictures go into docs/pictures/), or correct the address"
    )
    message = f"the link to {shown} leads to a file that is not here"
    place = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(address)))
    film = _film_of(library, pages, place)
    if place.startswith("docs/data/") and place.endswith((".yml", ".yaml")):
        message = f"the link to {shown} leads to a data file, which is not published"
        hint = "link to a page instead, or remove the link"
    elif film is not None:
        message = f"the link to {shown} leads to a file of a film, and those are not linked"
        hint = f"link to the film's page, like [[{film}]]"
    yield _problem(page, mark, message, hint, Code.LINK_BROKEN)


def _film_of(library: Library, pages: Pages, place: str) -> str | None:
    """The film whose file is at a place, if it is one's: other files may have been meant from ``videos/``."""
    folder, name = posixpath.split(place)
    slug = name.partition(".")[0].casefold()
    known = slug in library.films or ("video", slug) in pages
    return slug if folder == "videos" and known else None


def _picture(library: Library, page: Page, mark: Mark) -> Iterator[Problem]:
    """Is the picture there? From elsewhere on the web none is shown: readers' browsers ask no other site."""
    shown = shortened(mark.target)
    try:
        parts = urlsplit(mark.target)
    except ValueError:
        parts = urlsplit(".")
    if parts.scheme in ("http", "https") or parts.netloc:
        message = f"the picture {shown} is on another site, so pages cannot show it"
    elif parts.scheme == "data" or (len(parts.scheme) != 1 and parts.scheme not in ("", "file")):
        message = "a picture is written into the page itself, so nobody can check what it reveals"
    elif parts.scheme:
        message = f"{shown} is a file on your own computer"
    elif asset_of(library, page, mark) is not None:
        return
    elif not shown:
        message = "a picture has no address"
    else:
        message = f"there is no picture {shown}"
    named = files_named(library.assets, parts.path) if not parts.netloc else []
    base = posixpath.basename(unquote(parts.path.replace("\\", "/"))).casefold()
    same = [
        file
        for file in named
        if posixpath.basename(looks_like(file)).casefold() == looks_like(base)
    ]
    alike = [] if parts.scheme else [file for file in named if _is_picture(file)]
    if same:
        hint = f"write {address_from(page, same[0])}"
    elif alike:
        hint = f"did you mean {address_from(page, alike[0])}?"
    else:
        name = posixpath.basename(parts.path.replace("\\", "/")) or "hip.jpg"
        name = name if "." in name and parts.scheme != "data" else "hip.jpg"
        place = f"docs/pictures/{shortened(unquote(name))}"
        hint = f"put the picture there as {place} and write {address_from(page, place)}"
    yield _problem(page, mark, message, hint, Code.LINK_BROKEN)


def _is_picture(file: str) -> bool:
    # What knows files by their bytes takes longer to load than most pages to check.
    from kinopress.privacy.traces import kind_by_ending  # noqa: PLC0415

    kind = kind_by_ending(file)
    return kind is not None and kind.name in _PICTURES


_PICTURES = ("jpeg", "png", "webp", "avif", "heic", "gif", "svg")
