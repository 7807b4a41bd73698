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
torn: {level: emergency, title: Torn through, sign: It hangs., brief: By a thread., basis: A rule of thumb.}
broken: {level: urgent, hospital: true, title: Broken, sign: It cracked., basis: A rule of thumb.}
waters: {level: urgent, title: Waters, sign: They broke., action: Lie down. Ring your midwife., basis: A rule of thumb.}
"""


def _shown(
    folder: Path,
    front: str,
    body: str = "## What it can be\n\nTired muscle.",
    tags: str = "strength",
) -> str:
    project = small_project(folder)
    write(
        project / "exercises/reach.md",
        page(
            f"title: Reach\ndescription: A move.\ntags: [{tags}]\nlevel: easy\nposition: standing\n"
            "dosage: {sets: 2, reps: 8}\nsteps:\n  - step: Reach.\nsources: [practice]"
        ),
    )
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


def test_each_emergency_is_described_in_sight_and_of_several_each_in_short(tmp_path: Path) -> None:
    one = _shown(tmp_path / "one", "red_flags: [no-feeling]")
    assert "No feeling.</strong> You feel nothing there." in one
    two = _shown(tmp_path / "two", "red_flags: [no-feeling, torn]")
    # Without a short sentence there is the whole one: nothing is left to the fold alone.
    seen, _, fold = two.partition("<details")
    assert _in_order(
        seen, "No feeling.</strong> You feel nothing there.", "Torn through.</strong> By a"
    )
    assert "It hangs." not in seen
    assert "It hangs." in fold


def test_no_heading_in_sight_sends_elsewhere_than_the_sign_below_it(tmp_path: Path) -> None:
    shown = _shown(tmp_path, "red_flags: [broken, sudden-pop, waters]")
    seen, _, fold = shown.partition("<details")
    before, _, both = seen.partition("Go to a minor injury unit or A&amp;E today</h3>")
    hospital, _, today = both.partition("Get help today</h3>")
    assert "</strong>" not in before
    assert _in_order(today, "Ring 111", "A sudden pop</strong>", "Waters")
    # Whom a sign itself says to ring is said beside its name.
    assert "Waters.</strong> Ring your midwife.</li>" in today
    assert "Broken" not in today
    assert "Broken</strong>" in hospital
    assert "Ring 111" not in hospital
    assert "Go to a minor injury unit or A&amp;E today." in fold


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


def test_words_that_limit_make_the_usual_dose_the_most_and_lead_to_the_page_with_them(
    tmp_path: Path,
) -> None:
    front = "red_flags: [not-settling]\nstart_with:\n  - exercise: clam\n    when: On two legs.\n"
    card = _today(_shown(tmp_path, front))
    assert "On two legs." in card
    assert 'href="../../exercises/clam/#for-sore"' in card
    assert '<span class="kp-card__dose">at most 2 × 15</span>' in card


def test_a_dose_of_the_symptom_is_on_the_card_instead(tmp_path: Path) -> None:
    front = (
        "red_flags: [not-settling]\nstart_with:\n  - exercise: clam\n    when: Gently.\n"
        "    dosage: {sets: 1, reps: 5}\n"
    )
    card = _today(_shown(tmp_path, front))
    assert '<span class="kp-card__dose">1 × 5</span>' in card
    assert "2 × 15" not in card


def test_what_is_not_for_the_first_day_is_under_a_heading_that_says_so(tmp_path: Path) -> None:
    later = "  - exercise: reach\n    when: From day four.\n    later: true\n"
    both = _shown(tmp_path / "both", f"red_flags: [no-feeling]\nstart_with:\n  - clam\n{later}")
    assert _in_order(
        both, "## Today: do this", "Begin with this", "Clam", "### Later: when to begin"
    )
    assert _in_order(both, "### Later: when to begin", "From day four.", "What it can be")
    alone = _shown(tmp_path / "alone", f"red_flags: [no-feeling]\nstart_with:\n{later}")
    assert "Begin with this" not in alone
    assert "Today: do this" not in alone
    assert _in_order(alone, "## Later: when to begin", "Each says from when", "From day four.")


def test_a_card_that_depends_on_a_check_leads_to_it(tmp_path: Path) -> None:
    body = "## What it can be\n\nTired.\n\n## Checks for your sofa\n\nBend."
    start = "red_flags: [no-feeling]\nstart_with:\n  - exercise: clam\n    when: {}\n"
    shown = _shown(tmp_path / "if", start.format("If you bend well."), body)
    link = '<a href="#checks-for-your-sofa">Checks for your sofa</a>'
    assert f"Not sure what fits? See {link}." in _today(shown)
    assert "checks-for-your-sofa" in anchors_of(shown)
    for name, front, text in (
        ("how", start.format("On two legs."), body),
        ("nowhere", start.format("If you bend well."), "## What it can be\n\nTired."),
    ):
        assert "Not sure" not in _shown(tmp_path / name, front, text)


def _today(shown: str) -> str:
    """The section with what to do today."""
    return shown[shown.index("{ #today }") : shown.index("## What it can be")]


def test_what_the_page_leaves_out_by_name_is_not_offered_further_down(tmp_path: Path) -> None:
    front = "red_flags: [not-settling]\nstart_with: []\n"
    body = "## What to try\n\nRest.\n\n## What to leave out\n\nThe reach."
    offered = _shown(tmp_path / "offered", front, body, tags="sore")
    assert 'class="kp-card__title" href="../../exercises/reach/"' in offered
    left_out = _shown(tmp_path / "left-out", f"{front}avoid: [reach]\n", body, tags="sore")
    assert 'kp-card__title" href="../../exercises' not in left_out
    assert _in_order(left_out, "## What to leave out", "Leave out for now", ">Reach</a>")


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
