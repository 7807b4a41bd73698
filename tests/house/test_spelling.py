"""British spelling, on every page of the site, in the guides and in what the program says.

The dictionary is SCOWL's British one with ``-ise`` (npm's ``dictionary-en-gb``), read by spylls.
``tests/spelling/words.txt`` adds the words of the field, ``computing.txt`` those of the trade,
which only guides and messages may use. A word written small there is right in any capitals.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path

import pytest
from spylls.hunspell import Dictionary

from kinopress.content.read import read_library
from support.guide import ROOT
from support.words import guide_words, message_words, script_words, shown_text, site_words, words_in

SPELLING = ROOT / "tests/spelling"
INSTALLED = SPELLING / "node_modules/dictionary-en-gb"
FIELD, COMPUTING = SPELLING / "words.txt", SPELLING / "computing.txt"

Words = Iterable[tuple[str, set[str]]]


@functools.cache
def _dictionary() -> Dictionary:
    if not (INSTALLED / "index.dic").is_file():
        pytest.fail("The dictionary is not there: python web/build.py dictionary brings it.")
    return Dictionary.from_files(str(INSTALLED / "index"))


@functools.cache
def _list(file: Path) -> frozenset[str]:
    return frozenset(file.read_text("utf-8").split())


def _is_right(word: str, *lists: Path) -> bool:
    known = frozenset[str]().union(*map(_list, lists))
    return word in known or word.casefold() in known or _dictionary().lookup(word)


def _wrong(words: Words, *lists: Path, at_least: int = 900) -> dict[str, list[str]]:
    """Word no dictionary knows → where it stands."""
    found: dict[str, list[str]] = {}
    for where, said in words:
        for word in said:
            found.setdefault(word, []).append(where)
    assert len(found) > at_least
    return {word: sorted(at)[:3] for word, at in found.items() if not _is_right(word, *lists)}


def test_every_word_on_the_site_is_spelt_as_in_britain() -> None:
    library, _ = read_library(ROOT, show_held=True)
    assert _wrong(site_words(library), FIELD) == {}


def test_every_word_in_the_guides_is_spelt_as_in_britain() -> None:
    assert _wrong(guide_words(), FIELD, COMPUTING) == {}


def test_every_word_a_script_shows_is_spelt_as_in_britain() -> None:
    assert _wrong(script_words(), FIELD, COMPUTING, at_least=30) == {}


def test_every_word_the_program_says_is_spelt_as_in_britain() -> None:
    assert _wrong(message_words(), FIELD, COMPUTING) == {}


@pytest.mark.parametrize(
    "word",
    [
        *["color", "center", "fiber", "tumor", "edema", "anemia", "labeled", "traveled"],
        *["realize", "organize", "mobilization", "stabilize", "analyze", "defense", "meager"],
        *["hamstrng", "excercise", "streching", "recieve", "physiotherapst"],
    ],
)
def test_american_and_wrong_spelling_is_found(word: str) -> None:
    assert not _is_right(word, FIELD, COMPUTING)
    assert not _is_right(word.capitalize(), FIELD, COMPUTING)


@pytest.mark.parametrize(
    "word", ["colour", "centre", "realise", "labelled", "piriformis", "Piriformis", "didn't"]
)
def test_british_words_and_those_of_the_field_are_right(word: str) -> None:
    assert _is_right(word, FIELD)


@pytest.mark.parametrize("file", [FIELD, COMPUTING], ids=lambda file: file.stem)
def test_a_list_of_words_is_in_order_and_holds_only_what_the_dictionary_does_not(
    file: Path,
) -> None:
    words = file.read_text("utf-8").splitlines()
    assert words == sorted(set(words), key=lambda word: (word.casefold(), word))
    assert [word for word in words if _dictionary().lookup(word)] == []
    assert [word for word in words if word != word.casefold() and word.casefold() in words] == []


def test_what_is_looked_at_is_what_a_reader_meets() -> None:
    html = '<p>One <code>argv</code> <a href="/colour" aria-label="Source">hip\'s</a></p><img alt="A leg">'
    assert words_in(shown_text(html)) == {"One", "hip", "Source", "A", "leg"}
    assert words_in(
        "See `code`, https://example.org/x, [a link](to/there.md) and 30s well-kept"
    ) == {*["See", "a", "link", "and", "well", "kept"]}
