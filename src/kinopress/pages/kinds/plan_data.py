"""What the script of a plan's page is told: its days, its checks, the traffic light, and where the plans are."""

from __future__ import annotations

import re
from typing import Any

from kinopress.content.model.pages import Plan
from kinopress.content.model.plans import PlanTest
from kinopress.content.model.shared import Check
from kinopress.content.relations.sessions import Sessions, sessions_before
from kinopress.pages.links import url_of
from kinopress.pages.parts import plan as plan_parts
from kinopress.pages.parts.plan_figures import needed_of
from kinopress.pages.parts.wording import block_label
from kinopress.pages.place import Place

_SCALE = re.compile(r"\b0\s*[–-]\s*(\d+)")
"""A unit that is a scale, as `score 0–10`."""
_ANY_MAX = 1000
_COUNT_MAX = 200
"""Nobody counts more of one movement than this: a larger number is a typing mistake."""
_COUNTED = re.compile(r"\brep", re.IGNORECASE)
_BOTH_SIDES_OF_A_MARK = re.compile(r"degree|cm|inch|metre", re.IGNORECASE)
"""Lengths and angles: fingers may go past the floor, and a knee past straight. What is counted or timed begins with 0."""
_IN_NUMBERS = re.compile(r"degree|cm|inch|metre|rep|second|minute", re.IGNORECASE)


def plan_data(place: Place, page: Plan, sessions: Sessions) -> dict[str, Any]:
    """What the script is told: days, names of blocks, checks, the traffic light, what to say of health, all plans."""
    help_ = place.library.shared.help
    rule = page.pain_rule
    tested = {day for test in page.tests for day in test.when}
    return {
        "slug": page.slug,
        "blocks": {block.name: block_label(block.name) for block in page.blocks},
        "days": [
            {
                "number": day.number,
                "blocks": planned,
                "minutes": sessions.minutes(planned),
                "swap": None if day.swap_if_amber is None else day.swap_if_amber.text,
                "swapMinutes": sessions.minutes(swapped[0]) if swapped else 0,
                "needs": needed_of(sessions, day),
                "strength": sessions.is_strength(day),
                "checks": day.number in tested or (day.number == 1 and 0 in tested),
                "also": day.also,
                "progress": plan_parts.progress_words(place, page, day),
                "before": sessions_before(page, day) if day.progress else [],
            }
            for day in page.days
            for planned, *swapped in [sessions.ways(day)]
        ],
        "light": None
        if rule is None
        else {
            "greenMax": rule.green_max,
            "amberMax": rule.amber_max,
            "green": rule.green,
            "amber": rule.amber,
            "red": rule.red,
            "twice": rule.twice or help_.say("red_twice"),
            "twiceLang": "" if rule.twice else place.told_lang or "",
        },
        "checks": checks_data(place, page),
        "plans": {plan.slug: plan.title for plan in place.library.plans},
        "lights": {
            plan.slug: {"greenMax": plan.pain_rule.green_max, "amberMax": plan.pain_rule.amber_max}
            for plan in place.library.plans
            if plan.pain_rule is not None
        },
        "home": _address(place),
        "says": {
            "redBefore": help_.say("red_before"),
            "redKind": help_.say("red_exercise"),
            "stopped": help_.say("stopped"),
            "missedDays": _after_many(help_.say("missed_days")),
            "missedRule": help_.say("missed_days"),
            "lang": place.told_lang or "",
        },
    }


def _after_many(rule: str) -> str:
    """Of the rule for missed days what it says after many of them: a page that knows how many they were asks nothing."""
    return rule.rpartition("? ")[2]


def checks_data(place: Place, page: Plan) -> list[dict[str, Any]]:
    """The checks of a plan that a reader can do alone and that end in a number."""
    checks = place.library.shared.checks
    found = [(test, checks[test.test.text]) for test in page.tests if test.test.text in checks]
    return [
        {
            "key": check.key,
            "title": check.title,
            "unit": "points" if (scale := _SCALE.search(check.unit)) else check.unit,
            "min": -_ANY_MAX if not scale and _BOTH_SIDES_OF_A_MARK.search(check.unit) else 0,
            "max": int(scale[1]) if scale else _COUNT_MAX if counted else _ANY_MAX,
            "whole": counted,
            "sides": check.sides,
            "when": list(test.when),
            "from": counts_from(test, check),
            "only": check.counts_when,
        }
        for test, check in found
        for counted in [_COUNTED.search(check.unit) is not None]
        if check.home and (_SCALE.search(check.unit) or _IN_NUMBERS.search(check.unit))
    ]


def counts_from(test: PlanTest, check: Check) -> int | None:
    """The smallest difference that counts as real; none where the plan's own words do not bear the figure out."""
    figure = check.counts_from
    if figure is None or test.real_change is None:
        return figure
    return figure if re.search(rf"\b{figure}\b", test.real_change) else None


def _address(place: Place) -> str | None:
    """The list of all plans, from anywhere; none while the site's address is not known."""
    site = place.library.settings.site_url
    return f"{site.rstrip('/')}/{url_of('plans/index.md')}" if site else None
