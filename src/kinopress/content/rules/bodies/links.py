"""Do the links and pictures in a page's text lead somewhere?"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from kinopress.codes import Code
from kinopress.content.markdown.html.tags import Tag
from kinopress.content.markdown.marks import Mark, addresses_in, plain_address
from kinopress.content.model.library import Library, find_page
from kinopress.content.model.names import nearest
from kinopress.content.model.pages import Page, Pages
from kinopress.content.relations.moved import address_at, last_address, pages_by_address
from kinopress.content.text.addresses import (
    CORRECT,
    address_problem,
    is_elsewhere,
    is_of_a_computer,
)
from kinopress.content.text.targets import (
    address_from,
    asset_of,
    files_named,
    find_target,
    looks_like,
    pages_named,
)
from kinopress.problems import Problem, shortened


def link_problems(
    library: Library, pages: Pages, page: Page, marks: list[Mark]
) -> Iterator[Problem]:
    """Links, names of pages and pictures that lead nowhere, and those that lead to a page that is held back."""
    for mark in marks:
        if mark.kind == "page":
            yield from _page_link(library, pages, page, mark)
        elif mark.kind in ("link", "html"):
            yield from _link(library, pages, page, mark)
        elif mark.kind == "picture":
            yield from _picture(library, page, mark)


def srcset_problems(library: Library, pages: Pages, page: Page, tag: Tag) -> Iterator[Problem]:
    """The addresses in a tag's ``srcset`` that lead nowhere."""
    for address in addresses_in(tag, "srcset"):
        mark = Mark("html", tag.start, tag.end, tag.line, address, None, True)
        yield from _link(library, pages, page, mark)


def mark_problem(page: Page, mark: Mark, message: str, hint: str, code: Code) -> Problem:
    """A problem with a mark, at its line."""
    return Problem(page.path, message, hint, code, line=mark.line)


def held_problems(
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


def _renamed(library: Library, pages: Pages, name: str) -> list[str]:
    """What a page is called now that had a name before."""
    redirects = library.shared.redirects
    there = pages_by_address(pages) if redirects else {}
    for redirect in redirects:
        if name in (redirect.old, redirect.old.rpartition("/")[2]):
            page = there.get(last_address(redirects, redirect.old) or "")
            if page is not None:
                return [page.slug]
    return []


def _removed(library: Library, pages: Pages, name: str) -> tuple[str, str] | None:
    """Of a page that was removed: what became of it, and what to do."""
    name = name.strip("/")
    for path in library.shared.removed:
        address = address_at(path)
        if name not in (address, address.rpartition("/")[2]):
            continue
        undo = f"have it back with kinopress remove {path.removeprefix('docs/').removesuffix('.md')} --undo"
        redirects = library.shared.redirects
        leads = last_address(redirects, address)
        page = pages_by_address(pages).get(leads or "")
        if page is not None:
            what = f"that page was removed, and {page.path} takes its place"
            return what, f"write [[{page.slug}]], or {undo}"
        return "that page was removed", f"remove the link, or {undo}"
    return None


def _page_link(library: Library, pages: Pages, page: Page, mark: Mark) -> Iterator[Problem]:
    found = find_page(pages, mark.target)
    if found is not None:
        meanwhile = (
            "these words have no link" if mark.words else "readers see “a page to come” here"
        )
        yield from held_problems(library, page, mark, found, meanwhile)
        return
    close = _renamed(library, pages, mark.target) or nearest(
        mark.target.rpartition("/")[2], [slug for _, slug in pages], 2
    )
    hint = "write that page first (kinopress new), or remove the brackets"
    if close:
        hint = f"did you mean [[{']] or [['.join(close)}]]?"
    elif posixpath.splitext(mark.target)[1]:
        files = files_named(library.assets, mark.target)
        address = address_from(page, files[0]) if files else mark.target.replace(" ", "-")
        hint = f"these brackets are for pages: write ![what it shows]({address}) for a picture, [what it is]({address}) for another file"
    message = f"[[{shortened(mark.target)}]] leads nowhere"
    if (moved := _removed(library, pages, mark.target)) is not None:
        message, hint = f"{message}: {moved[0]}", moved[1]
    if not mark.target.strip():
        message = "these double brackets name no page"
        hint = "write the file's name of a page between them, like [[clam]], or remove the brackets"
    yield mark_problem(page, mark, message, hint, Code.LINK_BROKEN)


def _link(library: Library, pages: Pages, page: Page, mark: Mark) -> Iterator[Problem]:
    """Does a link in Markdown or HTML lead somewhere?"""
    target = plain_address(mark.target)
    shown = shortened(target)
    wrong = address_problem(target, loads=mark.loads)
    if wrong is not None:
        here = files_named(library.assets, target) if is_of_a_computer(target) else []
        hint = f"write {address_from(page, here[0])}" if here else wrong[1]
        yield mark_problem(page, mark, f"{shown} {wrong[0]}", hint, Code.LINK_BROKEN)
        return
    if is_elsewhere(target):
        return
    address = urlsplit(target).path
    if not address:
        if not target or target.startswith("?"):
            message = "a link has no address" if not target else f"{shown} is not an address"
            yield mark_problem(page, mark, message, CORRECT, Code.LINK_BROKEN)
        return
    found = find_target(library, pages, page, address)
    if found is not None:
        if found.page is not None:
            yield from held_problems(library, page, mark, found.page, "these words have no link")
        return
    if address.endswith((".md", "/")) or "." not in posixpath.basename(address):
        meant = pages_named(pages, unquote(address))
        hint = f"write {' or '.join(meant)}" if meant else CORRECT
        message = f"the link to {shown} leads nowhere"
        name = posixpath.basename(unquote(address).rstrip("/")).removesuffix(".md")
        if not meant and (moved := _removed(library, pages, name)) is not None:
            message, hint = f"{message}: {moved[0]}", moved[1]
        yield mark_problem(page, mark, message, hint, Code.LINK_BROKEN)
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
    yield mark_problem(page, mark, message, hint, Code.LINK_BROKEN)


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
    yield mark_problem(page, mark, message, hint, Code.LINK_BROKEN)


def _is_picture(file: str) -> bool:
    # What knows files by their bytes takes longer to load than most pages to check.
    from kinopress.privacy.traces import kind_by_ending  # noqa: PLC0415

    kind = kind_by_ending(file)
    return kind is not None and kind.name in _PICTURES


_PICTURES = ("jpeg", "png", "webp", "avif", "heic", "gif", "svg")
