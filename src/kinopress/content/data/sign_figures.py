"""How well the search recognises warning signs, as measured: ``docs/data/sign_figures.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kinopress.content.forms import scalars as f
from kinopress.content.forms.form import Desk, Field, Form
from kinopress.content.source.document import read_text
from kinopress.content.source.yaml.reader import parse_fields
from kinopress.problems import Problem

SIGN_FIGURES = "docs/data/sign_figures.yml"
_MOST = 10_000_000

FORM = Form(
    Field("wordings", f.whole(1, _MOST), "Wordings that describe a sign.", "1881", required=True),
    Field("recognised", f.whole(0, _MOST), "How many were recognised.", "1870", required=True),
    Field("emergencies", f.whole(0, _MOST), "Those of an emergency.", "1100", required=True),
    Field(
        "emergencies_missed",
        f.whole(0, _MOST),
        "How many of those were missed.",
        "0",
        required=True,
    ),
    Field("harmless", f.whole(1, _MOST), "Harmless wordings.", "986", required=True),
    Field(
        "warned", f.whole(0, _MOST), "How many of those were shown a warning.", "6", required=True
    ),
    what="the figures of the search",
)


def read_sign_figures(project: Path, problems: list[Problem]) -> Mapping[str, int]:
    """The figures by name; empty where a project has none, or not all."""
    if not (project / SIGN_FIGURES).exists():
        return {}
    text, found = read_text(project / SIGN_FIGURES, SIGN_FIGURES)
    problems += found
    top, found = parse_fields(text, SIGN_FIGURES) if text is not None else (None, [])
    problems += found
    values = FORM.read(top, Desk(SIGN_FIGURES, problems)) if top is not None else None
    return values if values is not None and values.keys() == FORM.fields.keys() else {}
