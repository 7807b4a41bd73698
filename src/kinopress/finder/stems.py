"""Words as they are compared: folded, split, stemmed. The browser does the same (web/src/finder/normal.ts).

tests/golden/finder/stems.txt holds words with their stems; both sides are tested against it.
"""

from __future__ import annotations

import functools
import re
import unicodedata

_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHES = re.compile(r"['’‘`´]")
_VOWEL = re.compile(r"[aeiouy]")
_ENDINGS_OF_STATE = ("fulness", "ness", "ful", "ly")


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOP = _set(
    """
    a about after again all also always am an and any anything are as at be because been before
    being best better bit but by can cannot cant could did didnt do does doesnt doing done dont
    during each even ever every feel feeling feels felt few for from get gets getting go goes
    going good got had has have havent having he help her here him his how i id if ill im in
    into is isnt it its ive just keep keeps kept kind know left let like lot make makes many me
    might mine more most much my myself near need never no not now of often on one only or other our
    out own please put rather really right same seem seems she should since so some something
    sometimes sort still such take takes tell than that the their them then there theres these
    they thing things think this those through time times to today too tried try trying until us
    use used very want was wasnt way we well were what whats when where which while who why will
    with wont would you your youre
    """
)
"""Words of a lay sentence that say nothing about what is wanted; left out unless nothing else is there."""

FILLERS = _set(
    """
    a an the my your his her our their of on in at to it its is are was were be been being am i
    im ive so very really just and like left right one same whole entire when feel have has had
    that this some bit
    """
)
"""Words (as stems) that change nothing inside a phrase: "back of my left knee" is "back knee"."""

EQUAL = {
    stem_: group.split()[0]
    for group in (
        "cant cannot couldnt unabl wont",
        "pee wee urin urinat piss",
        "poo poop shit",
        "troubl difficulti struggl hard",
        "numb dead",
        "swell puffi balloon",
        "pain sore hurt ach",
        "weak weaker",
        "pop snap bang crack twang gunshot",
        "bruiz purpl",
        "stiff rigid lock",
        "month week",
        "child kid son daughter boy girl teenager teen grandson granddaughter",
        "fell fall fallen",
    )
    for stem_ in group.split()[1:]
}
"""Stems that are one and the same in the wording of a warning sign."""

IRREGULAR = {
    "ache": "ach",
    "achey": "ach",
    "achy": "ach",
    "bent": "bend",
    "calves": "calf",
    "driving": "drive",
    "drove": "drive",
    "feet": "foot",
    "glutei": "gluteus",
    "lay": "lie",
    "lying": "lie",
    "ran": "run",
    "sat": "sit",
    "slept": "sleep",
    "stood": "stand",
    "stung": "sting",
    "swollen": "swell",
    "swelled": "swell",
    "teeth": "tooth",
    "tore": "tear",
    "torn": "tear",
    "went": "go",
    "woke": "wake",
    "worse": "wors",
    "worst": "wors",
}
"""Forms that no ending leads from, as stems are compared."""


def words(text: str) -> list[str]:
    """The words of a text: lower-case letters without accents, numbers; apostrophes join what they are in."""
    plain = unicodedata.normalize("NFKD", text).lower()
    if not plain.isascii():  # none of those is an accent
        plain = "".join(c for c in plain if not unicodedata.category(c).startswith("M"))
    return _WORD.findall(_APOSTROPHES.sub("", plain))


@functools.lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The light stem of one word from :func:`words`: number, tense, UK or US spelling make no difference.

    Light on purpose: heavier stemmers join "adductor" and "adduct", and gain nothing on lay sentences.
    """
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) <= 3 or not word.isalpha():
        return word
    if len(word) > 6:
        word = re.sub(r"is(e|ed|es|er|ing|ation)$", r"iz\1", word)
        word = word.replace("ae", "e")
    if len(word) > 5:
        word = re.sub(r"our(s|ed)?$", r"or\1", word)
    if word.endswith("tre"):
        word = word[:-3] + "ter"
    for ending in _ENDINGS_OF_STATE:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "ches", "shes", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= 3 and _VOWEL.search(rest):
            word = (
                rest[:-1]
                if len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] not in "lsz"
                else rest
            )
            break
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    if word.endswith("y") and len(word) > 3:
        word = word[:-1] + "i"
    return word


def stems(text: str) -> list[str]:
    """All stems of a text, in order, stop words included."""
    return [stem(word) for word in words(text)]


def content_stems(text: str) -> list[str]:
    """The stems that say something, without doubles, in order; all of them when every word is a stop word."""
    found = words(text)
    kept = [word for word in found if word not in STOP] or found
    return list(dict.fromkeys(stem(word) for word in kept))


def phrase_stems(text: str) -> list[str]:
    """The stems of a phrase, in order, without fillers; as warning signs and parts of the body are compared."""
    return [EQUAL.get(s, s) for s in stems(text) if s not in FILLERS]
