"""British spelling, in the guides, in the theme and in what the program says."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.spelling import COMPUTING, FIELD, dictionary, is_right, wrong_words
from support.words import (
    guide_words,
    message_words,
    script_words,
    shown_text,
    theme_words,
    words_in,
)


def test_every_word_of_the_theme_is_spelt_as_in_britain() -> None:
    assert wrong_words(theme_words(), FIELD, at_least=30) == {}


def test_every_word_in_the_guides_is_spelt_as_in_britain() -> None:
    assert wrong_words(guide_words(), FIELD, COMPUTING) == {}


def test_every_word_a_script_shows_is_spelt_as_in_britain() -> None:
    assert wrong_words(script_words(), FIELD, COMPUTING, at_least=30) == {}


def test_every_word_the_program_says_is_spelt_as_in_britain() -> None:
    assert wrong_words(message_words(), FIELD, COMPUTING) == {}


@pytest.mark.parametrize(
    "word",
    [
        *["color", "center", "fiber", "tumor", "edema", "anemia", "labeled", "traveled"],
        *["realize", "organize", "mobilization", "stabilize", "analyze", "defense", "meager"],
        *["hamstrng", "excercise", "streching", "recieve", "physiotherapst"],
    ],
)
def test_american_and_wrong_spelling_is_found(word: str) -> None:
    assert not is_right(word, FIELD, COMPUTING)
    assert not is_right(word.capitalize(), FIELD, COMPUTING)


@pytest.mark.parametrize(
    "word", ["colour", "centre", "realise", "labelled", "piriformis", "Piriformis", "didn't"]
)
def test_british_words_and_those_of_the_field_are_right(word: str) -> None:
    assert is_right(word, FIELD)


@pytest.mark.parametrize("file", [FIELD, COMPUTING], ids=lambda file: file.stem)
def test_a_list_of_words_is_in_order_and_holds_only_what_the_dictionary_does_not(
    file: Path,
) -> None:
    words = file.read_text("utf-8").splitlines()
    assert words == sorted(set(words), key=lambda word: (word.casefold(), word))
    assert [word for word in words if dictionary().lookup(word)] == []
    assert [word for word in words if word != word.casefold() and word.casefold() in words] == []


def test_what_is_looked_at_is_what_a_reader_meets() -> None:
    html = '<p>One <code>argv</code> <a href="/colour" aria-label="Source">hip\'s</a></p><img alt="A leg">'
    assert words_in(shown_text(html)) == {"One", "hip", "Source", "A", "leg"}
    assert words_in(
        "See `code`, https://example.org/x, [a link](to/there.md) and 30s well-kept"
    ) == {*["See", "a", "link", "and", "well", "kept"]}
