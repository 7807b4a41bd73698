"""Checks across files: does everything that is named exist, and does it make sense together?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kinopress.content import library as lib
from kinopress.content.circles import exercise_circles, parent_circles
from kinopress.content.fields import Mention
from kinopress.content.form import nearest
from kinopress.content.kinds import Exercise, Kind, Muscle, Page, Symptom, Technique, Term, Video
from kinopress.content.link_checks import body_problems
from kinopress.content.lookups import either, unknown_key, unknown_term
from kinopress.problems import Problem, Severity

if TYPE_CHECKING:
    from kinopress.content.library import Library

Pages = Mapping[tuple[Kind, str], Page]


def check_library(library: Library, pages: Pages) -> Iterator[Problem]:
    """All problems between files. ``pages`` holds the kept-back pages too."""
    for page in pages.values():
        yield from _tags(library, page)
        yield from _keys(
            page.sources,
            library.shared.references,
            page,
            "source",
            "docs/data/references.yml",
            "source-unknown",
        )
        yield from _review(library, page)
        yield from body_problems(library, pages, page)
        if isinstance(page, Exercise):
            yield from _exercise(pages, page)
        elif isinstance(page, Video):
            yield from _video(library, pages, page)
        elif isinstance(page, Term):
            yield from _term(library, page)
    yield from exercise_circles(pages)
    yield from parent_circles(library.vocabulary)
    for film in library.films.values():
        if ("video", film.slug) not in pages:
            yield Problem(
                film.path,
                None,
                None,
                "this film has no page yet, so nobody will see it",
                f"write videos/{film.slug}.md (kinopress new video makes one)",
                "film-without-page",
                "warning",
            )
    for check in library.shared.checks.values():
        for source in check.sources:
            if source.text not in library.shared.references:
                yield unknown_key(
                    "docs/data/tests.yml",
                    source,
                    library.shared.references,
                    "source",
                    "docs/data/references.yml",
                    "source-unknown",
                )
    yield from lib.held_reasons(library)


def _tags(library: Library, page: Page) -> Iterator[Problem]:
    seen: dict[str, Mention] = {}
    for tag in page.tags:
        term = library.vocabulary.resolve(tag.text)
        if term is None:
            yield unknown_term(library.vocabulary, page, tag, "tag-unknown", "tag")
        elif term.slug in seen:
            yield Problem(
                page.path,
                tag.line,
                tag.field,
                f"“{tag.text}” and “{seen[term.slug].text}” are the same tag",
                "keep one of the two",
                "tag-twice",
                "warning",
            )
        else:
            seen[term.slug] = tag


def _keys(
    mentions: tuple[Mention, ...],
    known: Mapping[str, object],
    page: Page,
    what: str,
    where: str,
    code: str,
) -> Iterator[Problem]:
    for mention in mentions:
        if mention.text not in known:
            yield unknown_key(page.path, mention, known, what, where, code)


def _review(library: Library, page: Page) -> Iterator[Problem]:
    if page.reviewed is None:
        return
    by = page.reviewed.by
    if by.text not in library.settings.reviewers:
        yield unknown_key(
            page.path,
            by,
            library.settings.reviewers,
            "reviewer",
            "mkdocs.yml (extra.kinopress.reviewers)",
            "reviewer-unknown",
        )
    if page.reviewed.on > library.today:
        yield Problem(
            page.path,
            by.line,
            "reviewed.on",
            "this review lies in the future",
            "give the day on which it was done",
            "review-future",
        )
    elif page.reviewed.next < library.today:
        yield Problem(
            page.path,
            by.line,
            "reviewed.next",
            f"the review was due on {page.reviewed.next}",
            "read the page again, then set on and next anew",
            "review-due",
            "warning",
        )


def _page_named(
    pages: Pages, page: Page, mention: Mention, kind: Kind, what: str, folder: str
) -> Iterator[Problem]:
    if (kind, mention.text) in pages:
        return
    close = nearest(mention.text, [slug for k, slug in pages if k == kind], 2)
    hint = (
        f"did you mean {either(close)}?"
        if close
        else f"write the name of a file in {folder}/ without its ending, or remove the line"
    )
    yield Problem(
        page.path,
        mention.line,
        mention.field,
        f"there is no {what} “{mention.text}”",
        hint,
        f"{kind}-unknown",
    )


def _exercise(pages: Pages, page: Exercise) -> Iterator[Problem]:
    for mention in (page.easier, page.harder):
        if mention is None:
            continue
        if mention.text == page.slug:
            yield Problem(
                page.path,
                mention.line,
                mention.field,
                "an exercise cannot be easier or harder than itself",
                "name another exercise or remove the line",
                "exercise-circle",
            )
        else:
            yield from _page_named(pages, page, mention, "exercise", "exercise", "exercises")
    if page.video is not None:
        yield from _page_named(pages, page, page.video, "video", "video", "videos")
    if not page.steps and not page.draft:
        yield Problem(
            page.path,
            None,
            "steps",
            "there are no steps",
            "write what to do, one line a step",
            "steps-none",
        )


def _video(library: Library, pages: Pages, page: Video) -> Iterator[Problem]:
    for mention in page.exercises:
        yield from _page_named(pages, page, mention, "exercise", "exercise", "exercises")
    if page.slug not in library.films:
        severity: Severity = "warning" if page.draft else "error"
        yield Problem(
            page.path,
            None,
            None,
            "its film is missing",
            f"put the film beside it as videos/{page.slug}.mp4 (or .mov), or set draft: true",
            "film-missing",
            severity,
        )


def _term(library: Library, page: Term) -> Iterator[Problem]:
    groups: list[tuple[tuple[Mention, ...], type[Term], str, str]] = []
    if page.parent is not None:
        groups.append(((page.parent,), type(page), page.kind, f"{page.kind}-unknown"))
    if isinstance(page, Muscle):
        groups.append((page.antagonists, Muscle, "muscle", "muscle-unknown"))
    if isinstance(page, Symptom):
        groups.append((page.suspects, Muscle, "muscle or other structure", "suspect-unknown"))
        groups.append(
            ((*page.techniques, *page.avoid), Technique, "technique", "technique-unknown")
        )
        yield from _keys(
            page.tests, library.shared.checks, page, "test", "docs/data/tests.yml", "test-unknown"
        )
        yield from _keys(
            page.red_flags,
            library.shared.red_flags,
            page,
            "red flag",
            "docs/data/red_flags.yml",
            "red-flag-unknown",
        )
        if not page.red_flags:
            yield Problem(
                page.path,
                None,
                "red_flags",
                "a symptom needs at least one warning sign",
                "add one from docs/data/red_flags.yml; not-settling is the least",
                "red-flags-none",
            )
        both = {m.text for m in page.techniques} & {m.text for m in page.avoid}
        for name in sorted(both):
            yield Problem(
                page.path,
                None,
                "avoid",
                f"“{name}” is both to try and to avoid",
                "decide for one of the two",
                "avoid-and-try",
            )
    if isinstance(page, Muscle | Symptom):
        yield from _keys(
            page.regions,
            library.shared.regions,
            page,
            "region",
            "docs/data/regions.yml",
            "region-unknown",
        )
    for mentions, kind, what, code in groups:
        for mention in mentions:
            found = library.vocabulary.resolve(mention.text)
            if found is None or not isinstance(found, kind):
                yield unknown_term(library.vocabulary, page, mention, code, what, kind)
