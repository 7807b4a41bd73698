"""Whom readers call, and what they are told about their health: one file a country, and nothing beside it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kinopress.content.data.help import COUNTRIES, HELP, SENTENCES_FORM, read_help
from kinopress.content.data.phones import call
from kinopress.content.model.shared import LEVELS
from kinopress.content.read import read_library
from kinopress.content.rules.signs import disagreement, urgencies
from kinopress.pages.render import render_site
from kinopress.problems import Problem, Refusal
from kinopress.project.build import build
from kinopress.project.starting.countries import COUNTRIES as COUNTRIES_OF_INIT
from support.guide import ROOT
from support.projects import HELP_FILE, SETTINGS, page, small_project, write
from support.words import shown_text

ELSEWHERE = "docs/data/help-nz.yml"
HEALTHLINE = "0800 611 116"

SIGNS = """\
not-settling: {level: gp, title: No better, sign: Six weeks and no change., basis: A rule of thumb.}
heart: {level: emergency, title: Chest pain, sign: Your chest hurts., basis: A rule., say: [chest pain]}
clot: {level: urgent, title: A swollen calf, sign: One calf has swollen., basis: A rule., say: [swollen calf]}
"""


def in_new_zealand(folder: Path) -> Path:
    """A small project whose emergencies call 111, where that is the number for advice in Britain."""
    project = small_project(folder)
    text = HELP_FILE.read_text("utf-8").replace("111", HEALTHLINE).replace("999", "111")
    write(project / ELSEWHERE, text)
    write(project / "mkdocs.yml", SETTINGS + f"    help: {ELSEWHERE}\n")
    write(project / "docs/data/red_flags.yml", SIGNS)
    symptom = project / "docs/symptoms/weak-glutes.md"
    write(symptom, symptom.read_text("utf-8").replace("[not-settling]", "[heart, clot]"))
    write(
        project / "docs/when-to-get-help.md",
        page("title: When to get help\ndescription: Whom to call.", "{{ red-flags }}"),
    )
    return project


def _problems(project: Path) -> list[str]:
    return [str(p) for p in read_library(project)[1].errors]


def test_this_projects_own_file_and_that_of_the_small_sites_are_whole() -> None:
    for project, path in ((ROOT, HELP), (HELP_FILE.parent, HELP_FILE.name)):
        problems: list[Problem] = []
        found = read_help(project, path, problems)
        assert [str(p) for p in problems] == []
        assert tuple(found.levels) == LEVELS
        assert found.sentences.keys() == SENTENCES_FORM.fields.keys()
        advice = [*found.sentences.values(), *(one.advice for one in found.positions)]
        assert all(one.say and one.basis for one in advice)
        assert all(level.basis for level in found.levels.values())


def test_another_countrys_numbers_stand_everywhere(tmp_path: Path) -> None:
    project = in_new_zealand(tmp_path)
    assert _problems(project) == []
    build(project)
    pages = {p: p.read_text("utf-8") for p in (project / "site").rglob("*.html")}
    assert len(pages) > 15
    for path, html in pages.items():
        # At the foot of every page, and nowhere the number of the country it began with.
        assert '<a href="tel:111">111</a>' in html, path
        assert f'<a href="tel:0800611116">{HEALTHLINE}</a>' in html, path
        assert "tel:999" not in html, path
        assert "999" not in shown_text(html), path
    help_page = pages[project / "site/when-to-get-help/index.html"]
    emergency = help_page[help_page.index('id="flag-heart"') : help_page.index('id="flag-clot"')]
    assert 'Call <a href="tel:111">111</a> now' in emergency
    assert HEALTHLINE in help_page[help_page.index('id="flag-clot"') :]
    signs = json.loads((project / "site/assets/finder/signs.json").read_text("utf-8"))
    said = {level: (action, numbers) for level, action, numbers, _ in signs["urgency"]}
    assert said["emergency"] == ("Call 111 now.", ["111"])
    assert said["urgent"][1] == [HEALTHLINE]


def test_a_text_is_held_to_the_numbers_of_its_own_country(tmp_path: Path) -> None:
    project = in_new_zealand(tmp_path)
    there, here = (urgencies(read_help(project, path, [])) for path in (ELSEWHERE, HELP))
    assert disagreement("Call 111.", "emergency", there) is None
    assert disagreement("Call 111.", "urgent", there) == "111"
    assert disagreement(f"Ring {HEALTHLINE}.", "emergency", there) == HEALTHLINE
    assert disagreement("Call 111.", "emergency", here) == "111"
    assert disagreement("Call 999.", "emergency", here) is None


def test_what_a_file_lacks_is_an_error_and_not_taken_from_another_country(tmp_path: Path) -> None:
    project = in_new_zealand(tmp_path)
    text = (project / ELSEWHERE).read_text("utf-8")
    footer = re.search(r"  footer:\n(?:    .*\n)+", text)
    urgent = re.search(r"  urgent:\n(?:    .*\n)+", text)
    assert footer is not None and urgent is not None
    write(project / ELSEWHERE, text.replace(footer[0], "").replace(urgent[0], ""))
    library, report = read_library(project)
    assert [(p.path, p.field, p.code) for p in report.errors] == [
        (ELSEWHERE, "levels.urgent", "field-missing"),
        (ELSEWHERE, "sentences.footer", "field-missing"),
    ]
    # The preview still shows the pages, and on them no number of another country.
    site = render_site(library, {}, project)
    assert [p.path for p in site.pages if "tel:999" in p.body] == []


def test_without_the_file_nothing_is_built_and_no_countrys_numbers_stand_in(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    write(project / "docs/data/help.yaml", HELP_FILE.read_text("utf-8"))
    (project / HELP).unlink()
    library, report = read_library(project)
    (problem,) = report.errors
    assert (problem.path, problem.code) == (HELP, "help-missing")
    assert all(country in problem.hint for country in COUNTRIES)
    # The file under its other name is named as well, with what to call it.
    (stray,) = [p for p in report.warnings if p.code == "data-unread"]
    assert stray.path == "docs/data/help.yaml"
    assert "rename it to help.yml" in stray.hint
    assert "help-missing" in [p.code for p in build(project).report.errors]
    assert not (project / "site").exists()
    site = render_site(library, {}, project)
    assert [p.path for p in site.pages if "tel:" in p.body] == []


def test_init_writes_the_file_for_each_country_that_the_message_names() -> None:
    assert set(COUNTRIES) == set(COUNTRIES_OF_INIT)


def test_each_file_of_the_folder_that_nothing_reads_is_named(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    for name in ("regions.yaml", "help-nz.yml", "notes.txt", ".DS_Store", "nicknames.yml"):
        write(project / "docs/data" / name, "")
    _, report = read_library(project)
    found = {p.path: p.hint for p in report.warnings if p.code == "data-unread"}
    assert found.keys() == {f"docs/data/{n}" for n in ("regions.yaml", "help-nz.yml", "notes.txt")}
    assert "into docs/data/regions.yml" in found["docs/data/regions.yaml"]
    assert "under help in mkdocs.yml" in found["docs/data/help-nz.yml"]


def test_a_file_that_the_settings_name_has_to_be_there(tmp_path: Path) -> None:
    project = in_new_zealand(tmp_path)
    (project / ELSEWHERE).unlink()
    with pytest.raises(Refusal) as refused:
        read_library(project)
    (problem,) = refused.value.problems
    assert (problem.path, problem.code) == ("mkdocs.yml", "settings-help")
    assert (
        (project / "mkdocs.yml")
        .read_text("utf-8")
        .splitlines()[(problem.line or 0) - 1]
        .endswith(f"help: {ELSEWHERE}")
    )


@pytest.mark.parametrize(
    "named", ["help.yml", "../help.yml", "docs/data/help.txt", "docs/data/a/b.yml"]
)
def test_only_a_file_of_docs_data_can_be_named(tmp_path: Path, named: str) -> None:
    project = in_new_zealand(tmp_path)
    write(project / "mkdocs.yml", SETTINGS + f"    help: {named}\n")
    with pytest.raises(Refusal) as refused:
        read_library(project)
    assert [p.code for p in refused.value.problems] == ["settings-help"]


@pytest.mark.parametrize(
    ("number", "address"),
    [
        ("111", "tel:111"),
        ("116 123", "tel:116123"),
        ("+64 (0)800 611-116", "tel:+64800611116"),
    ],
)
def test_a_number_is_dialled_without_what_people_write_between_its_figures(
    number: str, address: str
) -> None:
    assert call(number) == address


_HEALTH = re.compile(
    r"(?<![.\w])(?:999|111|112|911|A&E|GP|NHS|Samaritans?|midwife|physiotherapists?|pregnan\w+|ambulance)\b"
)


def test_no_number_to_call_and_no_advice_stands_in_the_programs_own_pages() -> None:
    """Pages, theme and scripts take them from the file: a number in them would be one country's."""
    rooms = [ROOT / "src/kinopress" / room for room in ("pages", "engines", "content/relations")]
    files = [f for room in rooms for f in room.rglob("*") if f.suffix in (".py", ".html")]
    files = [f for f in files if f.name != "outlines.py"]  # numbers there are places on a drawing
    files += [
        f for f in (ROOT / "web/src").rglob("*.ts") if f.name not in ("signs.ts", "normal.ts")
    ]
    assert len(files) > 60
    comment = re.compile(r'""".*?"""|/\*.*?\*/|\{#.*?#\}|(?m:^\s*(?://|#).*$)', re.DOTALL)
    level = re.compile(r'"(?:emergency|urgent|gp)"')  # the name of a level, which no reader sees
    found = {
        file.name: hits
        for file in files
        if (hits := _HEALTH.findall(level.sub("", comment.sub("", file.read_text("utf-8")))))
    }
    assert found == {}
