"""The laws try the same inputs in each run, whatever else was written or imported meanwhile."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers


def draws() -> list[tuple[str, int]]:
    """What a law is given, as if this were the first of its process."""
    found: list[tuple[str, int]] = []

    @settings(max_examples=200)
    @given(st.text(), st.integers())
    def law(words: str, number: int) -> None:
        found.append((words, number))

    with mock.patch.object(providers, "CONSTANTS_CACHE", type(providers.CONSTANTS_CACHE)(1024)):
        law()
    return found


@pytest.mark.skipif("config.getoption('--hypothesis-profile')", reason="looks for new ones")
def test_a_new_module_of_the_program_changes_no_law_s_inputs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = draws()
    file = tmp_path.parent / "a_new_module.py"
    file.write_text("WORDS = ['one sentence', 'another sentence', 998_877]\n", "utf-8")
    spec = importlib.util.spec_from_file_location("a_new_module", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setitem(sys.modules, "a_new_module", module)
    assert draws() == before
