"""The coach's guide tells the truth: everything the program knows stands in it, and nothing else does."""

from __future__ import annotations

import datetime as dt
import json
import re
import shlex
from collections.abc import Iterable
from pathlib import Path

import click
import dask.config
import pytest
from distributed.cli.dask_scheduler import main as dask_scheduler

from kinopress.cli.verbs import VERBS, kinopress
from kinopress.codes import Code
from kinopress.content.captions.check import check_vtt
from kinopress.content.data import help as help_file
from kinopress.content.data.nicknames import NICKNAMES
from kinopress.content.data.redirects import REDIRECTS, read_redirects
from kinopress.content.data.shared import data_forms, read_shared_data
from kinopress.content.data.words import WORDS, read_words
from kinopress.content.forms import groups
from kinopress.content.forms import plans as plan_fields
from kinopress.content.forms.form import Desk, Form
from kinopress.content.forms.pages import FORMS
from kinopress.content.forms.poses import file, film, pose
from kinopress.content.forms.private import plan as client_fields
from kinopress.content.forms.settings import read as settings
from kinopress.content.forms.settings.places import PLACE
from kinopress.content.forms.settings.read import read_settings
from kinopress.content.model.kinds import IN_FOLDERS
from kinopress.content.model.pages import STEP_KINDS
from kinopress.content.read import read_library
from kinopress.content.rules.held import count
from kinopress.content.source.film_files import FILM_ENDINGS
from kinopress.content.source.unread_files import POSE_ENDING
from kinopress.content.source.yaml.reader import parse_fields
from kinopress.pages.kinds.terms import SYMPTOM_SECTIONS
from kinopress.pages.parts.wording import STEP_LABELS
from kinopress.problems import ExitCode, Problem
from support.codes import problem_codes, with_tables
from support.guide import (
    GUIDE,
    HEADED,
    ROOT,
    Example,
    command_lines,
    examples,
    in_code,
    section,
    table,
)
from support.projects import SETTINGS, small_project, write

A_DAY = dt.date(2026, 12, 1)
"""A day on which the guide's examples are published and their reviews are not yet due."""

FORM_TABLES: dict[str, Form] = {
    "Fields of an article": FORMS["article"],
    "Fields of an ordinary page": FORMS["page"],
    "Fields of an exercise": FORMS["exercise"],
    "Fields of a plan": FORMS["plan"],
    "Fields of a film": FORMS["video"],
    "Fields of a muscle": FORMS["muscle"],
    "Fields of a symptom": FORMS["symptom"],
    "Fields of a technique": FORMS["technique"],
    "Inside `dosage`": groups.DOSAGE,
    "Inside `reviewed`": groups._REVIEW,
    "Inside each of the `chapters`": groups._CHAPTER,
    "Inside `trim`": groups._TRIM,
    "Inside each of the `days`": plan_fields.DAY,
    "Inside each of the `blocks`": plan_fields.PORTION,
    "Inside each of the `blocks` of a private plan": client_fields.PORTION,
    "What a private plan says of its client": client_fields.CLIENT,
    "Inside each of the `tests`": plan_fields.TEST,
    "Inside each of the `swaps`": plan_fields.SWAP,
    "Inside each of the `start_with`": groups.START,
    "Inside `pain_rule`": plan_fields.PAIN_RULE,
    "Inside `green` and `amber`": plan_fields.LIGHT,
    "Inside `red`": plan_fields.RED,
    "A pose file": file.FILE,
    "Inside `seen`": file.SEEN,
    "Inside each of the `poses`": pose.POSE,
    "Inside each step of the `film`": film.STEP,
    "Inside `push`": film.PUSH,
    **{f"Shared data: docs/data/{name}.yml": form for name, form in data_forms().items()},
    "Inside `levels`": help_file.LEVELS_FORM,
    "Inside each of the `levels`": help_file.LEVEL,
    "Inside `sentences`": help_file.SENTENCES_FORM,
    "Inside each of the `sentences`": help_file.SENTENCE,
    "Inside each of the `positions`": help_file.POSITION,
    "Settings: extra.kinopress": settings.SETTINGS,
    "Settings: extra.kinopress.coach": settings.COACH,
    "Settings: extra.kinopress.coach.address": settings.ADDRESS,
    "Settings: extra.kinopress.assessment": settings.ASSESSMENT,
    "Settings: each of extra.kinopress.reviewers": settings.REVIEWER,
    "Settings: extra.kinopress.video": settings.VIDEO,
    "Settings: each of extra.kinopress.publish": PLACE,
}


def _said(problems: Iterable[Problem]) -> list[str]:
    return [str(problem) for problem in problems]


# What the command line knows


@pytest.mark.parametrize("verb", VERBS)
def test_a_command_stands_in_the_guide_with_all_its_options_and_an_example(verb: str) -> None:
    command = kinopress.get_command(click.Context(kinopress), verb)
    assert command is not None
    options = {
        name
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for name in parameter.opts
    }
    rows = table(f"kinopress {verb}")
    assert {in_code(row[0])[0].split()[0] for row in rows} == options
    assert all(len(row[1].split()) > 2 for row in rows)
    for parameter in command.params:
        if isinstance(parameter.type, click.Choice):
            assert set(parameter.type.choices) <= set(in_code(section(f"kinopress {verb}")))
    lines = [line for line in command_lines() if line.startswith(f"kinopress {verb}")]
    assert any(line in section(f"kinopress {verb}") for line in lines)


def test_the_guide_names_no_other_command() -> None:
    headings = re.findall(r"^### kinopress (\w+)$", HEADED, re.MULTILINE)
    assert headings == list(VERBS)
    assert {"kinopress --help", "-h", "kinopress --version"} <= set(
        in_code(section("Every command"))
    )


@pytest.mark.parametrize("line", sorted(set(command_lines())))
def test_every_command_line_in_the_guide_can_be_typed(
    line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = shlex.split(line)
    if words[0] == "source":
        assert words[1] == ".venv/bin/activate"
        return
    while re.fullmatch(r"[A-Z_]+=\S+", words[0]):
        name, _, value = words.pop(0).partition("=")
        assert dask.config.get(name.removeprefix("DASK_").lower().replace("__", ".")), value
    if words[:2] == ["dask", "scheduler"]:
        assert dask_scheduler.make_context("scheduler", words[2:])
        return
    if words[0] == "python3":
        script = ROOT / words[1]
        assert script.is_file()
        words = ["kinopress", script.stem, *words[2:]]
    for verb in VERBS:
        command = kinopress.get_command(click.Context(kinopress), verb)
        monkeypatch.setattr(command, "callback", lambda **_: 0)
        if isinstance(command, click.Group):
            for inner in command.list_commands(click.Context(command)):
                monkeypatch.setattr(
                    command.get_command(click.Context(command), inner), "callback", lambda **_: 0
                )
    if words == ["kinopress"]:
        with pytest.raises(click.exceptions.NoArgsIsHelpError):
            kinopress.main(args=[], standalone_mode=False)
    else:
        assert kinopress.main(args=words[1:], standalone_mode=False) == 0


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_a_command_shows_an_example_of_it(
    verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert kinopress.main(args=[verb, "--help"], standalone_mode=False) == 0
    shown = capsys.readouterr().out
    assert "Example:" in shown
    assert re.search(rf"kinopress {verb}\b", shown.partition("Example:")[2])


def test_every_exit_code_is_explained() -> None:
    assert [row[0] for row in table("For those who automate")] == [str(int(c)) for c in ExitCode]


def test_the_json_in_the_guide_has_the_shape_that_check_prints(tmp_path: Path) -> None:
    (example,) = examples("json")
    shown = json.loads(example.text)
    library, _ = read_library(small_project(tmp_path), today=A_DAY)
    a_problem = Problem("a.md", "m", "h", "text-wanted", line=1, field="title").as_dict()
    assert list(shown) == ["problems", "counts"]
    assert list(shown["problems"][0]) == list(a_problem)
    assert list(shown["counts"]) == list(count(library))


# What can be written


@pytest.mark.parametrize("title", FORM_TABLES)
def test_a_table_holds_every_field_of_its_form_and_no_other(title: str) -> None:
    expected = [
        f"| `{f.name}` | {'yes' if f.required else ''} | {f.doc} | `{f.example}` |"
        for f in FORM_TABLES[title].fields.values()
    ]
    rows = [line for line in section(title).splitlines() if line.startswith("|")]
    assert rows[2:] == expected


def test_every_table_of_fields_belongs_to_a_form() -> None:
    titles = re.findall(r"^### (.+)$", section("Every field"), re.MULTILINE)
    assert set(titles) == {*FORM_TABLES, "Settings: mkdocs.yml"}


def test_the_settings_at_the_top_of_mkdocs_yml_are_all_there() -> None:
    assert {in_code(row[0])[0] for row in table("Settings: mkdocs.yml")} == set(settings._TOP)


@pytest.mark.parametrize(
    ("form", "name"),
    [(form, name) for form in FORM_TABLES.values() for name in form.fields],
    ids=lambda value: value.what.replace(" ", "-") if isinstance(value, Form) else value,
)
def test_the_example_of_a_field_is_read_without_a_word(form: Form, name: str) -> None:
    field = form.fields[name]
    fields, problems = parse_fields(f"{name}: {field.example}\n", "page.md")
    assert fields is not None
    assert field.read(fields.entries[name], Desk("page.md", problems).at(name)) is not None
    assert _said(problems) == []


def test_every_kind_of_step_is_there_with_the_word_a_reader_sees() -> None:
    rows = table("An exercise")
    assert [(in_code(row[0])[0], row[1]) for row in rows] == [
        (k, STEP_LABELS[k]) for k in STEP_KINDS
    ]


def test_every_kind_of_page_is_there_with_its_folder() -> None:
    told = " ".join(row[1] for row in table("New pages"))
    assert all(f"`{folder}/name.md`" in told for folder in IN_FOLDERS)


def test_every_ending_of_a_film_is_there() -> None:
    told = section("A film and its page")
    assert [ending for ending in FILM_ENDINGS if f"`{ending}`" not in told] == []


def test_the_headings_of_a_symptom_page_are_there_in_their_order() -> None:
    assert [row[0].casefold() for row in table("A symptom")] == list(SYMPTOM_SECTIONS)


# What the program can say


def test_the_tables_of_messages_are_made_of_the_codes() -> None:
    assert with_tables(GUIDE) == GUIDE, "write them anew: python tests/support/codes.py"


def test_every_code_can_be_given_and_says_what_to_do() -> None:
    assert set(Code) - {Code(code) for code in problem_codes()} == set()
    assert [code for code in Code if len(code.sentence.split()) < 4] == []
    assert [code for code in Code if code.name != code.value.upper().replace("-", "_")] == []


# The examples, followed


@pytest.mark.parametrize("example", examples("yaml"), ids=str)
def test_settings_and_shared_data_in_the_guide_are_read_without_a_word(
    example: Example, tmp_path: Path
) -> None:
    if example.path == "mkdocs.yml":
        write(tmp_path / "mkdocs.yml", SETTINGS.partition("extra:")[0] + example.text)
        found = read_settings(tmp_path)
        assert found.coach.email == "name@example.org" or len(found.publish) == 5
        return
    if example.path == NICKNAMES:
        write(tmp_path / NICKNAMES, example.text)
        shared, problems = read_shared_data(tmp_path)
        assert len(shared.nicknames) == 2
        assert [p for p in problems if p.path == NICKNAMES] == []
        return
    if example.path == REDIRECTS:
        write(tmp_path / REDIRECTS, example.text)
        problems = []
        assert len(read_redirects(tmp_path, problems)) == 1
        assert problems == []
        return
    if example.path == WORDS:
        write(tmp_path / WORDS, example.text)
        problems = []
        assert len(read_words(tmp_path, "en", problems).own) == 2
        assert problems == []
        return
    fields, problems = parse_fields(example.text, example.path)
    assert fields is not None and fields.entries
    if example.path == help_file.HELP:
        help_file.FORM.read(fields, Desk(example.path, problems))
        assert _said(problems) == []
        return
    if example.path.endswith(POSE_ENDING):
        motion, found = file.read_motion(fields, example.path, "Clam")
        assert motion is not None
        assert _said([*problems, *found]) == []
        return
    for key, entry in fields.entries.items():
        form = data_forms()[Path(example.path).stem]
        form.read(entry, Desk(example.path, problems).at(key))
    assert _said(problems) == []


@pytest.mark.parametrize("example", examples("vtt"), ids=str)
def test_the_captions_in_the_guide_can_be_shown(example: Example) -> None:
    assert _said(check_vtt(example.text, example.path)) == []


def test_the_message_in_the_guide_is_one_the_program_gives(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    clam = project / "exercises/clam.md"
    text = clam.read_text("utf-8")
    write(clam, text.replace("dosage: {sets: 2, reps: 15}", "dosage: {hold: 30}"))
    _, report = read_library(project, today=A_DAY)
    shown = next(e.text for e in examples("text") if e.text.startswith("exercises/clam.md:"))
    assert _said(report.errors) == [shown.strip()]


def test_links_inside_the_guide_lead_to_its_headings() -> None:
    headings = re.findall(r"^#+ (.+)$", HEADED, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", h).casefold().replace(" ", "-") for h in headings}
    links = re.findall(r"\]\(#([^)]+)\)", GUIDE)
    assert links and set(links) <= anchors
