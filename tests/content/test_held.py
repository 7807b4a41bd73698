"""Drafts and pages whose date has not come: kept back, and nothing breaks where they are named."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest
from PIL import Image

from kinopress.content.model.pages import Exercise
from kinopress.content.read import read_library
from kinopress.content.rules.held import coming, count
from kinopress.project.build import build
from support.projects import small_project
from support.small_films import film_page

BASE = Path(__file__).parents[1] / "invalid" / "_base"
ARTICLE, BRIDGE = ("article", "first-steps"), ("exercise", "glute-bridge")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    shutil.copytree(BASE, folder, ignore=shutil.ignore_patterns("hip-circles*"))
    return folder


def change(project: Path, path: str, old: str, new: str) -> None:
    file = project / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_a_page_appears_on_its_day_and_not_the_day_before(project: Path) -> None:
    library, report = read_library(project, today=dt.date(2026, 1, 4))
    assert ARTICLE in library.held and ARTICLE not in library.pages
    (problem,) = report
    assert str(problem) == (
        "docs/articles/first-steps.md:4: date: this page waits until 5 January 2026;"
        " build and publish the site on that day or later, and it appears [date-future]"
    )
    library, report = read_library(project, today=dt.date(2026, 1, 5))
    assert ARTICLE in library.pages and library.held == {}
    assert report.problems == []


def test_a_draft_is_kept_back_on_any_day_and_shown_in_the_preview(project: Path) -> None:
    change(project, "exercises/glute-bridge.md", "level: easy", "level: easy\ndraft: true")
    day = dt.date(2030, 1, 1)
    library, report = read_library(project, today=day)
    assert BRIDGE not in library.pages
    assert count(library)["held"] == 1
    assert report.problems == []
    preview, report = read_library(project, today=day, show_held=True)
    assert BRIDGE in preview.pages and BRIDGE in preview.held
    assert report.problems == []


def test_a_draft_is_checked_like_any_page(project: Path) -> None:
    change(project, "exercises/glute-bridge.md", "level: easy", "level: esay\ndraft: true")
    _, report = read_library(project, today=dt.date(2030, 1, 1))
    assert [problem.code for problem in report] == ["choice-unknown"]


def test_a_page_that_is_kept_back_may_link_to_another_without_a_word(project: Path) -> None:
    for path in ("exercises/clam.md", "exercises/glute-bridge.md"):
        change(project, path, "level: easy", "level: easy\ndraft: true")
    change(project, "exercises/clam.md", "is right.", "is right. Then the [[glute-bridge]].")
    _, report = read_library(project, today=dt.date(2030, 1, 1))
    assert {(p.code, p.path) for p in report} == {
        ("link-held", "docs/index.md"),
        ("link-held", "docs/articles/first-steps.md"),
    }


def test_the_harder_exercise_is_left_out_while_it_is_kept_back(project: Path) -> None:
    change(project, "exercises/glute-bridge.md", "level: easy", "level: easy\ndraft: true")
    library, report = read_library(project, today=dt.date(2030, 1, 1))
    clam = library.pages["exercise", "clam"]
    assert isinstance(clam, Exercise)
    assert library.get(Exercise, clam.harder) is None
    assert report.errors == []


def test_a_term_that_is_kept_back_is_still_a_right_tag(project: Path) -> None:
    change(project, "docs/techniques/stretch.md", "family:", "draft: true\nfamily:")
    change(project, "exercises/clam.md", "[strength,", "[stretch,")
    library, report = read_library(project, today=dt.date(2030, 1, 1))
    assert report.problems == []
    shown = library.terms(library.pages["exercise", "clam"].tags)
    assert [term.slug for term in shown] == ["gluteus-medius", "weak-glutes"]


LINKS = """
One: [[glute-bridge]]. Two: [[glute-bridge|lift]].
Three: [the *other* one [@practice]](glute-bridge.md "Later"). Four: [again][later].

{{ exercise glute-bridge }}

And [the beginning](../docs/index.md) with ![a knee](<../docs/pictures/a knee.jpg>).

[later]: glute-bridge.md
"""


def test_links_to_a_page_that_is_kept_back_are_words_until_it_appears(project: Path) -> None:
    change(project, "exercises/glute-bridge.md", "level: easy", "level: easy\ndraft: true")
    change(project, "exercises/clam.md", "like a shell.", "as in the [bridge](glute-bridge.md).")
    (project / "docs/pictures").mkdir()
    Image.new("RGB", (40, 30), "red").save(project / "docs/pictures/a knee.jpg")
    clam = project / "exercises/clam.md"
    clam.write_text(clam.read_text("utf-8") + LINKS, "utf-8")

    built = build(project)  # MkDocs runs strictly: a bad link stops it
    assert built.anew and built.report.errors == []
    assert [(p.code, p.line) for p in built.report.warnings] == [
        ("link-held", 13),
        ("link-held", 21),
        ("link-held", 24),
    ]
    html = (project / "site/exercises/clam/index.html").read_text("utf-8")
    assert "One: a page to come. Two: lift." in html
    assert "Three: the <em>other</em> one<sup" in html
    assert "as in the bridge." in html
    assert "glute-bridge" not in html and "Glute bridge" not in html
    assert 'href="../../">the beginning</a>' in html
    shown = re.search(r'<img src="../../(media/[0-9a-f]{16}/40.jpg)" alt="a knee"', html)
    assert shown is not None and (project / "site" / shown[1]).is_file()

    change(project, "exercises/glute-bridge.md", "draft: true", "draft: false")
    again = build(project)
    assert again.anew and again.report.problems == []
    html = (project / "site/exercises/clam/index.html").read_text("utf-8")
    assert '<a href="../glute-bridge/">Glute bridge</a>' in html
    assert '<a href="../glute-bridge/" title="Later">the <em>other</em> one' in html
    assert 'as in the <a href="../glute-bridge/">bridge</a>.' in html
    assert '<a href="../glute-bridge/">again</a>' in html
    assert built.library.held.keys() == {BRIDGE}


def test_what_comes_when_is_known_by_day(project: Path) -> None:
    change(project, "exercises/glute-bridge.md", "level: easy", "level: easy\ndate: 2026-01-04")
    change(project, "exercises/clam.md", "level: easy", "level: easy\ndraft: true")
    library, _ = read_library(project, today=dt.date(2026, 1, 3))
    days = {day: [page.slug for page in pages] for day, pages in coming(library).items()}
    assert list(days.items()) == [
        (dt.date(2026, 1, 4), ["glute-bridge"]),
        (dt.date(2026, 1, 5), ["first-steps"]),
    ]


def test_a_page_that_waits_for_its_day_may_wait_for_its_film(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    film_page(project, "hip")
    for day, severity in ((dt.date(2026, 1, 4), "warning"), (dt.date(2026, 1, 5), "error")):
        _, report = read_library(project, today=day)
        (missing,) = [p for p in report if p.code == "film-missing"]
        assert missing.severity == severity
