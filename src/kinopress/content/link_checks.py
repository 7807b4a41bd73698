"""Do the links, citations and blocks in a page's text lead somewhere?"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from kinopress.content import library as lib
from kinopress.content.blocks import block_problem
from kinopress.content.fields import Mention
from kinopress.content.form import nearest
from kinopress.content.kinds import Exercise, Kind, Page, Technique
from kinopress.content.lookups import unknown_key
from kinopress.content.markup import Mark, citation_keys, scan
from kinopress.problems import Problem

if TYPE_CHECKING:
    from kinopress.content.library import Library

Pages = Mapping[tuple[Kind, str], Page]


def body_problems(library: Library, pages: Pages, page: Page) -> Iterator[Problem]:
    """Links, citations and blocks in the text of a page and in its steps."""
    yield from _marks(library, pages, page, scan(page.body, page.body_line))
    if isinstance(page, Exercise):
        for step in page.steps:
            yield from _marks(library, pages, page, scan(step.text, step.line), in_step=True)
    if isinstance(page, Technique) and page.evidence:
        yield from _marks(library, pages, page, scan(page.evidence, 1), in_step=True)


def _marks(
    library: Library, pages: Pages, page: Page, marks: list[Mark], *, in_step: bool = False
) -> Iterator[Problem]:
    for mark in marks:
        if mark.kind == "page":
            if lib.find_page(pages, mark.target) is None:
                close = nearest(mark.target.rpartition("/")[2], [slug for _, slug in pages], 2)
                hint = (
                    f"did you mean [[{']] or [['.join(close)}]]?"
                    if close
                    else "write the file name of a page, like [[clam]]"
                )
                yield Problem(
                    page.path,
                    mark.line,
                    None,
                    f"[[{mark.target}]] leads nowhere",
                    hint,
                    "link-broken",
                )
        elif mark.kind == "citation":
            keys = {m.text for m in page.sources}
            for key in citation_keys(mark.target):
                if key not in library.shared.references:
                    yield unknown_key(
                        page.path,
                        Mention(key, mark.line, ""),
                        library.shared.references,
                        "source",
                        "docs/data/references.yml",
                        "source-unknown",
                    )
                elif key not in keys:
                    yield Problem(
                        page.path,
                        mark.line,
                        None,
                        f"[@{key}] is not in this page's sources",
                        f"add {key} to sources in the front matter",
                        "source-not-listed",
                    )
        elif mark.kind == "block":
            if in_step:
                yield Problem(
                    page.path,
                    mark.line,
                    None,
                    "a step cannot hold a {{ block }}",
                    "move it into the text below",
                    "block-unknown",
                )
            elif problem := block_problem(mark.target, pages):
                yield Problem(page.path, mark.line, None, problem[0], problem[1], "block-unknown")
        elif broken := _broken_link(library, pages, page, mark.target):
            yield Problem(
                page.path,
                mark.line,
                None,
                broken,
                "mend the address, or use [[name]] with the page's file name",
                "link-broken",
            )


def _broken_link(library: Library, pages: Pages, page: Page, target: str) -> str | None:
    """Why a Markdown link inside the project leads nowhere."""
    address = unquote(urlsplit(target.strip("<>")).path)
    if urlsplit(target).scheme or target.startswith(("#", "//", "/")) or not address:
        return None
    at = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), address))
    if at.endswith(".md"):
        return None if link_page(pages, page, address) else f"the link to {address} leads nowhere"
    if at in library.assets or (
        at.startswith(("docs/data/", "../")) is False and f"docs/{at}" in library.assets
    ):
        return None
    if address.endswith("/") or "." not in posixpath.basename(address):
        return None  # a web address such as ../muscles/: MkDocs' own strict check looks at it
    return f"there is no file {address} here"


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
