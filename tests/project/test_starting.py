"""A coach who has no site yet begins one: it is right at once, it is hers, and nothing of hers is written over."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from kinopress.content.read import read_library
from kinopress.problems import Refusal
from kinopress.project.starting.begin import SUBJECTS, Answers, begin, first_texts
from kinopress.project.starting.countries import COUNTRIES
from support.command import type_in
from support.projects import contents

BRITISH = re.compile(r"\b(?:999|NHS|A&E|Wales|Welsh|health board|press 2)\b|(?<!\d )\b111\b")
"""What readers elsewhere would be told in vain; sources may be British."""


def _answers(country: str = "scotland", subject: str = "shoulders") -> Answers:
    return Answers("Anna O'Neill: coach", 'The "good" shoulder', "en", country, subject)


@pytest.mark.parametrize(
    ("subject", "country"),
    [(s, c) for s, c in itertools.product(SUBJECTS, COUNTRIES) if s == "legs" or c == "usa"],
)
def test_a_new_site_has_no_problem_at_all(subject: str, country: str, tmp_path: Path) -> None:
    begin(tmp_path / "site", _answers(country, subject))
    library, report = read_library(tmp_path / "site")
    assert [str(p) for p in (*report.errors, *report.warnings, *report.notes)] == []
    assert library.settings.coach.name == "Anna O'Neill: coach"
    assert library.settings.site_name == 'The "good" shoulder'
    assert library.settings.timezone == COUNTRIES[country].timezone


@pytest.mark.parametrize(
    "country", [c for c, it in COUNTRIES.items() if it.timezone != "Europe/London"]
)
def test_readers_of_another_country_are_not_sent_to_british_ones(country: str) -> None:
    own = {COUNTRIES[country].emergency, COUNTRIES[country].advice}
    for path, text in first_texts(_answers(country, "legs"), "site").items():
        if path.endswith("sign_words.yml"):
            continue  # what readers type
        told = re.sub(r"(?m)^\s*#.*$|^\s*basis:.*$|^  (?:  - |named_as:).*$", "", text)
        assert [word for word in BRITISH.findall(told) if word not in own] == [], path


def test_no_blank_of_a_first_page_is_left_open() -> None:
    for subject in SUBJECTS:
        texts = first_texts(_answers(subject=subject), "site")
        assert [path for path, text in texts.items() if re.search(r"\$[a-z_]+", text)] == []


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "docs").mkdir(parents=True)
    (site / "docs/about.md").write_text("Mine.", "utf-8")
    before = contents(tmp_path)
    with pytest.raises(Refusal) as refused:
        begin(site, _answers())
    assert [Path(p.path).name for p in refused.value.problems] == ["about.md"]
    assert contents(tmp_path) == before


def test_a_run_that_was_interrupted_is_done_again(tmp_path: Path) -> None:
    site = tmp_path / "site"
    everything = begin(site, _answers())
    whole = contents(site)
    (site / "mkdocs.yml").unlink()
    assert begin(site, _answers()) == ("mkdocs.yml",)
    assert contents(site) == whole
    assert "mkdocs.yml" in everything


def test_a_site_is_not_begun_inside_another(tmp_path: Path) -> None:
    begin(tmp_path, _answers())
    with pytest.raises(Refusal) as refused:
        begin(tmp_path / "videos/second", _answers())
    assert [p.code for p in refused.value.problems] == ["site-exists"]


def test_nobody_is_asked_where_nobody_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = type_in(capsys, "init", tmp_path / "site", "--name", "Anna")
    assert answer.code == 2
    assert "--site-name" in answer.err
    assert not (tmp_path / "site").exists()
