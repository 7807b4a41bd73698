"""What a check tells a writer: words that promise, sources, cautions, and how hard a page reads."""

from __future__ import annotations

import builtins
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from kinopress.content.read import read_library
from kinopress.content.text import promises
from kinopress.content.text import reading_grade as reading
from kinopress.content.text.prose import passages, plain_words
from support.command import type_in
from support.guide import ROOT
from support.projects import SETTINGS, page, small_project, write

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project(tmp_path / "site-of-anna")


def _promises(project: Path, body: str) -> list[tuple[int | None, str]]:
    """Line and word of each promise in an article with this text, which begins in line 9."""
    front = "title: Hills\ndescription: A.\ndate: 2026-01-05\ntags: [strength]\nsources: [practice]"
    write(project / "docs/articles/hills.md", page(front, body))
    _, report = read_library(project)
    found = [p for p in report if p.code == "word-promise"]
    assert {p.severity for p in found} <= {"warning"}
    return [(p.line, p.message.split("”")[0].removeprefix("“")) for p in found]


@pytest.mark.parametrize(
    "word",
    [
        *["cure", "cures", "Cured", "curing", "curable", "treat", "treats", "treated", "TREATING"],
        *["fix", "fixes", "fixing", "fixed your", "guarantee", "guarantees", "guaranteed"],
        *["miracle", "miraculously", "clinically proven", "proven to", "proves to", "risk-free"],
        *["instant relief", "100 % safe", "prevents injuries", "prevent running injuries"],
    ],
)
def test_a_word_that_promises_is_found_in_any_of_its_forms(word: str, project: Path) -> None:
    assert _promises(project, f"Begin.\n\nThe clam: {word} hips.") == [(11, word)]


@pytest.mark.parametrize(
    "words",
    [
        "Ask a physiotherapist about treatment, or treatments.",
        "A secure grip, an obscure nerve, a manicure, a prefix, fixtures and a fixed foot.",
        "Treat that as urgent. Pain is treated as a sign.",
        "Risk is part of it. No test has proven accuracy. One case proves little.",
        "It helps to prevent a fall.",
        "This does not cure anything.",
        "We never treat, fix or cure a disease.",
        "It isn’t a miracle, and it doesn't guarantee a thing.",
        "Nobody can guarantee it. It cures nothing. That is common practice rather than a cure.",
        "Read `cures` in code, and ```cures``` too.",
        "[the study](https://example.org/cures-hips)",
    ],
)
def test_a_word_that_only_looks_so_or_is_denied_is_left_alone(words: str, project: Path) -> None:
    if "`" in words:
        words = "~~~\nit cures\n~~~\n<!-- it cures -->"
    assert _promises(project, words) == []


def test_a_denial_reaches_no_further_than_its_sentence(project: Path) -> None:
    assert _promises(project, "It does not hurt. It cures hips.") == [(9, "cures")]
    assert _promises(project, "There is no doubt: it cures hips.") == [(9, "cures")]


def test_a_word_is_told_on_its_own_line_of_a_paragraph(project: Path) -> None:
    assert _promises(project, "One line,\nthe next\ncures hips.\n\n- and\n- treats [[clam]]") == [
        (11, "cures"),
        (14, "treats"),
    ]


def test_a_phrase_the_settings_allow_may_hold_such_a_word(project: Path) -> None:
    write(project / "mkdocs.yml", SETTINGS + "    allowed_phrases: [treat yourself  kindly]\n")
    assert _promises(project, "Treat\nyourself kindly.") == []
    assert _promises(project, "Treat yourself badly.") == [(9, "Treat")]


# The guide for writers


GUIDE = (ROOT / "WRITING.md").read_text("utf-8")


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_the_guide_for_writers_names_words_that_a_check_finds(project: Path) -> None:
    (named,) = (line for line in GUIDE.splitlines() if line.startswith("So these words warn"))
    words = re.findall(r"\*([^*]+)\*", named)
    assert len(words) == len(promises._INSTEAD)
    for word in words:
        assert _promises(project, f"It says {word} here.") == [(9, word)]


def test_what_the_guide_for_writers_advises_is_not_warned_of(project: Path) -> None:
    rows = [_cells(line) for line in GUIDE.splitlines() if line.startswith("| ")]
    advice = [right for wrong, right in rows if wrong != "do not write"]
    assert len(advice) > 8
    assert _promises(project, "\n\n".join(advice)) == []
    left_alone = re.findall(
        r"“([^”]+)”", GUIDE.partition("some right uses")[2].partition("Any other")[0]
    )
    assert len(left_alone) == 3
    assert _promises(project, "\n\n".join(f"{words}." for words in left_alone)) == []


def test_the_settings_in_the_guide_for_writers_are_read_without_a_word(project: Path) -> None:
    (example,) = re.findall(r"```yaml\nextra:\n  kinopress:\n(.+?)```", GUIDE, re.DOTALL)
    write(project / "mkdocs.yml", SETTINGS + example)
    assert read_library(project)[0].settings.allowed_phrases == ("treat yourself kindly",)


# What is read


def test_the_words_of_a_page_are_those_a_reader_sees() -> None:
    written = (
        "See [[clam]] or [[clam|this *small* lift]] [@weppler2010], **twice**.\n"
        "{{ exercise clam }}\n\n![A hip](../pictures/hip.jpg) [the muscle](../muscles/piriformis.md)"
        " R&amp;D `code` snake_case\n\n[label]: https://example.org"
    )
    assert plain_words(written, str.upper).split("\n") == [
        "See CLAM or this small lift, twice.",
        "",
        "",
        "A hip the muscle R&D code snake_case",
        "",
        "",
    ]


def test_each_paragraph_entry_and_heading_is_read_by_itself_with_its_line(project: Path) -> None:
    body = "## Why\nIt helps\nthe hip.\n- one\n- two\n  more\n\n| a | b |\n|---|---|\n\n> said"
    write(project / "docs/fees.md", page("title: Fees\ndescription: What it costs.", body))
    library, _ = read_library(project)
    found = [
        (p.line, p.field, p.text, p.heading) for p in passages(library.pages["page", "fees"], str)
    ]
    assert found == [
        (2, "title", "Fees", True),
        (3, "description", "What it costs.", False),
        (6, None, "Why", True),
        (7, None, "It helps\nthe hip.", False),
        (9, None, "one", False),
        (10, None, "two\nmore", False),
        (13, None, "a | b |", False),
        (16, None, "said", False),
    ]


# Sources and cautions


def test_a_page_that_rests_on_nothing_stops_a_build_and_a_draft_does_not(
    project: Path, capsys: Capture
) -> None:
    front = "title: Hills\ndescription: A.\ndate: 2026-01-05\ntags: [strength]"
    write(project / "docs/articles/hills.md", page(front))
    answer = type_in(capsys, "check", "--project", project)
    assert (answer.code, answer.out.count("[sources-missing]")) == (1, 1)
    write(project / "docs/articles/hills.md", page(f"{front}\ndraft: true"))
    answer = type_in(capsys, "check", "--project", project)
    assert answer.code == 0
    assert answer.out == (
        "9 pages, 1 held back, no problems, 1 note (kinopress check --notes shows them).\n"
    )


def test_a_slip_in_the_name_of_the_field_is_said_once(project: Path) -> None:
    front = "title: Hills\ndescription: A.\ndate: 2026-01-05\ntags: [strength]\nsuorces: [practice]"
    write(project / "docs/articles/hills.md", page(front))
    assert [p.code for p in read_library(project)[1]] == ["field-unknown"]


def test_notes_never_stop_a_build_and_are_shown_to_who_asks(project: Path, capsys: Capture) -> None:
    clam = project / "exercises/clam.md"
    text = clam.read_text("utf-8")
    write(clam, text.replace("  - caution: Stop if the hip pinches.\n", ""))
    for words in (["check"], ["check", "--notes"], ["check", "--json"], ["build"]):
        answer = type_in(capsys, *words, "--project", project)
        assert answer.code == 0
        asked = words[1:] != []
        assert ("caution-missing" in answer.out) == asked
        assert ("check --notes shows them" in answer.out) == (not asked)


# How hard it reads


EASY = (
    "The cat sat on the mat. It saw a dog. The dog ran off to the park and did not come back. " * 4
)
HARD = (
    "Contemporary interpretations of musculoskeletal flexibility increasingly emphasise"
    " neurophysiological adaptation, whereby repeated exposure attenuates the accompanying"
    " unpleasantness, notwithstanding comparatively negligible structural modification. " * 5
)


def test_easy_words_have_a_lower_grade_than_hard_ones() -> None:
    # By hand, 0.39 × words a sentence + 11.8 × syllables a word − 15.59: 22 words of one
    # syllable in three sentences give 0.39 × 7.33 + 11.8 − 15.59 = −0.93.
    assert reading.grade(EASY) == pytest.approx(-0.93, abs=0.01)
    assert reading.grade(HARD) > 20


def test_a_page_is_measured_by_its_own_words_with_links_as_their_titles(project: Path) -> None:
    front = "title: Fees\ndescription: What it costs."
    write(
        project / "docs/fees.md", page(front, "## A heading\n\nSee [[clam]] [@practice].\n\n- one")
    )
    library, _ = read_library(project)
    assert reading.page_words(library, library.pages["page", "fees"]) == (
        "What it costs. See Clam. one."
    )


def test_reading_says_the_grade_of_each_page_that_is_long_enough(
    project: Path, capsys: Capture
) -> None:
    front = "title: {0}\ndescription: About {0}.\nsources: [practice]"
    write(project / "docs/easy.md", page(front.format("easy"), EASY))
    write(project / "docs/hard.md", page(front.format("hard"), HARD))
    answer = type_in(capsys, "check", "--reading", "--project", project)
    assert answer.code == 0
    easy, hard = [line for line in answer.out.splitlines() if "[reading-grade]" in line]
    assert easy.startswith("docs/easy.md: it reads at about grade -") and "nothing to do" in easy
    assert hard.startswith("docs/hard.md: ") and "aim at 8 or less" in hard


def test_an_age_is_said_as_a_parent_would() -> None:
    assert [reading.age_words(g) for g in (-1.0, 6.2, 12.4, 19.0)] == [
        "ages 5–6",
        "ages 11–12",
        "ages 17–18",
        "for university graduates",
    ]


def test_without_the_library_that_measures_it_says_how_to_get_it(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:

    monkeypatch.delitem(sys.modules, "kinopress.content.text.reading_grade", raising=False)
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "textstat":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    answer = type_in(capsys, "check", "--reading", "--project", project)
    assert (answer.code, answer.out) == (3, "")
    assert answer.err == (
        "kinopress: the part that measures reading is not installed here;"
        " run python3 scripts/check.py --reading, which installs it [reading-missing]\n"
    )
