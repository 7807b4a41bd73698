"""What the levels of warning signs mean: whom to call and how soon, said once for the whole site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from kinopress.codes import Code
from kinopress.content.forms import scalars as f
from kinopress.content.forms.form import Desk, Field, Form
from kinopress.content.model.shared import LEVELS, Urgency
from kinopress.content.source.document import read_text
from kinopress.content.source.yaml_reader import parse_fields
from kinopress.problems import Problem, quoted

URGENCY = "docs/data/urgency.yml"


DEFAULT: Mapping[str, Urgency] = {
    "999": Urgency(
        "Call 999",
        "Call 999 now.",
        ("999",),
        "Call 999 or go to A&E",
        "Call 999 now, or go straight to A&E.",
    ),
    "urgent": Urgency(
        "Get help today",
        "Ring 111 or your GP surgery now.",
        ("111",),
        "Go to a minor injury unit or A&E today",
        "Go to a minor injury unit or A&E today.",
    ),
    "gp": Urgency(
        "See a GP or physiotherapist soon",
        "Book an appointment with your GP or a physiotherapist this week.",
    ),
}
"""For a project without the file: the United Kingdom's numbers."""

FORM = Form(
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
    Field("numbers", f.list_of(f.any_text), "Numbers that become links.", '["111"]'),
    what="a level of urgency",
)


def read_urgency(project: Path, problems: list[Problem]) -> Mapping[str, Urgency]:
    """Every level, the most urgent first; those of :data:`DEFAULT` where the project says nothing."""
    if not (project / URGENCY).exists():
        return DEFAULT
    text, found = read_text(project / URGENCY, URGENCY)
    problems += found
    top, found = parse_fields(text, URGENCY) if text is not None else (None, [])
    problems += found
    if top is None:
        return DEFAULT
    read: dict[str, Urgency] = {}
    for key, node in top.entries.items():
        desk = Desk(URGENCY, problems).at(key)
        if key not in LEVELS:
            desk.report(
                top.key_lines[key],
                f"there is no level {quoted(key)}",
                f"choose from {', '.join(LEVELS)}",
                Code.CHOICE_UNKNOWN,
            )
            continue
        values = FORM.read(node, desk)
        if values is not None and {"heading", "action"} <= values.keys():
            read[key] = Urgency(**values)
    return {level: read.get(level, DEFAULT[level]) for level in LEVELS}


def number_links(text: str, urgency: Mapping[str, Urgency]) -> str:
    """Escaped text with each telephone number of the levels as a link that rings."""
    numbers = sorted(
        {n for level in urgency.values() for n in level.numbers}, key=len, reverse=True
    )
    if not numbers:
        return text
    pattern = r"(?<![\w&#])(" + "|".join(map(re.escape, numbers)) + r")(?!\w)"
    return re.sub(pattern, lambda m: f'<a href="tel:{m[1].replace(" ", "")}">{m[1]}</a>', text)
