"""The site's own pages keep the rules of WRITING.md: sources, warning signs, cautions, plain words."""

from __future__ import annotations

import re
import statistics
from collections import Counter

import pytest

from kinopress.content.markdown.marks import citation_keys, scan
from kinopress.content.model.kinds import KINDS
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Exercise, Page, Symptom
from kinopress.content.read import read_library
from kinopress.content.text import reading_grade as reading
from kinopress.content.text.prose import plain_words
from kinopress.problems import Report
from support.figures import FIGURES
from support.guide import ROOT


@pytest.fixture(scope="module")
def site() -> tuple[Library, Report]:
    return read_library(ROOT, show_held=True)


@pytest.fixture(scope="module")
def library(site: tuple[Library, Report]) -> Library:
    return site[0]


def test_every_page_that_makes_claims_says_what_it_rests_on(library: Library) -> None:
    pages = [page for page in library.pages.values() if KINDS[page.kind].sources == "needed"]
    assert len(pages) > 160
    assert [page.path for page in pages if not page.sources] == []
    assert [video.path for video in library.videos if not video.sources] == []


def test_every_symptom_names_its_warning_signs_and_each_of_them_is_there(library: Library) -> None:
    flags = library.shared.red_flags
    assert len(library.symptoms) >= 47
    for symptom in library.symptoms:
        assert symptom.red_flags, symptom.path
        assert {m.text for m in symptom.red_flags} <= flags.keys(), symptom.path
    named = {m.text for s in library.symptoms for m in s.red_flags}
    # What stands alone in the search is no matter of a leg or a back: it belongs to no symptom.
    assert {key for key, flag in flags.items() if not flag.alone} - named == set()


def test_every_exercise_belongs_to_a_symptom_whose_warning_signs_it_shows(
    library: Library,
) -> None:
    for exercise in library.exercises:
        symptoms = [t for t in library.terms(exercise.tags) if isinstance(t, Symptom)]
        assert any(symptom.red_flags for symptom in symptoms), exercise.path


def test_every_exercise_says_when_to_stop(library: Library) -> None:
    for exercise in library.exercises:
        assert "caution" in [step.kind for step in exercise.steps], exercise.path


_BARE = re.compile(r"\b(?:0 to |0–)?3 (?:or|and) (?:less|below|fewer|under|lower)\b")
"""The limit of a pain score without what it is of."""
_AS_SMALL = re.compile(r"\b3 out of 10 or (?!less\b)\w+")


def test_the_limit_of_a_pain_score_says_what_it_is_of_and_always_in_the_same_words(
    library: Library,
) -> None:
    faults = []
    for page in library.pages.values():
        text = (ROOT / page.path).read_text(encoding="utf-8")
        faults += [
            f"{page.path}: {found[0]}"
            for rule in (_BARE, _AS_SMALL)
            for found in rule.finditer(text)
        ]
    assert faults == []


def test_who_may_feel_4_or_5_is_told_where_to_stop_too(library: Library) -> None:
    """The rule has three bands, and the middle one alone would be read as the limit."""
    for exercise in library.exercises:
        stop = exercise.body.partition("## When to stop")[2].partition("\n## ")[0]
        if "4 or 5" in stop:
            assert re.search(r"\b6\b", stop), exercise.path


def test_every_exercise_can_be_followed_in_four_to_seven_steps(library: Library) -> None:
    assert len(library.exercises) >= 40
    # A caution is read before it is followed: it is no step of the way.
    steps = {
        exercise.path: sum(step.kind != "caution" for step in exercise.steps)
        for exercise in library.exercises
    }
    assert {path: count for path, count in steps.items() if not 4 <= count <= 7} == {}


def test_every_term_says_how_people_describe_it(library: Library) -> None:
    # The search lives on it: facts measured with fewer phrases found the right page less often.
    terms = (*library.symptoms, *library.muscles, *library.techniques)
    said = {term.path: len(set(term.people_say)) for term in terms}
    least = {term.path: 12 if isinstance(term, Symptom) else 5 for term in terms}
    assert {path: count for path, count in said.items() if count < least[path]} == {}


def test_every_warning_sign_has_wordings_on_which_the_search_shows_it(library: Library) -> None:
    flags = library.shared.red_flags.values()
    assert [flag.key for flag in flags if not flag.say] == []


def test_no_page_promises_what_nobody_knows(site: tuple[Library, Report]) -> None:
    assert [str(p) for p in site[1] if p.code == "word-promise"] == []


def test_every_doi_has_the_form_of_one_and_belongs_to_one_source(library: Library) -> None:
    dois = [r.doi for r in library.shared.references.values() if r.doi is not None]
    assert len(dois) > 20
    # The form Crossref recommends to match nearly all of its DOIs by; none ends in a stop.
    form = re.compile(r"10\.\d{4,9}/[-._;()/:a-z0-9]*[a-z0-9)]", re.IGNORECASE)
    assert [doi for doi in dois if not form.fullmatch(doi)] == []
    assert {doi: n for doi, n in Counter(map(str.casefold, dois)).items() if n > 1} == {}


def _cited_in(page: Page) -> set[str]:
    texts = [page.body, *(step.text for step in getattr(page, "steps", ()))]
    texts.append(getattr(page, "evidence", ""))
    marks = [mark for text in texts for mark in scan(text) if mark.kind == "citation"]
    return {key for mark in marks for key in citation_keys(mark.target)}


def test_every_source_is_cited_where_its_claim_stands(library: Library) -> None:
    cited = {key for page in library.pages.values() for key in _cited_in(page)}
    cited |= {m.text for check in library.shared.checks.values() for m in check.sources}
    assert sorted(library.shared.references.keys() - cited - {"practice"}) == []


def test_every_page_that_makes_claims_is_read_again_within_a_year(library: Library) -> None:
    for page in library.pages.values():
        if KINDS[page.kind].sources == "needed":
            assert page.reviewed is not None, page.path
            assert (page.reviewed.next - page.reviewed.on).days <= 366, page.path


def test_the_colophon_says_that_no_clinician_has_looked_as_long_as_none_has(
    library: Library,
) -> None:
    clinicians = {key for key, who in library.settings.reviewers.items() if who.clinician}
    by_clinician = [
        page.path
        for page in library.pages.values()
        if page.reviewed is not None and page.reviewed.by.text in clinicians
    ]
    words = plain_words(library.pages["page", "colophon"].body, str)
    assert ("No clinician has reviewed any page yet." in words) == (by_clinician == [])


def test_half_of_the_exercise_and_symptom_pages_read_at_grade_8_or_below(
    library: Library, request: pytest.FixtureRequest
) -> None:
    found = request.config.stash[FIGURES]
    found.append("reading grade (Flesch-Kincaid)   pages  median  hardest")
    for name in ("exercises", "symptoms", "muscles", "techniques", "articles", "plain_pages"):
        grades = reading.grades(library, getattr(library, name))
        hardest = next(iter(grades))
        found.append(
            f"  {name.replace('_', ' '):30} {len(grades):5}  {statistics.median(grades.values()):6.1f}"
            f"  {grades[hardest]:4.1f} {hardest}"
        )
    pages = [p for p in library.pages.values() if isinstance(p, Exercise | Symptom)]
    assert len(pages) >= 87
    grades = reading.grades(library, pages)
    assert statistics.median(grades.values()) <= reading.GRADE_MAX
    # The words are really there: a page without any would read as easily as can be.
    assert min(len(reading.page_words(library, page).split()) for page in pages) > 100
