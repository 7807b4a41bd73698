"""The page of an exercise: what is needed on the mat comes first, why and the sources wait in a fold."""

from __future__ import annotations

import re
from pathlib import Path

from kinopress.pages.parts.html import anchors_of
from kinopress.project.prepare import prepare
from support.projects import small_project, write

EXERCISE = """\
---
title: "{title}"
description: It makes hips calm.
tags: [strength, gluteus medius, weak glutes]
level: easy
position: "{position}"
equipment: {equipment}
dosage: {{sets: 2, reps: 8, per_side: true, days_per_week: 3}}
steps:
  - prepare: Lie down.
  - step: Lift.
  - caution: Stop if it hurts.
sources: [practice]
---

## Why do it

{why}

## When to stop

Stop if it hurts.
"""


def _page(
    tmp_path: Path,
    *,
    title: str = "Lift",
    position: str = "lying on back, band round feet",
    equipment: str = "[loop band optional, strap or towel]",
    why: str = "It is good [@practice].",
    site_url: str = "",
) -> dict[str, str]:
    project = small_project(tmp_path)
    written = EXERCISE.format(title=title, position=position, equipment=equipment, why=why)
    write(project / "exercises/lift.md", written)
    if site_url:
        settings = (project / "mkdocs.yml").read_text("utf-8")
        write(project / "mkdocs.yml", f"site_url: {site_url}\n{settings}")
    prepared = prepare(project)
    assert prepared.site is not None, [str(p) for p in prepared.report.errors]
    return {page.path: page.body for page in prepared.site.pages}


def _lift(pages: dict[str, str]) -> str:
    return pages["exercises/lift.md"]


def test_the_dose_is_said_in_a_line_before_anything_else(tmp_path: Path) -> None:
    shown = _lift(_page(tmp_path))
    order = [
        "# Lift",
        '<p class="kp-dose">2 × 8 · each side</p>',
        "It makes hips calm.",
        "kp-steps",
    ]
    assert sorted(order, key=shown.index) == order


def test_facts_lead_to_the_lists_of_their_like(tmp_path: Path) -> None:
    pages = _page(tmp_path)
    shown = _lift(pages)
    chips = re.findall(r'<a class="kp-chip" href="\.\./#([^"]+)">([^<]+)</a>', shown)
    assert chips == [
        ("family-strength", "Strength"),
        ("level-easy", "Easy"),
        ("position-lying-on-your-back", "Lying on back, band round feet"),
        ("need-loop-band", "You need: loop band optional"),
        ("need-strap", "You need: strap or towel"),
    ]
    lists = pages["exercises/index.md"]
    assert {anchor for anchor, _ in chips} <= anchors_of(lists)
    for anchor, _ in chips[1:]:
        below = lists[lists.index(f'id="{anchor}"') :]
        assert ">Lift</a>" in below[: below.index("</ul>")]


def test_an_exercise_that_needs_nothing_is_found_below_nothing(tmp_path: Path) -> None:
    pages = _page(tmp_path, equipment="[]", position="hanging from a tree")
    shown = _lift(pages)
    assert '#need-nothing">You need: nothing</a>' in shown
    assert '<span class="kp-chip">hanging from a tree</span>' in shown
    assert '<h3 id="need-nothing">Nothing</h3>' in pages["exercises/index.md"]


def test_the_plain_title_comes_first_and_the_coachs_term_second(tmp_path: Path) -> None:
    shown = _lift(_page(tmp_path, title="Strength for hips: push and hold"))
    assert shown.startswith("# Push and hold <small>Strength for hips</small>\n")


def test_a_title_with_a_colon_and_no_technique_stays_as_it_is(tmp_path: Path) -> None:
    shown = _lift(_page(tmp_path, title="Day one: push and hold"))
    assert shown.startswith("# Day one: push and hold\n")


def test_why_and_the_sources_wait_in_a_fold_after_what_to_do(tmp_path: Path) -> None:
    shown = _lift(_page(tmp_path))
    fold = shown[shown.index('<details class="kp-theory"') :]
    fold = fold[: fold.index("</details>")]
    assert shown.index("## When to stop") < shown.index(fold)
    assert "<summary>Why do it · Sources</summary>" in fold
    assert "## Why do it\n\nIt is good" in fold
    assert 'class="kp-sources"' in fold
    assert {"why-do-it", "sources", "source-practice", "when-to-stop"} <= anchors_of(shown)


def test_why_is_not_folded_where_its_words_could_end_the_fold(tmp_path: Path) -> None:
    shown = _lift(_page(tmp_path, why="<div>\n\nIt is good [@practice].\n\n</div>"))
    assert shown.index("## Why do it") < shown.index("## When to stop")
    assert "<summary>Sources</summary>" in shown


def test_paper_has_boxes_to_tick_and_the_address_once_it_is_known(tmp_path: Path) -> None:
    without = _lift(_page(tmp_path / "without"))
    assert len(re.findall("<td>", without)) == 14
    assert "kp-qr" not in without
    with_one = _lift(_page(tmp_path / "with", site_url="https://example.org/hips/"))
    assert re.search('<div class="kp-qr kp-sheet"><svg [^>]*><path d="M', with_one)
    assert "<span>https://example.org/hips/exercises/lift/</span></caption>" in with_one
