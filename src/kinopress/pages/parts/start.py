"""What a symptom's page offers for today: two or three exercises, how much of each, and the plan that goes on from there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kinopress.content.model.dosage import NO_DOSAGE
from kinopress.content.model.pages import Exercise, Plan, Symptom
from kinopress.content.model.plans import PLAN_DAYS
from kinopress.content.relations.sessions import minutes_of
from kinopress.content.relations.starts import FirstExercise, first_exercises
from kinopress.pages.parts import parts
from kinopress.pages.parts.figure import thumbnail
from kinopress.pages.parts.follow.button import start_button
from kinopress.pages.parts.follow.limits import Limits
from kinopress.pages.parts.html import element, escape, in_a_row
from kinopress.pages.parts.plan_figures import sessions_of
from kinopress.pages.parts.wording import (
    days_words,
    dosage_line,
    dosage_sentence,
    minutes_words,
)
from kinopress.pages.place import Place


def today(
    place: Place,
    page: Symptom,
    exercises: Sequence[FirstExercise],
    plans: Sequence[Plan],
    checks: tuple[str, str] | None = None,
) -> str:
    """The section for today; nothing where no exercise is to be begun with, however many plans there are.

    Its first sentence sends whoever has a warning sign back to it. What is not for the first day is under a
    heading that says so. ``checks`` is where the page says how to find out which of them fits, and its title: that
    comes further down, and the cards may depend on it.
    """
    if not exercises:
        return ""
    signs = element(
        "p",
        escape(place.library.shared.help.say("start_with")),
        class_="kp-start__signs",
        lang=place.told_lang,
    )
    now = [first for first in exercises if not first.later]
    later = [first for first in exercises if first.later]
    offered = "".join(_plan(place, plan) for plan in plans)
    if not now:
        words = element("p", place.in_html(LATER_WORDS), class_="kp-start__signs")
        return parts.section(
            place.phrase(LATER), words + _cards(place, page, later, offered), anchor="today"
        )
    shown = (signs if page.red_flags else "") + _cards(place, page, now, "" if later else offered)
    if checks is not None and any(first.is_by_finding for first in now):
        anchor, title = checks
        link = element("a", escape(title), href=f"#{anchor}")
        words = place.in_html("Not sure what fits? See {link}.", link=link)
        shown += element("p", words, class_="kp-start__checks")
    if later:
        shown += f"\n\n### {place.phrase(LATER)}\n\n" + _cards(place, page, later, offered)
    return parts.section(place.phrase(TODAY), shown, anchor="today")


def heading(place: Place, exercises: Sequence[FirstExercise]) -> str:
    """What the section of :func:`today` is called."""
    return place.phrase(LATER if all(first.later for first in exercises) else TODAY)


TODAY = "Today: do this"
LATER = "Later: when to begin"
LATER_WORDS = "None of these signs? Each says from when."


def _cards(place: Place, page: Symptom, exercises: Sequence[FirstExercise], more: str = "") -> str:
    cards = "".join(_exercise(place, page, first) for first in exercises) + more
    return element("ul", cards, class_="kp-cards kp-cards--today", role="list")


def _exercise(place: Place, page: Symptom, first: FirstExercise) -> str:
    """A card: with the symptom's own dose, or the exercise's, as the most of it where the words limit it."""
    exercise = first.exercise
    picture = thumbnail(place, exercise.slug)
    if first.is_limited:
        dose = _dose_line(place, first)
    else:
        things = ", ".join(exercise.equipment)
        needs = place.phrase("you need: {things}", things=things) if things else ""
        dose = " · ".join(x for x in (dosage_line(exercise.dosage, place.words), needs) if x)
    address = place.url(exercise) + (f"#{_anchor(page)}" if first.is_limited else "")
    inner = (
        picture
        + element(
            "a",
            escape(exercise.title),
            class_="kp-card__title",
            href=address,
            lang=place.lang_of(exercise),
        )
        + (element("span", escape(first.when), class_="kp-card__when") if first.when else "")
        + (element("span", escape(in_a_row(dose)), class_="kp-card__dose") if dose else "")
    )
    drawn = " kp-card--drawn" if picture else ""
    return element("li", inner, class_=f"kp-card kp-card--exercise{drawn}")


def _plan(place: Place, plan: Plan) -> str:
    low, high = minutes_of(plan, sessions_of(place, plan))
    days = place.counted(PLAN_DAYS, "{n} day", "{n} days")
    meta = f"{place.phrase('Day by day')} · {days}"
    if high:
        minutes = minutes_words(low, high, place.words)
        meta += f" · {place.phrase('{minutes} a day', minutes=minutes)}"
    inner = element(
        "a",
        escape(plan.title),
        class_="kp-card__title",
        href=place.url(plan),
        lang=place.lang_of(plan),
    ) + (element("span", escape(meta), class_="kp-card__meta"))
    return element("li", inner, class_="kp-card kp-card--plan")


def doses_for_symptoms(place: Place, exercise: Exercise) -> str:
    """What each symptom that begins with an exercise says of it: for who comes here from there.

    Each is hidden until its address is opened. Then it takes the place of the exercise's own dose and its button:
    what is safe with a healthy leg may be too much for a sore one.
    """
    blocks = []
    for symptom in place.library.symptoms:
        if symptom.start_with is None:
            continue  # what no page names has no limits, and to choose it goes through all exercises
        first = next(
            (one for one in first_exercises(place.library, symptom) if one.exercise is exercise),
            None,
        )
        if first is not None and first.is_limited:
            blocks.append(_for_symptom(place, symptom, first))
    return "".join(blocks)


def _for_symptom(place: Place, symptom: Symptom, first: FirstExercise) -> str:
    """The block of one symptom: its words, how much, the button. It is read by who comes from a search as well."""
    name = element(
        "a",
        escape(_in_sentence(symptom.title, symptom)),
        href=f"{place.url(symptom)}#today",
        lang=place.lang_of(symptom),
    )
    later = place.in_html(", not on the first day") if first.later else ""
    words = element("strong", escape(_in_sentence(first.when, symptom))) if first.when else ""
    whom = place.in_html("For {name}", name=name)
    said = element("p", f"{whom}{later}" + (f": {words}" if words else "."))
    usual = dosage_sentence(first.exercise.dosage, place.words)
    dose, more = "", ""
    if first.at_most is not None and usual:
        limit = dosage_sentence(first.at_most, place.words)
        dose = place.phrase("At most the usual dose: {dose}. Fewer is fine.", dose=limit)
    elif first.dosage is not None:
        dose = dosage_sentence(first.dosage, place.words)
    if first.at_most is None and usual:
        link = element("a", place.in_html("The usual dose"), href="#how-much")
        too_much = place.in_html("{link} may be too much for you now.", link=link)
        more = element("p", too_much, class_="kp-for__usual")
    drawn = first.exercise.slug in place.figures and first.is_another_form
    form = element("p", place.in_html(FORM_WORDS), class_="kp-for__usual") if drawn else ""
    # The name says the words of the button first: who speaks to the page says what is to be seen.
    name_of_start = place.phrase("Start with this dose")
    if first.at_most:
        name_of_start += f", {place.phrase('at most the usual dose')}"
    start = start_button(
        place,
        first.exercise,
        first.at_most or first.dosage or NO_DOSAGE,
        f"{name_of_start}: {symptom.title}",
        limits=limits_of(first),
        symptom=symptom,
    )
    return element(
        "div",
        said
        + (element("p", escape(dose), class_="kp-for__dose") if dose else "")
        + form
        + start
        + more,
        class_="kp-for",
        id=_anchor(symptom),
    )


def limits_of(first: FirstExercise) -> Limits | None:
    """What the symptom's words ask to be heeded."""
    if not first.when:
        return None
    return Limits(
        first.in_motion,
        with_both_legs=first.is_with_both_in_place_of_one,
        is_most=first.at_most is not None,
    )


FORM_WORDS = "The drawings show the usual form."


def _in_sentence(words: str, symptom: Symptom) -> str:
    """Words inside a sentence: the first letter small, unless it begins an abbreviation or a name.

    A name is what the symptom's own description writes large inside a sentence.
    """
    first = words.partition(" ")[0]
    is_name = re.search(rf"[\w,] {re.escape(first)}\b", symptom.description) is not None
    if is_name or words[1:2].isupper():
        return words
    return words[:1].lower() + words[1:]


def _dose_line(place: Place, first: FirstExercise) -> str:
    """On a card a symptom's own dose, with how often where it says no more; or at most the usual one."""
    if first.at_most is not None:
        most = dosage_line(first.at_most, place.words)
        return place.phrase("at most {dose}", dose=most) if most else ""
    if first.dosage is None:
        return ""
    days = first.dosage.days_per_week
    often = days_words(days, place.words) if days else ""
    return dosage_line(first.dosage, place.words) or often


def _anchor(symptom: Symptom) -> str:
    return f"for-{symptom.slug}"
