"""The site's own pages do not contradict one another: urgency, tingling, who was studied, who is quoted."""

from __future__ import annotations

import html
import re

import pytest

from kinopress.content.model.library import Library
from kinopress.content.model.names import Mention
from kinopress.content.model.pages import Exercise, Page, Symptom, Technique
from kinopress.content.read import read_library
from kinopress.content.relations.ladders import Ladders
from kinopress.content.relations.starts import is_avoided
from kinopress.content.rules.contradictions import STRENGTH_DAYS_MAX
from kinopress.pages.parts.parts import people_say
from kinopress.pages.parts.warning_signs import first_call, flags_strip
from kinopress.pages.place import Place
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


PAIN_LIMIT = "Pain of 0 to 3 out of 10 is fine. At 4 or 5, ease off"


def test_two_pushes_side_by_side_have_the_same_limit_for_pain_each_says_it_once(
    library: Library,
) -> None:
    pushes = [
        page
        for page in library.exercises
        if any(isinstance(t, Technique) and t.family == "met" for t in library.terms(page.tags))
    ]
    assert len(pushes) >= 10
    told = {page.slug: " ".join(_texts(page)) for page in pushes}
    limited = {slug: words for slug, words in told.items() if "out of 10" in words}
    assert {"met-piriformis-pir", "met-piriformis-ri"} <= limited.keys()
    for slug, words in limited.items():
        assert (words.count(PAIN_LIMIT), words.count("out of 10")) == (1, 1), slug
    # It is the limit that the article about them explains, and the colours of every plan.
    assert PAIN_LIMIT in library.pages["article", "what-is-met"].body
    for plan in library.plans:
        rule = plan.pain_rule
        assert rule is not None and (rule.green_max, rule.amber_max) == (3, 5)


def test_how_often_to_get_up_from_sitting_is_one_number_with_its_source(library: Library) -> None:
    said = _saying(library, r"(?:break up sitting|get up|stand(?: up)?)\]* every \d+ minutes")
    days = [(p.path, day.also) for p in library.plans for day in p.days if day.also]
    said += [(path, words) for path, words in days if "sitting" in words]
    numbers = {
        (path, int(found[1]))
        for path, words in said
        for found in re.finditer(r"every (\d+) minutes", words)
    }
    assert len(numbers) >= 5
    assert {number for _, number in numbers} == {20}
    source = library.pages["symptom", "pain-on-sitting"].body
    assert re.search(r"Get up every 20 minutes[^.]*\[@practice\]", source)


def test_both_legs_are_an_emergency_only_with_a_painful_back(library: Library) -> None:
    both = [
        (path, words)
        for path, words in _saying(library, r"both legs|two legs")
        if "999" in words and not re.search("back pain with", words, re.IGNORECASE)
    ]
    assert both == []


def test_where_numb_can_be_of_the_saddle_the_line_of_999_says_what_tells_it_apart(
    library: Library,
) -> None:
    # A rider matches both signs by the words "numb there" alone.
    both = [
        page
        for page in library.pages.values()
        if isinstance(page, Symptom)
        and {"cauda-equina", "saddle-numb"} <= {mention.text for mention in page.red_flags}
    ]
    assert len(both) > 1
    for page in both:
        flags = [library.shared.red_flags[mention.text] for mention in page.red_flags]
        strip = flags_strip(Place(library, {}, f"symptoms/{page.slug}.md"), flags)
        in_sight = strip[: strip.index("<details")]
        line = next(
            x for x in in_sight.split("<li") if re.search("numb or tingl", x, re.IGNORECASE)
        )
        assert "not only while you ride" in line or "also off the bike" in line, page.slug


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
        said = people_say(Place(library, {}, f"{term.kind}s/{term.slug}.md"), term)
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


_LATER = re.compile(
    r"\b(?:Not on days|From day|Once (?!a day)|When |After (?!it\b|exercise\b)|[Nn]ext rung|days later)"
)


def test_what_is_not_for_the_first_day_is_not_among_what_to_do_today(library: Library) -> None:
    """Words that put an exercise off say so to the page as well, and none puts it off without words."""
    later = 0
    for symptom in library.of_kind(Symptom):
        for start in symptom.start_with or ():
            assert bool(_LATER.search(start.when)) == start.later, (symptom.slug, start.when)
            later += start.later
    assert later > 10


def test_words_of_an_exercise_to_start_with_are_clear_on_the_page_of_the_exercise(
    library: Library,
) -> None:
    places = re.compile(r"\b(?:below|above|this page)\b")
    starts = [(s.slug, one.when) for s in library.of_kind(Symptom) for one in s.start_with or ()]
    assert len(starts) > 90
    assert [(slug, when) for slug, when in starts if places.search(when)] == []


def test_a_symptom_s_own_dose_has_only_numbers_that_its_text_has(library: Library) -> None:
    words = {"6": r"six|6", "1": r"a|one|1", "30": r"30", "60": r"minute|60"}
    doses = 0
    for symptom in library.of_kind(Symptom):
        text = symptom.body[symptom.body.find("## What to try") :].partition("\n## What to leave")[
            0
        ]
        for start in symptom.start_with or ():
            if start.dosage is None:
                continue
            amounts = (start.dosage.reps, start.dosage.hold, start.dosage.sets)
            for number in {str(a) for a in amounts if a is not None}:
                assert re.search(rf"\b(?:{words[number]})\b", text), (symptom.slug, number)
            doses += 1
    assert doses > 3


_EMERGENCIES = {
    "clot-lung": r"short of breath|your chest hurts",
    "back-chest": r"back pain with chest pain",
    "aorta": r"tummy and back pain|tummy or back pain",
    "cauda-equina": r"genitals|both legs|pee or poo|between (?:the|your) legs|at any other time",
    "stroke": r"one side",
    "limb-ischaemia": r"cold, pale",
    "compartment-acute": r"blow to the leg",
    "muscle-breakdown": r"dark pee|huge effort|very ill",
    "testicle": r"testicle",
}
"""By what words the text of a symptom means which emergency."""


def test_a_symptom_whose_text_says_999_has_that_sign_in_its_box(library: Library) -> None:
    """What only the last section told was missed by whoever needed it first."""
    said = 0
    for symptom in library.of_kind(Symptom):
        before = ""
        for text in (symptom.description, *symptom.body.split("\n")):
            for sentence in re.split(r"(?<=[.!?])\s+", text):
                if "999" in re.sub(r"@\w+", "", sentence):
                    # "If it follows a blow, call 999" names it; "Numb at any other time? Call 999." a sentence before.
                    named = [
                        key
                        for key, words in _EMERGENCIES.items()
                        if re.search(words, f"{before} {sentence}", re.IGNORECASE)
                    ]
                    assert named, (symptom.slug, sentence)
                    signs = {mention.text for mention in symptom.red_flags}
                    assert signs & set(named), (symptom.slug, sentence)
                    said += 1
                before = sentence
    assert said > 12


def test_of_several_emergencies_each_has_a_short_sentence(library: Library) -> None:
    flags = library.shared.red_flags
    several = 0
    for symptom in library.of_kind(Symptom):
        found = [f for m in symptom.red_flags if (f := flags[m.text]).level == "emergency"]
        if len(found) > 1:
            several += 1
            assert [f.key for f in found if not 4 < len(f.brief.split()) < 22] == [], symptom.slug
    assert several > 5
    assert "both legs" in flags["cauda-equina"].brief


def test_whom_an_urgent_sign_itself_says_to_call_is_in_sight(library: Library) -> None:
    """Its heading says where all of them go; a sign that names another first says so beside its name."""
    flags = [f for f in library.shared.red_flags.values() if f.level == "urgent"]
    assert len(flags) > 15
    elsewhere = re.compile(r"\b(?:midwife|maternity|team|unit)\b")
    own = {f.key for f in flags if elsewhere.search(f.action)}
    assert own == {f.key for f in flags if first_call(f)}
    place = Place(library, {}, "symptoms/any.md")
    for flag in flags:
        strip = flags_strip(place, [flag]).partition("<details")[0]
        urgency = library.shared.help.level("urgent")
        assert html.escape(urgency.heading_for(hospital=flag.hospital)) in strip
        assert html.escape(first_call(flag)) in strip
        assert ("Ring 111" in strip) != flag.hospital


def test_nobody_is_offered_to_sit_on_a_ball_for_pain_on_sitting(library: Library) -> None:
    for slug in ("pain-on-sitting", "sit-bone-pain"):
        symptom = library.pages["symptom", slug]
        ball = library.pages["exercise", "glute-ball-release"]
        assert isinstance(symptom, Symptom)
        assert isinstance(ball, Exercise)
        assert re.search(r"\bballs?\b", symptom.body.partition("## What to leave out")[2])
        assert is_avoided(library, symptom, ball)
