"""How hard is a page to read? An estimate for its writer, by the Flesch–Kincaid grade.

The grade counts the words of a sentence and the syllables of a word (Kincaid et al. 1975, by
textstat with the CMU pronouncing dictionary). It stands for a year of American school: grade 6 is
read at eleven or twelve. It knows nothing about sense or order, so it is a note and no rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import textstat

from kinopress.codes import Code
from kinopress.content.model.library import Library, find_page
from kinopress.content.model.pages import Page
from kinopress.content.text.prose import passages
from kinopress.problems import Problem

GRADE_MAX = 8.0
"""The guide for writers asks for a reading age of 11 to 12 (grade 6). Two more leave room for the names of muscles."""
SHORTEST = 60
"""With fewer words than these one long name decides, and the grade says nothing."""
_AGE_OF_GRADE_0 = 5
"""Grade 6 is the school year in which one turns twelve."""
_GROWN_UP = 18
"""School ends with grade 12: beyond, an age says nothing."""


def page_words(library: Library, page: Page) -> str:
    """What is read of a page: its sentences without headings, each with an end."""

    def title_of(name: str) -> str:
        found = find_page(library.pages, name)
        return found.title if found else name

    said = (
        " ".join(passage.text.split())
        for passage in passages(page, title_of)
        if not passage.heading
    )
    return " ".join(
        text if text.endswith((".", "!", "?")) else f"{text.rstrip(':;,')}."
        for text in said
        if text
    )


def grade(words: str) -> float:
    """The Flesch–Kincaid grade of a text; meaningless below ``SHORTEST`` words."""
    return float(textstat.flesch_kincaid_grade(words))


def reading_notes(library: Library) -> Iterator[Problem]:
    """A note for each shown page that is long enough to be measured."""
    for page in library.pages.values():
        words = page_words(library, page)
        if len(words.split()) < SHORTEST:
            continue
        found = grade(words)
        yield Problem(
            page.path,
            f"it reads at about grade {found:.1f} ({age_words(found)})",
            "nothing to do"
            if found <= GRADE_MAX
            else f"aim at {GRADE_MAX:.0f} or less: shorter sentences, shorter words",
            Code.READING_GRADE,
            severity="note",
        )


def age_words(found: float) -> str:
    """The age at which most can read a grade: ``ages 11–12``."""
    age = max(_AGE_OF_GRADE_0, round(found) + _AGE_OF_GRADE_0)
    return f"ages {age}–{age + 1}" if age < _GROWN_UP else "for university graduates"


def grades(library: Library, pages: Iterable[Page]) -> dict[str, float]:
    """File → grade, the hardest first."""
    found = {page.path: grade(page_words(library, page)) for page in pages}
    return dict(sorted(found.items(), key=lambda row: (-row[1], row[0])))
