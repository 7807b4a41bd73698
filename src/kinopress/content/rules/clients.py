"""Does a private plan hold together? All that holds for a public one, and what is only so for a client's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from kinopress.codes import Code
from kinopress.content.model.clients import PrivatePlan
from kinopress.content.model.library import Library
from kinopress.content.model.names import either, nearest
from kinopress.content.model.pages import Exercise, line_of
from kinopress.content.relations.ladders import Ladders
from kinopress.content.relations.related import videos_of_exercise
from kinopress.content.rules.plans import plan_problems
from kinopress.problems import Problem, quoted


def private_problems(library: Library, private: PrivatePlan, today: dt.date) -> Iterator[Problem]:
    """Everything that is wrong with a client's plan beside the pages of a library, on a day."""
    pages = {**library.held, **library.pages}
    ladders = Ladders(page for page in pages.values() if isinstance(page, Exercise))
    yield from plan_problems(library, pages, private.plan, ladders)
    yield from _measured(library, private)
    yield from _unshown(library, private)
    plan, about = private.plan, private.about
    if about.consent is None or about.consent > today:
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
