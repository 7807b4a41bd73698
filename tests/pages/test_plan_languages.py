"""What a plan says of health comes from help.yml, and has the language that this file says."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from kinopress.content.model.pages import Plan
from kinopress.content.model.plans import PainRule
from kinopress.content.read import read_library
from kinopress.pages.parts.plan import pain_lights
from kinopress.pages.place import Place
from support.projects import small_project

OWN = PainRule(3, 5, "Carry on.", "Wait.", "Stop.", "Gofynnwch & peidiwch.")


def _lights(folder: Path, lang: str, rule: PainRule) -> str:
    library, _ = read_library(small_project(folder))
    help_ = dataclasses.replace(library.shared.help, lang=lang)
    library = dataclasses.replace(library, shared=dataclasses.replace(library.shared, help=help_))
    page = Plan(kind="plan", path="docs/plans/x.md", slug="x", title="X", body="", pain_rule=rule)
    return pain_lights(Place(library, {}, "plans/x.md"), page, rule)


@pytest.mark.parametrize(("lang", "marked"), [("", 0), ("en", 0), ("cy", 3)])
def test_of_the_traffic_light_what_the_file_says_is_marked(
    tmp_path: Path, lang: str, marked: int
) -> None:
    rule = dataclasses.replace(OWN, twice="")
    assert _lights(tmp_path, lang, rule).count(' lang="cy"') == marked


def test_what_the_plan_itself_says_of_red_is_in_the_plan_s_language(tmp_path: Path) -> None:
    shown = _lights(tmp_path, "cy", OWN)
    assert shown.count(' lang="cy"') == 2
    assert "<dd>Stop. Red twice in a row: gofynnwch &amp; peidiwch.</dd>" in shown
