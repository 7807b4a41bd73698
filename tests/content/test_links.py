"""Where a link may lead, from each kind of page."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from kinopress.content.model.library import find_page
from kinopress.content.read import read_library

BASE = Path(__file__).parents[1] / "invalid" / "_base"
A_DAY = dt.date(2026, 11, 22)
CLAM, GLUTES, INDEX = "exercises/clam.md", "docs/muscles/glutes.md", "docs/index.md"


def problems_with(folder: Path, path: str, words: str) -> list[str]:
    """The codes of the problems when words are added to a page of the base."""
    project = folder / "project"
    shutil.copytree(BASE, project, dirs_exist_ok=True)
    (project / "docs/pictures").mkdir(exist_ok=True)
    (project / "docs/pictures/knee.jpg").write_bytes(b"a picture")
    file = project / path
    file.write_text(f"{(BASE / path).read_text('utf-8')}\n{words}\n", "utf-8")
    return [problem.code for problem in read_library(project, today=A_DAY)[1]]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (CLAM, "[[glute-bridge]], [[glutes]], [[first-steps]], [[hip-circles]], [[index]]"),
        (CLAM, "[[exercises/clam]], [[muscles/glutes]], [[videos/hip-circles]]"),
        (CLAM, "[as files lie](glute-bridge.md) and [there](../docs/muscles/glutes.md)"),
        (CLAM, "[as pages stand](../muscles/glutes.md)"),
        (CLAM, "[with a place on it](glute-bridge.md#how-to-do-it) and [here](#how-much)"),
        (CLAM, "[as addresses](../glute-bridge/), [up](../), [home](../../), [list](../../a-z/)"),
        (CLAM, "[from the top](/muscles/glutes/)"),
        (CLAM, "![knee](../pictures/knee.jpg) and [knee](../docs/pictures/knee.jpg)"),
        (GLUTES, "[beside it](gluteus-medius.md) and [clam](../../exercises/clam.md)"),
        (GLUTES, "![knee](../pictures/knee.jpg)"),
        (GLUTES, "[its list](../) and [the other](../gluteus-medius/)"),
        (INDEX, "[clam](exercises/clam.md), [clam](exercises/clam/), [list](muscles/)"),
        (INDEX, "![knee](pictures/knee.jpg) and [knee](pictures/knee%2Ejpg)"),
        (INDEX, "<https://example.org> [x](https://example.org/a.md) [m](mailto:a@example.org)"),
        (INDEX, "[one][clam]\n\n[clam]: exercises/clam.md"),
        (INDEX, "\\[no link\\](nowhere.md)"),
    ],
)
def test_a_link_that_leads_somewhere_is_let_be(tmp_path: Path, path: str, words: str) -> None:
    assert problems_with(tmp_path, path, words) == []


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (CLAM, "[[clams]]"),
        (CLAM, "[[muscles/clam]]"),
        (CLAM, "[x](clams.md)"),
        (CLAM, "[x](clam)"),
        (CLAM, "[x](../muscles/)"),
        (CLAM, "[x](/muscle/glutes/)"),
        (CLAM, "[x](../../../etc/passwd)"),
        (GLUTES, "![x](knee.jpg)"),
        (INDEX, "[x](docs/pictures/knee.jpeg)"),
        (INDEX, "[x](file:///home/anna/knee.jpg)"),
        (INDEX, "[x](http://[example.org)"),
        (INDEX, "[one][clams]\n\n[clams]: exercises/clams.md"),
        (INDEX, "[x](data/regions.yml)"),
    ],
)
def test_a_link_that_leads_nowhere_is_said(tmp_path: Path, path: str, words: str) -> None:
    assert problems_with(tmp_path, path, words) == ["link-broken"]


def test_one_name_in_two_folders_means_the_exercise_unless_the_folder_is_said() -> None:
    library, _ = read_library(BASE, today=A_DAY)
    pages = dict(library.pages)
    pages["article", "clam"] = pages["article", "first-steps"]
    found = [find_page(pages, name) for name in ("clam", "articles/clam", "symptoms/clam")]
    assert [page and page.kind for page in found] == ["exercise", "article", None]


def test_a_source_is_cited_where_the_page_lists_it(tmp_path: Path) -> None:
    assert problems_with(tmp_path, CLAM, "As many do [@practice].") == []
    assert problems_with(tmp_path, CLAM, "[@weppler2010], [@weppler2010] again.") == [
        "source-not-listed"
    ]
    assert problems_with(tmp_path, CLAM, "As [@nobody2026] says.") == ["source-unknown"]
