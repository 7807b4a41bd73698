"""The list of all pages with who has checked them, and the line at the foot of each."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from pathlib import Path

import pytest

from kinopress.content.read import read_library
from kinopress.pages.render import render_site
from support.projects import SETTINGS, page, small_project, write

TODAY = dt.date(2026, 12, 1)
SAM = SETTINGS + "      sam: {name: Sam Example, clinician: true}\n"


def _article(title: str, more: str) -> str:
    return page(
        f"title: {title}\ndescription: About {title}.\ndate: 2026-01-05\ntags: [strength]\n"
        f"sources: [practice]\n{more}"
    )


@pytest.fixture
def pages(tmp_path: Path) -> dict[str, str]:
    """Every page of a site with a few reviews: address → its Markdown."""
    project = small_project(tmp_path / "site-of-anna")
    write(project / "mkdocs.yml", SAM)
    for slug, more in {
        "by-anna": "reviewed: {by: anna, on: 2026-11-22, next: 2027-11-22}",
        "overdue": "reviewed: {by: anna, on: 2025-11-22, next: 2026-11-30}",
        "by-sam": "reviewed: {by: sam, on: 2026-11-01, next: 2027-02-01}",
        "by-nobody": "",
        "hidden": "draft: true",
    }.items():
        write(project / f"docs/articles/{slug}.md", _article(slug.replace("-", " "), more))
    write(project / "docs/credits.md", page("title: Credits\ndescription: All.", "{{ reviews }}"))
    library, report = read_library(project, today=TODAY)
    assert report.errors == []
    return {p.path: p.text for p in render_site(library, {}, project).pages}


def _facts(markdown: str) -> dict[str, str]:
    found = re.findall(r"<div><dt>([^<]*)</dt><dd>([^<]*)</dd></div>", markdown)
    return {unescape(label): unescape(value) for label, value in found}


def test_the_sums_say_who_has_gone_through_how_many(pages: dict[str, str]) -> None:
    assert _facts(pages["reviews.md"]) == {
        "Pages": "14",
        "By a clinician": "1",
        "By Sam Example": "1",
        "By Anna Example": "2",
        "By nobody yet": "11",
        "Overdue": "1",
        "Next one due": "1 February 2027",
    }


def test_every_page_that_is_shown_is_listed_with_its_state(pages: dict[str, str]) -> None:
    rows = dict(
        re.findall(
            r'<li><a href="([^"]+)">[^<]+</a> <span[^>]*>([^<]+)</span>', pages["reviews.md"]
        )
    )
    assert len(rows) == 14
    assert rows["../articles/by-anna/"] == (
        "Anna Example, 22 November 2026; due again 22 November 2027"
    )
    assert rows["../articles/overdue/"] == (
        "Anna Example, 22 November 2025; overdue since 30 November 2026"
    )
    assert rows["../articles/by-sam/"] == (
        "Sam Example, clinician, 1 November 2026; due again 1 February 2027"
    )
    assert rows["../articles/by-nobody/"] == "nobody has checked it yet"
    assert "../articles/hidden/" not in rows
    assert re.findall(r"^## (.+?) \{", pages["reviews.md"], re.MULTILINE) == [
        *["Exercises (1)", "Symptoms (1)", "Muscles, tendons, nerves and joints (4)"],
        *["Techniques (2)", "Articles (4)", "Other pages (2)"],
    ]


def test_the_foot_of_a_page_says_its_state_and_leads_to_the_list(pages: dict[str, str]) -> None:
    notes = {
        slug: re.findall(r'<p class="kp-review">(.*)</p>', pages[f"articles/{slug}.md"])
        for slug in ("by-anna", "by-sam", "by-nobody")
    }
    link = '<a href="../../reviews/">Who has checked what</a>.'
    assert notes["by-anna"] == [
        "Last checked on 22 November 2026 by Anna Example; next due 22 November 2027."
        f" No clinician has reviewed this page yet. {link}"
    ]
    assert notes["by-sam"] == [
        f"Last checked on 1 November 2026 by Sam Example; next due 1 February 2027. {link}"
    ]
    assert notes["by-nobody"] == [f"Nobody has checked this page yet. {link}"]
    assert "kp-review" not in pages["index.md"]


def test_a_block_shows_the_sums_anywhere_and_leads_to_the_list(pages: dict[str, str]) -> None:
    assert _facts(pages["credits.md"]) == _facts(pages["reviews.md"])
    assert '<a href="../reviews/">The state of every page</a>' in pages["credits.md"]
