"""Does a private plan hold together? All that holds for a public one, and what is only so for a client's."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from kinopress.codes import Code
from kinopress.content.markdown.marks import scan
from kinopress.content.model.clients import PrivatePlan, day_to_delete
from kinopress.content.model.library import Library
from kinopress.content.model.names import either, nearest
from kinopress.content.model.pages import Exercise, line_of
from kinopress.content.model.plans import PLAN_DAYS
from kinopress.content.relations.ladders import Ladders
from kinopress.content.relations.related import videos_of_exercise
from kinopress.content.rules.bodies.body import body_problems
from kinopress.content.rules.plans import plan_problems
from kinopress.problems import Problem, quoted


def private_problems(library: Library, private: PrivatePlan, today: dt.date) -> Iterator[Problem]:
    """Everything that is wrong with a client's plan beside the pages of a library, on a day."""
    pages = {**library.held, **library.pages}
    ladders = Ladders(page for page in pages.values() if isinstance(page, Exercise))
    yield from plan_problems(library, pages, private.plan, ladders, private=True)
    yield from _measured(library, private)
    yield from _unshown(library, private)
    plan, about = private.plan, private.about
    yield from body_problems(library, pages, plan)
    yield from _useless_in_a_file(private)
    yield from _rest_alone(private)
    yield from _sides(library, private)
    yield from _days(private, today)
    if about.consent is not None and about.consent > today:
        yield Problem(
            plan.path,
            f"the day on which the client agreed, {about.consent}, has not come yet",
            f"write the day on which they did, like consent: {today}; without it no file is made",
            Code.CLIENT_CONSENT,
            line=line_of(plan, "consent"),
            field="consent",
            severity="warning",
        )
    elif about.consent is None:
        yield Problem(
            plan.path,
            "nothing says that the client agreed to what is kept of them here",
            f"ask them, then add a line like consent: {today}; without it no file is made",
            Code.CLIENT_CONSENT,
            severity="warning",
        )
    if about.delete_on <= today:
        yield Problem(
            plan.path,
            f"it was to be deleted on {about.delete_on}",
            f"run kinopress plan forget {private.client}, or write a later day if the client agreed to one",
            Code.CLIENT_DELETE,
            line=line_of(plan, "delete_on"),
            field="delete_on",
            severity="warning",
        )


def _useless_in_a_file(private: PrivatePlan) -> Iterator[Problem]:
    """What a page of the site shows, and a file or a message cannot."""
    plan = private.plan
    for mark in scan(plan.body, plan.body_line):
        if mark.kind not in ("block", "picture"):
            continue
        message = (
            "a picture cannot be shown in what is handed over"
            if mark.kind == "picture"
            else f"{{{{ {mark.target} }}}} is for pages of the site; in what is handed over it would stand as it is"
        )
        hint = "remove it, or say it in words"
        yield Problem(plan.path, message, hint, Code.CLIENT_WORDS, line=mark.line)


def _rest_alone(private: PrivatePlan) -> Iterator[Problem]:
    plan = private.plan
    if plan.days and not any(day.do for day in plan.days):
        yield Problem(
            plan.path,
            "no day of this plan has an exercise",
            "write what is done on some of its days, like 1: {do: [loosen-a]}",
            Code.CLIENT_REST,
            line=line_of(plan, "days"),
            field="days",
        )


def _sides(library: Library, private: PrivatePlan) -> Iterator[Problem]:
    """One side of an exercise that both do at once."""
    pages = {**library.held, **library.pages}
    for block in private.plan.blocks:
        for portion in block.portions:
            page = pages.get(("exercise", portion.exercise.text))
            if portion.side is None or not isinstance(page, Exercise):
                continue
            if not page.dosage.per_side:
                yield Problem(
                    private.plan.path,
                    f"{portion.side} is written, but {page.path} is not done with one side at a time",
                    "remove the side, or choose an exercise whose dose is for each side",
                    Code.CLIENT_SIDE,
                    line=portion.exercise.line,
                    field=portion.exercise.field,
                    severity="warning",
                )


def _days(private: PrivatePlan, today: dt.date) -> Iterator[Problem]:
    """Days of which one cannot be meant beside the others."""
    plan, about = private.plan, private.about
    ends = about.assessed + dt.timedelta(days=PLAN_DAYS)
    found = []
    if about.assessed > today:
        message = f"the day of the assessment, {about.assessed}, has not come yet"
        found.append(("assessed", message, f"write the day on which it was, like {today}"))
    if about.consent is not None and (about.assessed - about.consent).days > _LONG_BEFORE_DAYS:
        message = (
            f"the client agreed on {about.consent}, long before the assessment of {about.assessed}"
        )
        found.append(("consent", message, "check the year, or ask again"))
    if today < about.delete_on < ends:
        message = f"it would be deleted before day {PLAN_DAYS}, which is not before {ends}"
        found.append(
            ("delete_on", message, f"write a later day, like {day_to_delete(about.assessed)}")
        )
    elif (about.delete_on - about.assessed).days > _KEPT_LONGEST_DAYS:
        message = f"it would be kept until {about.delete_on}, longer than a year"
        found.append(
            (
                "delete_on",
                message,
                f"write a day that is sooner, like {day_to_delete(about.assessed)}",
            )
        )
    for field, message, hint in found:
        yield Problem(
            plan.path,
            message,
            hint,
            Code.CLIENT_DAYS,
            line=line_of(plan, field),
            field=field,
            severity="warning",
        )


_LONG_BEFORE_DAYS = 60
_KEPT_LONGEST_DAYS = 366


def _measured(library: Library, private: PrivatePlan) -> Iterator[Problem]:
    checks = library.shared.checks
    of_plan = {test.test.text: test.when for test in private.plan.tests}
    told: set[str] = set()
    for value in private.about.measured:
        where = f"measured.{value.day}.{value.check}"
        if value.check not in of_plan:
            close = nearest(value.check, of_plan, 2)
            hint = (
                f"did you mean {either(close)}?"
                if close
                else "add it to tests, or remove the value"
            )
            message = f"this plan has no check {quoted(value.check)}"
        elif value.day not in of_plan[value.check]:
            message = f"this check is not done on day {value.day}"
            hint = "change its days in tests, or remove the value"
        elif value.check in checks and checks[value.check].sides != (value.side is not None):
            sides = checks[value.check].sides
            message = f"this check has {'a left and a right value' if sides else 'one value'}"
            hint = f"write it like {value.check}: {'{left: 30, right: 35}' if sides else '-3'}"
        elif value.check in checks and (range_ := _beyond(value.value, checks[value.check].unit)):
            lowest, highest = range_
            message = f"{value.value:g} ({checks[value.check].unit}) cannot be meant: it goes from {lowest} to {highest}"
            hint = "correct the number"
        else:
            continue
        if where in told:  # of both sides it is one mistake
            continue
        told.add(where)
        yield Problem(
            private.plan.path,
            message,
            hint,
            Code.CLIENT_MEASURED,
            line=value.line,
            field=where,
        )


_RANGES = {
    "degrees": (-180, 180),
    "cm": (-250, 250),
    "seconds": (0, 3600),
    "minutes": (0, 1440),
    "reps": (0, 1000),
}
"""What a body or a day can have at all, by unit: no more than a slip of the keys is found."""
_OWN_RANGE = re.compile(r"\b(\d+)[–-](\d+)\b")


def _beyond(value: float, unit: str) -> tuple[int, int] | None:
    """The range of a unit that a value is not in: that which it names itself, like “score 0–10”, or what can be at all."""
    own = _OWN_RANGE.search(unit)
    found = (int(own[1]), int(own[2])) if own else _RANGES.get(unit)
    return found if found is not None and not found[0] <= value <= found[1] else None


def _unshown(library: Library, private: PrivatePlan) -> Iterator[Problem]:
    pages = {**library.held, **library.pages}
    told = set()
    for block in private.plan.blocks:
        for portion in block.portions:
            page = pages.get(("exercise", portion.exercise.text))
            if not isinstance(page, Exercise) or page.slug in told:
                continue
            told.add(page.slug)
            if page.slug not in library.motions and not videos_of_exercise(library, page):
                yield Problem(
                    private.plan.path,
                    f"{page.path} has neither a drawing nor a film, so the client has its words alone",
                    "show it to them, write a pose file for it, or choose another exercise",
                    Code.CLIENT_UNSHOWN,
                    line=portion.exercise.line,
                    field=portion.exercise.field,
                    severity="warning",
                )
