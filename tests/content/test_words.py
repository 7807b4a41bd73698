"""The program's own words for readers: one catalogue, other languages, and a coach's own."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from kinopress.content.data.words import CATALOGUES, catalogue, english, read_words, script_words
from kinopress.content.model.language.words import ENGLISH, LANGUAGES_WITH_WORDS, Words, blanks
from kinopress.content.read import read_library
from kinopress.engines.settings import words_of_scripts
from kinopress.pages.parts.wording import REST_AND_BACK
from kinopress.problems import Problem
from support.catalogue import as_text, brought_up, gathered, shown_by
from support.projects import SETTINGS, small_project, write
from support.words import script_sentences

OTHERS = [language for language in LANGUAGES_WITH_WORDS if language != ENGLISH]


def test_every_language_that_can_be_set_has_a_catalogue() -> None:
    assert sorted(file.stem for file in CATALOGUES.glob("*.po")) == sorted(OTHERS)


def test_the_catalogues_hold_the_words_there_are_now() -> None:
    template = gathered()
    again = "run: python tests/support/catalogue.py"
    assert (CATALOGUES / "readers.pot").read_text("utf-8") == as_text(template), again
    for language in OTHERS:
        file = CATALOGUES / f"{language}.po"
        assert file.read_text("utf-8") == as_text(brought_up(language, template)), again


def test_words_that_are_given_by_a_name_or_a_choice_are_gathered_as_well() -> None:
    module = ast.parse(
        "place.phrase(BACK if turns else 'To the left'); place.in_html(LABELS[kind]); place.phrase(row.label)"
    )
    known = {"BACK": "Back", "LABELS": {"a": "One", "b": "Two"}}
    assert [*shown_by(module, known)] == ["Back", "To the left", "One", "Two"]
    assert REST_AND_BACK in english()


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_blanks_of_its_english(language: str) -> None:
    forms, form_for = catalogue(language)
    for words, said in forms.items():
        assert words in english()
        for form in said:
            assert blanks(form) <= blanks(words) | {"n"}
            if len(said) == 1:
                assert blanks(form) == blanks(words)
        if len(said) > 1:
            assert {form_for(n) for n in range(120)} <= set(range(len(said)))


def test_words_without_a_translation_are_shown_in_english() -> None:
    words = Words(
        "cy", {"Menu": ("Dewislen",), "{n} day": ("{n} diwrnod", "{n} dydd")}, lambda n: n % 2
    )
    assert (words.phrase("Menu"), words.phrase("Film")) == ("Dewislen", "Film")
    assert words.counted(2, "{n} day", "{n} days") == "2 diwrnod"
    assert words.counted(2, "{n} week", "{n} weeks") == "2 weeks"
    assert words.phrase("See {page}.", page="this") == "See this."


def test_scripts_are_given_their_words_and_no_others() -> None:
    assert words_of_scripts(Words()) == ""
    words = Words("cy", *catalogue("cy"), own={"Show all": "Popeth </script>"})
    given = words_of_scripts(words)
    assert "</script>" not in given
    data = json.loads(given)
    assert data["forms"]["Show all"] == ["Popeth </script>"]
    assert data["forms"].keys() <= {one for one, *_ in script_words()}
    assert data["formFor"][2] == words.form_for(2)


NOT_SHOWN = {
    "an exercise has a phase",
    "main h1",
    "not all files could be fetched",
    "play pause ended volumechange durationchange seeking",
    "damaged on the way",
    "search index of version … , not …",
    "second search file of version … , not …",
    "take over",
    "… bytes came of …",
    "… is not of this release",
}
"""What scripts tell each other, the browser, or whoever looks for a fault in them."""


def test_no_script_shows_readers_a_sentence_that_no_catalogue_has() -> None:
    known = english() | NOT_SHOWN
    code = re.compile(r"kp-|phrase\(|counted\(|^\.fig")
    found = {
        f"{path}: {text}"
        for path, texts in script_sentences()
        for text in texts
        if "/studio/" not in path  # it talks to the coach alone
        and re.search(r"[A-Za-z]{3} [a-z]", text)
        and not code.search(text)
        and " ".join(text.split()) not in known
    }
    assert found == set()


def test_a_coach_may_have_words_of_her_own_in_any_language(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    own = "stiff in the morning: my shoulder aches\nDewislen: Tudalennau\n"
    write(project / "docs/data/words.yml", own)
    write(
        project / "mkdocs.yml", SETTINGS.replace("name: material", "name: material\n  language: cy")
    )
    library, report = read_library(project)
    assert report.errors == []
    assert library.settings.language == "cy"
    words = library.shared.words
    assert words.phrase("stiff in the morning") == "my shoulder aches"
    assert words.phrase("Menu") == "Tudalennau", "words are copied from a page as they are there"


@pytest.mark.parametrize("written", ["CAEL  cymorth", "Cael cymorth", "Get help", "get help"])
def test_words_are_taken_as_a_page_shows_them(written: str, tmp_path: Path) -> None:
    words, problems = _welsh(tmp_path, f"{written}: Cymorth\n")
    assert problems == []
    assert words.phrase("Get help") == "Cymorth"


def test_words_that_were_replaced_are_replaced_again_by_what_the_page_shows_now(
    tmp_path: Path,
) -> None:
    words, problems = _welsh(tmp_path, "Cael cymorth: Cymorth\nCymorth: Help llaw\n")
    assert problems == []
    assert words.phrase("Get help") == "Help llaw"


def test_words_about_a_number_are_replaced_in_every_form(tmp_path: Path) -> None:
    of = catalogue("cy")[0]["{n} symptom"]
    words, problems = _welsh(tmp_path, "".join(f'"{form}": "{{n}} x"\n' for form in {*of}))
    assert problems == []
    for n in range(12):
        assert words.counted(n, "{n} symptom", "{n} symptoms") == f"{n} x"
    assert set(words.forms_of("{n} symptom", "{n} symptoms")) == {"{n} x"}


def test_own_words_for_the_english_of_many_reach_scripts_as_well() -> None:
    words = Words(
        "cy", *catalogue("cy"), own={"{n} symptom": "{n} un", "{n} symptoms": "{n} llawer"}
    )
    forms = words.forms_of("{n} symptom", "{n} symptoms")
    for n in range(12):
        assert forms[words.form_for(n)].format(n=n) == words.counted(
            n, "{n} symptom", "{n} symptoms"
        )


def test_a_number_in_copied_words_is_told_how_it_is_written(tmp_path: Path) -> None:
    _, (problem,) = _welsh(tmp_path, "2 symptoms: 2 x\n")
    assert 'write "{n} symptoms"' in problem


def _welsh(tmp_path: Path, own: str) -> tuple[Words, list[str]]:
    write(tmp_path / "docs/data/words.yml", own)
    problems: list[Problem] = []
    return read_words(tmp_path, "cy", problems), [str(p) for p in problems]
