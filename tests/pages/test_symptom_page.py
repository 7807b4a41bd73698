"""What the page of a symptom holds and in which order: signs, what to do today, the coach's words."""

from __future__ import annotations

import re
from pathlib import Path

from kinopress.content.read import read_library
from kinopress.pages.parts.html import anchors_of
from kinopress.pages.render import body_at
from support.projects import page, small_project, write

FLAGS = """\
not-settling: {level: gp, title: No better, sign: Six weeks and no change., basis: A rule of thumb.}
no-feeling: {level: emergency, title: No feeling, sign: You feel nothing there., basis: A rule of thumb.}
sudden-pop: {level: urgent, title: A sudden pop, sign: It popped., basis: A rule of thumb.}
torn: {level: emergency, title: Torn through, sign: It hangs., basis: A rule of thumb.}
"""


def _shown(folder: Path, front: str, body: str = "## What it can be\n\nTired muscle.") -> str:
    project = small_project(folder)
    write(project / "docs/data/red_flags.yml", FLAGS)
    write(
        project / "docs/symptoms/sore.md",
        page(
            "title: Sore\ndescription: It is sore.\nregions: [buttock]\nsuspects: [piriformis]\n"
            f"sources: [practice]\npeople_say: [ouch]\n{front}",
            body,
        ),
    )
    library, report = read_library(project)
    assert [p.message for p in report.problems if p.severity == "error"] == []
    shown = body_at(library, "symptoms/sore.md")
    assert shown is not None
    return shown


def _in_order(shown: str, *words: str) -> bool:
    """Whether each of the words comes somewhere after the one before it."""
    at = 0
    for one in words:
        at = shown.find(one, at)
        if at == -1:
            return False
    return True


def test_the_most_urgent_sign_is_first_whatever_the_order_in_the_file(tmp_path: Path) -> None:
    shown = _shown(
        tmp_path, "red_flags: [not-settling, sudden-pop, no-feeling]\nstart_with: [clam]"
    )
    assert _in_order(
        shown,
        '<h3 class="kp-flags__level">Call 999</h3>',
        'href="tel:999">Ring 999</a>',
        "No feeling",
        '<h3 class="kp-flags__level">Get help today</h3>',
        'href="tel:111">Ring 111</a>',
        "A sudden pop",
        '<details class="kp-flags__full">',
        "1 more that can wait",
        "No better",
        "Today: do this",
        "None of these signs?",
        "Clam",
        "What it can be",
        "ouch",
    )


def test_the_only_emergency_is_described_and_of_several_each_is_named(tmp_path: Path) -> None:
    one = _shown(tmp_path / "one", "red_flags: [no-feeling]")
    assert "No feeling.</strong> You feel nothing there." in one
    two = _shown(tmp_path / "two", "red_flags: [no-feeling, torn]")
    assert _in_order(two, "No feeling</strong>", "Torn through</strong>", "<details", "It hangs.")
    assert two.index("You feel nothing there.") > two.index("<details")


def test_signs_that_can_wait_are_in_one_line_that_opens_and_not_in_red(tmp_path: Path) -> None:
    shown = _shown(tmp_path, "red_flags: [not-settling]")
    assert 'class="kp-flags kp-flags--strip kp-flags--gp"' in shown
    assert "<summary>See a GP or physiotherapist soon: 1 sign</summary>" in shown
    assert "kp-ring" not in shown


def test_an_exercise_for_today_says_for_whom_and_how_much(tmp_path: Path) -> None:
    front = "red_flags: [not-settling]\nstart_with:\n  - exercise: clam\n    when: If <b>walking</b> is fine.\n"
    shown = _shown(tmp_path, front)
    assert _in_order(
        shown,
        'class="kp-card__title" href="../../exercises/clam',
        '<span class="kp-card__when">If &lt;b&gt;walking&lt;/b&gt; is fine.</span>',
        '<span class="kp-card__dose">2 × 15</span>',
    )
    # It stands there once: further down are only the others.
    assert shown.count('class="kp-card__title" href="../../exercises/clam') == 1


def test_a_page_that_starts_with_nothing_has_no_such_section(tmp_path: Path) -> None:
    shown = _shown(tmp_path, "red_flags: [no-feeling]\nstart_with: []")
    assert "Today" not in shown
    assert "There is no exercise for this on the site." in shown


def test_the_contents_lead_to_each_heading_that_is_there(tmp_path: Path) -> None:
    body = (
        (
            "## What it can be & why\n\nTired.\n\n## What *to try*\n\nRest.\n\n"
            "## Ask [[clam]] {{ #ask }}\n\nThem.\n\n## When to see {#see}\n\nSoon."
        )
        .replace("{{", "{")
        .replace("}}", "}")
    )
    shown = _shown(
        tmp_path, "red_flags: [not-settling]\nstart_with: [clam]\ntests: [toe-touch]", body
    )
    contents = shown[: shown.index("</nav>")]
    anchors = re.findall(r'href="#([^"]+)"', contents)
    assert anchors == ["today", "what-it-can-be-why", "what-to-try", "checks"]
    assert set(anchors) <= anchors_of(shown)
