"""British spelling, on every page of the site."""

from __future__ import annotations

from kinopress.content.read import read_library
from support.guide import ROOT
from support.spelling import FIELD, wrong_words
from support.words import site_words


def test_every_word_on_the_site_is_spelt_as_in_britain() -> None:
    library, _ = read_library(ROOT, show_held=True)
    assert wrong_words(site_words(library), FIELD) == {}
