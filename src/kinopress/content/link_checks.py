"""Do the links, citations and blocks in a page's text lead somewhere?"""

from __future__ import annotations

import functools
import posixpath
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from kinopress.content import library as lib
from kinopress.content.blocks import block_problem, named_in_block
from kinopress.content.fields import Mention
from kinopress.content.form import nearest
from kinopress.content.forms import FORMS
from kinopress.content.kinds import Exercise, Kind, Page, Technique
from kinopress.content.lookups import line_of, unknown_key
from kinopress.content.markup import Mark, citation_keys, scan
from kinopress.content.picture_checks import picture_problems
from kinopress.content.scan import LISTS
from kinopress.problems import Problem, quoted, shortened

if TYPE_CHECKING:
    from kinopress.content.library import Library

Pages = Mapping[tuple[Kind, str], Page]


def body_problems(library: Library, pages: Pages, page: Page) -> Iterator[Problem]:
    """Links, citations and blocks in the text of a page and in its steps."""
    inline: list[Mark] = []
    if isinstance(page, Exercise):
        inline = [mark for step in page.steps for mark in scan(step.text, step.line)]
    elif isinstance(page, Technique) and page.evidence:
        inline = scan(page.evidence, line_of(page, "evidence") or 1)
    marks = scan(page.body, page.body_line)
    for mark in inline:
        if mark.kind in ("block", "stray"):
            yield _problem(
                page,
                mark,
                "a {{ block }} cannot stand here",
                "move it into the text of the page",
                "block-unknown",
            )
    yield from picture_problems(page, [*inline, *marks])
    yield from _citations(library, page, [*inline, *marks])
    held: set[str] = set()
    for problem in chain(
        _blocks(library, pages, page, marks), _links(library, pages, page, [*inline, *marks])
    ):
        if problem.code != "link-held" or problem.message not in held:
            yield problem
        held.add(problem.message)  # once a page is enough


def _links(library: Library, pages: Pages, page: Page, marks: list[Mark]) -> Iterator[Problem]:
    for mark in marks:
        if mark.kind == "page":
            yield from _page_link(library, pages, page, mark)
        elif mark.kind == "link":
            yield from _link(library, pages, page, mark)
        elif mark.kind == "picture":
            yield from _picture(library, page, mark)


def _blocks(library: Library, pages: Pages, page: Page, marks: list[Mark]) -> Iterator[Problem]:
    for mark in marks:
        if mark.kind == "stray":
            message = f"{quoted(mark.target)} stands among other words"
            yield _problem(page, mark, message, "give it a line of its own", "block-line")
        elif mark.kind == "block" and (wrong := block_problem(mark.target, pages)):
            yield _problem(page, mark, wrong[0], wrong[1], "block-unknown")
        elif mark.kind == "block" and (held := named_in_block(mark.target, pages)):
            yield from _held(library, page, mark, held, "this block stays empty")


def _problem(page: Page, mark: Mark, message: str, hint: str, code: str) -> Problem:
    return Problem(page.path, mark.line, None, message, hint, code)


def _held(
    library: Library, page: Page, mark: Mark, found: Page, meanwhile: str
) -> Iterator[Problem]:
    """A word about a shown page that leads to one that is kept back."""
    if (found.kind, found.slug) in library.pages or (page.kind, page.slug) not in library.pages:
        return
    yield Problem(
        page.path,
        mark.line,
        None,
        f"{found.path} is held back, so {meanwhile} for now",
        "it comes by itself when that page appears; nothing to do",
        "link-held",
        "warning",
    )


def _page_link(library: Library, pages: Pages, page: Page, mark: Mark) -> Iterator[Problem]:
    found = lib.find_page(pages, mark.target)
    if found is not None:
        yield from _held(library, page, mark, found, "these words stand without a link")
        return
    close = nearest(mark.target.rpartition("/")[2], [slug for _, slug in pages], 2)
    hint = (
        f"did you mean [[{']] or [['.join(close)}]]?"
        if close
        else "write the file name of a page, like [[clam]]"
    )
    message = f"[[{shortened(mark.target)}]] leads nowhere"
    yield _problem(page, mark, message, hint, "link-broken")


def _citations(library: Library, page: Page, marks: list[Mark]) -> Iterator[Problem]:
    """Each source that is cited and not listed, once; that a listed one is unknown is said there."""
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
                    "source-unknown",
                )
            elif sources_were_read(page):
                told.add(key)
                yield _problem(
                    page,
                    mark,
                    f"[@{key}] is not in this page's sources",
                    f"add {key} to sources in the front matter",
                    "source-not-listed",
                )


def sources_were_read(page: Page) -> bool:
    """Whether the sources are what the coach wrote, or a mistake said elsewhere has swallowed them."""
    written = page.front.entries
    if page.sources or not page.readable:
        return page.readable
    return "sources" not in written and all(name in FORMS[page.kind].fields for name in written)


def _link(library: Library, pages: Pages, page: Page, mark: Mark) -> Iterator[Problem]:
    """Does a Markdown link lead somewhere? Addresses elsewhere on the web are left alone."""
    target = mark.target.strip("<>")
    shown = shortened(target)
    hint = "mend the address, or use [[name]] with the page's file name"
    try:
        parts = urlsplit(target)
    except ValueError:
        yield _problem(page, mark, f"{shown} is not a web address", hint, "link-broken")
        return
    address = unquote(parts.path)
    if len(parts.scheme) == 1 or parts.scheme == "file":
        message = f"{shown} is a file of your own computer"
        hint = "put the file into docs/ and link to it there"
        yield _problem(page, mark, message, hint, "link-broken")
    elif parts.scheme or parts.netloc or not address:
        return
    elif address.endswith(".md"):
        found = link_page(pages, page, address)
        if found is not None:
            yield from _held(library, page, mark, found, "these words stand without a link")
        else:
            yield _problem(page, mark, f"the link to {shown} leads nowhere", hint, "link-broken")
    elif asset_of(library.assets, page, mark) is None:
        kind = "leads nowhere" if _is_site_address(address) else "leads to a file that is not here"
        if kind == "leads nowhere" and _on_site(pages, page, address):
            return
        yield _problem(page, mark, f"the link to {shown} {kind}", hint, "link-broken")


def _picture(library: Library, page: Page, mark: Mark) -> Iterator[Problem]:
    """Is the picture there? From elsewhere on the web none is shown: readers' browsers ask no other site."""
    shown = shortened(mark.target)
    try:
        parts = urlsplit(mark.target)
    except ValueError:
        parts = urlsplit(".")
    if parts.scheme in ("http", "https") or parts.netloc:
        message = f"the picture {shown} lies on another site, so pages cannot show it"
    elif parts.scheme == "data" or (len(parts.scheme) != 1 and parts.scheme not in ("", "file")):
        message = "a picture is written into the page itself, so nobody can look it through"
    elif parts.scheme:
        message = f"{shown} is a file of your own computer"
    elif asset_of(library.assets, page, mark) is not None:
        return
    else:
        message = f"there is no picture {shown}"
    hint = "put the picture into docs/pictures/ and write its address from this file, like ../pictures/hip.jpg"
    base = _nfc(posixpath.basename(unquote(parts.path))).casefold()
    alike = [a for a in library.assets if _nfc(posixpath.basename(a)).casefold() == base]
    if alike and not parts.scheme and not parts.netloc:
        hint = (
            f"did you mean {alike[0]}? Capitals count, and the address begins at this file's folder"
        )
    yield _problem(page, mark, message, hint, "link-broken")


def asset_of(assets: Sequence[str], page: Page, mark: Mark) -> str | None:
    """The file of docs/ that a mark means, or ``None`` when it means something else."""
    try:
        parts = urlsplit(mark.target.strip("<>"))
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path:
        return None
    address = unquote(parts.path)
    if address.startswith("/"):
        return _by_looks(tuple(assets)).get(_nfc(f"docs{posixpath.normpath(address)}"))
    return linked_asset(assets, page, address)


def linked_asset(assets: Sequence[str], page: Page, address: str) -> str | None:
    """The picture or document a link means: by where the files lie, or by where they stand on the site."""
    at = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), address))
    known = _by_looks(tuple(assets))
    return next((known[path] for path in map(_nfc, (at, f"docs/{at}")) if path in known), None)


@functools.lru_cache(maxsize=4)
def _by_looks(assets: tuple[str, ...]) -> dict[str, str]:
    """Files by how their names look: a Mac writes an umlaut as two signs, a keyboard as one."""
    return {_nfc(path): path for path in assets}


def _nfc(path: str) -> str:
    return unicodedata.normalize("NFC", path)


def _is_site_address(address: str) -> bool:
    return "." not in posixpath.basename(address.rstrip("/")).strip(".")


def _on_site(pages: Pages, page: Page, address: str) -> bool:
    """Whether an address such as ``../muscles/`` leads to a page or a list, seen from the page's own address."""
    here = f"{lib.FOLDER_OF[page.kind]}/{page.slug}".removeprefix("/")
    if posixpath.basename(here) == "index":
        here = posixpath.dirname(here)
    at = posixpath.normpath(posixpath.join("/", here, address)).strip("/")
    if "/" in at:
        return lib.find_page(pages, at) is not None
    return at in ("", *LISTS) or ("page", at) in pages


def link_page(pages: Pages, page: Page, address: str) -> Page | None:
    """The page a relative ``.md`` link means: by where the files lie, or by where their pages stand on the site."""
    at = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), address))
    on_site = posixpath.normpath(
        posixpath.join(lib.FOLDER_OF[page.kind] or posixpath.dirname(page.slug), address)
    )
    for candidate in (at.removeprefix("docs/"), on_site):
        found = lib.find_page(pages, candidate.removesuffix(".md"))
        if found is not None:
            return found
    return None
