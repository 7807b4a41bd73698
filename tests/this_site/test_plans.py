"""This site's plans as their reader gets them: what stands where, what the script is told, the words they never say."""

from __future__ import annotations

import datetime as dt
import html
import re
from pathlib import Path

import pytest

from kinopress.content.model.library import Library
from kinopress.content.model.names import Mention
from kinopress.content.model.pages import Exercise, Plan, Symptom
from kinopress.content.model.plans import Portion
from kinopress.content.model.shared import LEVELS
from kinopress.content.read import read_library
from kinopress.finder.page_words import dose_of
from kinopress.media.figure import Figure, still_name
from kinopress.pages.kinds.exercise import render_exercise
from kinopress.pages.kinds.plan import render_plan
from kinopress.pages.kinds.plan_data import checks_data, plan_data
from kinopress.pages.parts import plan as plan_parts
from kinopress.pages.parts.html import escape
from kinopress.pages.parts.parts import card
from kinopress.pages.parts.plan_figures import doses_in_plans, figures, sessions_of
from kinopress.pages.parts.warning_signs import named_signs
from kinopress.pages.parts.wording import (
    minutes_words,
)
from kinopress.pages.place import Place
from kinopress.pages.text import render_body

ROOT = Path(__file__).parents[2]
A_DAY = dt.date(2026, 12, 1)


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(ROOT, today=A_DAY)[0]


@pytest.fixture(params=["tight-hamstrings-14", "deep-buttock-pain-14", "stiff-hip-flexors-14"])
def plan(library: Library, request: pytest.FixtureRequest) -> Plan:
    page = library.pages["plan", request.param]
    assert isinstance(page, Plan)
    return page


def text_of(markup: str) -> str:
    return html.unescape(re.sub("<[^>]+>", "", markup))


def test_the_warning_signs_and_the_pain_rule_come_before_any_exercise(
    library: Library, plan: Plan
) -> None:
    page = render_plan(Place(library, {}, f"plans/{plan.slug}.md"), plan)
    first_exercise = page.index('<ol class="kp-session"')
    for mention in plan.not_for:
        flag = library.shared.red_flags.get(mention.text)
        term = library.vocabulary.resolve(mention.text)
        title = flag.title if flag is not None else term.title if term is not None else ""
        assert title and 0 < page.index(title) < first_exercise
    assert 0 < page.index("## Is this the right plan for you?") < first_exercise
    assert page.count("Is this the right plan for you?") == 1
    assert page.index("Each sign in full, and what to do") < first_exercise
    assert "check the warning signs" not in page  # they stand right above it, and are said once
    assert page.index("Pain: the traffic light") < first_exercise


def test_what_rules_a_plan_out_is_a_list_with_its_urgency_above_it(
    library: Library, plan: Plan
) -> None:
    place = Place(library, {}, f"plans/{plan.slug}.md")
    page = render_plan(place, plan)
    part = page[page.index("kp-not-for") : page.index("Each sign in full")]
    groups = [
        (text_of(level), [text_of(item) for item in re.findall("<li>(.*?)</li>", items)])
        for level, items in re.findall(
            r'<p class="kp-not-for__level">(.*?)</p><ul[^>]*>(.*?)</ul>', part
        )
    ]
    help_ = library.shared.help
    said: list[str] = []
    for level in LEVELS:
        # An ambulance before a lift to A&E, and A&E today before a call.
        for hospital in sorted((False, True), reverse=level != LEVELS[0]):
            titles = [
                flag.title
                for flag in plan_parts.ruling_out(place, plan)
                if (flag.level, flag.hospital) == (level, hospital)
            ]
            if titles:
                said.append(help_.level(level).heading_for(hospital=hospital))
                at = groups[len(said) - 1]
                assert at[0].startswith(said[-1])
                assert at[1] == titles
    others = [place.library.vocabulary.resolve(m.text) for m in plan.not_for]
    elsewhere = [term.title for term in others if isinstance(term, Symptom)]
    assert [items for _, items in groups[len(said) :]] == ([elsewhere] if elsewhere else [])
    assert 'href="tel:999"' in part
    assert ('href="tel:111"' in part) == any("Get help today" in level for level in said)
    assert "; " not in re.sub("<[^>]+>", "", part)


def test_every_day_exercise_and_check_stands_on_the_page_without_a_script(
    library: Library, plan: Plan
) -> None:
    page = render_plan(Place(library, {}, f"plans/{plan.slug}.md"), plan)
    for day in range(15):
        assert page.count(f'id="day-{day}"') == 1
    for block in plan.blocks:
        for portion in block.portions:
            assert f'data-exercise="{portion.exercise.text}"' in page
    for test in plan.tests:
        check = library.shared.checks[test.test.text]
        assert check.how[:40] in page
        assert (test.real_change or check.real_change) in page


def test_the_script_is_told_what_the_page_says(library: Library, plan: Plan) -> None:
    place = Place(library, {}, f"plans/{plan.slug}.md")
    data = plan_data(place, plan, sessions_of(place, plan))
    assert [day["number"] for day in data["days"]] == list(range(1, 15))
    assert [day["number"] for day in data["days"] if day["checks"]] == [1, 7, 14]
    names = {name for day in data["days"] for name in (*day["blocks"], day["swap"]) if name}
    assert names == set(data["blocks"]) == {block.name for block in plan.blocks}
    assert plan.session_s is not None
    for day in data["days"]:
        if day["blocks"]:
            low, high = plan.session_s.low, plan.session_s.high
            assert low <= 60 * day["minutes"] <= high
    assert (data["light"]["greenMax"], data["light"]["amberMax"]) == (3, 5)


def test_a_plan_is_found_from_the_symptoms_it_is_for(library: Library, plan: Plan) -> None:
    for symptom in library.terms(plan.symptoms):
        assert plan in library.tagged[symptom.slug]


def test_no_plan_promises_anything(plan: Plan) -> None:
    text = (ROOT / plan.path).read_text("utf-8")
    for word in ("treat", "cure", "fix", "heal", "guarantee", "pain-free", "full function"):
        assert not re.search(rf"\b{word}(s|es|ed|ing)?\b", text, re.IGNORECASE), word
    assert re.search(r"8 to 12 weeks", plan.after)
    assert "No trial has tested this plan" in text or "no trial has tested this plan" in text
    assert all(
        f"[@{m.text}]" in text
        for m in plan.sources
        if m.text not in ("practice", "salaffi2004", "neto2015")
    )


def test_one_session_time_stands_wherever_a_plan_is_named(library: Library, plan: Plan) -> None:
    place = Place(library, {}, f"plans/{plan.slug}.md")
    data = plan_data(place, plan, sessions_of(place, plan))
    minutes = [day["minutes"] for day in data["days"]]
    words = minutes_words(min(m for m in minutes if m), max(minutes))
    assert f"about {words}" in render_plan(place, plan)
    assert f"{words} a day" in card(place, plan)
    assert f"{words} a session" in figures(place)


def test_an_exercise_says_what_each_plan_asks_of_it_and_when(library: Library) -> None:
    bridge = library.pages["exercise", "glute-bridge"]
    assert isinstance(bridge, Exercise)
    html = doses_in_plans(Place(library, {}, "exercises/glute-bridge.md"), bridge)
    said = re.sub("<[^>]+>", "", html)
    assert "days 2, 4 and 6: 2 × 12 · rest 1 minute." in said
    assert "3 × 12" not in said  # that is the dose of the exercise by itself
    in_no_plan = library.pages["exercise", "couch-stretch"]
    assert isinstance(in_no_plan, Exercise)
    assert doses_in_plans(Place(library, {}, "exercises/couch-stretch.md"), in_no_plan) == ""


def test_every_exercise_of_a_plan_opens_with_the_plan_s_dose_and_the_way_back(
    library: Library, plan: Plan
) -> None:
    page = render_plan(Place(library, {}, f"plans/{plan.slug}.md"), plan)
    rows = re.findall(
        r'kp-session__title"><a href="([^"]+)">.*?kp-session__dose">(.*?)</span>', page
    )
    assert len(rows) == sum(len(block.portions) for block in plan.blocks)
    for href, dose in rows:
        found = re.fullmatch(r"\.\./\.\./exercises/([a-z0-9-]+)/#(in-.+)", href)
        assert found, href  # by a fragment: no server sees from which plan somebody comes
        exercise = library.pages["exercise", found[1]]
        assert isinstance(exercise, Exercise)
        place = Place(library, {}, f"exercises/{found[1]}.md")
        _, _, block = render_exercise(place, exercise).partition(f'id="{found[2]}"')
        block = block.partition('class="kp-for kp')[0]
        assert f'class="kp-for__dose">{dose}<' in block, href
        assert f'href="../../plans/{plan.slug}/#today"' in block, href
    swaps = plan_parts.swap_list(Place(library, {}, f"plans/{plan.slug}.md"), plan)
    in_plan = {portion.exercise.text for block in plan.blocks for portion in block.portions}
    for slug, anchor in re.findall(r"exercises/([a-z0-9-]+)/(#[^\"]+)?", swaps):
        assert bool(anchor) == (slug in in_plan), slug


def test_what_counts_as_a_real_change_has_a_study_and_the_plan_s_own_words(
    library: Library, plan: Plan
) -> None:
    place = Place(library, {}, f"plans/{plan.slug}.md")
    for told in checks_data(place, plan):
        check = library.shared.checks[told["key"]]
        assert told["title"] in render_plan(place, plan)
        assert (told["min"] < 0) == (check.unit in {"cm", "degrees"}), (
            "fingers may go past the floor"
        )
        if told["from"] is None:
            assert "Not established" in check.real_change
            continue
        said = next(
            t.real_change or check.real_change for t in plan.tests if t.test.text == check.key
        )
        assert str(told["from"]) in said
        assert {source.text for source in check.sources} - {"practice"}
    home = plan_data(place, plan, sessions_of(place, plan))["home"]
    assert home == (
        None if library.settings.site_url is None else f"{library.settings.site_url}plans/"
    )


def test_after_red_each_exercise_says_what_to_do_where_no_other_page_can_be_seen(
    library: Library, plan: Plan
) -> None:
    page = render_plan(Place(library, {}, f"plans/{plan.slug}.md"), plan)
    items = re.findall(r'<li [^>]*data-exercise="[^"]+".*?</li>', page, re.DOTALL)
    assert len(items) == sum(len(block.portions) for block in plan.blocks)
    for item in items:
        said = re.search(r'<span class="kp-session__red">(.*?)</span>', item)
        assert re.search(r"Easier: <a ", item) or (said and "eave it out today." in said[1]), item
        assert "its page" not in item


def test_no_session_offers_an_easier_or_harder_exercise_it_has_already(
    library: Library, plan: Plan
) -> None:
    page = render_plan(Place(library, {}, f"plans/{plan.slug}.md"), plan)
    offered = 0
    for session in re.findall(r'<ol class="kp-session".*?</ol>', page):
        names = re.findall(r'data-exercise="([a-z0-9-]+)"', session)
        for more in re.findall(r'<span class="kp-session__more">.*?</span>', session):
            # A place on its own page, which says how to make it easier, is no other exercise.
            links = re.findall(r'er: <a href="[./]*exercises/([a-z0-9-]+)[^"#]*"', more)
            offered += len(links)
            assert not set(links) & set(names)
    assert offered > 0


def test_the_search_says_the_minutes_of_the_plans_page(library: Library, plan: Plan) -> None:
    page = render_plan(Place(library, {}, f"plans/{plan.slug}.md"), plan)
    minutes = dose_of(library, plan).removesuffix(" min a day")
    assert f"about {minutes} minutes" in page


def _exercise(slug: str, tags: str, **fields: Mention) -> Exercise:
    return Exercise(
        kind="exercise",
        path=f"exercises/{slug}.md",
        slug=slug,
        title=slug,
        tags=(Mention(tags, 1, "tags"),),
        **fields,
    )


def test_a_light_day_is_not_turned_into_a_strength_day(library: Library) -> None:
    place = Place(library, {}, "plans/a.md")
    harder = Mention("calf-raise-straight", 1, "harder")
    stretch = _exercise("stretch-it", "Static stretch", harder=harder)
    raise_it = _exercise("raise-it", "Strength exercise", harder=harder)
    portion = Portion(Mention("x", 1, "blocks"))
    assert "Harder" not in plan_parts._exercise(
        place, library.plans[0], [stretch], portion, stretch
    )
    assert "Harder" in plan_parts._exercise(place, library.plans[0], [raise_it], portion, raise_it)


def test_exercises_lying_down_carry_the_caution(library: Library) -> None:
    carried = 0
    for exercise in library.exercises:
        first = next(step.text for step in exercise.steps if step.kind == "prepare")
        if re.search(r"\bon your (back|front)\b|face down", first):
            carried += 1
            assert library.shared.help.advice_on(exercise.position), exercise.path
            page = render_exercise(Place(library, {}, f"exercises/{exercise.slug}.md"), exercise)
            assert page.index("Pregnant?") < page.index("## How to do it")
    assert carried > 12


def test_a_text_shows_the_signs_it_names_in_their_own_words(library: Library) -> None:
    place = Place(library, {}, "articles/groin.md")
    said = named_signs(place, ["hip-stress-fracture", "abdominal"])
    for key in ("hip-stress-fracture", "abdominal"):
        flag = library.shared.red_flags[key]
        assert escape(flag.sign) in said and escape(flag.title) in said
    assert said.count("<details") == said.count(" open") == 2
    assert escape(library.shared.red_flags["dvt"].title) not in said
    assert (
        render_body(place, library.pages["article", "groin"]).count(
            named_signs(place, ["hip-stress-fracture", "abdominal", "under-16"])
        )
        == 1
    )


def test_each_exercise_of_a_session_has_its_last_still_beside_its_title(
    library: Library, plan: Plan
) -> None:
    slugs = [slug for kind, slug in library.pages if kind == "exercise" and slug != "clam"]
    sizes = {still_name(1): (520, 300), still_name(2): (521, 301)}
    drawn = {
        slug: Figure(slug, "0123456789abcdef", Path(), sizes, ("Set up", "Do")) for slug in slugs
    }
    place = Place(library, {}, f"plans/{plan.slug}.md", figures=drawn)
    rows = re.findall(
        r'<li data-exercise="([^"]+)"[^>]*>(.*?)<span class="kp-session__title">',
        plan_parts.session_lists(place, plan, sessions_of(place, plan)),
    )
    assert rows
    for slug, before in rows:
        expected = (
            f'<img src="../../figures/{slug}-0123456789/still-2.svg" width="521" height="301" alt="" loading="lazy">'
            if slug in drawn
            else ""
        )
        assert before == expected
