"""A hint that names an address, followed to the letter, leaves nothing to say."""

from __future__ import annotations

import datetime as dt
import posixpath
import re
import shutil
import tempfile
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kinopress.content.read import read_library
from kinopress.pages.anchors import anchor_problems
from kinopress.problems import Problem
from support.projects import write

BASE = Path(__file__).parents[1] / "invalid" / "_base"
A_DAY = dt.date(2026, 11, 22)
PAGES = (
    *("docs/index.md", "docs/articles/first-steps.md", "docs/muscles/glutes.md"),
    *("exercises/clam.md", "videos/hip-circles.md", "docs/techniques/stretch.md"),
)
FOLDERS = ("docs/", "docs/pictures/", "docs/pictures/hips/", "docs/articles/", "docs/downloads/")
NAMES = ("hip.jpg", "Hip.JPG", "hip a (2).png", "höft.jpg", "100%.jpg", "a#b.jpg", "hip_2*.jpg", "h&p.jpg")  # fmt: skip


def _said(page: str, words: str, file: str = "") -> list[Problem]:
    """The problems of links when words are added to a page of the base."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        shutil.copytree(BASE, project)
        if file:
            write(project / file, "a file")
        with (project / page).open("a", encoding="utf-8") as text:
            text.write(f"\n{words}\n")
        library, report = read_library(project, today=A_DAY)
        found = [*report, *anchor_problems(library)]
        return [problem for problem in found if problem.code.startswith("link")]


def _followed(hint: str) -> str:
    """The address that a hint names."""
    found = re.search(r"did you mean (\S+)\?$|write (\S+?)(?:,|$)", hint)
    assert found, hint
    return found[1] or found[2]


def _ways(page: str, file: str) -> list[str]:
    """Ways in which somebody names a file that are not right from each page."""
    name = posixpath.basename(file)
    stem, ending = posixpath.splitext(name)
    right = posixpath.relpath(file, posixpath.dirname(page))
    plain = [
        *(file, f"/{file}", name, f"pictures/{name}", f"../{name}", f"../../../{file}"),
        *(right.swapcase(), f"{posixpath.dirname(right)}/{stem}.jpeg", f"images/{stem}{ending.upper()}"),
    ]  # fmt: skip
    return [quote(way, safe="/.") for way in plain] + [f"..\\pictures\\{quote(name)}"]


@settings(max_examples=120)
@given(
    page=st.sampled_from(PAGES),
    folder=st.sampled_from(FOLDERS),
    name=st.sampled_from(NAMES),
    way=st.integers(0, 9),
    picture=st.booleans(),
)
@example(page="videos/hip-circles.md", folder="docs/", name="hip.jpg", way=0, picture=False)
def test_the_address_in_a_hint_is_the_files(
    page: str, folder: str, name: str, way: int, picture: bool
) -> None:
    file = folder + name
    wrong = _ways(page, file)[way]
    sign = "!" if picture else ""
    said = _said(page, f"{sign}[A hip]({wrong})", file)
    if not said:
        return  # right from this page
    (problem,) = said
    assert _said(page, f"{sign}[A hip]({_followed(problem.hint)})", file) == [], problem


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "address", ["hip.jpg", "../x/y/hip a.jpg", "C:/Users/Anna/hip.jpg", "https://example.org/hip.jpg", "data:image/png;base64,x"]
)  # fmt: skip
def test_a_picture_that_is_nowhere_is_found_when_it_is_put_where_the_hint_says(
    page: str, address: str
) -> None:
    (problem,) = _said(page, f"![A hip](<{address}>)")
    found = re.fullmatch(r"put the picture there as (.+) and write (\S+)", problem.hint)
    assert found, problem
    assert _said(page, f"![A hip]({found[2]})", found[1]) == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    "wrong",
    ["/muscle/glutes/", "glutes.md", "../x/glutes.md", "/glutes/", "Glutes.md", "../../clam/", "/x/first-steps.md#there"],
)  # fmt: skip
def test_the_page_in_a_hint_is_there(page: str, wrong: str) -> None:
    said = _said(page, f"[It]({wrong})")
    for problem in said:
        assert problem.hint.startswith("write [["), problem
        assert _said(page, _followed(problem.hint)) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("/find/#q=sore%20hip", "#?q=sore%20hip"),
        ("/find/#sore-hip", "#?q=sore%20hip"),
        ("/find/#?words=hip", "#?q=sore%20hip"),
        ("../exercises/clam.md#how-mcuh", "#how-much"),
    ],
)
def test_the_place_in_a_hint_is_there(wrong: str, right: str) -> None:
    page = "docs/articles/first-steps.md"
    wrong = wrong.replace("../exercises", "../../exercises")
    (problem,) = _said(page, f"[It]({wrong})")
    assert _followed(problem.hint) == right
    assert _said(page, f"[It]({wrong.partition('#')[0]}{right})") == []


def test_where_no_place_is_like_it_three_that_are_there_are_named() -> None:
    page, to = "docs/articles/first-steps.md", "../../exercises/clam.md"
    (problem,) = _said(page, f"[It]({to}#xyzzy)")
    places = re.findall(r"#([\w-]+)", problem.hint)
    assert 1 <= len(places) <= 3
    assert _said(page, " ".join(f"[It]({to}#{place})" for place in places)) == []


@pytest.mark.parametrize(
    "address",
    [
        *("/find/#?q=hip", "../../find/#?q=hip&level=easy&level=hard", "/find/?q=hip", "/find/#?region=buttock"),
        *("/find/", "/find/#", "/muscles/", "/a-z/", "/body/buttock/", "/reviews/"),
        *("../muscles/glutes.md#:~:text=Some%20words", "/exercises/clam/#how-much:~:text=two"),
    ],
)  # fmt: skip
def test_addresses_of_what_the_site_makes_itself_are_right(address: str) -> None:
    assert _said("docs/articles/first-steps.md", f"[It]({address})") == []
