"""A coach who has no site yet begins one: it is right at once, it is hers, and nothing of hers is written over."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
import shlex
from dataclasses import replace
from html import escape
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kinopress.cli.starting import init
from kinopress.cli.starting.choices import COUNTRY_NAMES, LANGUAGE_NAMES, SUBJECT_NAMES, Named
from kinopress.cli.starting.init import COUNTRY, LANGUAGE, SUBJECT
from kinopress.content.data.words import english
from kinopress.content.model.kinds import KINDS
from kinopress.content.model.language.languages import IN_ENGLISH
from kinopress.content.model.language.words import LANGUAGES_WITH_WORDS
from kinopress.content.model.library import Library
from kinopress.content.model.pages import Kind
from kinopress.content.model.shared import holds
from kinopress.content.read import read_library
from kinopress.engines.settings import foot_links, menu
from kinopress.finder.signs.index import build_signs
from kinopress.pages.lists.find import (
    BODY,
    FIND,
    render_body_map,
    render_find,
    where_it_hurts,
)
from kinopress.pages.lists.lists import index_pages
from kinopress.pages.parts.html import converted
from kinopress.pages.place import Place
from kinopress.pages.render import render_site
from kinopress.problems import Refusal
from kinopress.project.drawings.plates import ready_plates
from kinopress.project.new.templates import new_page
from kinopress.project.starting.begin import SUBJECTS, Answers, begin, first_texts
from kinopress.project.starting.countries import COUNTRIES, FILE, read_countries
from kinopress.system import atomic
from support.command import type_in
from support.projects import contents, write
from support.words import shown_text

_SITE = Path(__file__).parents[2]

BRITISH = re.compile(r"\b(?:NHS|NICE|A&E|Wales|Welsh|health board|press 2)\b")
"""What readers elsewhere would be told in vain."""


def _answers(country: str = "scotland", subject: str = "shoulders") -> Answers:
    return Answers("Anna O'Neill: coach", 'The "good" shoulder', "en", country, subject)


@pytest.mark.parametrize(("subject", "country"), [*itertools.product(SUBJECTS, COUNTRIES)])
def test_a_new_site_has_no_problem_at_all(subject: str, country: str, tmp_path: Path) -> None:
    begin(tmp_path / "site", _answers(country, subject))
    library, report = read_library(tmp_path / "site")
    assert [str(p) for p in (*report.errors, *report.warnings, *report.notes)] == []
    assert library.settings.coach.name == "Anna O'Neill: coach"
    assert library.settings.site_name == 'The "good" shoulder'
    assert library.settings.timezone == COUNTRIES[country].timezone


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_first_build_of_a_new_site_has_no_problem_either(
    subject: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    begin(tmp_path / "site", _answers(subject=subject))
    answer = type_in(capsys, "build", "--json", "--project", tmp_path / "site")
    said = [problem for problem in answer.json["problems"] if problem["severity"] != "note"]
    assert (answer.code, said) == (0, [])


@pytest.mark.parametrize("subject", SUBJECTS)
def test_figures_are_the_same_in_every_country(subject: str) -> None:
    """What the first build says of those of one country holds in all."""
    drawn = {
        tuple(
            (path, text)
            for path, text in sorted(first_texts(_answers(country, subject), "site").items())
            if path.endswith(".pose.yml")
        )
        for country in COUNTRIES
    }
    assert len(drawn) == 1
    assert any(drawn) is (subject != "other")


def test_a_country_that_lacks_a_number_is_told_of_and_never_offered() -> None:
    text = FILE.read_text("utf-8")
    assert read_countries(text, FILE.name) == (COUNTRIES, [])
    less, problems = read_countries(text.replace('  emergency: "112"\n', ""), FILE.name)
    assert {*COUNTRIES} - {*less} == {"ireland"}
    assert [(p.field, p.code) for p in problems] == [("ireland.emergency", "field-missing")]


@pytest.mark.parametrize(("country", "subject"), [*itertools.product(COUNTRIES, SUBJECTS)])
def test_readers_are_sent_to_their_own_country_alone(country: str, subject: str) -> None:
    """In all that readers are shown, what a sign rests on included."""
    own = COUNTRIES[country]
    other = {n for it in COUNTRIES.values() for n in it.numbers} - {*own.numbers}
    for path, text in first_texts(_answers(country, subject), "site").items():
        if path.endswith(("sign_words.yml", "sign_weights.yml")):
            continue  # what readers type, and what was learnt of it
        told = re.sub(r"(?m)^\s*#.*$|^  (?:  - |named_as:).*$", "", text)
        assert [number for number in other if holds(told, number)] == [], path
        if not own.british:
            assert BRITISH.findall(told) == [], path


def test_what_a_sign_rests_on_in_britain_stays_for_the_coach() -> None:
    signs = first_texts(_answers("usa", "legs"), "site")["docs/data/red_flags.yml"]
    assert re.search(r"(?m)^  # The NHS page on deep vein thrombosis", signs)
    assert "  basis: The IFOMPT framework" in signs  # of no country
    at_home = first_texts(_answers("wales", "legs"), "site")["docs/data/red_flags.yml"]
    assert "  basis: The NHS page on deep vein thrombosis" in at_home


def test_what_was_learnt_of_danger_comes_with_the_very_signs_it_was_learnt_for(
    tmp_path: Path,
) -> None:
    """Not where there are fewer of them: the likeliest of those left would be taken for what is meant."""
    has = {
        (country, subject, language)
        for country, subject, language in itertools.product(COUNTRIES, SUBJECTS, ("en", "cy"))
        if "docs/data/sign_weights.yml"
        in first_texts(replace(_answers(country, subject), language=language), "site")
    }
    british = {key for key, country in COUNTRIES.items() if country.british}
    assert has == {(country, "legs", "en") for country in british}
    begin(tmp_path / "site", _answers("scotland", "legs"))
    library, _ = read_library(tmp_path / "site")
    own, _ = read_library(_SITE)
    assert library.shared.sign_weights == own.shared.sign_weights is not None
    assert [*library.shared.red_flags] == [*own.shared.red_flags]
    # She takes a sign out and writes one of her own: what was learnt stays right, and nobody is told to learn it again.
    file = tmp_path / "site" / "docs" / "data" / "red_flags.yml"
    signs = re.sub(r"(?ms)^mole:\n.*?(?=^[a-z])", "", file.read_text("utf-8"))
    ours = "ours: {level: gp, title: Ours, sign: It is ours., basis: A rule of ours., say: [zzz thing]}\n"
    file.write_text(f"{signs}{ours}", "utf-8")
    changed, after = read_library(tmp_path / "site")
    assert {"ours"} == changed.shared.red_flags.keys() - library.shared.red_flags.keys()
    assert "mole" not in changed.shared.red_flags
    assert changed.shared.sign_weights == library.shared.sign_weights
    assert [str(p) for p in after.errors if "sign_weights" in p.path] == []
    assert json.loads(build_signs(changed))["listener"]


def test_no_page_of_a_site_abroad_names_a_number_of_elsewhere(tmp_path: Path) -> None:
    """The words of the program itself, too."""
    begin(tmp_path / "site", _answers("new-zealand", "legs"))
    library, _ = read_library(tmp_path / "site")
    pages = render_site(library, {}, tmp_path / "site", plates=ready_plates(library)).pages
    told = " ".join(shown_text(page.text) for page in pages)
    assert holds(told, "0800 611 116")
    assert re.findall(r"(?<![\w.,])(?:999|911|988|NHS|A&E)(?!\w)", told) == []


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
    assert "give --country and --subject on" in answer.err
    assert not (tmp_path / "site").exists()


def test_what_has_a_default_need_not_be_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    given = ("--name", "Anna", "--country", "New Zealand", "--subject", "Shoulder")
    assert type_in(capsys, "init", site, *given).code == 0
    library, _ = read_library(site)
    assert (library.settings.site_name, library.settings.language) == ("Anna", "en")
    assert library.settings.timezone == "Pacific/Auckland"


OF_HIPS = re.compile(r"\b(?:bums?|glutes?|toes|abs|METs)\b")
"""What only a site of hips and legs would have in the program's own words."""


def test_the_words_of_the_program_are_of_no_subject() -> None:
    assert [words for words in sorted(english()) if OF_HIPS.search(words)] == []


def test_home_and_menu_lead_to_no_empty_list(tmp_path: Path) -> None:
    begin(tmp_path / "site", _answers())
    library, _ = read_library(tmp_path / "site")
    pages = render_site(library, {}, tmp_path / "site", plates=ready_plates(library)).pages
    home = next(page for page in pages if page.path == "index.md")
    assert "1 symptom, " in shown_text(home.text)
    assert re.findall(r"\b0 \w+", shown_text(home.text)) == []
    assert [path for path, _ in menu(library)] == [
        *("symptoms/index.md", "muscles/index.md", "exercises/index.md", "a-z.md")
    ]


def test_a_site_without_symptoms_leads_nobody_to_an_empty_map(tmp_path: Path) -> None:
    begin(tmp_path / "site", _answers(subject="other"))
    library, _ = read_library(tmp_path / "site")
    assert [path for path, _ in foot_links(library)] == [
        *("when-to-get-help.md", "about.md", "techniques/index.md", "offline.md")
    ]
    assert [p.path for p in index_pages(library) if p.path == BODY and p.is_empty] == [BODY]
    assert "There is no symptom yet." in where_it_hurts(Place(library, {}, "index.md"))
    _nobody_points(library)
    assert f"{Place(library, {}, FIND).url(BODY)}&gt;" not in render_find(Place(library, {}, FIND))


def _nobody_points(library: Library) -> None:
    """See that no page tells a reader to point at the body."""
    told = [page.description for page in index_pages(library)]
    told += [render_find(Place(library, {}, FIND)), render_body_map(Place(library, {}, BODY))]
    assert [words for words in told if re.search(r"\bpoint at\b", words, re.IGNORECASE)] == []


def test_where_there_is_only_a_list_of_the_body_nobody_is_told_to_point_at_it(
    tmp_path: Path,
) -> None:
    begin(tmp_path / "drawn", _answers(subject="legs"))
    with pytest.raises(AssertionError):
        _nobody_points(read_library(tmp_path / "drawn")[0])
    begin(tmp_path / "site", _answers(subject="shoulders"))
    listed, _ = read_library(tmp_path / "site")
    _nobody_points(listed)
    assert "Choose where it hurts" in render_find(Place(listed, {}, FIND))


def test_pages_in_another_language_than_the_site_say_so(tmp_path: Path) -> None:
    """The first pages are in English; around them, and where they are listed, a reader's program must know that."""
    begin(tmp_path / "site", replace(_answers(), language="cy"))
    project = tmp_path / "site"
    about = project / "docs/about.md"
    about.write_text(about.read_text("utf-8").replace("\nlang: en\n", "\n", 1), "utf-8")
    library, report = read_library(project)
    assert [str(p) for p in (*report.errors, *report.warnings, *report.notes)] == []
    rendered = render_site(library, {}, project, plates=ready_plates(library)).pages
    pages = {page.path: page for page in rendered}
    exercise = next(page for page in library.pages.values() if page.kind == "exercise")
    shown = converted(pages[f"exercises/{exercise.slug}.md"].body)
    (whole,) = re.findall(r'<div class="kp-lang" lang="en">(.*)</div>', shown, re.DOTALL)
    assert f">{exercise.title.partition(':')[0]}" in whole.partition("</h1>")[0]
    assert "How to do it</h2>" in whole  # the program's words are in the language of the page
    way_back = pages[f"exercises/{exercise.slug}.md"].crumbs
    assert [crumb.label for crumb in way_back] == ["Ymarferion"]  # around the page, of the site
    of_list = pages["exercises/index.md"].body
    assert f'lang="en">{escape(exercise.title)}</a>' in of_list
    assert "kp-lang" not in of_list
    assert "kp-lang" not in pages["about.md"].body
    assert (pages[f"exercises/{exercise.slug}.md"].lang, pages["about.md"].lang) == ("en", "")


_TOLD = re.compile(r'<(?:li|details|h3) [^>]*class="kp-(?:sign|flag|flags__level)"[^>]*>')


def _signs_shown(project: Path, path: str) -> list[str]:
    """The elements of a page that show a warning sign, or how soon one is to be seen."""
    library, report = read_library(project)
    assert [str(p) for p in (*report.errors, *report.warnings)] == []
    rendered = render_site(library, {}, project, plates=ready_plates(library)).pages
    (page,) = [page for page in rendered if page.path == path]
    found = _TOLD.findall(converted(page.body))
    assert found
    return found


def test_warning_signs_have_the_language_that_their_file_says(tmp_path: Path) -> None:
    """A number to ring that is English and declared Welsh is read out in a voice nobody understands."""
    begin(tmp_path / "site", replace(_answers(), language="cy"))
    project = tmp_path / "site"
    english, welsh = "symptoms/stiff-shoulder.md", "symptoms/own.md"
    text = (project / f"docs/{english}").read_text("utf-8").replace("\nlang: en\n", "\n", 1)
    (project / f"docs/{welsh}").write_text(
        re.sub("(?m)^title: .*$", "title: Stiff", text, count=1), "utf-8"
    )
    # On a page in their own language they are not marked; on one of the site's they are English still.
    assert [one for one in _signs_shown(project, english) if " lang=" in one] == []
    assert [one for one in _signs_shown(project, welsh) if 'lang="en"' not in one] == []
    # Where the file does not say, nothing is claimed anywhere.
    file = project / "docs/data/help.yml"
    stated = file.read_text("utf-8")
    file.write_text(stated.replace("\nlang: en\n", "\n", 1), "utf-8")
    for path in (english, welsh):
        assert [one for one in _signs_shown(project, path) if " lang=" in one] == []
    # Translated, they are the site's on an English page.
    file.write_text(stated.replace("\nlang: en\n", "\nlang: cy\n", 1), "utf-8")
    assert [one for one in _signs_shown(project, english) if 'lang="cy"' not in one] == []
    assert [one for one in _signs_shown(project, welsh) if " lang=" in one] == []


def test_a_site_is_not_begun_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("Mine.", "utf-8")
    with pytest.raises(Refusal, match="this is a file"):
        begin(tmp_path / "site", _answers())
    with pytest.raises(Refusal, match="this is a file") as refused:
        begin(tmp_path / "site/for/anna", _answers())
    assert refused.value.problems[0].path == str(tmp_path / "site")


def test_where_no_folder_can_be_made_another_is_to_be_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def takes_nothing(path: Path) -> None:
        raise FileNotFoundError(2, "No such file or directory", str(tmp_path / "site"))

    monkeypatch.setattr(atomic, "make_folder", takes_nothing)
    with pytest.raises(Refusal) as refused:
        begin(tmp_path / "site", _answers())
    assert refused.value.exit_code == 3
    assert refused.value.problems[0].hint == (
        f"choose another folder: nothing can be put into {tmp_path}"
    )


def test_advice_in_new_zealand_is_not_its_ambulance() -> None:
    """What is the number for advice in Britain is the one for emergencies there."""
    signs = first_texts(_answers("new-zealand", "legs"), "site")["docs/data/red_flags.yml"]
    assert re.findall(r"(?m)^  action: .*Call 0800 611 116 today", signs)
    assert not re.search(r"(?m)^  action: .*111 today", signs.replace("0800 611 116", ""))


def test_git_keeps_no_site_and_nothing_of_a_client(tmp_path: Path) -> None:
    begin(tmp_path / "site", _answers("ireland", "other"))
    ignored = (tmp_path / "site/.gitignore").read_text("utf-8").splitlines()
    assert {"/site/", "/.kinopress/", "/removed/", "/clients/"} <= set(ignored)
    # One that is there is the coach's own, and in nobody's way.
    write(tmp_path / "own/.gitignore", "*.mov\n")
    begin(tmp_path / "own", _answers("ireland", "other"))
    assert (tmp_path / "own/.gitignore").read_text("utf-8") == "*.mov\n"


def test_enter_alone_chooses_no_country(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A default would be one country's numbers on the sites of all others who press Enter."""
    monkeypatch.setattr(init, "somebody_is_there", lambda: True)
    answers = "Anna\n\n\n\n\nireland\nlegs\n"
    done = CliRunner().invoke(init.command, [str(tmp_path / "site")], input=answers)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    help_file = (tmp_path / "site/docs/data/help.yml").read_text("utf-8")
    assert "Call 112" in help_file
    assert "999" not in help_file


@pytest.mark.parametrize("folder", ["", "  "])
def test_a_folder_that_is_not_said_is_not_this_one(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ("--name", "Anna", "--country", "wales", "--subject", "legs")
    assert type_in(capsys, "init", folder, *words).code == 2
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("kind", "written", "meant"),
    [
        (LANGUAGE, "Welsh", "cy"),
        (LANGUAGE, "cymraeg", "cy"),
        (COUNTRY, "new zealand", "new-zealand"),
        (COUNTRY, "NZ", "new-zealand"),
        (COUNTRY, "U.S.", "usa"),
        (SUBJECT, "shoulder", "shoulders"),
    ],
)
def test_answers_are_taken_as_people_write_them(kind: Named, written: str, meant: str) -> None:
    assert kind.convert(written, None, None) == meant


def test_a_near_miss_is_asked_back_and_never_guessed() -> None:
    with pytest.raises(click.BadParameter, match="the nearest is “scotland”"):
        COUNTRY.convert("Scotand", None, None)


def test_every_other_name_leads_to_an_answer() -> None:
    for kind, names in (
        (LANGUAGE, LANGUAGE_NAMES),
        (COUNTRY, COUNTRY_NAMES),
        (SUBJECT, SUBJECT_NAMES),
    ):
        assert {kind.convert(name, None, None) for name in names} <= set(kind.choices)
    assert set(IN_ENGLISH) == set(LANGUAGES_WITH_WORDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_to_fill_in_names_no_page_of_another_site(kind: Kind) -> None:
    """Lines that are there to be uncommented, too."""
    text = new_page(kind, '"A title"', dt.date(2026, 1, 5))
    ours = {
        file.stem for folder in ("docs", "exercises") for file in _SITE.glob(f"{folder}/**/*.md")
    }
    named = set(re.findall(r"[a-z]+(?:-[a-z]+)+", text)) & ours
    assert named == set()
    assert not re.search(r"\b(?:glutes|clam|met\n)", text)
    assert "cauda-equina" not in text


def test_what_is_to_be_typed_next_is_quoted_as_a_terminal_wants_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "my site ü"
    given = ("--name", "Anna", "--country", "New Zealand", "--subject", "Shoulder")
    said = type_in(capsys, "init", site, *given).out
    commands = [line.partition(":")[2] for line in said.splitlines() if "--project" in line]
    assert len(commands) == 3
    for command in commands:
        assert shlex.split(command)[-2:] == ["--project", str(site)]
