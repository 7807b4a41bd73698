"""What a symptom's page offers for today: two or three exercises, how much of each, and the plan that goes on from there."""

from __future__ import annotations

from collections.abc import Sequence

from kinopress.content.model.pages import Plan, Symptom
from kinopress.content.model.plans import PLAN_DAYS
from kinopress.content.relations.starts import FirstExercise
from kinopress.pages.parts import parts
from kinopress.pages.parts.figure import thumbnail
from kinopress.pages.parts.html import element, escape
from kinopress.pages.parts.plan_figures import minutes_of, sessions_of
from kinopress.pages.parts.wording import dosage_line, minutes_words
from kinopress.pages.place import Place


def today(
    place: Place, page: Symptom, exercises: Sequence[FirstExercise], plans: Sequence[Plan]
) -> str:
    """The section for today; nothing where no exercise is to be begun with, however many plans there are.

    Its first sentence sends whoever has a warning sign back to it.
    """
    if not exercises:
        return ""
    signs = element(
        "p", escape(place.library.shared.help.say("start_with")), class_="kp-start__signs"
    )
    cards = "".join(_exercise(place, first) for first in exercises)
    cards += "".join(_plan(place, plan) for plan in plans)
    shown = (signs if page.red_flags else "") + element(
        "ul", cards, class_="kp-cards kp-cards--today", role="list"
    )
    return parts.section("Today: do this", shown, anchor="today")


def _exercise(place: Place, first: FirstExercise) -> str:
    exercise = first.exercise
    picture = thumbnail(place, exercise.slug)
    needs = f"you need: {', '.join(exercise.equipment)}" if exercise.equipment else ""
    dose = " · ".join(x for x in (dosage_line(exercise.dosage), needs) if x)
    inner = (
        picture
        + element("a", escape(exercise.title), class_="kp-card__title", href=place.url(exercise))
        + (element("span", escape(first.when), class_="kp-card__when") if first.when else "")
        + (element("span", escape(dose), class_="kp-card__dose") if dose else "")
    )
    drawn = " kp-card--drawn" if picture else ""
    return element("li", inner, class_=f"kp-card kp-card--exercise{drawn}")


def _plan(place: Place, plan: Plan) -> str:
    low, high = minutes_of(plan, sessions_of(place, plan))
    meta = f"Day by day · {PLAN_DAYS} days" + (
        f" · {minutes_words(low, high)} a day" if high else ""
    )
    inner = element("a", escape(plan.title), class_="kp-card__title", href=place.url(plan)) + (
        element("span", escape(meta), class_="kp-card__meta")
    )
    return element("li", inner, class_="kp-card kp-card--plan")
