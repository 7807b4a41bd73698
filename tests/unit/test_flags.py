"""Warning signs in people's own words: recognised, and ordinary words left alone."""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from kinopress.content.library import Library, read_library
from kinopress.content.sign_checks import disagreement
from kinopress.content.sign_words import Phrase, Rule, named_groups
from kinopress.content.urgency import DEFAULT, number_links
from kinopress.finder.signs import MISHEARD

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
import flags  # noqa: E402 - a benchmark is a program beside the tests


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(ROOT)[0]


@pytest.fixture(scope="module")
def heard(library: Library) -> list[flags.Heard]:
    return flags.hear(library, flags.read_wordings())


@pytest.fixture(scope="module")
def judged(library: Library, heard: list[flags.Heard]) -> flags.Judged:
    return flags.judge(library, flags.read_wordings(), heard)


def test_wordings_of_signs_are_recognised_and_none_that_needs_999_is_missed(
    judged: flags.Judged,
) -> None:
    assert judged.wordings > 2300
    assert judged.missed_999 == []
    assert judged.recall >= flags.RECALL_LEAST, judged.missed


def test_every_sign_is_among_the_wordings_and_mostly_recognised(
    library: Library, judged: flags.Judged
) -> None:
    # What came into the list after the wordings were written: part of another sign then.
    unmeasured = {"testicle"}
    assert library.shared.red_flags.keys() - judged.signs.keys() == unmeasured
    assert {key: n for key, n in judged.signs.items() if n[0] < 0.9 * n[1]} == {}


def test_harmless_words_are_left_alone(judged: flags.Judged) -> None:
    assert judged.harmless > 1400
    assert judged.false_share <= flags.FALSE_MOST, judged.false


def test_each_set_by_itself_holds_the_limits(library: Library, heard: list[flags.Heard]) -> None:
    of = {w.words: one for w, one in zip(flags.read_wordings(), heard, strict=True)}
    for file in flags.WORDINGS:
        wordings = flags.read_wordings(file)
        judged = flags.judge(library, wordings, [of[w.words] for w in wordings])
        assert judged.wordings > 450
        assert judged.missed_999 == []
        assert judged.recall >= flags.RECALL_LEAST, judged.missed
        assert judged.false_share <= flags.FALSE_MOST, judged.false


def test_no_wording_of_a_sign_goes_without_the_rules(heard: list[flags.Heard]) -> None:
    # The rules are fetched only when the words pass the gate in the index.
    assert [one for one in heard if (one.keys or one.is_near) and not one.asks] == []


def test_whatever_meets_a_rule_passes_the_gate(library: Library) -> None:
    # Made from the rules themselves, so that every phrase of theirs is said, many with slips.
    chance = random.Random(7)  # noqa: S311 - no secret
    rules = [rule for flag in library.shared.red_flags.values() for rule in flag.say]
    near = [group for group in library.shared.sign_words.values() if group.near]
    texts = [_told(library, rule, chance) for rule in rules * 8]
    texts += [_spoken(library, phrase, chance) for group in near for phrase in group.said]
    texts = [_slipped(text, chance) if at % 2 else text for at, text in enumerate(texts)]
    heard = flags.hear(library, [flags.Wording(text, (), "made") for text in texts])
    met = [(text, one) for text, one in zip(texts, heard, strict=True) if one.keys or one.is_near]
    assert len(met) > len(texts) / 2
    assert [text for text, one in met if not one.asks] == []


def _told(library: Library, rule: Rule, chance: random.Random) -> str:
    """A sentence that a rule describes, its parts in any order."""
    said = [_spoken(library, chance.choice(s.said), chance) for s in rule if s.how != "!"]
    chance.shuffle(said)
    return chance.choice([" ", " my ", " and "]).join(said)


def _spoken(library: Library, phrase: Phrase, chance: random.Random) -> str:
    said = []
    for word in phrase:
        key = next(named_groups((word,)), None)
        if key is not None:
            said.append(
                _spoken(library, chance.choice(library.shared.sign_words[key].said), chance)
            )
        elif span := re.fullmatch(r"(\d+)-(\d+)", word):
            said.append(str(chance.randint(int(span[1]), int(span[2]))))
        elif word != "..":
            said.append(word.removeprefix("="))
    return " ".join(said)


def _slipped(text: str, chance: random.Random) -> str:
    """One of its longer words with a letter missing, doubled, another one, or changed places; or as it is misheard."""
    words = text.split()
    heard_as = {meant: typed for typed, meant in MISHEARD.items()}
    for at in chance.sample(range(len(words)), len(words)):
        word = words[at]
        if word in heard_as and chance.random() < 0.5:
            words[at] = heard_as[word]
            break
        if len(word) >= 4 and word.isalpha():
            i = chance.randrange(1, len(word) - 1)
            a, b = word[i], word[i + 1]
            words[at] = word[:i] + chance.choice([b, a + a + b, "x" + b, b + a]) + word[i + 2 :]
            break
    return " ".join(words)


@pytest.mark.parametrize(
    "words", ["bum hurts when I sit", "tight hamstrings", "knee pain when running"]
)
def test_an_ordinary_search_does_without_the_rules(library: Library, words: str) -> None:
    assert [one.asks for one in flags.hear(library, [flags.Wording(words, (), "made")])] == [False]


def test_the_colophon_shows_the_figures_of_these_rules(
    library: Library, judged: flags.Judged
) -> None:
    # python benchmarks/flags.py --write
    assert dict(library.shared.sign_figures) == flags.figures(library, judged)


def test_each_wording_stands_once_and_names_signs_that_are_there(library: Library) -> None:
    wordings = flags.read_wordings()
    for file in flags.WORDINGS:
        lines = file.read_text("utf-8").splitlines()[1:]
        words = Counter(line.split("\t")[0] for line in lines)
        assert [said for said, n in words.items() if n > 1] == []
    named = {key for wording in wordings for key in wording.signs}
    assert named <= library.shared.red_flags.keys()


@pytest.mark.parametrize(
    ("text", "level", "word"),
    [
        ("Do not rub it. Call 999 if you are short of breath.", "urgent", None),
        ("Go to A&E.", "urgent", "A&E"),
        ("Ring 111 today.", "gp", "111"),
        ("See someone soon.", "999", "soon"),
        ("Go straight to A&E, call 999.", "999", "A&E"),
        ("Keep off the foot today.", "gp", "today"),
        ("Stop running.", "gp", None),
    ],
)
def test_a_text_may_not_say_another_urgency_than_its_sign(
    text: str, level: str, word: str | None
) -> None:
    assert disagreement(text, level) == word


@pytest.mark.parametrize(
    ("text", "level", "word"),
    [
        ("Go straight to A&E, or call 999.", "999", None),
        ("Ring 111 today.", "999", "111"),
        ("Go to a minor injury unit or A&E today.", "urgent", None),
        ("Ring 111 today.", "urgent", "111"),
    ],
)
def test_a_sign_for_a_hospital_is_told_where_to_go_and_not_whom_to_ring(
    text: str, level: str, word: str | None
) -> None:
    assert disagreement(text, level, hospital=True) == word


def test_a_lift_is_offered_only_where_nobody_has_to_wait_for_an_ambulance(
    library: Library,
) -> None:
    flags = library.shared.red_flags
    urgency = library.shared.urgency["999"]
    alone = {key for key, flag in flags.items() if flag.level == "999" and not flag.hospital}
    assert {"heart", "stroke", "breathing", "allergy", "bleeding", "collapse", "aorta"} <= alone
    said = [urgency.action_for(hospital=False), urgency.heading_for(hospital=False)]
    said += [flags[key].action for key in alone]
    assert [words for words in said if re.search("A&E|drive yourself|lift", words)] == []
    assert "A&E" in urgency.action_for(hospital=True)


def test_numbers_to_ring_are_links_and_no_others() -> None:
    assert number_links("Call 999 now.", DEFAULT) == 'Call <a href="tel:999">999</a> now.'
    assert number_links("In 1999 and 9991 of &#111;", DEFAULT) == "In 1999 and 9991 of &#111;"


ORDINARY = (
    "hip pain came on suddenly",
    "i can't get comfortable in bed",
    "cant get my leg straight",
    "my physio doesnt know what it is",
    "going to end up injured",
)
"""Each holds what is left of a phrase of an emergency without its small words ("came to on the")."""


def test_small_words_that_make_a_phrase_are_part_of_it(library: Library) -> None:
    said = {
        words: heard.keys
        for words, heard in zip(
            (*ORDINARY, "i want to end it", "he came to on the floor"),
            flags.hear(
                library,
                [
                    flags.Wording(w, (), "")
                    for w in (*ORDINARY, "i want to end it", "he came to on the floor")
                ],
            ),
            strict=True,
        )
    }
    assert {
        words: said[words] for words in ORDINARY if {"collapse", "crisis"} & set(said[words])
    } == {}
    assert "crisis" in said["i want to end it"]
    assert "collapse" in said["he came to on the floor"]
