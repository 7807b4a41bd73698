"""A long file is read; only what aliases repeat without end is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinopress.content.source.yaml.reader import REPEATED_MAX, parse_fields
from support.command import type_in
from support.projects import small_project, write

Capture = pytest.CaptureFixture[str]


def test_what_is_written_out_is_read_however_long_it_is() -> None:
    text = "".join(f"name{at}: {{year: 2020, words: [a, b]}}\n" for at in range(REPEATED_MAX))
    fields, problems = parse_fields(text, "x.yml")
    assert problems == []
    assert fields is not None and len(fields.entries) == REPEATED_MAX


def test_a_long_file_may_repeat_a_little() -> None:
    text = "first: &one [a, b]\nagain: *one\n" + "".join(
        f"name{at}: word\n" for at in range(2 * REPEATED_MAX)
    )
    fields, problems = parse_fields(text, "x.yml")
    assert problems == []
    assert fields is not None and len(fields.entries) == 2 * REPEATED_MAX + 2


@pytest.mark.parametrize("repeats", [REPEATED_MAX // 100 - 2, REPEATED_MAX // 100 + 2])
def test_what_aliases_repeat_has_a_limit(repeats: int) -> None:
    text = f"first: &one [{', '.join(['a'] * 100)}]\n"
    text += "".join(f"name{at}: *one\n" for at in range(repeats))
    _, problems = parse_fields(text, "x.yml")
    told = [problem.code for problem in problems]
    assert told == (["front-matter-runaway"] if repeats * 101 > REPEATED_MAX else [])


def test_thousands_of_references_are_no_mistake(tmp_path: Path, capsys: Capture) -> None:
    project = small_project(tmp_path / "mine")
    file = project / "docs/data/references.yml"
    there = file.read_text("utf-8") if file.exists() else ""
    more = "".join(
        f'study{at}:\n  cite: "Someone A. A journal {at}"\n  year: 2010\n  doi: "10.1000/x.{at}"\n'
        f"  finding: Something was found.\n  checked: read\n"
        for at in range(3000)
    )
    write(file, there + more)
    answer = type_in(capsys, "check", "--project", project)
    assert answer.code == 0, answer.out[:2000]


def test_thousands_of_poses_are_told_to_be_too_many(tmp_path: Path, capsys: Capture) -> None:
    project = small_project(tmp_path / "mine")
    poses = "".join(f"  pose{at}: {{floor: [back], hips: 20, knees: 30}}\n" for at in range(3000))
    write(
        project / "exercises/clam.pose.yml",
        f"seen_from: side\nposes:\n{poses}film:\n  - {{to: pose1, over: 1}}\n",
    )
    answer = type_in(capsys, "check", "--project", project)
    assert answer.code == 1
    assert "[figure-long]" in answer.out
    assert "runaway" not in answer.out
