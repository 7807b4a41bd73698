"""A plan's figures, reckoned from its sessions: said here and nowhere else, so that no two pages differ."""

from __future__ import annotations

from collections.abc import Iterator

from kinopress.content.model.dosage import Dosage
from kinopress.content.model.pages import Exercise, Plan
from kinopress.content.model.plans import PLAN_DAYS, PlanDay
from kinopress.content.relations.sessions import (
    Sessions,
    dosage_of,
    minutes_of,
    sessions_with_drafts,
)
from kinopress.pages.parts.follow.button import start_button
from kinopress.pages.parts.html import as_json, element, escape
from kinopress.pages.parts.wording import dosage_sentence, minutes_words, number_list
from kinopress.pages.place import Place


def sessions_of(place: Place, page: Plan) -> Sessions:
    """The sessions of a plan, as :func:`~kinopress.content.relations.sessions.sessions_with_drafts` has them."""
    return sessions_with_drafts(place.library, page)


def needed_of(sessions: Sessions, day: PlanDay) -> int:
    """How many exercises make a day's session whole: the fewest of all ways to do it, 0 for a day of rest."""
    return min(len(sessions.of_day(way)) for way in sessions.ways(day))


def _exercises_of(page: Plan, sessions: Sessions) -> int:
    """How many exercises the fullest session has."""
    ways = [way for day in page.days for way in sessions.ways(day)]
    return max((len(sessions.of_day(way)) for way in ways), default=0)


def figures(place: Place) -> str:
    """All plans, each with its minutes a session, its exercises at once, its strength days and its days to measure."""
    items = []
    for plan in place.library.plans:
        sessions = sessions_of(place, plan)
        tested = sorted({day for test in plan.tests for day in test.when})
        strength = sum(sessions.is_strength(day) for day in plan.days)
        most = _exercises_of(plan, sessions)
        said = [
            place.phrase(
                "{minutes} a session",
                minutes=minutes_words(*minutes_of(plan, sessions), place.words),
            ),
            place.counted(
                most, "at most {n} exercise at a time", "at most {n} exercises at a time"
            ),
            place.phrase("strength on {n} of {days} days", n=strength, days=PLAN_DAYS),
            *(
                [place.phrase("checks on day {days}", days=number_list(tested, place.words))]
                if tested
                else []
            ),
        ]
        items.append(element("li", f"{place.link(plan)}: {escape('; '.join(said))}."))
    return element("ul", "".join(items), class_="kp-figures") if items else ""


def doses_in_plans(place: Place, exercise: Exercise) -> str:
    """What each plan asks of an exercise, and on which days; each leads to where it can be started so."""
    items = []
    for plan, found in _plans_with(place, exercise):
        for number, (dosage, days) in enumerate(found, 1):
            back = element(
                "a", escape(plan.title), href=f"{place.url(plan)}#today", lang=place.lang_of(plan)
            )
            dose = element("a", escape(_said(place, dosage)), href=f"#{_anchor(plan, number)}")
            items.append(element("li", f"{back}, {_days(place, days)}: {dose}."))
    if not items:
        return ""
    lead = place.in_html("Following a plan? Then its dose and its days count, not those above.")
    return element("div", element("p", lead) + element("ul", "".join(items)), class_="kp-in-plans")


def doses_for_plans(place: Place, exercise: Exercise) -> str:
    """For who comes from a plan: its dose, its button and the way back, in place of the exercise's own.

    Each is hidden until its address is opened, as what a symptom says is.
    """
    blocks = []
    for plan, found in _plans_with(place, exercise):
        for number, (dosage, days) in enumerate(found, 1):
            back = element(
                "a", escape(plan.title), href=f"{place.url(plan)}#today", lang=place.lang_of(plan)
            )
            come = place.in_html(
                "You come from {plan}, {days}.", plan=back, days=_days(place, days)
            )
            said = element("p", come)
            dose = element("p", escape(_said(place, dosage)), class_="kp-for__dose")
            name = f"{place.phrase('Start with this dose')}: {plan.title}"
            start = start_button(place, exercise, dosage, name)
            other = not _same(dosage, exercise.dosage) and dosage_sentence(exercise.dosage)
            link = element("a", place.in_html("The usual dose"), href="#how-much")
            another = place.in_html("{link} is another.", link=link)
            usual = element("p", another, class_="kp-for__usual") if other else ""
            anchor = _anchor(plan, number)
            inner = said + dose + start + usual
            blocks.append(element("div", inner, class_="kp-for kp-for--plan", id=anchor))
    return "".join(blocks)


def _plans_with(
    place: Place, exercise: Exercise
) -> Iterator[tuple[Plan, list[tuple[Dosage, list[int]]]]]:
    """The plans that have an exercise, each with its doses."""
    for plan in place.library.plans:
        named = {portion.exercise.text for block in plan.blocks for portion in block.portions}
        if exercise.slug in named:
            yield plan, _doses(plan, sessions_of(place, plan), exercise.slug)


def _days(place: Place, days: list[int]) -> str:
    listed = number_list(days, place.words)
    return place.counted(len(days), "day {days}", "days {days}", days=listed)


def _said(place: Place, dosage: Dosage) -> str:
    return dosage_sentence(dosage, place.words) or place.phrase("as the exercise says")


def dose_address(place: Place, plan: Plan, exercise: Exercise, dosage: Dosage | None = None) -> str:
    """Where the page of an exercise says what a plan asks of it; the page itself where the plan does not have it.

    Without a ``dosage`` the first that the plan asks is meant.
    """
    found = _doses(plan, sessions_of(place, plan), exercise.slug)
    numbers = [
        number for number, (dose, _) in enumerate(found, 1) if dosage is None or _same(dose, dosage)
    ]
    return place.url(exercise) + "".join(f"#{_anchor(plan, number)}" for number in numbers[:1])


def _anchor(plan: Plan, number: int) -> str:
    return f"in-{plan.slug}-{number}"


def _same(one: Dosage, other: Dosage) -> bool:
    return dosage_sentence(one) == dosage_sentence(other)


def _doses(plan: Plan, sessions: Sessions, slug: str) -> list[tuple[Dosage, list[int]]]:
    """The doses a plan asks of an exercise, each with its days, in the order in which they come."""
    found: list[tuple[Dosage, list[int]]] = []
    for day in plan.days:
        for portion, page in sessions.of_day(m.text for m in day.do):
            if page.slug != slug:
                continue
            dosage = dosage_of(portion, page)
            days = next((days for dose, days in found if _same(dose, dosage)), None)
            if days is None:
                found.append((dosage, [day.number]))
            else:
                days.append(day.number)
    return found


def continue_plan(place: Place) -> str:
    """Where a reader who has begun a plan finds today's session; hidden, and empty for everybody else.

    The script knows of a plan only from the reader's own device, so the page names all of them.
    """
    plans = [
        {
            "slug": plan.slug,
            "title": plan.title,
            "address": f"{place.url(plan)}#today",
            "light": {"greenMax": plan.pain_rule.green_max, "amberMax": plan.pain_rule.amber_max}
            if plan.pain_rule
            else None,
            "needs": [needed_of(sessions_of(place, plan), day) for day in plan.days],
        }
        for plan in place.library.plans
    ]
    if not plans:
        return ""
    data = {"days": PLAN_DAYS, "plans": plans}
    return element("div", element("kp-continue", "", hidden=True, data_plans=as_json(data)))
