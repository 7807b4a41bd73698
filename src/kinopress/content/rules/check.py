"""Checks across files: does everything that is named exist, and does it make sense together?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import chain

from kinopress.codes import Code
from kinopress.content.data.nicknames import NICKNAMES
from kinopress.content.data.shared import FILES
from kinopress.content.model.library import Library, find_page
from kinopress.content.model.names import Mention
from kinopress.content.model.noticing.watched import Watched
from kinopress.content.model.pages import (
    Article,
    Exercise,
    Kind,
    Muscle,
    Page,
    Pages,
    Plan,
    Symptom,
    Technique,
    Term,
    Video,
    line_of,
)
from kinopress.content.relations.ladders import Ladders
from kinopress.content.rules.bodies.body import body_problems
from kinopress.content.rules.circles import exercise_circles, parent_circles
from kinopress.content.rules.contradictions import exercise_contradictions
from kinopress.content.rules.editorial import editorial_problems_of, unused_references
from kinopress.content.rules.held import held_reasons
from kinopress.content.rules.moved import redirect_problems
from kinopress.content.rules.names import page_named, unknown_code, unknown_key, unknown_term
from kinopress.content.rules.plans import plan_problems
from kinopress.content.rules.signs import sign_problems, sign_problems_of
from kinopress.content.rules.starts import start_problems
from kinopress.content.source.kept_pages import KeptPages
from kinopress.content.text.linked import photo_asset
from kinopress.content.text.promises import promises_in
from kinopress.content.text.prose import Passage
from kinopress.problems import Problem, Severity, quoted
from kinopress.system.processors.shared import do_all

HOME = "docs/index.md"


def check_library(
    library: Library, pages: Pages, kept: KeptPages | None = None
) -> Iterator[Problem]:
    """All problems between files.

    Args:
        library: What is shown.
        pages: Its pages, and those that are kept back.
        kept: Knows pages in which nothing was wrong before.
    """
    yield from _of_each(library, pages, kept)
    yield from _home(library, pages)
    yield from _welcome(library)
    yield from _first_person(library, pages)
    yield from _same_titles(pages)
    yield from exercise_circles(pages)
    yield from parent_circles(library.vocabulary)
    yield from unused_references(library, pages)
    yield from sign_problems(library)
    for film in library.films.values():
        if ("video", film.slug) not in pages:
            yield Problem(
                film.path,
                "this film has no page yet, so nobody will see it",
                f"write videos/{film.slug}.md (kinopress new video makes one)",
                Code.FILM_WITHOUT_PAGE,
                severity="warning",
            )
    for check in library.shared.checks.values():
        for source in check.sources:
            if library.shared.misses("references", source.text):
                yield unknown_key(
                    FILES["tests"],
                    source,
                    library.shared.references,
                    "source",
                    FILES["references"],
                    Code.SOURCE_UNKNOWN,
                )
    for nickname in library.shared.nicknames:
        for tag in nickname.tags:
            known = library.vocabulary.resolve(tag.text) or find_page(pages, tag.text)
            if known is None:
                yield from unknown_term(
                    library.vocabulary, NICKNAMES, tag, Code.TAG_UNKNOWN, "tag or page"
                )
    yield from _common(library)
    yield from redirect_problems(library, pages)
    yield from held_reasons(library)


def _common(library: Library) -> Iterator[Problem]:
    """What lists of a region begin with: each a symptom that is felt there."""
    for region in library.shared.regions.values():
        for named in region.common:
            mention = replace(named, field=f"{region.key}.common")
            page = library.vocabulary.resolve(named.text)
            if not isinstance(page, Symptom):
                yield from unknown_term(
                    library.vocabulary,
                    FILES["regions"],
                    mention,
                    Code.TAG_UNKNOWN,
                    "symptom",
                    Symptom,
                )
            elif region.key not in {where.text for where in page.regions}:
                yield Problem(
                    FILES["regions"],
                    f"{page.slug} is not felt here: its page has other regions",
                    f"remove it, or add {region.key} to the regions of {page.path}",
                    Code.COMMON_ELSEWHERE,
                    line=mention.line,
                    field=mention.field,
                )


def _of_each(library: Library, pages: Pages, kept: KeptPages | None) -> Iterator[Problem]:
    """All problems of each page among the others."""
    if kept is None or not kept.is_of_use:
        steps = [partial(_list_of_page, library, pages, page) for page in pages.values()]
        yield from chain.from_iterable(do_all(steps, [1] * len(steps)))
        return
    watched = library.once(Watched)
    every = watched.all_of(pages)
    kept.begin_checks(watched, [library.films, library.assets])
    new = [page for page in every.values() if not kept.was_clean(page.path, watched)]
    looks = [
        partial(kept.look, watched, partial(_of_page, watched.library, every, page)) for page in new
    ]
    # One in which nothing was wrong before has no problem.
    for page, looked in zip(new, do_all(looks, [1] * len(new)), strict=True):
        yield from kept.problems(page.path, looked)
    kept.end_checks(watched)


def _list_of_page(library: Library, pages: Pages, page: Page) -> list[Problem]:
    return list(_of_page(library, pages, page))


def _of_page(library: Library, pages: Pages, page: Page) -> Iterator[Problem]:
    """All problems of one page among the others."""
    yield from _tags(library, page)
    yield from _keys(library, "references", page.sources, page, "source", Code.SOURCE_UNKNOWN)
    yield from _review(library, page)
    yield from body_problems(library, pages, page)
    if isinstance(page, Exercise):
        yield from _exercise(pages, page)
        yield from exercise_contradictions(library, pages, page)
    elif isinstance(page, Video):
        yield from _video(library, pages, page)
    elif isinstance(page, Plan):
        every = (other for other in pages.values() if isinstance(other, Exercise))
        yield from plan_problems(library, pages, page, Ladders(every))
    elif isinstance(page, Term):
        yield from _term(library, page)
        if isinstance(page, Symptom):
            yield from start_problems(library, pages, page)
        if isinstance(page, Technique) and page.shown_by is not None:
            yield from page_named(pages, page, page.shown_by, "exercise")
    yield from editorial_problems_of(library, pages, page)
    yield from sign_problems_of(library, page)


def _home(library: Library, pages: Pages) -> Iterator[Problem]:
    """A site without its first page is not one."""
    if ("page", "index") in library.pages:
        return
    held = ("page", "index") in pages
    yield Problem(
        HOME,
        "the site's first page is held back" if held else "the site has no first page",
        "remove its draft line, and do not give it a future date"
        if held
        else "kinopress new page Index writes one to fill in",
        Code.HOME_MISSING,
    )


def _welcome(library: Library) -> Iterator[Problem]:
    """The settings name a picture of the coach that is not there, or promise too much."""
    coach, offer = library.settings.coach, library.settings.assessment
    photo = coach.photo
    for said in filter(None, (coach.promise, coach.greeting, *offer.measures, offer.cancellation)):
        words = Passage(said.line, said.field, said.text)
        yield from promises_in("mkdocs.yml", words, library.settings.allowed_phrases)
    if photo is not None and photo_asset(library) is None:
        yield Problem(
            "mkdocs.yml",
            f"there is no picture {quoted(photo.text)} in docs/",
            "write where it is below docs/, like pictures/jen.jpg, or remove the line",
            Code.LINK_BROKEN,
            line=photo.line,
            field=photo.field,
        )


def _first_person(library: Library, pages: Pages) -> Iterator[Problem]:
    """An article says “I”, and nobody knows who that is."""
    if library.settings.coach.name:
        return
    for page in pages.values():
        if isinstance(page, Article) and page.first_person:
            yield Problem(
                page.path,
                "the article is in the first person, and mkdocs.yml does not say whose words these are",
                "set coach.name in mkdocs.yml, or remove the line",
                Code.FIRST_PERSON_NOBODY,
                line=line_of(page, "first_person"),
                field="first_person",
            )


def _same_titles(pages: Pages) -> Iterator[Problem]:
    """Two pages of one kind that readers cannot tell apart; terms are one list of tags and said there."""
    first: dict[tuple[Kind, str], Page] = {}
    for page in pages.values():
        if isinstance(page, Term) or "title" not in page.written:
            continue
        other = first.setdefault((page.kind, " ".join(page.title.casefold().split())), page)
        if other is not page:
            yield Problem(
                page.path,
                f"{other.path} has the same title",
                "change one of the titles, so that readers can tell the pages apart",
                Code.TITLE_TWICE,
                line=line_of(page, "title"),
                field="title",
                severity="warning",
            )


def _tags(library: Library, page: Page) -> Iterator[Problem]:
    seen: dict[str, Mention] = {}
    for tag in page.tags:
        term = library.vocabulary.resolve(tag.text)
        if term is None:
            yield from unknown_term(library.vocabulary, page.path, tag, Code.TAG_UNKNOWN, "tag")
        elif term.slug in seen:
            yield Problem(
                page.path,
                f"{quoted(tag.text)} and {quoted(seen[term.slug].text)} are the same tag",
                "keep one of the two",
                Code.TAG_TWICE,
                line=tag.line,
                field=tag.field,
                severity="warning",
            )
        else:
            seen[term.slug] = tag


def _keys(
    library: Library, file: str, mentions: tuple[Mention, ...], page: Page, what: str, code: Code
) -> Iterator[Problem]:
    """Keys of a shared file that it does not hold."""
    for mention in mentions:
        if library.shared.misses(file, mention.text):
            known = library.shared.entries(file)
            yield unknown_key(page.path, mention, known, what, FILES[file], code)


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
            Code.REVIEWER_UNKNOWN,
        )
    if page.reviewed.on > library.today:
        yield Problem(
            page.path,
            "this review is dated in the future",
            "give the day on which it was done",
            Code.REVIEW_FUTURE,
            line=line_of(page, "reviewed.on"),
            field="reviewed.on",
        )
    elif page.reviewed.next < library.today:
        yield Problem(
            page.path,
            f"the review was due on {page.reviewed.next}",
            "read the page again, then update on and next",
            Code.REVIEW_DUE,
            line=line_of(page, "reviewed.next"),
            field="reviewed.next",
            severity="warning",
        )


def _exercise(pages: Pages, page: Exercise) -> Iterator[Problem]:
    for mention in (page.easier, page.harder):
        if mention is None:
            continue
        if mention.text == page.slug:
            yield Problem(
                page.path,
                "an exercise cannot be easier or harder than itself",
                "name a different exercise or remove the line",
                Code.EXERCISE_CIRCLE,
                line=mention.line,
                field=mention.field,
            )
        else:
            yield from page_named(pages, page, mention, "exercise")
    if page.video is not None:
        yield from page_named(pages, page, page.video, "video")


def _video(library: Library, pages: Pages, page: Video) -> Iterator[Problem]:
    for mention in page.exercises:
        yield from page_named(pages, page, mention, "exercise")
    film = library.films.get(page.slug)
    if film is not None and not film.original:
        yield Problem(
            page.path,
            f"{film.path} is not on this computer; the site shows what was made from it earlier",
            "nothing to do; to change its trim or its poster, put the film back",
            Code.FILM_KEPT,
            severity="note",
        )
    if film is None:
        # A page that waits may be on a computer that has no films: it is not shown yet.
        waits = page.date is not None and page.date > library.today
        severity: Severity = "warning" if page.draft or waits else "error"
        when = " before you remove the draft line" if page.draft else ", or set draft: true"
        if waits and not page.draft:
            when = " and publish, at the latest on its day"
        yield Problem(
            page.path,
            "its film is missing",
            f"put the film beside it as videos/{page.slug}.mp4 (or .mov)" + when,
            Code.FILM_MISSING,
            severity=severity,
        )


def _term(library: Library, page: Term) -> Iterator[Problem]:
    groups: list[tuple[tuple[Mention, ...], type[Term], str, Code]] = []
    if page.parent is not None:
        groups.append(((page.parent,), type(page), page.kind, unknown_code(page.kind)))
    if isinstance(page, Muscle):
        groups.append((page.antagonists, Muscle, "muscle", Code.MUSCLE_UNKNOWN))
    if isinstance(page, Symptom):
        groups.append((page.suspects, Muscle, "muscle or other structure", Code.SUSPECT_UNKNOWN))
        known = {**library.held, **library.pages}
        avoid = tuple(m for m in page.avoid if ("exercise", m.text) not in known)
        groups.append(((*page.techniques, *avoid), Technique, "technique", Code.TECHNIQUE_UNKNOWN))
        yield from _keys(library, "tests", page.tests, page, "test", Code.TEST_UNKNOWN)
        yield from _keys(
            library, "red_flags", page.red_flags, page, "red flag", Code.RED_FLAG_UNKNOWN
        )
        resolve = library.vocabulary.resolve
        tried = {term.slug for m in page.techniques if (term := resolve(m.text))}
        for m in page.avoid:
            if (term := resolve(m.text)) and term.slug in tried:
                yield Problem(
                    page.path,
                    f"{quoted(m.text)} is listed both to try and to avoid",
                    "choose one of the two",
                    Code.AVOID_AND_TRY,
                    line=m.line,
                    field="avoid",
                )
    if isinstance(page, Muscle | Symptom):
        yield from _keys(library, "regions", page.regions, page, "region", Code.REGION_UNKNOWN)
    for mentions, kind, what, code in groups:
        for mention in mentions:
            found = library.vocabulary.resolve(mention.text)
            if found is None or not isinstance(found, kind):
                yield from unknown_term(library.vocabulary, page.path, mention, code, what, kind)
