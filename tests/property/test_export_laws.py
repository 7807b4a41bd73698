"""What a client sends is anything at all: it is read, or refused in words, and steers nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kinopress.content.model.library import Library
from kinopress.content.read import read_library
from kinopress.problems import Refusal
from kinopress.project.clients.export import (
    Export,
    checks_of,
    export_in,
    in_sum,
    rows_of,
)
from kinopress.project.clients.folder import read_client
from kinopress.project.clients.new import About, begin_plan
from support.clients import PLAN, code_of, project_with_plan
from support.command import type_in

ID = "0f3a5c7e9b1d2f4a6c8e0b2d4f6a8c0e"
LAWS = settings(max_examples=150, deadline=None)
any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)
entries = st.dictionaries(
    st.sampled_from(["0", "1", "2", "7", "14", "15", "-1", "x"]),
    st.fixed_dictionaries(
        {},
        optional={
            "done": st.lists(st.sampled_from(["clam", "glute-bridge", "other"])) | any_json,
            "pain": st.integers(-1, 12) | any_json,
            "settled": st.booleans() | any_json,
            "note": st.text() | any_json,
            "toe-touch": st.floats() | any_json,
        },
    )
    | any_json,
)
exports = st.fixed_dictionaries(
    {"id": st.just(ID)},
    optional={
        "start": st.just("2026-12-01") | any_json,
        "sent": any_json,
        "days": entries | any_json,
        "checks": entries | any_json,
        "earlier": st.lists(st.fixed_dictionaries({"days": entries})) | any_json,
    },
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Library]:
    project = project_with_plan(tmp_path_factory.mktemp("clients") / "project")
    library, _ = read_library(project)
    begin_plan(project, library, "sk-1", About(library.today), begin_with=PLAN)
    return project, library


@LAWS
@given(st.text() | st.text().map(lambda words: f"[kinopress-plan:{words}]") | any_json.map(code_of))
@example(f"[kinopress-plan:{'9' * 5000}:x:y]")
@example(code_of({"id": ID, "days": {"9" * 5000: {}}, "checks": {"9" * 5000: {}}}))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert isinstance(export_in(text), Export)
    except Refusal as refusal:
        assert {problem.code.value for problem in refusal.problems} <= {
            "export-foreign",
            "export-damaged",
            "export-newer",
        }


@LAWS
@given(exports)
@example({"id": ID, "days": {"1": {"note": "half of \ud83d"}}})
def test_whatever_is_in_it_is_told_within_bounds(
    place: tuple[Path, Library], value: dict[str, Any]
) -> None:
    project, library = place
    private, _ = read_client(project, library, "sk-1")
    assert private is not None
    export = export_in(f"Words before. {code_of(value)} And after.")
    rows = rows_of(library, private.plan, export)
    assert [row.day for row in rows] == list(range(1, 15))
    for row in rows:
        assert row.note == row.note.encode().decode()
        assert 0 <= row.done <= row.planned
        assert row.pain is None or 0 <= row.pain <= 10
        assert row.colour in ("", "green", "amber", "red")
    assert in_sum(rows).endswith(".")
    for check in checks_of(library, private, export):
        assert set(check.values) <= {0, 7, 14}


def test_a_note_does_not_steer_the_terminal(
    place: tuple[Path, Library], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    project, library = place
    private, _ = read_client(project, library, "sk-1")
    assert private is not None
    note = "all well\x1b[2J\x1b]0;gone\x07\u202eback\nsecond"
    sent = tmp_path / "sent.txt"
    value = {"id": private.about.identity, "days": {"1": {"pain": 1, "note": note}}}
    sent.write_text(code_of(value), "utf-8")
    answer = type_in(capsys, "plan", "read", sent, "--no-keep", "--project", project)
    assert answer.code == 0, answer
    assert "\x1b" not in answer.out
    assert "\u202e" not in answer.out
    assert "all well" in answer.out
    assert "“second”" in answer.out
