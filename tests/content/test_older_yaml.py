"""What MkDocs would not take for words in the settings is what is said of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from kinopress.codes import Code
from kinopress.content.forms.settings.read import read_settings
from kinopress.content.source.yaml.older import older_meaning
from kinopress.problems import Refusal
from support.projects import SETTINGS, small_project, write

ODD = [
    "2026-05-01",
    "yes",
    "Off",
    ".nan",
    "-.Inf",
    "1:30",
    "0b11",
    "0x_",
    "1_000",
    "=",
    "<<",
    "~",
    "",
]
PIECES = st.sampled_from([*"0123456789:-+._eEx~=<> T", "yes", "no", "on", "nan", "inf", "null"])


@given(st.lists(PIECES, max_size=8).map("".join))
@example("2026-99-99")
@example("0x_")
@example("0b_")
@example("=")
def test_a_value_is_taken_for_what_the_loader_of_mkdocs_makes_of_it(value: str) -> None:
    try:
        events = list(yaml.parse(f"- {value}", Loader=yaml.SafeLoader))
    except yaml.YAMLError:
        return  # not one value
    scalars = [event for event in events if isinstance(event, yaml.ScalarEvent)]
    if len(scalars) != 1 or len(events) != 7 or scalars[0].value != value:
        return
    meaning, can_be = older_meaning(value)
    try:
        (loaded,) = yaml.safe_load(f"- {value}")
    except Exception:
        assert not can_be
        return
    assert can_be
    assert (meaning == "words") == isinstance(loaded, str)


UNREADABLE = [*(value for value in ODD if not older_meaning(value)[1]), "2026-13-45", "2026-02-30"]
"""Without quotes MkDocs stops at these."""


def said_of(project: Path, more: str, field: str) -> list[str]:
    """The codes of what is said of a setting of MkDocs."""
    write(project / "mkdocs.yml", SETTINGS.replace("extra:\n", f"{more}\nextra:\n", 1))
    try:
        problems = read_settings(project).warnings
    except Refusal as refusal:
        problems = tuple(refusal.problems)
    return [
        str(problem.code)
        for problem in problems
        if (problem.field or "").startswith(field) and problem.code != Code.SETTING_UNUSED
    ]


WRITTEN = {
    "a value": ("site_author: {}", "site_author"),
    "a value in a list": ("nav:\n  - Home: {}", "nav"),
    "a name": ("nav:\n  - {}: index.md", "nav"),
    "a name in brackets": ("nav: [{{ {}: index.md }}]", "nav"),
    "a name in a group": ("validation:\n  nav:\n    {}: warn", "validation"),
}


@pytest.mark.parametrize("value", [value for value in ODD if value])
@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("where", WRITTEN)
def test_in_quotes_anything_is_words(tmp_path: Path, where: str, quote: str, value: str) -> None:
    written, field = WRITTEN[where]
    project = small_project(tmp_path)
    assert said_of(project, written.format(f"{quote}{value}{quote}"), field) == []


@pytest.mark.parametrize("value", UNREADABLE)
@pytest.mark.parametrize("where", WRITTEN)
def test_in_quotes_even_what_mkdocs_stops_at_is_words(
    tmp_path: Path, where: str, value: str
) -> None:
    written, field = WRITTEN[where]
    project = small_project(tmp_path)
    is_name = "a name" in where
    plain = said_of(project, written.format(value), field)
    assert plain == ([] if is_name and value in ("=", "<<") else ["settings-mkdocs"])
    assert said_of(project, written.format(f'"{value}"'), field) == []
    assert said_of(project, written.format(f"!!str {value}"), field) == []


def test_dates_are_told_from_numbers() -> None:
    said = {value: older_meaning(value) for value in ODD}
    assert [value for value, (meaning, _) in said.items() if meaning == "a date"] == ["2026-05-01"]
    assert not any(can_be for value, (_, can_be) in said.items() if re.search("[=<_]$", value))
