"""A kind of page is added by a row: form, check, list, search, page and empty page come with it.

The program is copied and changed as somebody would who wants a kind of their own: "drill" has a row and a
function that makes its page, "surface", which is a tag, nothing but its row.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import kinopress
from kinopress.content.model.kinds import KINDS
from kinopress.finder.packing import LINE
from support.command import Answer, start
from support.projects import page, small_project, write

_CLASSES = '''

@dataclass(frozen=True, kw_only=True)
class Drill(NoTag):
    """Something quick to do before a run."""


@dataclass(frozen=True, kw_only=True)
class Surface(Term):
    """What somebody runs on."""
'''
_ROWS = """\
    KindOfPage(
        name="drill",
        page=Drill,
        source="docs/drills",
        site="drills",
        label="Drill",
        labels="Drills",
        listed="Short things to do before a run.",
        sources="needed",
        in_results="do",
        belongs="for",
        in_menu=35,
    ),
    KindOfPage(
        name="surface",
        page=Surface,
        source="surfaces",
        site="surfaces",
        label="Surface",
        labels="Surfaces",
        tagged="Done on",
    ),
"""
_RENDERER = '''

def render_drill(place: Place, page: Drill) -> str:
    """A drill."""
    return f"# {page.title}\\n\\nA drill, told by a renderer of its own.\\n"
'''


def _after(file: Path, line: str, more: str) -> None:
    """Put text behind the one line of a file that reads so."""
    text = file.read_text("utf-8")
    assert text.count(f"\n{line}\n") == 1, f"{file.name} has no line {line!r}"
    write(file, text.replace(f"\n{line}\n", f"\n{line}\n{more}"))


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a Kinopress in it that knows two more kinds."""
    top = tmp_path_factory.mktemp("fork")
    package = top / "kinopress"
    shutil.copytree(
        Path(kinopress.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__")
    )
    model = package / "content/model"
    classes = model / "pages.py"
    write(classes, classes.read_text("utf-8") + _CLASSES)
    _after(model / "kinds.py", "_ROWS = (", _ROWS)
    _after(model / "kinds.py", "from kinopress.content.model.pages import (", "Drill, Surface,\n")
    renderers = package / "pages/kinds/renderers.py"
    _after(renderers, "from kinopress.pages.place import Place", _RENDERER)
    _after(
        renderers,
        "_OF_THEIR_OWN: Mapping[Kind, Renderer] = {",
        '    "drill": render_drill,\n',
    )
    return top


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = small_project(tmp_path / "site")
    write(
        folder / "docs/drills/skips.md",
        page(
            "title: Skips\ndescription: Small hops.\ntags: [trail, piriformis]\nsources: [practice]",
            "Like [[clam]], but quicker.",
        ),
    )
    write(
        folder / "surfaces/trail.md",
        page(
            "title: Trail\ndescription: Roots and stones.\naliases: [forest path]",
            "See [[drills/skips]].",
        ),
    )
    return folder


def _run(program: Path, project: Path, *words: str) -> Answer:
    return start(*words, cwd=project, PYTHONPATH=str(program))


def test_an_empty_page_of_the_new_kind_is_a_draft_that_the_check_accepts(
    program: Path, project: Path
) -> None:
    for kind, folder in (("drill", "docs/drills"), ("surface", "surfaces")):
        written = _run(program, project, "new", kind, "Fast feet")
        assert (written.code, written.out) == (0, f"Written: {folder}/fast-feet.md\n")
        again = _run(program, project, "new", kind, "Fast feet")
        assert (again.code, again.err.count("this page already exists")) == (2, 1)
    tag = _run(program, project, "new", "muscle", "Trail")
    assert tag.err.startswith("surfaces/trail.md: this page already exists"), "tags are one list"
    checked = _run(program, project, "check", "--json")
    assert (checked.code, set(checked.codes)) == (0, {"text-placeholder"})
    assert (
        checked.json["counts"] | {"drills": 1, "surfaces": 1, "held": 2} == checked.json["counts"]
    )


def test_mistakes_in_pages_of_the_new_kind_are_found_as_in_any_other(
    program: Path, project: Path
) -> None:
    write(
        project / "docs/drills/skips.md",
        page(
            "title: Skips\ndescribed: Small hops.\ntags: [forrest path]",
            "See [[surfaces/trial]].",
        ),
    )
    write(project / "docs/drills/bounds.md", page("title: Bounds\ndescription: Longer ones."))
    write(project / "surfaces/trail.md", page("title: Trail\nparent: road\ndescription: Roots."))
    write(project / "docs/drills/index.md", page("title: Drills\ndescription: Mine."))
    write(project / "docs/drills/hops.txt", "Hops.")
    told = _run(program, project, "check", "--json")
    assert told.code == 1
    assert {(p["path"], p["code"]) for p in told.json["problems"]} >= {
        ("docs/drills/skips.md", "field-unknown"),
        ("docs/drills/skips.md", "tag-unknown"),
        ("docs/drills/skips.md", "field-missing"),
        ("docs/drills/skips.md", "link-broken"),
        ("surfaces/trail.md", "tag-unknown"),
        ("docs/drills/bounds.md", "sources-missing"),
        ("docs/drills/index.md", "name-taken"),
        ("docs/drills/hops.txt", "file-ending"),
    }


def test_the_site_has_the_page_its_list_its_place_in_the_menu_and_in_the_search(
    program: Path, project: Path
) -> None:
    built = _run(program, project, "build")
    assert built.code == 0, built.out + built.err

    def html(address: str) -> str:
        return (project / "site" / address / "index.html").read_text("utf-8")

    drill = html("drills/skips")
    assert "told by a renderer of its own" in drill
    assert (
        '<p class="kp-crumb" data-back="Back to where you were"><a href="../">Drills</a></p>'
        in drill
    )
    assert '<a href="../../drills/"' in html("exercises/clam"), "the main menu leads to it"
    listed = html("drills")
    assert "Short things to do before a run." in listed
    assert 'href="skips/">Skips</a><span class="kp-card__meta">Drill</span>' in listed
    assert 'href="../drills/skips/"' in html("reviews")

    tag = html("surfaces/trail")
    assert '<h2 id="drills">Drills</h2>' in tag, "what carries a tag stands on its page"
    assert '<a href="../../drills/skips/">Skips</a>' in tag, "as a link in the text leads there"
    assert '<h2 id="drills">Drills</h2>' in html("muscles/piriformis")
    assert ">Trail</a>" in html("surfaces")

    index = json.loads((project / "site/assets/finder/index.json").read_text("utf-8"))
    kinds = [row[0] for row in index["kinds"]]
    assert ["drills", 1, "Drill", "do", "for", "", "", ""] in index["kinds"]
    titles = index["titles"].split(LINE)
    assert kinds.index("surfaces") < kinds.index("exercises") < kinds.index("drills")
    assert index["terms"] == 8
    assert titles.index("Trail") < index["terms"] <= titles.index("Skips")


def test_no_two_kinds_share_what_they_are_known_by() -> None:
    rows = list(KINDS.values())
    for known_by in ("name", "page", "source", "site", "label", "labels", "in_search"):
        assert len({getattr(row, known_by) for row in rows}) == len(rows), known_by
    assert len({row.in_menu for row in rows if row.in_menu is not None}) == 6
