"""Whatever a page says around the coach's own words comes from the catalogue: seen in a language made up for that."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

from kinopress.content.data.words import words_by_form
from kinopress.content.model.language.words import Words
from kinopress.content.model.library import Library
from kinopress.content.read import read_library
from kinopress.figures.anatomy.plates import PLATES
from kinopress.pages.render import render_site
from kinopress.project.drawings.plates import ready_plates
from support.catalogue import shown_by
from support.projects import page, small_project, write
from support.words import shown_text

MADE_UP = Words("en", {forms[0]: tuple(f"⟦{form}⟧" for form in forms) for forms in words_by_form()})
"""A language in which all words of the catalogue are in brackets."""

DAYS = "\n".join(f"  {n}: {{also: Rest.}}" for n in range(2, 15))
PLAN = f"""title: Two weeks
description: A plan.
tags: [gluteus medius]
for: [weak glutes]
not_for: [not-settling]
minutes_per_day: 1–20 min
pain_rule:
  green: {{max: 3, do: Carry on.}}
  amber: {{max: 5, do: Wait.}}
  red: {{do: Stop.}}
tests: [toe-touch]
blocks:
  calm-a:
    - clam
days:
  1: {{do: [calm-a]}}
{DAYS}
swaps:
  - {{exercise: clam, use: bridge, when: It hurts.}}
after: Keep on.
sources: [practice]"""

BLOCKS = (
    "welcome contact coach find body-map start latest plan-facts reviews red-flags red-flags-short"
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Library]:
    """A small project with a page of each kind, in the made-up language."""
    project = small_project(tmp_path_factory.mktemp("words"))
    write(project / "docs/plans/two-weeks.md", page(PLAN, "## Is this the right plan?\n\nYes."))
    clam = (project / "exercises/clam.md").read_text("utf-8")
    bridge = clam.replace("title: Clam", "title: Bridge").replace(
        "level: easy", "level: hard\neasier: clam"
    )
    write(project / "exercises/bridge.md", bridge)
    write(
        project / "docs/articles/news.md",
        page(
            "title: News\ndescription: Some.\ndate: 2026-01-05\ntags: [strength]\nsources: [practice]"
        ),
    )
    body = "\n\n".join(f"{{{{ {block} }}}}" for block in BLOCKS.split())
    write(project / "docs/all.md", page("title: All\ndescription: Everything.", body))
    write(project / "docs/when-to-get-help.md", page("title: When\ndescription: Whom to call."))
    found, report = read_library(project)
    assert [str(p) for p in report.errors] == []
    return project, replace(found, shared=replace(found.shared, words=MADE_UP))


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{2,}", text.casefold()))


def _left(text: str) -> str:
    """What is in no brackets; an anchor of a heading is not read."""
    text, before = re.sub(r"\{ #[\w-]+ \}", "", text), ""
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
    return text


def test_no_word_of_a_page_is_from_elsewhere(library: tuple[Path, Library]) -> None:
    project, made_up = library
    files = [*project.rglob("*.md"), *project.rglob("*.yml")]
    of_the_coach = set().union(*(_words(file.read_text("utf-8")) for file in files))
    of_the_coach |= _words(" ".join(PLATES))  # muscles that a drawing shows and that have no page
    site = render_site(made_up, {}, project, plates=ready_plates(made_up))
    found = {
        one.path: sorted(
            _words(_left(shown_text(f"{one.title} {one.description} {one.text}"))) - of_the_coach
        )
        for one in site.pages
    }
    assert len(found) > 20
    assert {path: words for path, words in found.items() if words} == {}


def test_words_that_are_put_together_before_they_are_looked_up_are_found() -> None:
    with pytest.raises(TypeError):
        list(shown_by(ast.parse('place.phrase(f"{n} days")')))
    inside = "f\"{place.phrase('A day')} {words.counted(n, '{n} day', '{n} days')}\""
    assert set(shown_by(ast.parse(inside))) == {"A day", ("{n} day", "{n} days")}
