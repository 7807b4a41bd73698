"""The site's own pages do not contradict one another: urgency, tingling, who was studied, who is quoted."""

from __future__ import annotations

import re

import pytest

from kinopress.content.model.library import Library
from kinopress.content.model.names import Mention
from kinopress.content.model.pages import Exercise, Page, Symptom, Technique
from kinopress.content.read import read_library
from kinopress.content.relations.ladders import Ladders
from kinopress.content.rules.contradictions import STRENGTH_DAYS_MAX
from kinopress.pages.parts.parts import people_say
from support.guide import ROOT


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(ROOT, show_held=True)[0]


def _texts(page: Page) -> list[str]:
    """What a page says in words of its own: paragraphs, steps, evidence, caution."""
    said = [*page.body.split("\n\n"), page.description]
    said += [step.text for step in getattr(page, "steps", ())]
    said += [getattr(page, name, None) or "" for name in ("evidence", "caution", "after")]
    return said


def _saying(library: Library, pattern: str) -> list[tuple[str, str]]:
    found = re.compile(pattern, re.IGNORECASE | re.DOTALL)
    return [
        (page.path, words)
        for page in library.pages.values()
        for words in _texts(page)
        if found.search(words)
    ]


def test_who_must_stop_running_and_be_seen_is_told_the_same_urgency_everywhere(
    library: Library,
) -> None:
    asked = _saying(library, r"stop(?:ping)? running.*?(?:\bGP\b|\b111\b|physiotherapist|be seen)")
    assert len(asked) > 50
    assert [(path, w) for path, w in asked if not re.search("same day|today", w)] == []
    vague = r"(?:seen|checked|GP|physiotherapist|looked at) (?:promptly|soon\b)"
    about_groin = r"groin|front[- ](?:of the )?hip|as you run|hop"
    assert [(p, w) for p, w in _saying(library, vague) if re.search(about_groin, w)] == []


def test_groin_pain_on_running_is_never_for_later(library: Library) -> None:
    sign = r"(?:groin|front[- ]hip) pain[^.]*(?:builds|grows|climbs)[^.]*run[^.]*\.[^.]*"
    late = re.compile(r"this week|within (?:a |two )?(?:days|weeks)|next few days|when you can")
    said = [
        (path, found[0])
        for path, words in _saying(library, sign)
        for found in re.finditer(sign, words, re.IGNORECASE)
    ]
    assert len(said) > 20
    assert [(path, words) for path, words in said if late.search(words)] == []


def test_tingling_is_never_allowed_to_go_on(library: Library) -> None:
    assert (
        _saying(library, r"(?:tingling|tingle|leg symptoms) (?:must|should) (?:fade|be gone)") == []
    )
    for slug in ("sciatic-slider", "met-piriformis-pir", "figure-four-stretch"):
        page = library.pages["exercise", slug]
        assert isinstance(page, Exercise)
        cautions = " ".join(step.text for step in page.steps if step.kind == "caution")
        assert re.search("stop for today|ends the session", cautions), slug


def test_both_legs_are_an_emergency_only_with_a_painful_back(library: Library) -> None:
    both = [
        (path, words)
        for path, words in _saying(library, r"both legs|two legs")
        if "999" in words and not re.search("back pain with", words, re.IGNORECASE)
    ]
    assert both == []


def test_a_swollen_calf_with_chest_signs_is_always_999(library: Library) -> None:
    said = _saying(library, r"\b999\b[^.]*(?:breath|chest)")
    assert len(said) > 6
    assert [(p, w) for p, w in said if not ("breath" in w and "chest" in w)] == [
        (p, w) for p, w in said if re.search("back pain with", w, re.IGNORECASE) and "chest" in w
    ]


def test_bones_and_muscles_are_what_the_anatomy_says(library: Library) -> None:
    assert _saying(library, r"neck of the hip\b|hip-neck") == []
    assert _saying(library, r"bending the knee slackens soleus|soleus[^.]*being slack") == []
    assert _saying(library, r"one thick tendon|this thick tendon") == []


def test_figures_of_trials_say_of_how_many(library: Library) -> None:
    for path, words in _saying(library, r"@holmich1999"):
        assert not re.search(r"\b23\b|\btwenty-three\b", words, re.IGNORECASE) or "34" in words, (
            path
        )
    for path, words in _saying(library, r"13\.5\s?%"):
        assert "average week" in words, path
    assert _saying(library, r"\d+ in 100 (?:more|less|fewer)") == []
    assert _saying(library, r"helped \d+ of \d+") == []


def test_no_article_tells_how_long_a_session_of_a_plan_takes(library: Library) -> None:
    assert _saying(library, r"\b\d+ (?:to|–) ?\d+ minutes (?:each|a day|a session)") == []
    assert "{{ plan-facts }}" in library.pages["article", "how-the-plan-works"].body


def test_nobody_is_quoted_who_did_not_speak(library: Library) -> None:
    terms = [*library.symptoms, *library.muscles, *library.techniques]
    for term in terms:
        said = people_say(term)
        assert not re.search('[“”"]', re.sub(r'\b(?:class|role)="[^"]*"', "", said)), term.path
        assert "Nobody is quoted." in said


def test_what_is_daily_is_no_strength_work_that_needs_days_off(library: Library) -> None:
    assert STRENGTH_DAYS_MAX == 3
    strength = library.vocabulary.resolve("Strength exercise")
    assert isinstance(strength, Technique) and strength.dosage.days_per_week is not None
    assert strength.dosage.days_per_week.high <= STRENGTH_DAYS_MAX
    heavy = library.vocabulary.resolve("Heavy slow resistance")
    assert isinstance(heavy, Technique) and heavy.dosage.days_per_week is not None
    assert heavy.dosage.days_per_week.high <= STRENGTH_DAYS_MAX


def test_growing_bones_are_named_where_children_hurt(library: Library) -> None:
    for slug in ("heel-pain", "sit-bone-pain", "hamstring-strain", "achilles-pain"):
        assert re.search(r"under 16|teenagers", library.pages["symptom", slug].body, re.I), slug


def _rung(slug: str, *, easier: str | None = None, harder: str | None = None) -> Exercise:
    return Exercise(
        kind="exercise",
        path=f"exercises/{slug}.md",
        slug=slug,
        title=slug,
        easier=None if easier is None else Mention(easier, 1, "easier"),
        harder=None if harder is None else Mention(harder, 1, "harder"),
    )


def test_harder_is_known_over_several_rungs_and_from_both_ends() -> None:
    ladders = Ladders([_rung("a", harder="b"), _rung("b"), _rung("c", easier="b"), _rung("d")])
    assert ladders.harder("a") == {"b", "c"}
    assert ladders.is_harder("c", than="a") and not ladders.is_harder("a", than="c")
    assert not ladders.is_harder("d", than="a") and not ladders.is_harder("a", than="a")
    assert ladders.ring("a") == []


def test_exercises_in_a_circle_are_harder_than_none_of_it() -> None:
    ladders = Ladders([_rung("a", harder="b"), _rung("b", harder="c"), _rung("a2", easier="c")])
    assert ladders.ring("b") == []
    ladders = Ladders([_rung("a", harder="b"), _rung("c", easier="b", harder="a"), _rung("b")])
    assert ladders.ring("b") == ["b", "c", "a"]
    assert not ladders.is_harder("b", than="a")
    assert Ladders([_rung("a", harder="a")]).ring("a") == []


def test_a_percentage_is_written_as_in_british_english(library: Library) -> None:
    shown = [(page.path, words) for page in library.pages.values() for words in _texts(page)]
    shown += [(of.key, of.finding) for of in library.shared.references.values()]
    percentages = [(path, words) for path, words in shown if re.search(r"\d\s?%", words)]
    assert len(percentages) > 5
    assert [(path, words) for path, words in percentages if re.search(r"\d\s%", words)] == []


def test_a_symptom_starts_only_with_what_its_own_text_recommends(library: Library) -> None:
    starting = 0
    for symptom in library.of_kind(Symptom):
        assert symptom.start_with is not None, symptom.slug
        # What comes after "What to try" is to be left out, or for later; it may mean a drill of the checks.
        text = re.search(r"^## Check.*?(?=^## What to leave|\Z)", symptom.body, re.M | re.S)
        assert text is not None, symptom.slug
        for start in symptom.start_with:
            slug = start.exercise.text
            named = f"[[{slug}" in text[0]
            assert named or (slug.endswith("bridge") and "bridges" in text[0]), (symptom.slug, slug)
            starting += 1
    assert starting > 90


def test_an_exercise_to_start_with_has_the_condition_that_the_text_has(library: Library) -> None:
    missing = []
    for symptom in library.of_kind(Symptom):
        for start in symptom.start_with or ():
            sentence = re.search(
                rf"[^.]*\[\[{start.exercise.text}[|\]]",
                symptom.body[symptom.body.find("## What to try") :],
            )
            told = sentence[0] if sentence else ""
            if re.search(r"\b(?:[Ii]f|[Ww]hen|[Oo]nly|unless)\b", told) and not start.when:
                missing.append((symptom.slug, start.exercise.text))
    assert missing == []
