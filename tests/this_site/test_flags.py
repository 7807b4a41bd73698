"""Warning signs in people's own words: recognised, and ordinary words left alone."""

from __future__ import annotations

import functools
import gzip
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from kinopress.content.data.help import HELP, read_help
from kinopress.content.data.phones import number_links
from kinopress.content.data.sign_words import named_groups
from kinopress.content.model.library import Library
from kinopress.content.model.shared import LEVELS, Phrase, Rule, SignWeights
from kinopress.content.rules.signs import disagreement, urgencies
from kinopress.finder.index import searched_pages
from kinopress.finder.signs.dialect import DIALECT
from kinopress.finder.signs.rules import MISHEARD, sign_file
from kinopress.finder.stems import stem
from support.own_project import own_library

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
import flags  # noqa: E402 - a benchmark is a program beside the tests
import listen  # noqa: E402

BRITISH = urgencies(read_help(ROOT, HELP, []))


@pytest.fixture(scope="module")
def library() -> Library:
    return own_library()


@functools.cache
def _files() -> flags.Files:
    return flags.files(own_library())


@functools.cache
def _rules_alone() -> flags.Files:
    return flags.files(listen.with_weights(own_library(), None))


@pytest.fixture(scope="module")
def heard() -> list[flags.Heard]:
    return flags.hear(_files(), flags.read_wordings())


Alone = dict[str, flags.Heard]


@pytest.fixture(scope="module")
def alone(request: pytest.FixtureRequest) -> Alone:
    """What is heard in the words that a test has as its parameter, for all of them: Node is started once."""
    given = [
        item.callspec.params["words"]
        for item in request.session.items
        if item.path == request.path and "words" in getattr(item, "fixturenames", ())
    ]
    return hear(*dict.fromkeys(given))


@pytest.fixture(scope="module")
def judged(library: Library, heard: list[flags.Heard]) -> flags.Judged:
    return flags.judge(library, flags.read_wordings(), heard)


def test_wordings_of_signs_are_recognised_and_no_emergency_is_missed(
    judged: flags.Judged,
) -> None:
    assert judged.wordings > 2300
    assert judged.missed_emergencies == []
    assert judged.recall >= flags.RECALL_LEAST, judged.missed


def test_every_sign_is_among_the_wordings_and_mostly_recognised(
    library: Library, judged: flags.Judged
) -> None:
    assert library.shared.red_flags.keys() == judged.signs.keys()
    assert {key: n for key, n in judged.signs.items() if n[0] < 0.9 * n[1]} == {}
    emergencies = {k for k, flag in library.shared.red_flags.items() if flag.level == "emergency"}
    assert {key: judged.signs[key] for key in emergencies if judged.signs[key][1] < 60} == {}


def test_harmless_words_are_left_alone(judged: flags.Judged) -> None:
    assert judged.harmless > 1400
    assert judged.false_share <= flags.FALSE_MOST, judged.false


def test_each_set_by_itself_holds_the_limits(library: Library, heard: list[flags.Heard]) -> None:
    of = {w.words: one for w, one in zip(flags.read_wordings(), heard, strict=True)}
    for file in flags.WORDINGS:
        wordings = flags.read_wordings(file)
        judged = flags.judge(library, wordings, [of[w.words] for w in wordings])
        assert min(judged.wordings, judged.harmless) >= 150
        assert judged.missed_emergencies == []
        assert judged.recall >= flags.RECALL_LEAST, judged.missed
        assert judged.false_share <= flags.FALSE_MOST, judged.false


JOINTS = (" and ", " but ", ", ", " ")


def test_of_two_signs_in_one_sentence_the_more_urgent_is_told(
    library: Library, heard: list[flags.Heard]
) -> None:
    level = {key: LEVELS.index(flag.level) for key, flag in library.shared.red_flags.items()}
    typical: dict[str, str] = {}
    for wording, one in zip(flags.read_wordings(), heard, strict=True):
        # Somebody's own short words, of which that sign is heard before all others.
        if wording.kind == "plain" and wording.signs[:1] == one.keys[:1] and not one.is_asked:
            typical.setdefault(wording.signs[0], wording.words)
    assert len(typical) > 40
    pairs = [
        (min(level[a], level[b]), f"{typical[a]}{JOINTS[(n + m) % len(JOINTS)]}{typical[b]}")
        for n, a in enumerate(typical)
        for m, b in enumerate(typical)
        if a != b
    ]
    shown = hear(*(words for _, words in pairs))
    lost = {
        words
        for best, words in pairs
        if min((level[key] for key in shown[words].keys), default=len(LEVELS)) > best
    }
    assert lost == set()


def test_no_wording_of_a_sign_goes_without_the_rules(heard: list[flags.Heard]) -> None:
    # Rules and listener are fetched only when the words pass the gate in the index.
    told = zip(flags.read_wordings(), heard, strict=True)
    assert [wording.words for wording, one in told if wording.signs and not one.asks] == []


def test_whatever_meets_a_rule_passes_the_gate(library: Library) -> None:
    # Made from the rules themselves, so that every phrase of theirs is said, many with slips.
    chance = random.Random(7)  # noqa: S311 - no secret
    rules = [rule for flag in library.shared.red_flags.values() for rule in flag.say]
    near = [group for group in library.shared.sign_words.values() if group.near]
    texts = [_told(library, rule, chance) for rule in rules * 8]
    texts += [_spoken(library, phrase, chance) for group in near for phrase in group.said]
    texts = [_slipped(text, chance) if at % 2 else text for at, text in enumerate(texts)]
    heard = flags.hear(_rules_alone(), [flags.Wording(text, (), "made") for text in texts])
    met = [(text, one) for text, one in zip(texts, heard, strict=True) if one.keys or one.is_near]
    assert len(met) > len(texts) / 2
    assert [text for text, one in met if not one.asks] == []


def test_no_danger_that_only_the_listener_hears_is_kept_from_it() -> None:
    # The gate is made of the rules, which have never learnt from these wordings; nor has the gate.
    told = flags.read_wordings(ROOT / "tests" / "this_site" / "red_flags_taught.tsv")
    dangers = [wording for wording in told if wording.signs]
    by_rules = flags.hear(_rules_alone(), dangers)
    by_both = flags.hear(_files(), dangers)
    heard = [
        (wording.words, both)
        for wording, rules, both in zip(dangers, by_rules, by_both, strict=True)
        if not rules.keys and (both.keys or both.is_near)
    ]
    assert len(heard) > 600
    shut = [words for words, both in heard if not both.asks]
    assert len(shut) <= SHUT_MOST * len(heard), shut


SHUT_MOST = 1 / 1000
"""Of some 700 none."""


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


def test_the_listener_changes_nothing_that_a_rule_says_and_silences_no_danger(
    heard: list[flags.Heard],
) -> None:
    wordings = flags.read_wordings()
    alone = flags.hear(_rules_alone(), wordings)
    rows = [*zip(wordings, heard, alone, strict=True)]
    assert [
        w.words for w, both, by_rule in rows if by_rule.keys and both.keys != by_rule.keys
    ] == []
    hushed = [
        w.words
        for w, both, by_rule in rows
        if by_rule.is_near and not both.is_near | bool(both.keys)
    ]
    assert {*hushed} & {wording.words for wording in wordings if wording.signs} == set()
    assert len(hushed) > 50  # it also makes the search quieter


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("came down on a spike and its pumping out, soaked two towels", "bleeding"),
        ("skin hot as an iron and she doesnt know what race shes in", "collapse"),
        ("twig went in my eye on the trail its gone all blurred", "eye"),
        ("cant stop looking at the bridge on my run and thinking about it", "crisis"),
    ],
)
def test_words_that_no_rule_knows_are_at_least_asked_about(
    alone: Alone, words: str, sign: str
) -> None:
    heard = alone[words]
    assert heard.asks
    assert sign in (*heard.keys, *heard.likely)


def test_no_card_that_was_learnt_is_shown_for_ordinary_words() -> None:
    ordinary = [row["query"] for row in listen.read_rows(listen.ORDINARY)]
    assert len(ordinary) > 100
    by_rule = flags.hear(_rules_alone(), [flags.Wording(words, (), "-") for words in ordinary])
    both = hear(*ordinary).items()
    learnt = {w: one.keys for (w, one), rule in zip(both, by_rule, strict=True) if not rule.keys}
    assert {words: keys for words, keys in learnt.items() if keys} == {}


def test_the_weights_were_learnt_from_these_wordings(library: Library) -> None:
    weights = library.shared.sign_weights
    assert weights is not None
    assert weights.of == listen.digest(), "run python benchmarks/listen.py"


UNSEEN = ("blind", "third", "fifth", "sixth")
"""Sets of wordings that were written without sight of the rules, mostly, left out together: what is learnt without them
has seen nothing of the kind."""


def test_wordings_that_nothing_was_learnt_from_are_heard(library: Library) -> None:
    files = [ROOT / "tests" / "this_site" / f"red_flags_{name}.tsv" for name in UNSEEN]
    wordings = flags.read_wordings(*files)
    of = listen.lessons(library)
    danger, harmless = listen.unseen(library, of, wordings, signs=False)
    assert danger.heard >= UNSEEN_HEARD_LEAST
    assert harmless.heard <= UNSEEN_ASKED_MOST


UNSEEN_HEARD_LEAST, UNSEEN_ASKED_MOST = 0.88, 0.13
"""Measured 0.901 and 0.101, the rules silent, with a third of the wordings left out."""


def test_no_danger_is_hushed_that_nobody_wrote_a_rule_for(library: Library) -> None:
    # As if no sign had a rule: the words merely come near one, and the listener could pass over them as surely harmless.
    # Of what needs 999 or A&E it passes over nothing; of the rest over hardly anything ("frostnip on my toes").
    level = {key: flag.level for key, flag in library.shared.red_flags.items()}
    told = [one for one in flags.read_wordings() if one.signs]
    hushed = {*_hushed(library.shared.sign_weights, told)}
    emergencies = {one.words for one in told if level[one.signs[0]] == "emergency"}
    assert hushed & emergencies == set()
    assert len(hushed) <= 0.001 * len(told), hushed
    # Nor mostly where it has never heard the like.
    files = [ROOT / "tests" / "this_site" / f"red_flags_{name}.tsv" for name in UNSEEN]
    left_out = {one.words: one for one in flags.read_wordings(*files)}
    of = [one for one in listen.lessons(library) if one.text not in left_out]
    unseen = [one for one in left_out.values() if one.signs]
    hushed = _hushed(listen.learnt(of, signs=False), unseen)
    assert len(hushed) <= HUSHED_MOST * len(unseen), hushed


HUSHED_MOST = 0.01
"""Measured 0.003: six of 1782, three of them questions that name a condition and what it feels like."""


def _hushed(weights: SignWeights | None, dangers: list[flags.Wording]) -> list[str]:
    """What comes near a sign and is passed over once the listener has heard it."""
    alone, both = (
        flags.hear(
            listen.without_rules(flags.files(listen.with_weights(own_library(), of)), near=True),
            dangers,
        )
        for of in (None, weights)
    )
    rows = [*zip(dangers, alone, both, strict=True)]
    assert sum(near.is_near for _, near, _ in rows) > len(rows) / 3
    return [
        w.words for w, near, heard in rows if near.is_near and not (heard.is_near or heard.keys)
    ]


@pytest.mark.parametrize(
    "words",
    [
        "bum hurts when I sit",
        "tight hamstrings",
        "knee pain when running",
        "knee pain running downstairs",
    ],
)
def test_an_ordinary_search_does_without_the_rules(alone: Alone, words: str) -> None:
    assert not alone[words].asks


def test_ordinary_searches_mostly_do_without_the_rules() -> None:
    # Queries written for the finder; some tell of a sign. What the gate lets through costs a reader the rules' file.
    lines = (ROOT / "tests" / "this_site" / "queries_dev.tsv").read_text("utf-8").splitlines()[1:]
    heard = hear(*(line.split("\t")[0] for line in lines))
    assert len(heard) == 85
    assert sum(one.asks for one in heard.values()) <= FETCHED_MOST
    assert len(gzip.compress(_files().signs, 9)) <= RULES_BYTES_MOST


def test_the_colophon_shows_the_figures_of_these_rules(
    library: Library, judged: flags.Judged
) -> None:
    # python benchmarks/flags.py --write
    assert dict(library.shared.sign_figures) == flags.figures(library, judged)


SHOWN_ALL_THE_SAME = {
    "perineal numbness": "numb there without a word of a bike is the sign itself",
}
"""Phrases of the site's own that show a card of an emergency, and why they must."""

ALONE_ENOUGH = {
    "collapsing": "somebody may type no more than this",
    "confused": "the same",
    "slumped": "the same",
    "stroke": "the same",
    "strokes": "typed alone it is taken for the illness",
}
"""Single words of the site's texts that show one, and why."""


@pytest.mark.parametrize(
    ("words", "first", "others"),
    [
        # What brings it on is named before what is seen of it; the call is that of the most urgent of them.
        ("my dad has a chest infection and is confused and shivering", "sepsis", "collapse"),
        ("infected cut and now breathing fast and muddled", "sepsis", "breathing"),
        ("type 1 sugars 25 and being sick and confused", "ketoacidosis", "collapse"),
        ("rusty nail last week jaw wont open and i feel faint", "tetanus", "collapse"),
        ("sudden ripping back pain and nearly passed out", "aorta", "collapse"),
        ("hit his head on the post and now hes slurring", "head-injury", "stroke"),
        (
            "walking like im drunk and hands dropping everything, neck been sore",
            "spinal-cord",
            "collapse",
        ),
        ("elbowed in the eye and seeing double", "eye", "stroke"),
        # What a part of the words tells of by itself comes behind what they tell of together.
        ("collarbone broken cant lift arm", "fracture", "stroke"),
        (
            "jumped off a wall landed heels first, heels black and blue cant stand",
            "fracture",
            "crisis",
        ),
    ],
)
def test_what_is_meant_is_named_before_what_is_seen_of_it(
    alone: Alone, words: str, first: str, others: str
) -> None:
    assert alone[words].keys[0] == first
    assert others in alone[words].keys


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("making a poster about heat stroke", None),
        ("dissertation on rhabdo", None),
        ("can you do a video on spotting concussion", None),
        ("podcast about a runner with a cardiac arrest", None),
        # Of somebody all the same, or only where somebody was.
        ("doing a talk and my arm and face went numb", "stroke"),
        ("read an article on the train and my chest went tight", "heart"),
        ("the video says chest pain and i have it", "heart"),
        ("on a first aid course and a man collapsed", "collapse"),
    ],
)
def test_what_is_written_or_talked_about_is_nobodys_danger(
    alone: Alone, words: str, sign: str | None
) -> None:
    assert alone[words].keys[:1] == ((sign,) if sign else ())


def test_despair_is_not_asked_about_where_somebody_leaks() -> None:
    heard = hear(
        "wet myself jumping", "wet myself jumping on the trampoline", "wet myself laughing"
    )
    assert {key for one in heard.values() for key in one.keys} == set()
    assert {key for one in heard.values() for key in one.likely} <= {"cauda-equina"}


def test_no_name_or_phrase_of_the_site_itself_calls_for_help_now(library: Library) -> None:
    # What the site says a reader may type, on pages that answer it.
    said = {
        phrase
        for page in searched_pages(library)
        for names in ("people_say", "aliases", "also_called")
        for phrase in (page.title, *getattr(page, names, ()))
    }
    assert len(said) > 2400
    assert calling_for_help_now(library, said) == SHOWN_ALL_THE_SAME.keys()


def test_no_everyday_word_calls_for_help_now_by_itself(library: Library) -> None:
    # "Gap" is no gaping wound and "severe" nothing severed, though their stems are the same.
    bodies = [page.body for page in searched_pages(library)]
    said = set(re.findall(r"[a-z]+", " ".join(bodies).lower()))
    assert len(said) > 3000
    assert calling_for_help_now(library, said) == ALONE_ENOUGH.keys()


def test_ordinary_words_are_no_slips_for_words_of_a_sign() -> None:
    ill = {"fewer": "fever", "crest": "chest", "breadth": "breath", "chose": "choke"}
    slip = "knee pain and fevr"
    heard = hear(slip, *(f"knee pain {word}" for word in ill))
    assert {words: one.keys for words, one in heard.items() if one.keys} == {slip: ("hot-joint",)}


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("numb between my legs how do i get rid of it", "cauda-equina"),  # no ride
        # A few words that say of what it came are not a sentence of their own; a crash is.
        ("numb bum. long ride", "saddle-numb"),
        ("numb saddle. turbo", "saddle-numb"),
        ("numb bum cycling yesterday", "saddle-numb"),
        ("numb bum. bike crash", "cauda-equina"),
        ("numb between the legs. i cycle. cant pee", "cauda-equina"),
        ("numb saddle area since the ride yesterday", "cauda-equina"),
        ("chest pain. gym.", "heart"),
        ("electric shock down my back when i bend my neck", "neck-nerves"),  # not "back when"
        ("i hurt my self", "crisis"),
        ("numb down below and my spine hurts", "cauda-equina"),  # no spin class
        ("numb in my saddle area", "cauda-equina"),
        ("saddle numbness and now i cant wee", "cauda-equina"),
        ("numb from the saddle and both legs tingle", "cauda-equina"),
        ("saddle numbness", "saddle-numb"),
        ("what saddle should i buy for numbness", "saddle-numb"),
        ("new saddle makes me go numb", "saddle-numb"),
        ("heat stroke", "collapse"),
        ("my husband has heat stroke", "collapse"),
        ("having a stroke in the heat", "stroke"),
        ("back pain after car accident", "spine-injury"),  # to lie still, and not to be driven
        ("neck hurts after crash", "spine-injury"),
        ("my arm is broken", "fracture"),
        ("dad collapsed not breathing", "collapse"),  # compressions, and no inhaler
        ("my dad has stopped breathing", "collapse"),
        ("choking on a gel", "choking"),
        ("stung by bee lips swelling cant breathe", "allergy"),
        ("peanut allergy and she is choking", "allergy"),
        ("had steroid shot in my knee now its boiling and throbbing", "hot-joint"),
        ("neck pain cant put chin on chest fever", "meningitis"),
        ("swollen knee child fever", "under-16"),
        ("my saddle area is asleep even off the bike", "cauda-equina"),
        ("took all my pain killers at once", "overdose"),  # as dictation parts words
        ("had an accident and my back hurts", "fracture"),
        ("had an accident in my pants", "cauda-equina"),
        ("had an accident with my bowels, bad back", "cauda-equina"),
        ("deep gash in my shin", "bleeding"),
        ("cut my thigh and it has severed something", "bleeding"),
    ],
)
def test_the_most_urgent_sign_is_what_the_words_mean(alone: Alone, words: str, sign: str) -> None:
    heard = alone[words]
    assert heard.keys[:1] == (sign,)


@pytest.mark.parametrize(
    ("words", "level"),
    [
        # What somebody else once had is history, as long as the words are about the reader's plans.
        ("my dad had a stroke and i want to run", None),
        ("grandad died of a heart attack should i train for a marathon", None),
        ("is running safe for me my uncle had a heart attack", None),
        ("my dad had a stroke", "emergency"),
        ("my dad is having a stroke and i want to run home", "emergency"),
        ("my mum just had a stroke should i keep her moving", "emergency"),
        ("my dad had a stroke while running what do i do", "emergency"),
        ("my friend had a stroke and his arm is weak should he run", "emergency"),
        ("my dad died of a heart attack and i get chest pain when i run", "emergency"),
        # A twist that kept its shape is for today; a wrong shape, a crack or a hard fall is not.
        ("rolled my ankle cant put weight on it", "urgent"),
        ("slipped and sprained my ankle i cannot stand on it", "urgent"),
        ("rolled my ankle heard a crack cant stand", "emergency"),
        ("twisted my knee and its the wrong shape", "emergency"),
        ("knocked off my bike twisted my knee and cannot stand", "emergency"),
        ("twisted my ankle a bit sore", None),
        # Dictation writes numbers as words.
        ("took twelve paracetamol", "emergency"),
        ("took two paracetamol", None),
    ],
)
def test_how_urgent_words_are(
    library: Library, alone: Alone, words: str, level: str | None
) -> None:
    shown = [library.shared.red_flags[key].level for key in alone[words].keys]
    assert min(shown, key=LEVELS.index, default=None) == level


RIGHTLY_TAKEN = {
    *("convulsive", "hemorrhagic", "necroses", "rattly", "septicaemic", "stammering", "thrombotic"),
    "stork",  # its stem is that of "storke", as a stroke is mistyped
}
"""Words that no rule holds and that mean what the rule they are taken for says."""


def test_no_word_of_the_dictionary_is_a_slip_that_shows_a_sign(library: Library) -> None:
    # "I've overdone it" is no overdose, a grassy trail is no gasp.
    said = sign_file(library.shared.sign_words, [*library.shared.red_flags.values()])
    texts = [*said.groups, *(rule for of_sign in said.rules for rule in of_sign)]
    of_rules = set(re.findall("[a-z]+", " ".join(texts)))
    # python web/build.py dictionary
    lines = (ROOT / "tests/spelling/node_modules/dictionary-en-gb/index.dic").read_text("utf-8")
    entries = {line.split("/")[0].strip() for line in lines.splitlines()}
    words = sorted(
        word
        for word in entries
        if re.fullmatch("[a-z]{4,}", word)
        and not {word, stem(word)} & of_rules
        and word not in {**MISHEARD, **DIALECT}
    )
    assert len(words) > 30_000
    shown = {word for word, one in hear(*words).items() if one.keys}
    assert shown == RIGHTLY_TAKEN


def test_words_that_share_a_stem_or_lose_their_end_are_no_sign() -> None:
    ordinary = (
        "pain running down the outside of my thigh",
        "running is hard on my legs",
        "cant lift my leg in the air",
        "cannot tell whether it is my hip",
        "no reason for an x ray",
        "hamstring went with no warning",
        "wandering ache in my glute",
        "severe tightness in my hamstrings",
        "rolled my foot on a ball",
        "calf gets hard when i run, my leg feels heavy",
        "lost weight since my fall",
    )
    heard = hear(*ordinary)
    assert {words: one.keys for words, one in heard.items() if one.keys} == {}


def calling_for_help_now(library: Library, said: Iterable[str]) -> set[str]:
    wanted = {key for key, flag in library.shared.red_flags.items() if flag.level == "emergency"}
    return {words for words, one in hear(*sorted(said)).items() if wanted & {*one.keys}}


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
        ("See someone soon.", "emergency", "soon"),
        ("Go straight to A&E, call 999.", "emergency", "A&E"),
        ("Keep off the foot today.", "gp", "today"),
        ("Stop running.", "gp", None),
    ],
)
def test_a_text_may_not_say_another_urgency_than_its_sign(
    text: str, level: str, word: str | None
) -> None:
    assert disagreement(text, level, BRITISH) == word


@pytest.mark.parametrize(
    ("text", "level", "word"),
    [
        ("Go straight to A&E, or call 999.", "emergency", None),
        ("Ring 111 today.", "emergency", "111"),
        ("Go to a minor injury unit or A&E today.", "urgent", None),
        ("Ring 111 today.", "urgent", "111"),
    ],
)
def test_a_sign_for_a_hospital_is_told_where_to_go_and_not_whom_to_ring(
    text: str, level: str, word: str | None
) -> None:
    assert disagreement(text, level, BRITISH, hospital=True) == word


def test_a_lift_is_offered_only_where_nobody_has_to_wait_for_an_ambulance(
    library: Library,
) -> None:
    flags = library.shared.red_flags
    urgency = library.shared.help.level("emergency")
    alone = {key for key, flag in flags.items() if flag.level == "emergency" and not flag.hospital}
    assert {"heart", "stroke", "breathing", "allergy", "bleeding", "collapse", "aorta"} <= alone
    said = [urgency.action_for(hospital=False), urgency.heading_for(hospital=False)]
    said += [flags[key].action for key in alone]
    assert [words for words in said if re.search("A&E|drive yourself|lift", words)] == []
    assert "A&E" in urgency.action_for(hospital=True)


def test_numbers_to_ring_are_links_and_no_others() -> None:
    assert number_links("Call 999 now.", ("999",)) == 'Call <a href="tel:999">999</a> now.'
    assert (
        number_links("In 1999 and 9991 of &#111;", ("999", "111")) == "In 1999 and 9991 of &#111;"
    )


FETCHED_MOST = 57
"""Of 85 queries, with the gate that fits into the index; measured 55, and eight of them need the rules. Each fetches them."""

RULES_BYTES_MOST = 124_000
"""Measured 119,400, weights of the second listener included; the program that reads them is 11,100 more."""

SMALL_WORDS = {
    "crisis": (
        ("i want to end it", "whats the point anymore", "i want out", "i cant go on"),
        ("just a burden to my family", "i slit my wrists", "took all my tablets last night"),
        (
            "want to end my marathon without cramp",
            "whats the point of calf raises",
            "i want out of this cast",
        ),
        (
            "slit in my shoe",
            "the pain is a burden",
            "took all my strength to finish",
            "cant go on the treadmill",
        ),
        (
            "no point in stretching cold",
            "ending it with a stretch",
            "jump off the box",
            "not being here next week",
        ),
    ),
    "collapse": (
        ("he came to on the floor", "cant remember the crash", "no memory of the fall"),
        ("cant remember how i got home",),
        ("hip pain came on suddenly", "no memory of hurting it", "cant remember which leg it was"),
        (
            "dont remember twisting it",
            "i slump in my chair",
            "cant remember if i should stretch first",
        ),
        ("my physio doesnt know what it is", "going to end up injured", "slit my sock to fit"),
    ),
}
"""By sign, wordings that tell of it, and behind those, ordinary ones that hold most of the same words."""


@pytest.mark.parametrize("sign", SMALL_WORDS)
def test_small_words_and_what_a_verb_is_about_are_part_of_a_phrase(sign: str) -> None:
    rows = SMALL_WORDS[sign]
    tells = [words for row in rows[:2] for words in row]
    ordinary = [words for row in rows[2:] for words in row]
    heard = hear(*tells, *ordinary)
    assert [words for words in tells if sign not in heard[words].keys] == []
    assert [words for words in ordinary if sign in heard[words].keys] == []


def hear(*words: str) -> dict[str, flags.Heard]:
    wordings = [flags.Wording(one, (), "made") for one in words]
    return dict(zip(words, flags.hear(_files(), wordings), strict=True))


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("no erections since my back went", "cauda-equina"),
        ("havent had an erection since the slipped disc", "cauda-equina"),
        ("never get hard now, bad back", "cauda-equina"),
        ("no feeling down there", "cauda-equina"),
        ("never feel when i need to go", "cauda-equina"),
        ("not able to wee", "cauda-equina"),
        ("no flow when i wee and back pain", "cauda-equina"),
        ("no strength in my left leg", "foot-drop"),
        ("no pulse in foot", "limb-ischaemia"),
        ("no movement in my toes and the foot is white", "limb-ischaemia"),
        ("no sight in one eye", "stroke"),
        ("no words come out", "stroke"),
        ("no grip in my left hand all of a sudden", "stroke"),
    ],
)
def test_a_no_denies_no_sign_where_what_is_missing_is_the_sign(
    alone: Alone, words: str, sign: str
) -> None:
    assert sign in alone[words].keys


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("symptoms of a stroke", "stroke"),
        ("signs of a heart attack in women", "heart"),
        ("what does a dvt feel like", "dvt"),
        ("how do i know if i have a blood clot in my leg", "dvt"),
        ("cauda equina symptoms", "cauda-equina"),
        ("what does a stress fracture feel like", "bone-stress"),
        ("signs of heat stroke", "collapse"),
        ("heat stroke symptoms", "collapse"),
        ("heat stroke sign", "collapse"),
        ("heat stroke signs", "collapse"),
        ("stroke symptoms", "stroke"),
    ],
)
def test_who_asks_for_the_symptoms_of_a_condition_is_shown_its_sign_alone(
    alone: Alone, words: str, sign: str
) -> None:
    heard = alone[words]
    assert (heard.keys, heard.is_asked) == ((sign,), True)


@pytest.mark.parametrize(
    "words",
    [
        "i have symptoms of a stroke",
        "dad has signs of a heart attack",
        "my calf is hot and swollen",
    ],
)
def test_who_has_the_signs_is_told_at_once(alone: Alone, words: str) -> None:
    heard = alone[words]
    assert heard.keys
    assert not heard.is_asked


@pytest.mark.parametrize(
    ("words", "is_near"),
    [
        ("thigh pain at night", True),
        ("wake up at night with thigh pain", True),
        ("too painful to walk", True),
        ("car crash", True),
        ("is it cancer", True),
        ("lump", True),
        ("back pain", True),
        ("lower back ache", True),
        ("hip pain at night", False),  # has a page of its own
        ("calf cramp at night", False),
        ("thigh sore after saturday night football", False),
    ],
)
def test_what_alone_is_no_sign_is_worth_a_look_at_them(
    alone: Alone, words: str, is_near: bool
) -> None:
    heard = alone[words]
    assert (heard.keys, heard.is_near) == ((), is_near)


@pytest.mark.parametrize(
    "words",
    [
        "what is a dvt",
        "how to avoid a stroke",
        "difference between a stroke and a tia",
        "how common is cauda equina",
        "what causes heart attacks",
    ],
)
def test_who_asks_what_a_condition_is_gets_no_card(alone: Alone, words: str) -> None:
    assert alone[words].keys == ()


@pytest.mark.parametrize(
    "words",
    [
        *("See somebody SOON", "this week", "in the next few days", "within days", "promptly"),
        *("a routine visit", "a GP or a physiotherapist", "GP or physiotherapist"),
        *("the same day", "same-day help", "Today", "that day", "at once", "urgently"),
        *("111", "A&E", "the emergency department", "a minor injury unit", "999", "an ambulance"),
    ],
)
def test_each_word_that_says_how_soon_is_noticed(words: str) -> None:
    # The cheap look that comes first must pass all of them; no level fits both kinds of words.
    assert any(
        disagreement(f"It is seen {words}.", level, BRITISH)
        for level in ("emergency", "gp", "urgent")
    )
