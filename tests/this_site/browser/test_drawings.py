"""The site's own drawings show what their words say: measured as they were drawn, for the site that the tests read."""

from __future__ import annotations

from browser.server import Served
from kinopress.figures.agreement.words import RULES
from kinopress.project.drawings.figures import ready_figures
from support.own_project import own_library

NOTES = {"figure-contact", "figure-pressed", "figure-order"}


def test_no_drawing_contradicts_its_words_or_does_what_no_body_could(site: Served) -> None:
    library = own_library()
    figures, problems = ready_figures(site.folder.parent, library, draw=False)
    assert set(figures) == {s for s in library.motions if ("exercise", s) in library.pages}
    assert [str(p) for p in problems if p.code not in NOTES] == []


def test_each_row_of_the_table_of_words_is_about_some_step_of_the_site() -> None:
    said = [
        words
        for motion in own_library().motions.values()
        for step in motion.film
        for words in (step.say, *step.words)
    ]
    unused = [rule.words.pattern for rule in RULES if not any(map(rule.words.search, said))]
    assert unused == []
