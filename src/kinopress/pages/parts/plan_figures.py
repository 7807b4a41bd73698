"""A plan's figures, reckoned from its sessions: said here and nowhere else, so that no two pages differ."""

from __future__ import annotations

from kinopress.content.model.pages import Exercise, Plan
from kinopress.content.model.plans import PLAN_DAYS
from kinopress.content.relations.sessions import Sessions, dosage_of
from kinopress.pages.parts.html import element, escape
from kinopress.pages.parts.wording import dosage_sentence, minutes_words, number_list
from kinopress.pages.place import Place


def sessions_of(place: Place, page: Plan) -> Sessions:
    """The sessions of a plan, drafts among its exercises included: their time counts, their link is left out."""
    library = place.library
    return Sessions(library, {**library.held, **library.pages}, page)


def minutes_of(page: Plan, sessions: Sessions) -> tuple[int, int]:
    """The shortest and the longest session, in minutes."""
    found = [sessions.minutes([m.text for m in day.do]) for day in page.days if day.do] or [0]
    return min(found), max(found)


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
            f"{minutes_words(*minutes_of(plan, sessions))} a session",
            f"at most {most} exercise{'' if most == 1 else 's'} at a time",
            f"strength on {strength} of {PLAN_DAYS} days",
            *([f"checks on day {number_list(tested)}"] if tested else []),
        ]
        items.append(element("li", f"{place.link(plan)}: {escape('; '.join(said))}."))
    return element("ul", "".join(items), class_="kp-figures") if items else ""


def doses_in_plans(place: Place, exercise: Exercise) -> str:
    """What each plan asks of an exercise, and on which days: for who comes here from a plan."""
    items = []
    for plan in place.library.plans:
        named = {portion.exercise.text for block in plan.blocks for portion in block.portions}
        if exercise.slug not in named:
            continue
        sessions = sessions_of(place, plan)
        by_dose: dict[str, list[int]] = {}
        for day in plan.days:
            for portion, page in sessions.of_day(m.text for m in day.do):
                if page.slug == exercise.slug:
                    dose = dosage_sentence(dosage_of(portion, page))
                    by_dose.setdefault(dose, []).append(day.number)
        for dose, days in by_dose.items():
            when = f"day{'' if len(days) == 1 else 's'} {number_list(days)}"
            items.append(
                element("li", f"{place.link(plan)}, {when}: {escape(dose or 'as above')}.")
            )
    if not items:
        return ""
    lead = "Following a plan? Then its dose and its days count, not those above."
    return element("div", element("p", lead) + element("ul", "".join(items)), class_="kp-in-plans")
