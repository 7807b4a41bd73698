"""The page of an exercise: what is needed on the mat comes first, why and the sources wait in a fold."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

from kinopress.pages.parts.html import anchors_of
from kinopress.project.prepare import prepare
from support.projects import page, small_project, write

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
    start: str = "",
    symptom: tuple[str, str] = ("Sore", "It is sore."),
) -> dict[str, str]:
    project = small_project(tmp_path)
    written = EXERCISE.format(title=title, position=position, equipment=equipment, why=why)
    write(project / "exercises/lift.md", written)
    if start:
        front = (
            f"title: {symptom[0]}\ndescription: {symptom[1]}\nregions: [buttock]\nsuspects: [piriformis]\n"
            f"red_flags: [not-settling]\nsources: [practice]\nstart_with:\n  - exercise: lift\n{start}"
        )
        write(project / "docs/symptoms/sore.md", page(front))
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


def _from_sore(tmp_path: Path, start: str, title: str = "Sore", says: str = "It is sore.") -> str:
    """The block of the exercise's page for who comes from the symptom; empty where there is none."""
    shown = _lift(_page(tmp_path, start=start, symptom=(title, says)))
    begins = shown.find('<div class="kp-for" id="for-sore">')
    return "" if begins == -1 else shown[begins : shown.index('<p class="kp-dose">')]


def test_who_comes_from_a_symptom_finds_its_words_and_its_dose_before_the_usual_one(
    tmp_path: Path,
) -> None:
    block = _from_sore(tmp_path, "    how: Only gently.\n    dosage: {sets: 1, reps: 5}\n")
    # Who comes from a search has never been on the symptom's page.
    assert (
        '<p>For <a href="../../symptoms/sore/#today">sore</a>: <strong>only gently.</strong></p>'
        in block
    )
    assert "1 × 5" in block
    assert "2 × 8" not in block
    assert 'aria-label="Start with this dose: Sore"' in block
    assert 'href="#how-much"' in block
    told = json.loads(html.unescape(block.partition('data-follow="')[2].partition('"')[0]))
    assert told["dose"] == "1 × 5"
    # The limit goes along: it is read beside whatever is done.
    done = [m for m in told["moments"] if m["kind"] not in ("side", "rest")]
    assert done
    assert all(m["notes"][0] == "Only gently." for m in done)


def test_a_limit_without_a_dose_starts_with_the_usual_one_as_the_most(tmp_path: Path) -> None:
    block = _from_sore(tmp_path, "    when: On two legs.\n")
    assert "<strong>on two legs.</strong>" in block
    # With both legs at once there is no other side.
    assert "At most the usual dose: 2 × 8. Fewer is fine." in block
    assert 'aria-label="Start with this dose, at most the usual dose: Sore"' in block
    told = json.loads(html.unescape(block.partition('data-follow="')[2].partition('"')[0]))
    assert (told["dose"], told["sides"]) == ("At most 2 × 8", 1)
    assert "side" not in {moment["kind"] for moment in told["moments"]}
    # The large words are the movement; the other form is first beside them, and no drawing of one leg is there.
    doing = [m for m in told["moments"] if m["kind"] in ("ready", "reps")]
    assert [m["words"] for m in doing] == ["Lie down.", "Lift."]
    assert {m["notes"][0] for m in doing} == {"On two legs."}
    assert told["figure"] is None
    assert told["moments"][0]["speak"][:3] == ["Get ready.", "On two legs.", "Lie down."]


def test_what_is_not_for_the_first_day_says_when_and_has_no_button(tmp_path: Path) -> None:
    for when in ("Once it is calm.", "If it is calm."):  # whatever its words say, it is for later
        block = _from_sore(tmp_path / when[:2], f"    when: {when}\n    later: true\n")
        assert f"</a>, not on the first day: <strong>{when[:1].lower()}{when[1:]}</strong>" in block
        assert "kp-start" not in block
        assert "2 × 8" not in block


def test_a_name_keeps_its_capital_inside_the_sentence(tmp_path: Path) -> None:
    found = _from_sore(
        tmp_path, "    when: On two legs.\n", title="Achilles pain", says="A sore Achilles."
    )
    assert ">Achilles pain</a>: <strong>on two legs." in found


def test_words_that_only_say_for_whom_leave_the_usual_dose(tmp_path: Path) -> None:
    assert _from_sore(tmp_path, "    when: If your hips are stiff.\n") == ""
