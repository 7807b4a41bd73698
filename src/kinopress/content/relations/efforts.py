"""How hard a step says to push, where the dose asks for another effort than the exercise's own."""

from __future__ import annotations

import re

from kinopress.content.model.dosage import Dosage
from kinopress.patterns import lazily

_STRENGTH = lazily(r"\b(?:strength|effort)\b", re.IGNORECASE)
_HARD = r"(?:\d+ ?%|\bhalf\b|\bthirds?\b|\bquarters?\b|\bfifths?\b|\btenths?\b|\bfull\b|\bmost\b|\ball\b|\bpercent\b)"
_SAID = lazily(rf"{_HARD}[^.;]*\b(?:strength|effort)\b", re.IGNORECASE)
"""How much of it: to "build strength" says nothing of how hard."""
_LEADS = r"(?:with|using|at|to|by)\b"
_CLAUSE = lazily(
    rf",? {_LEADS}(?=[^.,;]*{_HARD})(?:(?! {_LEADS})[^.,;])*?\b(?:strength|effort)\b"
    r"(?:, (?:about )?\d+ ?%)?",
    re.IGNORECASE,
)
_AND = lazily(r"\b(?:strength|effort)\b(?:, (?:about )?\d+ ?%)?,? and (\w.*)$", re.IGNORECASE)
_TURNS = lazily(r"\b(?:not|never|no|only|without|until|unless|once)\b|n[’']t\b", re.IGNORECASE)
"""Half of a sentence with these may say the opposite: "Do not push with full strength"."""
_SENTENCES = lazily(r"(?<=[.!?]) +")


def names_effort(text: str) -> bool:
    """Whether words say how hard to push."""
    return bool(_STRENGTH.search(text))


def has_other_effort(dosage: Dosage, usual: Dosage) -> bool:
    """Whether a dose asks for another effort than the steps were written for."""
    return dosage.effort is not None and dosage.effort != usual.effort


def without_other_effort(text: str, dosage: Dosage, usual: Dosage) -> str:
    """Words of a step without how hard, where the dose asks for another effort: the dose says that.

    Of a sentence that ends with it ("Push for seven seconds with a quarter of your strength.") the beginning stays.
    """
    if not has_other_effort(dosage, usual) or not _SAID.search(text):
        return text
    return " ".join(filter(None, map(_cut, _SENTENCES.split(text))))


def _cut(sentence: str) -> str:
    if not _SAID.search(sentence) or _TURNS.search(sentence):
        return sentence
    left = _CLAUSE.sub("", sentence)
    if not _SAID.search(left):
        return left
    then = _AND.search(left)
    return then[1][:1].upper() + then[1][1:] if then else ""
