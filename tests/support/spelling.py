"""Which words are spelt as in Britain, and which are known besides.

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

from support.guide import ROOT

SPELLING = ROOT / "tests/spelling"
INSTALLED = SPELLING / "node_modules/dictionary-en-gb"
FIELD, COMPUTING = SPELLING / "words.txt", SPELLING / "computing.txt"

Words = Iterable[tuple[str, set[str]]]


@functools.cache
def dictionary() -> Dictionary:
    if not (INSTALLED / "index.dic").is_file():
        pytest.fail("The dictionary is not there: python web/build.py dictionary brings it.")
    return Dictionary.from_files(str(INSTALLED / "index"))


@functools.cache
def _list(file: Path) -> frozenset[str]:
    return frozenset(file.read_text("utf-8").split())


def is_right(word: str, *lists: Path) -> bool:
    known = frozenset[str]().union(*map(_list, lists))
    return word in known or word.casefold() in known or dictionary().lookup(word)


def wrong_words(words: Words, *lists: Path, at_least: int = 900) -> dict[str, list[str]]:
    """Word no dictionary knows → where it stands."""
    found: dict[str, list[str]] = {}
    for where, said in words:
        for word in said:
            found.setdefault(word, []).append(where)
    assert len(found) > at_least
    return {word: sorted(at)[:3] for word, at in found.items() if not is_right(word, *lists)}
