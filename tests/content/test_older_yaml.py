"""What MkDocs would not take for words in the settings is what is said of them."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from kinopress.content.source.yaml_older import older_meaning

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


@pytest.mark.parametrize("value", ODD)
def test_in_quotes_anything_is_words(value: str) -> None:
    assert yaml.safe_load(f'"{value}"') == value


def test_dates_are_told_from_numbers() -> None:
    said = {value: older_meaning(value) for value in ODD}
    assert [value for value, (meaning, _) in said.items() if meaning == "a date"] == ["2026-05-01"]
    assert not any(can_be for value, (_, can_be) in said.items() if re.search("[=<_]$", value))
