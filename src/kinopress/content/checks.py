"""Checks across files: does everything that is named exist, and does it make sense together?"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from kinopress.content import library as lib
from kinopress.content.blocks import block_problem
from kinopress.content.fields import Mention, nearest
from kinopress.content.kinds import Exercise, Kind, Muscle, Page, Symptom, Technique, Term, Video
from kinopress.content.markup import Mark, citation_keys, scan
from kinopress.problems import Problem, Severity

if TYPE_CHECKING:
    from kinopress.content.library import Library

Pages = Mapping[tuple[Kind, str], Page]


def check_library(library: Library, pages: Pages) -> Iterator[Problem]:
    """All problems between files. ``pages`` holds the kept-back pages too."""
    for page in pages.values():
        yield from _tags(library, page)
        yield from _keys(page.sources, library.shared.references, page, "source", "docs/data/references.yml", "source-unknown")
        yield from _review(library, page)
        yield from _body(library, pages, page)
        if isinstance(page, Exercise):
            yield from _exercise(pages, page)
        elif isinstance(page, Video):
            yield from _video(library, pages, page)
        elif isinstance(page, Term):
            yield from _term(library, page)
    yield from _circles(pages)
    yield from _parent_circles(library)
    for film in library.films.values():
        if ("video", film.slug) not in pages:
            yield Problem(film.path, None, None, "this film has no page yet, so nobody will see it", f"write videos/{film.slug}.md (kinopress new video makes one)", "film-without-page", "warning")
    for check in library.shared.checks.values():
        for source in check.sources:
            if source.text not in library.shared.references:
                yield _unknown_key("docs/data/tests.yml", source, library.shared.references, "source", "docs/data/references.yml", "source-unknown")
    yield from lib.held_reasons(library)


def _tags(library: Library, page: Page) -> Iterator[Problem]:
    seen: dict[str, Mention] = {}
    for tag in page.tags:
        term = library.vocabulary.resolve(tag.text)
        if term is None:
            yield _unknown_term(library, page, tag, "tag-unknown", "tag")
        elif term.slug in seen:
            yield Problem(
                page.path, tag.line, tag.field, f"“{tag.text}” and “{seen[term.slug].text}” are the same tag", "keep one of the two", "tag-twice", "warning"
            )
        else:
            seen[term.slug] = tag


def _unknown_term(library: Library, page: Page, mention: Mention, code: str, what: str, kind: type[Term] = Term) -> Problem:
    close = [t.title for t in library.vocabulary.nearest(mention.text) if isinstance(t, kind)]
    hint = f"did you mean {_or(close)}?" if close else f"look in the A–Z for the right {what}, or add a page for it"
    return Problem(page.path, mention.line, mention.field, f"there is no {what} “{mention.text}”", hint, code)


def _or(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _unknown_key(path: str, mention: Mention, known: Mapping[str, object], what: str, where: str, code: str) -> Problem:
    close = nearest(mention.text, known, 2)
    hint = f"did you mean {_or(close)}?" if close else f"add it to {where}, or remove it here"
    return Problem(path, mention.line, mention.field, f"there is no {what} “{mention.text}” in {where}", hint, code)


def _keys(mentions: tuple[Mention, ...], known: Mapping[str, object], page: Page, what: str, where: str, code: str) -> Iterator[Problem]:
    for mention in mentions:
        if mention.text not in known:
            yield _unknown_key(page.path, mention, known, what, where, code)


def _review(library: Library, page: Page) -> Iterator[Problem]:
    if page.reviewed is None:
        return
    by = page.reviewed.by
    if by.text not in library.settings.reviewers:
        yield _unknown_key(page.path, by, library.settings.reviewers, "reviewer", "mkdocs.yml (extra.kinopress.reviewers)", "reviewer-unknown")
    if page.reviewed.on > library.today:
        yield Problem(page.path, by.line, "reviewed.on", "this review lies in the future", "give the day on which it was done", "review-future")
    elif page.reviewed.next < library.today:
        yield Problem(page.path, by.line, "reviewed.next", f"the review was due on {page.reviewed.next}", "read the page again, then set on and next anew", "review-due", "warning")


def _page_named(pages: Pages, page: Page, mention: Mention, kind: Kind, what: str, folder: str) -> Iterator[Problem]:
    if (kind, mention.text) in pages:
        return
    close = nearest(mention.text, [slug for k, slug in pages if k == kind], 2)
    hint = f"did you mean {_or(close)}?" if close else f"write the name of a file in {folder}/ without its ending, or remove the line"
    yield Problem(page.path, mention.line, mention.field, f"there is no {what} “{mention.text}”", hint, f"{kind}-unknown")


def _exercise(pages: Pages, page: Exercise) -> Iterator[Problem]:
    for mention in (page.easier, page.harder):
        if mention is None:
            continue
        if mention.text == page.slug:
            yield Problem(page.path, mention.line, mention.field, "an exercise cannot be easier or harder than itself", "name another exercise or remove the line", "exercise-circle")
        else:
            yield from _page_named(pages, page, mention, "exercise", "exercise", "exercises")
    if page.video is not None:
        yield from _page_named(pages, page, page.video, "video", "video", "videos")
    if not page.steps and not page.draft:
        yield Problem(page.path, None, "steps", "there are no steps", "write what to do, one line a step", "steps-none")


def _video(library: Library, pages: Pages, page: Video) -> Iterator[Problem]:
    for mention in page.exercises:
        yield from _page_named(pages, page, mention, "exercise", "exercise", "exercises")
    if page.slug not in library.films:
        severity: Severity = "warning" if page.draft else "error"
        yield Problem(page.path, None, None, "its film is missing", f"put the film beside it as videos/{page.slug}.mp4 (or .mov), or set draft: true", "film-missing", severity)


def _term(library: Library, page: Term) -> Iterator[Problem]:
    groups: list[tuple[tuple[Mention, ...], type[Term], str, str]] = []
    if page.parent is not None:
        groups.append(((page.parent,), type(page), page.kind, f"{page.kind}-unknown"))
    if isinstance(page, Muscle):
        groups.append((page.antagonists, Muscle, "muscle", "muscle-unknown"))
    if isinstance(page, Symptom):
        groups.append((page.suspects, Muscle, "muscle or other structure", "suspect-unknown"))
        groups.append(((*page.techniques, *page.avoid), Technique, "technique", "technique-unknown"))
        yield from _keys(page.tests, library.shared.checks, page, "test", "docs/data/tests.yml", "test-unknown")
        yield from _keys(page.red_flags, library.shared.red_flags, page, "red flag", "docs/data/red_flags.yml", "red-flag-unknown")
        if not page.red_flags:
            yield Problem(page.path, None, "red_flags", "a symptom needs at least one warning sign", "add one from docs/data/red_flags.yml; not-settling is the least", "red-flags-none")
        both = {m.text for m in page.techniques} & {m.text for m in page.avoid}
        for name in sorted(both):
            yield Problem(page.path, None, "avoid", f"“{name}” is both to try and to avoid", "decide for one of the two", "avoid-and-try")
    if isinstance(page, Muscle | Symptom):
        yield from _keys(page.regions, library.shared.regions, page, "region", "docs/data/regions.yml", "region-unknown")
    for mentions, kind, what, code in groups:
        for mention in mentions:
            found = library.vocabulary.resolve(mention.text)
            if found is None or not isinstance(found, kind):
                yield _unknown_term(library, page, mention, code, what, kind)


def _circles(pages: Pages) -> Iterator[Problem]:
    """Exercises that are easier (or harder) than one another in a ring."""
    reads: tuple[tuple[str, Callable[[Exercise], Mention | None]], ...] = (
        ("easier", lambda e: e.easier),
        ("harder", lambda e: e.harder),
    )
    for name, step in reads:
        told: set[str] = set()
        for page in pages.values():
            if not isinstance(page, Exercise) or page.slug in told:
                continue
            path: list[str] = []
            at: Page | None = page
            while isinstance(at, Exercise) and at.slug not in path:
                path.append(at.slug)
                mention = step(at)
                at = pages.get(("exercise", mention.text)) if mention else None
            if isinstance(at, Exercise) and at.slug in path:
                ring = path[path.index(at.slug) :]
                if len(ring) > 1 and not told & set(ring):
                    first = pages["exercise", min(ring)]
                    mention = step(first) if isinstance(first, Exercise) else None
                    yield Problem(
                        first.path,
                        mention.line if mention else None,
                        name,
                        f"the exercises go round in a circle: {' → '.join([*ring, ring[0]])}",
                        f"remove {name} from one of them",
                        "exercise-circle",
                    )
                told |= set(ring)


def _parent_circles(library: Library) -> Iterator[Problem]:
    told: set[str] = set()
    for term in library.vocabulary.terms.values():
        path: list[str] = []
        at: Term | None = term
        while at is not None and at.slug not in path:
            path.append(at.slug)
            at = library.vocabulary.parent(at)
        if at is not None and not told & set(path):
            ring = path[path.index(at.slug) :]
            told |= set(path)
            first = library.vocabulary.terms[min(ring)]
            yield Problem(
                first.path,
                first.parent.line if first.parent else None,
                "parent",
                f"these belong to each other in a circle: {' → '.join([*ring, ring[0]])}",
                "remove parent from one of them",
                "parent-circle",
            )


def _body(library: Library, pages: Pages, page: Page) -> Iterator[Problem]:
    """Links, citations and blocks in the text of a page and in its steps."""
    yield from _marks(library, pages, page, scan(page.body, page.body_line))
    if isinstance(page, Exercise):
        for step in page.steps:
            yield from _marks(library, pages, page, scan(step.text, step.line), in_step=True)
    if isinstance(page, Technique) and page.evidence:
        yield from _marks(library, pages, page, scan(page.evidence, 1), in_step=True)


def _marks(library: Library, pages: Pages, page: Page, marks: list[Mark], *, in_step: bool = False) -> Iterator[Problem]:
    for mark in marks:
        if mark.kind == "page":
            if lib.find_page(pages, mark.target) is None:
                close = nearest(mark.target.rpartition("/")[2], [slug for _, slug in pages], 2)
                hint = f"did you mean [[{']] or [['.join(close)}]]?" if close else "write the file name of a page, like [[clam]]"
                yield Problem(page.path, mark.line, None, f"[[{mark.target}]] leads nowhere", hint, "link-broken")
        elif mark.kind == "citation":
            keys = {m.text for m in page.sources}
            for key in citation_keys(mark.target):
                if key not in library.shared.references:
                    yield _unknown_key(page.path, Mention(key, mark.line, ""), library.shared.references, "source", "docs/data/references.yml", "source-unknown")
                elif key not in keys:
                    yield Problem(page.path, mark.line, None, f"[@{key}] is not in this page's sources", f"add {key} to sources in the front matter", "source-not-listed")
        elif mark.kind == "block":
            if in_step:
                yield Problem(page.path, mark.line, None, "a step cannot hold a {{ block }}", "move it into the text below", "block-unknown")
            elif problem := block_problem(mark.target, pages):
                yield Problem(page.path, mark.line, None, problem[0], problem[1], "block-unknown")
        elif broken := _broken_link(library, pages, page, mark.target):
            yield Problem(page.path, mark.line, None, broken, "mend the address, or use [[name]] with the page's file name", "link-broken")


def _broken_link(library: Library, pages: Pages, page: Page, target: str) -> str | None:
    """Why a Markdown link inside the project leads nowhere."""
    address = unquote(urlsplit(target.strip("<>")).path)
    if urlsplit(target).scheme or target.startswith(("#", "//", "/")) or not address:
        return None
    at = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), address))
    if at.endswith(".md"):
        return None if link_page(pages, page, address) else f"the link to {address} leads nowhere"
    if at in library.assets or at.startswith(("docs/data/", "../")) is False and f"docs/{at}" in library.assets:
        return None
    if address.endswith("/") or "." not in posixpath.basename(address):
        return None  # a web address such as ../muscles/: MkDocs' own strict check looks at it
    return f"there is no file {address} here"


def link_page(pages: Pages, page: Page, address: str) -> Page | None:
    """The page a relative ``.md`` link means: by where the files lie, or by where their pages stand on the site."""
    at = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), address))
    on_site = posixpath.normpath(posixpath.join(lib.FOLDER_OF[page.kind] or posixpath.dirname(page.slug), address))
    for candidate in (at.removeprefix("docs/"), on_site):
        found = lib.find_page(pages, candidate.removesuffix(".md"))
        if found is not None:
            return found
    return None
