"""A page waits for the styles that it shows: Material's without what no page has, ours in parts."""

from __future__ import annotations

import re
from pathlib import Path

import material
import pytest

from kinopress.engines.compact import compact
from kinopress.engines.look import STYLESHEET, THEME
from kinopress.engines.sheets.material import classes_in, trimmed
from kinopress.engines.sheets.parts import PARTS, PATHS, WHOLE, in_parts, sheets_of
from kinopress.engines.sheets.rules import Rule, Sheet, read, selectors, written
from support.command import type_in
from support.projects import page, small_project, write


def ours() -> str:
    return compact((THEME / STYLESHEET).read_text("utf-8"))


def materials() -> str:
    (sheet,) = Path(material.__file__).parent.glob("templates/assets/stylesheets/main.*.min.css")
    return sheet.read_text("utf-8")


def lines(sheet: Sheet, conditions: str = "") -> list[tuple[str, str, str | None]]:
    """Every selector of a sheet with the conditions around it and its declarations."""
    found: list[tuple[str, str, str | None]] = []
    for one in sheet:
        if isinstance(one, Rule):
            found += [(conditions, selector, one.body) for selector in selectors(one.head)]
        else:
            found += lines(one.rules, f"{conditions}{one.head} ")
    return found


@pytest.mark.parametrize(
    "css",
    [
        "a{b:c}",
        '@charset "x;{}";a:is(b,[c="}"]),d{e:url(f;g);h:"{"}',
        "@media print{@supports (a:b){c{d:e}}@page{margin:1mm}}f{g:h;&:hover{i:j}}",
        ".a\\:b{c:d}",
        "",
    ],
)
def test_rules_that_are_read_are_written_again_as_they_were(css: str) -> None:
    assert written(read(css)) == css


def test_both_style_sheets_are_read_whole() -> None:
    assert written(read(ours())) == ours()
    whole = materials().rpartition("}")[0] + "}"
    assert written(read(whole)) == whole


def test_each_of_our_rules_is_in_one_part_in_its_order() -> None:
    every = lines(read(ours()))
    parts = in_parts(ours())
    assert list(parts) == [WHOLE, *(part.path for part in PARTS)]
    of = {path: lines(read(css)) for path, css in parts.items()}
    assert sorted(map(str, every)) == sorted(str(one) for some in of.values() for one in some)
    for some in of.values():
        assert some
        rest = iter(every)
        assert all(one in rest for one in some), "in the order in which they were written"


@pytest.mark.parametrize(
    ("selector", "path"),
    [
        (".kp-follow__ring", "assets/follow.css"),
        (".kp-follow[open]", "assets/follow.css"),
        ("kp-follow[hidden]", WHOLE),
        (".kp-follow-feeds", WHOLE),
        ("article:has(.kp-plan) h1", "assets/plan.css"),
        (".kp-planet", WHOLE),
    ],
)
def test_a_selector_belongs_to_what_it_names(selector: str, path: str) -> None:
    parts = in_parts(f"@media print{{{selector}{{a:b}}}}")
    assert [one for one, css in parts.items() if css] == [path]


def test_a_list_of_selectors_is_shared_out() -> None:
    parts = in_parts(".kp-film,p{a:b}@page{c:d}")
    assert parts[WHOLE] == "p{a:b}@page{c:d}"
    assert parts["assets/exercise.css"] == ".kp-film{a:b}"


def test_a_page_names_the_parts_it_shows() -> None:
    assert sheets_of("Words.") == []
    assert sheets_of('<kp-film class="kp-film">') == ["assets/exercise.css"]


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("Words with first class in them.", set()),
        ('<p class="a b-c">', {"a", "b-c"}),
        ("<p CLASS=a>", {"a"}),
        ("[a](b){ .md-button #id }", {"md-button"}),
        ("# Heading {: class='grid' }", {"class", "grid"}),
        (
            '!!! Note inline "Title"\n    Words.',
            {"admonition", "admonition-title", "note", "inline"},
        ),
    ],
)
def test_what_a_coach_writes_names_classes(text: str, classes: set[str]) -> None:
    assert classes_in([text]) == classes


def test_of_the_theme_remains_what_can_matter() -> None:
    css = (
        ":root{--a:var(--b);--b:1;--c:2;--d:3}"
        ".md-tabs{top:0}.md-typeset .grid{color:var(--c)}.md-typeset,.md-nav{color:var(--a)}"
        '.md-typeset:not(.md-nav) a[href=".x"]{top:1px}'
        "[data-md-color-scheme=slate]{top:2px}"
        "@media print{.md-nav{top:0}}@keyframes turn{to{top:0}}@keyframes fade{to{top:0}}"
    )
    kept = '.md-typeset{color:var(--a)}.md-typeset:not(.md-nav) a[href=".x"]{top:1px}'
    assert trimmed(css, (), [], coloured=False) == ":root{--a:var(--b);--b:1}" + kept
    more = trimmed(css, {"grid"}, ["p{animation:turn 1s;color:var(--d)}"], coloured=True)
    assert more == (
        ":root{--a:var(--b);--b:1;--c:2;--d:3}.md-typeset .grid{color:var(--c)}"
        + kept
        + "[data-md-color-scheme=slate]{top:2px}@keyframes turn{to{top:0}}"
    )


def test_a_site_has_what_its_coach_uses_of_the_theme_and_a_hook_has_all_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = small_project(tmp_path / "site-of-anna")
    sizes = []

    def build() -> str:
        answer = type_in(capsys, "build", "--project", project)
        assert answer.code == 0, answer.out + answer.err
        html = (project / "site/index.html").read_text("utf-8")
        named = re.findall(r'<link rel="stylesheet" href="([^"]+)"', html)
        sheets = [project / "site" / path for path in named]
        sizes.append(sum(sheet.stat().st_size for sheet in sheets))
        return "".join(sheet.read_text("utf-8") for sheet in sheets)

    def frames() -> list[Path]:
        return [*project.glob("site/assets/stylesheets/main.*.css")]

    assert ".md-typeset .admonition" not in build()
    assert frames() == [], "what is left of Material's is in the sheet of ours that every page has"
    write(
        project / "docs/about.md",
        page("title: About\ndescription: Who writes this.", '!!! note "Hello"\n    Words.'),
    )
    assert ".md-typeset .admonition" in build()
    write(project / "hook.py", "")
    settings = project / "mkdocs.yml"
    write(settings, settings.read_text("utf-8") + "hooks: [hook.py]\n")
    assert ".md-tabs" in build()
    assert len(frames()) == 1
    assert sizes[0] < sizes[1] < sizes[2] / 2


def test_the_names_of_all_parts_are_known_without_making_them() -> None:
    """A page names its sheets; where one word was changed they are those of the last site, and none is made."""
    assert tuple(in_parts(ours())) == PATHS
