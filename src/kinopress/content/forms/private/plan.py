"""The form of a private plan: what a public plan says of days and exercises, and what is known of its client."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from kinopress.codes import Code
from kinopress.content.forms import plans as plan_fields
from kinopress.content.forms import scalars as f
from kinopress.content.forms.form import Desk, Field, Form
from kinopress.content.forms.pages import FORMS
from kinopress.content.markdown.code_spans import without_remarks
from kinopress.content.model.clients import (
    SIDES,
    ForClient,
    Measured,
    PrivatePlan,
    Side,
    day_to_delete,
)
from kinopress.content.model.nodes import Fields, Node, Text
from kinopress.content.model.pages import Plan
from kinopress.content.model.plans import TEST_DAYS
from kinopress.content.source.document import Document
from kinopress.problems import Problem, quoted

TITLE = "Your 14 days"
"""The heading of a private plan that has none of its own."""

IDENTITY = re.compile(r"[0-9a-f]{32}")

PORTION = Form(
    *plan_fields.PORTION.fields.values(),
    Field("side", f.choice(*SIDES), "left or right, where only one side does it.", "left"),
    Field("words", f.text, "What you say to this client about it.", "Slower than last time."),
    what="an exercise of a block",
)


def _identity(node: Node, desk: Desk) -> str | None:
    written = node.text.strip() if isinstance(node, Text) else ""
    if IDENTITY.fullmatch(written):
        return written
    desk.report(
        node.line,
        "this is not the number that kinopress gave the plan",
        "leave the line as kinopress plan new wrote it: what comes back from the client is known by it",
        Code.CLIENT_NUMBER,
    )
    return None


_VALUE = re.compile(r"[-+−–]?[0-9]{1,4}(?:[.,][0-9]{1,3})?")


def _value(node: Node, desk: Desk) -> float | None:
    written = node.text.strip() if isinstance(node, Text) else ""
    if _VALUE.fullmatch(written):
        return float(written.replace("−", "-").replace("–", "-").replace(",", "."))
    desk.report(
        node.line,
        "a value that was measured is one number, without its unit",
        "write it like toe-touch: -3, or ake-9090: {left: 30, right: 35}",
        Code.CLIENT_MEASURED,
    )
    return None


def measured(node: Node, desk: Desk) -> tuple[Measured, ...] | None:
    """Values of checks by the day of the plan on which they were measured."""
    found: list[Measured] = []
    days = node.entries if isinstance(node, Fields) else {}
    if not days:
        desk.report(
            node.line,
            "each day on which you measured needs its number",
            "write one per line, like 0: {toe-touch: -3}",
            Code.CLIENT_MEASURED,
        )
        return None
    for key, values in days.items():
        at = desk.at(key)
        if key not in map(str, TEST_DAYS) or not isinstance(values, Fields):
            at.report(
                values.line,
                f"values belong to day {', '.join(map(str, TEST_DAYS[:-1]))} or {TEST_DAYS[-1]}, each by its check",
                "write them like 0: {toe-touch: -3}",
                Code.CLIENT_MEASURED,
            )
            continue
        for check, value in values.entries.items():
            found += _of_check(int(key), check, value, at.at(check))
    return tuple(found)


def _of_check(day: int, check: str, node: Node, desk: Desk) -> list[Measured]:
    if not isinstance(node, Fields):
        value = _value(node, desk)
        return [] if value is None else [Measured(day, check, None, value, node.line)]
    found = []
    for key, of_side in node.entries.items():
        side: Side | None = next((one for one in SIDES if one == key), None)
        if side is None:
            desk.at(key).report(
                of_side.line,
                f"{quoted(key)} is neither left nor right",
                "write it like ake-9090: {left: 30, right: 35}",
                Code.CLIENT_MEASURED,
            )
            continue
        value = _value(of_side, desk.at(key))
        if value is not None:
            found.append(Measured(day, check, side, value, of_side.line))
    return found


CLIENT = Form(
    Field(
        "plan_id",
        _identity,
        "A random number that kinopress gives each plan.",
        "0f3a5c7e9b1d2f4a6c8e0b2d4f6a8c0e",
        required=True,
        attribute="identity",
    ),
    Field("assessed", f.date, "The day of the assessment.", "2026-11-30", required=True),
    Field(
        "measured",
        measured,
        "What you measured, by the day of the plan and the check.",
        "{0: {toe-touch: -3, ake-9090: {left: 30, right: 35}}}",
    ),
    Field("shown_name", f.any_text, "The name to put on the plan; none if omitted.", "Sam"),
    Field(
        "own_words",
        f.any_text,
        "What hurts, in the client's own words.",
        "It grabs when I get out of the car.",
    ),
    Field("consent", f.date, "The day on which the client agreed.", "2026-11-30"),
    Field(
        "delete_on",
        f.date,
        "The day on which the plan is to be deleted; 30 days after day 14 if omitted.",
        "2027-01-13",
    ),
    what="what a private plan says of its client",
)

_NOT_PUBLIC = frozenset(
    {"description", "tags", "sources", "reviewed", "draft", "date", "lang", "also_called"}
)
"""Fields of a public plan that are about its page."""

_OF_PLAN = tuple(
    {
        "title": Field("title", f.title, f"The heading; “{TITLE}” if omitted.", "Back to running"),
        "blocks": Field(
            "blocks",
            partial(plan_fields.blocks, form=PORTION),
            "Sets of exercises by name.",
            "{loosen-a: [sciatic-slider], strong-1: [{exercise: clam, side: left}]}",
            required=True,
        ),
    }.get(name, field)
    for name, field in FORMS["plan"].fields.items()
    if name not in _NOT_PUBLIC
)
PLAN = Form(*CLIENT.fields.values(), *_OF_PLAN, what="a private plan")
"""All fields of a private plan."""

COPIED = tuple(field.name for field in _OF_PLAN)
"""The fields that a private plan takes over from the plan it begins with."""


def read_private_plan(client: str, document: Document) -> tuple[PrivatePlan | None, list[Problem]]:
    """One client's plan with what is wrong with it; ``None`` where too little could be read to go on."""
    problems: list[Problem] = []
    if not document.readable:
        return None, problems
    values: dict[str, Any] = PLAN.read(document.front, Desk(document.path, problems)) or {}
    values = {PLAN.fields[name].attribute or name: value for name, value in values.items()}
    own = {field.attribute or field.name for field in CLIENT.fields.values()}
    about = {name: value for name, value in values.items() if name in own}
    if not {"identity", "assessed"} <= about.keys():
        return None, problems
    about.setdefault("delete_on", day_to_delete(about["assessed"]))
    body, remark_lines = without_remarks(document.body)
    plan = Plan(
        kind="plan",
        path=document.path,
        slug=about["identity"],
        body=body,
        body_line=document.body_line,
        remark_lines=remark_lines,
        front=document.front,
        **{"title": TITLE, **{name: v for name, v in values.items() if name not in own}},
    )
    return PrivatePlan(client, plan, ForClient(**about)), problems
