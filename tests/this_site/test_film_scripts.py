"""The scripts for the weekly films: of a length to speak, true to the site, and never on it."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
import yaml

from kinopress.content.model.library import Library
from kinopress.content.rules.signs import urgencies_against
from kinopress.content.text.promises import promise_problems
from support.guide import ROOT
from support.own_project import own_library
from support.words import SCRIPTS

FOLDER = ROOT / "film-scripts"
PARTS = [
    "Say",
    "Shots",
    "On the screen",
    "Caption for the post",
    "Do not promise",
    "Where it rests",
]
WORDS_PER_MIN = 140
"""An easy pace of speech."""
SPOKEN_MIN_S, SPOKEN_MAX_S = 60, 120


@pytest.fixture(scope="module")
def library() -> Library:
    return own_library()


@pytest.fixture(params=SCRIPTS, ids=lambda path: path.stem)
def script(request: pytest.FixtureRequest) -> str:
    path: Path = request.param
    return path.read_text("utf-8")


def _part(script: str, heading: str) -> str:
    return script.partition(f"\n## {heading}\n")[2].partition("\n## ")[0].strip()


def test_there_are_eight() -> None:
    assert len(SCRIPTS) == 8


def test_each_has_all_its_parts_and_one_to_two_minutes_to_say(script: str) -> None:
    assert re.findall(r"^## (.+)$", script, re.MULTILINE) == PARTS
    assert all(_part(script, part) for part in PARTS)
    spoken_s = len(_part(script, "Say").split()) * 60 / WORDS_PER_MIN
    assert SPOKEN_MIN_S <= spoken_s <= SPOKEN_MAX_S
    said = re.search(r"^Length: about (\d+) s$", script, re.MULTILINE)
    assert said and abs(int(said[1]) - spoken_s) <= 5
    shots_s = [int(at) for at in re.findall(r"^\| (\d+) s \|", script, re.MULTILINE)]
    assert shots_s[0] == 0 and shots_s == sorted(set(shots_s)) and shots_s[-1] < spoken_s


def test_each_leads_to_a_page_and_names_tags_and_sources_that_exist(
    script: str, library: Library
) -> None:
    page = re.search(r"^Page: \[(.+)\]\(\.\./(.+)\)$", script, re.MULTILINE)
    assert page and (ROOT / page[2]).is_file()
    assert page[1] in {one.title for one in library.pages.values() if one.path == page[2]}
    tags = re.search(r"^Tags: (.+)$", script, re.MULTILINE)
    assert tags
    assert [tag for tag in tags[1].split(", ") if library.vocabulary.resolve(tag) is None] == []
    known = {*yaml.safe_load((ROOT / "docs/data/references.yml").read_text("utf-8"))}
    known |= {slug for _, slug in library.pages}
    assert [key for key in re.findall(r"`([^`]+)`", script) if key not in known] == []


def test_no_spoken_word_promises_more_than_we_know(script: str, library: Library) -> None:
    page = next(page for page in library.pages.values() if page.path.startswith("docs/articles/"))
    spoken = "\n\n".join(_part(script, part) for part in PARTS[:1] + PARTS[2:4])
    for text, least in ((spoken, 0), (f"{spoken}\n\nThis cures you.", 1)):
        said = dataclasses.replace(page, title="A", description="B", body=text)
        found = [*promise_problems(said, lambda name: name, library.settings.allowed_phrases)]
        assert len(found) == least, [str(problem) for problem in found]


@pytest.mark.parametrize(
    ("also", "found"), [("", []), ("Back pain and pain in both legs: see your GP soon.", ["soon"])]
)
def test_no_spoken_word_says_another_urgency_than_a_sign(
    also: str, found: list[str], script: str, library: Library
) -> None:
    spoken = "\n\n".join(_part(script, part) for part in PARTS[:1] + PARTS[2:4])
    said = urgencies_against(library.shared, f"{spoken}\n\n{also}")
    assert [word for _, word, _ in said] == found


def test_no_build_reads_them(library: Library) -> None:
    assert len(library.pages) > 100
    assert not [page.path for page in library.pages.values() if "film-scripts" in page.path]
