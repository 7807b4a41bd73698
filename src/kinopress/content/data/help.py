"""Whom readers call, how soon, and what else they are told for their own safety: one file a country."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kinopress.codes import Code
from kinopress.content.forms import scalars as f
from kinopress.content.forms.form import Desk, Field, Form
from kinopress.content.forms.settings.fields import phone
from kinopress.content.model.language.words import LANGUAGES_WITH_WORDS
from kinopress.content.model.nodes import Fields, Node
from kinopress.content.model.shared import LEVELS, Advice, Help, PositionAdvice, Urgency, holds
from kinopress.content.source.document import read_text
from kinopress.content.source.yaml.reader import parse_fields
from kinopress.problems import Problem, quoted

HELP = "docs/data/help.yml"
"""Where the file is unless the settings name another."""

COUNTRIES = (
    *("wales", "england", "scotland", "northern-ireland", "ireland", "usa", "canada"),
    *("australia", "new-zealand"),
)
"""For which countries ``kinopress init`` writes such a file."""

_BASIS = (
    Field(
        "basis", f.any_text, "What this is based on.", "The NHS page on exercise.", required=True
    ),
    Field(
        "checked",
        f.choice("read", "secondary", "none"),
        "How far that was read; secondary: known through other pages.",
        "secondary",
        required=True,
    ),
)

LEVEL = Form(
    Field("heading", f.any_text, "Above the signs of this level.", "Get help today", required=True),
    Field("action", f.any_text, "Whom to call, how soon.", "Ring 111 now.", required=True),
    Field(
        "hospital_heading",
        f.any_text,
        "Above the signs that may go to a hospital.",
        "Go to A&E today",
    ),
    Field(
        "hospital_action", f.any_text, "Where these go, how soon.", "Go to A&E today, or ring 111."
    ),
    Field(
        "numbers",
        f.list_of(phone),
        "Numbers that become links; the first is the one of this level.",
        '["111"]',
    ),
    *_BASIS,
    what="a level of urgency",
)
SENTENCE = Form(
    Field("say", f.any_text, "What readers are told.", "This is no diagnosis.", required=True),
    *_BASIS,
    what="a sentence for readers",
)
POSITION = Form(
    Field(
        "named_as",
        f.list_of(f.any_text),
        "Words by which an exercise's `position` names it.",
        "[on your back, supine]",
        required=True,
    ),
    *SENTENCE.fields.values(),
    what="a position",
)

_LEVEL_EXAMPLE = (
    "{heading: Get help today, action: Ring 111 now., basis: NHS 111 Wales., checked: none}"
)
_SENTENCE_EXAMPLE = "{say: See a doctor first., basis: Our own rule., checked: none}"

_LEVEL_DOCS = {
    "emergency": "To be helped at once.",
    "urgent": "To be seen the same day.",
    "gp": "To be seen within days.",
}
_SENTENCE_DOCS = {
    "footer": "At the foot of every page.",
    "sudden": "Before the link to the page that says when to get help.",
    "plans": "Above the list of plans.",
    "pain_score": "In a plan, before the colours of its pain rule.",
    "end_session": "In a plan, below those colours: what ends a session whatever the score.",
    "red_twice": "What to do after red twice in a row, where a plan does not say it.",
    "red_before": "Above today's session when the last score was red.",
    "red_exercise": "Among a plan's swaps: what to do about an exercise that was red.",
    "stopped": "Below a plan that has stopped: when to begin again.",
    "missed_days": "In a plan: what to do after days that were missed.",
    "measuring": "Above a plan's checks.",
    "no_exercise": "On a symptom without an exercise.",
    "start_with": "On a symptom, between its warning signs and the exercises to begin with.",
    "may_be_sign": "Above a warning sign that the search has recognised.",
    "if_now": "The same, when the reader asked what such a sign is like.",
    "near_sign": "When words come near a sign and no symptom is known: before the link to all signs.",
    "see_first": "Above what to do, once a sign has to be looked at first.",
}


def _level(node: Node, desk: Desk) -> dict[str, Any] | None:
    """A level; its words must name its number, or readers are not told what checks and the search hold them to."""
    values = LEVEL.read(node, desk)
    if values and isinstance(node, Fields) and values.get("numbers") and "action" in values:
        number = values["numbers"][0]
        if not holds(values["action"], number):
            desk.at("action").report(
                node.entries["action"].line,
                f"it does not name {quoted(number)}, the first of this level's numbers",
                "write that number into it exactly as it is below numbers, or put the number first that it does name",
                Code.HELP_NUMBER,
            )
    return values


LEVELS_FORM = Form(
    *(Field(level, _level, _LEVEL_DOCS[level], _LEVEL_EXAMPLE) for level in LEVELS),
    what="the group of levels",
)
SENTENCES_FORM = Form(
    *(Field(key, SENTENCE.read, doc, _SENTENCE_EXAMPLE) for key, doc in _SENTENCE_DOCS.items()),
    what="the group of sentences",
)


def _positions(node: Node, desk: Desk) -> tuple[PositionAdvice, ...] | None:
    """Each position below a key of its own, in the order in which they are looked for."""
    if not isinstance(node, Fields):
        desk.report(
            node.line,
            "each position needs a key",
            "write a key for each, with named_as: and say: below it",
            Code.FIELDS_WANTED,
        )
        return None
    found = []
    taken: dict[str, str] = {}  # name → the position that has it
    for key, value in node.entries.items():
        values = POSITION.read(value, desk.at(key))
        for name in values.get("named_as", ()) if values else ():
            other = next((name_of for name_of in taken if holds(name, name_of)), None)
            if other is not None and taken[other] != key:
                desk.at(key).at("named_as").report(
                    value.line,
                    f"{quoted(other)} already belongs to {taken[other]}, so readers would never be told about {quoted(name)}",
                    "remove it from one of the two"
                    if name.casefold() == other.casefold()
                    else f"move {key} above {taken[other]}",
                    Code.HELP_POSITION,
                )
            taken.setdefault(name, key)
        if values is not None and len(values) == len(POSITION.fields):
            found.append(PositionAdvice(values.pop("named_as"), Advice(**values)))
    return tuple(found)


FORM = Form(
    Field(
        "levels",
        LEVELS_FORM.read,
        "What each level of a warning sign means.",
        f"{{urgent: {_LEVEL_EXAMPLE}}}",
        required=True,
    ),
    Field(
        "sentences",
        SENTENCES_FORM.read,
        "Sentences about health that many pages show.",
        f"{{footer: {_SENTENCE_EXAMPLE}}}",
        required=True,
    ),
    Field(
        "positions",
        _positions,
        "What to say about a position, such as lying on the back.",
        "{on-back: {named_as: [on your back], say: Ask first., basis: Our own rule., checked: none}}",
    ),
    Field(
        "lang",
        f.choice(*LANGUAGES_WITH_WORDS),
        "The language this file and red_flags.yml are written in, where that is not the site's: `en` or `cy`.",
        "en",
    ),
    what="the file that says whom readers call",
)


def read_help(project: Path, path: str, problems: list[Problem]) -> Help:
    """What readers are told, from the file at ``path``.

    The file has to be there and to hold all of it: no country's numbers stand in for those of another, so a site
    that does not say whom its readers call cannot be built.
    """
    if not os.path.lexists(project / path):
        problems.append(_missing(path))
        return Help()
    text, found = read_text(project / path, path)
    problems += found
    return _read(text, path, problems) if text is not None else Help()


def _missing(path: str) -> Problem:
    return Problem(
        path,
        "this file is missing, so the site does not say whom readers call in an emergency",
        "begin a new site beside this one for your readers' country (kinopress init ../numbers --country COUNTRY: "
        f"{', '.join(COUNTRIES)}), copy its {HELP} to here, and check every number in it",
        Code.HELP_MISSING,
    )


def _read(text: str, path: str, problems: list[Problem]) -> Help:
    top, found = parse_fields(text, path)
    problems += found
    if top is None:
        return Help()
    desk = Desk(path, problems)
    values = FORM.read(top, desk) or {}
    for name, form in (("levels", LEVELS_FORM), ("sentences", SENTENCES_FORM)):
        _report_missing(top.entries.get(name), form, desk.at(name))
    return Help(
        {
            level: Urgency(**of)
            for level, of in _in_order(values.get("levels", {})).items()
            if {"heading", "action"} <= of.keys()
        },
        {
            key: Advice(**{"basis": "", **of})
            for key, of in values.get("sentences", {}).items()
            if "say" in of
        },
        values.get("positions", ()),
        values.get("lang", ""),
    )


def _report_missing(node: Node | None, form: Form, desk: Desk) -> None:
    """Report what a group lacks: another country's number or sentence must not stand in for it."""
    if not isinstance(node, Fields):
        return
    for field in form.fields.values():
        if field.name not in node.entries:
            desk.at(field.name).report(
                node.line,
                f"{form.what} needs this entry",
                f"add a line like {field.name}: {field.example}",
                Code.FIELD_MISSING,
            )


def _in_order(levels: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {level: levels[level] for level in LEVELS if level in levels}
